"""The annex workbook: numbers as numbers, text as text, the same bytes every time."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import opened
from halfyear.interval import Interval
from halfyear.office import workbook
from halfyear.office.annex import Annex
from halfyear.office.book import Book
from halfyear.office.sheet import Cell, Number, Sheet, Words, ends, figure
from halfyear.project import Project
from halfyear.results import Quantity, Results
from halfyear.texts import Texts
from halfyear.view import View

DAY = date(2026, 6, 30)
RISKY = ["=1+1", "+84 225", "-5 điểm", "@SUM(A1)", "\tcmd"]


def write(tmp_path: Path, *sheets: Sheet) -> Path:
    out = tmp_path / "annex.xlsx"
    book = Book(sheets, "Mục lục / Contents", heads=["Bảng", "Dòng"], lines=["Một"], day=DAY)
    tmp_path.mkdir(parents=True, exist_ok=True)
    book.save(tmp_path / "annex.json")
    return workbook.write(Book.load(tmp_path / "annex.json"), out)


@pytest.fixture
def page(tmp_path: Path) -> openpyxl.Workbook:
    rows = [[text, Number(Decimal("1234.5"), 2), DAY] for text in RISKY]
    sheet = Sheet("a", "Bảng một / Table one", ["Tên", "Số", "Ngày"], rows)
    return openpyxl.load_workbook(write(tmp_path, sheet, Sheet("b", "Hai / Two", ["A"], [["x"]])))


def test_contents_lead_to_every_sheet(page: openpyxl.Workbook) -> None:
    first, *others = page.worksheets
    links = {cell.value: cell.hyperlink.location for cell in first["A"] if cell.hyperlink}
    assert [sheet["A2"].hyperlink.location for sheet in others] == [f"'{first.title}'!A1"] * 2
    assert links == {
        "Bảng một / Table one": "'01 Bảng một'!A1",
        "Hai / Two": "'02 Hai'!A1",
    }
    assert [sheet.title for sheet in others] == ["01 Bảng một", "02 Hai"]


def test_numbers_are_numbers_in_the_readers_format(page: openpyxl.Workbook) -> None:
    cell = page.worksheets[1]["B4"]
    assert (cell.data_type, cell.value, cell.number_format) == ("n", 1234.5, "#,##0.00")
    assert page.worksheets[1]["C4"].is_date


@pytest.mark.parametrize("row", range(4, 4 + len(RISKY)))
def test_text_that_looks_like_a_formula_stays_text(page: openpyxl.Workbook, row: int) -> None:
    cell = page.worksheets[1].cell(row, 1)
    assert cell.data_type == "s"
    assert cell.value.strip() == RISKY[row - 4].strip()
    assert cell.quotePrefix


def test_head_and_first_column_stay_in_view_and_the_head_is_repeated_in_print(
    page: openpyxl.Workbook,
) -> None:
    sheet = page.worksheets[1]
    assert sheet.freeze_panes == "B4"
    assert sheet.print_title_rows == "$3:$3"
    assert all(9 <= d.width <= 30 for d in sheet.column_dimensions.values())


def test_every_table_is_one_with_a_name_of_its_own_and_filters(page: openpyxl.Workbook) -> None:
    tables = [table for sheet in page.worksheets for table in sheet.tables.values()]
    assert [(table.displayName, table.ref) for table in tables] == [
        ("tbl_contents", "A4:B6"),
        ("tbl_a", "A3:C8"),
        ("tbl_b", "A3:A4"),
    ]
    assert all(table.autoFilter.ref == table.ref for table in tables)
    assert [column.name for column in tables[1].tableColumns] == ["Tên", "Số", "Ngày"]


def test_no_cell_is_merged(page: openpyxl.Workbook) -> None:
    assert [sheet.merged_cells.ranges for sheet in page.worksheets] == [set()] * 3


def test_a_source_leads_to_its_row_and_an_address_to_where_it_names(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["x", "2026_report"], ["y", "unknown"]]
    figures = Sheet("plan", "Kế hoạch / Plan", ["Tên", "Nguồn"], rows, ["name", "source"])
    listed: list[list[Cell]] = [
        ["2025_report", "https://a.vn/1"],
        ["2026_report", "https://a.vn/2?b=1%20c"],
        ["2027_report", "javascript:alert(1)"],
    ]
    documents = Sheet("sources", "Nguồn / Sources", ["Mã", "Địa chỉ"], listed, ["id", "url"])
    book = openpyxl.load_workbook(write(tmp_path, figures, documents))
    plan, sources = book.worksheets[1:]
    assert plan["B4"].hyperlink.location == "'02 Nguồn'!A5"
    assert plan["B5"].hyperlink is None
    assert sources["B5"].hyperlink.target == "https://a.vn/2?b=1%20c"
    assert sources["B6"].hyperlink is None


def test_names_of_indicators_stay_in_view_where_they_stand_at_the_front() -> None:
    words = ["order", "name", "name", "unit"]
    assert Sheet("a", "A", words, [], words).frozen == 2
    assert Sheet("a", "A", ["id", "place", "name"], [], ["id", "place", "name"]).frozen == 1


def test_long_text_is_wrapped_in_a_row_as_high_as_its_lines(tmp_path: Path) -> None:
    long = "một hai ba bốn " * 12  # 180 characters: six lines of 33 in the widest column
    rows = [[long.strip(), Number(Decimal("1"), 0)], ["ngắn", Number(Decimal("2"), 0)]]
    book = openpyxl.load_workbook(write(tmp_path, Sheet("a", "Một / One", ["Tên", "Số"], rows)))
    sheet = book.worksheets[1]
    assert sheet["A4"].alignment.wrap_text
    assert (sheet.row_dimensions[4].height, sheet.row_dimensions[5].height) == (90, 15)
    assert {cell.alignment.vertical for row in sheet["A3:B5"] for cell in row} == {"top"}


def test_words_stand_clear_of_the_number_on_their_left(tmp_path: Path) -> None:
    rows = [[Number(Decimal("1"), 0), "một"]]
    book = openpyxl.load_workbook(write(tmp_path, Sheet("a", "Một / One", ["Số", "Tên"], rows)))
    words = book.worksheets[1]["B4"].alignment
    assert (words.horizontal, words.indent) == ("left", 1)  # without a side no indent counts


def test_every_sheet_prints_one_page_wide_and_numbered(page: openpyxl.Workbook) -> None:
    for sheet in page.worksheets:
        setup = sheet.page_setup
        assert (setup.paperSize, setup.fitToWidth, setup.fitToHeight) == (9, 1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("&A", "&P/&N")
    kinds = [sheet.page_setup.orientation for sheet in page.worksheets]
    assert kinds == ["portrait", "landscape", "landscape"]


def test_a_sheet_too_wide_to_be_read_on_a4_prints_on_a3(tmp_path: Path) -> None:
    # 11 points shrink to 7 where the 40 cm of A3 hold some 300 characters of 1.85 mm
    wide = Sheet("a", "Rộng / Wide", [f"{n:30}" for n in range(10)], [["x" * 30] * 10])
    book = openpyxl.load_workbook(write(tmp_path, wide))
    assert [sheet.page_setup.paperSize for sheet in book.worksheets] == [9, 8]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("172", Number(Decimal("172"), 0)),
        ("1.770", Number(Decimal("1.770"), 3)),
        ("79,4%", "79,4%"),
        ("", ""),
    ],
)
def test_a_text_that_is_a_number_of_the_data_is_a_number(text: str, cell: Cell) -> None:
    assert figure(text) == cell


def test_same_sheets_give_the_same_bytes(tmp_path: Path) -> None:
    sheet = Sheet("a", "Một / One", ["Tên"], [["x"]])
    one, two = tmp_path / "one", tmp_path / "two"
    assert write(one, sheet).read_bytes() == write(two, sheet).read_bytes()


def test_an_interval_has_two_columns_and_one_number_has_one(project: Project) -> None:
    folder = project.report / "texts"
    words = Words([Texts.load(folder, lang, "annex") for lang in ("vi", "en")])
    exact = Quantity("a", Interval.of(Decimal(2)), "pct", 1)
    wide = Quantity("b", Interval(Decimal(2), Decimal(3)), "pct", 1)
    narrow = words.sheet("path", ["reading", "rate.."], [["x", *ends(exact)]])
    assert narrow.columns == [
        "Phương án của năm / Reading of the year",
        "Tốc độ của năm / Rate of the year",
    ]
    both = words.sheet("path", ["reading", "rate.."], [["x", *ends(exact)], ["y", *ends(wide)]])
    assert len(both.columns) == 3
    assert both.rows[1][1:] == [Number(Decimal(2), 1), Number(Decimal(3), 1)]


@pytest.fixture(scope="module")
def annex(project: Project, built: Path) -> dict[str, Sheet]:
    edition, results = opened.edition(), Results.load(built / "results.json")
    folder = project.report / "texts"
    views = [View.of(edition, results, lang, folder) for lang in ("vi", "en")]
    sheets = list(Annex(edition, results, views, folder).sheets())
    assert all(len(row) == len(s.columns) for s in sheets for row in s.rows)
    return {sheet.key: sheet for sheet in sheets}


@pytest.mark.slow
def test_headline_sheet_has_a_row_for_every_headline_indicator(annex: dict[str, Sheet]) -> None:
    sheet = annex["headline"]
    assert len(sheet.rows) == 12
    growth = sheet.rows[0]
    assert growth[1:3] == [
        "Tổng sản phẩm trên địa bàn (GRDP)",
        "Gross regional domestic product (GRDP)",
    ]
    assert Number(Decimal("11.33"), 2) in growth
    assert Number(Decimal("12.27"), 2) in growth


@pytest.mark.slow
def test_every_visible_figure_and_source_is_there(annex: dict[str, Sheet]) -> None:
    tables = opened.edition().tables
    for key in ("observations", "scenarios", "plan", "goals", "sources"):
        assert len(annex[key].rows) == len(getattr(tables, key))
    assert annex["audit"].rows


@pytest.mark.slow
def test_codes_are_said_in_words_of_both_languages(annex: dict[str, Sheet]) -> None:
    basis = {
        row[annex["headline"].columns.index("Căn cứ / Basis")] for row in annex["headline"].rows
    }
    assert "tính lại / recomputed" in basis
    coded = {"Phép đo / Measure", "Địa bàn / Place", "Tình trạng / Status", "So sánh / Comparator"}
    coded |= {"Dấu chặn / Bound", "Phạm vi / Scope", "Loại / Class", "Mức / Severity"}
    for sheet in annex.values():
        for place, head in enumerate(sheet.columns):
            said = {row[place] for row in sheet.rows if row[place]} if head in coded else set()
            alike = {"Hải Phòng", "Hà Tĩnh", "Ninh Bình", "top"}  # written alike in both languages
            assert [word for word in said - alike if " / " not in str(word)] == []


@pytest.mark.slow
def test_shares_of_plan_are_given_for_flows_only(annex: dict[str, Sheet]) -> None:
    edition = opened.edition()
    flows = {i.name["vi"] for i in edition.indicators.values() if i.kind in ("flow", "cumulative")}
    shown = {row[0] for row in annex["shares"].rows}
    assert shown
    assert shown <= flows


@pytest.mark.slow
def test_built_annex_opens_with_its_sheets(built: Path) -> None:
    book = openpyxl.load_workbook(built / "annex.xlsx")
    assert len(book.sheetnames) == 13
    assert book.worksheets[1]["A4"].value == 1


def test_a_temporary_folder_of_any_name_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = write(tmp_path / "plain", Sheet("a", "Một / One", ["A"], [["x"]])).read_bytes()
    odd = tmp_path / "đường dẫn%20khác"
    odd.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(odd))
    assert write(odd, Sheet("a", "Một / One", ["A"], [["x"]])).read_bytes() == plain
