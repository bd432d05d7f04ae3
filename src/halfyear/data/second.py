"""Second figures: what a row prints beside its value, as rows with an id of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from halfyear.data.frames import Tables
from halfyear.key import Key

TARGET = "target"
TOTAL = "total"
Row = Mapping[str, Any]


def rows(tables: Tables) -> Iterator[Row]:
    """The targets printed beside the results of the last period, and the totals of counts."""
    for row in tables.baseline[tables.baseline["target_low"].notna()].to_dict("records"):
        yield target({str(name): value for name, value in row.items()})
    for row in tables.claims[tables.claims["total"].notna()].to_dict("records"):
        claim = {str(name): value for name, value in row.items()}
        own = {name: beside(str(row[name]), TOTAL) for name in ("id", "key")}
        yield {**claim, **own, "value": row["total"], "total": None}


def beside(id: str, what: str) -> str:
    """Id of the target beside a result of the last period, or of the total beside a count."""
    return str(replace(Key.parse(id), base=what))


def target(row: Row) -> Row:
    """The target a row of the last period's results prints beside its value."""
    return {
        **row,
        "id": beside(str(row["id"]), TARGET),
        "key": beside(str(row["key"]), TARGET),
        "value": None,
        "value_high": None,
        "low": row["target_low"],
        "high": row["target_high"],
        "bound": "",
        "comparator": row["target_comparator"],
        "nth": row["target_nth"],
        "printed": row["target_printed"],
    }
