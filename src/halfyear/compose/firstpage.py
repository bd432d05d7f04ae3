"""Page 1 above its table: the masthead, the count and the message."""

from halfyear.analysis.scorecard import Line, stated_count, yardstick
from halfyear.compose.markup import BR, block, styled, symbol
from halfyear.results import Quantity
from halfyear.verdict import Basis, Outcome
from halfyear.view import View

HERO = {"scenario": "hero.label", "plan": "hero.label_plan", "none": "hero.no_scenario"}


def masthead(view: View) -> str:
    """Place, title, period and the standing of the figures."""
    status = source_status(view)
    date = view.date(str(view.edition.params.edition_date))
    draft = [view.say(f"status.{status}")]
    if status != "issued":
        draft.append(view.say("masthead.estimates"))
    period = view.say(
        "masthead.period",
        span=view.say(f"period.span.{view.period.part}", year=str(view.period.year)),
        status=view.say(f"masthead.status.{status}"),
        date=date,
    )
    return block(
        "masthead",
        block("place", view.say(f"place.{view.edition.params.place}")),
        block("title", view.say("masthead.title", period=view.when(view.period))),
        block("period", period),
        block("draftbox", styled(draft[0], "strong") + "".join(BR + d for d in draft[1:])),
    )


def source_status(view: View) -> str:
    """Standing of the report the edition rests on: draft, issued or press."""
    return view.edition.sources[view.edition.params.report].status


def hero(view: View, card: list[Line]) -> str:
    """The count of met indicators and one sentence on growth."""
    period = view.period
    judged = yardstick(card, period)
    met = view.results[f"count:{'met' if judged != 'none' else 'published'}@{period}"]
    every = view.num(f"count:headline@{period}")
    return block(
        "hero",
        block("count", f"{view.span(met)}/{every}"),
        block("count-label", view.say(HERO[judged]) + _stated(view, met)),
        block("message", message(view, card)),
    )


def _stated(view: View, met: Quantity) -> str:
    """What the report itself counts, where that differs."""
    stated = stated_count(view.edition, view.period)
    if stated is None or stated.value == met.value:
        return ""
    return view.say("hero.stated", n=view.span(stated))


def message(view: View, card: list[Line]) -> str:
    """One sentence on the growth indicator: against scenario, target and the rest of the year."""
    line = next((x for x in card if x.measure == "growth_yoy" and x.actual), None)
    if line is None or line.actual is None:
        return view.say("hero.no_growth")
    slots = {"actual": view.num(line.actual.id, "unit"), "period": view.when(view.period)}
    target = view.edition.target(line.indicator.id, line.measure)
    needed = view.results.get(f"needed:{line.key}@{view.period}")
    gap = view.results.get(f"gap:{line.key}@{view.period}")
    if target is None:
        return view.say("growth.text_plain", **slots)
    slots["target"] = view.span(target, "unit")
    if needed is None:
        reached = line.actual.value >= target.known.low
        return view.say(f"hero.full_year_{'above' if reached else 'below'}", **slots)
    slots |= {"needed": view.span(needed, "unit"), "rest": view.when(view.period, "rest")}
    if gap is None:
        return view.say("hero.target_only", **slots)
    return view.say(f"hero.{line.verdict.outcome}", gap=view.span(gap, "unit", "abs"), **slots)


def strip(view: View, card: list[Line]) -> str:
    """The verdicts as symbols with their counts; the key of the symbols at once."""
    period = view.period
    if yardstick(card, period) == "none":
        return block("strip", view.say("strip.no_scenario"))
    groups = (
        (
            "computed",
            "met_computed",
            [x for x in card if x.verdict.outcome.met and x.verdict.basis is Basis.COMPUTED],
        ),
        (
            "stated",
            "met_stated",
            [x for x in card if x.verdict.outcome.met and x.verdict.basis is not Basis.COMPUTED],
        ),
        ("missed", "missed", [x for x in card if x.verdict.outcome is Outcome.MISSES]),
        ("unknown", "cannot_tell", [x for x in card if x.verdict.outcome is Outcome.CANNOT_TELL]),
    )
    parts = [
        "".join(symbol(x.verdict.outcome, x.verdict.basis) for x in members)
        + " "
        + view.say(f"strip.{text}", n=view.num(f"count:{count}@{period}"))
        for text, count, members in groups
        if members
    ]
    return block("strip", *parts)
