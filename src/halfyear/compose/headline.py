"""The headline table of page 1: each row by the kind of its indicator."""

from dataclasses import dataclass, field
from itertools import compress

from halfyear.analysis import planshare
from halfyear.analysis.effort import heavier
from halfyear.analysis.scorecard import Line, yardstick
from halfyear.charts.bullet import bullet
from halfyear.charts.style import Chart
from halfyear.compose.markup import BR, DASH, Column, image, styled, symbol, table
from halfyear.results import Quantity
from halfyear.texts import escape
from halfyear.verdict import Basis, Outcome, half_unit
from halfyear.view import View

BULLET = "24mm"
EMPHASIS = {Outcome.MISSES: "wine"}


@dataclass
class Marks:
    """Notes of the page under their keys, lettered in the order they are first used."""

    notes: dict[str, str] = field(default_factory=dict)

    def mark(self, key: str, text: str) -> str:
        """Give the superscript letter of a note."""
        self.notes.setdefault(key, text)
        return styled(self.letter(key), "mark")

    def letter(self, key: str) -> str:
        """Letter of a note."""
        return chr(ord("a") + list(self.notes).index(key))


def headline(view: View, card: list[Line], marks: Marks) -> tuple[str, list[Chart]]:
    """The headline table, each row by the kind of its indicator, with its bullet chart."""
    part, rest = view.when(view.period, "short"), _rest_name(view)
    t = "headline"
    last = "rest" if view.period.part != "FY" else "rest_done"
    judged = yardstick(card, view.period)
    shown = [True] * 3 + [judged == "scenario", judged != "none", *[planned(view, card)] * 3]
    columns = [
        Column("", "5.5", "r"),
        Column(view.say(f"{t}.name"), "1fr"),
        Column(view.say(f"{t}.actual", part=part), "17.5", "r"),
        Column(view.say(f"{t}.scenario"), "14", "r"),
        Column(view.say(f"{t}.verdict"), "23"),
        Column(view.say(f"{t}.plan"), "20.5", "r"),
        Column(view.say(f"{t}.bullet"), "26.5", "r"),
        Column(view.say(f"{t}.{last}", rest=rest), "24", "r"),
    ]
    rows, charts = [], []
    for number, line in enumerate(card, 1):
        target = view.edition.target(line.indicator.id, line.measure)
        mark = view.results.get(f"share_of_year:{line.indicator.id}.level@{view.period.shift(-1)}")
        chart = bullet(view, line, target, mark)
        charts.append(chart)
        missed = "[]{.row .missed}" if line.verdict.outcome is Outcome.MISSES else ""
        row = (
            missed + styled(str(number), "muted"),
            f"{view.name(line.indicator)}{_unit(view, line)}",
            _actual(view, line, marks),
            view.num(line.scenario.id) if line.scenario else DASH,
            _verdict(view, line),
            _plan(view, line, marks),
            image(chart, view.lang, BULLET),
            _rest(view, line, marks),
        )
        rows.append(tuple(compress(row, shown)))
    return table("tbl-headline", list(compress(columns, shown)), rows, kind="headline"), charts


def planned(view: View, card: list[Line]) -> bool:
    """Whether any of the indicators has an annual target, and so a bullet chart."""
    return any(view.edition.target(line.indicator.id, line.measure) for line in card)


def _rest_name(view: View) -> str:
    return view.when(view.period, "short_rest") if view.period.part != "FY" else ""


def _unit(view: View, line: Line) -> str:
    rate = line.measure != "level"
    text = view.say("headline.rate") if rate else view.unit(line.indicator.unit)
    return styled(f", {text}", "muted") if text else ""


def _actual(view: View, line: Line, marks: Marks) -> str:
    if line.actual is None:
        return styled(view.say("not_published"), "muted")
    text = styled(view.stated(line.actual), "strong")
    cutoff = line.actual.key.cutoff
    if not cutoff:
        return text
    date = view.date(cutoff)
    return text + marks.mark(
        f"cutoff {line.key}", view.say("notes.cutoff", name=view.name(line.indicator), date=date)
    )


def _verdict(view: View, line: Line) -> str:
    verdict = line.verdict
    word = styled(view.say(f"verdict.{verdict.outcome}"), EMPHASIS.get(verdict.outcome, "navy"))
    head = f"{symbol(verdict.outcome, verdict.basis)} {word}"
    gap = view.results.get(f"gap:{line.key}@{view.period}")
    if gap is not None:
        return head + BR + styled(view.span(gap, "short", "sign"), "muted")
    if verdict.basis is Basis.BY_OMISSION:
        return head + BR + styled(view.say("basis.by_omission"), "em")
    stated = verdict.basis in (Basis.STATED_WORD, Basis.STATED_LIST)
    return head + (BR + styled(view.say("basis.stated"), "em") if stated else "")


def _plan(view: View, line: Line, marks: Marks) -> str:
    indicator, measure = line.indicator.id, line.measure
    targets = planshare.stated_targets(view.edition, indicator, measure, view.period.year)
    if not targets:
        return DASH
    first = targets[0]
    conflict = ""
    if len(targets) > 1:
        others = [f"{instrument(view, t)}: {view.span(t, 'unit')}" for t in targets]
        note = view.say("notes.targets", name=view.name(line.indicator), targets="; ".join(others))
        conflict = marks.mark(f"targets {indicator}", note)
    if measure != "level":
        target = BR + view.span(first, "unit")
        return styled(view.say("headline.target", target=target), "muted") + conflict
    plan = styled(view.say("headline.plan_cell", target=view.span(first)), "muted") + conflict
    shares = planshare.shares(view.edition, indicator, view.period)
    if not shares:
        return plan
    return view.num(shares[0].id, "unit") + _stated(view, line, shares[0], marks) + BR + plan


def instrument(view: View, target: Quantity) -> str:
    """Number of the instrument that set a target, else the standing of the document."""
    source = view.edition.sources[planshare.instrument(target)]
    number = source.number.partition(" ")[0]
    return escape(number) if number[:1].isdigit() else view.say(f"status.{source.status}")


def _stated(view: View, line: Line, share: Quantity, marks: Marks) -> str:
    stated = planshare.stated(view.edition, line.indicator.id, view.period)
    if stated is None:
        return ""
    half = half_unit(stated.decimals)
    if share.known.exact and abs(share.value - stated.value) <= half:
        return ""
    name = view.name(line.indicator)
    said = view.num(stated.id, "unit")
    implied = view.results.get(f"implied_plan:{line.key}@{view.period}")
    target = view.edition.target(line.indicator.id, line.measure)
    if implied and target and not target.known.exact:
        note = view.say(
            "notes.implied",
            name=name,
            stated=said,
            implied=view.span(implied, "unit"),
            plan=view.span(target, "unit"),
        )
    else:
        note = view.say("notes.share", name=name, stated=said, computed=view.span(share, "unit"))
    return marks.mark(f"share {line.key}", note)


def _rest(view: View, line: Line, marks: Marks) -> str:
    key = f"{line.key}@{view.period}"
    needed = view.results.get(f"needed:{key}")
    if needed is not None:
        weight = view.results.get(f"weight:{line.indicator.id}@{view.period.shift(-1)}")
        note = ""
        if weight is not None:
            part = view.when(view.period, "short")
            note = marks.mark(
                "weight", view.say("notes.weight", part=part, weight=view.span(weight))
            )
        pace = styled(view.say("headline.pace"), "muted")
        return styled(view.span(needed, "unit"), "wine") + note + BR + pace
    rest = view.results.get(f"rest:{key}")
    if rest is not None:
        multiple = view.results.get(f"multiple:{key}")
        if multiple is None or view.period.part == "FY":
            word = "over" if rest.known.high <= 0 else "short"
            return view.span(rest, "abs") + BR + styled(view.say(f"headline.{word}"), "muted")
        style = "wine" if heavier(view.results, line.key, view.period) else "muted"
        return view.span(rest) + BR + styled(view.span(multiple, "unit"), style)
    gap = view.results.get(f"gap:{key}")
    if gap is not None and view.period.part == "FY" and line.measure != "level":
        return view.span(gap, "short", "sign")
    distance = view.results.get(f"distance:{key}")
    if distance is not None and distance.interval is not None:
        if _reached(line, distance):
            passed = styled(view.say("headline.over"), "muted")
            return view.span(distance, "short", "abs") + BR + passed
        return view.say("headline.distance", distance=view.span(distance, "short", "abs"))
    return DASH


def _reached(line: Line, distance: Quantity) -> bool:
    if line.indicator.direction == "down":
        return distance.known.low >= 0
    return distance.known.high <= 0
