"""The workbook of a new period, for those who live in Excel."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from halfyear import yamlfile
from halfyear.data.frames import Tables
from halfyear.data.schema import Table
from halfyear.identity import Identity
from halfyear.periods.carried import Carried

SPARE = 200
FIRST = 3
_INPUT = PatternFill("solid", fgColor="FFF8D6")
_GREY = Font(color="6B6B6B")
_WIDTHS = {"name": 44, "title_vi": 44, "title_en": 44, "printed": 24, "section": 16}


@cache
def layout() -> dict[str, Any]:
    """Give the sheets, columns and texts of the workbook, from workbook.yml."""
    content: dict[str, Any] = yamlfile.packed("halfyear.periods", "workbook.yml")
    return content


def columns(table: str) -> list[str]:
    """Give the names of a sheet's columns in order, those to read first."""
    sheet = layout()["sheets"][table]
    return [*sheet["info"], *sheet["columns"]]


def name(edition: Identity) -> str:
    """Name of an edition's workbook: 2026-H1.xlsx, of a second place QN-2026-H1.xlsx."""
    return f"{str(edition).replace('/', '-')}.xlsx"


def edition(path: Path) -> str:
    """Name of the edition that a workbook is of, by its own name."""
    place, mark, period = path.stem.partition("-")
    return f"{place}/{period}" if mark and not place.isdecimal() else path.stem


def write(
    path: Path,
    rows: Mapping[str, Sequence[Carried]],
    tables: Tables,
    schema: Mapping[str, Table],
    words: Mapping[str, str],
    made: date,
) -> None:
    """Write the workbook: a guide, a sheet for each table of rows, and the lists of codes.

    words fill the guide's gaps (period, last, file); made is the date the file is marked with.
    """
    book = Workbook()
    book.properties.created = book.properties.modified = datetime.combine(made, time())
    book.properties.creator = "halfyear"
    _guide(book.worksheets[0], words)
    lists = _codes(book, tables, schema, [c.cells["id"] for c in rows.get("sources", ())])
    for position, (table, entries) in enumerate(rows.items(), 1):
        sheet = book.create_sheet(layout()["sheets"][table]["title"], position)
        _sheet(sheet, table, entries, lists)
    book.save(path)


def _guide(sheet: Worksheet, words: Mapping[str, str]) -> None:
    guide = layout()["guide"]
    sheet.title = guide["title"]
    sheet.column_dimensions["A"].width = 120
    for number, line in enumerate(guide["lines"], 1):
        cell = sheet.cell(number, 1, line.format_map(words))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=number == 1)


def _codes(
    book: Workbook, tables: Tables, schema: Mapping[str, Table], new: Sequence[str]
) -> dict[str, str]:
    """Write the lists of codes; give each column's list as a formula of Excel."""
    sheet = book.create_sheet(layout()["codes"]["title"])
    known = {
        "unit": list(tables.units["id"]),
        "printed_unit": list(tables.units["id"]),
        "indicator": list(tables.indicators["id"]),
        "place": list(tables.places["id"]),
        "source": list(dict.fromkeys([*new, *tables.sources["id"]])),
        "supersedes": list(tables.sources["id"]),
        "parent": list(tables.indicators["id"]),
        "set_by": list(tables.sources["id"]),
    }
    for table in layout()["sheets"]:
        for column in schema[table].columns:
            if column.enum:
                known.setdefault(f"{table}.{column.name}", list(column.enum))
    formulas = {}
    for number, (name, codes) in enumerate(known.items(), 1):
        letter = get_column_letter(number)
        for row, code in enumerate([name, *codes], 1):
            _put(sheet.cell(row, number), code)
        formulas[name] = f"'{sheet.title}'!${letter}$2:${letter}${len(codes) + 1}"
    sheet.freeze_panes = "A2"
    return formulas


def _sheet(
    sheet: Worksheet, table: str, entries: Sequence[Carried], lists: Mapping[str, str]
) -> None:
    heads, info = layout()["heads"], layout()["sheets"][table]["info"]
    names = columns(table)
    end = FIRST + len(entries) + SPARE
    for number, name in enumerate(names, 1):
        letter = get_column_letter(number)
        sheet.cell(1, number, heads[name]).font = Font(bold=True)
        sheet.cell(1, number).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(2, number, name).font = _GREY
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, 15)
        codes = lists.get(f"{table}.{name}") or lists.get(name)
        if codes and name not in info:
            choice = DataValidation(type="list", formula1=f"={codes}", allow_blank=True)
            choice.errorStyle = "warning"
            choice.add(f"{letter}{FIRST}:{letter}{end}")
            sheet.add_data_validation(choice)
    entered = set(layout()["sheets"][table]["entered"])
    for row, entry in enumerate(entries, FIRST):
        for number, name in enumerate(names, 1):
            cell = sheet.cell(row, number)
            _put(cell, entry.beside.get(name) if name in info else entry.cells.get(name))
            if name in entered:
                cell.fill = _INPUT
            elif name in info:
                cell.font = _GREY
    sheet.freeze_panes = sheet.cell(FIRST, len(info) + 1)


def _put(cell: Cell, value: Any) -> None:
    """Set a cell; text is never a formula."""
    if value is None or value is pd.NA or value == "":
        return
    if isinstance(value, Decimal):
        cell.value = float(value)
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
