"""The section on the year's targets: the verdicts by quarter and period, and what is known."""

from halfyear.analysis.scorecard import Card, Scorecard
from halfyear.analysis.shares import Shares
from halfyear.analysis.targets import Targets
from halfyear.compose.chapter import Chapter, cell, named, verdict
from halfyear.compose.headline import instrument, status
from halfyear.compose.markup import BR, DASH, styled
from halfyear.compose.targets import targets
from halfyear.compose.tree import Column
from halfyear.results import Quantity
from halfyear.view import View


def scorecard(chapter: Chapter) -> None:
    """The verdicts on the headline indicators, those of the last quarter beside the period's."""
    view = chapter.view
    study = view.study(Scorecard)
    card, before = study.whole, study.quarter
    if not card.lines:
        return
    period, quarter = card.period, before.period
    listed = bool(view.study(Targets).targets)
    chapter.head("scorecard", "targets" if listed else "", year=str(period.year))
    if card.yardstick != "scenario":
        name = "published" if card.yardstick == "none" else "met"
        counted = {name: view.span(card.counts[name]), "period": view.when(period)}
        every = view.span(card.counts["headline"])
        chapter.add(view.say(f"scorecard.text_{card.yardstick}", **counted, all=every))
        if listed:
            targets(chapter)
        return
    expected = "text_expected" if status(view, card.lines) == "estimate" else "text"
    told = [_counted(view, card, expected)]
    alone = quarter.months == period.months or not before.tells
    if not alone and before.judged:
        told.append(_counted(view, before, "quarter"))
    chapter.add(" ".join(told))
    if listed:
        targets(chapter)
    elif not alone:
        _quarters(chapter, card, before)


def _quarters(chapter: Chapter, card: Card, before: Card) -> None:
    """The verdicts of the last quarter beside those of the period, a line an indicator."""
    view, period, quarter = chapter.view, card.period, before.period
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
            _cell(view, then.actual),
            _cell(view, then.scenario),
            verdict(view, then),
            _cell(view, now.actual),
            verdict(view, now),
        )
        for now, then in zip(card.lines, before.lines, strict=True)
        if then.known
    ]
    chapter.table("scorecard", "scorecard.table", columns, rows)


def _cell(view: View, quantity: Quantity) -> str:
    return DASH if quantity.absent else view.span(quantity)


def _counted(view: View, card: Card, text: str) -> str:
    """Say how many were met, and of the rest only what there is."""
    counted = ("met", "met_computed", "computed", "met_stated", "headline")
    numbers = {name: view.span(card.counts[name]) for name in counted}
    parts = [view.say(f"scorecard.{text}", period=view.when(card.period), **numbers)]
    for name in ("met_stated", "missed_by_omission", "cannot_tell"):
        count = card.counts[name]
        if count.value:
            parts.append(view.say(f"scorecard.{name}", n=view.span(count)))
    return "; ".join(parts) + "."


def shares(chapter: Chapter) -> None:
    """The part on shares of the annual plan, a row for each instrument with another target."""
    view = chapter.view
    columns = [
        Column(view.say("scorecard.col_name"), "1fr"),
        Column(view.say("scorecard.col_plan"), "26", "r"),
        Column(view.say("scorecard.col_set_by"), "34"),
        Column(view.say("scorecard.col_share"), "26", "r"),
        Column(view.say("scorecard.col_stated"), "24", "r"),
    ]
    rows: list[tuple[str, ...]] = []
    for plan in view.study(Scorecard).plans:
        for n, share in enumerate(plan.shares):
            target = view.results[share.operands[1]]
            said = cell(view, plan.stated.id, "unit") if plan.stated and n == 0 else DASH
            rows.append(
                (
                    named(view, plan.key),
                    view.span(target),
                    instrument(view, target),
                    cell(view, share.id, "unit"),
                    said,
                )
            )
    rows += _stated_alone(view)
    if rows:
        chapter.part("plans")
    chapter.table("shares", "scorecard.shares", columns, rows)


def _stated_alone(view: View) -> list[tuple[str, ...]]:
    """The shares of plans that no document states, each with the plan that it implies."""
    rows: list[tuple[str, ...]] = []
    for share in view.study(Shares).shares:
        if share.computed or share.period != view.period:
            continue
        for n, stated in enumerate(share.stated):
            name = named(view, f"{share.indicator}.level")
            other = BR + styled(view.say("scorecard.other_plan"), "muted") if n else ""
            plan = view.stated(stated.plan, "near") if stated.plan is not None else DASH
            rows.append((name + other, plan, DASH, DASH, cell(view, stated.value.id, "unit")))
    return rows
