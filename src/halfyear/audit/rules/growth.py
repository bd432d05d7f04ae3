"""Rules about growth: that of a total against that of its parts."""

from collections.abc import Iterator
from decimal import Decimal

from halfyear.analysis.accounting import goals, identity, targets, weighted
from halfyear.analysis.decomposition import Contradiction, decomposition
from halfyear.analysis.weights import by_part, weights
from halfyear.audit.finding import Draft, Number, Row
from halfyear.audit.rows import Facts
from halfyear.interval import Interval
from halfyear.key import Kind
from halfyear.results import Quantity

UNEXPLAINED = Decimal("0.05")
SHIFT = Decimal("0.25")


def growth_identity(facts: Facts) -> Iterator[Draft]:
    """The printed growth of a total, actual and scenario, against that of its parts.

    The weights of a period are not printed. A contradiction only where no weights near those
    rolled from last year (nearest.REACH) give both printed totals within their rounding.
    """
    edition, cut = facts.edition, facts.edition.period
    for parent in _totals(facts):
        for period in dict.fromkeys((cut, cut.last_quarter())):
            found = decomposition(edition, parent, period)
            if not isinstance(found, Contradiction):
                continue
            computed, left = identity(edition, parent, period, found.base)
            whole = edition.fact(parent, "growth_yoy", period)
            yield from _identity(facts, parent, whole, computed, left.interval)
            by = by_part(weights(edition, parent, found.base))
            key = Kind.IDENTITY.of(parent, "growth_yoy", period, base=str(found.base))
            rates = {part: edition.scenario(part, "growth_yoy", period) for part in by}
            expected = weighted(key, rates, by)
            goal = edition.scenario(parent, "growth_yoy", period)
            if goal.interval and expected.interval:
                yield from _identity(facts, parent, goal, expected, goal.known - expected.interval)


def target_identity(facts: Facts) -> Iterator[Draft]:
    """Targets for the parts against the target for the total, instrument by instrument."""
    cut = facts.edition.period
    for parent in _totals(facts):
        found = targets(facts.edition, parent, cut.shift(-1).full_year())
        for computed, gap in zip(found[::2], found[1::2], strict=True):
            instrument = computed.key.instrument
            row = next(
                (r for r in facts.rows["plan"] if _stated(r, parent, cut.year, instrument)), None
            )
            if gap.interval and row and abs(gap.interval.middle) > UNEXPLAINED:
                number = _number(computed)
                values = {"gap": Number(abs(gap.interval.middle), 2, "pp")}
                yield Draft("targets", "to_verify", parent, row, None, number, values)


def goal_identity(facts: Facts) -> Iterator[Draft]:
    """Five-year goals for the parts against the goal for the total."""
    base = facts.edition.period.shift(-1).full_year()
    for parent in _totals(facts):
        goal = facts.edition.goal(parent, "growth_yoy")
        found = goals(facts.edition, parent, base)[0]
        computed = found.interval
        row = facts.row(goal.id)
        if row is None or computed is None:
            continue
        if computed.high < goal.known.low - SHIFT or computed.low > goal.known.high + SHIFT:
            number = _number(found)
            yield Draft("goal_identity", "inconsistency", parent, row, None, number)


def between(facts: Facts) -> Iterator[Draft]:
    """A rate of a whole outside the range of its parts': growth, or a share printed beside them."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for table, when in (("observations", "time_period"), ("baseline", "scope")):
        for row in facts.rows[table]:
            if row["value"] is not None and _is_rate(facts, row):
                line = row["line"] if row["measure"] == "level" else None
                key = (table, row["place"], row[when], row["source"], row["measure"], line)
                groups.setdefault(key, []).append(row)
    indicators = facts.edition.indicators
    for rows in groups.values():
        for whole in rows:
            found = [r for r in rows if indicators[r["indicator"]].parent == whole["indicator"]]
            spans = [facts.span(row) for row in found]
            if len(found) > 1 and not Interval.of(*spans).overlaps(facts.span(whole)):
                yield Draft(
                    "between", "inconsistency", whole["indicator"], whole, found[0], apart=()
                )


def _is_rate(facts: Facts, row: Row) -> bool:
    share = row["measure"] == "level" and row["unit"] == "pct"
    described = facts.edition.indicators[row["indicator"]]
    return row["measure"] == "growth_yoy" or (share and described.kind == "share")


def contributions(facts: Facts) -> Iterator[Draft]:
    """Published contributions against the growth they add up to."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in facts.rows["observations"]:
        if row["measure"] == "contribution":
            parent = facts.edition.indicators[row["indicator"]].parent
            groups.setdefault((row["place"], parent, row["time_period"]), []).append(row)
    for (place, parent, period), rows in groups.items():
        whole = next(iter(facts.observations(parent, "growth_yoy", period, place)), None)
        added = sum((facts.span(row) for row in rows), Interval.of(0))
        if whole and len(rows) > 2 and not added.overlaps(facts.span(whole)):
            number = Number.rate(added.middle, "sum of the parts", *rows)
            yield Draft("contributions", "inconsistency", parent, whole, rows[0], number)


def _totals(facts: Facts) -> list[str]:
    rows = facts.rows["observations"]
    parents = {
        facts.edition.indicators[row["indicator"]].parent
        for row in rows
        if row["measure"] == "contribution"
    }
    return sorted(parents)


def _identity(
    facts: Facts, parent: str, whole: Quantity, computed: Quantity, left: Interval | None
) -> Iterator[Draft]:
    row = facts.row(whole.id)
    if row is None or left is None or abs(left.middle) <= UNEXPLAINED:
        return
    values = {"gap": Number(abs(left.middle), 2, "pp")}
    rule = "scenario_identity" if whole.key.kind is Kind.SCN else "identity"
    yield Draft(rule, "inconsistency", parent, row, None, _number(computed), values)


def _number(computed: Quantity) -> Number:
    """A computed rate with its formula and operands."""
    middle = computed.known.middle
    return Number(middle, 2, "pct", computed.formula, computed.operands)


def _stated(row: Row, parent: str, year: int, instrument: str) -> bool:
    return bool(
        row["indicator"] == parent
        and row["measure"] == "growth_yoy"
        and row["year"] == year
        and row["set_by"] == instrument
    )
