"""From a Word or PDF report to rows: every figure is found again at the place it was read."""

import csv
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import docx
import pytest
import typst
from docx.oxml import OxmlElement

import small_project
from halfyear.data import proof
from halfyear.data.faults import Fault
from halfyear.intake import acceptance, session
from halfyear.period import Period
from halfyear.project import Project

ROOT = Path(__file__).resolve().parents[1]
OBS = "observations/2026-9M"
LINES = (
    "UBND THÀNH PHỐ HẢI PHÒNG",
    "BÁO CÁO",
    "Tình hình kinh tế - xã hội 9 tháng đầu năm 2026 (số liệu giả định)",
    "I. KẾT QUẢ THỰC HIỆN",
    "1. Kinh tế",
    "Kim ngạch xuất khẩu 9 tháng ước đạt 41,25 tỷ USD, tăng 9,4% so với cùng kỳ, vượt kịch bản.",
    normalize("NFD", "Khách quốc tế 9 tháng ước đạt 1.702,4 nghìn lượt; vốn FDI 9 tháng ước đạt ")
    + "3,85 tỷ USD, giảm 2,1% so với cùng kỳ.",
    "Ghi chú theo Quyết định số 125/QĐ-UBND ngày 30/9/2026.",
)
EXPECTED = {
    ("exports", "level", "41.25"),
    ("exports", "growth_yoy", "9.4"),
    ("visitors_international", "level", "1702.4"),
    ("fdi", "level", "3.85"),
    ("fdi", "growth_yoy", "-2.1"),
}


def word_file(path: Path, lines: tuple[str, ...]) -> Path:
    """Write a Word file with a table first, a tab, a line break and the mark of a footnote."""
    made = docx.Document()
    grid = made.add_table(rows=2, cols=2)
    grid.cell(0, 0).text, grid.cell(1, 1).text = "Nơi nhận", "Lưu: VT, 2026"
    for line in lines:
        first, comma, rest = line.partition(", ")
        run = made.add_paragraph().add_run(first)
        if comma:
            mark = OxmlElement("w:footnoteReference")
            mark.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}id", "2")
            run._r.append(mark)
            run.add_text(comma)
            run.add_break()
            run.add_text(rest)
    made.save(str(path))
    return path


def pdf_file(path: Path, lines: tuple[str, ...]) -> Path:
    """Write a PDF whose narrow pages break the lines of the text inside sentences."""
    source = path.with_suffix(".typ")
    body = "\n\n".join(f"#par[#{chr(34)}{normalize('NFC', line)}{chr(34)}]" for line in lines)
    page = '#set page(width: 12cm, height: 9cm)\n#set text(font: "Arimo", size: 10pt)\n'
    source.write_text(page + body, encoding="utf-8")
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[ROOT / "report" / "fonts"])
    made = typst.Compiler(source, font_paths=fonts).compile(format="pdf")
    assert isinstance(made, bytes)
    path.write_bytes(made)
    return path


def text_file(path: Path, lines: tuple[str, ...]) -> Path:
    """Write a text file as Windows saves it: with a mark at its start and two signs a line end."""
    path.write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    return path


WRITERS: dict[str, Callable[[Path, tuple[str, ...]], Path]] = {
    "report.docx": word_file,
    "report.pdf": pdf_file,
    "report_9m.txt": text_file,
}


@pytest.fixture(scope="module", params=WRITERS)
def original(
    small_original: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Path:
    """A report beside the small project's own documents, read and accepted."""
    root = small_project.copy(small_original, tmp_path_factory.mktemp("read") / "p")
    path = WRITERS[request.param](root / "sources" / request.param, LINES)
    wish = session.Wish(Period.parse("2026-9M"), "made_up_2026_9m", place="HP")
    done = session.run(Project(root), path, wish, root / "sheet")
    acceptance.accept(Project(root), done.folder)
    return path


@pytest.fixture
def accepted(original: Path, tmp_path: Path) -> Path:
    """The accepted report in a project free to be broken."""
    return small_project.copy(original.parents[1], tmp_path / "p") / "sources" / original.name


def found(report: Path) -> list[Fault]:
    told = proof.verify(Project(report.parents[1]), report.parent)
    return [problem for problem in told if isinstance(problem, Fault)]


def rows(root: Path, table: str) -> list[dict[str, str]]:
    with (root / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_figure_taken_in_is_found_again_at_its_place(accepted: Path) -> None:
    entered = rows(accepted.parents[1], OBS)
    assert {(row["indicator"], row["measure"], row["value"]) for row in entered} == EXPECTED
    assert all(row["line"] and row["nth"] for row in entered)
    assert found(accepted) == []


def test_a_report_with_another_digit_is_not_the_report_that_was_read(accepted: Path) -> None:
    WRITERS[accepted.name](accepted, tuple(line.replace("41,25", "41,35") for line in LINES))
    assert [fault.code for fault in found(accepted)] == ["proof_file_missing"]


@pytest.mark.parametrize("cell", ["line", "nth"])
def test_a_figure_moved_to_another_place_is_named(accepted: Path, cell: str) -> None:
    root = accepted.parents[1]
    for number, row in enumerate(rows(root, OBS), 2):
        if row["value"] == "3.85":
            small_project.put(root, OBS, number, **{cell: str(int(row[cell]) + 1)})
            named = [(fault.code, fault.row) for fault in found(accepted)]
            assert ("proof_not_there", number) in named
