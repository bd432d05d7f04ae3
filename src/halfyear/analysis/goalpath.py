"""Five-year goals that are no average: for a level, for each year, for the sum of the years."""

from collections.abc import Callable
from decimal import Decimal

from halfyear.analysis import path
from halfyear.analysis.attempt import attempt
from halfyear.analysis.base import full_year, share_of_year, variant
from halfyear.analysis.path import TOLERANCE, Standing
from halfyear.edition import Edition
from halfyear.errors import NotComputable, Problem
from halfyear.interval import Interval
from halfyear.period import Period
from halfyear.results import Quantity
from halfyear.verdict import Outcome, judge

RATE = 2
SHARE = 1


def level_path(edition: Edition, indicator: str, measure: str = "level") -> list[Quantity]:
    """What a goal for a level needs a year: from the last full year and from the annual plan.

    Per cent a year; for shares percentage points a year. Ids needed_path:last_year:.. (on another
    base "~" and its source) and needed_path:plan:..
    """
    goal = edition.goal(indicator, measure)
    last = edition.params.goal_years[1]
    year = edition.period.year
    tail = f"{indicator}.{measure}@{year}"
    end = (f"goal:{indicator}.{measure}@{edition.params.goal_period}", goal)
    points = edition.indicators[indicator].unit == "pct"

    def needed(name: str, base: tuple[str, Quantity | None], years: int) -> Quantity:
        formula = "(goal - start) / years" if points else "(goal / start)^(1 / years) - 1"
        frame = Quantity(f"needed_path:{name}", None, "pp" if points else "pct", RATE, formula)
        return attempt(frame, _points(years) if points else _rate(years), base, end)

    lacking = f"obs:{indicator}.{measure}@{year - 1}-FY"
    known = full_year(edition, indicator, year - 1) if measure == "level" else []
    starts: list[tuple[str, Quantity | None]] = [(start.id, start) for start in known]
    marks = ["", *(f"~{variant(edition, start)}" for start in known[1:])]
    plan = (f"plan:{tail}", edition.target(indicator, measure))
    return [
        *(
            needed(f"last_year:{tail}{mark}", start, last - year + 1)
            for mark, start in zip(marks, starts or [(lacking, None)], strict=True)
        ),
        needed(f"plan:{tail}", plan, last - year),
    ]


def each_year(edition: Edition, indicator: str, measure: str = "level") -> Outcome | None:
    """Whether the annual plan lives up to a goal for each year; None where either is missing."""
    goal, plan = edition.goal(indicator, measure), edition.target(indicator, measure)
    if goal is None or plan is None:
        return None
    direction = edition.indicators[indicator].direction
    if edition.indicators[indicator].kind == "rank":
        direction = "down"
    return judge(plan.known.low, Decimal(0), goal.known, direction)


def cumulative(edition: Edition, indicator: str, measure: str = "level") -> list[Quantity]:
    """Shares of a goal for the sum of the period, per cent: reached, expected on the path, linear.

    Ids sum_share, sum_expected and sum_linear. The path grows from the last full year before the
    period; the elapsed part of the year counts with last year's share.
    """
    first, last = edition.params.goal_years
    cut = edition.period
    tail = f"{indicator}.{measure}@{cut}"
    goal = (
        f"goal:{indicator}.{measure}@{edition.params.goal_period}",
        edition.goal(indicator, measure),
    )
    done = [
        (f"obs:{indicator}.{measure}@{p}", edition.fact(indicator, measure, p))
        for p in [*(Period(year, "FY") for year in range(first, cut.year)), cut]
    ]
    base = full_year(edition, indicator, first - 1)
    part = share_of_year(edition, indicator, cut)
    years, behind = last - first + 1, cut.year - first

    def expected(total: Interval, start: Interval, share: Interval) -> Interval:
        shares = [
            path.expected_share(path.cumulative_pace(low, high, years), behind, s / 100, years)
            for low in (start.low, start.high)
            for high in (total.low, total.high)
            for s in (share.low, share.high)
        ]
        return Interval.of(*shares)

    months = Decimal(12 * behind + cut.elapsed) / (12 * years) * 100
    return [
        attempt(
            Quantity(f"sum_share:{tail}", None, "pct", SHARE, "done / goal * 100"),
            lambda total, *parts: sum(parts, Interval.of(0)) / total * 100,
            goal,
            *done,
        ),
        attempt(
            Quantity(f"sum_expected:{tail}", None, "pct", SHARE, "share on the growing path"),
            expected,
            goal,
            (f"obs:{indicator}.{measure}@{first - 1}-FY", base[0] if base else None),
            (part.id, part),
        ),
        Quantity(f"sum_linear:{tail}", Interval.of(months), "pct", SHARE, "months gone / months"),
    ]


def sum_standing(shares: list[Quantity]) -> Standing | None:
    """Where a sum stands against its path: within 0.25 points of what is expected is on path."""
    reached, expected = shares[0].interval, shares[1].interval
    if reached is None or expected is None:
        return None
    if reached.high < expected.low - TOLERANCE:
        return Standing.BEHIND
    return Standing.AHEAD if reached.low > expected.high + TOLERANCE else Standing.ON_PATH


def _rate(years: int) -> Callable[[Interval, Interval], Interval]:
    def formula(start: Interval, end: Interval) -> Interval:
        return Interval.of(
            path.compound_rate(start.low, end, years), path.compound_rate(start.high, end, years)
        )

    return formula


def _points(years: int) -> Callable[[Interval, Interval], Interval]:
    def formula(start: Interval, end: Interval) -> Interval:
        if years <= 0:
            raise NotComputable(Problem("no year is left", found=str(years)))
        return (end - start) / years

    return formula
