"""Published figures beside the headline list, for an edition that no scenario judges."""

from halfyear.analysis.scorecard import Line, Scorecard
from halfyear.compose.chapter import Chapter
from halfyear.compose.markup import DASH
from halfyear.compose.tree import Column
from halfyear.data.described import Indicator
from halfyear.view import View

MEASURES = {"growth_yoy": "growth", "level": "level", "contribution": "contribution"}
WIDTHS = {"growth_yoy": "24", "level": "62", "contribution": "28"}


def others(chapter: Chapter, card: list[Line]) -> None:
    """Tabulate what else is printed for the period, unless a scenario makes the report rich."""
    view = chapter.view
    if view.study(Scorecard).whole.yardstick == "scenario":
        return
    listed = {line.key for line in card} | {f"{line.indicator.id}.growth_yoy" for line in card}
    shown = [
        (indicator, cells)
        for indicator in view.edition.indicators.values()
        if any((cells := _cells(view, indicator, listed)).values())
    ]
    if not shown:
        return
    names = [m for m in MEASURES if any(cells[m] for _, cells in shown)]
    columns = [Column(view.say("others.name"), "1fr")]
    columns += [Column(view.say(f"others.{MEASURES[name]}"), WIDTHS[name], "r") for name in names]
    rows = [
        (view.name(indicator), *(cells[name] or DASH for name in names))
        for indicator, cells in shown
    ]
    chapter.head("others")
    chapter.add(view.say("others.text", period=view.when(view.period)))
    chapter.table("others", "others.table", columns, rows, period=view.when(view.period))


def _cells(view: View, indicator: Indicator, listed: set[str]) -> dict[str, str]:
    return {
        measure: "" if f"{indicator.id}.{measure}" in listed else _cell(view, indicator.id, measure)
        for measure in MEASURES
    }


def _cell(view: View, indicator: str, measure: str) -> str:
    fact = view.edition.fact(indicator, measure, view.period)
    if fact.absent:
        return ""
    style = "short" if measure == "contribution" else "unit"
    return view.stated(fact, style)
