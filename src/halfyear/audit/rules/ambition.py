"""Rules about ambition: targets and goals against results and against each other."""

from collections.abc import Iterator
from decimal import Decimal

from halfyear.audit.finding import Draft, Row
from halfyear.audit.rows import Facts
from halfyear.audit.rules.compare import order, same_targets, unequal


def below_result(facts: Facts) -> Iterator[Draft]:
    """A target or goal below what is already reached.

    Where publications of the result disagree, only below all of them. Where the result is held
    for former places only, below the lowest of them; one of several does not say what all have
    reached, and is a break in the series.
    """
    year = facts.edition.period.year - 1
    for table, rule in (("plan", "target_below"), ("goals", "goal_below")):
        for row in _distinct(facts, table):
            own = _published(facts, row, year)
            results = own or _of_former(facts, row, year)
            if not results or not all(_worse(facts, row["low"], r) for r in results):
                continue
            result = results[0]
            if own:
                yield Draft(rule, "to_verify", row["indicator"], row, result)
                continue
            kind = "to_verify" if len({r["place"] for r in results}) > 1 else "break"
            yield Draft(f"{rule}_former", kind, row["indicator"], row, result)


def goal_below_target(facts: Facts) -> Iterator[Draft]:
    """A goal for the last year of the period that this year's target already reaches."""
    for goal in facts.rows["goals"]:
        ahead = _spans(goal, facts.edition.period.year)
        if goal["basis"] != "level" or not ahead or not _ambition(facts, goal):
            continue
        for target in unequal(same_targets(facts, goal)):
            reached = order(facts, goal["indicator"], target["low"], goal["low"])
            if reached >= 0 and target["scope"] == "year" and target["comparator"] != "top":
                yield Draft("goal_below_target", "to_verify", goal["indicator"], goal, target)


def below_goal(facts: Facts) -> Iterator[Draft]:
    """A target of the year below a goal for each year, or for the average of the years.

    A target with a stretch, or a range, is below only where its better end is.
    """
    for goal in facts.rows["goals"]:
        yearly = goal["basis"] in ("each_year", "average") and goal["low"] is not None
        if not yearly or not _spans(goal, facts.edition.period.year):
            continue
        for target in same_targets(facts, goal)[:1]:
            ends = [target[name] for name in ("low", "high", "stretch") if target[name] is not None]
            if all(order(facts, goal["indicator"], end, goal["low"]) < 0 for end in ends):
                rule = f"below_{goal['basis']}"
                yield Draft(rule, "to_verify", goal["indicator"], target, goal)


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


def _spans(goal: Row, year: int) -> bool:
    """Whether a goal's period has begun and not ended in a year."""
    first, _, last = str(goal["period"]).partition("-")
    return int(first) <= year <= int(last or first)


def _published(facts: Facts, row: Row, year: int) -> list[Row]:
    """The latest publications of last year's result, those of one day together."""
    every = facts.observations(row["indicator"], "level", f"{year}-FY", row["place"])
    rows = [r for r in every if r["bound"] not in ("lt", "le")]
    latest = max((r["known_at"] for r in rows), default=None)
    return [r for r in rows if r["known_at"] == latest]


def _of_former(facts: Facts, row: Row, year: int) -> list[Row]:
    """Last year's share in the former places, in the tables of the last period's results."""
    if facts.edition.indicators[row["indicator"]].kind != "share":
        return []
    return [
        r
        for r in facts.rows["baseline"]
        if r["indicator"] == row["indicator"]
        and r["scope"] == f"year_{year}"
        and r["measure"] == "level"
        and r["value"] is not None
        and not r["bound"]
    ]


def _worse(facts: Facts, ambition: Decimal, result: Row) -> bool:
    half = facts.half(result)
    value = result["value"]
    return all(
        order(facts, result["indicator"], ambition, v) < 0 for v in (value - half, value + half)
    )
