"""The briefing of an edition: one composed source a language, and its charts."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from halfyear import entry
from halfyear.analysis.growth import Growth
from halfyear.analysis.scorecard import Line, Scorecard
from halfyear.charts.chart import Chart
from halfyear.compose import cards, chartdata, firstpage, headline, provenance
from halfyear.compose.annex import annex, sources
from halfyear.compose.changes import changes
from halfyear.compose.chapter import Chapter, inside, sentences
from halfyear.compose.goals import path
from halfyear.compose.growth import growth
from halfyear.compose.growth import note as growth_note
from halfyear.compose.lacks import lacks
from halfyear.compose.outlook import outlook
from halfyear.compose.points import points
from halfyear.compose.projects import projects
from halfyear.compose.published import others
from halfyear.compose.rest import rest
from halfyear.compose.scorecard import scorecard
from halfyear.compose.sectors import sectors
from halfyear.compose.source import Writer
from halfyear.compose.statements import statements
from halfyear.compose.tree import Node, Table, block, figures
from halfyear.edition import Edition
from halfyear.entry import Entry
from halfyear.key import Kind
from halfyear.period import Period
from halfyear.project import START
from halfyear.results import Results
from halfyear.texts import escape
from halfyear.view import View

FORMS = ("html", "typst", "docx")


@dataclass(frozen=True)
class Composed:
    """One language's tree, what its numbers lead to, and its charts."""

    view: View
    nodes: tuple[Node, ...]
    provenance: tuple[Entry, ...]

    @property
    def charts(self) -> list[Chart]:
        """The charts, in order."""
        return [figure.chart for figure in figures(self.nodes)]

    def body(self, before: str = "") -> str:
        """The text without its head; before stands before every anchor."""
        return Writer(self.view.lang, before).write(self.nodes)

    def head(self, lang: str, forms: tuple[str, ...] = FORMS) -> str:
        """The YAML head of the source; `forms` are what Quarto makes of it where none is asked."""
        view = self.view
        title = view.say("masthead.title", period=view.when(view.period))
        params = view.edition.params
        lines = {
            "title": title,
            "lang": lang,
            "date": str(params.edition_date),
            "place": view.place(params.place, "full"),
            "status": view.say(f"status.{firstpage.source_status(view)}"),
            "home": "../" * (str(params.identity).count("/") + 1) + START,
            "letterhead": str(params.letterhead).lower(),
        }
        body = "\n".join(
            f'{k}: "{v}"' if k != "letterhead" else f"{k}: {v}" for k, v in lines.items()
        )
        chosen = "\n".join(f"  {form}: default" for form in forms)
        return f"---\n{body}\nformat:\n{chosen}\n---\n"


def compose(
    edition: Edition, results: Results, lang: str, charts: Mapping[str, Chart] | None = None
) -> Composed:
    """Compose one language, with its charts, by name, which are drawn where none are given."""
    view = View.of(edition, results, lang)
    card = list(view.study(Scorecard).whole.lines)
    chapter = _chapter(view, card, _drawn(view) if charts is None else charts)
    nodes = [firstpage.masthead(view), *judgement(view, card), _notes(view, card)]
    ids = provenance.used([*nodes, *chapter.parts])
    sources(chapter, provenance.sources(view, ids))
    nodes += [block("pagebreak"), block("contents"), *chapter.parts]
    return Composed(view, tuple(nodes), provenance.entries(view, ids))


def judgement(view: View, card: list[Line]) -> list[Node]:
    """Page 1 below its masthead, from the message to the matters for consideration."""
    table = headline.headline(view, card)
    cells = {cell for row in table.rows for cell in row} if isinstance(table, Table) else set()
    return [
        firstpage.summary(view, card),
        firstpage.strip(view, card),
        cards.cards(view, card),
        table,
        headline.note(view, card, cells),
        points(view),
    ]


def _drawn(view: View) -> dict[str, Chart]:
    from halfyear.charts.gallery import gallery

    return gallery(view)


def _chapter(view: View, card: list[Line], charts: Mapping[str, Chart]) -> Chapter:
    chapter = Chapter(view, charts)
    growth(chapter)
    statements(chapter)
    scorecard(chapter)
    sectors(chapter)
    rest(chapter)
    outlook(chapter, card)
    path(chapter)
    projects(chapter)
    changes(chapter)
    others(chapter, card)
    lacks(chapter)
    annex(chapter)
    return chapter


def write(edition: Edition, results: Results, folder: Path, languages: Sequence[str] = ()) -> None:
    """Write briefing.<lang>.qmd for each language and for both into a folder, with charts/.

    Beside the source of a language stand the entries of its provenance. The languages are those of
    the edition, unless others are given.
    """
    shutil.rmtree(folder / "charts", ignore_errors=True)
    made = [compose(edition, results, lang) for lang in languages or edition.params.languages]
    for one in made:
        save(one, folder)
    if len(made) > 1:
        name = "-".join(one.view.lang for one in made)
        parts = [part(one, first=one is made[0]) for one in made]
        _save(folder / f"briefing.{name}.qmd", "".join(parts))


def save(one: Composed, folder: Path) -> None:
    """Write one language's briefing.<lang>.qmd into a folder, with its charts and entries."""
    charts, lang = folder / "charts", one.view.lang
    charts.mkdir(parents=True, exist_ok=True)
    _save(folder / f"briefing.{lang}.qmd", f"{one.head(lang)}\n{one.body()}\n")
    entry.save(one.provenance, entry.file(folder, lang))
    for chart in one.charts:
        _save(charts / f"{chart.name}.{lang}.svg", chart.svg)
        if figures := chartdata.text(one.view, chart):
            _save(charts / f"{chart.name}.{lang}.csv", figures)


def part(one: Composed, *, first: bool) -> str:
    """What one language gives to the source in all, which has these one after the other.

    The first brings the head.
    """
    lang = one.view.lang
    if first:
        return f"{one.head(lang, ('typst',))}\n\n{one.body()}\n"
    return f"\n::::::::: {{.edition lang={lang}}}\n{one.body(f'{lang}-')}\n:::::::::\n"


def _save(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _notes(view: View, card: list[Line]) -> Node:
    """What stands at the foot of page 1: assumptions, other days of counting, instruments."""
    implied = growth_note(view, "notes.implied")
    texts = [implied, _assumed(view, card), *_cutoffs(view, card), _scenario(view), _plan(view)]
    said = sentences(*texts)
    return block("foot", said) if said else ""


def _assumed(view: View, card: list[Line]) -> str:
    """What part of last year the period is taken for, and the indicators that rest on it."""
    last = view.period.shift(-1)
    weight = view.results.get(Kind.WEIGHT.of(view.study(Growth).total, when=last))
    if weight is None or weight.bound != "approx":
        return ""
    names = [
        inside(view, line.key)
        for line in card
        if (needed := view.results.get(Kind.NEEDED.named(line.key, view.period)))
        and str(Kind.WEIGHT.of(line.indicator.id, when=last)) in needed.operands
    ]
    if not names:
        return ""
    part, share = view.when(view.period, "short"), view.span(weight, "percent")
    year = str(last.year)
    return view.say("notes.weight", part=part, weight=share, year=year, names=view.join(names))


def _cutoffs(view: View, card: list[Line]) -> list[str]:
    """The indicators counted to another day than the period's last."""
    texts = []
    for line in card:
        row = view.edition.figures.get(line.actual.id, {})
        cutoff = str(row.get("cutoff") or view.period.end)
        if cutoff != str(view.period.end):
            name = view.name(line.indicator)
            texts.append(view.say("notes.cutoff", name=name, date=view.date(cutoff)))
    return texts


def _scenario(view: View) -> str:
    plan = view.edition.sources.get(view.edition.params.scenario)
    if plan is None:
        return ""
    quarter = Period(view.period.year, "Q1")
    late = "scenario_late" if plan.date > str(quarter.end) else "scenario"
    return view.say(f"notes.{late}", plan=escape(plan.number), date=view.date(plan.date))


def _plan(view: View) -> str:
    plan = view.edition.sources.get(view.edition.params.plan)
    return view.say("notes.plan", plan=escape(plan.number)) if plan is not None else ""
