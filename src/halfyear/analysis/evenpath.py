"""The even path to a goal: what each year takes, and what is left for the years to come."""

from dataclasses import dataclass, replace
from decimal import Decimal

from halfyear.analysis import path as paths
from halfyear.analysis import runrate
from halfyear.analysis.attempt import attempt
from halfyear.analysis.standing import Standing, plan_standing
from halfyear.edition import Edition
from halfyear.errors import NotComputable, Problem
from halfyear.interval import Interval
from halfyear.key import Key, Kind
from halfyear.period import Period
from halfyear.results import Quantity

HUNDRED = Decimal(100)
RATE, PLAN_RATE = 2, 1
AVERAGE = "((1 + m)^n / prod(1 + g))^(1 / (n - k)) - 1"
COMPOUND = "(goal / start)^(1 / years) - 1"
STEP = "(goal - start) / years"
GROWING = "m that solves start * sum of (1 + m)^i = goal"


@dataclass(frozen=True)
class Years:
    """First and last year of a goal period, and the year that is looked at."""

    first: int
    last: int
    now: int

    @property
    def left(self) -> int:
        """Years after this one."""
        return self.last - self.now

    @property
    def with_this(self) -> int:
        """Years from this one on."""
        return self.left + 1


def average(edition: Edition, indicator: str, measure: str, goal: Quantity) -> Quantity:
    """Growth a year that a goal for the average asks from this year on, per cent.

    The goal itself in its first year; afterwards what the years behind have left.
    """
    year = edition.period.year
    past = _past(edition, indicator, measure)
    if not past:
        return goal
    first, last = edition.params.goal_years
    return attempt(
        Quantity.frame(Kind.PATH.of(indicator, measure, year), "pct", RATE, AVERAGE),
        lambda aim, *known: paths.needed_average(aim, known, last - first + 1),
        goal,
        *past,
    )


def average_after(edition: Edition, goal: Quantity, reading: Quantity, key: Key) -> Quantity | None:
    """Growth a year that is needed after a reading of this year, per cent; None without one."""
    if reading.absent:
        return None
    first, last = edition.params.goal_years
    return attempt(
        Quantity.frame(key, "pct", RATE, AVERAGE),
        lambda aim, *known: paths.needed_average(aim, known, last - first + 1),
        goal,
        *_past(edition, key.subject, key.measure),
        reading,
    )


def level(key: Key, start: Quantity | None, goal: Quantity, years: int) -> Quantity | None:
    """Growth a year from a start to a goal, per cent; None without a start.

    A start that is an upper bound leaves a rate of at least.
    """
    if start is None or start.absent:
        return None
    decimals = RATE if key.kind is Kind.NEEDED_AFTER else PLAN_RATE
    found = attempt(
        Quantity.frame(key, "pct", decimals, COMPOUND),
        lambda begin, end: Interval.of(
            paths.compound_rate(begin.low, end, years), paths.compound_rate(begin.high, end, years)
        ),
        start,
        goal,
    )
    return _bounded(found, {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}.get(start.bound, ""))


def growth(key: Key, value: Quantity, start: Quantity | None) -> Quantity | None:
    """Growth of a value over a start, per cent; None where either lacks."""
    if value.absent or start is None:
        return None
    frame = Quantity.frame(key, "pct", PLAN_RATE, "(target / last year - 1) * 100")
    return attempt(frame, runrate.growth, value, start)


def grown(key: Key, start: Quantity | None, rate: Quantity | None) -> Quantity | None:
    """A level grown at a rate, in its unit, with the bound of the rate; None where either lacks."""
    if start is None or rate is None or rate.absent:
        return None
    frame = Quantity.frame(key, start.unit, start.decimals, "last year * (1 + growth so far)")
    found = attempt(frame, lambda a, g: a * (g / HUNDRED + 1), start, rate)
    return _bounded(found, rate.bound)


def by_start(
    start: Quantity | None, target: Quantity, goal: Quantity, years: int, down: bool
) -> Standing | None:
    """Where a target for a level stands against the path from a start that may be an interval.

    Growth of the target and path start from the same level, so each end of the start is judged
    by itself; None where they disagree.
    """
    if start is None or target.absent:
        return None
    found = set()
    key = start.key
    for end in (start.known.low, start.known.high):
        one = Quantity(start.id, Interval.of(end), start.unit, start.decimals)
        rate = growth(key.to(Kind.PLAN_GROWTH), target, one)
        way = level(key.to(Kind.PATH), one, goal, years)
        found.add(plan_standing(rate, way, down))
    return found.pop() if len(found) == 1 else None


def step(key: Key, start: Quantity | None, goal: Quantity, years: int) -> Quantity | None:
    """Points a year from a start to a goal; None where either lacks."""
    if start is None or start.absent or goal.absent:
        return None
    frame = Quantity.frame(key, "pp", RATE, STEP)
    return attempt(frame, lambda a, b: over(b - a, years), start, goal)


def left(edition: Edition, indicator: str, measure: str, goal: Quantity) -> Quantity:
    """What a goal for the sum of years leaves after the full years behind, in its unit."""
    unit, decimals = goal.unit, edition.indicators[indicator].decimals
    key = Kind.SUM_LEFT.of(indicator, measure, edition.period.year)
    return attempt(
        Quantity.frame(key, unit, decimals, "goal - done in the years behind"),
        lambda aim, *done: aim - sum(done, Interval.of(0)),
        goal,
        *_past(edition, indicator, measure),
    )


def growing(key: Key, start: Quantity, goal: Quantity, years: int) -> Quantity:
    """Growth a year, per cent, that brings the sum of years after a start to a goal."""

    def formula(begin: Interval, aim: Interval) -> Interval:
        if years <= 0:
            raise NotComputable(Problem("no year is left", found=str(years)))
        return Interval.of(
            *(
                paths.cumulative_pace(low, high, years)
                for low in (begin.low, begin.high)
                for high in (aim.low, aim.high)
            )
        )

    return attempt(Quantity.frame(key, "pct", PLAN_RATE, GROWING), formula, start, goal)


def growing_after(
    key: Key, reading: Quantity | None, whole: Quantity, years: int
) -> Quantity | None:
    """Growth a year, per cent, that the sum still needs after a reading of this year."""
    if reading is None or reading.absent:
        return None
    left_key = key.to(Kind.SUM_NEEDED_AFTER)
    frame = Quantity.frame(left_key, whole.unit, whole.decimals, "left - this year")
    return growing(key, reading, attempt(frame, lambda a, b: a - b, whole, reading), years)


def amount(key: Key, whole: Quantity, years: int) -> Quantity:
    """The same amount each year that makes up what is left, in its unit."""
    frame = Quantity.frame(key, whole.unit, whole.decimals, "left / years")
    return attempt(frame, lambda a: over(a, years), whole)


def over(amount: Interval, years: int) -> Interval:
    """An amount over years; raises NotComputable where none is left."""
    if years <= 0:
        raise NotComputable(Problem("no year is left", found=str(years)))
    return amount / years


def _past(edition: Edition, indicator: str, measure: str) -> list[Quantity]:
    """The full years of the goal period that are behind."""
    years = range(edition.params.goal_years[0], edition.period.year)
    return [edition.fact(indicator, measure, Period(year, "FY")) for year in years]


def _bounded(quantity: Quantity, bound: str) -> Quantity:
    return replace(quantity, bound=bound) if bound else quantity
