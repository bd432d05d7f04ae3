"""Growth accounting: what the parts of a total say about it, at constant prices."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from halfyear.analysis.attempt import attempt
from halfyear.analysis.weights import HUNDRED, by_part, weights
from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.key import Key, Kind
from halfyear.period import Period
from halfyear.results import Quantity

RATE = 2
_RATES = {
    Kind.IDENTITY: Kind.OBS,
    Kind.TARGETS: Kind.PLAN,
    Kind.GOALS: Kind.GOAL,
    Kind.GOALS_FIRST_YEAR: Kind.GOAL,
}
Rates = Mapping[str, Quantity | None]
Weights = Mapping[str, Quantity]


def weighted(name: str, rates: Rates, by: Weights) -> Quantity:
    """Growth of a total from the growth of its parts, per cent: sum w g."""
    frame = Quantity(name, None, "pct", RATE, "sum of weight * growth")
    return attempt(frame, lambda *known: _sum(known), *_operands(name, rates, by))


def average(name: str, rates: Rates, by: Weights, years: int) -> Quantity:
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

    frame = Quantity(name, None, "pct", RATE, "(sum of w (1 + g)^n)^(1/n) - 1")
    return attempt(frame, formula, *_operands(name, rates, by))


def identity(edition: Edition, parent: str, period: Period, base: Period) -> list[Quantity]:
    """The total its printed parts give, per cent, and what of the printed total that leaves.

    Ids identity:.. and unexplained:.. (printed less computed, points), both "@period/base".
    """
    tail = f"{parent}.growth_yoy@{period}/{base}"
    by = by_part(weights(edition, parent, base))
    rates = {part: edition.fact(part, "growth_yoy", period) for part in by}
    computed = weighted(f"identity:{tail}", rates, by)
    return [
        computed,
        _left(f"unexplained:{tail}", edition.fact(parent, "growth_yoy", period), computed),
    ]


def targets(edition: Edition, parent: str, base: Period) -> list[Quantity]:
    """For each instrument: the total its targets for the parts give, and how far its own lies off.

    Ids targets:.. and targets_gap:.. (computed less stated, points), both "@year/instrument".
    """
    by = by_part(weights(edition, parent, base))
    year = edition.period.year
    found = []
    for stated in edition.targets(parent, "growth_yoy", year):
        instrument = stated.key.instrument
        rates = {part: _by_instrument(edition, part, year, instrument) for part in by}
        if all(rate is not None for rate in rates.values()):
            tail = f"{parent}.growth_yoy@{year}/{instrument}"
            computed = weighted(f"targets:{tail}", rates, by)
            found += [computed, _left(f"targets_gap:{tail}", computed, stated)]
    return found


def goals(edition: Edition, parent: str, base: Period) -> list[Quantity]:
    """Growth of the total the goals for its parts give: on average and in the first year."""
    by = by_part(weights(edition, parent, base))
    first, last = edition.params.goal_years
    rates = {part: edition.goal(part, "growth_yoy") for part in by}
    tail = f"{parent}.growth_yoy@{edition.params.goal_period}"
    return [
        average(f"goals:{tail}", rates, by, last - first + 1),
        weighted(f"goals_first_year:{tail}", rates, by),
    ]


def _by_instrument(edition: Edition, part: str, year: int, instrument: str) -> Quantity | None:
    return next(
        (
            target
            for target in edition.targets(part, "growth_yoy", year)
            if target.key.instrument == instrument
        ),
        None,
    )


def _operands(name: str, rates: Rates, by: Weights) -> list[tuple[str, Quantity | None]]:
    """The weights, then the rates; a rate that is missing under the key it would have."""
    return [
        *((by[part].id, by[part]) for part in rates),
        *((rate.id if rate else _rate(name, part), rate) for part, rate in rates.items()),
    ]


def _rate(name: str, part: str) -> str:
    whole = Key.parse(name)
    return str(replace(whole, kind=_RATES[whole.kind], subject=part, base=""))


def _sum(known: Sequence[Interval]) -> Interval:
    half = len(known) // 2
    pairs = zip(known[:half], known[half:], strict=True)
    return sum((weight * rate for weight, rate in pairs), Interval.of(0))


def _left(name: str, one: Quantity | None, other: Quantity | None) -> Quantity:
    frame = Quantity(name, None, "pp", RATE, "first less second")
    return attempt(frame, lambda a, b: a - b, (name, one), (name, other))


def _factor(rate: Decimal) -> Decimal:
    return 1 + rate / HUNDRED
