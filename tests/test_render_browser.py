"""The page in a real browser: it works by mouse, keyboard and touch, light and dark, wide and 360.

Without Chromium these tests skip with one line; where the environment sets CI, that is a failure.
"""

import io
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import composed
from halfyear.project import Project
from halfyear.render import briefing, engine

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium from this machine."""
    command = next(filter(None, map(shutil.which, NAMES)), None)
    if command is None:
        reason = "browser tests NOT run: no Chromium found (Debian: apt install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=command, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def folder(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both pages, side by side."""
    out = tmp_path_factory.mktemp("pages")
    for lang in ("vi", "en"):
        source = composed.write(out / "composed", lang)
        (out / "composed" / "charts" / f"bars.{lang}.csv").write_text("a,b\n", encoding="utf-8")
        briefing.render(
            source,
            out,
            lang=lang,
            engine=engine.choose("embedded"),
            timestamp=0,
            template_dir=project.report,
        )
    return out


@pytest.fixture
def told() -> list[str]:
    """What the page said on its console or asked of a network."""
    return []


@pytest.fixture
def page(browser: Browser, folder: Path, told: list[str]) -> Iterator[Page]:
    """The Vietnamese page at 1280 pixels; at the end it must have said and asked nothing."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.on("console", lambda message: told.append(message.text))
    tab.on("pageerror", lambda error: told.append(str(error)))
    tab.on("requestfailed", lambda request: told.append(request.url[:80]))
    tab.on(
        "request",
        lambda request: (
            told.append(request.url[:80])
            if not request.url.startswith(("file:", "data:", "blob:"))
            else None
        ),
    )
    tab.goto((folder / "briefing.vi.html").as_uri())
    yield tab
    tab.close()
    assert told == []


def test_enter_opens_the_source_and_escape_gives_the_place_back(page: Page) -> None:
    number = page.locator(".message a.num").first
    number.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    assert "12,5%" in dialog.inner_text()
    assert "Văn bản" in dialog.inner_text()
    assert number.get_attribute("aria-expanded") == "true"
    assert dialog.evaluate("dialog => document.activeElement === dialog")
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    assert number.evaluate("number => document.activeElement === number")


def test_source_opens_below_the_sentence_and_closes_by_a_click_beside(page: Page) -> None:
    page.locator(".message a.num").first.click()
    sentence = page.locator(".message").bounding_box()
    dialog = page.get_by_role("dialog").bounding_box()
    assert sentence is not None
    assert dialog is not None
    assert dialog["y"] >= sentence["y"] + sentence["height"]
    assert dialog["x"] + dialog["width"] <= 1280
    page.locator("h1").click()
    assert page.get_by_role("dialog").count() == 0


def test_language_switch_leads_to_the_same_section(page: Page) -> None:
    page.locator("#sec-tables").scroll_into_view_if_needed()
    page.locator(".contents a[href='#sec-tables']").click()
    other = page.locator(".languages a[lang=en]")
    expect(other).to_have_attribute("href", "briefing.en.html#sec-tables")
    other.click()
    page.wait_for_url("**/briefing.en.html#sec-tables")
    assert page.locator("html").get_attribute("lang") == "en"


def test_table_sorts_by_value_and_back_again(page: Page) -> None:
    head = page.locator("#tbl-full thead th").nth(1)
    button = head.get_by_role("button")
    first = page.locator("#tbl-full tbody tr").first.locator("td")
    seen = []
    for _ in range(3):
        button.click()
        seen.append((head.get_attribute("aria-sort"), first.inner_text().strip()))
    assert seen == [("ascending", "1,5"), ("descending", "60,5"), ("none", "1,5")]


def test_a_sorted_table_keeps_rows_under_the_name_of_their_group(
    browser: Browser, project: Project, tmp_path: Path
) -> None:
    source = composed.write(tmp_path, "vi", composed.source("vi", rows=3))
    text = source.read_text(encoding="utf-8")
    third = "| Chỉ tiêu 3 | 3,5 |"
    assert third in text
    grouped = f"| [Nhóm]{{.strong}} |   |\n{third}\n| Chỉ tiêu 4 | 4,5 |"
    source.write_text(text.replace(third, grouped), encoding="utf-8")
    made = briefing.render(
        source,
        tmp_path,
        lang="vi",
        engine=engine.choose("embedded"),
        timestamp=0,
        template_dir=project.report,
    )
    tab = browser.new_page()
    tab.goto(made[1].as_uri())
    button = tab.locator("#tbl-full thead th").nth(1).get_by_role("button")
    seen = []
    for _ in range(2):
        button.click()
        names = tab.locator("#tbl-full tbody tr > :first-child").all_inner_texts()
        seen.append([name.strip().removeprefix("Chỉ tiêu ") for name in names])
    tab.set_viewport_size({"width": 360, "height": 800})
    cards = [card.strip() for card in tab.locator("#tbl-full tbody tr").all_inner_texts()]
    tab.close()
    assert "Nhóm" in cards
    assert seen == [["1", "2", "Nhóm", "3", "4"], ["2", "1", "Nhóm", "4", "3"]]


def test_a_citation_is_copied_and_said(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    number = page.locator(".message a.num").first
    number.click()
    cite = page.get_by_role("dialog").locator(".foot button")
    before = cite.inner_text()
    cite.click()
    expect(cite).not_to_have_text(before)
    expect(cite).to_have_attribute("aria-live", "polite")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{number.inner_text()}. {page.title()}. ")


def test_print_leaves_out_what_only_a_screen_has(page: Page) -> None:
    page.locator(".message a.num").first.click()
    page.emulate_media(media="print")
    for name in (".bar", ".contents", ".contents-narrow", ".tools", ".sources", ".pop"):
        assert all(each.is_hidden() for each in page.locator(name).all()), name
    clipped = page.locator(".table").evaluate_all(
        "all => all.filter((each) => getComputedStyle(each).overflowX !== 'visible').length"
    )
    assert clipped == 0


def test_a_table_that_runs_over_prints_its_head_on_every_page(page: Page) -> None:
    read = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = [sheet.extract_text() for sheet in read.pages]
    rows = [text for text in texts if re.search(r"Chỉ tiêu \d+", text)]
    assert len(rows) > 1
    assert all("Giá trị" in text for text in rows)
    assert {(round(s.mediabox.width), round(s.mediabox.height)) for s in read.pages} == {(595, 842)}


def test_chart_gives_its_drawing_and_its_figures(page: Page) -> None:
    for button, name in (("SVG", "bars.vi.svg"), ("CSV", "bars.vi.csv")):
        with page.expect_download() as caught:
            page.locator("#fig-bars .tools button", has_text=button).click()
        assert caught.value.suggested_filename == name
    assert caught.value.path().read_text(encoding="utf-8") == "\ufeffa,b\n"


def test_dark_is_chosen_and_remembered(page: Page) -> None:
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator(".theme").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


@pytest.mark.parametrize("width", [360, 390, 600, 800, 1280])
def test_nothing_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.locator("#tbl-headline a.num").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_cards_name_each_value_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    label = page.locator("#tbl-full tbody td").first.evaluate(
        "cell => getComputedStyle(cell, '::before').content"
    )
    assert label == '"Giá trị"'
    assert page.locator(".contents").is_hidden()
    page.locator(".contents-narrow summary").click()
    assert page.locator(".contents-narrow a[href='#sec-growth']").is_visible()


def test_without_script_a_number_leads_to_its_entry(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto((folder / "briefing.vi.html").as_uri())
    tab.locator(".message a.num").first.click()
    assert tab.url.endswith("#p-obs-grdp-h1")
    assert tab.locator("#p-obs-grdp-h1").is_visible()
    context.close()


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(
    browser: Browser, folder: Path, lang: str, scheme: str, width: int
) -> None:
    tab = browser.new_page(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    tab.goto((folder / f"briefing.{lang}.html").as_uri())
    tab.locator(".message a.num").first.click()
    tab.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found = tab.evaluate("axe.run()")["violations"]
    tab.close()
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
