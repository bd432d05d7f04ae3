"""The section on the outlook: what the year comes to if the rest of it behaves as described."""

from halfyear.analysis.reach import Outlook
from halfyear.analysis.scorecard import Line, growth_line
from halfyear.charts.prospects import prospects
from halfyear.compose.chapter import Chapter, lacking, named
from halfyear.compose.markup import block
from halfyear.view import View


def outlook(chapter: Chapter, card: list[Line]) -> None:
    """Outlooks of growth in words, of the flows as chart and table, and what is not computable."""
    view = chapter.view
    flows = list(view.study(Outlook).projected)
    if not flows or view.period.part == "FY":
        return
    chapter.head("outlook", year=str(view.period.year))
    chapter.add(_growth(view, card))
    chapter.add(_flows(view))
    chapter.figure(prospects(view, flows))
    missing = _missing(view, card)
    chapter.add(block("small", missing) if missing else "")


def _growth(view: View, card: list[Line]) -> str:
    line = growth_line(card)
    if line is None:
        return ""
    ids = {k: f"outlook:{k}:{line.key}@{view.period.year}" for k in ("pace", "carry_over", "plan")}
    known = {name: view.num(id, "unit") for name, id in ids.items() if view.results.get(id)}
    if not known.keys() >= {"pace", "plan"}:
        return ""
    text = "growth" if len(known) == len(ids) else "growth_pace"
    return view.say(f"outlook.{text}", **known, year=str(view.period.year))


def _flows(view: View) -> str:
    year = view.period.year
    names = {"all": "projected", "pace": "reach_pace", "low": "reach_low"}
    numbers = {name: view.num(f"count:{count}@{year}") for name, count in names.items()}
    return view.say("outlook.text", year=str(year - 1), **numbers)


def _missing(view: View, card: list[Line]) -> str:
    items = []
    for line in card:
        found = view.results.quantities.get(f"outlook:pace:{line.key}@{view.period.year}")
        if found is None or found.interval is not None:
            continue
        lacks = view.join([lacking(view, key) for key in found.missing])
        name = named(view, line.key, unit=False)
        items.append(view.say("outlook.missing_item", name=name, lacking=lacks))
    return view.say("outlook.missing", items="; ".join(items)) if items else ""
