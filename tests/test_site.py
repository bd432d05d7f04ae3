"""The Quarto website: what is laid out, and that the page leads to its notebooks."""

from decimal import Decimal
from pathlib import Path

import nbformat
import pytest
import yaml

from halfyear import origin, site
from halfyear.errors import BuildError
from halfyear.interval import Interval
from halfyear.project import Project
from halfyear.results import Quantity, Results

ROOT = Path(__file__).resolve().parents[1]
PAGE = """<title>{title}</title><meta name="date" content="{day}"><span class="pill">{status}</span>
"""
TABLE = "<table><tr><td>11,33</td></tr></table>"


def build(root: Path, name: str, day: str) -> None:
    """What the website takes from a build, and no more."""
    folder = root / "build" / name
    for lang, title in (("vi", "Kỳ [một]"), ("en", "Edition &amp; one")):
        notebooks = folder / "notebooks" / lang
        notebooks.mkdir(parents=True)
        page = PAGE.format(title=f"{title} {name} – Hải Phòng", day=day, status="Nháp")
        (folder / f"briefing.{lang}.html").write_text(page, encoding="utf-8")
        shown = nbformat.v4.new_output("display_data", {"text/html": TABLE, "text/plain": "11,33"})
        words = {"image/svg+xml": {"alt": "GRDP tăng 11,33%"}}
        drawn = nbformat.v4.new_output("display_data", {"image/svg+xml": "<svg/>"}, metadata=words)
        cells = [
            nbformat.v4.new_markdown_cell(f"# Vì sao: 1? {lang}\n\nMột."),
            nbformat.v4.new_code_cell("show()", outputs=[shown, drawn], execution_count=1),
        ]
        book = nbformat.v4.new_notebook(cells=cells)
        nbformat.write(book, notebooks / "01_growth.ipynb")
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    (folder / "annex.xlsx").write_bytes(b"PK")


@pytest.fixture
def laid(tmp_path: Path) -> Path:
    (tmp_path / "report").symlink_to(ROOT / "report")
    build(tmp_path, "2025-FY", "2026-01-31")
    build(tmp_path, "2026-H1", "2026-06-30")
    return site.lay_out(Project(tmp_path), ["2025-FY", "2026-H1"])


def test_the_list_of_editions_is_in_each_language_and_newest_first(laid: Path) -> None:
    home, english = ((laid / name).read_text(encoding="utf-8") for name in ("index.qmd", "en.qmd"))
    assert home.index("Kỳ \\[một\\] 2026\\-H1") < home.index("Kỳ \\[một\\] 2025\\-FY")
    assert "30/6/2026, Nháp" in home
    assert "30 June 2026" in english
    assert "Edition & one 2026" in english.replace("\\", "")
    assert "(2026-H1/notebooks/vi/01_growth.ipynb)" in home
    assert "(2026-H1/briefing.en.html)" in english


def test_nothing_is_executed_and_code_is_folded_and_searched(laid: Path) -> None:
    settings = yaml.safe_load((laid / "_quarto.yml").read_text(encoding="utf-8"))
    assert settings["execute"] == {"enabled": False}
    assert settings["format"]["html"]["code-fold"] is True
    assert settings["website"]["search"] is True
    assert settings["project"]["type"] == "website"
    assert [each["id"] for each in settings["website"]["sidebar"]] == ["vi", "en"]
    for lang in ("vi", "en"):
        own = laid / "2026-H1" / "notebooks" / lang / "_metadata.yml"
        assert yaml.safe_load(own.read_text(encoding="utf-8"))["lang"] == lang


def test_every_page_bears_the_title_of_its_own_language(laid: Path) -> None:
    website = yaml.safe_load((laid / "_quarto.yml").read_text(encoding="utf-8"))["website"]
    assert "title" not in website
    named = (
        ("vi", "index.qmd", "Bản tin kinh tế - xã hội"),
        ("en", "en.qmd", "Economic and social briefing"),
    )
    for sidebar, (lang, home, title) in zip(website["sidebar"], named, strict=True):
        assert (sidebar["id"], sidebar["title"]) == (lang, title)
        assert sidebar["contents"][1] == home
        head = (laid / home).read_text(encoding="utf-8").split("---\n")[1]
        own = (laid / "2026-H1" / "notebooks" / lang / "_metadata.yml").read_text(encoding="utf-8")
        for text in (head, own):
            told = yaml.safe_load(text)
            assert (told["title-prefix"], told["sidebar"]) == (title, lang)


def test_the_website_follows_the_theme_of_its_reader_and_finds_its_style(laid: Path) -> None:
    html = yaml.safe_load((laid / "_quarto.yml").read_text(encoding="utf-8"))["format"]["html"]
    assert html["theme"].keys() == {"light", "dark"}
    assert html["respect-user-color-scheme"] is True
    assert (laid / html["css"]).is_file()


def test_no_theme_of_the_website_loads_a_font_from_elsewhere(laid: Path) -> None:
    # the themes of Quarto do, unless their $web-font-path is false before they are read
    html = yaml.safe_load((laid / "_quarto.yml").read_text(encoding="utf-8"))["format"]["html"]
    for theme in html["theme"].values():
        own = (laid / theme[-1]).read_text(encoding="utf-8")
        assert own.startswith("/*-- scss:defaults --*/\n")
        assert "\n$web-font-path: false;\n" in own


def test_a_table_of_a_notebook_needs_no_script_from_elsewhere(laid: Path) -> None:
    # Quarto loads scripts from a network for every page with an output of the kind text/html.
    notebook = nbformat.read(laid / "2026-H1" / "notebooks" / "vi" / "01_growth.ipynb", 4)
    table, _ = notebook.cells[1].outputs
    assert "text/html" not in table.data
    assert f'tabindex="0" aria-label="Bảng">{TABLE}</div>' in table.data["text/markdown"]


def test_a_chart_of_a_notebook_keeps_its_alternative_text(laid: Path) -> None:
    # Quarto reads it from the options of the cell, one for each output
    notebook = nbformat.read(laid / "2026-H1" / "notebooks" / "vi" / "01_growth.ipynb", 4)
    assert notebook.cells[1].metadata["fig-alt"] == ["", "GRDP tăng 11,33%"]


def test_what_a_second_layout_no_longer_names_is_gone(laid: Path) -> None:
    site.lay_out(Project(laid.parents[1]), ["2026-H1"])
    assert not (laid / "2025-FY").exists()
    assert (laid / "2026-H1" / "annex.xlsx").read_bytes() == b"PK"


def test_an_edition_that_is_not_built_is_named_and_the_last_site_stays(laid: Path) -> None:
    with pytest.raises(BuildError, match="halfyear report 2025-H1"):
        site.lay_out(Project(laid.parents[1]), ["2025-H1"])
    assert (laid / "index.qmd").is_file()


def quantity(id: str, formula: str) -> Quantity:
    return Quantity(id, Interval.of(Decimal(1)), "pct", 1, formula)


def test_a_figure_leads_to_the_notebook_that_holds_most_of_its_numbers(tmp_path: Path) -> None:
    audit, rest = Results(), Results()
    audit.add(quantity("gap:a", "a - b"), quantity("rest:a", "c - a"))
    rest.add(quantity("rest:a", "c - a"), quantity("rest:b", "c - b"), quantity("obs:a", "printed"))
    path = tmp_path / origin.NAME
    origin.write({"01_audit": audit, "02_rest": rest}, path)
    origins = origin.read(path)

    def leads(*ids: str) -> str:
        numbers = "".join(f'<a data-id="{id}">1</a>' for id in ids)
        return origin.link(f'<figure id="fig-z">{numbers}</figure>', origins, "vi", "Sổ tính")

    to_rest = '<a href="notebooks/vi/02_rest.html">Sổ tính</a></p></figure>'
    assert to_rest in leads("rest:a", "rest:b")  # 01 cites one of the two and comes first
    assert to_rest in leads("rest:a", "obs:a")  # what it shows as printed counts beside the rest
    assert "01_audit.html" in leads("gap:a")
    assert "<p" not in leads("obs:a")


def test_a_source_composed_without_a_build_has_no_links(tmp_path: Path) -> None:
    body = '<figure id="fig-z"><a data-id="gap:a">1</a></figure>'
    assert origin.link(body, origin.read(tmp_path / origin.NAME), "vi", "Sổ tính") == body
