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
    frame = Quantity(f"path:{indicator}.{measure}@{year}", None, "pct", RATE, AVERAGE)
    return attempt(
        frame,
        lambda aim, *known: paths.needed_average(aim, known, last - first + 1),
        (goal.id, goal),
        *past,
    )


def average_after(
    edition: Edition, goal: Quantity, reading: Quantity | None, tail: str
) -> Quantity | None:
    """Growth a year that is needed after a reading of this year, per cent; None without one."""
    if reading is None:
        return None
    indicator, _, measure = tail.partition(":")[2].partition("@")[0].partition(".")
    first, last = edition.params.goal_years
    return attempt(
        Quantity(f"needed_after:{tail}", None, "pct", RATE, AVERAGE),
        lambda aim, *known: paths.needed_average(aim, known, last - first + 1),
        (goal.id, goal),
        *_past(edition, indicator, measure),
        (reading.id, reading),
    )


def level(id: str, start: Quantity | None, goal: Quantity, years: int) -> Quantity | None:
    """Growth a year from a start to a goal, per cent; None without a start.

    A start that is an upper bound leaves a rate of at least.
    """
    if start is None:
        return None
    found = attempt(
        Quantity(id, None, "pct", RATE if "needed" in id else PLAN_RATE, COMPOUND),
        lambda begin, end: Interval.of(
            paths.compound_rate(begin.low, end, years), paths.compound_rate(begin.high, end, years)
        ),
        (start.id, start),
        (goal.id, goal),
    )
    return _bounded(found, {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le"}.get(start.bound, ""))


def growth(id: str, value: Quantity | None, start: Quantity | None) -> Quantity | None:
    """Growth of a value over a start, per cent; None where either lacks."""
    if value is None or start is None:
        return None
    frame = Quantity(id, None, "pct", PLAN_RATE, "(target / last year - 1) * 100")
    return attempt(frame, runrate.growth, (value.id, value), (start.id, start))


def grown(id: str, start: Quantity | None, rate: Quantity | None) -> Quantity | None:
    """A level grown at a rate, in its unit, with the bound of the rate; None where either lacks."""
    if start is None or rate is None:
        return None
    frame = Quantity(id, None, start.unit, start.decimals, "last year * (1 + growth so far)")
    found = attempt(frame, lambda a, g: a * (g / HUNDRED + 1), (start.id, start), (rate.id, rate))
    return _bounded(found, rate.bound)


def by_start(
    start: Quantity | None, target: Quantity | None, goal: Quantity, years: int, down: bool
) -> Standing | None:
    """Where a target for a level stands against the path from a start that may be an interval.

    Growth of the target and path start from the same level, so each end of the start is judged
    by itself; None where they disagree.
    """
    if start is None or target is None:
        return None
    found = set()
    for end in (start.known.low, start.known.high):
        one = Quantity(start.id, Interval.of(end), start.unit, start.decimals)
        rate, way = growth("plan", target, one), level("path", one, goal, years)
        found.add(plan_standing(rate, way, down))
    return found.pop() if len(found) == 1 else None


def step(id: str, start: Quantity | None, goal: Quantity | None, years: int) -> Quantity | None:
    """Points a year from a start to a goal; None where either lacks."""
    if start is None or goal is None:
        return None
    frame = Quantity(id, None, "pp", RATE, STEP)
    return attempt(frame, lambda a, b: over(b - a, years), (start.id, start), (goal.id, goal))


def left(edition: Edition, indicator: str, measure: str, goal: Quantity) -> Quantity:
    """What a goal for the sum of years leaves after the full years behind, in its unit."""
    unit, decimals = goal.unit, edition.indicators[indicator].decimals
    tail = f"{indicator}.{measure}@{edition.period.year}"
    return attempt(
        Quantity(f"sum_left:{tail}", None, unit, decimals, "goal - done in the years behind"),
        lambda aim, *done: aim - sum(done, Interval.of(0)),
        (goal.id, goal),
        *_past(edition, indicator, measure),
    )


def growing(id: str, start: Quantity, goal: Quantity, years: int) -> Quantity:
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

    frame = Quantity(id, None, "pct", PLAN_RATE, GROWING)
    return attempt(frame, formula, (start.id, start), (goal.id, goal))


def growing_after(
    id: str, reading: Quantity | None, whole: Quantity, years: int
) -> Quantity | None:
    """Growth a year, per cent, that the sum still needs after a reading of this year."""
    if reading is None:
        return None
    frame = Quantity(f"sum_{id}", None, whole.unit, whole.decimals, "left - this year")
    rest = attempt(frame, lambda a, b: a - b, (whole.id, whole), (reading.id, reading))
    return growing(id, reading, rest, years)


def amount(id: str, whole: Quantity, years: int) -> Quantity:
    """The same amount each year that makes up what is left, in its unit."""
    frame = Quantity(id, None, whole.unit, whole.decimals, "left / years")
    return attempt(frame, lambda a: over(a, years), (whole.id, whole))


def over(amount: Interval, years: int) -> Interval:
    """An amount over years; raises NotComputable where none is left."""
    if years <= 0:
        raise NotComputable(Problem("no year is left", found=str(years)))
    return amount / years


def _past(edition: Edition, indicator: str, measure: str) -> list[tuple[str, Quantity | None]]:
    """The full years of the goal period that are behind."""
    periods = [
        Period(year, "FY") for year in range(edition.params.goal_years[0], edition.period.year)
    ]
    return [
        (f"obs:{indicator}.{measure}@{period}", edition.fact(indicator, measure, period))
        for period in periods
    ]


def _bounded(quantity: Quantity, bound: str) -> Quantity:
    return replace(quantity, bound=bound) if bound else quantity
