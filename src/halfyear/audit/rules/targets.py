"""Rules about targets of a year: one document against another, growth against level."""

from collections.abc import Iterator
from decimal import Decimal

from halfyear.analysis.base import full_year
from halfyear.audit.finding import Draft, Number, Row
from halfyear.audit.rows import Facts
from halfyear.audit.rules.compare import alike, rounded

HUNDRED = Decimal(100)
FAR = Decimal(10)
MATCH = Decimal("0.006")


def targets(facts: Facts) -> Iterator[Draft]:
    """One target in two documents: value, comparator, scope."""
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
            yield Draft("growth_target_far", "implausible", row["indicator"], row, so_far)


def dates(facts: Facts) -> Iterator[Draft]:
    """A target for the goal's last year among the targets of one year, against the goal."""
    for row in facts.rows["plan"]:
        if row["scope"] != "by_2030":
            continue
        goal = next((g for g in facts.rows["goals"] if alike(g, row)), None)
        if goal and goal["low"] != row["low"]:
            yield Draft("dated_goal", "contradiction", row["indicator"], row, goal)
        else:
            yield Draft("dated", "slip", row["indicator"], row)


def dropped(facts: Facts) -> Iterator[Draft]:
    """A headline target of the plan that the report's own table of targets leaves out."""
    year, plan, report = (
        facts.edition.period.year,
        facts.edition.params.plan,
        facts.edition.params.report,
    )
    held = {
        (r["indicator"], r["measure"])
        for r in facts.rows["plan"]
        if r["set_by"] == report and r["year"] == year
    }
    for row in facts.rows["plan"]:
        named = (
            row["indicator"] in facts.headline and (row["indicator"], row["measure"]) not in held
        )
        if held and named and row["set_by"] == plan and row["year"] == year:
            yield Draft("dropped", "unverifiable", row["indicator"], row)


def _target(facts: Facts, one: Row, other: Row) -> Iterator[Draft]:
    ends = [(r["low"], r["high"] if r["high"] is not None else r["low"]) for r in (one, other)]
    headline = one["indicator"] in facts.headline and one["measure"] == "level"
    if ends[0] != ends[1]:
        if _stretch(one, other) or _stretch(other, one):
            yield Draft("target_comparator", "slip", one["indicator"], one, other)
        elif rounded(one, other):
            yield Draft("target_rounded", "rounding", one["indicator"], one, other)
        else:
            moves = headline and _changes_share(facts, one)
            yield Draft("target_value", "contradiction", one["indicator"], one, other, moves=moves)
    elif _kind(one) != _kind(other):
        yield Draft("target_comparator", "slip", one["indicator"], one, other)
    if one["scope"] != other["scope"]:
        values = {"scope": f"scope_{one['scope']}", "other_scope": f"scope_{other['scope']}"}
        yield Draft("target_scope", "slip", one["indicator"], one, other, values=values, apart=())


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
    rule = "growth_target_base" if fit else "growth_target"
    number = Number.rate(used, "(target / last year - 1) * 100", target, on)
    yield Draft(rule, "contradiction", row["indicator"], row, fit or target, number)


def _base_plan(row: Row, wanted: Row, year: int) -> bool:
    same = row["indicator"] == wanted["indicator"] and row["measure"] == "level"
    return bool(same and row["year"] == year and row["low"])


def _stretch(one: Row, other: Row) -> bool:
    """Whether a target with a stretch says in two figures what the other says as a range."""
    return one["stretch"] is not None and (one["low"], one["stretch"]) == (
        other["low"],
        other["high"],
    )


def _kind(row: Row) -> str:
    return "eq" if row["comparator"] == "approx" else str(row["comparator"])


def _changes_share(facts: Facts, row: Row) -> bool:
    described = facts.edition.indicators[row["indicator"]]
    actual = facts.observations(row["indicator"], row["measure"], facts.edition.period)
    return described.kind == "flow" and bool(actual)
