"""From a made-up report to rows of a small project: all of them or none."""

import csv
from pathlib import Path

import openpyxl
import pytest

import small_project
from halfyear.data import checks, lock
from halfyear.errors import IntakeError, Problem
from halfyear.intake import acceptance, session
from halfyear.intake.sheet import review
from halfyear.period import Period
from halfyear.project import Project

REPORT = """ỦY BAN NHÂN DÂN
{place}

Số: 301/BC-UBND

{name}, ngày 02 tháng 10 năm 2026

BÁO CÁO

Tình hình kinh tế - xã hội 9 tháng đầu năm 2026 (số liệu giả định)

I. KẾT QUẢ THỰC HIỆN

1. Kinh tế

Kim ngạch xuất khẩu 9 tháng ước đạt 41,25 tỷ USD, tăng 9,4% so với cùng kỳ năm trước.

Khách quốc tế 9 tháng ước đạt 1.702,4 nghìn lượt. Một khoản lạ đạt 12 tỷ đồng.
"""


@pytest.fixture
def copied(small: Path) -> Project:
    """The small project, whose documents are of Hải Phòng."""
    small_project.put(small, "sources", 2, issuer="UBND TP Hải Phòng")
    return Project(small)


FORMER = """\
ỦY BAN NHÂN DÂN
THÀNH PHỐ HẢI PHÒNG
Số: 98/BC-UBND
Hải Phòng, ngày 02 tháng 4 năm 2025
BÁO CÁO
Tình hình kinh tế - xã hội quý I năm 2025
I. KINH TẾ
Kim ngạch xuất khẩu quý I năm 2025 đạt 6,2 tỷ USD, tăng 11,5% so với cùng kỳ.
"""
PRESS = """\
Hải Phòng: xuất khẩu tăng nhanh
Tại buổi họp báo, UBND thành phố Hải Phòng đã thông tin về tình hình của thành phố.
Kim ngạch xuất khẩu 9 tháng năm 2026 của Hải Phòng đạt 41,2 tỷ USD, tăng 20,5% so với cùng kỳ.
"""


def report(folder: Path, place: str = "THÀNH PHỐ HẢI PHÒNG", name: str = "Hải Phòng") -> Path:
    path = folder / "report.txt"
    path.write_text(REPORT.format(place=place, name=name), encoding="utf-8")
    return path


def intake(project: Project, path: Path, **wish: str) -> session.Outcome:
    wanted = session.Wish(Period.parse("2026-9M"), "made_up_2026_9m", **wish)
    return session.run(project, path, wanted, path.parent / "sheet")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def save(path: Path, cells: list[dict[str, str]]) -> None:
    path.write_text(review.table(cells, review.COLUMNS), encoding="utf-8")


def bytes_of(folder: Path) -> dict[str, bytes]:
    files = (p for p in folder.rglob("*") if p.is_file() and p.name != lock.NAME)
    return {str(p.relative_to(folder)): p.read_bytes() for p in files}


def test_ticked_rows_enter_a_new_edition_and_pass_the_checks(
    copied: Project, tmp_path: Path
) -> None:
    done = intake(copied, report(tmp_path))
    accepted = acceptance.accept(copied, done.folder)
    entered = rows(copied.data / "observations" / "2026-9M.csv")
    told = {(r["indicator"], r["measure"], r["value"], r["obs_status"]) for r in entered}
    assert told == {
        ("exports", "level", "41.25", "E"),
        ("exports", "growth_yoy", "9.4", "E"),
        ("visitors_international", "level", "1702.4", "E"),
    }
    assert {r["known_at"] for r in entered} == {"2026-10-02"}
    assert accepted.counts["sources.csv"] == 1
    assert checks.problems(copied) == []


def test_figures_of_a_report_dated_by_its_month_are_known_at_the_end_of_it(
    copied: Project, tmp_path: Path
) -> None:
    path = report(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("ngày 02 tháng 10", "ngày    tháng 10"), encoding="utf-8")
    acceptance.accept(copied, intake(copied, path).folder)
    entered = rows(copied.data / "observations" / "2026-9M.csv")
    assert {row["known_at"] for row in entered} == {"2026-10-31"}


def test_a_report_of_eight_months_enters_the_edition_that_follows(
    copied: Project, tmp_path: Path
) -> None:
    path = report(tmp_path)
    text = path.read_text(encoding="utf-8").replace("9 tháng", "8 tháng")
    path.write_text(text.replace("02 tháng 10", "30 tháng 8"), encoding="utf-8")
    wanted = session.Wish(Period.parse("2026-M08"), "made_up_2026_m08")
    acceptance.accept(copied, session.run(copied, path, wanted, tmp_path / "sheet").folder)
    entered = rows(copied.data / "observations" / "2026-9M.csv")
    assert {(r["indicator"], r["time_period"], r["cutoff"]) for r in entered} == {
        ("exports", "2026-M08", "2026-08-31"),
        ("visitors_international", "2026-M08", "2026-08-31"),
    }
    assert checks.problems(copied) == []


def test_a_report_of_a_month_or_a_later_quarter_is_no_report_since_january(
    copied: Project, tmp_path: Path
) -> None:
    wanted = session.Wish(Period.parse("2026-08"), "made_up_2026_08")
    with pytest.raises(IntakeError, match="months since January"):
        session.run(copied, report(tmp_path), wanted, tmp_path / "sheet")


def test_nothing_enters_before_acceptance(copied: Project, tmp_path: Path) -> None:
    before = bytes_of(copied.data)
    done = intake(copied, report(tmp_path))
    assert bytes_of(copied.data) == before
    strange = [r for r in rows(done.folder / "review.csv") if r["printed"] == "12 tỷ đồng"]
    assert [r["accept"] for r in strange] == [""]
    page = (done.folder / "review.html").read_text(encoding="utf-8")
    assert 'class="open"' in page
    assert "12 tỷ đồng" in page


def test_workbook_and_csv_say_the_same(copied: Project, tmp_path: Path) -> None:
    done = intake(copied, report(tmp_path))
    book = openpyxl.load_workbook(done.folder / "review.xlsx")
    sheet = book["proposals"]
    assert sheet.data_validations.dataValidation
    count = acceptance.accept(copied, done.folder / "review.xlsx").counts
    assert count["observations/2026-9M.csv"] == 3


def test_same_bytes_are_refused_the_second_time(copied: Project, tmp_path: Path) -> None:
    done = intake(copied, report(tmp_path))
    acceptance.accept(copied, done.folder)
    after = bytes_of(copied.data)
    with pytest.raises(IntakeError, match="entered already"):
        acceptance.accept(copied, done.folder)
    assert bytes_of(copied.data) == after


MORE = (
    "Kim ngạch nhập khẩu 9 tháng ước đạt 30,6 tỷ USD, tăng 14,1% so với cùng kỳ năm trước. "
    "Vốn FDI 9 tháng ước đạt 3,85 tỷ USD, giảm 2,1% so với cùng kỳ năm trước."
)


def test_the_same_report_in_another_form_is_known_again(copied: Project, tmp_path: Path) -> None:
    path = report(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    first = intake(copied, path)
    assert len(rows(first.folder / "review.csv")) > 5
    acceptance.accept(copied, first.folder)
    other = tmp_path / "the_same_signed.txt"
    other.write_text(path.read_text(encoding="utf-8") + "\nNơi nhận: lưu VT.\n", encoding="utf-8")

    def again(supersedes: str) -> session.Outcome:
        wish = session.Wish(Period.parse("2026-9M"), "other_2026_9m", supersedes=supersedes)
        return session.run(copied, other, wish, tmp_path / f"other{supersedes}")

    done = again("")
    assert "stand already as the source made_up_2026_9m" in done.warnings[0]
    with pytest.raises(IntakeError, match="entered already, from another file"):
        acceptance.accept(copied, done.folder)
    acceptance.accept(copied, again("made_up_2026_9m").folder)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("value", "41,25"),
        ("unit", "tỷ USD"),
        ("indicator", "xuất khẩu"),
        ("measure", "mức"),
        ("time_period", "9 tháng"),
        ("obs_status", "ước"),
        ("cutoff", "30/09"),
        ("line", "dòng 15"),
        ("printed", "41,52 tỷ USD"),
        ("place", "Hải Phòng"),
    ],
)
def test_one_unfit_row_keeps_every_row_out_and_is_named_by_its_row_of_the_sheet(
    copied: Project, tmp_path: Path, column: str, cell: str
) -> None:
    done = intake(copied, report(tmp_path))
    cells = rows(done.folder / "review.csv")
    number, strange = next(
        (n, row) for n, row in enumerate(cells, 2) if row["value"] == "41.25" and row["accept"]
    )
    strange[column] = cell
    save(done.folder / "review.csv", cells)
    before = bytes_of(copied.data)
    with pytest.raises(IntakeError) as caught:
        acceptance.accept(copied, done.folder / "review.csv")
    assert {(one.file, one.row) for one in caught.value.problems} == {("review.csv", number)}
    assert bytes_of(copied.data) == before


def test_a_verdict_enters_only_with_the_figure_it_is_about(copied: Project, tmp_path: Path) -> None:
    path = report(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("năm trước.", "năm trước, vượt kịch bản."), encoding="utf-8")
    sheet = intake(copied, path).folder / "review.csv"
    cells = rows(sheet)
    verdict = next(n for n, row in enumerate(cells) if row["kind"] == "verdict_word")
    figure = next(n for n, row in enumerate(cells) if row["value"] == "41.25")
    assert cells[verdict]["accept"] == "x"
    assert cells[verdict]["operands"] == "obs:exports.level@2026-9M"
    before = bytes_of(copied.data)

    def refused(**changed: str) -> Problem:
        """Accept with the figure changed: all that is told is told of the verdict."""
        others = [row for n, row in enumerate(cells) if n != figure]
        save(sheet, [*others[:figure], {**cells[figure], **changed}, *others[figure:]])
        with pytest.raises(IntakeError) as error:
            acceptance.accept(copied, sheet)
        (problem,) = error.value.problems
        assert (problem.file, problem.row) == ("review.csv", verdict + 2)
        assert bytes_of(copied.data) == before
        return problem

    # It waits at an open row: both languages lead there, and to no figure that is merely like it.
    problem = refused(accept="")
    english, vietnamese = problem.say("en"), problem.say("vi")
    assert "41,25 tỷ USD" in english.expected
    assert f"check row {figure + 2} and tick it too" in english.mend
    assert f"chọn cả dòng {figure + 2}" in vietnamese.mend
    assert "?" not in f"{english}{vietnamese}"
    # It is nowhere any more, for its row has become another figure: the cell is named.
    problem = refused(accept="", indicator="imports")
    assert (problem.column, problem.found) == ("operands", "obs:exports.level@2026-9M")
    assert "enter the figure first" in problem.say("en").mend
    assert "bỏ chọn dòng này" in problem.say("vi").mend
    save(sheet, cells)
    acceptance.accept(copied, sheet)
    assert "exceeds" in [row["word"] for row in rows(copied.data / "claims.csv")]


@pytest.mark.parametrize(
    ("place", "name", "more", "told"),
    [
        ("TỈNH SÔNG LAM", "Sông Lam", "", "of another place (Sông Lam)"),
        ("TỈNH QUẢNG NINH", "Quảng Ninh", "", "of another place (Quảng Ninh)"),
        ("", "", "", "names no place"),
        ("", "", "Tỉnh Quảng Ninh đạt khá. Quảng Ninh tăng.", "of another place (Quảng Ninh)"),
        ("", "", "Hải Phòng và Quảng Ninh đều tăng.", "also speaks of another place"),
        ("CHÍNH PHỦ", "", "", "of the whole nation"),
        ("TỔNG CỤC THỐNG KÊ", "", "Hải Phòng tăng 9%.", "of the whole nation"),
        ("THÀNH PHỐ HẢI PHÒNG", "Hải Phòng", "TỈNH QUẢNG NINH", "also speaks of another place"),
        ("THÀNH PHỐ HẢI PHÒNG", "Hải Phòng", "Hà Nội tăng. " * 6, "also speaks of another place"),
    ],
)
def test_nothing_of_a_report_that_is_not_surely_of_the_place_is_ticked(
    copied: Project, tmp_path: Path, place: str, name: str, more: str, told: str
) -> None:
    path = report(tmp_path, place, name)
    path.write_text(path.read_text(encoding="utf-8") + f"\n\n{more}\n", encoding="utf-8")
    if not name:
        text = path.read_text(encoding="utf-8").replace(", ngày 02", "Ngày 02")
        path.write_text(text, encoding="utf-8")
    done = intake(copied, path)
    cells = rows(done.folder / "review.csv")
    assert done.ticked == 0
    assert {(row["accept"], row["place"]) for row in cells} == {("", "")}
    assert all(told in row["reason"] for row in cells)
    assert told in done.warnings[0]
    assert told in (done.folder / "review.html").read_text(encoding="utf-8")
    save(
        done.folder / "review.csv",
        [{**row, "accept": "x" * (not n)} for n, row in enumerate(cells)],
    )
    with pytest.raises(IntakeError, match=r"not surely of the project's place .*--place CODE"):
        acceptance.accept(copied, done.folder / "review.csv")
    with pytest.raises(IntakeError, match="unknown place"):
        acceptance.accept(copied, done.folder / "review.csv", "XX")


def test_a_report_is_taken_for_the_place_that_the_analyst_names(
    copied: Project, tmp_path: Path
) -> None:
    path = report(tmp_path, "TỈNH QUẢNG NINH", "Quảng Ninh")
    assert intake(copied, path, place="HP").ticked > 0
    path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    wish = session.Wish(Period.parse("2026-9M"), "made_up_2026_9m")
    done = session.run(copied, path, wish, tmp_path / "unsure")
    cells = rows(done.folder / "review.csv")
    ticks = [{**row, "accept": "x" * (row["indicator"] == "exports")} for row in cells]
    save(done.folder / "review.csv", ticks)
    acceptance.accept(copied, done.folder / "review.csv", "HP")
    entered = rows(copied.data / "observations" / "2026-9M.csv")
    assert {(row["place"], row["indicator"]) for row in entered} == {("HP", "exports")}


def test_a_head_without_a_place_is_read_by_the_places_of_its_text(
    copied: Project, tmp_path: Path
) -> None:
    path = tmp_path / "report.txt"
    text = REPORT.partition("BÁO CÁO")[2].replace("Kim ngạch", "Trên địa bàn Hải Phòng, kim ngạch")
    path.write_text(text, encoding="utf-8")
    done = intake(copied, path)
    assert done.ticked > 0
    assert "the text names the project's own" in done.warnings[0]


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG", "UBND TP Hải Phòng"),
        ("UBND THÀNH PHỐ HẢI PHÒNG", "UBND TP Hải Phòng"),
        ("THỐNG KÊ THÀNH PHỐ HẢI PHÒNG", "THỐNG KÊ THÀNH PHỐ HẢI PHÒNG"),
        ("SỞ TÀI CHÍNH\nTHÀNH PHỐ HẢI PHÒNG", "SỞ TÀI CHÍNH THÀNH PHỐ HẢI PHÒNG"),
        ("THÀNH PHỐ HẢI PHÒNG", ""),
    ],
)
def test_the_issuer_is_the_one_the_head_names(
    copied: Project, tmp_path: Path, head: str, issuer: str
) -> None:
    path = tmp_path / "report.txt"
    text = REPORT.format(place="@", name="Hải Phòng").replace("ỦY BAN NHÂN DÂN\n@", head)
    path.write_text(text, encoding="utf-8")
    assert [row["issuer"] for row in rows(intake(copied, path).folder / "source.csv")] == [issuer]


def test_a_report_without_an_issuer_waits_for_the_analyst_to_name_it(
    copied: Project, tmp_path: Path
) -> None:
    path = tmp_path / "report.txt"
    text = REPORT.format(place="THÀNH PHỐ HẢI PHÒNG", name="Hải Phòng")
    path.write_text(text.replace("ỦY BAN NHÂN DÂN\n", ""), encoding="utf-8")
    with pytest.raises(IntakeError, match="issuer"):
        acceptance.accept(copied, intake(copied, path).folder)


# The small project knows exports of 24.5 bn USD for 2026-H1 (see tests/small).
@pytest.mark.parametrize(
    ("printed", "code", "told"),
    [
        ("41.250 tỷ USD", "times", "times what is known"),
        ("0,041 tỷ USD", "th of", "th of what is known"),
        ("19,25 tỷ USD", "falls", "falls from one period"),
    ],
)
def test_a_figure_that_does_not_fit_is_told_and_enters_only_when_confirmed(
    copied: Project, tmp_path: Path, printed: str, code: str, told: str
) -> None:
    path = report(tmp_path)
    text = path.read_text(encoding="utf-8").replace("41,25 tỷ USD", printed)
    path.write_text(text, encoding="utf-8")
    done = intake(copied, path)
    cells = rows(done.folder / "review.csv")
    strange = next(row for row in cells if row["printed"] == printed)
    assert strange["accept"] == ""
    assert code in strange["reason"]
    save(done.folder / "review.csv", [{**row, "accept": "x" * (row is strange)} for row in cells])
    with pytest.raises(IntakeError, match=rf"review\.csv, row .*{told}.*confirmed"):
        acceptance.accept(copied, done.folder / "review.csv")
    save(
        done.folder / "review.csv",
        [{**row, "accept": "x" * (row is strange), "confirmed": "x"} for row in cells],
    )
    acceptance.accept(copied, done.folder / "review.csv")
    assert checks.problems(copied) == []
    assert "action: confirm" in (copied.data / "corrections.yml").read_text(encoding="utf-8")
    (copied.data / "corrections.yml").unlink()
    assert told in str(checks.problems(copied)[0])


@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [("accept", "maybe", "neither ticked"), ("table", "nowhere", "cannot be entered")],
)
def test_strange_cells_are_named(
    copied: Project, tmp_path: Path, column: str, cell: str, told: str
) -> None:
    done = intake(copied, report(tmp_path))
    cells = rows(done.folder / "review.csv")
    cells[0][column] = cell
    save(done.folder / "review.csv", cells)
    with pytest.raises(IntakeError, match=told):
        acceptance.accept(copied, done.folder / "review.csv")


def test_formula_in_the_workbook_is_refused(copied: Project, tmp_path: Path) -> None:
    done = intake(copied, report(tmp_path))
    path = done.folder / "review.xlsx"
    book = openpyxl.load_workbook(path)
    book["proposals"]["L2"] = "=1+1"
    book.save(path)
    with pytest.raises(IntakeError, match="formula"):
        acceptance.accept(copied, path)


def test_moved_columns_are_refused_by_name(copied: Project, tmp_path: Path) -> None:
    done = intake(copied, report(tmp_path))
    path = done.folder / "review.xlsx"
    book = openpyxl.load_workbook(path)
    book["proposals"]["E1"] = "chỉ tiêu"
    book.save(path)
    with pytest.raises(IntakeError, match="indicator"):
        acceptance.accept(copied, path)


def test_a_dry_run_says_what_would_be_taken_and_changes_nothing(
    copied: Project, tmp_path: Path
) -> None:
    done = intake(copied, report(tmp_path))
    before = bytes_of(copied.root)
    tried = acceptance.accept(copied, done.folder, dry=True)
    assert bytes_of(copied.root) == before
    ticks = [n for n, row in enumerate(rows(done.folder / "review.csv"), 2) if row["accept"]]
    assert [row["row"] for row in tried.rows] == [str(n) for n in ticks]
    assert acceptance.accept(copied, done.folder).counts == tried.counts


def test_a_dry_run_is_refused_as_the_acceptance_would_be(copied: Project, tmp_path: Path) -> None:
    done = intake(copied, report(tmp_path))
    cells = rows(done.folder / "review.csv")
    next(row for row in cells if row["value"] == "41.25")["unit"] = "pct"
    save(done.folder / "review.csv", cells)
    told = []
    for dry in (True, False):
        with pytest.raises(IntakeError) as caught:
            acceptance.accept(copied, done.folder, dry=dry)
        told.append(caught.value.problems)
    assert told[0] == told[1]


def test_two_rows_that_take_one_numeral_are_both_named_by_their_rows_of_the_sheet(
    copied: Project, tmp_path: Path
) -> None:
    done = intake(copied, report(tmp_path))
    cells = rows(done.folder / "review.csv")
    first, number = next((r, n) for n, r in enumerate(cells, 2) if r["value"] == "41.25")
    save(done.folder / "review.csv", [*cells, {**first, "time_period": "2026-Q3"}])
    with pytest.raises(IntakeError) as caught:
        acceptance.accept(copied, done.folder / "review.csv")
    (problem,) = caught.value.problems
    assert (problem.file, problem.row) == ("review.csv", len(cells) + 2)
    assert f"row {number} of review.csv" in problem.expected
    told = problem.say("vi")
    assert f"dòng {number} của review.csv" in told.expected


def test_hai_phong_before_the_merger_is_the_former_city(copied: Project, tmp_path: Path) -> None:
    # the city of today began on 1 July 2025; a report of April 2025 is of the one before
    path = tmp_path / "report.txt"
    path.write_text(FORMER, encoding="utf-8")
    wish = session.Wish(Period.parse("2025-Q1"), "made_up_2025_q1")
    done = session.run(copied, path, wish, tmp_path / "former")
    cells = rows(done.folder / "review.csv")
    assert done.ticked > 0
    assert {row["place"] for row in cells} == {"HP_old"}


def test_an_article_needs_its_newspaper_and_is_read_with_a_word_on_what_stands_for_the_rest(
    copied: Project, tmp_path: Path
) -> None:
    path = tmp_path / "article.txt"
    path.write_text(PRESS, encoding="utf-8")
    done = intake(copied, path)
    assert done.ticked > 0
    (source,) = rows(done.folder / "source.csv")
    assert source["issuer"] == ""  # a sentence about a body is no issuer
    told = "\n".join(done.warnings)
    for words in ("names nobody who issued", "the file's name, article", "30 September 2026"):
        assert words in told
    with pytest.raises(IntakeError) as error:
        acceptance.accept(copied, done.folder)
    (problem,) = error.value.problems
    assert (problem.file, problem.column) == ("source.csv", "issuer")
    assert "newspaper" in problem.say("en").expected
    assert "tên báo" in problem.say("vi").expected
    source |= {"issuer": "Báo giả định", "status": "press", "title_vi": "Xuất khẩu tăng nhanh"}
    (done.folder / "source.csv").write_text(review.table([source], tuple(source)), "utf-8")
    acceptance.accept(copied, done.folder)
    known = {row["id"]: row["issuer"] for row in rows(copied.data / "sources.csv")}
    assert known["made_up_2026_9m"] == "Báo giả định"


def test_the_same_figures_of_another_place_are_another_report(
    copied: Project, tmp_path: Path
) -> None:
    path = report(tmp_path, "THÀNH PHỐ HẢI PHÒNG", "Hải Phòng")
    acceptance.accept(copied, intake(copied, path).folder)
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text(
        path.read_text(encoding="utf-8")
        .replace("THÀNH PHỐ HẢI PHÒNG", "TỈNH QUẢNG NINH")
        .replace("Hải Phòng", "Quảng Ninh"),
        encoding="utf-8",
    )
    wish = session.Wish(Period.parse("2026-9M"), "report_qn_2026_9m", place="QN")
    done = session.run(copied, elsewhere, wish, tmp_path / "sheet-qn")
    acceptance.accept(copied, done.folder)
    held = rows(copied.data / "observations" / "2026-9M.csv")
    assert {row["place"] for row in held} == {"HP", "QN"}
    known = {row["id"]: row["issuer"] for row in rows(copied.data / "sources.csv")}
    assert known["report_qn_2026_9m"] == "UBND tỉnh Quảng Ninh"
