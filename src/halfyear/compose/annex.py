"""The annex: all figures by sector, other goals, assumptions, method, glossary, sources."""

from halfyear.analysis.decomposition import Accounts
from halfyear.analysis.growth import Growth
from halfyear.analysis.implied import Implied
from halfyear.analysis.scorecard import Scorecard
from halfyear.analysis.sectors import Row, Sectors
from halfyear.analysis.stakes import Stakes
from halfyear.compose import goals
from halfyear.compose.audited import audited
from halfyear.compose.chapter import Chapter, ahead, cell, inside, named
from halfyear.compose.markup import DASH
from halfyear.compose.scorecard import shares
from halfyear.compose.tree import Column, Items, bullets
from halfyear.key import Kind
from halfyear.params import LANGUAGES
from halfyear.results import Quantity
from halfyear.texts import escape
from halfyear.view import View

METHOD = {  # paragraphs of the method, each with the section that uses it; "" for any page
    "verdict": "",
    "share": "",
    "rest": "rest",
    "rate": "rest",
    "base": "",
    "accounting": "growth",
    "implied": "",
    "stakes": "",
    "outlook": "outlook",
    "assessment": "path",
    "path": "path",
    "level": "path",
    "sum": "path",
    "projects": "projects",
}


def annex(chapter: Chapter) -> None:
    """Everything behind the pages before it, but the sources, which come last."""
    view = chapter.view
    chapter.annex()
    chapter.part("figures")
    chapter.add(view.say("annex.figures"))
    _figures(chapter)
    shares(chapter)
    goals.others(chapter)
    audited(chapter)
    chapter.part("assumptions")
    chapter.add(bullets(_assumptions(chapter)))
    chapter.part("method")
    chapter.add("\n\n".join(view.say(f"method.{name}") for name in _used(chapter)))
    chapter.part("glossary")
    _glossary(chapter)


def sources(chapter: Chapter, used: list[str]) -> None:
    """The documents the numbers come from."""
    view = chapter.view
    chapter.part("sources")
    chapter.add(view.say("sources.text"))
    items = []
    for id in used:
        source = view.edition.sources[id]
        item = view.say(
            "sources.item",
            title=escape(source.title[view.lang]),
            issuer=escape(source.issuer),
            date=view.date(source.date),
            status=view.say(f"status.{source.status}"),
        )
        items.append(item)
    anchors = tuple(f"src-{id}" for id in used)
    chapter.add(Items(tuple(items), numbered=True, anchors=anchors))


def _figures(chapter: Chapter) -> None:
    view = chapter.view
    period, quarter = view.period, view.period.last_quarter()
    columns = [
        Column(view.say("annex.col_name"), "1fr"),
        Column(view.when(period, "short"), "28", "r"),
        Column(view.say("annex.col_growth", period=view.when(period, "short")), "18", "r"),
        Column(view.when(quarter, "short"), "22", "r"),
        Column(view.say("annex.col_growth", period=view.when(quarter, "short")), "18", "r"),
        Column(view.say("annex.col_scenario", period=view.when(period, "short")), "22", "r"),
    ]
    rows: dict[str, list[tuple[str, ...]]] = {}
    for row in view.study(Sectors).rows:
        if not _compared(view, row):
            continue
        level = view.edition.fact(row.indicator, "level", quarter)
        scenario = _scenario(view, row)
        rows.setdefault(row.group, []).append(
            (
                named(view, f"{row.indicator}.level", unit=not row.level.absent),
                _bounded(view, row.level),
                _cell(view, row.growth, "unit"),
                _bounded(view, level),
                _cell(view, row.quarter_growth, "unit"),
                scenario,
            )
        )
    for group, cells in rows.items():
        used = [n for n in range(len(columns)) if any(line[n] != DASH for line in cells)]
        chapter.table(
            group,
            "annex.table",
            [columns[n] for n in used],
            [[line[n] for n in used] for line in cells],
            group=view.say(f"groups.{group}"),
        )


def _compared(view: View, row: Row) -> bool:
    """Whether anything is known that the figures of a row can be held against."""
    measures = ("level", "growth_yoy")
    return (
        not row.growth.absent
        or not row.quarter_growth.absent
        or _scenario(view, row) != DASH
        or not all(view.edition.target(row.indicator, measure).absent for measure in measures)
    )


def _scenario(view: View, row: Row) -> str:
    for measure, styles in (("level", ()), ("growth_yoy", ("unit",))):
        scenario = view.edition.scenario(row.indicator, measure, view.period)
        if not scenario.absent:
            return view.span(scenario, *styles)
    return DASH


def _cell(view: View, quantity: Quantity, *styles: str) -> str:
    return DASH if quantity.absent else cell(view, quantity.id, *styles)


def _bounded(view: View, quantity: Quantity) -> str:
    if quantity.absent:
        return DASH
    number = cell(view, quantity.id)
    return view.bounded(quantity.bound, number)


def _used(chapter: Chapter) -> list[str]:
    """The paragraphs of the method that the pages before make use of."""
    view = chapter.view
    idle = {
        "verdict": view.study(Scorecard).whole.yardstick == "none",
        "implied": view.study(Implied).quarters is None,
        "stakes": not view.study(Stakes).told,
        "accounting": view.study(Accounts).whole is None,
    }
    used = (name for name, section in METHOD.items() if not section or chapter.has(section))
    return [name for name in used if not idle.get(name, False)]


def _assumptions(chapter: Chapter) -> list[str]:
    view = chapter.view
    items = _weight(view)
    scenario = view.edition.sources.get(view.edition.params.scenario)
    if scenario is not None:
        items.append(view.say("assumptions.scenario", date=view.date(scenario.date)))
    items += [view.say(f"assumptions.{name}") for name in ("rounding", "base", "conflict")]
    items += _merged(view)
    if view.study(Accounts).whole is not None:
        items.append(view.say("assumptions.weights"))
    if chapter.has("outlook"):
        items.append(view.say("assumptions.outlook"))
    return items


def _weight(view: View) -> list[str]:
    """The share of the elapsed part in a year, and what else is worked with it."""
    period, total = view.period, view.study(Growth).total
    weight = view.results.get(Kind.WEIGHT.of(total, when=period.shift(-1)))
    if weight is None or not ahead(view, total):
        return []
    slots = {"part": view.when(period, "short"), "weight": view.span(weight)}
    rates = [x.indicator.id for x in view.study(Scorecard).whole.lines if x.measure == "growth_yoy"]
    names = [inside(view, id) for id in rates if id != total and ahead(view, id)]
    if not names:
        return [view.say("assumptions.weight", **slots)]
    return [view.say("assumptions.weight_same", names=view.join(names), **slots)]


def _merged(view: View) -> list[str]:
    """The indicators of which a former province had none, so that the other's figure stands in."""
    absent = dict.fromkeys(view.edition.tables.absent["indicator"])
    if not absent:
        return []
    rank = view.place(view.edition.params.place, "rank")
    names = view.join([inside(view, id) for id in absent])
    return [view.say("assumptions.place", rank=rank, names=names)]


def _glossary(chapter: Chapter) -> None:
    view = chapter.view
    ids = [line.indicator.id for line in view.study(Scorecard).whole.lines]
    ids += view.study(Sectors).order
    columns = [Column(view.say(f"glossary.{lang}"), "1fr") for lang in LANGUAGES]
    names = [view.edition.indicators[id].name for id in dict.fromkeys(ids)]
    rows = [[f"[{escape(name[lang])}]{{lang={lang}}}" for lang in LANGUAGES] for name in names]
    chapter.table("glossary", "glossary.table", columns, rows)
