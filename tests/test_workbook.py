"""A returned workbook: taken whole or not at all, every habit of Excel told clearly."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import packages
from copies import copied, fill, rows
from halfyear.data import checks
from halfyear.data.faults import Fault
from halfyear.errors import Problem
from halfyear.periods import renewal, returned
from halfyear.project import Project

GRDP = {"place": "HP", "indicator": "grdp", "measure": "growth_yoy", "time_period": "2026-9M"}
EXPORTS = {"place": "HP", "indicator": "exports", "measure": "level", "time_period": "2026-9M"}
HASH = "0123456789abcdef" * 4


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Nine months of 2026 with an invented report and two invented figures in the workbook."""
    project = copied(tmp_path_factory.mktemp("book") / "p")
    renewal.begin(project, "2026-9M")
    book = project.root / "2026-9M.xlsx"
    fill(
        book,
        "Nguồn",
        {"id": "report_2026_9m"},
        title_vi="Báo cáo giả định",
        title_en="Invented report",
        issuer="UBND TP Hải Phòng",
        date="2026-09-30",
        sha256=HASH,
    )
    fill(book, "Số liệu", GRDP, value=11.6, printed="11,60%", line=1, nth=1)
    fill(book, "Số liệu", EXPORTS, value=39.25, printed="39,25 tỷ USD", line=2, nth=1)
    return project


@pytest.fixture
def book(original: Project, tmp_path: Path) -> Path:
    """The filled workbook in a copy of its project."""
    copy = copied(tmp_path / "p")
    for name in ("params/2026-9M.yml", "2026-9M.xlsx", "data/datapackage.json"):
        (copy.root / name).write_bytes((original.root / name).read_bytes())
    for table in ("observations", "projects"):
        name = f"data/{table}/2026-9M.csv"
        (copy.root / name).write_bytes((original.root / name).read_bytes())
    return copy.root / "2026-9M.xlsx"


def taken(book: Path) -> tuple[list[Problem], returned.Counts]:
    return returned.take(Project(book.parent), book)


def change(book: Path, sheet: str, edit: Callable[[Worksheet], None]) -> None:
    opened = load_workbook(book)
    edit(opened[sheet])
    opened.save(book)


def at(sheet: Worksheet, row: int, name: str) -> Any:
    return sheet.cell(row, [cell.value for cell in sheet[2]].index(name) + 1)


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code if isinstance(problem, Fault) else problem.what for problem in problems]


def test_a_filled_workbook_is_taken_whole_and_can_be_taken_again(book: Path) -> None:
    problems, counts = taken(book)
    assert problems == []
    assert counts == {"sources": (1, 0), "observations": (2, 0)}
    project = Project(book.parent)
    found = {(r["indicator"], r["value"]) for r in rows(project, "observations/2026-9M")}
    assert found == {("grdp", "11.6"), ("exports", "39.25")}
    assert {r["known_at"] for r in rows(project, "observations/2026-9M")} == {"2026-09-30"}
    assert checks.problems(project) == []
    fill(book, "Số liệu", GRDP, value=11.7, printed="11,70%")
    assert taken(book) == ([], {"observations": (0, 1)})


def test_a_workbook_saved_as_strict_open_xml_is_taken_like_any_other(
    book: Path, tmp_path: Path
) -> None:
    usual = book.rename(tmp_path / "usual.xlsx")
    packages.strict_book(usual, book)
    assert taken(book) == ([], {"sources": (1, 0), "observations": (2, 0)})


@pytest.mark.bad("workbooks")
def test_a_figure_a_thousand_times_too_large_is_told(book: Path) -> None:
    fill(book, "Số liệu", EXPORTS, value=39250, printed="39.250 tỷ USD")
    problems, _ = taken(book)
    assert codes(problems) == ["scale_above"]


def test_with_any_problem_nothing_is_written_and_all_problems_are_told(book: Path) -> None:
    data = book.parent / "data"
    before = {path: path.read_bytes() for path in data.rglob("*.csv")}
    fill(book, "Số liệu", GRDP, value=11.9)
    fill(book, "Số liệu", EXPORTS, unit="no_unit", source="no_source")
    problems, counts = taken(book)
    assert sorted(codes(problems)) == ["unknown_code", "unknown_code", "value_not_printed"]
    assert counts == {}
    own = [p for p in problems if p.file == "2026-9M.xlsx: Số liệu"]
    assert {p.column for p in own if p.row is not None} == {"value", "unit", "source"}
    assert {path: path.read_bytes() for path in data.rglob("*.csv")} == before


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("11,6", "number_as_text"),
        ("2.582.000", "number_as_text"),
        ("11.6%", "number_as_text"),
        ("=5+6", "formula_in_cell"),
        ("#DIV/0!", "error_in_cell"),
    ],
)
def test_what_is_no_number_is_told_at_its_cell(book: Path, value: str, code: str) -> None:
    fill(book, "Số liệu", GRDP, value=value)
    problems, _ = taken(book)
    assert codes(problems) == [code]
    assert problems[0].column == "value"
    assert problems[0].row is not None


@pytest.mark.bad("workbooks")
def test_merged_cells_are_told(book: Path) -> None:
    change(book, "Số liệu", lambda sheet: sheet.merge_cells("D5:E5"))
    assert codes(taken(book)[0]) == ["cells_merged"]


def swap(sheet: Worksheet) -> None:
    first, second = sheet.cell(2, 3), sheet.cell(2, 4)
    first.value, second.value = second.value, first.value


def rename(sheet: Worksheet) -> None:
    sheet.cell(2, 4).value = "khác"


@pytest.mark.bad("workbooks", per=("edit",))
@pytest.mark.parametrize(
    ("edit", "code", "letter"),
    [
        (lambda sheet: sheet.insert_cols(2), "column_between", "B"),
        (lambda sheet: sheet.delete_cols(4), "column_lost", "D"),
        (swap, "column_moved", "D"),
        (rename, "column_moved", "D"),
    ],
    ids=["added", "missing", "moved", "renamed"],
)
def test_a_column_out_of_place_is_one_problem(
    original: Project,
    tmp_path: Path,
    edit: Callable[[Worksheet], None],
    code: str,
    letter: str,
) -> None:
    opened = load_workbook(original.root / "2026-9M.xlsx")
    edit(opened["Kịch bản"])
    book = tmp_path / "2026-9M.xlsx"
    opened.save(book)
    problems, counts = returned.take(original, book)
    assert [(one.code, one.column) for one in problems if isinstance(one, Fault)] == [
        (code, letter)
    ]
    assert counts == {}


@pytest.mark.bad("workbooks")
def test_a_missing_sheet_is_told(book: Path) -> None:
    opened = load_workbook(book)
    del opened["Dự án"]
    opened.save(book)
    problems, _ = taken(book)
    assert codes(problems) == ["sheet_missing"]
    assert "Dự án" in problems[0].expected


@pytest.mark.bad("workbooks")
def test_a_day_that_is_none_is_told(book: Path) -> None:
    fill(book, "Số liệu", GRDP, cutoff="30.9.2026")
    assert codes(taken(book)[0]) == ["day_as_text"]


@pytest.mark.bad("workbooks")
def test_a_workbook_that_unpacks_too_large_is_told(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("halfyear.periods.filled.LARGEST", 1000)
    assert codes(taken(book)[0]) == ["book_too_large"]


@pytest.mark.bad("workbooks")
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0 locked"])
def test_a_file_that_is_no_workbook_is_told(book: Path, content: bytes) -> None:
    book.write_bytes(content)
    assert codes(taken(book)[0]) == ["book_unreadable"]


@pytest.mark.bad("workbooks")
def test_a_workbook_of_no_period_or_of_one_not_started_is_told(book: Path) -> None:
    other = book.with_name("copy of 2026-9M.xlsx")
    other.write_bytes(book.read_bytes())
    assert codes(taken(other)[0]) == ["book_name"]
    later = book.with_name("2026-FY.xlsx")
    later.write_bytes(book.read_bytes())
    assert codes(taken(later)[0]) == ["book_without_period"]


def test_the_same_file_is_not_taken_as_two_sources(book: Path) -> None:
    assert taken(book)[0] == []
    cells = {"title_vi": "Bản khác", "title_en": "Another", "issuer": "UBND", "date": "2026-10-05"}
    more = {"status": "issued", "medium": "text", "sha256": HASH}
    fill(book, "Nguồn", {"id": "report_2026_9m_signed"}, **cells, **more)
    assert codes(taken(book)[0]) == ["source_twice"]


def test_text_that_looks_like_a_formula_stays_text(original: Project) -> None:
    sheet = load_workbook(original.root / "2026-9M.xlsx")["Danh mục"]
    assert all(cell.data_type in ("s", "n") for row in sheet.iter_rows() for cell in row)
