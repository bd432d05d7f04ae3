"""The findings of page 1: generated from the results, the weightiest first."""

from halfyear.compose.markup import block
from halfyear.edition import Edition
from halfyear.scorecard import Line
from halfyear.verdict import Outcome
from halfyear.view import View

MOST = 3


def findings(view: View, card: list[Line]) -> str:
    """Up to three findings: the widest gap and who made it, the heaviest rest, the path."""
    found = [text for text in (_gap(view, card), _effort(view, card), _path(view, card)) if text]
    if not found:
        return ""
    head = view.say("findings.head" if len(found) == MOST else "findings.head_other")
    items = "\n".join(f"{n}. {text}" for n, text in enumerate(found[:MOST], 1))
    return block("findings", f"## {head} {{#sec-findings}}", items)


def parts(edition: Edition, line: Line) -> list[str]:
    """Keys of the parts of an indicator that have the measure, in the codelist's order."""
    return [
        f"{i.id}.{line.measure}"
        for i in edition.indicators.values()
        if i.parent == line.indicator.id
        and edition.fact(i.id, line.measure, edition.period) is not None
    ]


def growth_line(card: list[Line]) -> Line | None:
    """The first headline indicator judged by its growth, where it has a figure."""
    return next((x for x in card if x.measure == "growth_yoy" and x.actual), None)


def _gap(view: View, card: list[Line]) -> str:
    line = growth_line(card)
    if line is None or line.verdict.outcome is not Outcome.MISSES:
        return ""
    period, quarter = view.period, view.period.last_quarter()
    keys = [k for k in parts(view.edition, line) if view.results.get(f"gap:{k}@{period}")]
    short = sorted(
        (k for k in keys if view.results[f"gap:{k}@{period}"].value < 0),
        key=lambda k: (_weight(view, k), view.results[f"gap:{k}@{period}"].value),
    )
    if not short:
        return ""

    def pair(name: str, key: str) -> dict[str, str]:
        return {
            name: lowered(view, key),
            f"{name}_actual": view.num(f"obs:{key}@{period}", "unit"),
            f"{name}_scenario": view.num(f"scn:{key}@{period}", "unit"),
        }

    slots = pair("first", short[0]) | {"gap": view.num(f"gap:{line.key}@{period}", "unit", "abs")}
    later = view.results.get(f"gap:{line.key}@{quarter}")
    if len(short) < len(keys) or len(short) < 2 or later is None or later.value >= 0:
        return view.say("findings.gap_some", **slots)
    return view.say(
        "findings.gap_all",
        **slots,
        **pair("second", short[1]),
        parts=view.num(f"count:parts_below@{period}"),
        quarter=view.when(quarter),
        quarter_actual=view.num(f"obs:{line.key}@{quarter}", "unit"),
        quarter_gap=view.span(later, "unit", "abs"),
    )


def _weight(view: View, key: str) -> float:
    made = view.results.get(f"gap_part:{key}@{view.period}")
    return float(made.known.middle) if made else 0.0


def lowered(view: View, key: str) -> str:
    """Short name of an indicator inside a sentence."""
    name = view.name(view.edition.indicators[key.split(".")[0]])
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _effort(view: View, card: list[Line]) -> str:
    period = view.period
    heavy = sorted(
        (x.key for x in card if view.results.get(f"multiple:{x.key}@{period}")),
        key=lambda k: -view.results[f"multiple:{k}@{period}"].known.low,
    )
    met = {x.key for x in card if x.verdict.outcome.met}
    heavy = [k for k in heavy if k in met][:2]
    if len(heavy) < 2:
        return ""
    slots = {}
    for name, key in zip(("first", "second"), heavy, strict=True):
        slots[name] = view.name(view.edition.indicators[key.split(".")[0]])
        slots[f"{name}_rest"] = view.num(f"rest:{key}@{period}", "unit")
        slots[f"{name}_multiple"] = view.num(f"multiple:{key}@{period}", "unit")
    return view.say("findings.effort", part=view.when(period, "short"), **slots)


def _path(view: View, card: list[Line]) -> str:
    line = growth_line(card)
    if line is None:
        return ""
    tail = f"{line.key}@{view.period.year}"
    goal = view.results.get(f"goal:{line.key}@{view.edition.params.goal_period}")
    names = {
        "pace": f"reading:pace:{tail}",
        "pace_needed": f"needed_path:pace:{tail}",
        "plan": f"reading:plan:{tail}",
        "plan_needed": f"needed_path:plan:{tail}",
    }
    if goal is None or any(view.results.get(id) is None for id in names.values()):
        return ""
    spans = {name: view.num(id, "unit") for name, id in names.items()}
    year = str(view.period.year)
    return view.say("findings.path", year=year, goal=view.span(goal, "unit"), **spans)
