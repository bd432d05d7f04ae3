"""The PDF: what it claims is true, it reads well, and a wrong source fails with a clear error."""

import time
from collections.abc import Callable
from pathlib import Path

import page
import pikepdf
import pytest
from pypdf import PdfReader

import composed
from halfyear.errors import RenderError
from halfyear.project import Project
from halfyear.render import briefing, engine, pdf, pdfcheck

STAMP = 1_782_777_600


def render(project: Project, source: Path, out: Path) -> list[Path]:
    """Render with the embedded engine; the edition is in the source's name."""
    return briefing.render(
        source,
        out,
        lang=source.name.split(".")[1],
        engine=engine.choose("embedded"),
        timestamp=STAMP,
        template_dir=project.report,
        forms=(briefing.PDF,),
    )


@pytest.fixture(scope="module")
def both(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of the bilingual edition."""
    folder = tmp_path_factory.mktemp("both")
    return render(project, composed.write(folder, "vi-en"), folder / "out")[0]


@pytest.fixture
def refuse(project: Project, tmp_path: Path) -> Callable[..., str]:
    """Give the words of the error for the Vietnamese source with one text replaced."""

    def run(old: str, new: str) -> str:
        text = composed.source("vi", rows=3)
        assert old in text
        path = composed.write(tmp_path, "vi", text.replace(old, new))
        with pytest.raises(RenderError) as caught:
            render(project, path, tmp_path / "out")
        return str(caught.value)

    return run


def test_bilingual_edition_is_only_a_pdf(both: Path) -> None:
    assert [path.name for path in both.parent.iterdir()] == ["briefing.vi-en.pdf"]


def test_bookmarks_follow_the_headings_of_both_languages(both: Path) -> None:
    titles = [title for title, _ in pdfcheck.headings(both)]
    vi, en = composed.WORDS["vi"], composed.WORDS["en"]
    assert titles == [
        text
        for words in (vi, en)
        for text in (
            words["title"].replace("\u00a0", " "),
            words["findings"],
            f"1. {words['growth']}",
            f"1.1. {words['gap']}",
            f"A. {words['tables']}",
        )
    ]


def test_pages_are_found_by_heading(both: Path) -> None:
    # Its page 1 would stay half empty, so the first section follows on it.
    pages = dict(pdfcheck.headings(both))
    assert pages["1. Tăng trưởng"] == 1
    assert 1 < pages["Trial economy, first half"] < pdfcheck.page_count(both)


def test_page_number_stands_on_top_from_page_two(both: Path) -> None:
    pages = [page.extract_text().strip().splitlines() for page in PdfReader(both).pages]
    assert pages[0][0] != "1"
    assert [lines[0] for lines in pages[1:]] == [str(n) for n in range(2, len(pages) + 1)]


def test_head_of_a_long_table_is_repeated(both: Path) -> None:
    pages = [page.extract_text() for page in PdfReader(both).pages]
    with_rows = [text for text in pages if "Chỉ tiêu 30" in text or "Chỉ tiêu 60" in text]
    assert len(with_rows) == 2
    assert all("Giá trị" in text for text in with_rows)


def test_text_from_data_is_text(both: Path) -> None:
    first = " ".join(PdfReader(both).pages[0].extract_text().split())
    assert '@fig-x #let $5 *a* <b>x</b> -- a---b -5 2025-2030 ... "q"' in first


def test_charts_carry_their_alt_text(both: Path) -> None:
    with pikepdf.open(both) as document:
        found = [
            str(item["/Alt"])
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
    for words in composed.WORDS.values():
        for alt in (f"{words['alt']} > 0", f"{words['alt']} B"):
            assert alt in found


@pytest.mark.parametrize("standard", ["ua1", "2a"])
def test_an_independent_checker_finds_the_standards_kept(both: Path, standard: str) -> None:
    """Every rule of PDF/UA-1 and of PDF/A-2a that `page` knows, by the profiles of veraPDF."""
    assert told(both, standard) == []


def test_an_independent_checker_sees_a_figure_that_lost_its_text(
    both: Path, tmp_path: Path
) -> None:
    with pikepdf.open(both) as document:
        figure = next(
            item
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        )
        del figure["/Alt"]
        document.save(tmp_path / "mute.pdf")
    assert told(tmp_path / "mute.pdf", "ua1")


def told(path: Path, standard: str) -> list[str]:
    """What the checker says of a file that is not as the standard asks."""
    found = page.validate_pdf(path, profile=standard)
    assert found.rules.total > 100
    return [f"{failure.rule_id}: {failure.message}" for failure in found.failures]


def test_english_half_is_marked_as_english(both: Path) -> None:
    with pikepdf.open(both) as document:
        langs = {
            str(item["/Lang"])
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/Lang" in item
        }
        assert str(document.Root.Lang).startswith("vi")
    assert any(lang.startswith("en") for lang in langs)


def test_same_bytes_in_another_folder_and_time_zone(
    project: Project, both: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    time.tzset()
    again = render(project, composed.write(tmp_path / "elsewhere", "vi-en"), tmp_path / "out")
    assert again[0].read_bytes() == both.read_bytes()


def test_chart_without_alt_text_is_refused_by_name(refuse: Callable[..., str]) -> None:
    words = refuse("Biểu đồ cột: dòng đầu cao nhất > 0", "")
    assert "fig-bars" in words
    assert "charts/bars.vi.svg has no alt text" in words


def test_letter_outside_the_fonts_is_refused_by_name(refuse: Callable[..., str]) -> None:
    words = refuse("Tăng trưởng chậm", "△ Tăng trưởng chậm")
    assert "U+25B3 WHITE UP-POINTING TRIANGLE" in words
    assert "row" in words


def test_decomposed_vietnamese_is_refused(refuse: Callable[..., str]) -> None:
    assert "decomposed letters" in refuse("Tăng trưởng chậm", "Ta\u0306ng chậm")


def test_table_with_a_width_too_many_is_refused(refuse: Callable[..., str]) -> None:
    words = refuse('widths="1fr,30"', 'widths="1fr,30,10"')
    assert "tbl-full has 2 columns, but 3 widths" in words


@pytest.mark.parametrize(
    ("place", "long"),
    [
        ("strong", "123.456.789.012,5"),  # a cell
        ("card-number", "123.456.789.012.345.678.901,5"),  # a card, of half the page
    ],
)
def test_number_wider_than_its_column_is_refused_by_name(
    place: str, long: str, refuse: Callable[..., str]
) -> None:
    rate = '[[{}]{{.num data-id="obs:grdp@H1"}}]{{.{}}}'
    words = refuse(rate.format("12,5%", place), rate.format(f"hơn {long}", place))
    assert f"wider than its column: {long}" in words


def test_long_names_wrap_inside_their_column(project: Project, tmp_path: Path) -> None:
    name = "Tên chỉ tiêu rất dài " * 10
    text = composed.source("vi", rows=3).replace("| Chỉ tiêu 1 |", f"| {name}|")
    made = render(project, composed.write(tmp_path, "vi", text), tmp_path / "out")
    page = PdfReader(made[0]).pages[1].extract_text()
    assert " ".join(page.split()).count("Tên chỉ tiêu rất dài") == 10


def test_letterhead_only_where_the_edition_asks(project: Project, tmp_path: Path) -> None:
    words = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    text = composed.source("vi", rows=3)
    for asked in (False, True):
        head = text.replace("lang: vi\n", f"lang: vi\nletterhead: {str(asked).lower()}\n")
        made = render(project, composed.write(tmp_path, "vi", head), tmp_path / "out")
        first = PdfReader(made[0]).pages[0].extract_text()
        assert [word in first for word in words] == [asked, asked]


def test_missing_source_and_missing_templates_are_named(project: Project, tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="no composed source"):
        render(project, tmp_path / "briefing.vi.qmd", tmp_path)
    with pytest.raises(RenderError, match="no templates here"):
        briefing.render(
            composed.write(tmp_path, "vi"),
            tmp_path,
            lang="vi",
            engine=engine.choose("embedded"),
            timestamp=STAMP,
            template_dir=tmp_path,
        )


def test_check_tells_all_that_a_foreign_pdf_lacks(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "plain.pdf"
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(612, 792))
        font = pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name.Arial)
        document.pages[0].obj["/Private"] = document.make_indirect(font)
        document.save(path)
    with pytest.raises(RenderError) as caught:
        pdfcheck.check(path, lang="vi", fonts=project.report / "fonts")
    words = str(caught.value)
    for fault in ("structure tree", "tagged", "wrong language", "pdfuaid:part", "A4", "not ours"):
        assert fault in words


def test_check_accepts_no_other_language(both: Path, project: Project) -> None:
    with pytest.raises(RenderError, match="wrong language"):
        pdfcheck.check(both, lang="en", fonts=project.report / "fonts")


def test_error_of_the_compiler_names_its_place(project: Project, tmp_path: Path) -> None:
    source = tmp_path / "briefing.vi.typ"
    source.write_text('#image("gone.svg", alt: "x")', encoding="utf-8")
    with pytest.raises(RenderError, match="file not found") as caught:
        pdf.compile_pdf(
            source, tmp_path / "x.pdf", fonts=project.report / "fonts", timestamp=0, words={}
        )
    assert "briefing.vi.typ:1" in str(caught.value)
    assert not (tmp_path / "x.pdf").exists()
