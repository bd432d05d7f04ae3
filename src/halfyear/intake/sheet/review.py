"""The review sheet: proposals as CSV and XLSX that an analyst ticks."""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
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
    """The rows of a review sheet and the row of sources.csv it brings."""

    rows: list[dict[str, str]]
    source: dict[str, str]


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
    """Write review.csv, source.csv and review.xlsx into a folder."""
    (folder / "review.csv").write_text(table(sheet.rows, COLUMNS), "utf-8-sig", newline="")
    names = tables["sources"].names
    (folder / "source.csv").write_text(table([sheet.source], names), "utf-8-sig", newline="")
    workbook(sheet, tables, lang).save(folder / "review.xlsx")


def table(cells: list[dict[str, str]], names: tuple[str, ...]) -> str:
    """Give rows as CSV text."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(cells)
    return out.getvalue()


def workbook(sheet: Sheet, tables: dict[str, Table], lang: str) -> openpyxl.Workbook:
    """Make the workbook: every cell text, heads explained, lists to choose from, rows tinted."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = SHEET
    _fill(page, sheet.rows, COLUMNS)
    for number, row in enumerate(sheet.rows, 2):
        colour = SURE_FILL if row["accept"] else OPEN_FILL
        page.cell(number, 1).fill = PatternFill("solid", fgColor=colour)
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
        page.add_data_validation(validation)
    about, names = book.create_sheet(SOURCE), tables["sources"].names
    _fill(about, [sheet.source], names)
    headnotes.add(page, COLUMNS, "note", lang)
    headnotes.add(about, names, "source_note", lang)
    return book


def _fill(
    page: "openpyxl.worksheet.worksheet.Worksheet",
    cells: list[dict[str, str]],
    names: tuple[str, ...],
) -> None:
    for column, name in enumerate(names, 1):
        page.cell(1, column, name).font = Font(bold=True)
        page.column_dimensions[get_column_letter(column)].width = WIDTHS.get(name, 14)
        for number, row in enumerate(cells, 2):
            cell = page.cell(number, column)
            cell.value, cell.data_type, cell.number_format = row.get(name, ""), "s", "@"
            cell.alignment = Alignment(wrap_text=name in ("grounds", "reason"), vertical="top")
    page.freeze_panes = "B2"
    page.auto_filter.ref = page.dimensions


def _cell(value: object) -> str:
    if value is None:
        return ""
    return plain(value) if isinstance(value, Decimal) else str(value)


def _instrument(row: Proposal, source: str, instrument: str) -> str:
    if row.table == "scenarios":
        return instrument
    return source if row.table == "plan" else ""
