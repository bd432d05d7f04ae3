"""The HTML page: one file that stands alone, every number leads to its source."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

import composed
from halfyear import entry, origin
from halfyear.errors import RenderError
from halfyear.project import Project
from halfyear.render import briefing, engine, markup, shade, svg
from halfyear.render.layout import Layout

STAMP = 1_782_777_600
VOID = {"meta", "br", "img", "link", "input", "hr", "col", "wbr"}


def render(project: Project, source: Path, out: Path) -> str:
    """Text of the page made of `source`."""
    made = briefing.render(
        source,
        out,
        lang=source.name.split(".")[1],
        engine=engine.choose("embedded"),
        timestamp=STAMP,
        template_dir=project.report,
        forms=(briefing.HTML,),
    )
    return made[0].read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(project: Project, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The Vietnamese page."""
    folder = tmp_path_factory.mktemp("page")
    return render(project, composed.write(folder, "vi"), folder / "out")


@pytest.fixture
def refuse(project: Project, tmp_path: Path) -> Callable[..., str]:
    """Give the words of the error for a source with one text replaced, or a chart's."""

    def run(old: str, new: str, chart: bool = False) -> str:
        text = composed.source("vi", rows=3)
        path = composed.write(tmp_path, "vi", text if chart else text.replace(old, new))
        if chart:
            drawing = tmp_path / "charts" / "bars.vi.svg"
            drawing.write_text(composed.SVG.replace(old, new), encoding="utf-8")
        with pytest.raises(RenderError) as caught:
            render(project, path, tmp_path / "out")
        return str(caught.value)

    return run


class Balance(HTMLParser):
    """Checks that every element that opens is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag, attrs


def test_nothing_is_reached_outside_the_file(page: str) -> None:
    addresses = re.findall(r'(?:src|href|srcset|action)="([^"]*)"', page)
    assert [a for a in addresses if not re.match(r"#|briefing\.|annex\.|data:", a)] == []
    assert set(re.findall(r"url\(\"?(.{5})", page)) <= {"data:", "#bars", "#line"}
    assert set(re.findall(r"https?://([^/]*)", page)) == {"www.w3.org"}
    assert markup.problems(page) == []


def test_elements_are_closed_in_order(page: str) -> None:
    balance = Balance()
    balance.feed(page)
    assert balance.wrong == []
    assert balance.open == []


def test_every_number_leads_to_its_entry(page: str) -> None:
    numbers = re.findall(r'<a class="num" data-id="([^"]+)" href="#([^"]+)">', page)
    assert [id for id, _ in numbers] == [
        "count:met",
        "obs:grdp@H1",
        "need:grdp",
        "count:missed",
        "obs:grdp@H1",
        "obs:grdp@H1",  # the two cards
        "obs:grdp@H1",
        *("obs:grdp@H1", "count:met") * 2,  # the charts
    ]
    for id, anchor in numbers:
        assert f'id="{anchor}" data-id="{id}"' in page


def test_headings_keep_their_order_under_one_title(page: str) -> None:
    assert [(level, id) for level, id, _ in markup.headings(page)] == [
        (1, ""),
        (2, "sec-findings"),
        (2, "sec-growth"),
        (3, "sec-gap"),
        (2, "sec-tables"),
    ]


def test_annex_stands_apart_in_the_contents(page: str) -> None:
    contents = page[page.index('<nav class="contents"') :]
    assert contents.index("#sec-growth") < contents.index("Phụ lục") < contents.index("#sec-tables")


def test_charts_stand_in_the_page_with_their_names(page: str) -> None:
    words = composed.WORDS["vi"]["alt"]
    names = re.findall(r'<svg class="chart"[^>]*role="(?:img|group)" aria-label="([^"]*)"', page)
    assert names == [f"{words} &gt; 0", f"{words} B"]
    assert "<img" not in page
    assert ">Đường đi &lt; 5</text>" in page


def test_ids_of_two_charts_never_meet(page: str) -> None:
    assert 'id="bars-vi-clip"' in page
    assert 'id="lines-vi-clip"' in page
    assert 'clip-path="url(#bars-vi-clip)"' in page
    assert 'href="#bars-vi-dot"' in page


def test_only_the_glyphs_of_the_page_are_embedded(page: str) -> None:
    families = re.findall(r'@font-face\{font-family:"(\w+)";font-weight:(\w+)', page)
    assert {("Tinos", "normal"), ("Arimo", "bold"), ("Cousine", "normal")} <= set(families)
    assert len(page.encode()) < 400_000


def test_text_from_data_is_text(page: str) -> None:
    assert "@fig-x #let $5 *a* &lt;b&gt;x&lt;/b&gt; -- a---b" in page


def test_formula_is_mathml(page: str) -> None:
    assert re.search(r"<math.*<mfrac><mi>a</mi><mi>b</mi></mfrac>", page)


def test_same_bytes_twice(project: Project, page: str, tmp_path: Path) -> None:
    assert render(project, composed.write(tmp_path, "vi"), tmp_path / "out") == page


def test_figures_behind_a_chart_come_along(project: Project, tmp_path: Path) -> None:
    source = composed.write(tmp_path, "vi", composed.source("vi", rows=3))
    (tmp_path / "charts" / "bars.vi.csv").write_text('name,value\n"a <b>",1.5\n', encoding="utf-8")
    assert 'data-csv="name,value\n&quot;a &lt;b&gt;&quot;,1.5' in render(project, source, tmp_path)


def test_a_figure_leads_to_the_notebook_of_its_language_where_a_build_names_one(
    project: Project, page: str, tmp_path: Path
) -> None:
    assert 'class="origin"' not in page
    source = composed.write(tmp_path, "vi", composed.source("vi", rows=3))
    (tmp_path / origin.NAME).write_text('{"03_scorecard": {"count:met": true}}', encoding="utf-8")
    linked = render(project, source, tmp_path / "out")
    charts = re.findall(r'<figure id="fig-[^"]+">.*?</figure>', linked, re.DOTALL)
    assert len(charts) == 2
    for chart in charts:
        assert '<p class="origin"><a href="notebooks/vi/03_scorecard.html">' in chart


def test_only_a_page_that_is_served_may_ask_its_server(project: Project, tmp_path: Path) -> None:
    source = composed.write(tmp_path, "vi", composed.source("vi", rows=3))
    layout = Layout(project.report)
    body = engine.choose("embedded").convert(source, "html", layout)
    alone, served = (
        briefing.finish_html(
            body, source, tmp_path, lang="vi", layout=layout, served=by_a_server
        ).read_text(encoding="utf-8")
        for by_a_server in (False, True)
    )
    assert "connect-src" not in alone
    assert "script-src 'unsafe-inline' 'self'; connect-src 'self';" in served


def test_number_without_a_source_is_refused(project: Project, tmp_path: Path) -> None:
    source = composed.write(tmp_path, "vi", composed.source("vi", rows=3))
    others = [one for one in composed.provenance("vi") if one.id != "obs:grdp@H1"]
    entry.save(others, entry.file(tmp_path, "vi"))
    with pytest.raises(RenderError, match="#p-obs-grdp-h1"):
        render(project, source, tmp_path / "out")


def test_a_character_that_no_font_has_is_refused_where_a_number_is_explained(
    project: Project, tmp_path: Path
) -> None:
    source = composed.write(tmp_path, "vi", composed.source("vi", rows=3))
    odd = entry.Entry("count:met", (entry.Fact("Văn bản", "một ☃"),))
    entry.save([odd, *composed.provenance("vi")[1:]], entry.file(tmp_path, "vi"))
    with pytest.raises(RenderError, match=r"provenance.vi.json.*U\+2603 SNOWMAN"):
        render(project, source, tmp_path / "out")


def test_what_is_told_of_a_number_is_text_whatever_it_holds(
    project: Project, tmp_path: Path
) -> None:
    source = composed.write(tmp_path, "vi", composed.source("vi", rows=3))
    known = composed.provenance("vi")
    told = (
        entry.Fact("Văn bản", "<b>5 < 6 & 7</b>"),
        entry.Fact("Cách tính", "a < b", formula=True),
        entry.Fact("Từ", operands=(entry.Operand("một", "1,5%", "sec-gap"), entry.Operand("hai"))),
    )
    known[0] = entry.Entry(known[0].id, told)
    entry.save(known, entry.file(tmp_path, "vi"))
    page = render(project, source, tmp_path / "out")
    assert '<div class="prov" id="p-count-met" data-id="count:met"><dl>' in page
    assert "<div><dt>Văn bản</dt><dd>&lt;b&gt;5 &lt; 6 &amp; 7&lt;/b&gt;</dd></div>" in page
    assert "<div><dt>Cách tính</dt><dd><code>a &lt; b</code></dd></div>" in page
    assert '<div><dt>Từ</dt><dd><a href="#sec-gap">1,5%</a> một; hai</dd></div>' in page


def test_number_without_an_id_is_refused(refuse: Callable[..., str]) -> None:
    assert "a number has no data-id" in refuse('.num data-id="need:grdp"', ".num")


def test_id_given_twice_is_refused(refuse: Callable[..., str]) -> None:
    assert "sec-growth" in refuse("#sec-gap", "#sec-growth")


@pytest.mark.bad("templates")
def test_picture_from_a_network_is_refused(refuse: Callable[..., str]) -> None:
    picture = '<image href="https://example.org/x.png"/>'
    assert "https://example.org/x.png" in refuse("<text ", f"{picture}<text ", chart=True)
    assert markup.problems(picture) == [("loaded from a network", "https://example.org/x.png")]


@pytest.mark.bad("templates")
@pytest.mark.parametrize(
    "text", ["<style>a{{background:{}}}</style>", '<p style="background:{}">a</p>']
)
def test_style_that_loads_is_refused(text: str) -> None:
    found = markup.problems(text.format("url('//example.org/x')"))
    assert found == [("loaded from a network", "url('//example.org/x'")]
    assert markup.problems(text.format("url(data:image/png;base64,AA)")) == []


@pytest.mark.bad("templates")
def test_what_stands_behind_the_end_of_the_page_is_looked_at_too() -> None:
    page = "<html><body></body></html>" + "<div>" * 300 + '<script src="https://example.org/a.js">'
    assert markup.problems(page) == [("loaded from a network", "https://example.org/a.js")]


@pytest.mark.bad("templates")
def test_missing_and_broken_charts_are_named(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"gone\.svg"):
        svg.inline(tmp_path / "gone.svg", alt="x", colours=set())
    (tmp_path / "broken.svg").write_text("<svg>", encoding="utf-8")
    with pytest.raises(RenderError, match=r"broken\.svg"):
        svg.inline(tmp_path / "broken.svg", alt="x", colours=set())


def test_language_without_interface_words_is_named(project: Project, tmp_path: Path) -> None:
    text = composed.source("vi", rows=3)
    with pytest.raises(RenderError, match=r"ui\.fr\.yml"):
        render(project, composed.write(tmp_path, "fr", text), tmp_path / "out")


@pytest.mark.parametrize("colour", ["#12436d", "#801650", "#1f1f1f", "#565a5e"])
def test_dark_partner_of_a_text_colour_reads_on_dark(colour: str) -> None:
    assert contrast(shade.dark(colour), "#14181c") >= 4.5


def test_paper_becomes_the_dark_page_and_bright_marks_stay() -> None:
    assert contrast(shade.dark("#ffffff"), "#14181c") < 1.3
    assert shade.dark("#f46a25") == "#f46a25"


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, WCAG 2.1."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_heads_above_heads_and_wide_cells_take_their_columns(page: str) -> None:
    table = page[page.index('id="tbl-heads"') :].partition("</table>")[0]
    over, heads, *rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    assert re.findall(r'colspan="(\d)"', over) == ["1", "2", "1"]
    assert "Khoảng hụt" in over
    assert heads.count("<th") == 4
    group, plain, missed = rows
    assert re.findall(r'colspan="(\d)"', group) == ["4"]
    assert "colspan" not in plain
    assert 'data-label="Khoảng hụt: Giá trị"' in plain
    assert re.findall(r'colspan="(\d)"', missed) == ["2"]


def test_on_a_phone_an_empty_cell_takes_no_place(page: str) -> None:
    table = page[page.index('id="tbl-headline"') :].partition("</table>")[0]
    cells = re.findall(r'<td class="([^"]*)"[^>]*><div class="cell">(.*?)</div>', table, re.DOTALL)
    for kinds, said in cells:
        assert ("blank" in kinds.split()) == (not said.strip())
    assert any("blank" in kinds for kinds, _ in cells)
    assert "tbody td.blank { display: none; }" in page


def test_cards_stand_side_by_side_each_under_its_title(page: str) -> None:
    cards = page[page.index('<div class="cards">') :]
    assert re.findall(r'<p class="card-title">\s*([^<]+?)\s*</p>', cards) == [
        "Tăng trưởng",
        "Khoảng hụt",
    ]
