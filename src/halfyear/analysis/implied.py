"""Parts of a period that no document prints: their growth as the printed parts imply it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from halfyear.analysis import effort, parts, runrate
from halfyear.analysis.attempt import attempt
from halfyear.edition import Edition
from halfyear.figure import GROWTH_DECIMALS
from halfyear.interval import Interval, rounded
from halfyear.key import Kind
from halfyear.params import Assumption
from halfyear.period import Period
from halfyear.results import Quantity
from halfyear.study import Study

MEASURE = "growth_yoy"
EARLIER = "(whole - (1 - v) last quarter) / v"
REST = "(G - w g) / (1 - w)"
SHOWN_DECIMALS = 1
FINE = Decimal("0.05")


class Turn(StrEnum):
    """How growth in the last quarter compares with that of the months before it."""

    FASTER = "faster"
    SLOWER = "slower"
    SAME = "same"


@dataclass(frozen=True)
class Quarter:
    """One rate before the last quarter of a period, in it and over both, per cent.

    earlier is printed, or implied at the shown share and then approximate; span is the range it
    has over all shares assumed, None where it is printed. Both show two decimals only where that
    range is no wider than 0.05 points. turn holds over the whole range.
    """

    indicator: str
    earlier: Quantity
    span: Quantity | None
    last: Quantity
    whole: Quantity
    turn: Turn


@dataclass(frozen=True)
class Quarters:
    """A period beside its last quarter, for a total and then for its parts.

    hindsight: the scenario was set when the months before the last quarter were over, so a
    deeper shortfall of the last quarter is no news.
    """

    period: Period
    earlier: Period
    last: Period
    share: Quantity | None
    rates: tuple[Quarter, ...]
    hindsight: bool

    @property
    def total(self) -> Quarter:
        """The rates of the total."""
        return self.rates[0]

    @property
    def parts(self) -> tuple[Quarter, ...]:
        """The rates of the parts."""
        return self.rates[1:]

    def turned(self, turn: Turn) -> tuple[Quarter, ...]:
        """The parts that turned one way, the sharpest turn first."""
        kept = [rate for rate in self.parts if rate.turn is turn]
        return tuple(sorted(kept, key=lambda rate: -abs(_change(rate))))


@dataclass(frozen=True)
class Halves:
    """Growth of last year and of this one on both sides of the edition's cut, per cent.

    last_rest is implied by last year and its elapsed part; needed is what the rest of this year
    needs for the annual target, if_met the same had the scenario been met. Quantities without
    interval name what they lack.
    """

    last_part: Quantity
    last_rest: Quantity
    part: Quantity
    target: Quantity
    needed: Quantity
    if_met: Quantity


@dataclass(frozen=True)
class Implied(Study):
    """What no document prints of an edition's growth: quarters of it, halves by indicator."""

    topic: ClassVar[str] = "implied"

    quarters: Quarters | None
    halves: dict[str, Halves]


def study(edition: Edition) -> Implied:
    """Imply what the headline rates of the edition allow, the total beside its parts."""
    whole = parts.total(edition)
    rates = [i.id for i, measure in edition.headline() if measure == MEASURE]
    return Implied(
        quarters(edition, whole, parts.parts(edition, whole)) if whole else None,
        {rate: found for rate in rates if (found := halves(edition, rate)) is not None},
    )


def quarters(edition: Edition, total: str, components: Sequence[str]) -> Quarters | None:
    """The edition's period beside its last quarter, for a total and those of its parts it can.

    The growth g1 of the months before follows from g = v g1 + (1 - v) g2, with v what these
    months make of the period a year earlier at constant prices. None in a first quarter and
    where the total's rates are not printed.
    """
    period = edition.period
    earlier, last = period.before_last_quarter(), period.last_quarter()
    if earlier is None:
        return None
    share = edition.params.earlier_share.get(period.part)
    found = [_quarter(edition, name, (earlier, last), share) for name in (total, *components)]
    if found[0] is None:
        return None
    key = Kind.EARLIER_SHARE.of(total, when=period.shift(-1))
    choice = str(Kind.PARAMS.of("earlier_share", period.part))
    assumed = Quantity(choice, share.span, "", 2, bound="approx") if share else None
    return Quarters(
        period,
        earlier,
        last,
        attempt(Quantity.frame(key, "", 2, "assumption"), lambda span: span, assumed)
        if assumed
        else None,
        tuple(rate for rate in found if rate is not None),
        _hindsight(edition, earlier),
    )


def halves(edition: Edition, indicator: str) -> Halves | None:
    """Both sides of the edition's cut, last year and this one, for an indicator that grows.

    The rest follows from G = w g + (1 - w) g_rest, with w the elapsed part's share of the year.
    None for a full year and where the growth so far is not printed.
    """
    cut = edition.period
    last = cut.shift(-1)
    part = edition.fact(indicator, MEASURE, cut)
    if part.absent or cut == cut.full_year():
        return None
    weight = effort.elapsed_weight(edition, indicator)
    target, scenario = edition.target(indicator, MEASURE), edition.scenario(indicator, MEASURE, cut)

    def rest(kind: Kind, when: Period, *operands: Quantity) -> Quantity:
        decimals = SHOWN_DECIMALS if kind is Kind.IMPLIED_REST else GROWTH_DECIMALS
        key = kind.of(indicator, MEASURE, when)
        frame = Quantity.frame(key, "pct", decimals, REST, bound="approx")
        return attempt(frame, runrate.needed_growth, *operands, weight)

    before = edition.fact(indicator, MEASURE, last)
    whole = edition.fact(indicator, MEASURE, last.full_year())
    return Halves(
        last_part=before,
        last_rest=rest(Kind.IMPLIED_REST, last, whole, before),
        part=part,
        target=target,
        needed=effort.needed_rate(edition, indicator),
        if_met=rest(Kind.NEEDED_IF_MET, cut, target, scenario),
    )


def _quarter(
    edition: Edition, indicator: str, when: tuple[Period, Period], share: Assumption | None
) -> Quarter | None:
    earlier, last = when
    whole = edition.fact(indicator, MEASURE, edition.period)
    quarter = edition.fact(indicator, MEASURE, last)
    printed = edition.fact(indicator, MEASURE, earlier)
    if not all(fact.interval and fact.interval.exact for fact in (whole, quarter)):
        return None
    if not printed.absent:
        return Quarter(indicator, printed, None, quarter, whole, _turn(printed, quarter))
    if share is None:
        return None
    ranged = _earlier(whole.known, quarter.known, share.span)
    fine = ranged.high - ranged.low <= FINE
    choice = str(Kind.PARAMS.of("earlier_share", edition.period.part))
    shown, span = (
        Quantity(
            str(kind.of(indicator, MEASURE, earlier)),
            value,
            "pct",
            GROWTH_DECIMALS if fine else SHOWN_DECIMALS,
            EARLIER,
            (whole.id, quarter.id, choice),
            bound="approx",
        )
        for kind, value in (
            (Kind.IMPLIED_RATE, _earlier(whole.known, quarter.known, Interval.of(share.shown))),
            (Kind.IMPLIED_RANGE, ranged),
        )
    )
    # g1 - g2 = (g - g2) / v: its sign does not depend on v, only on the roundings of g and g2
    return Quarter(indicator, shown, span, quarter, whole, _turn(whole, quarter))


def _earlier(whole: Interval, last: Interval, share: Interval) -> Interval:
    ends = [(whole.low - (1 - v) * last.low) / v for v in (share.low, share.high)]
    return Interval.of(*ends)


def _turn(one: Quantity, last: Quantity) -> Turn:
    before, after = (rounded(q.known.middle, max(q.decimals, GROWTH_DECIMALS)) for q in (one, last))
    if after.low > before.high:
        return Turn.FASTER
    return Turn.SLOWER if after.high < before.low else Turn.SAME


def _change(rate: Quarter) -> Decimal:
    return rate.last.known.middle - rate.earlier.known.middle


def _hindsight(edition: Edition, earlier: Period) -> bool:
    frame = edition.tables.scenarios
    days = frame.loc[frame["plan"] == edition.params.scenario, "set_on"]
    return bool(len(days)) and all(day > earlier.end for day in days)
