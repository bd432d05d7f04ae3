"""The briefing of an edition: one composed source a language, and its charts."""

import csv
import io
import shutil
from dataclasses import dataclass
from pathlib import Path

from halfyear.analysis import scorecard as cards
from halfyear.analysis.scorecard import Line
from halfyear.charts.style import Chart
from halfyear.compose import firstpage, headline, provenance
from halfyear.compose.annex import annex, sources
from halfyear.compose.changes import changes
from halfyear.compose.chapter import Chapter
from halfyear.compose.findings import findings, growth_line, parts
from halfyear.compose.goals import goals, path
from halfyear.compose.growth import growth
from halfyear.compose.lacks import lacks
from halfyear.compose.markup import block
from halfyear.compose.outlook import outlook
from halfyear.compose.projects import projects
from halfyear.compose.published import others
from halfyear.compose.rest import rest
from halfyear.compose.scorecard import scorecard
from halfyear.compose.sectors import sectors
from halfyear.edition import Edition
from halfyear.period import Period
from halfyear.results import Results
from halfyear.texts import escape
from halfyear.view import View


@dataclass(frozen=True)
class Composed:
    """One language's composed text, without head and provenance, and its charts."""

    view: View
    body: str
    charts: tuple[Chart, ...]
    provenance: str

    def head(self, lang: str) -> str:
        """The YAML head of the source."""
        view = self.view
        title = view.say("masthead.title", period=view.when(view.period))
        params = view.edition.params
        lines = {
            "title": title,
            "lang": lang,
            "date": str(params.edition_date),
            "place": view.say(f"place.{params.place}"),
            "status": view.say(f"status.{firstpage.source_status(view)}"),
            "letterhead": str(params.letterhead).lower(),
        }
        body = "\n".join(
            f'{k}: "{v}"' if k != "letterhead" else f"{k}: {v}" for k, v in lines.items()
        )
        return f"---\n{body}\n---\n"


def compose(edition: Edition, results: Results, lang: str) -> Composed:
    """Compose one language."""
    view = View.of(edition, results, lang)
    card = cards.lines(edition, edition.period)
    before = cards.lines(edition, edition.period.last_quarter())
    marks = headline.Marks()
    table, bullets = headline.headline(view, card, marks)
    front = [
        firstpage.masthead(view),
        firstpage.hero(view, card),
        firstpage.strip(view, card),
        table,
        findings(view, card),
    ]
    chapter = _chapter(view, card, before)
    svgs = [chart.svg for chart in (*bullets, *chapter.charts)]
    ids = provenance.used(*front, *marks.notes.values(), *chapter.parts, *svgs)
    documents = provenance.sources(view, ids)
    sources(chapter, documents)
    notes = _notes(view, card, marks)
    body = "\n\n".join([*front, notes, block("pagebreak"), block("contents"), *chapter.parts])
    return Composed(view, body, (*bullets, *chapter.charts), provenance.blocks(view, ids))


def _chapter(view: View, card: list[Line], before: list[Line]) -> Chapter:
    chapter = Chapter(view)
    growth(chapter, card)
    scorecard(chapter, card, before)
    sectors(chapter, _headed(view, card))
    rest(chapter, card)
    outlook(chapter, card)
    path(chapter, card)
    goals(chapter, _targeted(card), "goals", "goals.headline")
    projects(chapter)
    changed = changes(chapter)
    others(chapter, card)
    lacks(chapter, card, changed)
    annex(chapter, card)
    return chapter


def _targeted(card: list[Line]) -> list[str]:
    """Headline indicators but the one whose path has its own table."""
    line = growth_line(card)
    return [item.key for item in card if line is None or item.key != line.key]


def _headed(view: View, card: list[Line]) -> set[str]:
    """Indicators that the section on growth explains."""
    line = growth_line(card)
    if line is None:
        return set()
    return {line.indicator.id, *(key.split(".")[0] for key in parts(view.edition, line))}


def write(edition: Edition, results: Results, folder: Path) -> None:
    """Write briefing.<lang>.qmd for each language and for both, with charts/, into a folder."""
    charts = folder / "charts"
    shutil.rmtree(charts, ignore_errors=True)
    charts.mkdir(parents=True)
    made = [compose(edition, results, lang) for lang in edition.params.languages]
    for one in made:
        lang = one.view.lang
        text = f"{one.head(lang)}\n{one.body}\n\n{one.provenance}\n"
        _save(folder / f"briefing.{lang}.qmd", text)
        for chart in one.charts:
            _save(charts / f"{chart.name}.{lang}.svg", chart.svg)
            if chart.data:
                _save(charts / f"{chart.name}.{lang}.csv", _csv(chart))
    if len(made) > 1:
        name = "-".join(one.view.lang for one in made)
        rest = [_second(one) for one in made[1:]]
        text = "\n\n".join([made[0].head(made[0].view.lang), made[0].body, *rest])
        _save(folder / f"briefing.{name}.qmd", text + "\n")


def _second(one: Composed) -> str:
    lang = one.view.lang
    body = one.body.replace("{#", f"{{#{lang}-").replace(" #tbl-", f" #{lang}-tbl-")
    return f"::::::::: {{.edition lang={lang}}}\n{body}\n:::::::::"


def _csv(chart: Chart) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(chart.data)
    return buffer.getvalue()


def _save(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _notes(view: View, card: list[Line], marks: headline.Marks) -> str:
    lettered = [f"[{marks.letter(key)}]{{.strong}} {text}" for key, text in marks.notes.items()]
    plan = view.edition.sources.get(view.edition.params.scenario)
    bars = view.say(f"notes.bars_{cards.yardstick(card, view.period)}")
    drawn = [bars] if headline.planned(view, card) else []
    parts = [view.say("notes.dash"), *drawn, *lettered]
    if plan is not None:
        quarter = Period(view.period.year, "Q1")
        late = "scenario_late" if plan.date > str(quarter.end) else "scenario"
        parts.append(view.say(f"notes.{late}", plan=escape(plan.number), date=view.date(plan.date)))
    return block("notes", " ".join([*parts, view.say("notes.sources")]))
