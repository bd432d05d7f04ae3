"""The start page of the builds: every built edition, its files, and a search through them."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfyear import manifest
from halfyear.project import START, Project

if TYPE_CHECKING:
    from halfyear.render.layout import Layout

TEMPLATE = "start.html"
_LISTED = re.compile(r'href="([^"]+/manifest\.json)"')
FILES = (  # word of the interface, name of the file
    ("page", "briefing.{lang}.html"),
    ("pdf", "briefing.{lang}.pdf"),
    ("word", "briefing.{lang}.docx"),
    ("workbook", "annex.xlsx"),
    ("audit", "audit.csv"),
    ("results", "results.json"),
    ("manifest", "manifest.json"),
)


@dataclass(frozen=True)
class Entry:
    """Something to be found in a page: its words, its anchor, and the table it is a row of."""

    text: str
    anchor: str
    table: str = ""


@dataclass(frozen=True)
class Page:
    """The finished page of an edition in a language."""

    path: Path

    @cached_property
    def _root(self) -> Any:
        from lxml import html

        return html.fromstring(self.path.read_text(encoding="utf-8"))

    def _first(self, path: str) -> str:
        found = self._root.xpath(path)
        return _words(found[0]) if found else ""

    @cached_property
    def title(self) -> str:
        """Its title."""
        return self._first("//title")

    @property
    def status(self) -> str:
        """What its source is, in the words of the page; "" where it says nothing."""
        return self._first("//*[@class='pill']")

    @cached_property
    def day(self) -> str:
        """The date of the edition, ISO."""
        found = self._root.xpath("//meta[@name='date']/@content")
        return str(found[0]) if found else ""

    def has(self, anchor: str) -> bool:
        """Whether the page has an anchor."""
        return bool(self._root.xpath("//*[@id=$anchor]", anchor=anchor))

    def entries(self) -> Iterator[Entry]:
        """Its headings, the titles of its figures and tables, and the names in their rows."""
        for head in self._root.xpath("//main//h2[@id] | //main//h3[@id]"):
            yield Entry(_words(head), head.get("id"))
        for exhibit in self._root.xpath("//main//*[starts-with(@id, 'fig-')]"):
            for title in exhibit.xpath(".//*[@class='figtitle']"):
                yield Entry(_words(title), exhibit.get("id"))
        for exhibit in self._root.xpath("//main//*[starts-with(@id, 'tbl-')]"):
            title = " ".join(map(_words, exhibit.xpath(".//caption")))
            rows = dict.fromkeys(map(_words, exhibit.xpath(".//tbody/tr/*[1]")))
            named = [Entry(row, exhibit.get("id"), title) for row in rows if row]
            yield from [Entry(title, exhibit.get("id")), *named] if title else named


def write(project: Project) -> Path | None:
    """Write build/index.html for all editions that are built; None where none has a page.

    The page is static and loads nothing. It stands whole or as it was.
    """
    built = sorted(_editions(project.build), key=lambda folder: folder.as_posix())
    out = project.build / START
    if not built:
        return None
    if _holds(out, built):
        return out
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from halfyear.render.layout import Layout

    layout = Layout(project.report)
    templates = Environment(
        loader=FileSystemLoader(layout.templates), autoescape=True, undefined=StrictUndefined
    )
    every = [_language(layout, lang, project.build, built) for lang in layout.languages()]
    languages = [language for language in every if language["editions"]]
    if not languages:
        return None
    style, script = (layout.text(layout.templates / f"start.{kind}") for kind in ("css", "js"))
    page = templates.get_template(TEMPLATE).render(
        languages=languages,
        style=Markup(style),
        script=Markup(script),
        hashes={"style": _digest(style), "script": _digest(script)},
    )
    fresh = project.build / f".{START}.new"
    fresh.write_text(page, encoding="utf-8", newline="\n")
    fresh.replace(out)
    return out


def _editions(build: Path) -> Iterator[Path]:
    """Folders of published editions, of the home place and of others."""
    for pattern in ("*", "*/*"):
        for folder in build.glob(pattern):
            hidden = any(part.startswith(".") for part in folder.relative_to(build).parts)
            if not hidden and (folder / manifest.NAME).is_file():
                yield folder


def _holds(out: Path, built: list[Path]) -> bool:
    """Whether the start page that stands is of these builds, and younger than each of them."""
    if not out.is_file():
        return False
    text, written = out.read_text(encoding="utf-8"), out.stat().st_mtime
    lists = [f'"{folder.relative_to(out.parent).as_posix()}/{manifest.NAME}"' for folder in built]
    young = all((folder / manifest.NAME).stat().st_mtime < written for folder in built)
    return young and {f'"{link}"' for link in _LISTED.findall(text)} == set(lists)


def _language(layout: "Layout", lang: str, build: Path, built: list[Path]) -> dict[str, Any]:
    from markupsafe import Markup

    words = layout.words(lang)
    texts = {**words["site"], **words["start"]}
    pages = [(folder, Page(folder / f"briefing.{lang}.html")) for folder in built]
    known = [(folder, page) for folder, page in pages if page.path.is_file()]
    known.sort(key=lambda pair: pair[1].day, reverse=True)
    return {
        "lang": lang,
        "name": words["name"],
        "words": texts,
        "editions": [_edition(folder, page, lang, build, texts) for folder, page in known],
        "index": Markup(_index(known, build)),
    }


def _edition(folder: Path, page: Page, lang: str, build: Path, words: Any) -> dict[str, Any]:
    from babel.dates import format_date

    at = folder.relative_to(build).as_posix()
    files = [(words[word], name.format(lang=lang)) for word, name in FILES]
    notebooks = sorted((folder / "notebooks" / lang).glob("*.html"))
    changed = page.has("sec-changes")
    return {
        "title": page.title,
        "day": format_date(date.fromisoformat(page.day), words["date"], locale=lang),
        "status": page.status,
        "files": [(text, f"{at}/{name}") for text, name in files if (folder / name).is_file()],
        "notebooks": [
            (Page(path).title, f"{at}/notebooks/{lang}/{path.name}") for path in notebooks
        ],
        "changes": f"{at}/{page.path.name}#sec-changes" if changed else "",
    }


def _index(pages: list[tuple[Path, Page]], build: Path) -> str:
    """What can be found, as JSON that is safe inside a page: words, link, table and edition."""
    found = [
        (
            entry.text,
            f"{page.path.relative_to(build).as_posix()}#{entry.anchor}",
            " – ".join(filter(None, (entry.table, page.title))),
        )
        for _, page in pages
        for entry in page.entries()
    ]
    return json.dumps(found, ensure_ascii=False).replace("<", "\\u003c")


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())


def _digest(text: str) -> str:
    """The hash by which a page's policy lets its own style or script through."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
