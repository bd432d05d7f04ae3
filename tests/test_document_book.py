"""Workbooks as annexes: rows as the sheets show them, with the decimals of their formats."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

import packages
from halfyear.document import reader
from halfyear.errors import IntakeError

TITLE = "MỘT SỐ CHỈ TIÊU CHỦ YẾU (số liệu giả định)"


def book() -> Workbook:
    made = Workbook()
    sheet = made.active
    sheet.title = "Biểu 1"
    sheet["A1"] = TITLE
    sheet["C2"] = "Đơn vị tính: triệu USD"
    for row in (("Chỉ tiêu", "9 tháng 2025", "9 tháng 2026"), ("Xuất khẩu", 32000, 37900.5)):
        sheet.append(row)
    return made


def read(made: Workbook, path: Path) -> tuple[str, ...]:
    made.save(path)
    return reader.read(path).lines


def test_a_sheet_gives_its_name_its_texts_and_its_rows(tmp_path: Path) -> None:
    assert read(book(), tmp_path / "a.xlsx") == (
        "Biểu 1",
        TITLE,
        "Đơn vị tính: triệu USD",
        "| Chỉ tiêu | 9 tháng 2025 | 9 tháng 2026 |",
        "| Xuất khẩu | 32000 | 37900,5 |",
    )


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (118.4375, "0.0", "118,4"),
        (118.4375, "General", "118,4375"),
        (37900, "#,##0", "37.900"),
        (37900.55, "#,##0.0", "37.900,6"),
        (0.184, "0.0%", "18,4%"),
        (-2.4, "0.0", "-2,4"),
        (2.5, "0.##", "2,5"),
        (3.0, "0.##", "3"),
        (0.1 + 0.2, "General", "0,3"),
        (9048131403, "General", "9048131403"),
        (9048131403, "#,##0", "9.048.131.403"),
        ("168.940", "@", "168.940"),
        (12.5, '0.0" tỷ"', "12,5"),
        (date(2026, 9, 30), "DD/MM/YYYY", "30/9/2026"),
    ],
)
def test_a_number_is_printed_as_the_sheet_shows_it(
    tmp_path: Path, value: Any, form: str, shown: str
) -> None:
    made = book()
    cell = made.active["C4"]
    cell.value, cell.number_format = value, form
    assert read(made, tmp_path / "a.xlsx")[-1] == f"| Xuất khẩu | 32000 | {shown} |"


def test_what_is_hidden_or_struck_is_not_read(tmp_path: Path) -> None:
    made = book()
    sheet = made.active
    sheet.append(("Nhập khẩu", 31200, 30600))
    sheet.append(("Dòng ẩn", 1, 2))
    sheet.append(("Du lịch", 11, 12))
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet["C5"].font = Font(strike=True)
    hidden = made.create_sheet("Nháp")
    hidden.sheet_state = "hidden"
    hidden.append(("Xuất khẩu", 1))
    lines = read(made, tmp_path / "a.xlsx")
    assert lines[-2:] == ("| Nhập khẩu |  |  |", "| Du lịch |  | 12 |")
    assert not any("Nháp" in line or "ẩn" in line for line in lines)


def test_merged_cells_give_their_text_once_at_their_start(tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    sheet.title = "Biểu 2"
    for row in (("Chỉ tiêu", "9 tháng", None), (None, 2025, 2026), ("Xuất khẩu", 32, 37.9)):
        sheet.append(row)
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A1:A2")
    assert read(made, tmp_path / "a.xlsx")[1:] == (
        "| Chỉ tiêu | 9 tháng |  |",
        "|  | 2025 | 2026 |",
        "| Xuất khẩu | 32 | 37,9 |",
    )


def test_a_raised_mark_and_struck_words_in_a_cell(tmp_path: Path) -> None:
    made = book()
    mark = TextBlock(InlineFont(vertAlign="superscript"), "1")
    old = TextBlock(InlineFont(strike=True), "36,5 ")
    made.active["C4"] = CellRichText([old, "37,9", mark])
    assert read(made, tmp_path / "a.xlsx")[-1] == "| Xuất khẩu | 32000 | 37,9¹ |"


@pytest.mark.bad("documents")
def test_a_formula_without_a_result_is_refused_at_its_cell(tmp_path: Path) -> None:
    made = book()
    made.active["C4"] = "=B4*1.18"
    with pytest.raises(IntakeError, match=r"Biểu 1!C4.*open the workbook"):
        read(made, tmp_path / "a.xlsx")


def test_a_blank_far_below_costs_nothing_and_too_many_rows_are_refused(tmp_path: Path) -> None:
    made = book()
    made.active.cell(1_048_576, 1).number_format = "0.0"
    assert len(read(made, tmp_path / "a.xlsx")) == 5
    for row in range(5, 20_010):
        made.active.cell(row, 1).value = "x"
    with pytest.raises(IntakeError, match="too many rows"):
        read(made, tmp_path / "b.xlsx")


def test_strict_open_xml_is_read(tmp_path: Path) -> None:
    usual = tmp_path / "usual.xlsx"
    book().save(usual)
    path = packages.strict_book(usual, tmp_path / "strict.xlsx")
    assert reader.read(path).lines[-1] == "| Xuất khẩu | 32000 | 37900,5 |"


@pytest.mark.bad("documents")
def test_a_broken_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book().save(path)
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(IntakeError, match="a\\.xlsx"):
        reader.read(path)
