"""The section on the headline indicators: the verdicts by quarter and period."""

from halfyear.analysis import planshare
from halfyear.analysis.scorecard import Line, yardstick
from halfyear.compose.chapter import Chapter, cell, named, verdict
from halfyear.compose.headline import instrument
from halfyear.compose.markup import DASH, Column
from halfyear.period import Period
from halfyear.verdict import Outcome
from halfyear.view import View


def scorecard(chapter: Chapter, card: list[Line], before: list[Line]) -> None:
    """The verdicts on the headline indicators, those of the last quarter beside the period's."""
    view = chapter.view
    if not card:
        return
    period, quarter = view.period, view.period.last_quarter()
    chapter.head("scorecard")
    judged = yardstick(card, period)
    if judged != "scenario":
        name = "published" if judged == "none" else "met"
        known = {name: view.num(f"count:{name}@{period}"), "period": view.when(period)}
        every = view.num(f"count:headline@{period}")
        chapter.add(view.say(f"scorecard.text_{judged}", **known, all=every))
        return
    told = [_counted(view, period, "text"), _counted(view, quarter, "quarter")]
    if quarter.months == period.months or not any(_known(line) for line in before):
        chapter.add(told[0])
        return
    chapter.add(" ".join(told))
    columns = [
        Column(view.say("scorecard.col_name"), "1fr"),
        Column(view.when(quarter, "short"), "19", "r"),
        Column(view.say("scorecard.col_scenario"), "17", "r"),
        Column(view.say("scorecard.col_verdict"), "31"),
        Column(view.when(period, "short"), "20", "r"),
        Column(view.say("scorecard.col_verdict"), "31"),
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
        if _known(then)
    ]
    chapter.table("scorecard", "scorecard.table", columns, rows)


def _known(line: Line) -> bool:
    return line.actual is not None or line.verdict.outcome is not Outcome.CANNOT_TELL


def _counted(view: View, period: Period, text: str) -> str:
    """Say how many were met, and of the rest only what there is."""
    counted = ("met", "met_computed", "computed", "met_stated", "headline")
    numbers = {name: view.num(f"count:{name}@{period}") for name in counted}
    parts = [view.say(f"scorecard.{text}", period=view.when(period), **numbers)]
    for name in ("met_stated", "missed_by_omission", "cannot_tell"):
        count = view.results[f"count:{name}@{period}"]
        if count.value:
            parts.append(view.say(f"scorecard.{name}", n=view.span(count)))
    return "; ".join(parts) + "."


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
