"""Stakes: what is at issue in a year, so that the weightiest are put forward for consideration."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from halfyear.analysis import decomposition, implied, parts
from halfyear.analysis.assessment import assess
from halfyear.analysis.base import growth_so_far
from halfyear.analysis.decomposition import Accounts
from halfyear.analysis.demand import Demand, demand
from halfyear.analysis.implied import Implied, Turn
from halfyear.data.described import Statement
from halfyear.edition import FLOWS, Edition
from halfyear.interval import Interval
from halfyear.key import Key, Kind
from halfyear.period import Period
from halfyear.results import Quantity
from halfyear.study import Study

HUNDRED = Decimal(100)
GROWTH = "growth_yoy"
MOST = 3
REJECTED = "rejected"


class Matter(StrEnum):
    """What a candidate is about, in the order that settles equal stakes."""

    GAP = "gap"
    SLOWDOWN = "slowdown"
    DEFERRAL = "deferral"
    REST = "rest"
    PATH = "path"
    LOW_PLAN = "low_plan"
    OPPOSITE = "opposite"


@dataclass(frozen=True)
class Candidate:
    """Something that may be put forward for consideration.

    stake is what it puts at issue, per cent of the annual target concerned; None where there is
    no such target, and the candidate is then never told among the weightiest. figures hold what
    it rests on by their part in it; members the indicators it names; statement the id of the
    proposal it comes from.
    """

    kind: Matter
    indicator: str
    stake: Quantity | None
    figures: dict[str, Quantity]
    members: tuple[str, ...] = ()
    statement: str = ""


@dataclass(frozen=True)
class Stakes(Study):
    """Every candidate of an edition, the weightiest first, and what the rest of the year asks."""

    topic: ClassVar[str] = "stakes"

    candidates: tuple[Candidate, ...]
    demands: tuple[Demand, ...]

    @property
    def told(self) -> tuple[Candidate, ...]:
        """The weightiest of different kinds and on different indicators, at most three."""
        chosen: list[Candidate] = []
        for candidate in self.candidates:
            new = all(
                candidate.kind is not other.kind and candidate.indicator != other.indicator
                for other in chosen
            )
            if candidate.stake is not None and new:
                chosen.append(candidate)
        return tuple(chosen[:MOST])

    def of(self, kind: Matter) -> tuple[Candidate, ...]:
        """The candidates of a kind, the weightiest first."""
        return tuple(candidate for candidate in self.candidates if candidate.kind is kind)


def study(edition: Edition) -> Stakes:
    """Weigh what an edition may put forward for consideration.

    Growth: the gap to the scenario, or, where the scenario was set when all but the last quarter
    was over, what slowed down in it: points of the total over the target in per cent. Deferral:
    the amount over the target. Rest: what the target lacks if the rest goes on as before, see
    demand. Path: what the plan adds to each later year over the target. Low plan: by how much it
    lies under last year. Opposite: a headline flow that rises while a kindred one falls, without
    stake.
    """
    demands = _demands(edition)
    found = [
        *_growth(edition, decomposition.study(edition), implied.study(edition)),
        *_deferrals(edition, demands),
        *_rests(demands),
        *_paths(edition),
        *_low_plans(edition),
        *_opposites(edition),
    ]
    order = list(Matter)

    def weight(candidate: Candidate) -> tuple[bool, Decimal, int, str]:
        stake = candidate.stake.known.middle if candidate.stake else Decimal(0)
        known = candidate.stake is not None
        return not known, -stake, order.index(candidate.kind), candidate.indicator

    return Stakes(tuple(sorted(found, key=weight)), demands)


def _demands(edition: Edition) -> tuple[Demand, ...]:
    """Of the headline indicators, each followed by its parts that have a target."""
    found = []
    for indicator, measure in edition.headline():
        found.append(demand(edition, indicator.id, measure))
        if measure == "level":
            found += [
                demand(edition, part.id, measure)
                for part in edition.indicators.values()
                if part.parent == indicator.id and not edition.target(part.id, measure).absent
            ]
    return tuple(found)


def _growth(edition: Edition, accounts: Accounts, rates: Implied) -> Iterator[Candidate]:
    whole = parts.total(edition)
    if whole is None or edition.period == edition.period.full_year():
        return
    target = edition.target(whole, GROWTH)
    if target.absent:
        return
    slowed = _slowdown(edition, whole, target, accounts, rates)
    missed = _gap(edition, whole, target)
    blind = rates.quarters is not None and rates.quarters.hindsight
    chosen = slowed or missed if blind else missed or slowed
    if chosen is not None:
        yield chosen


def _slowdown(
    edition: Edition, whole: str, target: Quantity, accounts: Accounts, rates: Implied
) -> Candidate | None:
    """The parts that slowed down in the last quarter, weighed by what they make of the total."""
    if rates.quarters is None:
        return None
    slower = rates.quarters.turned(Turn.SLOWER)
    if not slower:
        return None
    figures = {"target": target}
    for rate in slower:
        figures |= {f"{rate.indicator}:earlier": rate.earlier, f"{rate.indicator}:last": rate.last}
    drawn = accounts.whole
    weights = {part.indicator: part.weight for part in drawn.parts} if drawn else {}
    known = [(rate, weight) for rate in slower if (weight := weights.get(rate.indicator))]
    stake = None
    if known and len(known) == len(slower):
        lost = sum(
            (
                weight.known.middle * (rate.earlier.known.middle - rate.last.known.middle)
                for rate, weight in known
            ),
            Decimal(0),
        )
        ids = tuple(q.id for rate, weight in known for q in (weight, rate.earlier, rate.last))
        stake = _stake(
            Kind.STAKE.of(whole, GROWTH, edition.period, variant=Matter.SLOWDOWN),
            Interval.of(lost) / target.known,
            "sum of weight * slowdown / target * 100",
            (*ids, target.id),
        )
    return Candidate(Matter.SLOWDOWN, whole, stake, figures, tuple(r.indicator for r in slower))


def _gap(edition: Edition, whole: str, target: Quantity) -> Candidate | None:
    actual = edition.fact(whole, GROWTH, edition.period)
    scenario = edition.scenario(whole, GROWTH, edition.period)
    if actual.absent or scenario.absent or actual.known.high >= scenario.known.low:
        return None
    stake = _stake(
        Kind.STAKE.of(whole, GROWTH, edition.period, variant=Matter.GAP),
        (scenario.known - actual.known) / target.known * HUNDRED,
        "(scenario - actual) / target * 100",
        (actual.id, scenario.id, target.id),
    )
    figures = {"actual": actual, "scenario": scenario, "target": target}
    return Candidate(Matter.GAP, whole, stake, figures)


def _deferrals(edition: Edition, demands: tuple[Demand, ...]) -> Iterator[Candidate]:
    """Proposals that name an amount in the unit of the target of what they concern."""
    rests = {d.indicator: d.rest for d in demands if d.measure == "level" and d.rest}
    for said in edition.statements("proposal"):
        target = edition.target(said.indicator, "level")
        amounts = [fact for id in said.figures if (fact := _fact(edition, id)) is not None]
        alike = [fact for fact in amounts if not target.absent and fact.unit == target.unit]
        if len(alike) != 1 or said.status == REJECTED:
            continue
        yield _deferral(said, alike[0], target, amounts, rests.get(said.indicator))


def _deferral(
    said: Statement,
    amount: Quantity,
    target: Quantity,
    amounts: list[Quantity],
    rest: Quantity | None,
) -> Candidate:
    figures = {"amount": amount, "target": target} | ({"rest": rest} if rest else {})
    others = [fact for fact in amounts if fact is not amount]
    figures |= {"number": others[0]} if others else {}
    stake = None
    if target.known.low > 0:
        stake = _stake(
            amount.key.to(Kind.STAKE, variant=Matter.DEFERRAL, cutoff="", source=""),
            amount.known / target.known * HUNDRED,
            "amount / target * 100",
            (amount.id, target.id),
        )
    return Candidate(Matter.DEFERRAL, said.indicator, stake, figures, (), said.id)


def _fact(edition: Edition, id: str) -> Quantity | None:
    row = edition.figures.get(id)
    if row is None or "time_period" not in row:
        return None
    period = Period.parse(str(row["time_period"]))
    fact = edition.fact(str(row["indicator"]), str(row["measure"]), period)
    return None if fact.absent else fact


def _rests(demands: tuple[Demand, ...]) -> Iterator[Candidate]:
    for asked in demands:
        if not asked.alarm or asked.target.absent:
            continue
        every = {
            "target": asked.target,
            "rest": asked.rest,
            "needed": asked.needed,
            "so_far": asked.so_far,
            "multiple": asked.multiple,
            "last_multiple": asked.last_multiple,
            "monthly": asked.monthly,
            "last_monthly": asked.last_monthly,
        }
        figures = {name: q for name, q in every.items() if q is not None and not q.absent}
        yield Candidate(Matter.REST, asked.indicator, asked.short, figures)


def _paths(edition: Edition) -> Iterator[Candidate]:
    """Headline goals for average growth of which even the plan leaves more to later years."""
    for indicator, measure in edition.headline():
        goal = assess(edition, indicator.id, measure) if measure == GROWTH else None
        if goal is None or goal.basis != "average" or goal.target.absent:
            continue
        after, target = goal.plan.needed, goal.target
        if after is None or after.interval is None or target.known.low <= 0:
            continue
        added = _added(after.known, goal.goal.known)
        if added.low <= 0:
            continue
        stake = _stake(
            Kind.STAKE.named(goal.key, edition.period, variant=Matter.PATH),
            added / target.known * HUNDRED,
            "(needed - goal) / target * 100",
            (after.id, goal.goal.id, target.id),
        )
        figures = {"goal": goal.goal, "target": target, "after_plan": after}
        held = goal.result.needed
        figures |= {"after_result": held} if held is not None and held.interval else {}
        yield Candidate(Matter.PATH, goal.indicator, stake, figures)


def _added(needed: Interval, goal: Interval) -> Interval:
    return Interval.of(needed.low - goal.low, needed.high - goal.high)


def _low_plans(edition: Edition) -> Iterator[Candidate]:
    """Targets for flows that lie under every publication of last year's result."""
    before = Period(edition.period.year - 1, "FY")
    for indicator in edition.indicators.values():
        if indicator.kind not in FLOWS or indicator.direction != "up":
            continue
        target = edition.target(indicator.id, "level")
        last = edition.fact(indicator.id, "level", before)
        if target.absent or last.absent:
            continue
        if target.bound or last.bound or target.known.low <= 0:
            continue
        if target.known.high >= last.known.low or edition.period == edition.period.full_year():
            continue
        stake = _stake(
            Kind.STAKE.of(indicator.id, "level", edition.period, variant=Matter.LOW_PLAN),
            (last.known - target.known) / target.known * HUNDRED,
            "(last year - target) / target * 100",
            (last.id, target.id),
        )
        yield Candidate(Matter.LOW_PLAN, indicator.id, stake, {"target": target, "last_year": last})


def _opposites(edition: Edition) -> Iterator[Candidate]:
    """A headline flow that rises while another whole of its group falls: the widest pair."""
    groups = edition.tables.groups
    headline = {indicator.id for indicator, measure in edition.headline() if measure == "level"}
    for name in dict.fromkeys(groups["group"]):
        members = [str(member) for member in groups.loc[groups["group"] == name, "indicator"]]
        rates = {member: rate for member in members if (rate := _rate(edition, member))}
        up = [m for m in rates if m in headline and rates[m].known.low > 0]
        down = [m for m in rates if rates[m].known.high < 0]
        if not up or not down:
            continue
        rising = max(up, key=lambda m: rates[m].known.middle)
        falling = min(down, key=lambda m: rates[m].known.middle)
        levels = {
            role: level
            for role, member in (("level", rising), ("falling_level", falling))
            if not (level := edition.fact(member, "level", edition.period)).absent
        }
        figures = {"rising": rates[rising], "falling": rates[falling], **levels}
        yield Candidate(Matter.OPPOSITE, rising, None, figures, (falling,))


def _rate(edition: Edition, indicator: str) -> Quantity | None:
    described = edition.indicators[indicator]
    if described.kind not in FLOWS or described.direction != "up" or described.parent:
        return None
    growth = growth_so_far(edition, indicator, edition.period)
    return None if growth.absent else growth


def _stake(key: Key, value: Interval, formula: str, operands: tuple[str, ...]) -> Quantity:
    return Quantity(str(key), value, "pct", 1, formula, operands, bound="approx")
