"""Choices: what each cell of a row may be set to on the review page, and what follows from it."""

from collections.abc import Iterable, Mapping
from typing import Any

from halfyear.data.checks.figures import COMPARISONS, MEASURE_UNITS, plain
from halfyear.data.checks.rows import records
from halfyear.data.frames import Tables
from halfyear.data.numeral import read_figure
from halfyear.data.units import Units
from halfyear.errors import NumeralError, PeriodError
from halfyear.intake import words
from halfyear.intake.proposal import FIGURES
from halfyear.intake.sheet.telling import Telling
from halfyear.period import Period

CODED = {
    **{name: name for name in ("table", "measure", "kind", "word", "obs_status", "bound")},
    **{name: name for name in ("price_base", "state", "scope", "sign")},
    "status": "standing",
}
EMPTY = ("bound", "price_base", "word", "kind", "indicator", "measure", "instrument", "group")
MONTHS = 12
QUARTERS = ("Q1", "Q2", "Q3", "Q4")


def choices(tables: Tables, telling: Telling, cells: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """Give the lists of codes with their names, and the facts that tie one cell to another.

    factors turns a figure of one unit into another; ends gives the last day of a period; own and
    measured give the unit of an indicator's level and of a measure.
    """
    rows = list(cells)
    return {
        "lists": {**_coded(telling), **_named(tables, telling), **_periods(rows, telling)},
        "symbols": telling.formatter.symbols.full,
        "own": dict(zip(tables.indicators["id"], tables.indicators["unit"], strict=True)),
        "measured": MEASURE_UNITS,
        "comparisons": COMPARISONS,
        "factors": _factors(Units.from_frame(tables.units)),
        "ends": {code: str(Period.parse(code).end) for code in _codes(rows)},
        "tables": FIGURES,
    }


def figure(printed: str) -> dict[str, str] | None:
    """Read a printed figure: ends without sign, sign and bound; None where it is no figure."""
    try:
        read = read_figure(printed)
    except NumeralError:
        return None
    high = "" if read.high is None else plain(abs(read.high))
    sign = "-" if read.low.is_signed() else "+"
    return {"low": plain(abs(read.low)), "high": high, "sign": sign, "bound": read.bound}


def _coded(telling: Telling) -> dict[str, list[tuple[str, str]]]:
    told = words.catalogue()
    listed = {
        name: [
            ("" if code == "none" else code, text[telling.lang])
            for code, text in told[section].items()
        ]
        for name, section in CODED.items()
    }
    return {name: [("", "–")] * (name in EMPTY) + pairs for name, pairs in listed.items()}


def _named(tables: Tables, telling: Telling) -> dict[str, list[tuple[str, str]]]:
    """List what has a row of its own in a table: indicators, units, documents, groups, places."""
    lang = telling.lang
    return {
        "indicator": [("", "–"), *telling.names.items()],
        "printed_unit": [
            ("", "–"),
            *((row["id"], row[f"name_{lang}"]) for row in records(tables.units)),
        ],
        "instrument": [
            ("", "–"),
            *(
                (row["id"], row["number"] or row[f"title_{lang}"])
                for row in records(tables.sources)
            ),
        ],
        "group": [("", "–"), *((code, code) for code in sorted(set(tables.projects["group"])))],
        "place": [(row["id"], row[f"name_{lang}"]) for row in records(tables.places)],
    }


def _periods(rows: list[Mapping[str, str]], telling: Telling) -> dict[str, list[tuple[str, str]]]:
    return {"time_period": [(code, telling.period(code)) for code in _codes(rows)]}


def _codes(rows: list[Mapping[str, str]]) -> list[str]:
    """List the periods of the years that the rows speak of, the latest first."""
    told = [period for row in rows if (period := _period(row["time_period"]))]
    told += [period for row in rows[:1] if (period := _period(row["edition"]))]
    years = {period.year for period in told} | {period.year - 1 for period in told}
    codes = []
    for year in sorted(years, reverse=True):
        since = [str(Period.since_january(year, month)) for month in range(MONTHS, 1, -1)]
        quarters = [f"{year}-{part}" for part in QUARTERS if f"{year}-{part}" not in since]
        codes += [*since, *quarters, *(f"{year}-{month:02}" for month in range(1, MONTHS + 1))]
    return codes


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except PeriodError:
        return None


def _factors(units: Units) -> dict[str, dict[str, str]]:
    return {
        code: {
            other: plain(unit.multiplier / units[other].multiplier)
            for other in units.by_id
            if units.compatible(code, other)
        }
        for code, unit in units.by_id.items()
    }
