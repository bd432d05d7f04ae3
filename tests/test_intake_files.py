"""Files the reader must read, and files it must refuse with a clear error."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter

from halfyear.document import reader
from halfyear.document.step import Step
from halfyear.errors import IntakeError

SENTENCE = "Kim ngạch xuất khẩu 9 tháng ước đạt 41,25 tỷ USD, tăng 9,4% so với cùng kỳ năm trước. "


def write_docx(path: Path) -> Path:
    made = docx.Document()
    made.add_paragraph(SENTENCE * 4)
    grid = made.add_table(rows=1, cols=2)
    grid.cell(0, 0).text, grid.cell(0, 1).text = "Thu nội địa", "47.300"
    made.save(str(path))
    return path


def test_word_gives_paragraphs_and_rows(tmp_path: Path) -> None:
    read = reader.read(write_docx(tmp_path / "report.docx"))
    assert read.lines[0].startswith("Kim ngạch xuất khẩu")
    assert "| Thu nội địa | 47.300 |" in read.lines


def test_a_paragraph_that_its_file_breaks_is_one_line(tmp_path: Path) -> None:
    made = docx.Document()
    run = made.add_paragraph().add_run(SENTENCE)
    run._r[0].text = SENTENCE.replace(", ", ",\n")
    made.save(str(tmp_path / "report.docx"))
    assert reader.read(tmp_path / "report.docx").lines == (SENTENCE.strip(),)


def test_decomposed_letters_are_composed(tmp_path: Path) -> None:
    from unicodedata import normalize

    path = tmp_path / "report.txt"
    path.write_text(normalize("NFD", SENTENCE * 4), encoding="utf-8")
    assert reader.read(path).lines[0] == SENTENCE * 4


def refusal(path: Path) -> str:
    with pytest.raises(IntakeError) as caught:
        reader.read(path)
    return str(caught.value)


@pytest.mark.bad("documents")
def test_broken_word_file_is_refused(tmp_path: Path) -> None:
    whole = write_docx(tmp_path / "report.docx").read_bytes()
    path = tmp_path / "half.docx"
    path.write_bytes(whole[: len(whole) // 2])
    assert "half.docx: the Word file is broken" in refusal(path)


@pytest.mark.bad("documents")
def test_protected_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locked.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2048)
    assert "protected by a password" in refusal(path)


@pytest.mark.bad("documents")
def test_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * 60_000_000)
    assert "unpacks to far more than a report holds" in refusal(path)


@pytest.mark.bad("documents")
def test_entities_that_grow_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "laughs.docx"
    xml = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", xml)
    assert "laughs.docx" in refusal(path)


@pytest.mark.bad("documents")
def test_zip_that_is_no_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("readme.txt", "x")
    assert "not what its ending says" in refusal(path)


@pytest.mark.bad("documents")
@pytest.mark.parametrize("ending", [".pdf", ".docx", ".xlsx"])
def test_a_text_under_another_ending_is_told_as_a_text(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"report{ending}"
    path.write_text("Kim ngạch xuất khẩu đạt 38,2 tỷ USD.\n", encoding="utf-8")
    told = refusal(path)
    assert "not what its ending says" in told
    assert "give it the ending .txt" in told


@pytest.mark.bad("documents")
def test_pdf_of_pictures_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(595, 842)
    writer.write(path)
    assert "pictures of pages, no text" in refusal(path)


@pytest.mark.bad("documents")
def test_protected_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(path)
    assert "protected by a password" in refusal(path)


@pytest.mark.bad("documents")
def test_broken_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog")
    assert "broken.pdf: the PDF is broken" in refusal(path)


@pytest.mark.bad("documents")
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("report.odt", b"x", "not a kind of file"),
        ("report.txt", b"\x80\x81\x82" * 200, "not Unicode"),
        ("empty.txt", b"\n" * 500, "holds no text"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert told in refusal(path)


@pytest.mark.bad("documents")
def test_missing_file_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "nowhere.txt")


def test_long_pdf_shows_progress(tmp_path: Path) -> None:
    writer = PdfWriter()
    for _ in range(300):
        writer.add_blank_page(595, 842)
    buffer = io.BytesIO()
    writer.write(buffer)
    path = tmp_path / "long.pdf"
    path.write_bytes(buffer.getvalue())
    told: list[Step] = []
    with pytest.raises(IntakeError):
        reader.read(path, told.append)
    assert str(told[0]) == "page 25 of 300"
    assert told[-1] == Step("page", 300, 300)
