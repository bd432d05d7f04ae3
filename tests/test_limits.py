"""Bad input on the page: the layout holds, or the run says clearly what does not fit."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import typst

import composed
import computed
import copies
import opened
from halfyear.charts.chart import Chart
from halfyear.compose import briefing
from halfyear.compose.source import Writer
from halfyear.compose.tree import Figure
from halfyear.edition import Edition
from halfyear.errors import DataError, HalfyearError, RenderError
from halfyear.project import Project
from halfyear.proofs import limits, overlap, printed
from halfyear.proofs.page import Page
from halfyear.render import briefing as pages
from halfyear.render import density
from halfyear.render.engine import choose
from halfyear.results import Results

PERIOD = "2026-H1"
OBSERVATIONS = f"observations/{PERIOD}"
Row = dict[str, str]
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
        forms=(pages.PDF,),
    )
    return source, folder / "briefing.vi.pdf"


@pytest.mark.parametrize("lines", [45, 60])  # a few lines on the second page, or half of it
def test_a_page_one_of_two_pages_is_refused(project: Project, tmp_path: Path, lines: int) -> None:
    more = "3. Dài thêm một dòng nữa.\n" * lines
    text = composed.source("vi").replace("2. B\n", "2. B\n" + more)
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
        Writer("vi").node(Figure(Chart("growth", "<svg/>", " "), "1", "Hình 1. Tăng trưởng"))


@pytest.fixture
def render(project: Project, tmp_path: Path) -> Callable[..., Path]:
    """Compose an edition, computed where no results are given, and render its English pages."""

    def run(edition: Edition, results: Results | None = None) -> Path:
        known = results or computed.studied(edition)
        briefing.write(edition, known, tmp_path / "composed", ["en"])
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
    """The edition with another name of exports, on which no result hangs."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        hit = frame["id"] == "exports"
        for lang in ("vi", "en"):
            frame.loc[hit, f"name_short_{lang}"] = text
        return frame

    return opened.altered("indicators", change)


def holds_or_tells(
    render: Callable[..., Path], edition: Edition, shown: str, results: Results | None = None
) -> str:
    """Either all of `shown` is on the page and in the PDF, or a readable error comes."""
    try:
        folder = render(edition, results)
    except HalfyearError as error:
        return str(error)
    page = Page.read(folder / "briefing.en.html")
    assert any(shown in block.text for block in page.blocks)
    assert any(shown in line for line in printed.lines(folder / "briefing.en.pdf"))
    return ""


@pytest.mark.slow
def test_a_name_of_200_characters_holds_or_is_told(render: Callable[..., Path]) -> None:
    name = ("Exports of goods and services " * 7)[:200].strip()
    told = holds_or_tells(render, named(name), name, computed.results())
    assert not told or "page" in told or "wider" in told


@pytest.mark.slow
def test_a_word_of_200_letters_is_told(render: Callable[..., Path]) -> None:
    told = holds_or_tells(render, named("x" * 200), "x" * 200, computed.results())
    assert "wider than its column" in told or "page" in told


@pytest.fixture
def revised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Edition]:
    """Give the edition of a copy of the project in which the rows of tables are changed."""

    def run(changes: dict[str, Callable[[Row], Row | None]]) -> Edition:
        project = copies.as_known("9999-12-31", tmp_path / "p")
        for table, change in changes.items():
            path = project.data / f"{table}.csv"
            header = path.read_text(encoding="utf-8").partition("\n")[0]
            kept = [row for row in map(change, copies.rows(project, table)) if row is not None]
            path.write_text(f"{header}\n", encoding="utf-8")
            for row in kept:
                copies.append(project, table, **row)
        monkeypatch.setenv("HALFYEAR_ROOT", str(project.root))
        return Edition.open(PERIOD)

    return run


def is_exports(row: Row) -> bool:
    return (row["indicator"], row["time_period"]) == ("exports", PERIOD)


def test_a_value_of_12_digits_is_refused(revised: Callable[..., Edition]) -> None:
    def large(row: Row) -> Row:
        known = {"value": "123456789012", "printed": "123.456.789.012", "printed_unit": row["unit"]}
        return {**row, **known} if is_exports(row) and row["measure"] == "level" else row

    with pytest.raises(DataError, match=r"times what is known of this indicator.*123456789012"):
        revised({OBSERVATIONS: large})


@pytest.mark.slow
def test_a_missing_figure_is_said_in_words(
    render: Callable[..., Path], revised: Callable[..., Edition]
) -> None:
    figure = f"obs:exports.level@{PERIOD}"
    edition = revised(
        {
            OBSERVATIONS: lambda row: None if is_exports(row) else row,
            "claims": lambda row: None if figure in row["operands"] else row,
        }
    )
    page = Page.read(render(edition) / "briefing.en.html")
    assert any("without a figure: exports (plan 52" in block.text for block in page.blocks)


@pytest.mark.slow
def test_markup_inside_data_is_text(render: Callable[..., Path]) -> None:
    assert holds_or_tells(render, named(MARKUP), MARKUP, computed.results()) == ""


@pytest.mark.slow
def test_no_headline_data_holds_or_is_told(
    render: Callable[..., Path], revised: Callable[..., Edition]
) -> None:
    edition = revised({"headline": lambda row: None if row["year"] == "2026" else row})
    assert holds_or_tells(render, edition, "No headline indicators are listed for 2026") == ""


def test_a_source_is_set_tight_once(tmp_path: Path) -> None:
    composed = tmp_path / "briefing.vi.qmd"
    composed.write_text('---\ntitle: "Kinh tế"\n---\n\nMột dòng.\n\n---\n', encoding="utf-8")
    assert density.tighten(composed)
    assert composed.read_text(encoding="utf-8").startswith(
        '---\ntitle: "Kinh tế"\ndensity: tight\n---\n\nMột'
    )
    assert not density.tighten(composed)
