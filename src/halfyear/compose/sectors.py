"""The section on the sectors: what grew, what fell, and what share of its plan is done."""

from halfyear.analysis import sectors as data
from halfyear.analysis.sectors import Row
from halfyear.charts.growths import growths
from halfyear.compose.chapter import Chapter, cell, inside, named
from halfyear.compose.markup import Column, styled
from halfyear.view import View

SHOWN = 3


def sectors(chapter: Chapter, headed: set[str]) -> None:
    """The sectors' indicators: the fastest and the falling in words, all compared as a chart.

    headed are the indicators a section of their own explains; they stay out of the table.
    """
    view = chapter.view
    rows = data.rows(view.edition, view.period)
    found = data.compared(view.edition, rows)
    if not found:
        return
    chapter.head("sectors")
    chapter.add(_text(view, found))
    chapter.add(_turns(view, found))
    chapter.figure(growths(view, found))
    _table(chapter, [row for row in rows if row.indicator not in headed])


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
    return view.say("sectors.item", name=inside(view, row.indicator), growth=growth)


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


def _table(chapter: Chapter, rows: list[Row]) -> None:
    view = chapter.view
    period, quarter = view.period, view.period.last_quarter()
    columns = [
        Column(view.say("sectors.col_name"), "1fr"),
        Column(view.when(period, "short"), "27", "r"),
        Column(view.say("sectors.col_growth", period=view.when(period, "short")), "20", "r"),
        Column(view.say("sectors.col_growth", period=view.when(quarter, "short")), "20", "r"),
        Column(view.say("sectors.col_share"), "23", "r"),
    ]
    cells: list[tuple[str, ...]] = []
    group = ""
    for row in rows:
        if row.growth is None or view.edition.indicators[row.indicator].parent:
            continue
        if row.group != group:
            group = row.group
            cells.append((styled(view.say(f"groups.{group}"), "strong"), "", "", "", ""))
        cells.append(
            (
                named(view, f"{row.indicator}.level"),
                cell(view, row.level.id) if row.level else cell(view, ""),
                cell(view, row.growth.id, "unit", "sign"),
                cell(view, row.quarter_growth.id if row.quarter_growth else "", "unit", "sign"),
                cell(view, row.share.id if row.share else "", "unit"),
            )
        )
    chapter.table("sectors", "sectors.table", columns, cells)
