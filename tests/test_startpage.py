"""The start page of the builds: each edition with its files, and what can be found in it."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import axe
from copies import ROOT
from halfyear import startpage
from halfyear.project import Project
from test_render_browser import browser

__all__ = ["browser"]

PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="date" content="{day}"></head><body><main><span class="pill">{status}</span>
<h2 id="sec-growth">1. Tăng trưởng</h2>{more}
<div id="tbl-headline"><table><caption>Bảng 1</caption><tbody>
<tr><td>Thu ngân sách, tỷ đồng</td><td>114.833</td></tr></tbody></table></div></main></body></html>
"""


def built(build: Path, name: str, day: str, title: str, more: str = "") -> Path:
    """Put a finished edition of two pages and a notebook into a folder of builds."""
    folder = build / name
    (folder / "notebooks" / "vi").mkdir(parents=True)
    for lang, status in (("vi", "Dự thảo"), ("en", "Draft")):
        page = PAGE.format(lang=lang, title=title, day=day, status=status, more=more)
        (folder / f"briefing.{lang}.html").write_text(page, encoding="utf-8")
    notebook = '<html><head><meta charset="utf-8"><title>Tăng trưởng</title></head></html>'
    (folder / "notebooks" / "vi" / "02_growth.html").write_text(notebook, encoding="utf-8")
    (folder / "annex.xlsx").write_bytes(b"")
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for part in ("texts", "templates"):
        shutil.copytree(ROOT / "report" / part, tmp_path / "report" / part)
    known = Project(tmp_path)
    built(known.build, "2025-FY", "2026-01-31", "Năm 2025")
    built(known.build, "2026-H1", "2026-06-30", "6 tháng 2026", '<h2 id="sec-changes">9.</h2>')
    built(known.build, "QN/2026-H1", "2026-07-31", "Quảng Ninh")
    built(known.build, ".work/2026-H1", "2026-06-30", "Đang dựng")
    return known


def written(project: Project) -> str:
    page = startpage.write(project)
    assert page == project.build / "index.html"
    return page.read_text(encoding="utf-8")


def test_editions_stand_with_the_newest_first_and_what_is_being_made_is_none(
    project: Project,
) -> None:
    text = written(project).partition('<main id="en"')[0]
    assert re.findall(r"<h2>(.*?)</h2>", text) == ["Quảng Ninh", "6 tháng 2026", "Năm 2025"]
    assert "Dự thảo" in text
    assert "Đang dựng" not in text


def test_every_link_leads_to_a_file_that_is_there(project: Project) -> None:
    links = re.findall(r'href="([^"#]+)', written(project))
    assert {"2026-H1/briefing.vi.html", "QN/2026-H1/annex.xlsx"} <= set(links)
    assert "2026-H1/notebooks/vi/02_growth.html" in links
    assert [link for link in links if not (project.build / link).is_file()] == []


def test_what_changed_is_offered_only_where_the_page_tells_it(project: Project) -> None:
    links = re.findall(r'href="([^"]*#sec-changes)"', written(project))
    assert links == ["2026-H1/briefing.vi.html#sec-changes", "2026-H1/briefing.en.html#sec-changes"]


def test_rows_of_tables_are_found_under_the_name_of_their_table(project: Project) -> None:
    index = json.loads(re.findall(r'json">(.*?)</script>', written(project))[0])
    assert ["1. Tăng trưởng", "2026-H1/briefing.vi.html#sec-growth", "6 tháng 2026"] in index
    row = ["Thu ngân sách, tỷ đồng", "2025-FY/briefing.vi.html#tbl-headline", "Bảng 1 – Năm 2025"]
    assert row in index


def test_it_is_written_again_only_when_the_builds_are_others(project: Project) -> None:
    written(project)
    page = project.build / "index.html"
    os.utime(page, (page.stat().st_mtime + 60,) * 2)
    stood = page.stat().st_mtime
    written(project)
    assert page.stat().st_mtime == stood
    shutil.rmtree(project.build / "2025-FY")
    assert "Năm 2025" not in written(project)


def test_builds_without_a_page_make_none(tmp_path: Path) -> None:
    for part in ("texts", "templates"):
        shutil.copytree(ROOT / "report" / part, tmp_path / "report" / part)
    (tmp_path / "build" / "2026-H1").mkdir(parents=True)
    (tmp_path / "build" / "2026-H1" / "manifest.json").write_text("{}", encoding="utf-8")
    assert startpage.write(Project(tmp_path)) is None
    assert not (tmp_path / "build" / "index.html").exists()


def test_names_that_look_like_markup_stay_text(project: Project) -> None:
    built(project.build, "2026-9M", "2026-09-30", "&lt;/script>&lt;script>alert(1)&lt;/script>")
    text = written(project)
    assert "<script>alert" not in text
    assert "&lt;/script&gt;" in text


def test_without_a_build_there_is_no_page(tmp_path: Path) -> None:
    assert startpage.write(Project(tmp_path)) is None
    assert not (tmp_path / "build").exists()


@pytest.mark.slow
def test_the_search_reads_letters_without_marks_and_leads_to_the_row(
    browser: Browser, project: Project
) -> None:
    written(project)
    told: list[str] = []
    for width, scheme in ((1280, "light"), (360, "dark")):
        tab = browser.new_page(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        tab.on("console", lambda message: told.append(message.text))
        tab.on("pageerror", lambda error: told.append(str(error)))
        tab.goto((project.build / "index.html").as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert axe.violations(tab) == []
        tab.get_by_role("searchbox").fill("thu NGAN")
        expect(tab.get_by_role("status")).to_have_text("Kết quả: 3")
        tab.get_by_role("link", name="Thu ngân sách, tỷ đồng").first.click()
        expect(tab).to_have_url(re.compile(r"briefing\.vi\.html#tbl-headline$"))
        tab.close()
    assert told == []
