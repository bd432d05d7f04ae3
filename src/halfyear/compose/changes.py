"""What changed since the last edition, and what the last edition said."""

from halfyear.analysis.changes import Change, Changes, Difference
from halfyear.compose.chapter import Chapter
from halfyear.compose.markup import DASH
from halfyear.compose.tree import Column
from halfyear.errors import PeriodError
from halfyear.period import Period
from halfyear.results import Quantity
from halfyear.texts import escape
from halfyear.view import View

MOST = 6


def changes(chapter: Chapter) -> None:
    """Say both in one section, from the second edition on; see Changes."""
    study = chapter.view.study(Changes)
    if study.period is None:
        return
    earlier = study.period if study.period != chapter.view.period else None
    said = _result(chapter.view, study, earlier) if earlier else ""
    chapter.head("changes")
    _changed(chapter, study, said)
    if earlier:
        _said(chapter, study, earlier)


def _changed(chapter: Chapter, study: Changes, said: str) -> None:
    view = chapter.view
    items = [
        view.say(f"changes.counts.{kind}", n=view.span(total))
        for kind, total in zip(Difference, study.counts, strict=True)
        if total.value
    ]
    text = "text" if study.changes else "text_new"
    told = "; ".join(items) or view.say("changes.nothing")
    called = _called(view, study)
    counted = view.say(f"changes.{text}", last=called, items=told)
    chapter.add(" ".join(part for part in (counted, said) if part))
    here = [change for change in study.changes if change.place == view.edition.params.place]
    columns = [
        Column(view.say("changes.figure"), "1fr"),
        Column(view.say("changes.kind"), "24"),
        Column(view.say("changes.before"), "34", "r"),
        Column(view.say("changes.after"), "52", "r"),
        Column(view.say("changes.by"), "22", "r"),
    ]
    rows = [_row(view, change) for change in here[:MOST]]
    chapter.table("changes", "changes.table", columns, rows, last=called)


def _called(view: View, study: Changes) -> str:
    """Name the edition compared with; one of the same period by its day, too."""
    period = view.when(study.period or view.period)
    if study.period != view.period:
        return period
    return view.say("changes.issue", period=period, date=view.date(str(study.day)))


def _row(view: View, change: Change) -> tuple[str, ...]:
    def cell(quantity: Quantity | None, *styles: str) -> str:
        return view.span(quantity, *styles) if quantity else DASH

    return (
        name(view, change),
        view.say(f"changes.kinds.{change.kind}"),
        cell(change.before, "unit"),
        "; ".join([cell(change.after, "unit"), *(cell(other, "unit") for other in _apart(change))]),
        cell(change.by, "short", "sign"),
    )


def _apart(change: Change) -> list[Quantity]:
    """The publications that do not fit, where the figure is not itself the range of them."""
    after = change.after.interval if change.after else None
    return [q for q in change.others if after is None or not after.contains(q.known)]


def name(view: View, change: Change) -> str:
    """Name a figure: its indicator, what of it, and when."""
    indicator = view.edition.indicators[change.indicator]
    what = view.say(f"changes.measures.{change.measure}")
    table = "" if change.table == "observations" else view.say(f"changes.tables.{change.table}")
    parts = [view.name(indicator), what, table, _when(view, change.when)]
    return ", ".join(part for part in parts if part)


def _when(view: View, text: str) -> str:
    try:
        return view.when(Period.parse(text), "name")
    except PeriodError:
        return escape(text.replace("-", "–"))


def _result(view: View, study: Changes, last: Period) -> str:
    """How many of the last edition's headline indicators met; empty where that is not known."""
    if not (study.met and study.headline):
        return ""
    slots = {"met": view.span(study.met), "all": view.span(study.headline)}
    return view.say("said.result", last=view.when(last), **slots)


def _said(chapter: Chapter, study: Changes, last: Period) -> None:
    view = chapter.view
    rows = [
        (
            view.name(view.edition.indicators[pair.indicator]),
            view.say(f"said.kinds.{pair.kind}"),
            view.span(pair.said, "unit"),
            view.span(pair.came, "unit"),
        )
        for pair in study.said
    ]
    columns = [
        Column(view.say("said.indicator"), "1fr"),
        Column(view.say("said.what"), "38"),
        Column(view.say("said.said", last=view.when(last, "short")), "40", "r"),
        Column(view.say("said.came"), "52", "r"),
    ]
    chapter.table("said", "said.table", columns, rows, last=view.when(last))
