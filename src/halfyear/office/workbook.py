"""The annex as an Excel workbook: a contents sheet, then one table a sheet."""

import io
import re
import zipfile
from collections.abc import Hashable, Mapping, Sequence
from copy import copy
from datetime import date, datetime, time
from pathlib import Path
from textwrap import wrap
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from halfyear.office import archive
from halfyear.office.book import Book
from halfyear.office.sheet import Cell, Number, Sheet

FONT, NAVY, MIST = "Times New Roman", "12436D", "E3E8ED"
NARROW, WIDE, LIST, CODE = 9, 30, 90, 36  # characters; LIST for the names in the contents
HEAD = 3  # row of the heads: above it the title and the way back
LONG = 500  # rows from which a sheet is printed upright
BROAD = 180  # characters; a sheet wider than that is not legible on A4
A3, A4 = 8, 9  # paper, as workbooks number it
SOURCES = "sources"
CODES = ("id", "formula", "operands")  # on one line: nobody reads them in print
LINE = 15  # points
RISKY = ("=", "+", "-", "@", "\t", "\r")
_UNSAFE = re.compile(r"[\[\]:*?/\\]")


def write(given: Book, out: Path) -> Path:
    """Write the workbook to `out` and give its path; the same book gives the same bytes.

    Text that a spreadsheet would run as a formula stays text.
    """
    sheets, lines, day = given.sheets, given.lines, given.day
    book = Workbook()
    names = _names(sheets)
    places = dict(zip((sheet.key for sheet in sheets), names, strict=True))
    documents = {
        str(row[0]): f"'{places[SOURCES]}'!A{number}"
        for sheet in sheets
        if sheet.key == SOURCES
        for number, row in enumerate(sheet.rows, HEAD + 1)
    }
    _contents(book.active, given, names)
    for sheet, name in zip(sheets, names, strict=True):
        page = book.create_sheet(name)
        _table(page, sheet, documents)
        page["A1"] = sheet.title
        page["A1"].font = Font(name=FONT, size=14, bold=True, color=NAVY)
        _put(page["A2"], given.back)
        _link(page["A2"], Hyperlink(ref="A2", location=f"'{book.active.title}'!A1"))
    moment = datetime.combine(day, time())
    book.properties.title, book.properties.creator = lines[0] if lines else given.title, ""
    book.properties.created = book.properties.modified = moment
    buffer = io.BytesIO()
    _Writer(book, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED)).save()
    out.parent.mkdir(parents=True, exist_ok=True)
    archive.rewrite(buffer.getvalue(), out, day)
    return out


class _Writer(ExcelWriter):  # type: ignore[misc]
    """Openpyxl's writer with its sheets in memory: a path with % and a space opens no file."""

    def write_worksheet(self, ws: Worksheet) -> None:
        """Add a sheet to the archive."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        sheet = io.BytesIO()
        writer = WorksheetWriter(ws, sheet)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], sheet.getvalue())
        self.manifest.append(ws)


def _names(sheets: Sequence[Sheet]) -> list[str]:
    """Names that a workbook allows: at most 31 characters, none twice."""
    titles = (_UNSAFE.sub(" ", sheet.title.partition(" / ")[0]) for sheet in sheets)
    return [f"{n:02} {title}"[:31].strip() for n, title in enumerate(titles, 1)]


def _contents(page: Any, given: Book, names: Sequence[str]) -> None:
    sheets, title, heads, lines = given.sheets, given.title, given.heads, given.lines
    page.title = _UNSAFE.sub(" ", title)[:31]
    page["A1"] = title
    page["A1"].font = Font(name=FONT, size=16, bold=True, color=NAVY)
    for row, line in enumerate(lines, 2):
        _put(page.cell(row, 1), line)
        page.row_dimensions[row].height = LINE * _lines(line, LIST)
        page.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    first = len(lines) + 3
    for column, head in enumerate(heads, 1):
        _head(page.cell(first, column), head)
    for row, (sheet, name) in enumerate(zip(sheets, names, strict=True), first + 1):
        _put(page.cell(row, 1), sheet.title)
        _link(page.cell(row, 1), Hyperlink(ref=f"A{row}", location=f"'{name}'!A1"))
        page.cell(row, 1).alignment = Alignment(wrap_text=False)
        _put(page.cell(row, 2), len(sheet.rows))
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = LIST, 16
    _named(page, "contents", first, first + len(sheets), len(heads))
    _print(page, "portrait", A4)


def _table(page: Any, sheet: Sheet, documents: Mapping[str, str]) -> None:
    """One table from row HEAD on, its first columns in view, its sources to be followed."""
    for column, head in enumerate(sheet.columns, 1):
        _head(page.cell(HEAD, column), head)
    fields = sheet.fields or [""] * len(sheet.columns)
    known: dict[Hashable, StyleArray] = {}
    for row, cells in enumerate(sheet.rows, HEAD + 1):
        for column, (field, value) in enumerate(zip(fields, cells, strict=True), 1):
            cell = page.cell(row, column)
            kind = field in CODES, *_kind(value)
            if kind in known:
                _fill(cell, value)
                cell._style = copy(known[kind])
            else:
                _put(cell, value)
                if field in CODES:
                    cell.alignment = Alignment("left", "top", indent=1)
                known[kind] = copy(cell._style)
            _follow(cell, field, value, documents)
    widths = [
        CODE if field == "id" else _width(head, [_shown(row[place]) for row in sheet.rows])
        for place, (field, head) in enumerate(zip(fields, sheet.columns, strict=True))
    ]
    for column, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    every: list[Sequence[Cell]] = [sheet.columns, *sheet.rows]
    for row, line in enumerate(every, HEAD):
        lines = max(
            1 if field in CODES and row > HEAD else _lines(_shown(cell), width)
            for field, cell, width in zip(fields, line, widths, strict=True)
        )
        page.row_dimensions[row].height = LINE * lines
    page.freeze_panes = page.cell(HEAD + 1, sheet.frozen + 1)
    _named(page, sheet.key, HEAD, HEAD + len(sheet.rows), len(sheet.columns))
    page.print_title_rows = f"{HEAD}:{HEAD}"
    orientation = "portrait" if len(sheet.rows) > LONG else "landscape"
    _print(page, orientation, A3 if sum(widths) > BROAD else A4)


def _named(page: Any, key: str, first: int, last: int, columns: int) -> None:
    """Make the rows a table of the workbook, which bears a name and has its filters."""
    table = Table(displayName=f"tbl_{key}", ref=f"A{first}:{get_column_letter(columns)}{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    page.add_table(table)


def _follow(cell: Any, field: str, value: Cell, documents: Mapping[str, str]) -> None:
    """Let a source lead to its row among the sources, and an address to where it names."""
    if field in ("source", "source_b") and (place := documents.get(str(value))):
        _link(cell, Hyperlink(ref=cell.coordinate, location=place))
    elif field == "url" and str(value).startswith(("https://", "http://")):
        _link(cell, Hyperlink(ref=cell.coordinate, target=str(value)))


def _link(cell: Any, link: Hyperlink) -> None:
    cell.hyperlink = link
    cell.font = Font(name=FONT, size=11, color=NAVY, underline="single")


def _width(head: str, texts: Sequence[str]) -> int:
    """Width of a column for its longest text and for the longest part of its head."""
    longest = max([*map(len, texts), *map(len, re.split(" / |: ", head))], default=NARROW)
    return min(max(longest + 2, NARROW), WIDE)


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column, which must be said: not every program works it out.

    The letters of Times New Roman are narrower than the digits that a column's width counts.
    """
    return sum(max(1, len(wrap(part, int(width * 1.1)))) for part in text.split("\n"))


def _print(page: Any, orientation: str, paper: int) -> None:
    """One page wide, numbered, with the name of the sheet."""
    page.page_setup.orientation, page.page_setup.paperSize = orientation, paper
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = 0.4  # inches
    page.oddFooter.left.text, page.oddFooter.right.text = "&A", "&P/&N"


def _head(cell: Any, text: str) -> None:
    _put(cell, text)
    cell.font = Font(name=FONT, size=11, bold=True, color=NAVY)
    cell.fill = PatternFill("solid", fgColor=MIST)
    cell.alignment = Alignment("left", "top", wrap_text=True, indent=1)
    cell.border = Border(bottom=Side(style="thin", color=NAVY))


def _put(cell: Any, value: Cell) -> None:
    """Fill a cell and give it its style, which takes long: in a table only the first of a kind."""
    if value is None or value == "":
        return
    _fill(cell, value)
    cell.font = Font(name=FONT, size=11)
    cell.alignment = Alignment(vertical="top")
    if isinstance(value, Number):
        cell.number_format = "#,##0" + ("." + "0" * value.decimals if value.decimals else "")
    elif isinstance(value, str):
        cell.quotePrefix = value.startswith(RISKY)
        cell.alignment = Alignment("left", "top", wrap_text=True, indent=1)
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _kind(value: Cell) -> tuple[Hashable, ...]:
    """What the style of a cell hangs on."""
    if isinstance(value, Number):
        return Number, value.decimals
    if isinstance(value, str):
        return bool(value), value.startswith(RISKY)
    return (type(value).__name__,)


def _fill(cell: Any, value: Cell) -> None:
    if value is None or value == "":
        return
    cell.value = value.value if isinstance(value, Number) else value
    if isinstance(value, str):
        cell.data_type = "s"


def _shown(value: Cell) -> str:
    if isinstance(value, Number):
        return f"{value.value:,.{value.decimals}f}"
    return "" if value is None else str(value)
