"""Bad input on the page: the layout holds, or the run says clearly what does not fit."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
import typst

import composed
import opened
from halfyear.charts.style import Chart
from halfyear.compose import briefing, markup
from halfyear.edition import Edition
from halfyear.errors import HalfyearError, RenderError
from halfyear.interval import Interval
from halfyear.project import Project
from halfyear.proofs import limits, overlap, printed
from halfyear.proofs.page import Page
from halfyear.render import briefing as pages
from halfyear.render import density
from halfyear.render.engine import choose
from halfyear.results import Results

MARKUP = "A | B <b>x</b> *y* [z](w) $q$ `c` {#d} @e ~g^h"


def pdf(folder: Path, text: str) -> Path:
    source, out = folder / "a.typ", folder / "a.pdf"
    source.write_text('#set text(font: "Tinos", size: 10pt)\n' + text, encoding="utf-8")
    fonts = typst.Fonts(False, False, [Path(__file__).parents[1] / "report" / "fonts"])
    typst.compile(source, output=out, font_paths=fonts)
    return out


def test_text_beside_text_is_no_fault(tmp_path: Path) -> None:
    text = "#grid(columns: (40mm, 40mm), [Doanh nghiệp], align(right)[123.456])\n\nTiếp theo"
    assert overlap.problems(pdf(tmp_path, text)) == []


def test_text_on_text_is_found_with_its_page(tmp_path: Path) -> None:
    text = "Trang một #pagebreak() #grid(columns: (12mm, 40mm), box[123.456.789.012], [hai])"
    (problem,) = overlap.problems(pdf(tmp_path, text))
    assert problem.what == "text lies on text on page 2"
    assert "123.456.789.012hai" in problem.found


def test_text_that_leaves_the_page_is_found(tmp_path: Path) -> None:
    (problem,) = overlap.problems(pdf(tmp_path, f"#box[{'x' * 200}]"))
    assert problem.what == "text leaves the page on page 1"


def rendered(project: Project, folder: Path, text: str) -> tuple[Path, Path]:
    source = composed.write(folder, "vi", text)
    pages.render(
        source,
        folder,
        lang="vi",
        engine=choose("embedded"),
        timestamp=0,
        template_dir=project.report,
    )
    return source, folder / "briefing.vi.pdf"


def test_a_page_one_of_two_pages_is_refused(project: Project, tmp_path: Path) -> None:
    text = composed.source("vi").replace("2. B\n", "2. B\n" + "3. Dài thêm một dòng nữa.\n" * 60)
    with pytest.raises(RenderError, match="page 1 is not one page") as told:
        limits.check(*rendered(project, tmp_path, text))
    assert "found 2 pages" in str(told.value)


def test_more_than_ten_pages_before_the_annex_are_refused(project: Project, tmp_path: Path) -> None:
    long = composed.source("vi", rows=500)
    with pytest.raises(RenderError, match="too many pages before the annex"):
        limits.check(*rendered(project, tmp_path / "long", long))
    annex = long.replace("#sec-tables", "#sec-annex")
    limits.check(*rendered(project, tmp_path / "annex", annex))


def test_a_chart_without_alt_text_is_refused_by_name() -> None:
    with pytest.raises(RenderError, match="growth: a chart has no alt text"):
        markup.figure(Chart("growth", "<svg/>", " "), "vi", "1", "Hình 1. Tăng trưởng")


@pytest.fixture(scope="module")
def results(built: Path) -> Results:
    """Results of the built edition."""
    return Results.load(built / "results.json")


@pytest.fixture
def render(project: Project, results: Results, tmp_path: Path) -> Callable[..., Path]:
    """Compose and render the English pages of an edition, within the limits.

    What the composition itself counts between editions is left for it to count again.
    """

    def run(edition: Edition, found: Results | None = None) -> Path:
        given = found or results
        kept = {id: given[id] for id in given.quantities if ".." not in id}
        known = Results(kept, given.verdicts, given.lists)
        briefing.write(edition, known, tmp_path / "composed")
        source = tmp_path / "composed" / "briefing.en.qmd"
        pages.render(
            source,
            tmp_path,
            lang="en",
            engine=choose("embedded"),
            timestamp=0,
            template_dir=project.report,
        )
        limits.check(source, tmp_path / "briefing.en.pdf")
        return tmp_path

    return run


def named(text: str) -> Edition:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        hit = frame["id"] == "exports"
        for lang in ("vi", "en"):
            frame.loc[hit, f"name_short_{lang}"] = text
        return frame

    return opened.altered("indicators", change)


def holds_or_tells(
    render: Callable[..., Path], edition: Edition, shown: str, found: Results | None = None
) -> str:
    """Either all of `shown` is on the page and in the PDF, or a readable error comes."""
    try:
        folder = render(edition, found)
    except HalfyearError as error:
        return str(error)
    page = Page.read(folder / "briefing.en.html")
    assert any(shown in block.text for block in page.blocks)
    assert any(shown in line for line in printed.lines(folder / "briefing.en.pdf"))
    return ""


@pytest.mark.slow
def test_a_name_of_200_characters_holds_or_is_told(render: Callable[..., Path]) -> None:
    name = ("Exports of goods and services " * 7)[:200].strip()
    told = holds_or_tells(render, named(name), name)
    assert not told or "page" in told or "wider" in told


@pytest.mark.slow
def test_a_word_of_200_letters_is_told(render: Callable[..., Path]) -> None:
    told = holds_or_tells(render, named("x" * 200), "x" * 200)
    assert "wider than its column" in told or "page" in told


@pytest.mark.slow
def test_a_value_of_12_digits_holds_or_is_told(
    render: Callable[..., Path], results: Results
) -> None:
    large = Results(dict(results.quantities), dict(results.verdicts), dict(results.lists))
    edition = opened.changed(
        "observations",
        "value",
        Decimal("123456789012"),
        indicator="exports",
        time_period="2026-H1",
        measure="level",
    )
    for id, quantity in results.quantities.items():
        if id.startswith("obs:exports.level@2026-H1"):
            interval = Interval.of(Decimal("123456789012"))
            large.quantities[id] = replace(quantity, interval=interval)
    told = holds_or_tells(render, edition, "123,456,789,012", large)
    assert not told or "123,456,789,012" in told


@pytest.mark.slow
def test_a_missing_figure_is_said_in_words(render: Callable[..., Path]) -> None:
    where = {"indicator": "exports", "time_period": "2026-H1", "measure": "level"}
    folder = render(opened.without("observations", **where))
    page = Page.read(folder / "briefing.en.html")
    texts = [block.text for block in page.blocks]
    row = texts.index(next(text for text in texts if text.startswith("Exports, ")))
    assert texts[row + 1] == "not published"


@pytest.mark.slow
def test_markup_inside_data_is_text(render: Callable[..., Path]) -> None:
    assert holds_or_tells(render, named(MARKUP), MARKUP) == ""


@pytest.mark.slow
def test_no_headline_data_holds_or_is_told(render: Callable[..., Path]) -> None:
    none = opened.altered("headline", lambda frame: frame[frame["year"] == 1999])
    assert holds_or_tells(render, none, "Economy and society") is not None


def test_a_source_is_set_tight_once(tmp_path: Path) -> None:
    composed = tmp_path / "briefing.vi.qmd"
    composed.write_text('---\ntitle: "Kinh tế"\n---\n\nMột dòng.\n\n---\n', encoding="utf-8")
    assert density.tighten(composed)
    assert composed.read_text(encoding="utf-8").startswith(
        '---\ntitle: "Kinh tế"\ndensity: tight\n---\n\nMột'
    )
    assert not density.tighten(composed)
