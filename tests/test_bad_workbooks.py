"""Bad workbooks: every habit of Excel and every broken file is told, within bounds of memory."""

import shutil
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from copies import copied, fill
from halfyear.data import schema
from halfyear.data.faults import Fault
from halfyear.errors import DataError
from halfyear.periods import filled, renewal, returned
from halfyear.project import Project

GRDP = {"place": "HP", "indicator": "grdp", "measure": "growth_yoy", "time_period": "2026-9M"}
SHEET = "Số liệu"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A started period whose workbook holds one figure."""
    project = copied(tmp_path_factory.mktemp("book") / "p")
    renewal.begin(project, "2026-9M")
    fill(project.root / "2026-9M.xlsx", SHEET, GRDP, value=11.6, printed="11,60%", line=1, nth=1)
    return project


@pytest.fixture
def book(original: Project, tmp_path: Path) -> Path:
    return Path(shutil.copy(original.root / "2026-9M.xlsx", tmp_path / "2026-9M.xlsx"))


def read(book: Path, original: Project) -> tuple[dict[str, list[filled.Entered]], list[Fault]]:
    return filled.read(book, schema.read(original))


def change(book: Path, edit: Callable[[Worksheet], object]) -> None:
    opened = load_workbook(book)
    edit(opened[SHEET])
    opened.save(book)


CELLS: list[tuple[str, Any, str]] = [
    ("value", "11,6", "number_as_text"),
    ("value", "11.6", "number_as_text"),
    ("value", "khoảng 11", "number_as_text"),
    ("value", "18.Thg4", "number_as_text"),
    ("value", True, "number_as_text"),
    ("value", date(2026, 1, 2), "number_as_text"),
    ("value", time(11, 6), "number_as_text"),
    ("value", "=5+6", "formula_in_cell"),
    ("value", "#REF!", "error_in_cell"),
    ("value", "#N/A", "error_in_cell"),
    ("line", "một", "number_as_text"),
    ("nth", "1 ", "number_as_text"),
    ("printed", date(2026, 12, 10), "text_as_number"),
    ("printed", 11.6, "text_as_number"),
    ("printed", "=A1", "formula_in_cell"),
    ("section", date(2026, 2, 1), "text_as_number"),
    ("section", 1.1, "text_as_number"),
    ("section", time(1, 2), "text_as_number"),
    ("section", "#NAME?", "error_in_cell"),
    ("cutoff", "30.9.2026", "day_as_text"),
    ("cutoff", "hôm qua", "day_as_text"),
    ("cutoff", "2026-13-01", "day_as_text"),
]


@pytest.mark.bad("workbooks")
@pytest.mark.parametrize(("column", "value", "code"), CELLS)
def test_a_cell_is_told_with_its_sheet_row_and_column(
    book: Path, original: Project, column: str, value: Any, code: str
) -> None:
    fill(book, SHEET, GRDP, **{column: value})
    _, faults = read(book, original)
    assert [(f.code, f.file, f.column) for f in faults] == [
        (code, f"2026-9M.xlsx: {SHEET}", column)
    ]
    assert faults[0].row is not None
    assert faults[0].say("vi").mend != faults[0].say("en").mend


@pytest.mark.parametrize(
    ("section", "kept"), [("1/2", "1/2"), ("1.10", "1.10"), (2, "2"), ("  I ", "I")]
)
def test_a_section_typed_as_text_is_kept(
    book: Path, original: Project, section: Any, kept: str
) -> None:
    fill(book, SHEET, GRDP, section=section)
    rows, faults = read(book, original)
    assert faults == []
    assert [row.cells["section"] for row in rows["observations"]] == [kept]


def far_blank(sheet: Worksheet) -> None:
    sheet.cell(1_048_576, 3).value = " "


def far_format(sheet: Worksheet) -> None:
    for row in range(150_000, 150_020):
        sheet.cell(row, 3).font = Font(bold=True)


@pytest.mark.parametrize("edit", [far_blank, far_format])
def test_what_stands_far_below_the_table_takes_no_memory(
    book: Path, original: Project, edit: Callable[[Worksheet], object]
) -> None:
    change(book, edit)
    tracemalloc.start()
    rows, faults = read(book, original)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert faults == []
    assert len(rows["observations"]) == 1
    assert peak < 60_000_000


def test_a_figure_far_below_the_table_is_taken_with_its_row(book: Path, original: Project) -> None:
    change(book, lambda sheet: setattr(sheet.cell(90_000, 4), "value", 7.5))
    rows, _ = read(book, original)
    assert [row.row for row in rows["observations"]][-1] == 90_000


def repacked(book: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    with zipfile.ZipFile(book) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in parts.items():
            new = change(name, body)
            if new is not None:
                packed.writestr(name, new)


def refused(book: Path, original: Project) -> Fault:
    with pytest.raises(DataError) as caught:
        read(book, original)
    (problem,) = caught.value.problems
    assert isinstance(problem, Fault)
    assert book.name in problem.file
    return problem


@pytest.mark.bad("workbooks")
def test_millions_of_cells_are_refused_before_they_are_read(book: Path, original: Project) -> None:
    cells = b"<row r='9'>" + b"<c r='A9'><v>1</v></c>" * 500_000 + b"</row>"

    def swell(name: str, body: bytes) -> bytes:
        return body.replace(b"</sheetData>", cells + b"</sheetData>") if "sheet2" in name else body

    repacked(book, swell)
    assert refused(book, original).code == "too_many_cells_in_book"


@pytest.mark.bad("workbooks", per=("body",))
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet2.xml", "xl/styles.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("body", [b"", b"<open>", b"\xff\xfe\x00", b"<a>" * 5000])
def test_a_broken_part_is_one_problem(
    book: Path, original: Project, part: str, body: bytes
) -> None:
    repacked(book, lambda name, whole: body if name == part else whole)
    assert refused(book, original).code == "book_unreadable"


@pytest.mark.bad("workbooks")
@pytest.mark.parametrize("part", ["xl/workbook.xml", "[Content_Types].xml"])
def test_a_missing_part_is_one_problem(book: Path, original: Project, part: str) -> None:
    repacked(book, lambda name, whole: None if name == part else whole)
    assert refused(book, original).code == "book_unreadable"


@pytest.mark.bad("workbooks")
@pytest.mark.parametrize("size", [0, 10, 100, 1000, -1, -30])
def test_a_file_that_is_cut_off_is_one_problem(book: Path, original: Project, size: int) -> None:
    book.write_bytes(book.read_bytes()[:size])
    assert refused(book, original).code == "book_unreadable"


@pytest.mark.bad("workbooks", per=())
@pytest.mark.parametrize(("lang", "mend"), [("en", "halfyear new"), ("vi", "mở kỳ mới trước")])
def test_a_workbook_that_is_not_there_is_one_problem_and_never_one_of_the_data(
    original: Project, tmp_path: Path, lang: str, mend: str
) -> None:
    (problem,), counts = returned.take(original, tmp_path / "2026-9M.xlsx")
    assert counts == {}
    assert isinstance(problem, Fault)
    assert problem.code == "book_missing"
    assert mend in problem.say(lang).mend
    assert "datapackage" not in problem.say(lang).mend
