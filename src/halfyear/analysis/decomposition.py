"""Growth accounting that adds up: weights, contributions to growth and to the gap, by part."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from halfyear.analysis import nearest, parts
from halfyear.analysis.weights import HUNDRED, by_part, weights
from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.key import Key, Kind
from halfyear.period import Period
from halfyear.results import Quantity
from halfyear.study import Study

MEASURE = "growth_yoy"
POINTS, PERCENT = 2, 1
NEAREST = "nearest to the rolled weights that give the printed totals"


Take = Callable[[str, str, Period], Quantity]


@dataclass(frozen=True)
class Part:
    """A part of a total: its growth beside its scenario, its weight and what it adds.

    growth and scenario in per cent; rolled and weight in per cent of the total a year earlier;
    contribution in points of the total's growth, share the same in per cent of it; gap in points
    of the total's gap, below zero for a shortfall. None where nothing gives it.
    """

    indicator: str
    growth: Quantity
    scenario: Quantity | None
    rolled: Quantity | None
    weight: Quantity | None
    contribution: Quantity
    share: Quantity | None
    gap: Quantity | None


@dataclass(frozen=True)
class Decomposition:
    """What the parts of a total add to its growth and to its gap.

    base is the period of last year whose weights are rolled, None where the contributions are
    printed. exact: the weights give the printed totals as they stand, not only within their
    rounding. Parts in the order of what they add to growth, the largest first.
    """

    total: str
    period: Period
    base: Period | None
    growth: Quantity
    scenario: Quantity | None
    parts: tuple[Part, ...]
    exact: bool

    @property
    def by_gap(self) -> tuple[Part, ...]:
        """The parts that have a gap, in the order of what they take from the total."""
        known = [part for part in self.parts if part.gap is not None]
        return tuple(sorted(known, key=lambda part: _middle(part.gap)))


@dataclass(frozen=True)
class Contradiction:
    """Printed rates that no weights near those of last year can reconcile."""

    total: str
    period: Period
    base: Period
    operands: tuple[str, ...]


@dataclass(frozen=True)
class Accounts(Study):
    """The growth accounts of an edition: of its period and of the last quarter of it.

    None where they cannot be drawn up; the contradictions tell of which periods the printed
    rates cannot be reconciled.
    """

    topic: ClassVar[str] = "decomposition"

    whole: Decomposition | None
    quarter: Decomposition | None
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True)
class _Rates:
    """The printed growth of a total and of each of its parts, actual or scenario."""

    total: Quantity
    parts: tuple[Quantity, ...]


def study(edition: Edition) -> Accounts:
    """Draw up the accounts of the headline total for the edition's period and last quarter."""
    whole = parts.total(edition)
    if whole is None:
        return Accounts(None, None, ())
    found = [
        decomposition(edition, whole, period)
        for period in (edition.period, edition.period.last_quarter())
    ]
    drawn = [item if isinstance(item, Decomposition) else None for item in found]
    return Accounts(
        drawn[0], drawn[1], tuple(item for item in found if isinstance(item, Contradiction))
    )


def decomposition(
    edition: Edition, total: str, period: Period
) -> Decomposition | Contradiction | None:
    """What each part adds to the growth of a total in a period, and to its gap.

    Printed contributions stand as printed. Otherwise a part adds its weight times its rate, and
    to the gap its weight times actual less scenario; the weights are those nearest to last
    year's, rolled to the base of the period, that give the printed total of the actual and of
    the scenario (see nearest.weights). None where last year's contributions, the total or a
    part's rate lack; a Contradiction where no weights within nearest.REACH exist.
    """
    printed = _printed(edition, total, period)
    if printed is not None:
        return printed
    start = _rolled(edition, total, period)
    if start is None:
        return None
    base, rolled = start
    actual = _rates(edition.fact, total, tuple(rolled), period)
    if actual is None:
        return None
    scenario = _rates(edition.scenario, total, tuple(rolled), period)
    sides = [side for side in (actual, scenario) if side is not None]
    solved = nearest.weights(
        [weight.value for weight in rolled.values()],
        [[rate.known.middle for rate in side.parts] for side in sides],
        [side.total.known.middle for side in sides],
        [_slack(side) for side in sides],
    )
    used = (
        *(weight.id for weight in rolled.values()),
        *(q.id for side in sides for q in (side.total, *side.parts)),
    )
    if solved is None:
        return Contradiction(total, period, base, used)
    weighing = _Weighing(base, period, used)
    found = [
        weighing.part(weight, solved.weights[n], actual, scenario, n)
        for n, weight in enumerate(rolled.values())
    ]
    return Decomposition(
        total,
        period,
        base,
        actual.total,
        scenario.total if scenario else None,
        _sorted(found),
        solved.exact,
    )


def _printed(edition: Edition, total: str, period: Period) -> Decomposition | None:
    """The study where the documents print what each part contributed."""
    growth = edition.fact(total, MEASURE, period)
    known = [i.id for i in edition.indicators.values() if i.parent == total]
    found = {name: edition.fact(name, "contribution", period) for name in known}
    rates = {name: edition.fact(name, MEASURE, period) for name in known}
    added = [
        Part(name, rate, None, None, None, fact, _share(fact, growth), None)
        for name, fact in found.items()
        for rate in (rates[name],)
        if not any(printed.absent for printed in (fact, rate, growth))
    ]
    if growth.absent or len(added) < 2:
        return None
    return Decomposition(total, period, None, growth, None, _sorted(added), exact=True)


def _rolled(
    edition: Edition, total: str, period: Period
) -> tuple[Period, dict[str, Quantity]] | None:
    """Rolled weights of the same part of last year, else of the whole of it."""
    last = edition.period.shift(period.year - edition.period.year - 1)
    for base in dict.fromkeys((last, last.full_year())):
        found = by_part(weights(edition, total, base))
        if found and all(weight.interval is not None for weight in found.values()):
            return base, found
    return None


def _rates(take: Take, total: str, parts: Sequence[str], period: Period) -> _Rates | None:
    whole = take(total, MEASURE, period)
    rates = tuple(take(part, MEASURE, period) for part in parts)
    return None if any(fact.absent for fact in (whole, *rates)) else _Rates(whole, rates)


def _slack(side: _Rates) -> Decimal:
    """How far a weighted mean may lie off its total by rounding: half a unit of each."""
    return Decimal(1).scaleb(-max(rate.decimals for rate in (side.total, *side.parts)))


@dataclass(frozen=True)
class _Weighing:
    """What the figures of one decomposition have in common: base, period, operands."""

    base: Period
    period: Period
    used: tuple[str, ...]

    def part(
        self,
        rolled: Quantity,
        weight: Decimal,
        actual: _Rates,
        scenario: _Rates | None,
        n: int,
    ) -> Part:
        """The n-th part with what its weight makes of its rates."""
        name = rolled.key.name
        growth = actual.parts[n]
        expected = scenario.parts[n] if scenario else None
        share = Quantity(
            str(Kind.WEIGHT_NEAREST.of(name, when=self.base, base=str(self.period))),
            Interval.of(weight * HUNDRED),
            "pct",
            PERCENT,
            NEAREST,
            self.used,
            bound="approx",
        )
        key = Kind.CONTRIBUTION.of(name, MEASURE, self.period)
        added = _points(key, "weight * growth", growth.known * weight, share, growth)
        return Part(
            indicator=name,
            growth=growth,
            scenario=expected,
            rolled=replace(
                rolled,
                id=str(Kind.WEIGHT_ROLLED.of(name, when=self.base)),
                interval=rolled.known * HUNDRED,
                unit="pct",
                decimals=PERCENT,
            ),
            weight=share,
            contribution=added,
            share=_share(added, actual.total),
            gap=expected
            and _points(
                key.to(Kind.GAP_PART),
                "weight * (actual - scenario)",
                (growth.known - expected.known) * weight,
                share,
                growth,
                expected,
            ),
        )


def _points(key: Key, formula: str, value: Interval, *operands: Quantity) -> Quantity:
    ids = tuple(operand.id for operand in operands)
    return Quantity(str(key), value, "pp", POINTS, formula, ids, bound="approx")


def _share(added: Quantity, growth: Quantity | None) -> Quantity | None:
    if growth is None or growth.known.low <= 0:
        return None
    return Quantity(
        str(replace(added.key, kind=Kind.CONTRIBUTION_SHARE)),
        added.known / growth.known * HUNDRED,
        "pct",
        PERCENT,
        "contribution / growth of the total * 100",
        (added.id, growth.id),
        bound=added.bound,
    )


def _sorted(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: -part.contribution.known.middle))


def _middle(quantity: Quantity | None) -> Decimal:
    return quantity.known.middle if quantity is not None else Decimal(0)
