"""The rest of the year: what is left of each plan, and how that compares with what was done."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from halfyear.analysis import planshare
from halfyear.analysis.base import growth_so_far
from halfyear.analysis.demand import demand
from halfyear.analysis.effort import effort
from halfyear.edition import FLOWS, Edition
from halfyear.interval import Interval, rounded
from halfyear.key import Kind
from halfyear.period import Period
from halfyear.results import Quantity
from halfyear.study import Study


@dataclass(frozen=True)
class Item:
    """What the rest of the year must deliver of one indicator.

    plan is the annual target, implied where only a stated share of it tells it; left what remains
    of it in the indicator's unit; needed the growth that takes, per cent, over all bases of last
    year, beside so_far; times and last_times the remainder in times of what is done, this year
    and last; monthly and last_monthly averages of what is left and of the last quarter. Every
    quantity may lack.
    part_of names the headline indicator a part stands below, "" for one of the list.
    """

    indicator: str
    measure: str
    part_of: str
    plan: Quantity
    done: Quantity
    left: Quantity | None
    needed: Quantity | None
    so_far: Quantity
    times: Quantity | None
    last_times: Quantity | None
    monthly: Quantity | None
    last_monthly: Quantity | None

    @property
    def harder(self) -> bool | None:
        """Whether the rest must grow faster than so far, whatever the roundings; None unknown.

        Without last year: whether the monthly need passes the last quarter's twofold.
        """
        if _known(self.needed) and _known(self.so_far):
            assert self.needed is not None
            return self.needed.known.low > _widest(self.so_far).high
        if _known(self.monthly) and _known(self.last_monthly):
            assert self.monthly is not None
            assert self.last_monthly is not None
            return self.monthly.known.low > self.last_monthly.known.high * 2
        return None

    @property
    def reached(self) -> bool:
        """Whether nothing is left of the plan, not even of its high end."""
        flow = self.measure == "level" and _known(self.left)
        return flow and self.left is not None and self.left.known.high <= 0

    @property
    def heavier(self) -> bool:
        """Whether the rest must do more than the rest of a year usually does.

        Beside last year's multiple; where that is not known, as if every month were alike.
        """
        assert self.times is not None
        elapsed = Period.parse(self.done.key.when).elapsed
        even = Interval.of(Decimal(12 - elapsed) / elapsed)
        last = self.last_times.interval if self.last_times is not None else None
        return self.times.known.low > (last or even).high


@dataclass(frozen=True)
class Rest(Study):
    """What remains of the year's plans, the headline list in order, parts below their total."""

    topic: ClassVar[str] = "rest"

    items: tuple[Item, ...]

    def of(self, key: str) -> Item:
        """The item of an indicator and its measure, "exports.level"."""
        return next(item for item in self.items if f"{item.indicator}.{item.measure}" == key)

    @property
    def reached(self) -> tuple[Item, ...]:
        """The headline flows that have reached the plan of the year already."""
        return tuple(item for item in self._headline if item.reached)

    @property
    def easier(self) -> tuple[Item, ...]:
        """The headline flows and rates that meet the plan even if they grow more slowly."""
        return tuple(i for i in self._headline if i.harder is False and _known(i.needed))

    @property
    def harder(self) -> tuple[Item, ...]:
        """The headline flows and rates that must grow faster than so far."""
        return tuple(i for i in self._headline if i.harder and _known(i.needed))

    @property
    def busier(self) -> tuple[Item, ...]:
        """The headline flows without last year that need twice the last quarter's months."""
        return tuple(i for i in self._headline if i.harder and not _known(i.needed))

    @property
    def _headline(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.part_of)


def study(edition: Edition) -> Rest:
    """Study what is left of the year; empty for a full year."""
    if edition.period == edition.period.full_year():
        return Rest(())
    items = []
    for indicator, measure in edition.headline():
        items.append(item(edition, indicator.id, measure))
        parts = [name for name, _ in edition.beside(indicator.id, measure)]
        items += [
            item(edition, part, "level", part_of=indicator.id)
            for part in dict.fromkeys(parts)
            if edition.indicators[part].kind in FLOWS and _planned(edition, part)
        ]
    return Rest(tuple(items))


def item(edition: Edition, indicator: str, measure: str, part_of: str = "") -> Item:
    """What is left of one indicator; see Item."""
    period = edition.period
    found = {q.key.kind: q for q in reversed(effort(edition, indicator, measure))}
    done = edition.fact(indicator, measure, period)
    target = edition.target(indicator, measure)
    left = found.get(Kind.REST) or found.get(Kind.DISTANCE)
    times = found.get(Kind.MULTIPLE)
    if target.absent and measure == "level":
        target = planshare.implied_plan(edition, indicator, period) or target
        left = _left(target, done)
        times = _times(left, done)
    rate = measure != "level"
    return Item(
        indicator=indicator,
        measure=measure,
        part_of=part_of,
        plan=target,
        done=done,
        left=left,
        needed=demand(edition, indicator, measure).needed,
        so_far=done if rate else growth_so_far(edition, indicator, period),
        times=times,
        last_times=found.get(Kind.LAST_MULTIPLE),
        monthly=found.get(Kind.MONTHLY_NEEDED),
        last_monthly=found.get(Kind.MONTHLY_LAST_QUARTER),
    )


def _planned(edition: Edition, indicator: str) -> bool:
    target = edition.target(indicator, "level")
    stated = planshare.stated(edition, indicator, edition.period)
    return not target.absent or stated is not None


def _left(plan: Quantity, done: Quantity) -> Quantity | None:
    if not _known(plan) or not _known(done):
        return None
    left = plan.known - done.known
    return Quantity(
        str(done.key.to(Kind.REST)),
        left,
        plan.unit,
        done.decimals,
        "target - done",
        (plan.id, done.id),
        bound="approx",
    )


def _times(left: Quantity | None, done: Quantity) -> Quantity | None:
    if left is None or done.known.low <= 0:
        return None
    return Quantity(
        str(done.key.to(Kind.MULTIPLE)),
        left.known / done.known,
        "times",
        2,
        "rest / done",
        (left.id, done.id),
        bound="approx",
    )


def _known(quantity: Quantity | None) -> bool:
    return quantity is not None and quantity.interval is not None


def _widest(rate: Quantity) -> Interval:
    """All values a rate may stand for by its rounding."""
    low, high = (rounded(end, rate.decimals) for end in (rate.known.low, rate.known.high))
    return Interval.of(low, high)
