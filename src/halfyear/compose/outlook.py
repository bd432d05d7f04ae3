"""The section on the outlook: what the year comes to if the rest of it behaves as described."""

from halfyear.analysis.reach import Outlook
from halfyear.analysis.scorecard import Line, Scorecard
from halfyear.analysis.stakes import Matter, Stakes
from halfyear.compose.chapter import Chapter, inside, lacking, named, sentences
from halfyear.compose.tree import block
from halfyear.key import Kind
from halfyear.view import View


def outlook(chapter: Chapter, card: list[Line]) -> None:
    """Outlooks of growth in words, of the flows as chart and table, and what is not computable."""
    view = chapter.view
    if not view.study(Outlook).projected or view.period.part == "FY":
        return
    chapter.head("outlook", year=str(view.period.year))
    chapter.add(_growth(view))
    chapter.add(sentences(_flows(view), *_deferred(view)))
    chapter.figure("prospects")
    missing = _missing(view, card)
    chapter.add(block("small", missing) if missing else "")


def _growth(view: View) -> str:
    line = view.study(Scorecard).whole.growth
    if line is None:
        return ""
    keys = {
        kind: Kind.OUTLOOK.named(line.key, view.period.year, variant=kind)
        for kind in ("pace", "carry_over", "plan")
    }
    known = {name: view.num(key, "unit") for name, key in keys.items() if view.results.get(key)}
    if not known.keys() >= {"pace", "plan"}:
        return ""
    text = "growth" if len(known) == len(keys) else "growth_pace"
    slots = {"part": view.when(view.period, "short"), "last": str(view.period.year - 1)}
    return view.say(f"outlook.{text}", **known, **slots, year=str(view.period.year))


def _flows(view: View) -> str:
    year = view.period.year
    names = {"all": "projected", "pace": "reach_pace", "low": "reach_low"}
    numbers = {name: view.num(Kind.COUNT.of(count, when=year)) for name, count in names.items()}
    text = view.say("outlook.text", year=str(year - 1), **numbers)
    slipping = [inside(view, key) for key in view.study(Outlook).slipping]
    if not slipping:
        return text
    quarter = view.when(view.period.last_quarter())
    return f"{text} {view.say('outlook.slipping', quarter=quarter, names=view.join(slipping))}"


def _deferred(view: View) -> list[str]:
    """The proposal to defer, among the weightiest matters, that the outlooks still hold."""
    return [
        view.say(
            "outlook.deferred",
            what=inside(view, candidate.figures["amount"].key.subject),
            amount=view.span(candidate.figures["amount"], "unit", "d0"),
        )
        for candidate in view.study(Stakes).told
        if candidate.kind is Matter.DEFERRAL
    ]


def _missing(view: View, card: list[Line]) -> str:
    items = []
    for line in card:
        pace = Kind.OUTLOOK.named(line.key, view.period.year, variant="pace")
        found = view.results.quantities.get(str(pace))
        if found is None or found.interval is not None:
            continue
        lacks = view.join([lacking(view, key) for key in found.missing])
        name = named(view, line.key, unit=False)
        items.append(view.say("outlook.missing_item", name=name, lacking=lacks))
    return view.say("outlook.missing", items="; ".join(items)) if items else ""
