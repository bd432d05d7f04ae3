"""The cards of page 1: the figures an official is asked for, each with what qualifies it."""

from halfyear.analysis.assessment import Assessments
from halfyear.analysis.growth import Growth
from halfyear.analysis.scorecard import Line, Scorecard
from halfyear.analysis.shares import Shares
from halfyear.compose.chapter import sentences
from halfyear.compose.growth import peers
from halfyear.compose.markup import styled
from halfyear.compose.tree import Node, block
from halfyear.results import Quantity
from halfyear.view import View

MOST = 4
LARGE = 10  # per cent: a fall that is told with what it leaves


def cards(view: View, card: list[Line]) -> Node:
    """A card for each headline indicator that has something beside it; at most four.

    What stands beside is named in the headline list: indicators whose growth, rank or share of
    plan qualifies the figure.
    """
    drawn = [
        _card(view, line)
        for line in card
        if not line.actual.absent and view.edition.beside(line.indicator.id, line.measure)
    ]
    return block("cards", *drawn[:MOST]) if drawn else ""


def _card(view: View, line: Line) -> Node:
    rate = line.measure != "level"
    shown = view.span(line.actual, "unit", "sign") if rate else view.span(line.actual)
    unit = "" if rate else f" {view.unit(line.indicator.unit)}"
    figure = view.bounded(line.actual.bound, styled(shown, "card-number")) + unit
    return block(
        "card",
        block("card-title", view.name(line.indicator)),
        block("card-figure", figure),
        block("card-text", sentences(*_words(view, line, rate))),
    )


def _words(view: View, line: Line, rate: bool) -> list[str]:
    texts = [] if rate else [_growth(view, line.indicator.id), _excess(view, line)]
    beside = view.edition.beside(line.indicator.id, line.measure)
    texts += [_beside(view, line, *key) for key in beside]
    texts += [_scenario(view, line)] if rate else []
    return [text for text in texts if text]


def _growth(view: View, indicator: str, name: str = "") -> str:
    """Growth over a year earlier, or the multiple of it, in words."""
    growth = view.edition.fact(indicator, "growth_yoy", view.period)
    named = "_named" if name else ""
    slots = {"name": name} if name else {}
    if not growth.absent:
        turn = "fell" if growth.known.high < 0 else "rose"
        text = view.say(f"cards.{turn}{named}", growth=view.span(growth, "unit", "abs"), **slots)
        level = view.edition.fact(indicator, "level", view.period)
        if growth.known.high < -LARGE and name and not level.absent:
            return text[:-1] + view.say("cards.down_to", level=view.span(level, "unit", "d0"))
        return text
    multiple = view.edition.fact(indicator, "multiple_yoy", view.period)
    if not multiple.absent:
        return view.say(f"cards.times{named}", multiple=view.span(multiple, "unit"), **slots)
    return _at_most(view, indicator, name)


def _at_most(view: View, indicator: str, name: str) -> str:
    """Growth where last year is known only as a bound: what it cannot pass."""
    goals = view.study(Assessments).goals
    goal = next((g for g in goals if (g.indicator, g.measure) == (indicator, "level")), None)
    rate = goal.result.rate if goal else None
    if rate is None or rate.interval is None or not name:
        return ""
    return view.say("cards.grew_named", name=name, growth=view.stated(rate, "unit", "d1"))


def _excess(view: View, line: Line) -> str:
    excess = view.study(Scorecard).plan(line).excess
    if excess is None:
        return ""
    part = view.when(view.period, "short")
    return view.say("cards.excess", excess=view.span(excess, "unit"), part=part)


def _beside(view: View, line: Line, indicator: str, measure: str) -> str:
    described = view.edition.indicators[indicator]
    name = view.name(described)
    name = name if name[:2].isupper() else name[:1].lower() + name[1:]
    if measure == "growth_yoy":
        return _growth(view, indicator, name)
    if measure == "share":
        share = view.study(Shares).of(indicator, view.period)
        if share is None or not share.stated:
            return ""
        return view.say("cards.share", name=name, share=view.span(share.stated[0].value, "unit"))
    fact = view.edition.fact(indicator, measure, view.period)
    if fact.absent:
        return ""
    if described.kind != "rank":
        return view.say("cards.level", name=name, level=view.stated(fact, "unit"))
    ahead = peers(view, line) if line.measure != "level" else []
    if ahead:
        return view.say("cards.rank_after", rank=view.span(fact, "ordinal"), peers=view.join(ahead))
    return view.say("cards.rank", name=name, rank=view.span(fact, "ordinal"))


def _scenario(view: View, line: Line) -> str:
    """The scenario, and the last quarter apart, of an indicator judged by its growth."""
    parts = []
    if not line.scenario.absent:
        parts.append(view.say("cards.scenario", scenario=view.span(line.scenario, "unit")))
    last: Quantity | None = None
    quarter = view.study(Growth).quarter
    if quarter is not None and quarter.period.months != view.period.months:
        last = quarter.actual.get(line.indicator.id)
    if last is not None and last.interval is not None:
        when = view.when(quarter.period, "short") if quarter else ""
        parts.append(view.say("cards.quarter", quarter=when, growth=view.span(last, "unit")))
    return sentences(*parts)
