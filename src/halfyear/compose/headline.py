"""The headline table of page 1: one line an indicator, each by its kind."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import compress

from halfyear.analysis.scorecard import Line, Scorecard
from halfyear.analysis.shares import Shares
from halfyear.compose.chapter import sentences
from halfyear.compose.markup import DASH, styled, symbol, wide
from halfyear.compose.tree import Column, Node, Table, block
from halfyear.key import Kind
from halfyear.results import Quantity
from halfyear.texts import escape
from halfyear.verdict import Basis, Outcome
from halfyear.view import View

EMPHASIS = {Outcome.MISSES: "wine"}
CHANGES = ("growth_yoy", "multiple_yoy")
AMOUNT, BOUNDED = "14", "30"  # millimetres of a figure alone, and behind the words of its bound


@dataclass(frozen=True)
class Shown:
    """Which columns the table has: those in which an indicator has something to show."""

    expected: bool
    verdict: bool
    plan: bool
    rest: bool
    last: bool


def headline(view: View, card: list[Line]) -> Node:
    """The headline table, "" for none; indicators without any figure are told in its note."""
    if not card:
        return ""
    part = view.when(view.period, "short")
    judged = view.study(Scorecard).whole.yardstick
    full = view.period.part == "FY"
    planned = not all(view.edition.target(x.indicator.id, x.measure).absent for x in card)
    rest = planned and not full
    before = rest and any(_known(view, Kind.LAST_MULTIPLE, line) for line in card)
    shown = Shown(judged == "scenario", judged != "none", planned, rest, before)
    amount = BOUNDED if any(line.actual.bound for line in card) else AMOUNT
    last = str(view.period.year - 1)
    left = view.say("headline.left", rest=_rest_name(view)) if shown.rest else ""
    columns = [
        (True, Column(view.say("headline.name"), "1fr")),
        (True, Column(view.say(f"headline.actual_{status(view, card)}", part=part), amount, "r")),
        (True, Column(view.say("headline.growth"), "13.1", "r")),
        (shown.expected, Column(view.say("headline.scenario", part=part), "14.5", "r")),
        (shown.verdict, Column(view.say(f"headline.against_{judged}"), "25.7")),
        (shown.plan, Column(view.say("headline.share"), "16", "r")),
        (shown.rest, Column(view.say("headline.amount"), "12.8", "r", left)),
        (shown.rest, Column(view.say("headline.times"), "12.5", "r", left)),
        (shown.last, Column(view.say("headline.last_times", year=last), "8.3", "r", left)),
    ]
    kept = [keep for keep, _ in columns]
    rows = [
        tuple(compress(_row(view, line, shown), kept)) for line in card if not line.actual.absent
    ]
    drawn = tuple(column for keep, column in columns if keep)
    return Table("tbl-headline", drawn, tuple(rows), kind="headline")


def note(view: View, card: list[Line], cells: Collection[str]) -> Node:
    """How to read the table, of what stands in its cells, and what has no figure."""
    parts = _key(view, card, cells)
    planned = any(not view.edition.target(x.indicator.id, x.measure).absent for x in card)
    told = planned and any(_known(view, Kind.MULTIPLE, line) for line in card)
    if view.period.part != "FY" and told:
        last = str(view.period.year - 1)
        part = view.when(view.period, "short")
        beside = (
            "times" if any(_known(view, Kind.LAST_MULTIPLE, x) for x in card) else "times_alone"
        )
        parts.insert(0, view.say(f"notes.{beside}", part=part, year=last))
    silent = [line for line in card if line.actual.absent]
    for outcome in dict.fromkeys(line.verdict.outcome for line in silent):
        names = [_aim(view, line) for line in silent if line.verdict.outcome is outcome]
        parts.append(view.say(f"notes.silent.{outcome}", names=view.join(names)))
    return block("small", " ".join(parts)) if parts else ""


def _key(view: View, card: list[Line], cells: Collection[str]) -> list[str]:
    """What the symbols of the verdicts mean, and the signs of the cells, each that is there."""
    if view.study(Scorecard).whole.yardstick == "none":
        return []
    bases = {line.verdict.basis for line in card} - {Basis.NONE}
    present = {
        "filled": Basis.COMPUTED in bases,
        "hollow": bool(bases - {Basis.COMPUTED}),
        "dash": DASH in cells,
        "implied": any("≈" in cell for cell in cells),
    }
    said = [view.say(f"notes.key.{name}") for name, there in present.items() if there]
    return [sentences("; ".join(said) + ".")] if said else []


def instrument(view: View, target: Quantity) -> str:
    """Number of the instrument that set a target, else the standing of the document."""
    source = view.edition.sources[target.key.instrument]
    number = source.number.partition(" ")[0]
    return escape(number) if number[:1].isdigit() else view.say(f"status.{source.status}")


def _rest_name(view: View) -> str:
    return view.when(view.period, "short_rest") if view.period.part != "FY" else ""


def status(view: View, card: Sequence[Line]) -> str:
    """Whether the figures of indicators are "estimate"s or "stated": one estimate is enough."""
    return "estimate" if any(view.estimated(line.actual) for line in card) else "stated"


def _row(view: View, line: Line, shown: Shown) -> list[str]:
    missed = "[]{.row .missed}" if line.verdict.outcome is Outcome.MISSES else ""
    rate = line.measure != "level"
    actual = styled(view.stated(line.actual), "strong")
    head = [
        f"{missed}{view.name(line.indicator)}{_unit(view, line)}",
        "" if rate else actual,
        actual if rate else _growth(view, line),
        _expected(view, line),
        _verdict(view, line),
    ]
    ahead = _ahead(view, line, shown) if rate else ""
    if ahead:
        width = 3 + shown.last if shown.rest else 1
        return [*head, *wide(ahead, width), *[""] * (4 - width)]
    return [
        *head,
        _share(view, line),
        _cell(view, Kind.REST, line, "d1"),
        _cell(view, Kind.MULTIPLE, line, "d1"),
        _cell(view, Kind.LAST_MULTIPLE, line, "d1"),
    ]


def _unit(view: View, line: Line) -> str:
    rate = line.measure != "level"
    text = view.say("headline.rate") if rate else view.unit_of(line.indicator)
    return styled(f", {text}", "muted") if text else ""


def _known(view: View, kind: Kind, line: Line) -> Quantity | None:
    return view.results.get(kind.named(line.key, view.period))


def _cell(view: View, kind: Kind, line: Line, *styles: str) -> str:
    quantity = _known(view, kind, line)
    if quantity is None:
        return DASH
    if kind is Kind.REST and quantity.known.high <= 0:
        return view.say("rest.passed")
    return view.span(quantity, *styles)


def _growth(view: View, line: Line) -> str:
    for measure in CHANGES:
        fact = view.edition.fact(line.indicator.id, measure, view.period)
        if not fact.absent:
            if measure == "multiple_yoy":
                return view.say("headline.multiple", multiple=view.span(fact))
            return view.span(fact, "sign")
    return DASH


def _expected(view: View, line: Line) -> str:
    if not line.scenario.absent:
        return view.span(line.scenario)
    implied = view.study(Shares).expected.get(line.indicator.id)
    known = implied is not None and line.measure == "level"
    return view.stated(implied, "near") if implied is not None and known else DASH


def _verdict(view: View, line: Line) -> str:
    """Symbol and word, with how far from what was expected where that is known or stated."""
    verdict = line.verdict
    if verdict.outcome is Outcome.CANNOT_TELL:
        return styled(view.say("verdict.cannot_tell"), "muted")
    style = EMPHASIS.get(verdict.outcome, "navy")
    gap = _known(view, Kind.GAP, line) or view.study(Scorecard).plan(line).excess
    sign = symbol(verdict.outcome, verdict.basis)
    if (
        gap is not None
        and verdict.outcome in (Outcome.EXCEEDS, Outcome.MISSES)
        and gap.known.middle
    ):
        styles = ("abs",) if line.measure != "level" else ("short", "abs")
        word = view.say(f"verdict_by.{verdict.outcome}", gap=view.span(gap, *styles, "d2"))
    else:
        word = view.say(f"verdict.{verdict.outcome}")
    text = f"{sign} {styled(word, style)}"
    return styled(text, "strong") if verdict.outcome is Outcome.MISSES else text


def _share(view: View, line: Line) -> str:
    """The share of the plan: as stated where that lies within the rounding of its operands."""
    share = view.study(Shares).of(line.indicator.id, view.period)
    if share is None or share.shown is None or line.measure != "level":
        return DASH
    return view.span(share.shown)


def _ahead(view: View, line: Line, shown: Shown) -> str:
    """What the rest of the year needs, or how far a full year lies from its target."""
    target = view.edition.target(line.indicator.id, line.measure)
    if target.absent:
        return ""
    needed = _known(view, Kind.NEEDED, line)
    if needed is None or not shown.rest:
        return view.say("headline.target", target=view.span(target, "unit"))
    number = styled(view.span(needed, "unit", "d1"), "strong")
    return view.say("headline.needs", target=view.span(target, "unit"), needed=number)


def _aim(view: View, line: Line) -> str:
    target = view.edition.target(line.indicator.id, line.measure)
    name = view.name(line.indicator)
    name = name if name[:2].isupper() else name[:1].lower() + name[1:]
    if target.absent:
        return name
    return view.say("notes.silent.item", name=name, plan=view.span(target, "unit"))
