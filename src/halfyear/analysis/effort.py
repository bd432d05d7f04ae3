"""Effort: what the rest of the year must deliver beside what it delivered last year."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from halfyear.analysis import runrate
from halfyear.analysis.attempt import attempt
from halfyear.analysis.base import last_year, pairs, part_of_last_year
from halfyear.analysis.vintage import HUNDRED, growth_of
from halfyear.edition import FLOWS, Edition
from halfyear.errors import NotComputable, Problem
from halfyear.interval import Interval
from halfyear.key import Kind
from halfyear.period import Period
from halfyear.results import Quantity

TIMES = 2
RATE = 2
POINTS = 1
RATES = frozenset({"growth_yoy"})


def effort(edition: Edition, indicator: str, measure: str) -> list[Quantity]:
    """What the rest of the edition's year must deliver for one indicator.

    Flows: rest, multiple and last_multiple, needed_growth and effort, monthly_needed,
    monthly_last_quarter, monthly_ratio. Growth rates: weight and needed. Stocks, shares and
    ranks: distance. Ids end with "@period"; on other bases of last year with "~" and their name.
    A missing operand gives a quantity without interval that names it.
    """
    if measure in RATES:
        return [elapsed_weight(edition, indicator), needed_rate(edition, indicator, measure)]
    if edition.indicators[indicator].kind in FLOWS and measure == "level":
        return _flow(edition, indicator)
    return [distance(edition, indicator, measure)]


def rank(quantities: Iterable[Quantity], period: Period) -> list[str]:
    """Order indicators ("exports.level") by what the rest of the year asks of them, most first.

    By effort in percentage points; where last year is missing, by how many per cent the needed
    monthly average lies above the last quarter's. An indicator with neither is left out.
    """
    weights: dict[str, Decimal] = {}
    known = {q.key: q.known.middle for q in quantities if q.interval is not None}
    for key, value in known.items():
        if key.when != str(period) or key.source:
            continue
        if key.kind is Kind.EFFORT:
            weights[key.name] = value
        elif key.kind is Kind.MONTHLY_RATIO and replace(key, kind=Kind.EFFORT) not in known:
            weights[key.name] = (value - 1) * HUNDRED
    return sorted(weights, key=lambda name: (-weights[name], name))


def elapsed_weight(edition: Edition, indicator: str) -> Quantity:
    """Share of the elapsed part in last year's level at constant prices, between 0 and 1.

    From data once both levels are held as exact figures; until then the range of the params,
    which is an assumption and marked as such.
    """
    cut = edition.period
    last = cut.shift(-1)
    key = Kind.WEIGHT.of(indicator, when=last)
    part = edition.fact(indicator, "level", last)
    whole = edition.fact(indicator, "level", last.full_year())
    if not any(level.absent or level.bound for level in (part, whole)):
        formula = "elapsed part / full year of last year, constant prices"
        return attempt(Quantity.frame(key, "", RATE, formula), lambda a, b: a / b, part, whole)
    assumed = edition.params.elapsed_weight.get(cut.part)
    choice = str(Kind.PARAMS.of("elapsed_weight", cut.part))
    frame = Quantity.frame(key, "", RATE, "assumption")
    if assumed is None:
        return replace(frame, missing=(str(Kind.OBS.of(indicator, "level", last)), choice))
    return replace(frame, interval=assumed, operands=(choice,), bound="approx")


def needed_rate(edition: Edition, indicator: str, measure: str = "growth_yoy") -> Quantity:
    """Growth the rest of the year needs for the target, per cent; see runrate.needed_growth."""
    cut = edition.period
    weight = elapsed_weight(edition, indicator)
    target, so_far = edition.target(indicator, measure), edition.fact(indicator, measure, cut)
    decimals = _finest(target, so_far)
    key = Kind.NEEDED.of(indicator, measure, cut)
    frame = Quantity.frame(key, "pct", decimals, "(G - w g) / (1 - w)")
    return attempt(frame, runrate.needed_growth, target, so_far, weight)


def distance(edition: Edition, indicator: str, measure: str) -> Quantity:
    """Distance of a stock, share or rank to its annual target, in its unit; target less actual."""
    cut = edition.period
    described = edition.indicators[indicator]
    unit = "pp" if described.unit == "pct" else described.unit
    key = Kind.DISTANCE.of(indicator, measure, cut)
    return attempt(
        Quantity.frame(key, unit, described.decimals, "target - actual"),
        lambda target, actual: target - actual,
        edition.target(indicator, measure),
        edition.fact(indicator, measure, cut),
    )


def _flow(edition: Edition, indicator: str) -> list[Quantity]:
    cut = edition.period
    key = Kind.REST.of(indicator, "level", cut)
    unit = edition.indicators[indicator].unit
    done = edition.fact(indicator, "level", cut)
    target = edition.target(indicator, "level")
    rest = attempt(
        Quantity.frame(key, unit, _finest(target, done), "target - done"), _rest, target, done
    )
    multiple = attempt(
        Quantity.frame(key.to(Kind.MULTIPLE), "times", TIMES, "rest / done"),
        lambda left, part: _times(_open(left), part),
        rest,
        done,
    )
    return [
        rest,
        multiple,
        *_beside_last_year(edition, indicator, rest),
        *_monthly(edition, indicator, rest),
    ]


def _beside_last_year(edition: Edition, indicator: str, rest: Quantity) -> list[Quantity]:
    cut = edition.period
    growth = growth_of(edition, indicator, cut)
    half_known = part_of_last_year(edition, indicator, cut), last_year(edition, indicator, cut)
    quantities: list[Quantity] = []
    for source, part, whole in pairs(edition, indicator, cut) or [("", *half_known)]:
        key = Kind.LAST_MULTIPLE.of(indicator, "level", cut, source=source)
        last = attempt(
            Quantity.frame(key, "times", TIMES, "(last year - part) / part of last year"),
            lambda a, b: _times(b - a, a),
            part,
            whole,
        )
        formula = "(rest / (last year - part) - 1) * 100"
        needed = attempt(
            Quantity.frame(key.to(Kind.NEEDED_GROWTH), "pct", POINTS, formula),
            lambda r, a, b: runrate.growth(_open(r), b - a),
            rest,
            part,
            whole,
        )
        extra = attempt(
            Quantity.frame(key.to(Kind.EFFORT), "pp", POINTS, "needed growth - growth so far"),
            lambda n, g: n - g,
            needed,
            growth,
        )
        quantities += [last, needed, extra]
    return quantities


def _monthly(edition: Edition, indicator: str, rest: Quantity) -> list[Quantity]:
    cut = edition.period
    key = Kind.MONTHLY_NEEDED.of(indicator, "level", cut)
    unit, decimals = edition.indicators[indicator].unit, edition.indicators[indicator].decimals
    decimals = max(1, decimals)
    needed = attempt(
        Quantity.frame(key, unit, decimals, "rest / months left"),
        lambda left: runrate.monthly(_open(left), 12 - cut.elapsed),
        rest,
    )
    last = attempt(
        Quantity.frame(key.to(Kind.MONTHLY_LAST_QUARTER), unit, decimals, "last quarter / 3"),
        lambda amount: runrate.monthly(amount, 3),
        edition.fact(indicator, "level", cut.last_quarter()),
    )
    ratio = attempt(
        Quantity.frame(
            key.to(Kind.MONTHLY_RATIO), "times", TIMES, "needed / last quarter, monthly"
        ),
        _times,
        needed,
        last,
    )
    return [needed, last, ratio]


def _finest(*operands: Quantity) -> int:
    return max(operand.decimals for operand in operands)


def _rest(goal: Interval, done: Interval) -> Interval:
    if goal.low <= 0:
        raise NotComputable(Problem("the plan is not positive", found=str(goal.low)))
    return goal - done


def _open(rest: Interval) -> Interval:
    if rest.high <= 0:
        raise NotComputable(Problem("the plan is already reached", found=str(rest.high)))
    return rest


def _times(amount: Interval, unit: Interval) -> Interval:
    if unit.low <= 0:
        raise NotComputable(Problem("nothing is done yet", found=str(unit.low)))
    return amount / unit
