"""The review sheet: proposals as CSV and XLSX that an analyst ticks."""

import csv
import io
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TextIO

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

from halfyear.data.checks.figures import plain
from halfyear.data.schema import Table
from halfyear.intake.proposal import TABLES, Proposal
from halfyear.intake.sheet import headnotes
from halfyear.intake.sheet.telling import Telling

COLUMNS = (
    "accept", "confirmed", "confidence", "table", "place", "indicator", "term", "measure", "kind",
    "time_period", "cutoff", "obs_status", "value", "high", "total", "unit", "printed",
    "printed_unit", "bound", "comparison", "price_base", "word", "state", "group", "scope",
    "operands", "instrument", "grounds", "reason", "edition", "source", "section", "page", "line",
    "nth",
)  # fmt: skip
TICK = "x"
WIDTHS = {
    "accept": 8,
    "term": 34,
    "indicator": 28,
    "printed": 22,
    "grounds": 60,
    "reason": 50,
    "operands": 36,
}
SURE_FILL, OPEN_FILL = "E3F1E3", "FBF3DA"
SHEET, SOURCE = "proposals", "source"


@dataclass(frozen=True)
class Sheet:
    """The rows of a review sheet and the row of sources.csv it brings.

    Where rows are the ticked ones, open are those left.
    """

    rows: list[dict[str, str]]
    source: dict[str, str]
    open: list[dict[str, str]] = field(default_factory=list)


def rows(
    made: list[Proposal],
    ticked: list[bool],
    telling: Telling,
    *,
    edition: str,
    place: str,
    source: str,
    instrument: str,
) -> list[dict[str, str]]:
    """Give the cells of every proposal, in the order of the text."""
    return [
        {
            **{name: _cell(getattr(row, name, "")) for name in COLUMNS},
            "accept": TICK if on else "",
            "confidence": f"{row.confidence:.2f}",
            "edition": edition,
            "place": place,
            "source": source,
            "grounds": "; ".join(telling.grounds(row)),
            "reason": "; ".join(telling.reasons(row)),
            "instrument": _instrument(row, source, instrument),
            "scope": "year" if row.table == "plan" else "",
            "page": str(row.page or ""),
        }
        for row, on in zip(made, ticked, strict=True)
    ]


def write(folder: Path, sheet: Sheet, tables: dict[str, Table], lang: str) -> None:
    """Write review.xlsx, review.csv and source.csv into a folder.

    The workbook comes first: as long as nobody saves it, a folder means its CSV files.
    """
    workbook(sheet, tables, lang).save(folder / "review.xlsx")
    with (folder / "review.csv").open("w", encoding="utf-8-sig", newline="") as file:
        _write(file, sheet.rows, COLUMNS)
    names = tables["sources"].names
    (folder / "source.csv").write_text(table([sheet.source], names), "utf-8-sig", newline="")


def table(cells: list[dict[str, str]], names: tuple[str, ...]) -> str:
    """Give rows as CSV text."""
    out = io.StringIO(newline="")
    _write(out, cells, names)
    return out.getvalue()


def _write(out: TextIO, cells: list[dict[str, str]], names: tuple[str, ...]) -> None:
    writer = csv.DictWriter(out, names, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(cells)


def workbook(sheet: Sheet, tables: dict[str, Table], lang: str) -> openpyxl.Workbook:
    """Make the workbook: every cell text, heads explained, lists to choose from, rows tinted."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet(SHEET)
    enums = {column.name: column.enum for column in tables["observations"].columns if column.enum}
    choices = {
        "accept": (TICK,),
        "confirmed": (TICK,),
        "table": tuple(name for name in TABLES if name),
        **{name: enums[name] for name in ("measure", "obs_status", "bound")},
        "place": tuple(sorted({row["place"] for row in sheet.rows} - {""})),
    }
    for name, listed in choices.items():
        if not listed:
            continue
        validation = DataValidation("list", formula1=f'"{",".join(listed)}"', allow_blank=True)
        letter = get_column_letter(COLUMNS.index(name) + 1)
        validation.add(f"{letter}2:{letter}{max(len(sheet.rows) + 1, 2)}")
        page.data_validations.append(validation)
    _fill(page, sheet.rows, COLUMNS, headnotes.notes(COLUMNS, "note", lang))
    about, names = book.create_sheet(SOURCE), tables["sources"].names
    _fill(about, [sheet.source], names, headnotes.notes(names, "source_note", lang))
    return book


def _fill(
    page: WriteOnlyWorksheet,
    cells: list[dict[str, str]],
    names: tuple[str, ...],
    notes: list[Comment],
) -> None:
    """Write a sheet row by row, so that a long one never stands in memory whole."""
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(cells) + 1}"
    heads = []
    for column, (name, note) in enumerate(zip(names, notes, strict=True), 1):
        page.column_dimensions[get_column_letter(column)].width = WIDTHS.get(name, 14)
        head = WriteOnlyCell(page, name)
        head.font, head.comment = Font(bold=True), note
        heads.append(head)
    page.append(heads)
    wrapped, plainly = Alignment(wrap_text=True, vertical="top"), Alignment(vertical="top")
    fills = {on: PatternFill("solid", fgColor=SURE_FILL if on else OPEN_FILL) for on in (0, 1)}
    for row in cells:
        written = [_text(page, row.get(name, "")) for name in names]
        for cell, name in zip(written, names, strict=True):
            cell.alignment = wrapped if name in ("grounds", "reason") else plainly
        if "accept" in names:
            written[0].fill = fills[bool(row["accept"])]
        page.append(written)


def _text(page: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    """Make a cell of text, whatever its content looks like."""
    cell = WriteOnlyCell(page, text)
    cell.data_type, cell.number_format = "s", "@"
    return cell


def _cell(value: object) -> str:
    if value is None:
        return ""
    return plain(value) if isinstance(value, Decimal) else str(value)


def _instrument(row: Proposal, source: str, instrument: str) -> str:
    if row.table == "scenarios":
        return instrument
    return source if row.table == "plan" else ""
