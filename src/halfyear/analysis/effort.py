"""Effort: what the rest of the year must deliver beside what it delivered last year."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from halfyear.analysis import runrate
from halfyear.analysis.attempt import attempt
from halfyear.analysis.base import bases, full_year, pairs
from halfyear.analysis.vintage import HUNDRED, growth_of
from halfyear.edition import FLOWS, Edition
from halfyear.errors import NotComputable, Problem
from halfyear.interval import Interval
from halfyear.key import Kind
from halfyear.period import Period
from halfyear.results import Quantity, Results

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


def usual(last: Quantity | None, period: Period) -> Interval:
    """What the rest of a year usually adds, in times of the part before it.

    Last year's ratio where it is known, else as if every month were alike.
    """
    if last is not None and last.interval is not None:
        return last.interval
    return Interval.of(Decimal(12 - period.elapsed) / period.elapsed)


def heavier(results: Results, key: str, period: Period) -> bool:
    """Whether the rest of the year must do more of `indicator.measure` than it usually does."""
    last = results.get(f"last_multiple:{key}@{period}")
    return results[f"multiple:{key}@{period}"].known.low > usual(last, period).high


def elapsed_weight(edition: Edition, indicator: str) -> Quantity:
    """Share of the elapsed part in last year's level at constant prices, between 0 and 1.

    From data once both levels are held as exact figures; until then the range of the params,
    which is an assumption and marked as such.
    """
    cut = edition.period
    last = cut.shift(-1)
    name = f"weight:{indicator}@{last}"
    part = edition.fact(indicator, "level", last)
    whole = edition.fact(indicator, "level", last.full_year())
    if part and whole and not part.bound and not whole.bound:
        formula = "elapsed part / full year of last year, constant prices"
        frame = Quantity(name, None, "", RATE, formula)
        return attempt(frame, lambda a, b: a / b, (part.id, part), (whole.id, whole))
    assumed = edition.params.elapsed_weight.get(cut.part)
    if assumed is None:
        lacks = (f"obs:{indicator}.level@{last}", f"params:elapsed_weight.{cut.part}")
        return Quantity(name, None, "", RATE, "assumption", missing=lacks)
    operand = (f"params:elapsed_weight.{cut.part}",)
    return Quantity(name, assumed, "", RATE, "assumption", operand, bound="approx")


def needed_rate(edition: Edition, indicator: str, measure: str = "growth_yoy") -> Quantity:
    """Growth the rest of the year needs for the target, per cent; see runrate.needed_growth."""
    cut = edition.period
    weight = elapsed_weight(edition, indicator)
    target, so_far = edition.target(indicator, measure), edition.fact(indicator, measure, cut)
    decimals = _finest(target, so_far)
    return attempt(
        Quantity(
            f"needed:{indicator}.{measure}@{cut}", None, "pct", decimals, "(G - w g) / (1 - w)"
        ),
        runrate.needed_growth,
        (f"plan:{indicator}.{measure}@{cut.year}", target),
        (f"obs:{indicator}.{measure}@{cut}", so_far),
        (weight.id, weight),
    )


def distance(edition: Edition, indicator: str, measure: str) -> Quantity:
    """Distance of a stock, share or rank to its annual target, in its unit; target less actual."""
    cut = edition.period
    described = edition.indicators[indicator]
    unit = "pp" if described.unit == "pct" else described.unit
    name = f"distance:{indicator}.{measure}@{cut}"
    return attempt(
        Quantity(name, None, unit, described.decimals, "target - actual"),
        lambda target, actual: target - actual,
        (f"plan:{indicator}.{measure}@{cut.year}", edition.target(indicator, measure)),
        (f"obs:{indicator}.{measure}@{cut}", edition.fact(indicator, measure, cut)),
    )


def _flow(edition: Edition, indicator: str) -> list[Quantity]:
    cut = edition.period
    key = f"{indicator}.level@{cut}"
    described = edition.indicators[indicator]
    actual = edition.fact(indicator, "level", cut)
    target = edition.target(indicator, "level")
    done = (f"obs:{key}", actual)
    rest = attempt(
        Quantity(f"rest:{key}", None, described.unit, _finest(target, actual), "target - done"),
        _rest,
        (f"plan:{indicator}.level@{cut.year}", target),
        done,
    )
    multiple = attempt(
        Quantity(f"multiple:{key}", None, "times", TIMES, "rest / done"),
        lambda left, part: _times(_open(left), part),
        (rest.id, rest),
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
    key = f"{indicator}.level@{cut}"
    growth = growth_of(edition, indicator, cut)
    frames = (
        Quantity(
            f"last_multiple:{key}", None, "times", TIMES, "(last year - part) / part of last year"
        ),
        Quantity(
            f"needed_growth:{key}", None, "pct", POINTS, "(rest / (last year - part) - 1) * 100"
        ),
        Quantity(f"effort:{key}", None, "pp", POINTS, "needed growth - growth so far"),
    )
    found: list[Quantity] = []
    known: list[tuple[str, Quantity | None, Quantity | None]] = [*pairs(edition, indicator, cut)]
    for mark, part, whole in known or _half_known(edition, indicator, cut):
        last, needed, extra = (_marked(frame, mark) for frame in frames)
        base = (
            (f"obs:{indicator}.level@{cut.shift(-1)}", part),
            (f"obs:{indicator}.level@{cut.year - 1}-FY", whole),
        )
        last = attempt(last, lambda a, b: _times(b - a, a), *base)
        needed = attempt(
            needed, lambda r, a, b: runrate.growth(_open(r), b - a), (rest.id, rest), *base
        )
        so_far = (f"obs:{indicator}.growth_yoy@{cut}", growth)
        found += [last, needed, attempt(extra, lambda n, g: n - g, (needed.id, needed), so_far)]
    return found


def _half_known(
    edition: Edition, indicator: str, cut: Period
) -> list[tuple[str, Quantity | None, Quantity | None]]:
    """What is known of last year where no pair of part and full year is."""
    parts = bases(edition, indicator, cut)
    wholes = full_year(edition, indicator, cut.year - 1)
    return [("", parts[0] if parts else None, wholes[0] if wholes else None)]


def _monthly(edition: Edition, indicator: str, rest: Quantity) -> list[Quantity]:
    cut = edition.period
    key = f"{indicator}.level@{cut}"
    described = edition.indicators[indicator]
    quarter = cut.last_quarter()
    decimals = max(1, described.decimals)
    needed = attempt(
        Quantity(f"monthly_needed:{key}", None, described.unit, decimals, "rest / months left"),
        lambda left: runrate.monthly(_open(left), 12 - cut.elapsed),
        (rest.id, rest),
    )
    last = attempt(
        Quantity(f"monthly_last_quarter:{key}", None, described.unit, decimals, "last quarter / 3"),
        lambda amount: runrate.monthly(amount, 3),
        (f"obs:{indicator}.level@{quarter}", edition.fact(indicator, "level", quarter)),
    )
    ratio = attempt(
        Quantity(f"monthly_ratio:{key}", None, "times", TIMES, "needed / last quarter, monthly"),
        _times,
        (needed.id, needed),
        (last.id, last),
    )
    return [needed, last, ratio]


def _finest(*operands: Quantity | None) -> int:
    return max((operand.decimals for operand in operands if operand), default=0)


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


def _marked(frame: Quantity, mark: str) -> Quantity:
    return replace(frame, id=frame.id + mark)
