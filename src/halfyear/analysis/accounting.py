"""Growth accounting: what the parts of a total say about it, at constant prices."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from halfyear.analysis.attempt import attempt
from halfyear.analysis.weights import HUNDRED, by_part, weights
from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.key import Key, Kind
from halfyear.period import Period
from halfyear.results import Quantity

RATE = 2
MEASURE = "growth_yoy"
Rates = Mapping[str, Quantity]
Weights = Mapping[str, Quantity]


def weighted(key: Key, rates: Rates, by: Weights) -> Quantity:
    """Growth of a total from the growth of its parts, per cent: sum w g."""
    frame = Quantity.frame(key, "pct", RATE, "sum of weight * growth")
    return attempt(frame, lambda *known: _sum(known), *_operands(rates, by))


def average(key: Key, rates: Rates, by: Weights, years: int) -> Quantity:
    """Average growth of a total over years of steady growth of its parts, per cent a year.

    (sum w (1 + g)^n)^(1/n) - 1: the fast parts gain weight as the years pass.
    """
    power = Decimal(1) / years

    def formula(*known: Interval) -> Interval:
        half = len(known) // 2
        grown = [
            Interval.of(_factor(g.low) ** years, _factor(g.high) ** years) for g in known[half:]
        ]
        whole = _sum((*known[:half], *grown))
        return Interval.of(*((end**power - 1) * HUNDRED for end in (whole.low, whole.high)))

    frame = Quantity.frame(key, "pct", RATE, "(sum of w (1 + g)^n)^(1/n) - 1")
    return attempt(frame, formula, *_operands(rates, by))


def identity(edition: Edition, parent: str, period: Period, base: Period) -> list[Quantity]:
    """The total its printed parts give, per cent, and what of the printed total that leaves.

    Ids identity:.. and unexplained:.. (printed less computed, points), both "@period/base".
    """
    key = Kind.IDENTITY.of(parent, MEASURE, period, base=str(base))
    by = by_part(weights(edition, parent, base))
    rates = {part: edition.fact(part, MEASURE, period) for part in by}
    computed = weighted(key, rates, by)
    printed = edition.fact(parent, MEASURE, period)
    return [computed, _left(key.to(Kind.UNEXPLAINED), printed, computed)]


def targets(edition: Edition, parent: str, base: Period) -> list[Quantity]:
    """For each instrument: the total its targets for the parts give, and how far its own lies off.

    Ids targets:.. and targets_gap:.. (computed less stated, points), both "@year/instrument".
    """
    by = by_part(weights(edition, parent, base))
    year = edition.period.year
    found = []
    for stated in edition.targets(parent, MEASURE, year):
        key = Kind.TARGETS.of(parent, MEASURE, year, instrument=stated.key.instrument)
        rates = {part: _by_instrument(edition, part, year, key.instrument) for part in by}
        if not any(rate.absent for rate in rates.values()):
            computed = weighted(key, rates, by)
            found += [computed, _left(key.to(Kind.TARGETS_GAP), computed, stated)]
    return found


def goals(edition: Edition, parent: str, base: Period) -> list[Quantity]:
    """Growth of the total the goals for its parts give: on average and in the first year."""
    by = by_part(weights(edition, parent, base))
    first, last = edition.params.goal_years
    rates = {part: edition.goal(part, MEASURE) for part in by}
    key = Kind.GOALS.of(parent, MEASURE, edition.params.goal_period)
    return [
        average(key, rates, by, last - first + 1),
        weighted(key.to(Kind.GOALS_FIRST_YEAR), rates, by),
    ]


def _by_instrument(edition: Edition, part: str, year: int, instrument: str) -> Quantity:
    stated = (t for t in edition.targets(part, MEASURE, year) if t.key.instrument == instrument)
    unprinted = Quantity.unprinted(Kind.PLAN.of(part, MEASURE, year, instrument=instrument))
    return next(stated, unprinted)


def _operands(rates: Rates, by: Weights) -> list[Quantity]:
    """The weights, then the rates."""
    return [*(by[part] for part in rates), *rates.values()]


def _sum(known: Sequence[Interval]) -> Interval:
    half = len(known) // 2
    pairs = zip(known[:half], known[half:], strict=True)
    return sum((weight * rate for weight, rate in pairs), Interval.of(0))


def _left(key: Key, one: Quantity, other: Quantity) -> Quantity:
    frame = Quantity.frame(key, "pp", RATE, "first less second")
    return attempt(frame, lambda a, b: a - b, one, other)


def _factor(rate: Decimal) -> Decimal:
    return 1 + rate / HUNDRED
