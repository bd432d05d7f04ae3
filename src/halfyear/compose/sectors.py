"""The section on the sectors: what grew, what fell, and what share of its plan is done."""

from halfyear.analysis.sectors import Row, Sectors
from halfyear.charts.growths import growths
from halfyear.compose.chapter import Chapter, inside
from halfyear.view import View

SHOWN = 3


def sectors(chapter: Chapter) -> None:
    """The sectors' indicators: the fastest and the falling in words, all compared as a chart."""
    view = chapter.view
    study = view.study(Sectors)
    compared = study.compared
    if not compared:
        return
    chapter.head("sectors")
    chapter.add(_text(view, study))
    chapter.add(_turns(view, compared))
    chapter.figure(growths(view))


def _text(view: View, study: Sectors) -> str:
    period, compared = view.period, study.compared
    numbers = {
        name: view.span(study.counts[count])
        for name, count in (("all", "compared"), ("rising", "rising"), ("falling", "falling"))
    }
    falls = [row for row in compared if row.growth and row.growth.known.high < 0]
    key = "sectors.text" if falls else "sectors.text_all"
    slots = {"falls": view.join([_item(view, row, "abs") for row in reversed(falls)])}
    fastest = view.join([_item(view, row) for row in compared[:SHOWN]])
    return view.say(key, period=view.when(period), fastest=fastest, **numbers, **slots)


def _item(view: View, row: Row, *styles: str) -> str:
    assert row.growth is not None
    growth = view.num(row.growth.id, "unit", *styles)
    key = "sectors.fall" if styles else "sectors.item"
    return view.say(key, name=inside(view, row.indicator), growth=growth)


def _turns(view: View, rows: list[Row]) -> str:
    slower = [row for row in rows if row.turn == "slower"]
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
