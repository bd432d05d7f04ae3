"""Text of an Excel workbook: the sheets of an annex as rows, printed as the sheets show them."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from unicodedata import normalize

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from halfyear.document.package import transitional
from halfyear.document.raw import Raw, Unreadable
from halfyear.document.run import SUPERSCRIPTS
from halfyear.document.step import Step

MOST_ROWS = 20_000
MOST_COLUMNS = 60
DIGITS = 11
EVERY = 500
_SECTION = re.compile(r"[^;]+")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_PLACES = re.compile(r"[0#?]\.([0#?]+)")


def lines(raw: bytes, progress: Callable[[Step], None]) -> Iterator[Raw]:
    """Give the rows of the sheets that are shown, as "| a | b |"; a row of one cell as its text.

    The page of a line is the number of its sheet. Raises Unreadable for a bad file and for
    formulas whose results the file does not hold.
    """
    try:
        usual = transitional(raw)
        book = load_workbook(io.BytesIO(usual), data_only=True, rich_text=True)
        formulas = load_workbook(io.BytesIO(usual))
    except Unreadable:
        raise
    except Exception as error:  # openpyxl lets many kinds through on a broken part
        raise _broken(error) from error
    for number, sheet in enumerate(book.worksheets, 1):
        if sheet.sheet_state != "visible":
            continue
        _worked_out(sheet, formulas[sheet.title])
        yield Raw(sheet.title, number)
        yield from _sheet(sheet, number, progress)


def _broken(error: Exception) -> Unreadable:
    return Unreadable("book_broken", error=type(error).__name__)


def _worked_out(sheet: Worksheet, formulas: Worksheet) -> None:
    """Refuse a sheet with formulas that no program has worked out."""
    for place in _cells(formulas):
        if place.data_type == "f" and sheet[place.coordinate].value is None:
            raise Unreadable("formula_without_result", cell=f"{sheet.title}!{place.coordinate}")


def _cells(sheet: Worksheet) -> list[Cell]:
    """Give the cells that hold something, by row and column; raises Unreadable for too many."""
    kept = [cell for cell in sheet._cells.values() if cell.value is not None]
    rows = {cell.row for cell in kept}
    if len(rows) > MOST_ROWS:
        raise Unreadable("sheet_long", sheet=sheet.title, rows=len(rows))
    return sorted(kept, key=lambda cell: (cell.row, cell.column))


def _sheet(sheet: Worksheet, number: int, progress: Callable[[Step], None]) -> Iterator[Raw]:
    rows: dict[int, dict[int, str]] = {}
    for cell in _cells(sheet):
        if not _hidden(sheet, cell) and cell.column <= MOST_COLUMNS:
            shown = normalize("NFC", " ".join(_shown(cell).split()))
            if shown:
                rows.setdefault(cell.row, {})[cell.column] = shown.replace("|", "/")
    grid = {row for row, cells in rows.items() if len(cells) > 1}
    first = min(grid, default=0)
    columns = [column for row in grid for column in rows[row]]
    wide = range(min(columns, default=1), max(columns, default=1) + 1)
    for count, (row, cells) in enumerate(rows.items(), 1):
        if count % EVERY == 0:
            progress(Step("paragraph", count, len(rows)))
        told = len(cells) > 1 or (row > first > 0 and row < max(grid) and min(cells) in wide)
        yield Raw(
            f"| {' | '.join(cells.get(column, '') for column in wide)} |"
            if told
            else next(iter(cells.values())),
            number,
        )


def _hidden(sheet: Worksheet, cell: Cell) -> bool:
    column = sheet.column_dimensions.get(cell.column_letter)
    row = sheet.row_dimensions.get(cell.row)
    return bool((column and column.hidden) or (row and row.hidden))


def _shown(cell: Cell) -> str:
    """Give what the sheet shows: numbers with their decimals, percentages times a hundred."""
    value = cell.value
    if cell.font.strike:
        return ""
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int | float):
        return _number(Decimal(repr(value)), cell.number_format)
    if isinstance(value, datetime | date):
        return f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, time):
        return value.isoformat()
    return _rich(value)


def _number(value: Decimal, form: str) -> str:
    """Write a number as its format shows it, with the decimal comma of a Vietnamese report."""
    sections = _SECTION.findall(form) or ["General"]
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    bare = _QUOTED.sub("", section)
    if "%" in bare:
        value *= 100
    places = _PLACES.search(bare)
    if "general" in bare.casefold() or not re.search(r"[0#?]", bare):
        shown = _general(value)
    else:
        most = len(places[1]) if places else 0
        shown = f"{value:,.{most}f}" if "," in bare else f"{value:.{most}f}"
        spare = len(places[1]) - len(places[1].rstrip("#")) if places else 0
        for _ in range(spare):
            shown = shown.removesuffix("0").removesuffix(".")
    swapped = shown.translate(str.maketrans(",.", ".,"))
    return f"{swapped}%" if "%" in bare else swapped


def _general(value: Decimal) -> str:
    shown = f"{value:.{DIGITS}g}" if abs(value) < 10**DIGITS else f"{value:f}"
    plain = f"{Decimal(shown):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _rich(value: object) -> str:
    """Give text of several fonts without what is struck; raised digits as ¹²³."""
    parts: list[str] = []
    for part in value if isinstance(value, list) else ():
        font = getattr(part, "font", None)
        text = getattr(part, "text", part)
        if font is not None and font.strike:
            continue
        raised = font is not None and font.vertAlign == "superscript"
        parts.append(str(text).translate(SUPERSCRIPTS) if raised else str(text))
    return "".join(parts)
