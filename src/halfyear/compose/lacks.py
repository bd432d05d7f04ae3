"""What an edition lacks: figures and whole sections that its documents do not give."""

from collections.abc import Iterator

from halfyear.analysis.changes import Changes, Difference
from halfyear.analysis.scorecard import Card, Line, Scorecard
from halfyear.analysis.targets import Targets
from halfyear.compose.changes import name
from halfyear.compose.chapter import Chapter
from halfyear.compose.targets import silent
from halfyear.compose.tree import block, bullets
from halfyear.view import View

ADDED = ("added", "added_measured")
RANKED = ("growth", "scorecard")  # sections on headline indicators, which a list names
SECTIONS = ("growth", "scorecard", "sectors", "rest", "path", "projects")


def lacks(chapter: Chapter) -> None:
    """List what the documents known at the edition's date do not print; nothing where all is."""
    view = chapter.view
    card = view.study(Scorecard).whole
    items = [*_whole(view, card), *_lines(view, card), *_gone(view), *_sections(chapter, card)]
    added = _added(chapter)
    if items or added:
        chapter.head("lacks")
    if items:
        chapter.add(view.say("lacks.text", date=view.date(str(view.edition.params.edition_date))))
        chapter.add(bullets(items))
    if added:
        chapter.add(block("small", added))


def _whole(view: View, card: Card) -> Iterator[str]:
    if card.yardstick == "none":
        yield view.say("lacks.no_scenario")
    if card.lines and not any(_planned(view, line) for line in card.lines):
        yield view.say("lacks.no_plan", year=str(view.period.year))
    quarter = view.period.last_quarter()
    facts = (view.edition.fact(x.indicator.id, x.measure, quarter) for x in card.lines)
    if quarter != view.period and all(fact.absent for fact in facts):
        yield view.say("lacks.no_quarter", quarter=view.when(quarter))


def _lines(view: View, card: Card) -> Iterator[str]:
    scenarios = card.yardstick == "scenario"
    plans = any(_planned(view, line) for line in card.lines)
    names: dict[str, list[str]] = {}
    part = view.when(view.period, "short")
    for line in card.lines:
        lacking = {
            "actual": line.actual.absent,
            "scenario": scenarios and line.scenario.absent,
            "target": plans and not _planned(view, line),
        }
        words = [view.say(f"lacks.{name}", part=part) for name, absent in lacking.items() if absent]
        if words:
            names.setdefault(view.join(words), []).append(view.name(line.indicator))
    for what, those in names.items():
        yield view.say("lacks.item", what=what, names="; ".join(those))


def _added(chapter: Chapter) -> str:
    """The figures that the report's own list of targets adds and gives no result for."""
    if not chapter.tabled("targets"):
        return ""
    view = chapter.view
    study = view.study(Targets)
    names = silent(view, study.added)
    if not names:
        return ""
    counts = {name: view.span(study.counts[f"targets_{name}"]) for name in ADDED}
    return view.say("lacks.added", names=names, **counts)


def _gone(view: View) -> Iterator[str]:
    """The figures of the edition this one replaces that no document prints any longer."""
    study = view.study(Changes)
    if study.period != view.period:
        return
    gone = (change for change in study.changes if change.kind is Difference.WITHDRAWN)
    names = [name(view, change) for change in gone]
    if names:
        date = view.date(str(study.day))
        yield view.say("lacks.withdrawn", date=date, figures="; ".join(names))


def _sections(chapter: Chapter, card: Card) -> Iterator[str]:
    """The sections that the edition has not: for want of figures, or of the list they rest on."""
    view = chapter.view
    absent = [key for key in SECTIONS if _absent(chapter, key)]
    unlisted = [] if card.lines else [key for key in absent if key in RANKED]
    if unlisted:
        year = str(view.period.year)
        yield view.say("lacks.headline", year=year, titles=_titles(view, unlisted))
    if unsaid := [key for key in absent if key not in unlisted]:
        yield view.say("lacks.sections", titles=_titles(view, unsaid))


def _absent(chapter: Chapter, key: str) -> bool:
    over = key == "rest" and chapter.view.period.part == "FY"
    return not over and not chapter.has(key) and chapter.view.texts.has(f"sections.{key}")


def _titles(view: View, keys: list[str]) -> str:
    slots = {"year": str(view.edition.params.goal_years[1])}
    titles = (view.say(f"sections.{key}", **slots) for key in keys)
    return view.join([view.say("lacks.quoted", title=title) for title in titles])


def _planned(view: View, line: Line) -> bool:
    return not view.edition.target(line.indicator.id, line.measure).absent
