"""The findings of page 1: generated from the results, the weightiest first."""

from decimal import Decimal

from halfyear.analysis import planshare
from halfyear.analysis.effort import heavier
from halfyear.analysis.scorecard import Line, yardstick
from halfyear.compose.chapter import inside
from halfyear.compose.contributions import contributed
from halfyear.compose.markup import block
from halfyear.edition import Edition
from halfyear.results import Quantity
from halfyear.verdict import Outcome, half_unit
from halfyear.view import View

MOST = 3


def findings(view: View, card: list[Line]) -> str:
    """Up to three findings: the widest gap and who made it, the heaviest rest, the audit.

    The path to the goal belongs to what must still be delivered; without an audit finding it is
    a finding of its own.
    """
    effort, path, audit = _effort(view, card), _path(view, card), _audit(view, card)
    if effort and audit and path:
        effort, path = f"{effort} {_path(view, card, 'tail')}", ""
    made = contributed(view, growth_line(card))
    found = [text for text in (_gap(view, card), effort, path, made, audit) if text]
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
        return _alone(view, line, card)

    def pair(name: str, key: str) -> dict[str, str]:
        return {
            name: inside(view, key),
            f"{name}_actual": view.num(f"obs:{key}@{period}", "unit"),
            f"{name}_scenario": view.num(f"scn:{key}@{period}", "unit"),
        }

    slots = pair("first", short[0]) | {"gap": view.num(f"gap:{line.key}@{period}", "unit", "abs")}
    later = view.results.get(f"gap:{line.key}@{quarter}")
    if len(short) < len(keys) or len(short) < 2 or later is None or later.value >= 0:
        return view.say("findings.gap_some", **slots)
    made = [view.results.get(f"gap_part:{key}@{period}") for key in short[:2]]
    slots |= pair("second", short[1]) | {
        "parts": view.num(f"count:parts_below@{period}"),
        "quarter": view.when(quarter),
        "quarter_gap": view.span(later, "unit", "abs"),
    }
    if made[0] is None or made[1] is None:
        return view.say("findings.gap_all", **slots)
    first, second = (view.span(part, "short", "abs") for part in made if part)
    return view.say("findings.gap_made", first_part=first, second_part=second, **slots)


def _alone(view: View, line: Line, card: list[Line]) -> str:
    """The gap of an indicator whose parts have no scenario, and the others that missed theirs."""
    period = view.period
    later = view.results.get(f"gap:{line.key}@{period.last_quarter()}")
    judged = yardstick(card, period)
    whole = view.num(f"gap:{line.key}@{period}", "unit", "abs")
    text = view.say(f"findings.gap_{judged}", gap=whole)
    if later is not None and later.value < 0 and period.last_quarter().months != period.months:
        quarter = view.when(period.last_quarter())
        text += " " + view.say(
            "findings.gap_quarter", quarter=quarter, gap=view.span(later, "unit", "abs")
        )
    others = [
        view.say("findings.gap_item", name=inside(view, x.key), gap=view.span(gap, "short", "sign"))
        for x in card
        if x.key != line.key
        and x.verdict.outcome is Outcome.MISSES
        and (gap := view.results.get(f"gap:{x.key}@{period}"))
    ]
    if others:
        text += " " + view.say(f"findings.others_{judged}", items=", ".join(others))
    return text


def _weight(view: View, key: str) -> float:
    made = view.results.get(f"gap_part:{key}@{view.period}")
    return float(made.known.middle) if made else 0.0


def _effort(view: View, card: list[Line]) -> str:
    period = view.period
    heavy = sorted(
        (x.key for x in card if view.results.get(f"multiple:{x.key}@{period}")),
        key=lambda k: -view.results[f"multiple:{k}@{period}"].known.low,
    )
    met = {x.key for x in card if x.verdict.outcome.met}
    heavy = [k for k in heavy if k in met and heavier(view.results, k, period)][:2]
    if not heavy:
        return ""
    slots = {}
    for name, key in zip(("first", "second"), heavy, strict=False):
        slots[name] = view.name(view.edition.indicators[key.split(".")[0]])
        slots[f"{name}_rest"] = view.num(f"rest:{key}@{period}", "unit")
        slots[f"{name}_multiple"] = view.num(f"multiple:{key}@{period}", "unit")
    text = "effort" if len(heavy) > 1 else "effort_one"
    return view.say(f"findings.{text}", part=view.when(period, "short"), **slots)


def _audit(view: View, card: list[Line]) -> str:
    """The stated share of plan that lies farthest from what its own figures give."""
    period = view.period
    worst = max((_mismatch(view, x) for x in card), default=None, key=lambda found: found[0])
    if worst is None or worst[0] <= 0:
        return ""
    _, line, stated, share = worst
    implied = view.results.get(f"implied_plan:{line.key}@{period}")
    if implied is None:
        return ""
    return view.say(
        "findings.audit",
        name=view.name(line.indicator),
        stated=view.span(stated, "unit"),
        computed=view.span(share, "unit"),
        implied=view.span(implied, "unit"),
    )


def _mismatch(view: View, line: Line) -> tuple[Decimal, Line, Quantity, Quantity]:
    """How far a stated share of plan lies from both ends of the recomputed one, in points."""
    indicator = line.indicator.id
    stated = planshare.stated(view.edition, indicator, view.period)
    shares = planshare.shares(view.edition, indicator, view.period)
    if stated is None or not shares:
        nothing = Quantity("", None, "", 0)
        return Decimal(0), line, nothing, nothing
    share = shares[0]
    ends = (share.known.low, share.known.high)
    distance = min(abs(stated.value - end) for end in ends) - half_unit(stated.decimals)
    return distance, line, stated, share


def _path(view: View, card: list[Line], form: str = "path") -> str:
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
    first, last = view.period.year + 1, view.edition.params.goal_years[1]
    slots = {"year": str(view.period.year), "years": f"{first}–{last}"}
    return view.say(f"findings.{form}", goal=view.span(goal, "unit"), **slots, **spans)
