"""The built pages in a real browser, as an official opens them: from disk, on desk and phone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import axe
from test_render_browser import browser

__all__ = ["browser"]

pytestmark = pytest.mark.slow


@pytest.fixture(params=["vi", "en"])
def page(browser: Browser, built: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A built page at 1280 pixels; at the end it must have said and asked nothing."""
    told: list[str] = []
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.on("console", lambda message: told.append(message.text))
    tab.on("pageerror", lambda error: told.append(str(error)))
    tab.on(
        "request",
        lambda asked: (
            None if asked.url.startswith(("file:", "data:", "blob:")) else told.append(asked.url)
        ),
    )
    tab.goto((built / f"briefing.{request.param}.html").as_uri())
    yield tab
    tab.close()
    assert told == []


# test_render_browser lets axe see each language at both widths, on a short page of the same parts.
@pytest.mark.parametrize(("page", "width"), [("vi", 1280), ("en", 360)], indirect=["page"])
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_a_phone(
    page: Page, width: int
) -> None:
    for pixels in (1280, 360):
        page.set_viewport_size({"width": pixels, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= pixels, f"{wide} pixels at {pixels}"
    page.set_viewport_size({"width": width, "height": 800})
    assert axe.violations(page, "serious", "critical") == []


def test_a_number_opens_its_source_by_click_and_by_keyboard(page: Page) -> None:
    number = page.locator(".summary a.num").first
    number.click()
    expect(page.locator(".pop")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".pop")).to_have_count(0)
    expect(number).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".pop")).to_contain_text(number.inner_text())


def test_every_number_of_the_page_finds_its_source(page: Page) -> None:
    lost = page.evaluate(
        "[...document.querySelectorAll('a.num')]"
        ".map((a) => [a, a.getAttribute('href') ?? a.getAttribute('xlink:href')])"
        ".filter(([a, to]) => !document.getElementById(decodeURIComponent(to.slice(1))))"
        ".map(([a]) => a.dataset.id)"
    )
    assert lost == []


def test_the_other_language_opens_at_the_same_section(page: Page) -> None:
    page.locator("#sec-rest").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('sec-rest').scrollIntoView()")
    link = page.locator(".languages a:not([aria-current])")
    expect(link).to_have_attribute("href", re.compile(r"#sec-rest$"))
    link.click()
    expect(page).to_have_url(re.compile(r"#sec-rest$"))
    expect(page.locator("#sec-rest")).to_be_in_viewport()
