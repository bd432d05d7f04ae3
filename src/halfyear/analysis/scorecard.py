"""The scorecard: a verdict on each headline indicator, recomputed first, then as stated."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

import pandas as pd

from halfyear.analysis import planshare
from halfyear.data import ids
from halfyear.data.described import Indicator
from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.key import Key, Kind
from halfyear.period import Period
from halfyear.results import Quantity, Verdict
from halfyear.study import Study
from halfyear.verdict import MET, Basis, Outcome, half_unit, judge

COMPUTED = frozenset({Basis.COMPUTED})
STATED = frozenset({Basis.STATED_WORD, Basis.STATED_LIST})
SHOWN = Decimal("0.05")  # per cent: a smaller gap would be printed as 0.0


@dataclass(frozen=True)
class Line:
    """One line of the scorecard: indicator, measure, actual, scenario and verdict.

    For a full year the annual target stands in the scenario's place.
    """

    indicator: Indicator
    measure: str
    actual: Quantity
    scenario: Quantity
    verdict: Verdict

    @property
    def key(self) -> str:
        """Indicator and measure, as ids write them."""
        return f"{self.indicator.id}.{self.measure}"

    @property
    def known(self) -> bool:
        """Whether there is a figure or a verdict."""
        return not self.actual.absent or self.verdict.outcome is not Outcome.CANNOT_TELL


@dataclass(frozen=True)
class Card:
    """The verdicts of one period with the gaps by key, and the counts of `counts` by name.

    yardstick is what the verdicts judge by: "scenario", "plan" for a full year, or "none".
    """

    period: Period
    lines: tuple[Line, ...]
    gaps: dict[str, Quantity]
    counts: dict[str, Quantity]
    yardstick: str

    @property
    def growth(self) -> Line | None:
        """The first flow among the headline indicators judged by growth, where it has a figure."""
        rates = (line for line in self.lines if line.measure == "growth_yoy")
        first = next((line for line in rates if line.indicator.kind == "flow"), None)
        return None if first is None or first.actual.absent else first

    @property
    def met(self) -> tuple[Line, ...]:
        """The lines that count as met."""
        return tuple(line for line in self.lines if line.verdict.outcome.met)

    @property
    def unprinted(self) -> tuple[Line, ...]:
        """The lines with a verdict or without, of which no figure is printed."""
        return tuple(line for line in self.lines if line.actual.absent)

    @property
    def tells(self) -> bool:
        """Whether any line has a figure or a verdict."""
        return any(line.known for line in self.lines)

    @property
    def judged(self) -> bool:
        """Whether most lines have a verdict, so that a count of those met is fair."""
        unknown = sum(line.verdict.outcome is Outcome.CANNOT_TELL for line in self.lines)
        return 2 * unknown < len(self.lines)


@dataclass(frozen=True)
class Plan:
    """What a flow reached of its annual plan, per cent: a share for each target, in its order.

    stated is the share as a document states it, implied the plan that it implies; excess is by
    how much a document says the plan of the period itself is passed.
    """

    key: str
    targets: tuple[Quantity, ...]
    shares: tuple[Quantity, ...]
    stated: Quantity | None
    implied: Quantity | None
    excess: Quantity | None


@dataclass(frozen=True)
class Scorecard(Study):
    """The headline indicators in a period and its last quarter, and their shares of the plan.

    stated is how many the report itself says were met, None where it does not count them.
    """

    topic: ClassVar[str] = "scorecard"

    whole: Card
    quarter: Card
    stated: Quantity | None
    plans: tuple[Plan, ...]

    def plan(self, line: Line) -> Plan:
        """What a line of the period reached of its annual plan."""
        return next(plan for plan in self.plans if plan.key == line.key)


def study(edition: Edition) -> Scorecard:
    """Judge the headline indicators of an edition; its cards are empty without a headline list."""
    whole = card(edition, edition.period)
    return Scorecard(
        whole=whole,
        quarter=card(edition, edition.period.last_quarter()),
        stated=stated_count(edition, edition.period),
        plans=tuple(_plan(edition, line) for line in whole.lines),
    )


def card(edition: Edition, period: Period) -> Card:
    """Judge every headline indicator for a period, with gaps and counts."""
    judged = lines(edition, period)
    gaps = {line.key: gap(line, period) for line in judged}
    counted = {quantity.key.subject: quantity for quantity in counts(judged, period)}
    return Card(
        period,
        tuple(judged),
        {key: quantity for key, quantity in gaps.items() if quantity is not None},
        {**counted, "published": published(judged, period)},
        yardstick(judged, period),
    )


def _plan(edition: Edition, line: Line) -> Plan:
    indicator, period = line.indicator.id, edition.period
    shares = planshare.shares(edition, indicator, period)
    used = {operand for share in shares for operand in share.operands}
    targets = edition.targets(indicator, "level", period.year)
    return Plan(
        line.key,
        tuple(target for target in targets if target.id in used),
        tuple(shares),
        planshare.stated(edition, indicator, period),
        planshare.implied_plan(edition, indicator, period),
        planshare.excess(edition, indicator, period),
    )


def lines(edition: Edition, period: Period) -> list[Line]:
    """Judge every headline indicator for a period of the edition's plan year."""
    return [line(edition, i.id, measure, period) for i, measure in edition.headline()]


def line(edition: Edition, indicator: str, measure: str, period: Period) -> Line:
    """Judge one indicator for one period; a computed verdict governs over a stated one.

    Where a list says "met or exceeded" and the document by how much its plan for the period is
    passed, the indicator exceeds it, as stated.
    """
    question = ("scored", indicator, measure, period)
    return edition.once(question, lambda: _line(edition, indicator, measure, period))


def _line(edition: Edition, indicator: str, measure: str, period: Period) -> Line:
    actual = edition.fact(indicator, measure, period)
    scenario = _expected(edition, indicator, measure, period)
    name = str(Kind.VERDICT.of(indicator, measure, period))
    claims = _claims(edition, indicator, measure, period)
    stated = Outcome(claims.iloc[0]["word"]) if len(claims) else None
    described = edition.indicators[indicator]
    known = not actual.absent and not scenario.absent
    if known and not actual.bound and actual.known.exact:
        half = half_unit(edition.decimals(indicator, measure, edition.source_of(actual.id)))
        outcome = judge(actual.value, half, scenario.known, described.direction)
        ids = (actual.id, scenario.id)
        return Line(
            described,
            measure,
            actual,
            scenario,
            Verdict(name, outcome, Basis.COMPUTED, ids, stated),
        )
    excess = planshare.excess(edition, indicator, period) if measure == "level" else None
    if stated is Outcome.AT_LEAST_MEETS and excess is not None and excess.known.low > 0:
        verdict = Verdict(name, Outcome.EXCEEDS, Basis.STATED_WORD, (excess.id,), stated)
    elif stated is not None:
        basis = Basis.STATED_WORD if claims.iloc[0]["kind"] == "verdict_word" else Basis.STATED_LIST
        verdict = Verdict(name, stated, basis, (str(claims.iloc[0]["id"]),), stated)
    elif _listed(edition, period) and (indicator, measure) in _headline_keys(edition):
        verdict = Verdict(name, Outcome.MISSES, Basis.BY_OMISSION)
    else:
        verdict = Verdict(name, Outcome.CANNOT_TELL, Basis.NONE)
    return Line(described, measure, actual, scenario, verdict)


def _expected(edition: Edition, indicator: str, measure: str, period: Period) -> Quantity:
    scenario, target = (
        edition.scenario(indicator, measure, period),
        edition.target(indicator, measure),
    )
    return target if period == edition.period.full_year() and not target.absent else scenario


def yardstick(card: list[Line], period: Period) -> str:
    """What a card is judged by: "plan" for a full year, "scenario", or "none" where none is."""
    if period == period.full_year():
        return "plan"
    silent = all(x.scenario.absent and x.verdict.outcome is Outcome.CANNOT_TELL for x in card)
    return "none" if silent else "scenario"


def gap(line: Line, period: Period) -> Quantity | None:
    """Actual less scenario: points for rates, per cent of the scenario for levels."""
    if line.actual.absent or line.scenario.absent:
        return None
    actual, scenario = line.actual.known, line.scenario.known
    rate = line.measure != "level"
    if not rate and scenario.low <= 0:
        return None
    interval = actual - scenario if rate else (actual / scenario - 1) * Decimal(100)
    digits = 1 if abs(interval.middle) >= SHOWN else 2
    return Quantity(
        id=str(Kind.GAP.named(line.key, period)),
        interval=interval,
        unit="pp" if rate else "pct",
        decimals=max(line.actual.decimals, line.scenario.decimals) if rate else digits,
        formula="actual - scenario" if rate else "(actual / scenario - 1) * 100",
        operands=(line.actual.id, line.scenario.id),
    )


def counts(card: list[Line], period: Period) -> list[Quantity]:
    """Count the headline indicators: all, met, met by basis, missed, unknown."""
    groups = {
        "headline": card,
        "met": [x for x in card if x.verdict.outcome.met],
        "met_computed": [x for x in card if x.verdict.outcome.met and x.verdict.basis in COMPUTED],
        "met_stated": [x for x in card if x.verdict.outcome.met and x.verdict.basis in STATED],
        "computed": [x for x in card if x.verdict.basis in COMPUTED],
        "missed": [x for x in card if x.verdict.outcome is Outcome.MISSES],
        "missed_by_omission": [x for x in card if x.verdict.basis is Basis.BY_OMISSION],
        "cannot_tell": [x for x in card if x.verdict.outcome is Outcome.CANNOT_TELL],
    }
    return [
        Quantity(
            id=str(Kind.COUNT.of(name, when=period)),
            interval=Interval.of(len(group)),
            unit="count",
            decimals=0,
            formula="number of headline indicators",
            operands=tuple(x.verdict.id for x in group),
        )
        for name, group in groups.items()
    ]


def published(card: list[Line], period: Period) -> Quantity:
    """Count the headline indicators that have a figure."""
    known = [x.actual.id for x in card if not x.actual.absent]
    return Quantity(
        id=str(Kind.COUNT.of("published", when=period)),
        interval=Interval.of(len(known)),
        unit="count",
        decimals=0,
        formula="number of headline indicators",
        operands=tuple(known),
    )


def stated_count(edition: Edition, period: Period) -> Quantity | None:
    """How many headline indicators the report says were met; None where it does not count them."""
    claims = edition.tables.claims
    rows = claims[
        (claims["kind"] == "count")
        & (claims["indicator"] == "")
        & (claims["place"] == edition.params.place)
        & (claims["time_period"] == str(period))
        & (claims["total"] == len(edition.headline()))
        & claims["word"].isin(MET)
    ]
    if rows.empty:
        return None
    row = edition.best(rows).iloc[-1]
    return Quantity(str(row["id"]), Interval.of(row["value"]), str(row["unit"]), decimals=0)


def _claims(edition: Edition, indicator: str, measure: str, period: Period) -> pd.DataFrame:
    claims = edition.claims(indicator, period)
    if claims.empty:
        return claims
    key = Kind.OBS.of(indicator, measure, period)
    rows = claims[claims["kind"].isin(["verdict_word", "verdict_list"])]
    about = rows["operands"].map(lambda text: _first(text) in (None, key)).astype(bool)
    return edition.best(rows[about]).sort_values("kind", ascending=False)


def _first(operands: str) -> Key | None:
    """The figure a claim names first, whatever document or day it is of; None for none."""
    named = ids.operands(operands)
    return replace(Key.parse(named[0]), cutoff="", source="", number=0) if named else None


def _listed(edition: Edition, period: Period) -> bool:
    claims = edition.tables.claims
    rows = claims[(claims["kind"] == "verdict_list") & (claims["time_period"] == str(period))]
    return not rows.empty


def _headline_keys(edition: Edition) -> set[tuple[str, str]]:
    return {(i.id, measure) for i, measure in edition.headline()}
