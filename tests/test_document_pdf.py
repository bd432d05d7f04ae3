"""PDF files: lines, raised marks, ruled tables, locks, scanned pages, many pages."""

import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import typst

from halfyear.document import reader
from halfyear.document.step import Step
from halfyear.errors import IntakeError

ROOT = Path(__file__).resolve().parents[1]
PAGE = '#set page(width: 21cm, height: 29.7cm)\n#set text(font: "Arimo", size: 11pt)\n'
LONG = "Văn bản này chỉ để thử, mọi con số trong đó là giả định.\n\n"
EXPORTS = "Kim ngạch xuất khẩu 9 tháng ước đạt 37,9 tỷ USD"


@pytest.fixture(scope="module")
def compiled() -> Callable[[str], bytes]:
    """Make a PDF of Typst markup, once for each text."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[ROOT / "report" / "fonts"])

    def compile_(markup: str) -> bytes:
        made = typst.compile((PAGE + markup).encode(), font_paths=fonts, format="pdf")
        assert isinstance(made, bytes)
        return made

    return compile_


def read(path: Path, raw: bytes) -> reader.Document:
    path.write_bytes(raw)
    return reader.read(path)


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("đạt 37,9#super[1] tỷ USD", "đạt 37,9¹ tỷ USD"),
        ("tăng 18,4%#super[12] so với", "tăng 18,4%¹² so với"),
        ("đạt 37,9#footnote[Gồm cả hàng gia công.] tỷ USD", "đạt 37,9¹ tỷ USD"),
        ("168.940#super[2]", "168.940²"),
        ("diện tích 12 m#super[2] sàn", "diện tích 12 m² sàn"),
        ("đạt #strike[41,2]39,4 tỷ", "đạt 39,4 tỷ"),
        ("đạt #underline[41,2] tỷ", "đạt 41,2 tỷ"),
        ("đạt #text(size: 7pt)[41,2] tỷ", "đạt 41,2 tỷ"),
        ("đạt *41,2* tỷ đồng", "đạt 41,2 tỷ đồng"),
        ("#text(size: 14pt)[Thu] 45,2 tỷ", "Thu 45,2 tỷ"),
        ("(-3,1%) và ≥ 11,5%", "(-3,1%) và ≥ 11,5%"),
    ],
)
def test_a_line_reads_as_the_page_shows_it(
    tmp_path: Path, compiled: Callable[[str], bytes], markup: str, shown: str
) -> None:
    assert shown in read(tmp_path / "a.pdf", compiled(LONG + markup)).lines


def test_a_note_begins_with_its_mark(tmp_path: Path, compiled: Callable[[str], bytes]) -> None:
    lines = read(tmp_path / "a.pdf", compiled(LONG + "đạt#footnote[Gồm hàng gia công.]")).lines
    assert lines[-1].startswith("¹")
    assert lines[-1].endswith("Gồm hàng gia công.")


TABLE = """
Bảng 1

#table(columns: 4,
  table.cell(rowspan: 2)[Chỉ tiêu], table.cell(rowspan: 2)[Đơn vị],
  table.cell(colspan: 2)[9 tháng],
  [Năm 2025], [Năm 2026],
  [Kim ngạch\\ xuất khẩu], [Tỷ USD], [32,0], [37,9#super[1]],
  [Nhập khẩu], [Tỷ USD], [31,2], [],
)

Sau bảng là câu này.
"""


def test_a_ruled_table_becomes_rows_where_it_stands(
    tmp_path: Path, compiled: Callable[[str], bytes]
) -> None:
    assert read(tmp_path / "a.pdf", compiled(LONG + TABLE)).lines[1:] == (
        "Bảng 1",
        "| Chỉ tiêu | Đơn vị | 9 tháng |  |",
        "|  |  | Năm 2025 | Năm 2026 |",
        "| Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9¹ |",
        "| Nhập khẩu | Tỷ USD | 31,2 |  |",
        "Sau bảng là câu này.",
    )


def test_a_frame_around_text_is_no_table(tmp_path: Path, compiled: Callable[[str], bytes]) -> None:
    lines = read(tmp_path / "a.pdf", compiled(LONG + f"#rect[{EXPORTS}]")).lines
    assert lines[-1] == EXPORTS


@pytest.mark.parametrize("level", [3, 4, 6])  # RC4, AES-128, AES-256
def test_protection_that_needs_no_password_is_no_hindrance(
    tmp_path: Path, compiled: Callable[[str], bytes], level: int
) -> None:
    raw = compiled(LONG + EXPORTS)
    for password in ("", "secret"):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(raw)) as document:
            lock = pikepdf.Encryption(
                user=password, owner="owner", R=level, aes=level > 3, metadata=level > 3
            )  # type: ignore[arg-type]
            document.save(out, encryption=lock)
        if password:
            with pytest.raises(IntakeError, match="protected by a password"):
                read(tmp_path / "a.pdf", out.getvalue())
        else:
            assert EXPORTS in read(tmp_path / "a.pdf", out.getvalue()).lines


@pytest.mark.bad("documents")
def test_a_pdf_that_does_not_say_its_letters_is_named(
    tmp_path: Path, compiled: Callable[[str], bytes]
) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(compiled(LONG * 3))) as document:
        for one in document.objects:
            if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one:
                del one["/ToUnicode"]
        document.save(out)
    with pytest.raises(IntakeError, match="no ToUnicode"):
        read(tmp_path / "a.pdf", out.getvalue())


@pytest.mark.bad("documents")
def test_scanned_pages_among_text_are_named(
    tmp_path: Path, compiled: Callable[[str], bytes]
) -> None:
    picture = (
        '#image(bytes("<svg xmlns=\\"http://www.w3.org/2000/svg\\" width=\\"9\\" height=\\"9\\">'
    )
    picture += '<image href=\\"data:image/png;base64,{}\\" width=\\"9\\" height=\\"9\\"/></svg>"))'
    dot = (
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AA"
        "AAMBAQDJ/pLvAAAAAElFTkSuQmCC"
    )
    scanned = picture.format(dot)
    text = LONG * 6
    markup = f"{text}#pagebreak()\n{scanned}\n#pagebreak()\n{text}#pagebreak()\n{scanned}"
    found = read(tmp_path / "a.pdf", compiled(markup))
    assert found.pictured == (2, 4)


def test_lines_that_run_along_the_edge_of_pages_are_read_once(
    tmp_path: Path, compiled: Callable[[str], bytes]
) -> None:
    head = "#set page(header: [BÁO CÁO KINH TẾ - XÃ HỘI 9 THÁNG], "
    head += "footer: context [Trang #counter(page).display()])\n"
    pages = "#pagebreak()\n".join(f"{EXPORTS}, lần {n}.\n" for n in range(1, 6))
    lines = read(tmp_path / "a.pdf", compiled(head + pages)).lines
    assert lines == (
        "BÁO CÁO KINH TẾ - XÃ HỘI 9 THÁNG",
        f"{EXPORTS}, lần 1.",
        "Trang 1",
        *(f"{EXPORTS}, lần {n}." for n in range(2, 6)),
    )


@pytest.mark.bad("documents")
def test_a_stream_that_unpacks_without_bound_is_refused(tmp_path: Path) -> None:
    document = pikepdf.new()
    document.add_blank_page()
    document.pages[0].Contents = pikepdf.Stream(document, b" " * 120_000_000)
    out = io.BytesIO()
    document.save(out, compress_streams=True)
    assert len(out.getvalue()) < 1_000_000
    with pytest.raises(IntakeError, match="unpacks to far more"):
        read(tmp_path / "a.pdf", out.getvalue())


def test_many_pages_of_tables_take_bounded_memory_and_tell_how_far_they_are(
    tmp_path: Path, compiled: Callable[[str], bytes]
) -> None:
    raw = compiled("#pagebreak()\n".join([LONG + TABLE] * 60))
    path = tmp_path / "a.pdf"
    path.write_bytes(raw)
    told: list[Step] = []
    tracemalloc.start()
    lines = reader.read(path, told.append).lines
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum("37,9¹" in line for line in lines) == 60
    assert [step.done for step in told] == [25, 50, 60]
    assert peak < 60_000_000
