"""The Word document: what an office can edit, what a reader of it can hear, the same bytes."""

import io
import re
import zipfile
from pathlib import Path, PurePosixPath
from posixpath import normpath

import docx
import matplotlib.image as mpl_image
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.table import Table
from lxml import etree

import composed
from halfyear.errors import RenderError
from halfyear.office import table, word
from halfyear.project import Project
from halfyear.proofs.numbering import numerals
from halfyear.proofs.page import BODY, Page


@pytest.fixture(scope="module")
def file(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("word")
    source = composed.write(folder / "composed", "vi")
    return word.write(source, folder, lang="vi", template_dir=project.report)


@pytest.fixture(scope="module")
def document(file: Path) -> Document:
    return docx.Document(str(file))


def texts(document: Document, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == style]


def test_headings_title_and_captions_have_their_real_styles(document: Document) -> None:
    words = composed.WORDS["vi"]
    assert texts(document, "Title") == [words["title"]]
    found = [p for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert [(p.style.name, p.text) for p in found] == [
        ("Heading 1", words["findings"]),
        ("Heading 1", f"1. {words['growth']}"),
        ("Heading 2", f"1.1. {words['gap']}"),
        ("Heading 1", f"A. {words['tables']}"),
    ]
    captions = texts(document, "Caption")
    assert captions == [f"{words['growth']}: {words['message']}", words["gap"], words["tables"]]


def test_page_is_a4_with_the_margins_of_an_office_letter(document: Document) -> None:
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [20, 20, 30, 15]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml


def test_text_is_13_points_in_a_font_that_offices_have(document: Document) -> None:
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size.pt) == ("Times New Roman", 13)
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    every = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    looks = {p.style.name: p.style.font for p in every}
    assert min(font.size.pt for font in looks.values()) >= 9.5
    assert {font.name for font in looks.values()} == {"Times New Roman"}


def test_no_table_style_comes_along_that_no_table_has(document: Document) -> None:
    tables = {style.name for style in document.styles if style.type == WD_STYLE_TYPE.TABLE}
    assert tables == {"Normal Table", "Table"}  # the first is Word's own, the base of all
    assert {table.style.name for table in document.tables} == {"Table"}


def test_tables_repeat_their_heads_and_keep_rows_whole(document: Document) -> None:
    headline, _cards, heads, full = document.tables
    assert len(full.rows) == 61
    for grid in (headline, heads, full):
        first = grid.rows[0]._tr.trPr
        assert first.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in grid.rows)
        width = sum(int(c.get(qn("w:w"))) for c in grid._tbl.tblGrid.findall(qn("w:gridCol")))
        assert abs(width / 1440 * 25.4 - 165) < 0.5


def test_an_empty_cell_is_no_higher_than_its_row(document: Document) -> None:
    rows = [[c.paragraphs[0].style.name for c in r.cells] for r in document.tables[0].rows]
    assert {name for row in rows[1:] for name in row} == {"Headline Text"}
    assert set(rows[0]) == {"Headline Head"}


def kept_with_next(*said: tuple[str, str]) -> list[bool | None]:
    """Which rows of a finished table with these words stay on the page of the next row."""
    grid = docx.Document().add_table(len(said), 2)
    for row, words in zip(grid.rows, said, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            if text:
                cell.paragraphs[0].add_run(text)
    table.finish(grid)
    return [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in grid.rows]


def test_a_line_in_bold_stays_with_what_it_heads() -> None:
    paper = docx.Document()
    for parts in (("Đề xuất", ""), ("Đề xuất", " của xã")):
        line = paper.add_paragraph(style="Body Text")
        line.add_run(parts[0]).bold = True
        line.add_run(parts[1])
    word.keep_leads(paper)
    assert [p.paragraph_format.keep_with_next for p in paper.paragraphs] == [True, None]


def test_a_group_stays_with_its_first_row() -> None:
    rows = [("Một", "1")] * 9
    assert kept_with_next(("Chỉ tiêu", "Giá trị"), ("Nhóm", ""), *rows) == [None, True, *[None] * 9]


def test_a_short_table_stays_on_one_page() -> None:
    rows = [("Một", "1")] * 9
    assert kept_with_next(("Chỉ tiêu", "Giá trị"), *rows) == [True] * 9 + [None]


def test_text_after_a_table_stands_clear_of_it() -> None:
    paper = docx.Document()
    grid = paper.add_table(1, 2)
    following = paper.add_paragraph("Sau bảng", style="Body Text")
    table.finish(grid)
    assert following.paragraph_format.space_before.pt == table.AFTER


def test_only_a_missed_row_is_tinted(document: Document) -> None:
    def tinted(grid: Table) -> list[int]:
        rows = enumerate(grid.rows)
        return [n for n, row in rows if row._tr.find(f".//{qn('w:shd')}") is not None]

    assert tinted(document.tables[0]) == [1]
    assert tinted(document.tables[-1]) == []
    assert "row-missed" not in document.element.xml


def test_a_head_above_heads_and_a_wide_cell_take_their_columns(document: Document) -> None:
    heads = document.tables[2]
    words = [[cell.text for cell in row.cells] for row in heads.rows]
    assert words[0] == ["", "Khoảng hụt", "Khoảng hụt", ""]  # one cell under two columns
    assert words[2] == ["Tăng trưởng"] * 4
    assert words[4][2] == words[4][3] == "Tăng trưởng chậm hơn dự tính"
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in heads.rows]
    assert repeated == [True, True, False, False, False]


def test_cards_are_one_row_each_with_title_figure_and_words(document: Document) -> None:
    (row,) = document.tables[1].rows
    assert [[p.text for p in cell.paragraphs] for cell in row.cells] == [
        ["Tăng trưởng", "12,5%", "Tăng trưởng chậm hơn dự tính."],
        ["Khoảng hụt", "12,5%", "Tăng trưởng chậm hơn dự tính."],
    ]


def test_numbers_stay_text_and_the_sign_stands_beside_its_word(document: Document) -> None:
    cells = [cell.text for cell in document.tables[0].rows[1].cells]
    assert cells[2] == "12,5%a"
    assert cells[3].startswith("▼ không đạt\n")
    assert "14,4–14,7%" in texts(document, "Message")[0]


def test_pictures_are_drawn_and_speak(document: Document) -> None:
    words = composed.WORDS["vi"]
    said = [d.get("descr") for d in document.element.body.iter(qn("wp:docPr"))]
    assert said == [f"{words['alt']} > 0", f"{words['alt']} B"]
    numbers = [d.get("id") for d in document.element.body.iter(qn("wp:docPr"))]
    assert len(set(numbers)) == len(numbers)
    pictures = [p for p in document.part.package.iter_parts() if "image" in p.content_type]
    assert {p.content_type for p in pictures} == {"image/png"}
    inline = [d.getparent() for d in document.element.body.iter(qn("wp:docPr"))]
    assert {d.get(f"dist{side}") for d in inline for side in "TBLR"} == {"0"}
    width = document.inline_shapes[0].width
    assert abs(width.mm - 165) < 1


def test_pictures_are_drawn_on_white(document: Document) -> None:
    parts = document.part.related_parts
    blips = [parts[b.get(qn("r:embed"))].blob for b in document.element.body.iter(qn("a:blip"))]
    corners = [mpl_image.imread(io.BytesIO(blip))[0, 0, :3] for blip in blips]
    colours = ["".join(f"{round(255 * float(c)):02X}" for c in corner) for corner in corners]
    assert colours == ["FFFFFF", "FFFFFF"]


def test_page_1_ends_before_the_text_and_a_later_break_is_its_headings(
    document: Document, project: Project, tmp_path: Path
) -> None:
    words = composed.WORDS["vi"]
    (after,) = (p.text for p in document.paragraphs if p.paragraph_format.page_break_before)
    assert after == f"1. {words['growth']}"
    source = composed.write(tmp_path, "vi")
    text = source.read_text(encoding="utf-8")
    broken = text.replace("\n# A. ", "\n::: pagebreak\n:::\n\n# A. ")
    source.write_text(broken, encoding="utf-8")
    again = docx.Document(str(word.write(source, tmp_path, lang="vi", template_dir=project.report)))
    broken_before = [p.text for p in again.paragraphs if p.paragraph_format.page_break_before]
    assert broken_before == [after, f"A. {words['tables']}"]
    assert again.element.body.find(f".//{qn('w:br')}[@{qn('w:type')}='page']") is None


def test_figures_and_tables_lead_to_the_list_of_documents(
    document: Document, project: Project, tmp_path: Path
) -> None:
    assert not list(document.element.body.iter(qn("w:hyperlink")))  # this source lists none
    source = composed.write(tmp_path, "vi")
    with source.open("a", encoding="utf-8") as file:
        file.write("\n\n## A.8. Nguồn {#sec-sources}\n\nVăn bản.\n")
    listed = docx.Document(
        str(word.write(source, tmp_path, lang="vi", template_dir=project.report))
    )
    links = list(listed.element.body.iter(qn("w:hyperlink")))
    assert len(links) == len(texts(listed, "Caption"))
    assert {link.get(qn("w:anchor")) for link in links} == {"sec-sources"}
    marks = [mark.get(qn("w:name")) for mark in listed.element.body.iter(qn("w:bookmarkStart"))]
    assert "sec-sources" in marks
    # the title alone: its number would be one more numeral than the page has
    assert {"".join(link.itertext(qn("w:t"))) for link in links} == {"Nguồn"}


def test_the_points_of_page_1_are_small_enough_to_stay_on_it(
    project: Project, tmp_path: Path
) -> None:
    source = composed.write(tmp_path, "vi")
    text = source.read_text(encoding="utf-8")
    source.write_text(f"{text}\n\n::: findings\n1. Một.\n2. Hai.\n:::\n", encoding="utf-8")
    made = docx.Document(str(word.write(source, tmp_path, lang="vi", template_dir=project.report)))
    points = [p for p in made.paragraphs if p.style.name == "Point"]
    assert [p.text for p in points][-2:] == ["Một.", "Hai."]
    assert all(p._p.pPr.numPr is not None for p in points[-2:])
    assert made.styles["Point"].font.size.pt == 10


def test_every_relationship_resolves_and_no_id_stands_twice(file: Path) -> None:
    with zipfile.ZipFile(file) as parts:
        names = parts.namelist()
        links = [name for name in names if name.endswith(".rels")]
        for name in links:
            base = PurePosixPath(name).parent.parent
            for link in etree.fromstring(parts.read(name)):
                target = link.get("Target")
                inside = target[1:] if target.startswith("/") else normpath(base / target)
                assert link.get("TargetMode") == "External" or inside in names, (name, target)
        body = etree.fromstring(parts.read("word/document.xml"))
        known = etree.fromstring(parts.read("word/styles.xml"))
    assert len(names) == len(set(names))
    defined = {style.get(qn("w:styleId")) for style in known.iter(qn("w:style"))}
    used = {e.get(qn("w:val")) for e in body.iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))}
    assert used <= defined
    for tag, key in (("w:bookmarkStart", "w:id"), ("w:bookmarkStart", "w:name")):
        ids = [element.get(qn(key)) for element in body.iter(qn(tag))]
        assert len(ids) == len(set(ids))


def test_text_that_looks_like_code_is_text(document: Document) -> None:
    everything = "\n".join(p.text for p in document.paragraphs)
    assert '@fig-x #let $5 *a* <b>x</b> -- a---b -5 2025-2030 ... "q"' in everything


def test_language_and_properties_are_set(document: Document, file: Path) -> None:
    known = document.core_properties
    assert (known.title, known.language) == (composed.WORDS["vi"]["title"], "vi-VN")
    with zipfile.ZipFile(file) as parts:
        assert 'w:val="vi-VN"' in parts.read("word/styles.xml").decode()
        stamps = {part.date_time for part in parts.infolist()}
    assert len(stamps) == 1


def test_same_source_gives_the_same_bytes_elsewhere(
    project: Project, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    source = composed.write(tmp_path / "another place", "vi")
    again = word.write(source, tmp_path, lang="vi", template_dir=project.report)
    assert again.read_bytes() == file.read_bytes()


def test_chart_without_alt_text_is_refused_by_name(project: Project, tmp_path: Path) -> None:
    source = composed.write(tmp_path, "vi")
    text = source.read_text(encoding="utf-8")
    source.write_text(re.sub(r"!\[[^\]]*\]\(charts/bars", "![](charts/bars", text), "utf-8")
    with pytest.raises(RenderError, match=r"charts/bars.vi.svg has no alt text"):
        word.write(source, tmp_path, lang="vi", template_dir=project.report)


def codes(document: Document) -> list[str]:
    """What the fields of a document ask for, in order."""
    return [one.text.strip() for one in document.element.body.iter(qn("w:instrText"))]


@pytest.fixture(scope="module")
def fielded(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Document:
    """A document with numbered captions, a text that names them, and contents."""
    text = composed.source("vi", rows=3)
    for old, new in (
        ("[Tăng trưởng: Tăng", "[Hình 1. Tăng trưởng: Tăng"),
        ("[Bảng đầy đủ]{.caption}", "[Bảng 1. Bảng đầy đủ]{.caption}"),
        ("::: pagebreak\n:::", "::: contents\n:::\n\nXem Hình 1 và Bảng 1, không phải Bảng 12."),
    ):
        assert old in text
        text = text.replace(old, new)
    folder = tmp_path_factory.mktemp("fielded")
    source = composed.write(folder, "vi", text)
    return docx.Document(str(word.write(source, folder, lang="vi", template_dir=project.report)))


def test_captions_count_themselves_and_what_names_them_follows(fielded: Document) -> None:
    assert [code for code in codes(fielded) if not code.startswith("TOC")] == [
        *(r"REF _Ref_Hình_1 \h", r"REF _Ref_Bảng_1 \h"),
        *(r"SEQ Hình \* ARABIC", r"SEQ Bảng \* ARABIC"),
    ]
    marks = [m.get(qn("w:name")) for m in fielded.element.body.iter(qn("w:bookmarkStart"))]
    assert {"_Ref_Hình_1", "_Ref_Bảng_1"} <= set(marks)
    shown = [p.text for p in fielded.paragraphs]
    assert "Xem Hình 1 và Bảng 1, không phải Bảng 12." in shown
    assert "Bảng 1. Bảng đầy đủ" in shown


def test_contents_are_a_field_filled_with_a_link_a_section(fielded: Document) -> None:
    assert sum(code.startswith("TOC") for code in codes(fielded)) == 1
    lines = [p for p in fielded.paragraphs if p.style.name.lower() == "toc 1"]
    heads = [p.text for p in fielded.paragraphs if p.style.name == "Heading 1"]
    assert [line.text for line in lines] == heads
    anchors = [line._p.find(qn("w:hyperlink")).get(qn("w:anchor")) for line in lines]
    assert anchors == ["sec-findings", "sec-growth", "sec-tables"]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_built_document_holds_the_numerals_of_the_page(built: Path, lang: str) -> None:
    page = Page.read(built / f"briefing.{lang}.html")
    shown = [b.text for b in page.blocks if b.zone == BODY and not b.drawing]
    document = docx.Document(str(built / f"briefing.{lang}.docx"))
    written = []
    for element in document.element.body.iter(qn("w:p")):
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and style.get(qn("w:val")) == "TOC1":
            continue  # the contents repeat the headings; the page's stand outside its body
        parts = element.iter(qn("w:t"), qn("w:br"))
        written.append("".join(p.text or "" if p.tag == qn("w:t") else " " for p in parts))
    assert [n for text in written for n in numerals(text)] == [
        n for text in shown for n in numerals(text)
    ]
