"""The annex as an Excel workbook: a contents sheet, then one table a sheet."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from textwrap import wrap
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from halfyear.office import archive
from halfyear.office.sheet import Cell, Number, Sheet

FONT, NAVY, MIST = "Times New Roman", "12436D", "E3E8ED"
NARROW, WIDE, LIST = 9, 30, 60  # characters; LIST for the names in the contents
LINE = 15  # points
RISKY = ("=", "+", "-", "@", "\t", "\r")
_UNSAFE = re.compile(r"[\[\]:*?/\\]")


def write(
    sheets: Sequence[Sheet],
    out: Path,
    *,
    title: str,
    heads: Sequence[str],
    lines: Sequence[str],
    day: date,
) -> Path:
    """Write the workbook to `out` and give its path; the same sheets give the same bytes.

    `heads` are those of the contents (sheet, rows), after its title; `lines` stand above the
    list. Text that a spreadsheet would run as a formula stays text.
    """
    book = Workbook()
    names = _names(sheets)
    _contents(book.active, title, sheets, names, heads, lines)
    for sheet, name in zip(sheets, names, strict=True):
        _table(book.create_sheet(name), sheet)
    moment = datetime.combine(day, time())
    book.properties.title, book.properties.creator = lines[0] if lines else title, ""
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


def _contents(
    page: Any,
    title: str,
    sheets: Sequence[Sheet],
    names: Sequence[str],
    heads: Sequence[str],
    lines: Sequence[str],
) -> None:
    page.title = _UNSAFE.sub(" ", title)[:31]
    page["A1"] = title
    page["A1"].font = Font(name=FONT, size=16, bold=True, color=NAVY)
    for row, line in enumerate(lines, 2):
        _put(page.cell(row, 1), line)
        page.cell(row, 1).alignment = Alignment(wrap_text=False)
    first = len(lines) + 3
    for column, head in enumerate(heads, 1):
        _head(page.cell(first, column), head)
    for row, (sheet, name) in enumerate(zip(sheets, names, strict=True), first + 1):
        link = page.cell(row, 1)
        _put(link, sheet.title)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{name}'!A1")
        link.alignment = Alignment(wrap_text=False)
        link.font = Font(name=FONT, size=11, color=NAVY, underline="single")
        _put(page.cell(row, 2), len(sheet.rows))
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = LIST, 16
    page.freeze_panes = page.cell(first + 1, 1)
    _print(page, "portrait")


def _table(page: Any, sheet: Sheet) -> None:
    for column, head in enumerate(sheet.columns, 1):
        _head(page.cell(1, column), head)
    for row, cells in enumerate(sheet.rows, 2):
        for column, value in enumerate(cells, 1):
            _put(page.cell(row, column), value)
    widths = [
        _width(head, [_shown(row[place]) for row in sheet.rows])
        for place, head in enumerate(sheet.columns)
    ]
    for column, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    every: list[Sequence[Cell]] = [sheet.columns, *sheet.rows]
    for row, line in enumerate(every, 1):
        lines = max(_lines(_shown(cell), width) for cell, width in zip(line, widths, strict=True))
        page.row_dimensions[row].height = LINE * lines
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    page.print_title_rows = "1:1"
    _print(page, "landscape")


def _width(head: str, texts: Sequence[str]) -> int:
    """Width of a column for its longest text and for the longest part of its head."""
    longest = max([*map(len, texts), *map(len, re.split(" / |\n", head))], default=NARROW)
    return min(max(longest + 2, NARROW), WIDE)


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column, which must be said: not every program works it out.

    The letters of Times New Roman are narrower than the digits that a column's width counts.
    """
    return sum(max(1, len(wrap(part, int(width * 1.1)))) for part in text.split("\n"))


def _print(page: Any, orientation: str) -> None:
    """A4, one page wide, numbered, with the name of the sheet."""
    page.page_setup.orientation, page.page_setup.paperSize = orientation, 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = 0.4  # inches
    page.oddFooter.left.text, page.oddFooter.right.text = "&A", "&P/&N"


def _head(cell: Any, text: str) -> None:
    _put(cell, text)
    cell.font = Font(name=FONT, size=11, bold=True, color=NAVY)
    cell.fill = PatternFill("solid", fgColor=MIST)
    cell.alignment = Alignment(wrap_text=True, vertical="top", indent=1)
    cell.border = Border(bottom=Side(style="thin", color=NAVY))


def _put(cell: Any, value: Cell) -> None:
    if value is None or value == "":
        return
    cell.font = Font(name=FONT, size=11)
    cell.alignment = Alignment(vertical="top")
    if isinstance(value, Number):
        cell.value = value.value
        cell.number_format = "#,##0" + ("." + "0" * value.decimals if value.decimals else "")
    elif isinstance(value, str):
        cell.value, cell.data_type = value, "s"
        cell.quotePrefix = value.startswith(RISKY)
        cell.alignment = Alignment(wrap_text=True, vertical="top", indent=1)
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"


def _shown(value: Cell) -> str:
    if isinstance(value, Number):
        return f"{value.value:,.{value.decimals}f}"
    return "" if value is None else str(value)
