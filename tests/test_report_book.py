"""A workbook beside the file of its report: a figure is one cell, two where it is printed so."""

from hashlib import sha256
from pathlib import Path

import pytest
from openpyxl import load_workbook

from copies import append, copied, fill, rows, said
from halfyear import params
from halfyear.data import checks, proof
from halfyear.data.faults import Fault
from halfyear.errors import Problem
from halfyear.identity import Identity
from halfyear.intake.placing import Placing
from halfyear.period import Period
from halfyear.periods import renewal, returned
from halfyear.project import Project

REPORT = """ỦY BAN NHÂN DÂN
THÀNH PHỐ HẢI PHÒNG

Số: 301/BC-UBND

Hải Phòng, ngày 28 tháng 9 năm 2026

BÁO CÁO

Tình hình kinh tế - xã hội 9 tháng đầu năm 2026 (số liệu giả định)

I. KẾT QUẢ THỰC HIỆN

1. Kinh tế

Kim ngạch xuất khẩu 9 tháng ước đạt 41,25 tỷ USD, vượt kịch bản, bằng 79,3% kế hoạch năm.

Xuất khẩu 9 tháng tăng 9,4% so với cùng kỳ năm trước.

Khách quốc tế 9 tháng ước đạt 1.702,4 nghìn lượt. Có 3/13 dự án chậm.

2. Đầu tư

Giá trị sản xuất đạt 512 tỷ đồng; riêng tháng 9 đạt 61 tỷ đồng và tháng 8 đạt 61 tỷ đồng.
"""
EXPORTS = {"place": "HP", "indicator": "exports", "measure": "level", "time_period": "2026-9M"}
FIGURES, CLAIMS, NEW = "Số liệu", "Nhận định", "Chỉ tiêu mới"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The workbook of nine months, not yet filled, and beside its project the report."""
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    project = copied(tmp_path / "p")
    renewal.begin(project, "2026-9M")
    return project.root / "2026-9M.xlsx"


def taken(book: Path, *, take_back: bool = False) -> tuple[list[Problem], returned.Counts]:
    project = Project(book.parent)
    path = book.parent.parent / "report.txt"
    read = Placing.of(project, path, Identity(Period.parse("2026-9M")))
    return returned.take(project, book, read, take_back=take_back)


def figures(book: Path) -> dict[tuple[str, str], dict[str, str]]:
    found = rows(Project(book.parent), "observations/2026-9M")
    return {(row["indicator"], row["measure"]): row for row in found}


def line_of(words: str) -> int:
    return next(n for n, line in enumerate(REPORT.splitlines(), 1) if words in line)


def test_a_figure_is_one_cell_and_everything_else_is_found(book: Path) -> None:
    fill(book, FIGURES, EXPORTS, value=41.25)
    assert taken(book) == ([], {"sources": (1, 0), "observations": (1, 0)})
    row = figures(book)["exports", "level"]
    # "9 tháng" is the first numeral of its line, "41,25 tỷ USD" the second.
    told = {name: row[name] for name in ("printed", "printed_unit", "section", "line", "nth")}
    assert told == {
        "printed": "41,25 tỷ USD",
        "printed_unit": "bn_usd",
        "section": "I/1",
        "line": str(line_of("Kim ngạch")),
        "nth": "2",
    }
    assert row["known_at"] == "2026-09-28"
    (source,) = [r for r in rows(Project(book.parent), "sources") if r["id"] == "report_2026_9m"]
    assert source["sha256"] == sha256(REPORT.encode()).hexdigest()
    assert (source["number"], source["date"]) == ("301/BC-UBND", "2026-09-28")
    assert checks.problems(Project(book.parent)) == []
    (book.parent / "documents").mkdir()
    (book.parent / "documents" / "report.txt").write_text(REPORT, encoding="utf-8")
    wrong = proof.verify(Project(book.parent), book.parent / "documents")
    assert [one for one in wrong if "2026-9M" in one.file] == []


def test_a_figure_printed_otherwise_is_two_cells(book: Path) -> None:
    fill(book, FIGURES, EXPORTS, value=41.25, printed="41,25")
    assert taken(book)[0] == []
    row = figures(book)["exports", "level"]
    assert (row["printed"], row["line"], row["nth"]) == ("41,25", str(line_of("Kim ngạch")), "2")


def test_a_row_of_ones_own_is_an_indicator_and_a_value(book: Path) -> None:
    fill(book, FIGURES, {"indicator": "exports", "measure": "growth_yoy"}, value=9.4)
    assert taken(book)[0] == []
    row = figures(book)["exports", "growth_yoy"]
    assert (row["time_period"], row["unit"], row["comparison"]) == (
        "2026-9M", "pct", "previous_year",
    )  # fmt: skip
    assert row["printed"] == "tăng 9,4%"


def test_a_figure_of_the_scenario_is_one_of_that_which_the_edition_names(book: Path) -> None:
    fill(book, "Kịch bản", {"indicator": "exports"}, value=41.25)
    assert taken(book)[0] == []
    project = Project(book.parent)
    named = params.read(project.choices(Identity(Period.parse("2026-9M")))).scenario
    (plan,) = [row for row in rows(project, "sources") if row["id"] == named]
    (row,) = [r for r in rows(project, "scenarios") if r["source"] == "report_2026_9m"]
    assert (row["plan"], row["set_by"], row["set_on"]) == (named, plan["issuer"], plan["date"])
    assert (row["measure"], row["time_period"], row["unit"]) == ("level", "2026-9M", "bn_usd")


def test_a_new_indicator_enters_the_codelist_with_its_names_and_its_figure(book: Path) -> None:
    made = {
        "id": "output",
        "name_vi": "Giá trị sản xuất",
        "name_en": "Output",
        "name_short_vi": "Giá trị sản xuất",
        "name_short_en": "Output",
        "unit": "bn_vnd",
        "kind": "flow",
        "direction": "up",
        "decimals": 0,
        "aggregation": "sum",
    }
    fill(book, NEW, {"id": "output"}, **made)
    fill(book, FIGURES, {"indicator": "output"}, value=512)
    problems, counts = taken(book)
    assert problems == []
    assert counts["indicators"] == (1, 0)
    assert figures(book)["output", "level"]["line"] == str(line_of("Giá trị sản xuất"))
    assert taken(book) == ([], {})
    fill(book, NEW, {"id": "output"}, name_vi="Tên khác")
    problems, _ = taken(book)
    (problem,) = problems
    assert isinstance(problem, Fault)
    assert (problem.code, problem.column, problem.found) == ("indicator_there", "id", "output")


def test_a_figure_that_stands_at_several_places_is_asked_for_with_its_lines(book: Path) -> None:
    made = {"id": "output", "name_vi": "Lạ", "name_en": "Odd", "name_short_vi": "Lạ"}
    more = {"name_short_en": "Odd", "unit": "bn_vnd", "kind": "flow", "direction": "up"}
    fill(book, NEW, {"id": "output"}, **made, **more, decimals=0, aggregation="sum")
    fill(book, FIGURES, {"indicator": "output", "time_period": "2026-09"}, value=61)
    (problem,) = taken(book)[0]
    line = line_of("Giá trị sản xuất")
    # Of "512 … 9 … 61 … 8 … 61" the third and the fifth numeral are 61.
    assert (problem.column, problem.found) == ("line", "61")
    assert f"{line}, 3 («" in problem.expected
    assert f"{line}, 5 («" in problem.expected
    assert "nhiều chỗ" in problem.say("vi").what
    assert not any(r["id"] == "output" for r in rows(Project(book.parent), "indicators"))
    fill(book, FIGURES, {"indicator": "output", "time_period": "2026-09"}, line=line, nth=3)
    assert taken(book)[0] == []
    assert figures(book)["output", "level"]["nth"] == "3"


def test_a_figure_that_the_report_does_not_print_is_refused(book: Path) -> None:
    fill(book, FIGURES, EXPORTS, value=41.52)
    (problem,) = taken(book)[0]
    assert (problem.column, problem.found) == ("value", "41.52")
    assert "nowhere" in problem.what
    assert not any(r["id"] == "report_2026_9m" for r in rows(Project(book.parent), "sources"))


def test_claims_have_a_sheet_shares_verdicts_and_counts(book: Path) -> None:
    fill(book, FIGURES, EXPORTS, value=41.25)
    # Carried from the first half: 41.25 of the 52 bn USD planned are 79.3 %.
    fill(book, CLAIMS, {"kind": "verdict_word", "indicator": "exports"}, word="exceeds")
    fill(book, CLAIMS, {"kind": "share_of_plan", "indicator": "exports"}, value=79.3)
    fill(book, CLAIMS, {"kind": "count"}, value=3, total=13)
    problems, counts = taken(book)
    assert problems == []
    assert counts["claims"] == (3, 0)
    found = {r["kind"]: r for r in rows(Project(book.parent), "claims") if "2026-9M" in r.values()}
    assert (found["verdict_word"]["printed"], found["verdict_word"]["nth"]) == ("vượt", "")
    assert found["share_of_plan"]["line"] == str(line_of("Kim ngạch"))
    operands = "obs:exports.level@2026-9M;plan:exports.level@2026"
    assert found["share_of_plan"]["operands"] == operands
    # "9 tháng" and "1.702,4" come before "3/13".
    assert (found["count"]["nth"], found["count"]["total"]) == ("3", "13")
    assert taken(book) == ([], {})


def test_an_emptied_row_is_told_and_taken_back_only_when_asked(book: Path) -> None:
    fill(book, FIGURES, EXPORTS, value=41.25)
    taken(book)
    opened = load_workbook(book)
    page = opened[FIGURES]
    heads = [cell.value for cell in page[2]]
    for row in page.iter_rows(min_row=3):
        cells = dict(zip(heads, row, strict=True))
        if all(cells[name].value == cell for name, cell in EXPORTS.items()):
            cells["value"].value = None
    opened.save(book)
    project = Project(book.parent)
    assert [one.row.cells["indicator"] for one in returned.emptied(project, book)] == ["exports"]
    assert taken(book) == ([], {})
    assert ("exports", "level") in figures(book)
    assert taken(book, take_back=True) == ([], {})
    assert figures(book) == {}
    assert returned.emptied(project, book) == []


def test_an_emptied_claim_is_taken_back_and_one_of_several_is_not_guessed(book: Path) -> None:
    verdict = {"kind": "verdict_word", "indicator": "exports"}
    fill(book, FIGURES, EXPORTS, value=41.25)
    fill(book, CLAIMS, verdict, word="exceeds")
    assert taken(book)[0] == []
    project = Project(book.parent)
    before = rows(project, "claims")
    fill(book, CLAIMS, verdict, word=None)
    assert [one.row.cells["kind"] for one in returned.emptied(project, book)] == ["verdict_word"]
    (held,) = [row for row in before if row["source"] == "report_2026_9m"]
    assert taken(book, take_back=True) == ([], {})
    assert rows(project, "claims") == [row for row in before if row != held]
    for name in ("once", "twice"):
        append(project, "claims", **{**held, "id": name})
    both = rows(project, "claims")
    last = len(both) + 1  # the line of the last row: the header is line 1
    where = f"data/claims.csv, dòng {last - 1}, {last}; chưa rút dòng nào"
    words = ("import", str(book), "--lang", "vi", "--take-back")
    assert f"để trống nhưng dữ liệu có verdict_word exports 2026-9M ở nhiều dòng: {where}" in said(
        book.parent, *words
    )
    assert rows(project, "claims") == both


def test_another_file_than_that_of_the_hash_is_refused(book: Path) -> None:
    fill(book, "Nguồn", {"id": "report_2026_9m"}, sha256="0" * 64, date="2026-09-28", issuer="UBND")
    (problem,) = taken(book)[0]
    assert isinstance(problem, Fault)
    assert (problem.code, problem.found) == ("report_of_other_bytes", "0" * 64)


def test_the_command_finds_the_figures_and_says_when_nothing_differs(book: Path) -> None:
    fill(book, FIGURES, EXPORTS, value=41.25)
    words = (
        "import",
        str(book),
        "--report",
        str(book.parent.parent / "report.txt"),
        "--lang",
        "vi",
    )
    assert "observations: thêm 1 dòng" in said(book.parent, *words)
    assert "không khác dữ liệu" in said(book.parent, *words)
    fill(book, FIGURES, EXPORTS, value=None)
    emptied = "để trống nhưng dữ liệu đang có exports 2026-9M"
    assert emptied in said(book.parent, *words)
    assert "đã rút khỏi dữ liệu: exports 2026-9M" in said(book.parent, *words, "--take-back")
    assert figures(book) == {}


def test_a_report_of_another_place_is_told(book: Path) -> None:
    path = book.parent.parent / "report.txt"
    path.write_text(
        REPORT.replace("HẢI PHÒNG", "HÀ NỘI").replace("Hải Phòng", "Hà Nội"), encoding="utf-8"
    )
    read = Placing.of(Project(book.parent), path, Identity(Period.parse("2026-9M")))
    assert read.unsure is not None
    assert "Hà Nội" in read.unsure.say("vi")
