"""Figures: values, units and places that agree with what is printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from halfyear.data.checks.rows import Row, at, records
from halfyear.data.faults import Fault
from halfyear.data.frames import Reading, Tables
from halfyear.data.numeral import Figure, numerals, read_figure
from halfyear.data.place import claimed
from halfyear.data.units import Units
from halfyear.errors import NumeralError

MEASURE_UNITS = {
    "growth_yoy": "pct",
    "growth_ytd": "pct",
    "ratio_yoy": "pct",
    "share": "pct",
    "multiple_yoy": "times",
    "contribution": "pp",
}
COMPARISONS = {
    "growth_yoy": "previous_year",
    "ratio_yoy": "previous_year",
    "multiple_yoy": "previous_year",
    "growth_ytd": "end_previous_year",
}
FREE = ("range", "top", "text", "")


@dataclass(frozen=True)
class Slot:
    """Columns of a table that hold one printed figure."""

    table: str
    low: str
    high: str = ""
    printed: str = "printed"
    nth: str = "nth"
    comparator: str = ""


SLOTS = (
    Slot("observations", "value"),
    Slot("scenarios", "value"),
    Slot("scenarios", "low", "high"),
    Slot("plan", "low", "high", comparator="comparator"),
    Slot("goals", "low", "high", comparator="comparator"),
    Slot("baseline", "value", "value_high"),
    Slot(
        "baseline", "target_low", "target_high", "target_printed", "target_nth", "target_comparator"
    ),
    Slot("claims", "value"),
    Slot("projects", "count"),
)
PLACES = (
    *(slot for slot in SLOTS if (slot.table, slot.low) != ("scenarios", "low")),
    Slot("unclaimed", ""),
)


def faults(reading: Reading) -> Iterator[Fault]:
    """List values, units, bounds and places that disagree with the printed figures."""
    tables = reading.tables
    media = dict(zip(tables.sources["id"], tables.sources["medium"], strict=True))
    units = Units.from_frame(tables.units)
    for slot in SLOTS:
        for row in records(getattr(tables, slot.table)):
            yield from _figure(row, slot, units)
    for name in ("observations", "scenarios", "plan", "goals", "baseline"):
        yield from _units(records(getattr(tables, name)), tables)
    yield from _bounds(records(tables.observations))
    for slot in PLACES:
        yield from _places(records(getattr(tables, slot.table)), slot, media)
    yield from _twice(tables, media)


def _figure(row: Row, slot: Slot, units: Units) -> Iterator[Fault]:
    value = row[slot.low]
    if value is None or value is pd.NA or not row[slot.printed]:
        return
    unit, printed_unit = row.get("unit", ""), row["printed_unit"]
    known = unit in units.by_id and printed_unit in units.by_id
    if known and not units.compatible(unit, printed_unit):
        yield at(row, "unit_not_printed", "printed_unit", base=units[unit].base)
        return
    try:
        figure = _read(row[slot.printed], unit)
    except NumeralError:
        yield at(row, "printed_unreadable", slot.printed)
        return
    factor = units[printed_unit].multiplier / units[unit].multiplier if known else Decimal(1)
    yield from _value(row, slot, figure, factor)
    stated = row[slot.comparator] if slot.comparator else ""
    if stated not in FREE and figure.bound not in ("", stated):
        yield at(row, "bound_not_printed", slot.comparator, bound=figure.bound)


def _read(printed: str, unit: str) -> Figure:
    """Read a printed figure; the first rank may be printed in words ("dẫn đầu")."""
    words = unit == "rank" and not numerals(printed)
    return Figure(Decimal(1)) if words else read_figure(printed)


def _value(row: Row, slot: Slot, figure: Figure, factor: Decimal) -> Iterator[Fault]:
    value, read = Decimal(row[slot.low]), figure.low * factor
    unit = row.get("unit", "")
    if value != read:
        lost = value and read and read / value in (Decimal(10**3), Decimal(10**6), Decimal(10**9))
        code = "thousands_lost" if lost else "value_not_printed"
        yield at(row, code, slot.low, value=plain(read), unit=unit)
    if slot.high:
        high = row[slot.high]
        wanted = None if figure.high is None else figure.high * factor
        if high != wanted:
            shown = "an empty cell" if wanted is None else plain(wanted)
            yield at(row, "range_not_printed", slot.high, value=shown)


def _units(rows: list[Row], tables: Tables) -> Iterator[Fault]:
    own = dict(zip(tables.indicators["id"], tables.indicators["unit"], strict=True))
    for row in rows:
        measure, unit = row["measure"], row["unit"]
        if measure == "level":
            wanted = own.get(row["indicator"], unit)
            if unit != wanted:
                indicator = row["indicator"]
                yield at(row, "unit_not_indicators", "unit", unit=wanted, indicator=indicator)
        elif measure and unit != MEASURE_UNITS[measure]:
            wanted = MEASURE_UNITS[measure]
            yield at(row, "unit_not_measures", "unit", unit=wanted, measure=measure)


def _bounds(rows: list[Row]) -> Iterator[Fault]:
    for row in rows:
        wanted = COMPARISONS.get(row["measure"], "")
        if wanted and row["comparison"] != wanted:
            measure = row["measure"]
            yield at(row, "no_comparison", "comparison", comparison=wanted, measure=measure)
        try:
            bound = read_figure(row["printed"]).bound
        except NumeralError:
            continue
        if row["bound"] != bound:
            yield at(row, "bound_not_printed", "bound", bound=bound or "an empty cell")


def _places(rows: list[Row], slot: Slot, media: dict[str, str]) -> Iterator[Fault]:
    shared = {
        (row["source"], row["line"], row[slot.printed])
        for row in rows
        if row["line"] is not pd.NA and row[slot.nth] is not pd.NA
    }
    for row in rows:
        if media.get(row["source"]) == "cited":
            yield at(row, "source_cited", "source")
        line, nth, printed = row["line"], row[slot.nth], row[slot.printed]
        for column, number in (("line", line), (slot.nth, nth)):
            if number is not pd.NA and number < 1:
                yield at(row, "place_not_positive", column)
        if media.get(row["source"]) != "text":
            continue
        if nth is pd.NA and numerals(printed) and (row["source"], line, printed) not in shared:
            yield at(row, "nth_missing", slot.nth)
        elif nth is not pd.NA and not numerals(printed):
            yield at(row, "nth_without_numeral", slot.nth)


def _twice(tables: Tables, media: dict[str, str]) -> Iterator[Fault]:
    first: dict[tuple[str, int, int], Row] = {}
    for row, slot in taken(tables):
        medium = media.get(row["source"])
        line, nth = row["line"], row[slot.nth]
        if medium == "text" and nth is not pd.NA:
            places = list(claimed(row[slot.printed], nth))
        else:
            places = [0] if medium == "facts" else []
        for place in places:
            other = first.setdefault((row["source"], line, place), row)
            if other is not row:
                column = slot.nth if place else "line"
                yield at(row, "numeral_twice", column, other=other["row"], where=other["file"])
                break


def taken(tables: Tables) -> Iterator[tuple[Row, Slot]]:
    """Give every row that takes a numeral of a document, with the columns that say which."""
    for slot in PLACES:
        for row in records(getattr(tables, slot.table)):
            if row["line"] is not pd.NA and row[slot.printed]:
                yield row, slot


def plain(number: Decimal) -> str:
    """Write a number in digits, without exponent or trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
