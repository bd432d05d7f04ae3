"""Rules about last year: bases implied and published, publications that differ, breaks."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from halfyear.analysis import base
from halfyear.analysis.vintage import REVISION, growth_of
from halfyear.audit.finding import Draft, Number, Row
from halfyear.audit.rows import Facts
from halfyear.audit.rules.compare import growth_slot
from halfyear.period import Period

LONG = 3
LARGE = Decimal(1000)


def bases(facts: Facts) -> Iterator[Draft]:
    """The base a level and its growth imply against the one published a year earlier."""
    pairs = {
        (row["indicator"], row["time_period"])
        for row in facts.rows["observations"]
        if row["place"] == facts.edition.params.place and row["measure"] == "level"
    }
    for indicator, text in sorted(pairs):
        period = Period.parse(text)
        if not facts.observations(indicator, "level", period.shift(-1)):
            continue
        found = base.implied(facts.edition, indicator, period)
        gap = base.disagreement(facts.edition, indicator, period)
        if found is None or gap is None:
            continue
        level, rate = (facts.row(id) for id in found.operands)
        before = facts.row(gap.operands[1])
        if level and rate and before:
            values = {"rate": growth_slot(facts, indicator, period, rate), "before": before}
            number = facts.number(found.known.middle, level, found.formula, level, rate)
            yield Draft(
                "base",
                "to_verify",
                indicator,
                level,
                before,
                number,
                values,
                apart=(number, before),
            )


def vintages(facts: Facts) -> Iterator[Draft]:
    """Publications of one figure that differ: an update, or too far apart or too near for one."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in facts.rows["observations"]:
        key = (
            row["place"],
            row["indicator"],
            row["measure"],
            row["time_period"],
            str(row["cutoff"]),
        )
        groups.setdefault(key, []).append(row)
    for rows in groups.values():
        rows.sort(key=lambda row: (row["known_at"], row["value"]))
        for earlier, later in pairwise(rows):
            if earlier["value"] != later["value"]:
                yield _vintage(facts, earlier, later)


def twins(facts: Facts) -> Iterator[Draft]:
    """One long figure printed for two things in one place: one of them is likely a slip.

    Of observations only where their growth differs and no other publication shows which is
    wrong (then that comparison tells it); of goals wherever one document prints it twice.
    """
    seen: dict[tuple[object, ...], Row] = {}
    for table in ("observations", "goals"):
        for row in facts.rows[table]:
            value = row["value"] if table == "observations" else row["low"]
            if value is None or row["measure"] != "level" or not _long(value, table):
                continue
            line = row["line"] if table == "observations" else None
            first = seen.setdefault((table, row["source"], line, row["unit"], value), row)
            if first["indicator"] == row["indicator"] or not _suspect(facts, table, first, row):
                continue
            values = {"twin": (row["indicator"],)}
            kind = "typographical" if table == "observations" else "to_verify"
            yield Draft("twin", kind, first["indicator"], first, row, values=values, apart=())


def breaks(facts: Facts) -> Iterator[Draft]:
    """Headline indicators whose last full year is held only for former places.

    A flow that one former place alone reports is that of the whole, and is no break.
    """
    year = facts.edition.period.year - 1
    for indicator, measure in facts.edition.headline():
        if facts.observations(indicator.id, measure, f"{year}-FY"):
            continue
        if measure == "level" and base.former(facts.edition, indicator.id, year):
            continue
        rows = [
            row
            for row in facts.rows["baseline"]
            if row["indicator"] == indicator.id
            and row["measure"] == measure
            and row["scope"] == f"year_{year}"
            and row["value"] is not None
        ]
        plan = sorted(facts.rows["plan"], key=facts.foreign)
        target = next((r for r in plan if _targets(facts, r, indicator.id, measure)), None)
        if rows and target:
            yield Draft("break", "break", indicator.id, rows[0], target, apart=())


def _vintage(facts: Facts, earlier: Row, later: Row) -> Draft:
    far = later["value"] and abs(earlier["value"] / later["value"] - 1) > REVISION
    same_day = earlier["known_at"] == later["known_at"]
    twin = _twin(facts, earlier) or _twin(facts, later)
    rule, kind = "vintage", "update"
    if same_day:
        rule, kind = "vintage_same_day", "inconsistency"
    elif far:
        rule, kind = "vintage_far", "inconsistency"
    values: dict[str, object] = {}
    if kind == "inconsistency" and twin:
        rule, kind = "vintage_twin", "typographical"
        values = {"twin": (twin["indicator"],), "figure": twin}
    gap = (later["value"] / earlier["value"] - 1) * 100 if earlier["value"] else Decimal(0)
    target = _between(facts, earlier, later) if same_day else None
    if target:
        rule, values = "vintage_target", {**values, "target": target}
    return Draft(
        rule,
        kind,
        later["indicator"],
        earlier,
        later,
        Number.rate(gap, "(second / first - 1) * 100", earlier, later, decimals=1),
        values,
        moves=target is not None,
        apart=(earlier, later),
    )


def _between(facts: Facts, earlier: Row, later: Row) -> Row | None:
    """The plan's target of this year, where it lies between two publications of last year."""
    edition = facts.edition
    target = edition.target(later["indicator"], "level")
    last = f"{edition.period.year - 1}-FY"
    if target.absent or later["measure"] != "level" or later["time_period"] != last:
        return None
    return facts.row(target.id) if earlier["value"] < target.known.low < later["value"] else None


def _twin(facts: Facts, row: Row) -> Row | None:
    """Another indicator with the same printed value in the same place."""
    return next(
        (
            other
            for other in facts.rows["observations"]
            if other["source"] == row["source"]
            and other["line"] == row["line"]
            and other["indicator"] != row["indicator"]
            and other["unit"] == row["unit"]
            and other["value"] == row["value"]
            and _long(row["value"], "observations")
        ),
        None,
    )


def _long(value: Decimal, table: str) -> bool:
    digits = len(value.normalize().as_tuple().digits)
    return digits >= LONG or (table == "goals" and value >= LARGE)


def _related(facts: Facts, one: Row, other: Row) -> bool:
    described = facts.edition.indicators
    first, second = described[one["indicator"]], described[other["indicator"]]
    return first.id in (second.parent,) or second.id == first.parent


def _suspect(facts: Facts, table: str, one: Row, other: Row) -> bool:
    """Whether two equal figures are likelier a slip than one count of one thing."""
    if table == "goals":
        return True
    if _related(facts, one, other) or any(_published_again(facts, row) for row in (one, other)):
        return False
    rates = [
        growth_of(facts.edition, row["indicator"], Period.parse(row["time_period"]))
        for row in (one, other)
    ]
    return not any(rate.absent for rate in rates) and rates[0].value != rates[1].value


def _published_again(facts: Facts, row: Row) -> bool:
    every = facts.observations(row["indicator"], "level", row["time_period"], row["place"])
    return any(other["value"] != row["value"] for other in every)


def _targets(facts: Facts, row: Row, indicator: str, measure: str) -> bool:
    year = facts.edition.period.year
    return bool(row["indicator"] == indicator and row["measure"] == measure and row["year"] == year)
