"""Rules about targets of a year: one document against another, growth against level."""

from collections.abc import Iterator
from decimal import Decimal

from halfyear.analysis.base import full_year
from halfyear.analysis.restated import covers, ends, rounded
from halfyear.audit.finding import Draft, Number, Row
from halfyear.audit.rows import Facts
from halfyear.audit.rules.compare import alike

HUNDRED = Decimal(100)
FAR = Decimal(10)
MATCH = Decimal("0.006")


def targets(facts: Facts) -> Iterator[Draft]:
    """One target in two documents: value, comparator, scope.

    The same are a target with a stretch and the range of both, an end of a range and the range,
    and what the press says with "hơn". Another one that an instrument issued later sets is an
    update.
    """
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in facts.rows["plan"]:
        if row["low"] is not None:
            key = (row["year"], row["place"], row["indicator"], row["measure"])
            groups.setdefault(key, []).append(row)
    first = facts.edition.params.plan
    for rows in groups.values():
        rows.sort(key=lambda r: (r["set_by"] != first, r["known_at"], r["line"]))
        for other in rows[1:]:
            if other["set_by"] != rows[0]["set_by"]:
                yield from _target(facts, rows[0], other)


def growth_targets(facts: Facts) -> Iterator[Draft]:
    """A growth target against the level target and last year's base, or against growth so far."""
    edition, year = facts.edition, facts.edition.period.year
    for row in facts.rows["plan"]:
        if row["measure"] != "growth_yoy" or row["year"] != year or row["low"] is None:
            continue
        for level in edition.targets(row["indicator"], "level", year)[:1]:
            yield from _growth_target(facts, row, level.id)
        so_far = next(
            iter(facts.observations(row["indicator"], "growth_yoy", edition.period)), None
        )
        if so_far and abs(so_far["value"] - (row["high"] or row["low"])) > FAR:
            yield Draft("growth_target_far", "to_verify", row["indicator"], row, so_far, apart=())


def dates(facts: Facts) -> Iterator[Draft]:
    """A target for the goal's last year among the targets of one year, against the goal."""
    for row in facts.rows["plan"]:
        if row["scope"] != "by_2030":
            continue
        goal = next((g for g in facts.rows["goals"] if alike(g, row)), None)
        if goal and goal["low"] != row["low"]:
            yield Draft("dated_goal", "inconsistency", row["indicator"], row, goal)
        else:
            yield Draft("dated", "typographical", row["indicator"], row)


def dropped(facts: Facts) -> Iterator[Draft]:
    """A headline target of the plan that the report's own table leaves out in every measure."""
    params, year = facts.edition.params, facts.edition.period.year
    held = {
        row["indicator"]
        for row in facts.rows["plan"]
        if row["set_by"] == params.report and row["year"] == year
    }
    for row in facts.rows["plan"] if held else ():
        named = row["indicator"] in facts.headline and row["indicator"] not in held
        if named and row["set_by"] == params.plan and row["year"] == year:
            yield Draft("dropped", "no_basis", row["indicator"], row)


def _target(facts: Facts, one: Row, other: Row) -> Iterator[Draft]:
    if ends(one) != ends(other):
        yield from _values(facts, one, other)
    elif _kind(one) != _kind(other):
        loose = facts.edition.sources[str(other["source"])].status == "press"
        rule, kind = ("target_comparator", "typographical")
        if loose:
            rule, kind = ("target_rounded", "rounding")
        yield Draft(rule, kind, one["indicator"], one, other)
    if one["scope"] != other["scope"]:
        values = {"scope": f"scope_{one['scope']}", "other_scope": f"scope_{other['scope']}"}
        yield Draft(
            "target_scope", "typographical", one["indicator"], one, other, values=values, apart=()
        )


def _values(facts: Facts, one: Row, other: Row) -> Iterator[Draft]:
    """Two targets of different figures: the same in other words, rounded, later, or at odds."""
    if covers(one, other) or covers(other, one):
        return
    rule, kind = "target_value", "inconsistency"
    if rounded(one, other):
        rule, kind = "target_rounded", "rounding"
    elif _later(facts, one, other):
        rule, kind = "target_later", "update"
    yield Draft(rule, kind, one["indicator"], one, other)


def _later(facts: Facts, one: Row, other: Row) -> bool:
    """Whether the other target is one that an instrument issued later sets."""
    sources = facts.edition.sources
    setters = [sources.get(str(row["set_by"])) for row in (one, other)]
    first, second = setters
    if first is None or second is None or second.status != "issued":
        return False
    return bool(second.date > first.date)


def _growth_target(facts: Facts, row: Row, level: str) -> Iterator[Draft]:
    target = facts.row(level)
    year = facts.edition.period.year - 1
    bases = [
        *(r for r in facts.observations(row["indicator"], "level", f"{year}-FY") if r["value"]),
        *(r for r in facts.rows["plan"] if _base_plan(r, row, year)),
    ]
    if target is None or not bases:
        return
    rates = [((target["low"] / (b.get("value") or b["low"]) - 1) * HUNDRED, b) for b in bases]
    working = full_year(facts.edition, row["indicator"], year)
    used, on = next(
        (r for r in rates if working and r[1]["id"] == facts.edition.own(working[0].id)), rates[0]
    )
    fit = next((b for rate, b in rates if abs(rate - row["low"]) <= MATCH), None)
    if abs(used - row["low"]) <= MATCH:
        return
    rule, kind = ("growth_target_base", "to_verify") if fit else ("growth_target", "inconsistency")
    number = Number.rate(used, "(target / last year - 1) * 100", target, on)
    yield Draft(rule, kind, row["indicator"], row, fit or target, number)


def _base_plan(row: Row, wanted: Row, year: int) -> bool:
    same = row["indicator"] == wanted["indicator"] and row["measure"] == "level"
    return bool(same and row["year"] == year and row["low"])


def _kind(row: Row) -> str:
    return "eq" if row["comparator"] == "approx" else str(row["comparator"])
