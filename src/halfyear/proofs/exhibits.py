"""Exhibits: the figures and tables of a briefing, made again and compared."""

import csv
import io
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from halfyear import execution
from halfyear.compose import briefing
from halfyear.dossier import dossier
from halfyear.edition import Edition
from halfyear.errors import HalfyearError
from halfyear.project import Project
from halfyear.results import OUT, Results

REPRODUCED, DIFFERS, NOT_CHECKABLE = "reproduced", "differs", "not_checkable"
_OPEN = re.compile(r"^::: \{#((?:tbl|fig)-[a-z0-9_-]+) ", re.MULTILINE)
_CHART = re.compile(r"charts/([a-z0-9_.-]+\.svg)")
_SPAN = re.compile(r'\[([^\[\]]*)\]\{\.num data-id="([^"]+)"')
_DRAWN = re.compile(r'<g class="num" data-id="([^"]+)"[^>]*>(.*?)</g>', re.DOTALL)
_TAG = re.compile(r"<!--.*?-->|<[^>]+>", re.DOTALL)
_TITLE = re.compile(r"^\[(.+)\]\{\.(?:caption|figtitle)\}$", re.MULTILINE)
_HEAD = ("language", "exhibit", "title", "state", "numbers", "differing")


@dataclass(frozen=True)
class Exhibit:
    """One figure or table of one language, and how its second making compares."""

    lang: str
    id: str
    title: str
    state: str
    numbers: int
    differing: tuple[str, ...] = ()


def verify(project: Project, edition: Edition, folder: Path) -> list[Exhibit]:
    """Execute the notebooks again, compose from what they give, and compare with a build.

    The published results in `folder` make the one side, fresh results the other; where the
    notebooks cannot run here, every exhibit is not checkable.
    """
    with tempfile.TemporaryDirectory() as empty:
        published, fresh = Path(empty) / "published", Path(empty) / "fresh"
        briefing.write(edition, Results.load(folder / "results.json"), published)
        try:
            briefing.write(edition, _again(project, edition, Path(empty)), fresh)
        except HalfyearError:
            return [
                Exhibit(lang, id, _title(text), NOT_CHECKABLE, len(_numbers(text)))
                for lang in edition.params.languages
                for id, text in parts(published, lang).items()
            ]
        return [
            found
            for lang in edition.params.languages
            for found in compare(lang, parts(published, lang), parts(fresh, lang))
        ]


def parts(folder: Path, lang: str) -> dict[str, str]:
    """Give the figures and tables of a composed source by id, charts with their drawing."""
    text = (folder / f"briefing.{lang}.qmd").read_text(encoding="utf-8")
    found = {}
    for match in _OPEN.finditer(text):
        end = text.index("\n:::", match.start())
        body = text[match.start() : end]
        charts = [folder / "charts" / name for name in _CHART.findall(body)]
        drawn = [chart.read_text(encoding="utf-8") for chart in charts]
        found[match[1]] = "\n".join([body, *drawn])
    return found


def compare(lang: str, published: dict[str, str], fresh: dict[str, str]) -> list[Exhibit]:
    """Compare the exhibits of two composed sources of one language."""
    exhibits = []
    for id in dict.fromkeys([*published, *fresh]):
        one, other = published.get(id, ""), fresh.get(id, "")
        before, after = _numbers(one), _numbers(other)
        differing = sorted(k for k in {*before, *after} if before.get(k) != after.get(k))
        state = REPRODUCED if one == other else DIFFERS
        count = len(before or after)
        exhibits.append(Exhibit(lang, id, _title(one or other), state, count, tuple(differing)))
    return exhibits


def as_csv(exhibits: Sequence[Exhibit]) -> str:
    """Write the verification table as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEAD)
    writer.writerows(_cells(exhibit) for exhibit in exhibits)
    return text.getvalue()


def as_html(period: str, checks: Sequence[tuple[str, str]], exhibits: Sequence[Exhibit]) -> str:
    """Write the verification table, and how each check ended, as one HTML page."""
    style = (
        "body{font:16px/1.45 serif;margin:2rem auto;max-width:70rem;padding:0 1rem}"
        "table{border-collapse:collapse;margin:1rem 0;width:100%}"
        "th,td{border-bottom:1px solid #bbb;padding:.3rem .6rem;text-align:left}"
        ".differs,.failed{color:#801650;font-weight:bold}"
    )
    ended = _table(("check", "state"), checks)
    shown = _table(_HEAD, [_cells(exhibit) for exhibit in exhibits])
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>Verification of {period}</title><style>{style}</style></head>\n"
        f"<body><h1>Verification of {period}</h1>\n<h2>Checks</h2>\n{ended}\n"
        f"<h2>Figures and tables</h2>\n{shown}\n</body></html>\n"
    )


def _again(project: Project, edition: Edition, folder: Path) -> Results:
    given = {
        "period": str(edition.period),
        "edition_date": str(edition.params.edition_date),
    }
    saved = []
    kept = os.environ.get(OUT)
    os.environ[OUT] = str(folder)
    try:
        for notebook in sorted(project.notebooks.glob("[0-9][0-9]_*.ipynb")):
            execution.run(notebook, folder / notebook.name, given, project.root)
            saved.append(Results.load(folder / f"{notebook.stem}.json"))
    finally:
        os.environ.pop(OUT)
        if kept is not None:
            os.environ[OUT] = kept
    return dossier(edition, saved)


def _numbers(text: str) -> dict[str, tuple[str, ...]]:
    """Give what stands in an exhibit for each id."""
    found: dict[str, tuple[str, ...]] = {}
    for shown, id in _SPAN.findall(text):
        found[id] = (*found.get(id, ()), shown)
    for id, drawn in _DRAWN.findall(text):
        found[id] = (*found.get(id, ()), " ".join(_TAG.sub(" ", drawn).split()))
    return found


def _title(text: str) -> str:
    found = _TITLE.search(text)
    return found[1] if found else ""


def _cells(exhibit: Exhibit) -> tuple[str, ...]:
    return (
        exhibit.lang,
        exhibit.id,
        exhibit.title,
        exhibit.state,
        str(exhibit.numbers),
        "; ".join(exhibit.differing),
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def line(tag: str, cells: Sequence[str]) -> str:
        inner = "".join(f"<{tag}{_class(cell)}>{escape(cell)}</{tag}>" for cell in cells)
        return f"<tr>{inner}</tr>"

    return "\n".join(["<table>", line("th", head), *(line("td", row) for row in rows), "</table>"])


def _class(cell: str) -> str:
    return f' class="{cell}"' if cell in (DIFFERS, "failed") else ""
