"""Assessments of the goals: the plan of the year, and its result so far, against the even path."""

from dataclasses import dataclass
from typing import ClassVar

from halfyear.analysis.reading import GROWTH, Assessment, Reading, stretch
from halfyear.analysis.standing import Standing
from halfyear.edition import FLOWS, Edition
from halfyear.interval import Interval
from halfyear.key import Kind
from halfyear.results import Quantity
from halfyear.study import Study


@dataclass(frozen=True)
class Goal:
    """A goal with its even path and two assessments: the plan of the year, the result so far.

    basis is average, level, cumulative or each_year. target is the annual target, stretch what it
    strives for beyond it. compared: one of the goals of growth or of amounts that the plan of the
    year itself sets a target for, and no part of a total that has such a goal.
    """

    indicator: str
    measure: str
    basis: str
    comparator: str
    goal: Quantity
    path: Quantity | None
    target: Quantity
    stretch: Quantity | None
    plan: Assessment
    result: Assessment
    compared: bool

    @property
    def key(self) -> str:
        """Indicator and measure, as ids write them."""
        return f"{self.indicator}.{self.measure}"


@dataclass(frozen=True)
class Assessments(Study):
    """The goals of the goal period as the year leaves them, in the order of the table.

    years holds the year and the last year of the period. plans and results count the goals of
    which a plan or a result is compared; below and behind those under the path.
    """

    topic: ClassVar[str] = "assessment"

    years: tuple[int, int]
    goals: tuple[Goal, ...]
    plans: Quantity
    below: Quantity
    results_compared: Quantity
    behind: Quantity

    @property
    def compared(self) -> tuple[Goal, ...]:
        """The goals of growth and of amounts that the year's plan sets a target for."""
        return tuple(goal for goal in self.goals if goal.compared)

    def where(self, plan: Standing, result: Standing) -> tuple[Goal, ...]:
        """The compared goals whose plan and result stand where given."""
        return tuple(
            goal
            for goal in self.compared
            if goal.plan.standing is plan and goal.result.standing is result
        )


def study(edition: Edition) -> Assessments:
    """Assess every goal of the params' goal period that is printed as a figure."""
    frame = edition.tables.goals
    rows = frame[(frame["period"] == edition.params.goal_period) & frame["low"].notna()]
    rows = rows[rows["place"] == edition.params.place]
    keys = dict.fromkeys(zip(rows["indicator"], rows["measure"], strict=True))
    goals = tuple(
        goal for i, measure in keys if (goal := assess(edition, str(i), str(measure))) is not None
    )
    plans = [goal for goal in goals if goal.compared and goal.plan.standing]
    results = [goal for goal in goals if goal.compared and goal.result.standing]
    year = edition.period.year
    return Assessments(
        (year, edition.params.goal_years[1]),
        goals,
        _count("goals_plan", plans, year),
        _count("goals_plan_below", [g for g in plans if g.plan.standing is Standing.BELOW], year),
        _count("goals_result", results, year),
        _count(
            "goals_result_behind",
            [g for g in results if g.result.standing is Standing.BEHIND],
            year,
        ),
    )


def assess(edition: Edition, indicator: str, measure: str) -> Goal | None:
    """Assess one goal by what it is; None where none is printed."""
    goal, row = edition.goal(indicator, measure), edition.goal_row(indicator, measure)
    if row is None:
        return None
    basis = str(row["basis"])
    target = edition.target(indicator, measure)
    reading = Reading(edition, indicator, measure, basis, goal, target)
    path, plan, result = reading.read()
    return Goal(
        indicator,
        measure,
        basis,
        str(row["comparator"]),
        goal,
        path,
        target,
        stretch(edition, target),
        plan,
        result,
        _compared(edition, indicator, measure, target),
    )


def _compared(edition: Edition, indicator: str, measure: str, target: Quantity) -> bool:
    described = edition.indicators[indicator]
    amount = described.kind in FLOWS and measure == "level"
    if target.absent or not (amount or measure == GROWTH):
        return False
    instrument = str(edition.figures.get(target.id, {}).get("set_by", ""))
    own = not edition.params.plan or instrument == edition.params.plan
    part = measure == GROWTH and not edition.goal(described.parent, measure).absent
    return own and not part


def _count(name: str, goals: list[Goal], year: int) -> Quantity:
    ids = tuple(goal.goal.id for goal in goals)
    key = Kind.COUNT.of(name, when=year)
    return Quantity(str(key), Interval.of(len(goals)), "count", 0, "number of goals", ids)
