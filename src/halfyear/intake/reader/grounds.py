"""Grounds: what each part of a proposal rests on; without them nothing is ticked."""

from halfyear.intake.language.figures import Printed
from halfyear.intake.language.terms import Terms
from halfyear.intake.proposal import Proposal
from halfyear.intake.reader.columns import Column
from halfyear.intake.reader.context import Scope, Subject
from halfyear.intake.reader.roles import Meaning
from halfyear.intake.reason import Reason
from halfyear.period import Period

CHANGES = ("growth_yoy", "growth_ytd", "contribution")
PRICED = {"constant_2010": "constant", "current": "current"}


def of_prose(
    made: Proposal,
    one: Printed,
    meaning: Meaning,
    subject: Subject,
    scope: Scope,
    terms: Terms,
    report: Period,
) -> None:
    """Record what a figure of running text rests on."""
    if made.indicator:
        words = " ".join((subject.term or made.term).split())
        made.grounds["indicator"] = Reason.of("indicator_named", words=words)
    made.grounds["measure"] = meaning.reason
    made.grounds["period"] = _period(made, scope, report)
    _unit(made, one.unit_words)
    _sign(made, one)
    _price(made, scope.priced or bool(scope.price), terms)


def of_table(made: Proposal, one: Printed, column: Column, line: tuple[str, ...]) -> None:
    """Record what a figure of a table rests on; line is the unit of its row."""
    if made.indicator:
        made.grounds["indicator"] = Reason.of("indicator_of_row", words=made.term)
    heading = " ".join(column.text.split())
    made.grounds["measure"] = Reason.of("heading_says", words=heading)
    if column.period is not None:
        made.grounds["period"] = Reason.of("period_of_heading", period=column.period)
    else:
        made.grounds["period"] = Reason.of("period_of_report")
    if one.units:
        _unit(made, one.unit_words)
    elif line and "?" not in line and column.role not in ("compared", "share_of_plan"):
        made.grounds["unit"] = Reason.of("unit_of_row")
    elif column.units:
        made.grounds["unit"] = Reason.of("unit_of_heading")
    else:
        _unit(made, "")
    _sign(made, one)


def _period(made: Proposal, scope: Scope, report: Period) -> Reason:
    if made.time_period == str(report) and not scope.named:
        return Reason.of("period_of_report")
    if scope.carried:
        return Reason.of("period_before", period=made.time_period)
    return Reason.of("period_named", period=made.time_period)


def _unit(made: Proposal, words: str) -> None:
    if words.strip():
        made.grounds["unit"] = Reason.of("unit_printed", unit=" ".join(words.split()))
    elif made.unit:
        made.grounds["unit"] = Reason.of("unit_of_indicator")


def _sign(made: Proposal, one: Printed) -> None:
    if made.measure not in CHANGES:
        return
    if one.sign:
        made.grounds["sign"] = Reason.of("sign_printed", sign=one.sign)
    else:
        made.grounds["sign"] = Reason.of("sign_none")


def _price(made: Proposal, stated: bool, terms: Terms) -> None:
    if not terms.prices.get(made.indicator):
        return
    if made.measure in CHANGES and not stated:
        made.grounds["price"] = Reason.of("price_of_growth")
    elif made.measure == "share":
        made.grounds["price"] = Reason.of("price_of_share")
    elif stated:
        made.grounds["price"] = Reason.of("price_stated")
