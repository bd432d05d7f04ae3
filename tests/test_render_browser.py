"""The page in a real browser: it works by mouse, keyboard and touch, light and dark, wide and 360.

Without Chromium these tests skip with one line; where the environment sets CI, that is a failure.
"""

import io
import os
import re
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import axe
import composed
from halfyear.project import Project
from halfyear.render import briefing, engine

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
            forms=(briefing.HTML,),
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
        forms=(briefing.HTML,),
    )
    tab = browser.new_page()
    tab.goto(made[0].as_uri())
    button = tab.locator("#tbl-full thead th").nth(1).get_by_role("button")
    seen = []
    for _ in range(2):
        button.click()
        names = tab.locator("#tbl-full tbody tr > :first-child").all_inner_texts()
        seen.append([name.strip().removeprefix("Chỉ tiêu ") for name in names])
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.locator("#sec-tables button.fold").click()  # an annex comes folded on a phone
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


def test_a_number_in_a_chart_opens_its_source_and_arrows_lead_to_the_next(page: Page) -> None:
    numbers = page.locator("#fig-bars a.num")
    assert numbers.all_text_contents() == ["12,5", "3"]  # the 10 of the axis stands for itself
    numbers.first.focus()
    page.keyboard.press("ArrowRight")
    expect(numbers.last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Văn bản")
    assert dialog.locator(".value").inner_text() == "12,5"
    page.keyboard.press("Escape")
    expect(numbers.first).to_be_focused()
    numbers.last.hover()
    assert "3: 1" in numbers.last.locator("title").text_content()  # its entry's first line


def stops(page: Page, where: str) -> int:
    """How often Tab stops in what a selector finds."""
    return int(
        page.locator(where).evaluate_all(
            "all => all.flatMap((one) => [...one.querySelectorAll('a, button, input')])"
            ".filter((each) => each.tabIndex >= 0).length"
        )
    )


def test_a_table_is_one_tab_stop_and_arrows_move_inside(page: Page) -> None:
    assert stops(page, "#tbl-full table") == 1
    assert stops(page, "#tbl-headline table") == 1
    assert stops(page, "#fig-bars svg") == 1
    page.locator("#tbl-full thead button").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tbl-full thead button").last).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#tbl-full thead button").first).to_be_focused()


def test_rows_are_filtered_and_the_table_is_copied_and_saved_as_it_is_shown(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_label("Lọc dòng").last.fill("tiêu 60")
    rows = page.locator("#tbl-full tbody tr").locator("visible=true")
    expect(rows).to_have_count(1)
    expect(page.locator("output").last).to_have_text("1 / 60")
    tools = page.get_by_role("toolbar", name="Bảng đầy đủ")
    tools.get_by_role("button").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("\r", "") == "Chỉ tiêu\tGiá trị\nChỉ tiêu 60\t60,5"
    with page.expect_download() as caught:
        tools.get_by_role("button", name="CSV").click()
    assert caught.value.suggested_filename == "tbl-full.csv"
    saved = caught.value.path().read_text(encoding="utf-8")
    assert saved == '\ufeffChỉ tiêu,Giá trị\nChỉ tiêu 60,"60,5"\n'


def test_headings_figures_and_tables_show_a_link_to_themselves(page: Page) -> None:
    for id in ("sec-growth", "sec-gap", "fig-bars", "tbl-full"):
        link = page.locator(f".perma[href='#{id}']")
        expect(link).to_be_visible()
        link.click()
        assert page.url.endswith(f"#{id}")


def test_skip_links_show_where_they_lead_when_the_keyboard_comes_to_them(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#sec-tables")).to_be_in_viewport()
    following = page.locator("#sec-findings + a.next")
    following.focus()
    assert "Tăng trưởng" in following.inner_text()
    assert following.get_attribute("href") == "#sec-growth"


def test_the_annex_is_folded_on_a_phone_and_opens_for_a_link_and_for_print(page: Page) -> None:
    row = page.locator("#tbl-full tbody tr").first
    assert row.is_visible()
    page.set_viewport_size({"width": 360, "height": 800})
    expect(row).to_be_hidden()
    page.emulate_media(media="print")
    expect(row).to_be_visible()
    page.emulate_media(media="screen")
    expect(row).to_be_hidden()
    page.evaluate("location.hash = '#tbl-full'")
    expect(row).to_be_visible()
    page.locator("#sec-tables button.fold").click()
    expect(row).to_be_hidden()


def test_charts_are_whole_on_a_phone_and_can_be_enlarged(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    chart, scroll = page.locator("#fig-bars svg"), page.locator("#fig-bars .scroll")
    assert chart.evaluate("one => one.getBoundingClientRect().right <= 360")
    assert scroll.evaluate("one => one.scrollWidth <= one.clientWidth")
    page.locator("#fig-bars .larger").click()
    assert scroll.evaluate("one => one.scrollWidth > one.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_dark_is_chosen_and_remembered(page: Page) -> None:
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator(".theme").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    for _ in range(20):  # a browser writes what is remembered a moment after it is told
        page.reload()
        if page.locator("html").get_attribute("data-theme") == "dark":
            break
        page.wait_for_timeout(250)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_nothing_is_wider_than_the_screen(page: Page) -> None:
    for width in (360, 390, 600, 800, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.locator("#tbl-headline a.num").first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.keyboard.press("Escape")


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
def test_axe_finds_nothing(browser: Browser, folder: Path, lang: str) -> None:
    tab = browser.new_page()
    tab.goto((folder / f"briefing.{lang}.html").as_uri())
    tab.locator(".message a.num").first.click()
    for scheme, width in product(("light", "dark"), (1280, 360)):
        tab.emulate_media(color_scheme=scheme)
        tab.set_viewport_size({"width": width, "height": 900})
        expect(tab.get_by_role("dialog")).to_be_visible()
        assert axe.violations(tab) == [], (scheme, width)
    tab.close()
