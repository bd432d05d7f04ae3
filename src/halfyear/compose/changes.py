"""What changed since the last edition, and what the last edition said."""

from dataclasses import replace

from halfyear.analysis import said, scorecard
from halfyear.compose.chapter import Chapter
from halfyear.compose.markup import DASH, Column
from halfyear.edition import Edition
from halfyear.errors import PeriodError
from halfyear.period import Period
from halfyear.periods import diff
from halfyear.periods.diff import Change, Kind
from halfyear.results import Quantity
from halfyear.texts import escape
from halfyear.view import View

MOST = 6


def changes(chapter: Chapter) -> list[Change]:
    """Say both in one section, from the second edition on; gives the figures that changed.

    Compared is the edition the params name. Of an edition that replaces an earlier one of its own
    period nothing was said of the time after it.
    """
    now = chapter.view.edition
    earlier = now.params.compared_with
    if earlier is None:
        return []
    name = str(now.params.identity.at(earlier.period))
    last = now.once(("compared with", earlier), lambda: Edition.open(name, earlier.day))
    chapter.head("changes")
    found = _changed(chapter, last, now)
    if last.period != now.period:
        _said(chapter, last, now)
    return found


def _changed(chapter: Chapter, last: Edition, now: Edition) -> list[Change]:
    view = chapter.view
    found = now.once(("changes since", last.period), lambda: diff.between(last, now))
    totals = diff.counts(found, last, now)
    view.results.add(*totals)
    items = [
        view.say(f"changes.counts.{kind}", n=view.span(total))
        for kind, total in zip(Kind, totals, strict=True)
        if total.value
    ]
    moved = any(change.kind is not Kind.NEW for change in found)
    text = "text" if moved else "text_new"
    told = "; ".join(items) or view.say("changes.nothing")
    called = _called(view, last)
    chapter.add(view.say(f"changes.{text}", last=called, items=told))
    listed = [c for c in found if c.kind is not Kind.NEW and c.place == now.params.place][:MOST]
    columns = [
        Column(view.say("changes.figure"), "1fr"),
        Column(view.say("changes.kind"), "24"),
        Column(view.say("changes.before"), "34", "r"),
        Column(view.say("changes.after"), "52", "r"),
        Column(view.say("changes.by"), "22", "r"),
    ]
    rows = [_row(view, last, change) for change in listed]
    chapter.table("changes", "changes.table", columns, rows, last=called)
    return found


def _called(view: View, last: Edition) -> str:
    """Name the edition compared with; one of the same period by its day, too."""
    period = view.when(last.period)
    if last.period != view.period:
        return period
    return view.say("changes.issue", period=period, date=view.date(str(last.params.edition_date)))


def _row(view: View, last: Edition, change: Change) -> tuple[str, ...]:
    before = change.before
    if before is not None:
        before = said.quoted(before, last)
    if change.kind is Kind.CONTRADICTORY:
        before = change.others[0]
    by = change.by
    if by is not None and before is not None and change.after is not None:
        by = replace(by, operands=(before.id, change.after.id))
    shown = [q for q in (before, change.after, by) if q is not None]
    view.results.add(*shown)

    def cell(quantity: Quantity | None, *styles: str) -> str:
        return view.span(quantity, *styles) if quantity else DASH

    return (
        name(view, change),
        view.say(f"changes.kinds.{change.kind}"),
        cell(before, "unit"),
        cell(change.after, "unit"),
        cell(by, "short", "sign"),
    )


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


def _said(chapter: Chapter, last: Edition, now: Edition) -> None:
    view = chapter.view
    rows = []
    for pair in said.pairs(last, now):
        view.results.add(pair.said, pair.came)
        indicator = view.edition.indicators[pair.indicator]
        rows.append(
            (
                view.name(indicator),
                view.say(f"said.kinds.{pair.kind}"),
                view.span(pair.said, "unit"),
                view.span(pair.came, "unit"),
            )
        )
    columns = [
        Column(view.say("said.indicator"), "1fr"),
        Column(view.say("said.what"), "38"),
        Column(view.say("said.said", last=view.when(last.period, "short")), "40", "r"),
        Column(view.say("said.came"), "52", "r"),
    ]
    if not rows and last.period == last.period.full_year():
        chapter.add(_result(view, last))
    chapter.table("said", "said.table", columns, rows, last=view.when(last.period))


def _result(view: View, last: Edition) -> str:
    counts = scorecard.counts(scorecard.lines(last, last.period), last.period)
    found = {quantity.key.subject: quantity for quantity in counts}
    met, every = found["met"], found["headline"]
    view.results.add(met, every)
    slots = {"met": view.span(met), "all": view.span(every), "last": view.when(last.period)}
    return view.say("said.result", **slots)
