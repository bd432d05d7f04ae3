"""Demands: what the rest of the year asks of an indicator, beside what it has given so far."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from halfyear.analysis import effort
from halfyear.analysis.attempt import attempt
from halfyear.analysis.base import growth_so_far
from halfyear.analysis.vintage import margin
from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.key import Kind
from halfyear.results import Quantity

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")
TWOFOLD = Decimal(2)
RANGES = {
    Kind.LAST_MULTIPLE: Kind.LAST_MULTIPLE_RANGE,
    Kind.NEEDED_GROWTH: Kind.NEEDED_GROWTH_RANGE,
}


@dataclass(frozen=True)
class Demand:
    """What the rest of the year asks of one indicator.

    needed is the growth of the rest over last year's rest, per cent, so_far the growth until now.
    rest in the unit of the indicator; multiple is it over what is done, last_multiple the same of
    last year; monthly the average needed a month, last_monthly that of the last quarter. Where
    last year has several bases, each is the range over them. None where it is not known.

    faster: the rest must grow faster than so far, beyond the roundings. alarm: it must do more
    than its usual share by more than the roundings of one decimal shown, or, where last year is
    not known, twice the last quarter's monthly average. short is what the target then lacks if
    the rest goes on as before, per cent of the target; None without alarm.
    """

    indicator: str
    measure: str
    target: Quantity
    rest: Quantity | None
    needed: Quantity | None
    so_far: Quantity
    multiple: Quantity | None
    last_multiple: Quantity | None
    monthly: Quantity | None
    last_monthly: Quantity | None
    faster: bool
    alarm: bool
    short: Quantity | None

    @property
    def key(self) -> str:
        """Indicator and measure, as ids write them."""
        return f"{self.indicator}.{self.measure}"


def demand(edition: Edition, indicator: str, measure: str) -> Demand:
    """What the rest of the edition's year asks of an indicator; see effort for the formulas."""
    found = _Found(tuple(effort.effort(edition, indicator, measure)))
    rate = measure in effort.RATES
    if rate:
        so_far = edition.fact(indicator, measure, edition.period)
    else:
        so_far = growth_so_far(edition, indicator, edition.period)
    needed = found.one(Kind.NEEDED) if rate else found.hull(Kind.NEEDED_GROWTH)
    demanded = Demand(
        indicator,
        measure,
        edition.target(indicator, measure),
        found.one(Kind.REST),
        needed,
        so_far,
        found.one(Kind.MULTIPLE),
        found.hull(Kind.LAST_MULTIPLE),
        found.one(Kind.MONTHLY_NEEDED),
        found.one(Kind.MONTHLY_LAST_QUARTER),
        faster=_faster(edition, needed, so_far),
        alarm=False,
        short=None,
    )
    return _judged(edition, demanded, found.one(Kind.MONTHLY_RATIO))


def _judged(edition: Edition, demanded: Demand, ratio: Quantity | None) -> Demand:
    last, multiple = demanded.last_multiple, demanded.multiple
    if demanded.measure in effort.RATES:
        alarm = demanded.faster
    elif last is not None and multiple is not None:
        alarm = demanded.faster and multiple.known.low > last.known.high + TENTH
    else:
        alarm = ratio is not None and ratio.known.low > TWOFOLD
    return replace(demanded, alarm=alarm, short=_short(edition, demanded) if alarm else None)


def _faster(edition: Edition, needed: Quantity | None, so_far: Quantity) -> bool:
    if needed is None or so_far.absent or so_far.bound:
        return False
    half = margin(edition, so_far.id) or Decimal(1).scaleb(-so_far.decimals) / 2
    return needed.known.low > so_far.known.high + half


def _short(edition: Edition, demanded: Demand) -> Quantity | None:
    """What the target lacks if the rest goes on as before, per cent of it."""
    key = Kind.SHORT.of(demanded.indicator, demanded.measure, edition.period)
    formula: Callable[..., Interval] = _by_month
    operands: tuple[Quantity | None, ...]
    operands = (demanded.target, demanded.rest, demanded.monthly, demanded.last_monthly)
    if demanded.measure in effort.RATES:
        formula, operands = _by_rate, (demanded.target, demanded.so_far)
    elif demanded.last_multiple is not None:
        formula, operands = _by_multiple, (demanded.multiple, demanded.last_multiple)
    held = [operand for operand in operands if operand is not None]
    if len(held) < len(operands):
        return None
    frame = Quantity.frame(key, "pct", 1, "(target - as before) / target * 100")
    short = attempt(frame, formula, *held)
    return None if short.interval is None else short


def _by_rate(target: Interval, so_far: Interval) -> Interval:
    return (target - so_far) / target * HUNDRED


def _by_multiple(multiple: Interval, last: Interval) -> Interval:
    """(m - m0) / (1 + m): what is left over what is done, m, less what usually follows, m0."""
    ends = [(m - m0) / (1 + m) * HUNDRED for m in _ends(multiple) for m0 in _ends(last)]
    return Interval.of(*ends)


def _by_month(target: Interval, rest: Interval, monthly: Interval, last: Interval) -> Interval:
    """rest (1 - last / monthly) / target at the low end of the plan."""
    return Interval.of(rest.low * (1 - last.low / monthly.low) / target.low * HUNDRED)


def _ends(interval: Interval) -> tuple[Decimal, Decimal]:
    return interval.low, interval.high


@dataclass(frozen=True)
class _Found:
    """Quantities to be found by their kind; those without figure do not count."""

    quantities: tuple[Quantity, ...]

    @property
    def known(self) -> list[Quantity]:
        """Those with a figure."""
        return [quantity for quantity in self.quantities if quantity.interval is not None]

    def one(self, kind: Kind) -> Quantity | None:
        """The quantity of a kind, on the working base."""
        return next((q for q in self.known if q.key.kind is kind), None)

    def hull(self, kind: Kind) -> Quantity | None:
        """The quantity of a kind over all bases of last year."""
        every = [q for q in self.known if q.key.kind is kind]
        if len(every) < 2:
            return every[0] if every else None
        first = every[0]
        return Quantity(
            str(first.key.to(RANGES[kind])),
            Interval.of(*(q.known for q in every)),
            first.unit,
            first.decimals,
            "range over the bases of last year",
            tuple(q.id for q in every),
            bound=first.bound,
        )
