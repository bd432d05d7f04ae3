"""Page 1 above its table: the masthead, the message and the count of verdicts."""

from halfyear.analysis.growth import Growth
from halfyear.analysis.implied import Implied
from halfyear.analysis.scorecard import Line, Scorecard
from halfyear.compose.chapter import sentences
from halfyear.compose.headline import status
from halfyear.compose.markup import styled, symbol
from halfyear.compose.tree import Node, block
from halfyear.key import Kind
from halfyear.verdict import Basis, Outcome
from halfyear.view import View


def masthead(view: View) -> Node:
    """Place, title, period and the standing of the figures."""
    status = source_status(view)
    place = view.place(view.edition.params.place, "full")
    date = view.date(str(view.edition.params.edition_date))
    slots = {"date": date, "rank": view.place(view.edition.params.place, "rank")}
    return block(
        "masthead",
        block("place", place),
        block("title", view.say("masthead.title", period=view.when(view.period))),
        block("period", view.say(f"masthead.status.{status}", **slots)),
        block("draftbox", styled(view.say(f"masthead.stamp.{status}"), "strong")),
    )


def source_status(view: View) -> str:
    """Standing of the report the edition rests on: draft, issued or press."""
    return view.edition.sources[view.edition.params.report].status


def summary(view: View, card: list[Line]) -> Node:
    """The message: what happened, and what the rest of the year must deliver."""
    return block("summary", sentences(_happened(view, card), _ahead(view)))


def _happened(view: View, card: list[Line]) -> str:
    if not card:
        return view.say("summary.no_headline", year=str(view.period.year))
    growth = view.study(Growth)
    count = _counted(view, card)
    line = growth.whole.lines[0] if growth.whole else None
    if line is None:
        return f"{view.say('summary.no_growth')} {sentences(count)}".strip()
    fell = line.actual.known.high < 0
    told_as = f"{_status(view, line)}_fell" if fell else _status(view, line)
    actual = view.span(line.actual, "unit", *(("abs",) if fell else ()))
    slots = {"period": view.when(view.period), "actual": actual}
    rank = view.edition.rank(line.indicator.id, line.measure)
    told = view.say("summary.rank", rank=view.span(rank, "ordinal")) if rank else ""
    gap = growth.whole.gaps.get(line.indicator.id) if growth.whole else None
    text = view.say(f"summary.growth.{told_as}", **slots) + told
    if gap is not None:
        side = "below" if gap.known.high < 0 else "above" if gap.known.low > 0 else "on"
        joined = "but" if told and side == "below" else "and" if told else "plain"
        yard = "plan" if view.period.part == "FY" else "scenario"
        words = view.say(
            f"summary.gap.{joined}_{side}",
            gap=view.span(gap, "unit", "abs"),
            yardstick=view.say(f"summary.yardstick.{yard}"),
        )
        text += words if words.startswith(",") else f" {words}"
    return f"{text}; {count}." if count else f"{text}."


def _status(view: View, line: Line) -> str:
    return "estimate" if view.estimated(line.actual) else "stated"


def _counted(view: View, card: list[Line]) -> str:
    """How many met what they are judged by; the report's own count where it differs."""
    judged = view.study(Scorecard).whole.yardstick
    if judged == "none" or not card:
        return ""
    met = view.results[Kind.COUNT.of("met", when=view.period)]
    slots = {"met": view.span(met), "all": _number(view, "headline")}
    if judged == "scenario" and status(view, card) == "estimate":
        judged = "expected"
    stated = view.study(Scorecard).stated
    if stated is not None and stated.value != met.value:
        said = view.say(f"summary.count_{judged}_stated", stated=view.span(stated), **slots)
    else:
        said = view.say(f"summary.count_{judged}", **slots)
    unknown = view.results[Kind.COUNT.of("cannot_tell", when=view.period)]
    return said + (view.say("summary.unknown", n=view.span(unknown)) if unknown.value else "")


def _ahead(view: View) -> str:
    """What the rest of the year needs for the target, beside the same months of last year."""
    halves = view.study(Implied).halves.get(view.study(Growth).total)
    if halves is None or halves.needed.interval is None:
        return ""
    slots = {
        "target": view.span(halves.target, "unit"),
        "rest": view.when(view.period, "rest"),
        "needed": view.span(halves.needed, "unit", "d1"),
    }
    if halves.last_rest.interval is None:
        return view.say("summary.ahead", **slots)
    last = {"last": view.span(halves.last_rest, "unit", "d1"), "year": str(view.period.year - 1)}
    return view.say("summary.ahead_last", **slots, **last)


def strip(view: View, card: list[Line]) -> Node:
    """The count and the verdicts as symbols with theirs; the key of the symbols at once."""
    if not card:
        return ""
    if view.study(Scorecard).whole.yardstick == "none":
        return block("strip", view.say("strip.no_scenario"))
    met = [line for line in card if line.verdict.outcome.met]
    groups = (
        ("computed", "met_computed", [x for x in met if x.verdict.basis is Basis.COMPUTED]),
        ("stated", "met_stated", [x for x in met if x.verdict.basis is not Basis.COMPUTED]),
        ("missed", "missed", [x for x in card if x.verdict.outcome is Outcome.MISSES]),
        ("unknown", "cannot_tell", [x for x in card if x.verdict.outcome is Outcome.CANNOT_TELL]),
    )
    share = f"{_number(view, 'met')}/{_number(view, 'headline')}"
    parts = [styled(styled(share, "strong"), "navy")]
    for name, count, members in groups:
        if members:
            signs = "".join(symbol(x.verdict.outcome, x.verdict.basis) for x in members)
            said = view.say(f"strip.{name}", n=_number(view, count))
            parts.append(f"{signs} {said}".strip())
    return block("strip", *parts)


def _number(view: View, count: str) -> str:
    return view.num(Kind.COUNT.of(count, when=view.period))
