"""Rules about ambition: targets and goals against results, against each other, against the path."""

from collections.abc import Iterator
from decimal import Decimal

from halfyear.analysis.base import full_year
from halfyear.analysis.path import compound_rate
from halfyear.audit.finding import Draft, Number, Row, keys
from halfyear.audit.rows import Facts
from halfyear.audit.rules.compare import order, same_targets, unequal
from halfyear.interval import Interval

HUNDRED = Decimal(100)
STEEPER = Decimal(3)
PATH = "(goal / target)^(1 / years) - 1"


def below_result(facts: Facts) -> Iterator[Draft]:
    """A target or goal below what is already reached, in the place or in one of its parts."""
    year = facts.edition.period.year - 1
    for table in ("plan", "goals"):
        for row in _distinct(facts, table):
            for result in _results(facts, row, year):
                if _worse(facts, row["low"], result):
                    own = result["place"] == row["place"]
                    rule = f"{'target' if table == 'plan' else 'goal'}_below"
                    yield Draft(
                        rule if own else f"{rule}_former",
                        "implausible",
                        row["indicator"],
                        row,
                        result,
                        values={"place": result["place"]},
                    )


def goal_below_target(facts: Facts) -> Iterator[Draft]:
    """A goal for the last year of the period that this year's target already reaches."""
    for goal in facts.rows["goals"]:
        if goal["basis"] != "level" or not _ambition(facts, goal):
            continue
        for target in unequal(same_targets(facts, goal)):
            reached = order(facts, goal["indicator"], target["low"], goal["low"])
            if reached >= 0 and target["scope"] == "year" and target["comparator"] != "top":
                yield Draft("goal_below_target", "implausible", goal["indicator"], goal, target)


def path(facts: Facts) -> Iterator[Draft]:
    """A plan that leaves a steeper path to the goal than the one it sets out on."""
    last = facts.edition.params.goal_years[1]
    year = facts.edition.period.year
    for goal in facts.rows["goals"]:
        for target in same_targets(facts, goal)[:1]:
            if (
                goal["basis"] == "each_year"
                and order(facts, goal["indicator"], target["low"], goal["low"]) < 0
            ):
                yield Draft("each_year", "contradiction", goal["indicator"], target, goal)
            bases = full_year(facts.edition, goal["indicator"], year - 1)
            if _leads(goal, target) and bases and bases[0].known.low > 0:
                start = bases[0].known
                planned = (target["low"] / start.middle - 1) * HUNDRED
                needed = compound_rate(target["low"], Interval.of(goal["low"]), last - year).middle
                if needed > planned + STEEPER:
                    rise = "(target / last year - 1) * 100"
                    base = (*keys(target), bases[0].id)
                    values = {"planned": Number(planned, 1, "pct", rise, base)}
                    rate = Number.rate(needed, PATH, target, goal, decimals=1)
                    yield Draft(
                        "path",
                        "implausible",
                        goal["indicator"],
                        target,
                        goal,
                        rate,
                        values,
                        apart=(values["planned"], rate),
                    )


def _leads(goal: Row, target: Row) -> bool:
    level = goal["basis"] == "level" and goal["measure"] == "level"
    return bool(level and target["low"] > 0 and goal["low"] and goal["low"] > 0)


def _distinct(facts: Facts, table: str) -> list[Row]:
    """Targets or goals that can be compared with a result, each value of one thing once."""
    rows = sorted(facts.rows[table], key=facts.foreign)
    return unequal([row for row in rows if _ambition(facts, row)])


def _ambition(facts: Facts, row: Row) -> bool:
    described = facts.edition.indicators[row["indicator"]]
    kinds = ("level", "each_year", None)
    return bool(
        row["low"] is not None
        and row["measure"] == "level"
        and row.get("basis") in kinds
        and row["comparator"] != "top"
        and described.direction != "none"
        and row.get("year", facts.edition.period.year) == facts.edition.period.year
        and (row.get("period") or facts.edition.params.goal_period)
        == facts.edition.params.goal_period
    )


def _results(facts: Facts, row: Row, year: int) -> list[Row]:
    place = facts.edition.params.place
    own = [
        r
        for r in facts.observations(row["indicator"], "level", f"{year}-FY", place)
        if r["bound"] not in ("lt", "le")
    ]
    described = facts.edition.indicators[row["indicator"]]
    former = [
        r
        for r in facts.rows["baseline"]
        if r["indicator"] == row["indicator"]
        and r["scope"] == f"year_{year}"
        and r["measure"] == "level"
        and r["value"] is not None
        and not r["bound"]
        and described.kind == "share"
    ]
    return own + former


def _worse(facts: Facts, ambition: Decimal, result: Row) -> bool:
    half = facts.half(result)
    value = result["value"]
    return all(
        order(facts, result["indicator"], ambition, v) < 0 for v in (value - half, value + half)
    )
