"""A filled workbook: its entered rows as text cells, and what is wrong with them."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet

from halfyear.data.faults import Fault, fault
from halfyear.data.schema import Table
from halfyear.document.package import transitional
from halfyear.errors import DataError
from halfyear.periods import workbook

LARGEST = 60_000_000
MOST_CELLS = 400_000
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
OPTIONAL = ("headline", "claims", "indicators")


@dataclass(frozen=True)
class Entered:
    """An entered row: its sheet, its row there, and its cells as text by column.

    An emptied row has nothing in the cells that are to be filled.
    """

    sheet: str
    row: int
    cells: dict[str, str]
    emptied: bool = False


def read(path: Path, schema: dict[str, Table]) -> tuple[dict[str, list[Entered]], list[Fault]]:
    """Read the entered rows of a workbook by table, with every problem of form in it.

    Rows whose cells to fill are all empty are left out. Raises DataError where the file cannot
    be opened at all.
    """
    found, faults = _read(path, schema)
    return {name: [row for row in rows if not row.emptied] for name, rows in found.items()}, faults


def emptied(path: Path, schema: dict[str, Table]) -> dict[str, list[Entered]]:
    """Give the rows of a workbook whose cells to fill are all empty, by table."""
    found, _ = _read(path, schema)
    return {name: [row for row in rows if row.emptied] for name, rows in found.items()}


def _read(path: Path, schema: dict[str, Table]) -> tuple[dict[str, list[Entered]], list[Fault]]:
    book = _open(path)
    found: dict[str, list[Entered]] = {}
    faults: list[Fault] = []
    for table, sheet in workbook.layout()["sheets"].items():
        title = sheet["title"]
        if title in book.sheetnames:
            rows, wrong = _sheet(book[title], table, f"{path.name}: {title}", schema[table])
            found[table] = rows
            faults += wrong
        elif table not in OPTIONAL:
            faults.append(fault("sheet_missing", file=path.name, found="", name=title))
    return found, faults


def _open(path: Path) -> Book:
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
            cells = _cells(packed) if size <= LARGEST else 0
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise DataError(fault("book_unreadable", file=str(path), found=error)) from error
    if size > LARGEST:
        most = LARGEST // 1_000_000
        raise DataError(
            fault("book_too_large", file=str(path), found=f"{size // 1_000_000} MB", count=most)
        )
    if cells > MOST_CELLS:
        raise DataError(
            fault("too_many_cells_in_book", file=path.name, found=cells, limit=MOST_CELLS)
        )
    try:
        return load_workbook(io.BytesIO(transitional(path.read_bytes())), rich_text=False)
    except Exception as error:  # openpyxl lets many kinds through on a broken part
        raise DataError(fault("book_unreadable", file=str(path), found=error)) from error


def _cells(packed: zipfile.ZipFile) -> int:
    """Count the cells of all sheets, a piece of a part at a time."""
    count = 0
    for entry in packed.infolist():
        if entry.filename.replace("\\", "/").startswith("xl/worksheets/"):
            with packed.open(entry) as part:
                while piece := part.read(1_000_000):
                    count += len(_CELL.findall(piece))
    return count


def _filled(sheet: Worksheet) -> list[int]:
    """Give the rows that hold anything but blanks; asking a sheet for a cell would make it."""
    held = {row for (row, _), cell in sheet._cells.items() if str(cell.value or "").strip()}
    return sorted(row for row in held if row >= workbook.FIRST)


def _sheet(
    sheet: Worksheet, table: str, file: str, schema: Table
) -> tuple[list[Entered], list[Fault]]:
    names = workbook.columns(table)
    wrong = list(_form(sheet, names, file))
    if wrong:
        return [], wrong
    info = workbook.layout()["sheets"][table]["info"]
    entered = workbook.layout()["sheets"][table]["entered"]
    kinds = {column.name: column.type for column in schema.columns}
    rows: list[Entered] = []
    for number in _filled(sheet):
        cells = {name: sheet.cell(number, at) for at, name in enumerate(names, 1)}
        emptied = all(_blank(cells[name]) for name in entered)
        texts = {}
        for name, cell in cells.items():
            problem = _wrong(cell, kinds[name]) if name not in info else ""
            if problem and not emptied:
                place = {"row": number, "column": name, "found": cell.value}
                wrong.append(fault(problem, file=file, **place))
            elif name not in info:
                texts[name] = _text(cell.value, kinds[name])
        rows.append(Entered(file, number, texts, emptied))
    return rows, wrong


def _blank(cell: Cell) -> bool:
    return cell.value is None or not str(cell.value).strip()


def _form(sheet: Worksheet, names: list[str], file: str) -> Iterator[Fault]:
    for area in sheet.merged_cells.ranges:
        yield fault("cells_merged", file=file, row=area.min_row, found=area.coord)
    row = workbook.FIRST - 1
    width = max(len(names), sheet.max_column) + 1
    heads = [str(sheet.cell(row, number).value or "") for number in range(1, width + 1)]
    for code, number, head, name in _differences(names, heads):
        letter = get_column_letter(number)
        yield fault(code, file=file, row=row, column=letter, found=head, name=name)


def _differences(names: list[str], heads: list[str]) -> Iterator[tuple[str, int, str, str]]:
    """Give each column that is lost, moved or put between the others once, with its place.

    Columns right of the table are the analyst's own.
    """
    changes = SequenceMatcher(None, names, heads, autojunk=False).get_opcodes()
    for _, first, last, start, end in (one for one in changes if one[0] != "equal"):
        lost = names[first:last]
        strange = [(at, heads[at]) for at in range(start, end) if heads[at] not in names]
        for place, name in enumerate(lost):
            at = first + place if name in heads else start
            at, head = strange[place] if place < len(strange) else (at, heads[at])
            moved = place < len(strange) or name in heads
            yield "column_moved" if moved else "column_lost", at + 1, head if moved else "", name
        for at, head in strange[len(lost) :] if first < len(names) else ():
            yield "column_between", at + 1, head, names[first]


def _wrong(cell: Cell, kind: str) -> str:
    """Name the fault of a cell, empty where there is none."""
    value = cell.value
    if not str("" if value is None else value).strip():
        return ""
    if cell.data_type == "f":
        return "formula_in_cell"
    if cell.data_type == "e":
        return "error_in_cell"
    if kind in ("number", "integer"):
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return "" if number else "number_as_text"
    if kind == "date":
        return "" if isinstance(value, date) or _day(str(value)) else "day_as_text"
    changed = isinstance(value, date | time | timedelta) or (isinstance(value, float) and value % 1)
    return "text_as_number" if changed else ""


def _text(value: Any, kind: str) -> str:
    """Write a cell as the tables write it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return " ".join(str(value).split())
    if kind == "integer" and value == int(value):
        return str(int(value))
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text.strip()))
    except ValueError:
        return False
