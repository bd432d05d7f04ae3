"""Figures: values, units and places that agree with what is printed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

import pandas as pd

from halfyear.data.checks.rows import Row, at, records
from halfyear.data.checks.sound import rows
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
MEASURED = ("observations", "scenarios", "plan", "goals", "baseline")
Place: TypeAlias = tuple[str, int, str]
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


def faults(tables: Tables, reading: Reading) -> Iterator[Fault]:
    """List values, units, bounds and places of sound rows that disagree with the printed figures.

    A row gives the first kind of fault only: a wrong unit or print makes others of itself. Values
    wait for the units, and a position is not missed where the row that has it was not read.
    """
    media = dict(zip(tables.sources["id"], tables.sources["medium"], strict=True))
    shared = {slot: _shared(reading, slot) for slot in PLACES}
    whole = len(tables.units) == len(reading.tables.units) and "units" not in reading.broken
    units = Units.from_frame(tables.units)
    kinds: tuple[Callable[[Tables], Iterator[Fault]], ...] = (
        _units,
        lambda sound: _values(sound, units) if whole else iter(()),
        lambda sound: _bounds(records(sound.observations)),
        lambda sound: _places(sound, media, shared),
        lambda sound: _twice(sound, media),
    )
    found: dict[Fault, None] = {}
    for kind in kinds:
        found.update(dict.fromkeys(kind(rows(tables, found))))
    yield from found


def _values(tables: Tables, units: Units) -> Iterator[Fault]:
    for slot in SLOTS:
        for row in records(getattr(tables, slot.table)):
            yield from _figure(row, slot, units)


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
    wanted = None if figure.high is None else figure.high * factor
    if value != read:
        lost = value and read and read / value in (Decimal(10**3), Decimal(10**6), Decimal(10**9))
        code = "thousands_lost" if lost else "value_not_printed"
        yield at(row, code, slot.low, value=plain(read), unit=unit)
    elif slot.high and row[slot.high] != wanted:
        shown = "an empty cell" if wanted is None else plain(wanted)
        yield at(row, "range_not_printed", slot.high, value=shown)


def _units(tables: Tables) -> Iterator[Fault]:
    own = dict(zip(tables.indicators["id"], tables.indicators["unit"], strict=True))
    for row in (row for name in MEASURED for row in records(getattr(tables, name))):
        measure, unit = row["measure"], row["unit"]
        if measure == "level":
            wanted = own.get(row["indicator"], unit)
            if unit != wanted:
                indicator = row["indicator"]
                yield at(row, "unit_not_indicators", "unit", unit=wanted, indicator=indicator)
        elif measure and unit != MEASURE_UNITS[measure]:
            wanted = MEASURE_UNITS[measure]
            yield at(row, "unit_not_measures", "unit", unit=wanted, measure=measure)


def _bounds(observed: list[Row]) -> Iterator[Fault]:
    for row in observed:
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


def _shared(reading: Reading, slot: Slot) -> set[Place] | None:
    """Give the lines and prints of which a row says the position; None where some are unread."""
    if slot.table in reading.broken:
        return None
    return {
        (row["source"], row["line"], row[slot.printed])
        for row in records(getattr(reading.tables, slot.table))
        if row["line"] is not pd.NA and row[slot.nth] is not pd.NA
    }


def _places(
    tables: Tables, media: dict[str, str], shared: Mapping[Slot, set[Place] | None]
) -> Iterator[Fault]:
    for slot in PLACES:
        for row in records(getattr(tables, slot.table)):
            yield from _place(row, slot, media.get(row["source"], ""), shared[slot])


def _place(row: Row, slot: Slot, medium: str, shared: set[Place] | None) -> Iterator[Fault]:
    line, nth, printed = row["line"], row[slot.nth], row[slot.printed]
    if medium == "cited":
        yield at(row, "source_cited", "source")
    for column, number in (("line", line), (slot.nth, nth)):
        if number is not pd.NA and number < 1:
            yield at(row, "place_not_positive", column)
    if medium == "text" and nth is not pd.NA and not numerals(printed):
        yield at(row, "nth_without_numeral", slot.nth)
    unsaid = nth is pd.NA and shared is not None and (row["source"], line, printed) not in shared
    if medium == "text" and unsaid and numerals(printed):
        yield at(row, "nth_missing", slot.nth)


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
