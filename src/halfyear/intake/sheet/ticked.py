"""Ticked rows: a review sheet as the analyst sends it back, read strictly."""

import re
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from halfyear.data import sheet as csvsheet
from halfyear.errors import IntakeError, Problem
from halfyear.intake.refusal import refusal
from halfyear.intake.sheet.review import COLUMNS, SHEET, SOURCE, Sheet

LARGEST = 30_000_000
MOST_ROWS = 50_000
YES = {"x", "✓", "☑", "1", "có", "co", "yes", "true"}
NO = {"", "0", "không", "khong", "no", "false", "☐"}


def read(path: Path, kept: Path | None = None) -> Sheet:
    """Read review.csv or review.xlsx, or the folder that holds them; all problems at once.

    Gives the ticked rows and those left open, each with `row`, its line in the sheet, and `sheet`,
    its file. kept holds a folder a source, where a review.csv that was saved elsewhere finds its
    source.csv.
    """
    file, whole = rows(path, kept)
    problems = [problem for row in whole.rows if (problem := _strange(file, row))]
    if problems:
        raise IntakeError(*problems)
    parts: dict[bool, list[dict[str, str]]] = {True: [], False: []}
    for row in whole.rows:
        parts[row["accept"].casefold() in YES].append({**row, "sheet": file.name})
    return Sheet(parts[True], whole.source, parts[False])


def rows(path: Path, kept: Path | None = None) -> tuple[Path, Sheet]:
    """Give the file of a review sheet and every row of it, each with `row`, its line there."""
    path = saved(path)
    if path.suffix.lower() == ".xlsx":
        found, sources = _workbook(path)
    else:
        found = _csv(path, COLUMNS)
        sources = _csv(_beside(path, found, kept), ("id", "title_vi", "issuer"))
    if len(sources) != 1:
        raise IntakeError(refusal("sheet_without_source", file=path.name, count=len(sources)))
    return path, Sheet(found, {name: cell for name, cell in sources[0].items() if name != "row"})


def saved(path: Path) -> Path:
    """Give the sheet of a folder: the one saved last, for the analyst ticks only one of the two."""
    if not path.is_dir():
        return path
    there = [one for name in ("review.csv", "review.xlsx") if (one := path / name).exists()]
    if not there:
        raise IntakeError(refusal("sheet_missing", file=str(path)))
    return max(there, key=lambda one: one.stat().st_mtime_ns)


def _beside(path: Path, found: list[dict[str, str]], kept: Path | None) -> Path:
    """Give source.csv: the one beside the sheet, else that of the rows' source."""
    own = path.with_name("source.csv")
    named = {row["source"] for row in found if re.fullmatch(r"[a-z][a-z0-9_]*", row["source"])}
    if own.exists() or kept is None or len(named) != 1:
        return own
    other = kept / named.pop() / "source.csv"
    return other if other.exists() else own


def _strange(path: Path, row: dict[str, str]) -> Problem | None:
    if row["accept"].casefold() in YES | NO:
        return None
    return refusal(
        "tick_strange",
        file=path.name,
        row=int(row["row"]),
        column="accept",
        found=row["accept"],
    )


def _csv(path: Path, names: tuple[str, ...]) -> list[dict[str, str]]:
    page, faults = csvsheet.read(path, path.name, names)
    if faults or page is None:
        raise IntakeError(*faults)
    _columns(path, [str(name) for name in page.frame.columns], names)
    decimal = page.habit.decimal
    return [
        {
            **{
                str(name): str(cell).replace(",", ".") if _number(name, decimal) else str(cell)
                for name, cell in row.items()
            },
            "row": str(line),
        }
        for line, row in page.frame.iterrows()
    ]


def _number(name: object, decimal: str) -> bool:
    return decimal == "," and name in ("value", "high", "total", "confidence")


def _columns(path: Path, found: list[str], names: tuple[str, ...]) -> None:
    missing = [name for name in names if name not in found]
    if missing:
        raise IntakeError(
            *(
                refusal(
                    "column_missing",
                    file=path.name,
                    row=1,
                    column=name,
                    names=", ".join(names),
                    found=", ".join(found),
                )
                for name in missing
            )
        )


def _workbook(path: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    try:
        if path.stat().st_size > LARGEST:
            raise IntakeError(refusal("book_large", file=path.name))
        with zipfile.ZipFile(path) as package:
            if sum(part.file_size for part in package.infolist()) > 10 * LARGEST:
                raise IntakeError(refusal("book_unpacks", file=path.name))
        book = openpyxl.load_workbook(path)
    except (OSError, zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise IntakeError(
            refusal("book_unread", file=str(path), error=type(error).__name__)
        ) from error
    missing = [name for name in (SHEET, SOURCE) if name not in book.sheetnames]
    if missing:
        raise IntakeError(
            refusal(
                "page_missing",
                file=path.name,
                names=" | ".join((SHEET, SOURCE)),
                found=", ".join(book.sheetnames),
            )
        )
    rows = _page(path, book[SHEET], COLUMNS)
    return rows, _page(path, book[SOURCE], ())


def _page(
    path: Path, page: "openpyxl.worksheet.worksheet.Worksheet", names: tuple[str, ...]
) -> list[dict[str, str]]:
    problems = [
        refusal("cells_merged", file=path.name, row=area.min_row, area=area)
        for area in page.merged_cells.ranges
    ]
    header = [str(cell.value or "").strip() for cell in page[1]]
    _columns(path, header, names)
    found = []
    for number, cells in enumerate(
        page.iter_rows(min_row=2, max_row=min(page.max_row, MOST_ROWS)), 2
    ):
        if not any(cell.value not in (None, "") for cell in cells):
            continue
        for name, cell in zip(header, cells, strict=False):
            if cell.data_type == "f":
                problems.append(
                    refusal("formula", file=path.name, row=number, column=name, found=cell.value)
                )
        row = {name: _text(cell.value) for name, cell in zip(header, cells, strict=False) if name}
        found.append({**row, "row": str(number)})
    if problems:
        raise IntakeError(*problems)
    return found


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "date"):
        return str(value.date())
    return str(value).strip()
