"""The limits of the printed briefing: page 1 is one page, ten before the annex, no text on text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from halfyear.errors import Problem, RenderError
from halfyear.proofs import overlap
from halfyear.render import pdfcheck

MOST = 10
ANNEX = "sec-annex"
_TITLE = re.compile(r"^:{3,} *\{?\.?title\}?\n(.+?)\n:{3,}", re.MULTILINE | re.DOTALL)
_HEAD = re.compile(r"^# (.+?) \{#([a-z0-9-]+)", re.MULTILINE)
_MARKUP = re.compile(r"\\(.)|\[([^\]]*)\]\{[^}]*\}")


@dataclass(frozen=True)
class Edition:
    """One language's part of a document: its title and its sections by id, in order."""

    title: str
    sections: tuple[tuple[str, str], ...]


def check(composed: Path, pdf: Path) -> None:
    """Raise RenderError where the PDF of a composed source breaks a limit, saying by how much."""
    problems = [*_pages(composed, pdf), *overlap.problems(pdf)]
    if problems:
        raise RenderError(*problems)


def editions(source: str) -> list[Edition]:
    """The editions of a composed source, in order."""
    titles = list(_TITLE.finditer(source))
    ends = [*(found.start() for found in titles[1:]), len(source)]
    return [
        Edition(
            _plain(found[1]),
            tuple((id, _plain(text)) for text, id in _HEAD.findall(source[found.end() : end])),
        )
        for found, end in zip(titles, ends, strict=True)
    ]


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub(lambda m: m[1] or m[2] or "", text).split())


def _pages(composed: Path, pdf: Path) -> Iterator[Problem]:
    marks = pdfcheck.headings(pdf)
    last = pdfcheck.page_count(pdf) + 1
    parts = editions(composed.read_text(encoding="utf-8"))
    starts = [_page(marks, part.title, pdf) for part in parts]
    for part, start, end in zip(parts, starts, [*starts[1:], last], strict=True):
        within = [(title, page) for title, page in marks if start <= page < end]
        if not part.sections:
            continue
        first = _page(within, part.sections[0][1], pdf)
        if first > start + 1:
            yield _broken(pdf, part, "page 1 is not one page", "1 page", f"{first - start} pages")
        annex = [text for id, text in part.sections if id.endswith(ANNEX)]
        before = (_page(within, annex[0], pdf) if annex else end) - start
        if before > MOST:
            what = "too many pages before the annex"
            yield _broken(pdf, part, what, f"{MOST} pages", f"{before} pages")


def _page(marks: list[tuple[str, int]], title: str, pdf: Path) -> int:
    for text, page in marks:
        if text == title:
            return page
    raise RenderError(Problem("a heading has no bookmark", str(pdf), expected=title))


def _broken(pdf: Path, part: Edition, what: str, expected: str, found: str) -> Problem:
    mend = "shorten names and texts of these pages, or move a table to the annex"
    return Problem(f"{what} in “{part.title}”", str(pdf), expected=expected, found=found, mend=mend)
