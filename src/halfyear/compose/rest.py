"""The section on the rest of the year: what is left, and how hard that is."""

from halfyear.analysis.base import FORMER_PLACES
from halfyear.analysis.scorecard import Line
from halfyear.charts.multiples import multiples
from halfyear.compose.chapter import Chapter, cell
from halfyear.compose.markup import Column, block
from halfyear.view import View


def rest(chapter: Chapter, card: list[Line]) -> None:
    """What the rest of the year must deliver, flow by flow."""
    view = chapter.view
    period = view.period
    keys = [x.key for x in card if view.results.get(f"multiple:{x.key}@{period}")]
    if not keys or period.part == "FY":
        return
    keys.sort(key=lambda k: -view.results[f"multiple:{k}@{period}"].known.high)
    part = view.when(period, "short")
    chapter.head("rest")
    chapter.add(
        view.say(
            "rest.text",
            first=view.name(view.edition.indicators[keys[0].split(".")[0]]),
            first_multiple=view.num(f"multiple:{keys[0]}@{period}", "unit"),
            first_rest=view.num(f"rest:{keys[0]}@{period}", "unit"),
            rest=view.when(period, "rest"),
            part=part,
        )
    )
    chapter.figure(multiples(view, keys))
    quarter = view.when(period.last_quarter(), "short")
    columns = [
        Column(view.say("rest.col_name"), "1fr"),
        Column(view.say("rest.col_multiple", part=part), "26", "r"),
        Column(view.say("rest.col_last"), "26", "r"),
        Column(view.say("rest.col_monthly"), "23", "r"),
        Column(view.say("rest.col_quarter", quarter=quarter), "22", "r"),
        Column(view.say("rest.col_effort"), "33", "r"),
    ]
    rows = [
        (
            view.name(view.edition.indicators[k.split(".")[0]]),
            cell(view, f"multiple:{k}@{period}", "unit"),
            cell(view, f"last_multiple:{k}@{period}", "unit"),
            cell(view, f"monthly_needed:{k}@{period}"),
            cell(view, f"monthly_last_quarter:{k}@{period}"),
            cell(view, f"effort:{k}@{period}", "short", "sign"),
        )
        for k in keys
    ]
    chapter.table("rest", "rest.table", columns, rows)
    chapter.add(block("small", " ".join([view.say("rest.note"), *_former(view, keys)])))


def _former(view: View, keys: list[str]) -> list[str]:
    """Say whose last year is known only of a place before the merger."""
    lasts = {k: view.results.get(f"last_multiple:{k}@{view.period}") for k in keys}
    names = [
        view.name(view.edition.indicators[k.split(".")[0]])
        for k, last in lasts.items()
        if last is not None
        and last.interval is not None
        and any(f":{place}." in operand for place in FORMER_PLACES for operand in last.operands)
    ]
    return [view.say("rest.note_former", names=", ".join(names))] if names else []
