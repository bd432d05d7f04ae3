"""The section on the sectors: what grew, what fell, and what share of its plan is done."""

from halfyear.analysis import sectors as data
from halfyear.analysis.sectors import Row
from halfyear.charts.growths import growths
from halfyear.compose.chapter import Chapter, inside
from halfyear.view import View

SHOWN = 3


def sectors(chapter: Chapter) -> None:
    """The sectors' indicators: the fastest and the falling in words, all compared as a chart."""
    view = chapter.view
    rows = data.rows(view.edition, view.period)
    found = data.compared(view.edition, rows)
    if not found:
        return
    chapter.head("sectors")
    chapter.add(_text(view, found))
    chapter.add(_turns(view, found))
    chapter.figure(growths(view, found))


def _text(view: View, found: list[Row]) -> str:
    period = view.period
    numbers = {
        name: view.num(f"count:{count}@{period}")
        for name, count in (("all", "compared"), ("rising", "rising"), ("falling", "falling"))
    }
    falls = [row for row in found if row.growth and row.growth.known.high < 0]
    key = "sectors.text" if falls else "sectors.text_all"
    slots = {"falls": view.join([_item(view, row, "abs") for row in reversed(falls)])}
    fastest = view.join([_item(view, row) for row in found[:SHOWN]])
    return view.say(key, period=view.when(period), fastest=fastest, **numbers, **slots)


def _item(view: View, row: Row, *styles: str) -> str:
    assert row.growth is not None
    growth = view.num(row.growth.id, "unit", *styles)
    key = "sectors.fall" if styles else "sectors.item"
    return view.say(key, name=inside(view, row.indicator), growth=growth)


def _turns(view: View, found: list[Row]) -> str:
    slower = [
        row
        for row in found
        if row.growth
        and row.quarter_growth
        and row.quarter_growth.known.high < row.growth.known.low
    ]
    if not slower:
        return ""
    items = [
        view.say(
            "sectors.slower_item",
            name=inside(view, row.indicator),
            quarter=view.num(row.quarter_growth.id, "unit"),
            growth=view.num(row.growth.id, "unit"),
        )
        for row in slower
        if row.growth and row.quarter_growth
    ]
    quarter = view.when(view.period.last_quarter())
    return view.say("sectors.slower", quarter=quarter, items=view.join(items))
