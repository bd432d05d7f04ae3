"""The section on the headline indicators: the verdicts by quarter and period."""

from halfyear.analysis import planshare
from halfyear.analysis.scorecard import Line, yardstick
from halfyear.compose.chapter import Chapter, cell, named, verdict
from halfyear.compose.headline import instrument
from halfyear.compose.markup import DASH, Column


def scorecard(chapter: Chapter, card: list[Line], before: list[Line]) -> None:
    """The verdicts on the headline indicators, those of the last quarter beside the period's."""
    view = chapter.view
    if not card:
        return
    period, quarter = view.period, view.period.last_quarter()
    chapter.head("scorecard")
    judged = yardstick(card, period)
    if judged != "scenario" or yardstick(before, quarter) == "none":
        name = "published" if judged == "none" else "met"
        known = {name: view.num(f"count:{name}@{period}"), "period": view.when(period)}
        every = view.num(f"count:headline@{period}")
        chapter.add(view.say(f"scorecard.text_{judged}", **known, all=every))
        return
    counted = ("met", "met_computed", "computed", "met_stated", "headline")
    count = {n: view.num(f"count:{n}@{period}") for n in counted}
    of_quarter = ("met", "met_computed", "met_stated", "missed_by_omission")
    q = {f"q_{n}": view.num(f"count:{n}@{quarter}") for n in of_quarter}
    slots = {"period": view.when(period), "quarter": view.when(quarter)}
    chapter.add(view.say("scorecard.text", **slots, **count, **q))
    columns = [
        Column(view.say("scorecard.col_name"), "1fr"),
        Column(view.when(quarter, "short"), "19", "r"),
        Column(view.say("headline.scenario"), "17", "r"),
        Column(view.say("headline.verdict"), "31"),
        Column(view.when(period, "short"), "20", "r"),
        Column(view.say("headline.verdict"), "31"),
    ]
    rows = [
        (
            named(view, now.key),
            view.num(then.actual.id) if then.actual else DASH,
            view.num(then.scenario.id) if then.scenario else DASH,
            verdict(view, then),
            view.num(now.actual.id) if now.actual else DASH,
            verdict(view, now),
        )
        for now, then in zip(card, before, strict=True)
    ]
    chapter.table("scorecard", "scorecard.table", columns, rows)


def shares(chapter: Chapter, card: list[Line]) -> None:
    """The part on shares of the annual plan, a row for each instrument with another target."""
    view = chapter.view
    columns = [
        Column(view.say("scorecard.col_name"), "1fr"),
        Column(view.say("scorecard.col_plan"), "26", "r"),
        Column(view.say("scorecard.col_set_by"), "34"),
        Column(view.say("scorecard.col_share"), "26", "r"),
        Column(view.say("scorecard.col_stated"), "24", "r"),
    ]
    rows = []
    for line in card:
        stated = planshare.stated(view.edition, line.indicator.id, view.period)
        for n, share in enumerate(planshare.shares(view.edition, line.indicator.id, view.period)):
            target = share.operands[1]
            said = cell(view, stated.id, "unit") if stated and n == 0 else DASH
            setter = instrument(view, view.results[target])
            share_cell = cell(view, share.id, "unit")
            rows.append((named(view, line.key), view.num(target), setter, share_cell, said))
    if rows:
        chapter.part("plans")
    chapter.table("shares", "scorecard.shares", columns, rows)
