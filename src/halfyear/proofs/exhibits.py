"""Exhibits: the figures and tables of a briefing, made again and compared."""

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TypeAlias

from halfyear import execution, number
from halfyear.charts import style
from halfyear.compose.briefing import compose
from halfyear.compose.tree import Figure, Node, Table, texts, walk
from halfyear.dossier import dossier
from halfyear.edition import Edition
from halfyear.errors import HalfyearError
from halfyear.project import Project
from halfyear.results import OUT, Results

Part: TypeAlias = Figure | Table
REPRODUCED, DIFFERS, NOT_CHECKABLE = "reproduced", "differs", "not_checkable"
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
    languages = edition.params.languages
    results = Results.load(folder / "results.json")
    published = {lang: parts(compose(edition, results, lang).nodes) for lang in languages}
    try:
        with tempfile.TemporaryDirectory() as empty:
            again = _again(project, edition, Path(empty))
        fresh = {lang: parts(compose(edition, again, lang).nodes) for lang in languages}
    except HalfyearError:
        return [
            Exhibit(lang, anchor, _title(part), NOT_CHECKABLE, len(_numbers(part)))
            for lang in languages
            for anchor, part in published[lang].items()
        ]
    return [each for lang in languages for each in compare(lang, published[lang], fresh[lang])]


def parts(nodes: Iterable[Node]) -> dict[str, Part]:
    """The figures and numbered tables of a composed tree by anchor."""
    return {part.anchor: part for part in walk(nodes) if isinstance(part, Figure | Table)}


def compare(lang: str, published: Mapping[str, Part], fresh: Mapping[str, Part]) -> list[Exhibit]:
    """Compare the exhibits of two composed trees of one language."""
    exhibits = []
    for anchor in dict.fromkeys([*published, *fresh]):
        one, other = published.get(anchor), fresh.get(anchor)
        before, after = _numbers(one), _numbers(other)
        differing = sorted(k for k in {*before, *after} if before.get(k) != after.get(k))
        state = REPRODUCED if one == other else DIFFERS
        count = len(before or after)
        exhibits.append(Exhibit(lang, anchor, _title(one or other), state, count, tuple(differing)))
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


def _numbers(part: Part | None) -> dict[str, tuple[str, ...]]:
    """What stands in an exhibit for each id, in its text and in its drawing."""
    if part is None:
        return {}
    written = [pair for text in texts(part) for pair in number.spans(text)]
    if isinstance(part, Figure):
        written += style.numbers(part.chart.svg)
    shown: dict[str, tuple[str, ...]] = {}
    for id, text in written:
        shown[id] = (*shown.get(id, ()), text)
    return shown


def _title(part: Part | None) -> str:
    if part is None:
        return ""
    return part.title if isinstance(part, Figure) else part.caption


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
