"""The finished build folder of PERIOD: every deliverable is there and opens."""

import hashlib
import json
import os
import shutil
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import openpyxl
import page as independent
import pikepdf
import pypdf
import pytest
from lxml import etree
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PERIOD = os.environ.get("PERIOD", "2026-H1")
BUILD = ROOT / "build" / PERIOD
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
PDFS = ["briefing.vi.pdf", "briefing.en.pdf", "briefing.vi-en.pdf"]
BRIEFINGS = {"briefing.vi.html": "vi", "briefing.en.html": "en"}
PAGES = [
    *BRIEFINGS,
    *(f"notebooks/{lang}/{stem}.html" for lang in ("vi", "en") for stem in NOTEBOOKS),
]
DOCUMENTS = {"briefing.vi.docx": "11,33", "briefing.en.docx": "11.33"}  # growth of GRDP, in %
RUNS = [f"notebooks/{lang}/{stem}.ipynb" for lang in ("vi", "en") for stem in NOTEBOOKS]
DELIVERED = [*PDFS, *DOCUMENTS, "annex.xlsx", *PAGES, *RUNS, "results.json"]


class Head(HTMLParser):
    """The language and title of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.lang = ""
        self.title = ""
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = tag
        if tag == "html":
            self.lang = dict(attrs).get("lang") or ""

    def handle_data(self, data: str) -> None:
        if self._open == "title":
            self.title += data.strip()


def head(name: str) -> Head:
    parser = Head()
    parser.feed((BUILD / name).read_text(encoding="utf-8"))
    return parser


def test_the_repository_has_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_opens_and_holds_text(name: str) -> None:
    with pikepdf.open(BUILD / name) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert not pdf.check_pdf_syntax()
    first = pypdf.PdfReader(BUILD / name).pages[0]
    assert len(first.extract_text().split()) > 50


@pytest.mark.parametrize("standard", ["ua1", "2a"])
@pytest.mark.parametrize("name", PDFS)
def test_an_independent_checker_finds_a_pdf_to_keep_its_standards(name: str, standard: str) -> None:
    found = independent.validate_pdf(BUILD / name, profile=standard)
    assert [f"{failure.rule_id}: {failure.message}" for failure in found.failures] == []


@pytest.mark.parametrize(("name", "lang"), BRIEFINGS.items())
def test_a_briefing_page_says_its_language_and_title(name: str, lang: str) -> None:
    page = head(name)
    assert page.lang.split("-")[0] == lang
    assert page.title


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_in_a_browser_without_the_network(name: str) -> None:
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("needs Debian's chromium")
    asked: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto((BUILD / name).as_uri(), wait_until="load")
        text = page.inner_text("body")
        browser.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert len(text.split()) > 50


@pytest.mark.parametrize(("name", "growth"), DOCUMENTS.items())
def test_a_word_document_opens_and_holds_the_numbers_of_page_1(name: str, growth: str) -> None:
    with zipfile.ZipFile(BUILD / name) as parts:
        assert parts.testzip() is None
        for part in parts.namelist():
            if part.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(part))
        body = etree.fromstring(parts.read("word/document.xml"))
    paragraphs = ["".join(p.itertext(f"{W}t")) for p in body.iter(f"{W}p")]
    if PERIOD == "2026-H1":
        assert any(text.startswith("10/12") for text in paragraphs)
        assert any(growth in text for text in paragraphs)
        assert any("GRDP" in text and f"{growth}%" in text for text in paragraphs)


def test_the_annex_opens_and_holds_the_headline_numbers() -> None:
    book = openpyxl.load_workbook(BUILD / "annex.xlsx", read_only=True)
    contents, headline, *others = book.worksheets
    assert len(others) > 5
    assert all(sheet.max_row > 1 for sheet in (contents, headline, *others))
    rows = list(headline.iter_rows(min_row=4, values_only=True))
    cells = {cell for row in rows for cell in row}
    assert not {cell for cell in cells if isinstance(cell, str) and cell.startswith("#")}
    if PERIOD == "2026-H1":
        assert len(rows) == 12
        assert {11.33, 12.27, -0.94} <= set(rows[0])


@pytest.mark.parametrize("name", RUNS)
def test_a_notebook_ran_to_its_end(name: str) -> None:
    notebook = nbformat.read(BUILD / name, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    assert code
    assert all(cell.execution_count for cell in code)
    assert not [out for cell in code for out in cell.outputs if out.output_type == "error"]


def test_results_are_not_empty() -> None:
    assert json.loads((BUILD / "results.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", DELIVERED)
def test_the_manifest_carries_the_hash_of_the_file(name: str) -> None:
    manifest = (BUILD / "manifest.json").read_text(encoding="utf-8")
    assert json.loads(manifest)
    assert hashlib.sha256((BUILD / name).read_bytes()).hexdigest() in manifest
