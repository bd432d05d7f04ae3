"""Identities: what figures must satisfy among themselves, whoever printed them."""

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from halfyear.data.checks import claims
from halfyear.data.checks.figures import plain
from halfyear.data.checks.rows import Row, at, records
from halfyear.data.corrections import Violation
from halfyear.data.frames import Tables
from halfyear.period import Period

_VALUES = {
    "observations": ("value",),
    "scenarios": ("value", "low", "high"),
    "plan": ("low", "high", "stretch"),
    "goals": ("low", "high"),
    "baseline": ("value", "value_high", "target_low", "target_high"),
}


def violations(tables: Tables) -> list[Violation]:
    """List the identities that the figures break; a document may break them itself."""
    return [
        *_bounds(tables),
        *_periods(tables),
        *claims.violations(tables),
        *_states(tables),
    ]


def _violation(facts: list[str], row: Row, code: str, column: str, **values: object) -> Violation:
    return Violation(code, frozenset(facts), at(row, code, column, **values))


def _bounds(tables: Tables) -> Iterator[Violation]:
    kinds = dict(zip(tables.indicators["id"], tables.indicators["kind"], strict=True))
    for name, columns in _VALUES.items():
        for row in records(getattr(tables, name)):
            kind = kinds.get(row["indicator"]) if row["measure"] == "level" else row["measure"]
            for column in columns:
                value = row[column]
                if value is None:
                    continue
                if kind == "share" and not 0 <= value <= 100:
                    yield _violation([row["id"]], row, "share_outside", column)
                if kind == "rank" and (value < 1 or value != int(value)):
                    yield _violation([row["id"]], row, "rank_not_whole", column)


def _periods(tables: Tables) -> Iterator[Violation]:
    flows = set(
        tables.indicators.loc[
            (tables.indicators["kind"] == "flow") & (tables.indicators["aggregation"] == "sum"),
            "id",
        ]
    )
    groups: dict[tuple[str, ...], list[tuple[Period, Row]]] = defaultdict(list)
    for row in records(tables.observations):
        exact = row["bound"] == "" and row["value"] is not None and row["value"] >= 0
        if row["measure"] == "level" and row["indicator"] in flows and exact:
            key = (row["place"], row["indicator"], row["source"], row["unit"])
            groups[key].append((Period.parse(row["time_period"]), row))
    for group in groups.values():
        for period, part in group:
            for longer, whole in group:
                inside = _within(period, longer) and part["cutoff"] <= whole["cutoff"]
                if inside and part["value"] > whole["value"]:
                    facts = [part["id"], whole["id"]]
                    values = {"whole": whole["id"], "value": plain(whole["value"])}
                    yield _violation(facts, part, "part_of_period_above", "value", **values)


def _within(part: Period, whole: Period) -> bool:
    inside = whole.months[0] <= part.months[0] and part.months[1] <= whole.months[1]
    return part.year == whole.year and part != whole and inside


def _states(tables: Tables) -> Iterator[Violation]:
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in records(tables.projects):
        if row["count"] is not pd.NA and row["total"] is not pd.NA:
            groups[row["group"], row["measure"], row["time_period"], row["source"]].append(row)
    for rows in groups.values():
        added, total = sum(row["count"] for row in rows), rows[0]["total"]
        if added != total or any(row["total"] != total for row in rows):
            facts = [row["id"] for row in rows]
            yield _violation(facts, rows[0], "states_not_total", "total", found=added, total=total)
