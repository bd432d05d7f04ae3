"""The section on growth: how fast, against what was expected, and who made the gap."""

from halfyear.analysis import planshare
from halfyear.analysis.scorecard import Line, yardstick
from halfyear.charts.dumbbell import dumbbell
from halfyear.charts.shortfall import shortfall
from halfyear.compose.chapter import Chapter, cell, inside
from halfyear.compose.findings import growth_line, parts
from halfyear.compose.headline import instrument
from halfyear.compose.markup import Column
from halfyear.period import Period
from halfyear.results import Quantity
from halfyear.view import View


def growth(chapter: Chapter, card: list[Line]) -> None:
    """Growth and its parts against the scenario, who made the gap, and how sure that is."""
    view = chapter.view
    line = growth_line(card)
    if line is None or line.actual is None:
        return
    period, quarter = view.period, view.period.last_quarter()
    chapter.head("growth")
    chapter.add(_rates(view, line))
    chapter.add(_needed(view, line))
    keys = [line.key, *parts(view.edition, line)]
    if sum(1 for k in keys if view.results.get(f"gap:{k}@{period}")) > 1:
        chapter.figure(dumbbell(view, keys, period, quarter))
    made = _made(view, line.key, keys[1:])
    if made:
        chapter.add(_who(view, line.key, made))
        chapter.figure(shortfall(view, line.key, made, (period, quarter)))
        chapter.add(_identity(view, line.key))
        _weights(chapter, made)
        chapter.add(_targets(view, line))


def _rates(view: View, line: Line) -> str:
    period, quarter = view.period, view.period.last_quarter()
    ids = {
        "actual": f"obs:{line.key}@{period}",
        "scenario": f"scn:{line.key}@{period}",
        "gap": f"gap:{line.key}@{period}",
        "quarter_actual": f"obs:{line.key}@{quarter}",
        "quarter_scenario": f"scn:{line.key}@{quarter}",
        "quarter_gap": f"gap:{line.key}@{quarter}",
    }
    if not all(view.results.get(id) for id in ids.values()):
        return _plainly(view, line)
    numbers = {
        name: view.num(id, "unit", *(["sign"] if "gap" in name else [])) for name, id in ids.items()
    }
    slots = {"period": view.when(period), "quarter": view.when(quarter)}
    return view.say("growth.text", **slots, **numbers)


def _plainly(view: View, line: Line) -> str:
    slots = {"actual": view.num(f"obs:{line.key}@{view.period}", "unit")}
    slots["period"] = view.when(view.period)
    gap = view.results.get(f"gap:{line.key}@{view.period}")
    if gap is None or line.scenario is None:
        return view.say("growth.text_plain", **slots)
    slots |= {"expected": view.num(line.scenario.id, "unit"), "gap": view.span(gap, "unit", "sign")}
    return view.say(f"growth.text_{yardstick([line], view.period)}", **slots)


def _needed(view: View, line: Line) -> str:
    period = view.period
    needed = view.results.get(f"needed:{line.key}@{period}")
    target = view.edition.target(line.indicator.id, line.measure)
    weight = view.results.get(f"weight:{line.indicator.id}@{period.shift(-1)}")
    if not (needed and target and weight):
        return ""
    return view.say(
        "growth.needed",
        target=view.span(target, "unit"),
        needed=view.span(needed, "unit"),
        weight=view.span(weight),
        rest=view.when(period, "rest"),
        part=view.when(period, "short"),
    )


def _made(view: View, key: str, keys: list[str]) -> list[str]:
    periods = (view.period, view.period.last_quarter())
    names = [f"gap:{key}", *(f"gap_part:{part}" for part in keys)]
    known = all(view.results.get(f"{name}@{when}") for name in names for when in periods)
    if not known or not keys:
        return []
    return sorted(keys, key=lambda k: view.results[f"gap_part:{k}@{view.period}"].known.middle)


def _who(view: View, key: str, made: list[str]) -> str:
    period, quarter = view.period, view.period.last_quarter()

    def listed(when: Period) -> str:
        return view.join(
            [
                view.say(
                    "growth.who_part",
                    name=inside(view, part),
                    value=view.num(f"gap_part:{part}@{when}", "sign"),
                )
                for part in made
            ]
        )

    return view.say(
        "growth.who",
        year=str(period.year - 1),
        period=view.when(period),
        quarter=view.when(quarter),
        gap=view.num(f"gap:{key}@{period}", "unit", "sign"),
        quarter_gap=view.num(f"gap:{key}@{quarter}", "sign"),
        parts=listed(period),
        quarter_parts=listed(quarter),
    )


def _identity(view: View, key: str) -> str:
    period = view.period
    year, part = period.shift(-1).full_year(), period.shift(-1)
    ids = {
        "actual": f"obs:{key}@{period}",
        "annual": f"identity:{key}@{period}/{year}",
        "part": f"identity:{key}@{period}/{part}",
        "left": f"unexplained:{key}@{period}/{part}",
    }
    if not all(view.results.get(id) for id in ids.values()):
        return ""
    numbers = {name: view.num(id, "unit") for name, id in ids.items() if name != "left"}
    return view.say(
        "growth.identity",
        **numbers,
        left=view.num(ids["left"], "unit", "abs"),
        year=str(year.year),
        half=view.when(part),
    )


def _weights(chapter: Chapter, made: list[str]) -> None:
    view = chapter.view
    period, quarter = view.period, view.period.last_quarter()
    base, part = period.shift(-1).full_year(), period.shift(-1)
    columns = [
        Column(view.say("growth.col_sector"), "1fr"),
        Column(view.say("growth.col_weight", base=str(base.year)), "27", "r"),
        Column(view.say("growth.col_weight", base=view.when(part)), "29", "r"),
        Column(view.say("growth.col_range", period=view.when(period, "short")), "30", "r"),
        Column(view.say("growth.col_range", period=view.when(quarter, "short")), "30", "r"),
    ]
    names = [key.split(".")[0] for key in made]
    rows = [
        (
            view.name(view.edition.indicators[name]),
            cell(view, f"sector_percent:{name}@{base}", "unit"),
            cell(view, f"sector_percent:{name}@{part}", "unit"),
            cell(view, f"implied_percent:{name}@{base}/{period}", "unit"),
            cell(view, f"implied_percent:{name}@{base}/{quarter}", "unit"),
        )
        for name in names
    ]
    chapter.table("weights", "growth.weights", columns, rows)


def _targets(view: View, line: Line) -> str:
    head = f"targets:{line.key}@{view.period.year}/"
    found = []
    for quantity in view.results:
        by = quantity.id.removeprefix(head)
        if by == quantity.id or quantity.interval is None:
            continue
        stated = view.results[f"plan:{line.key}@{view.period.year}/{by}"]
        found.append(
            view.say(
                "growth.targets_item",
                document=_document(view, stated),
                total=view.span(quantity, "unit"),
                stated=view.span(stated, "unit"),
            )
        )
    return view.say("growth.targets", items="; ".join(found)) if found else ""


def _document(view: View, target: Quantity) -> str:
    status = view.edition.sources[planshare.instrument(target)].status
    draft = status == "draft"
    return view.say("growth.draft") if draft else instrument(view, target)
