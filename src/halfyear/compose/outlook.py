"""The section on the outlook: what the year comes to if the rest of it behaves as described."""

from halfyear.analysis.scorecard import Line
from halfyear.charts.prospects import prospects
from halfyear.compose.chapter import Chapter, cell, inside, lacking, named
from halfyear.compose.findings import growth_line
from halfyear.compose.markup import Column, styled
from halfyear.view import View


def outlook(chapter: Chapter, card: list[Line]) -> None:
    """Outlooks of growth in words, of the flows as chart and table, and what is not computable."""
    view = chapter.view
    flows = view.results.lists.get(f"projected@{view.period.year}", [])
    if not flows or view.period.part == "FY":
        return
    chapter.head("outlook", year=str(view.period.year))
    chapter.add(_growth(view, card))
    chapter.add(_flows(view, flows))
    chapter.figure(prospects(view, flows))
    _table(chapter, flows)
    chapter.add(_missing(view, card))


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


def _flows(view: View, flows: list[str]) -> str:
    year = view.period.year
    names = {"all": "projected", "pace": "reach_pace", "low": "reach_low"}
    numbers = {name: view.num(f"count:{count}@{year}") for name, count in names.items()}
    told = view.say("outlook.text", year=str(year - 1), **numbers)
    return " ".join([told, *_conflicts(view, flows)])


def _conflicts(view: View, flows: list[str]) -> list[str]:
    """What the pace comes to on each publication of last year that conflicts with the chosen."""
    found = []
    for key in flows:
        head = f"outlook:pace:{key}@{view.period.year}~"
        for quantity in [q for q in view.results if q.id.startswith(head) and q.interval]:
            source = view.edition.sources[quantity.id.removeprefix(head)]
            numbers = {
                "pace": view.num(head.removesuffix("~"), "unit"),
                "other": view.span(quantity, "unit"),
            }
            date = view.date(source.date)
            found.append(view.say("outlook.conflict", name=inside(view, key), date=date, **numbers))
    return found


def _table(chapter: Chapter, flows: list[str]) -> None:
    view = chapter.view
    year = view.period.year
    quarter = view.when(view.period.last_quarter(), "short")
    columns = [
        Column(view.say("outlook.col_name"), "1fr"),
        Column(view.say("outlook.col_pace"), "33", "r"),
        Column(view.say("outlook.col_alternative", quarter=quarter), "33", "r"),
        Column(view.say("outlook.col_low"), "33", "r"),
        Column(view.say("outlook.col_plan"), "20", "r"),
    ]
    rows = []
    for key in flows:
        head = f"outlook:pace:{key}@{year}"
        for found in [q.id for q in view.results if q.id.startswith(head) and q.interval]:
            mark = found.removeprefix(head)
            rows.append(
                (
                    _base(view, mark) if mark else named(view, key),
                    cell(view, f"outlook:pace:{key}@{year}{mark}"),
                    cell(view, f"outlook:alternative:{key}@{year}{mark}"),
                    cell(view, f"outlook:low:{key}@{year}{mark}"),
                    cell(view, f"outlook:plan:{key}@{year}"),
                )
            )
    chapter.table("outlook", "outlook.table", columns, rows, year=str(year))


def _base(view: View, mark: str) -> str:
    source = view.edition.sources.get(mark[1:])
    date = view.date(source.date) if source else ""
    return styled(view.say("outlook.other_base", date=date), "muted")


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
