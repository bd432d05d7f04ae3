"""Demands: what the rest of the year asks of an indicator, beside what it has given so far."""

from dataclasses import dataclass, replace
from decimal import Decimal

from halfyear.analysis import effort
from halfyear.analysis.attempt import attempt
from halfyear.analysis.base import growth_so_far
from halfyear.analysis.vintage import margin
from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.results import Quantity

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")
TWOFOLD = Decimal(2)


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
    target: Quantity | None
    rest: Quantity | None
    needed: Quantity | None
    so_far: Quantity | None
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
    needed = found.one("needed") if rate else found.hull("needed_growth")
    demanded = Demand(
        indicator,
        measure,
        edition.target(indicator, measure),
        found.one("rest"),
        needed,
        so_far,
        found.one("multiple"),
        found.hull("last_multiple"),
        found.one("monthly_needed"),
        found.one("monthly_last_quarter"),
        faster=_faster(edition, needed, so_far),
        alarm=False,
        short=None,
    )
    return _judged(edition, demanded, found.one("monthly_ratio"))


def _judged(edition: Edition, demanded: Demand, ratio: Quantity | None) -> Demand:
    last, multiple = demanded.last_multiple, demanded.multiple
    if demanded.measure in effort.RATES:
        alarm = demanded.faster
    elif last is not None and multiple is not None:
        alarm = demanded.faster and multiple.known.low > last.known.high + TENTH
    else:
        alarm = ratio is not None and ratio.known.low > TWOFOLD
    return replace(demanded, alarm=alarm, short=_short(edition, demanded) if alarm else None)


def _faster(edition: Edition, needed: Quantity | None, so_far: Quantity | None) -> bool:
    if needed is None or so_far is None or so_far.bound:
        return False
    half = margin(edition, so_far.id) or Decimal(1).scaleb(-so_far.decimals) / 2
    return needed.known.low > so_far.known.high + half


def _short(edition: Edition, demanded: Demand) -> Quantity | None:
    """What the target lacks if the rest goes on as before, per cent of it."""
    key = f"{demanded.key}@{edition.period}"
    target = (f"plan:{demanded.key}@{edition.period.year}", demanded.target)
    frame = Quantity(f"short:{key}", None, "pct", 1, "(target - as before) / target * 100")
    if demanded.measure in effort.RATES:
        so_far = (f"obs:{key}", demanded.so_far)
        return _known(attempt(frame, lambda g, held: (g - held) / g * HUNDRED, target, so_far))
    if demanded.last_multiple is not None:
        return _known(
            attempt(
                frame,
                _by_multiple,
                (f"multiple:{key}", demanded.multiple),
                (f"last_multiple:{key}", demanded.last_multiple),
            )
        )
    return _known(
        attempt(
            frame,
            _by_month,
            target,
            (f"rest:{key}", demanded.rest),
            (f"monthly_needed:{key}", demanded.monthly),
            (f"monthly_last_quarter:{key}", demanded.last_monthly),
        )
    )


def _by_multiple(multiple: Interval, last: Interval) -> Interval:
    """(m - m0) / (1 + m): what is left over what is done, m, less what usually follows, m0."""
    ends = [(m - m0) / (1 + m) * HUNDRED for m in _ends(multiple) for m0 in _ends(last)]
    return Interval.of(*ends)


def _by_month(target: Interval, rest: Interval, monthly: Interval, last: Interval) -> Interval:
    """rest (1 - last / monthly) / target at the low end of the plan."""
    return Interval.of(rest.low * (1 - last.low / monthly.low) / target.low * HUNDRED)


def _ends(interval: Interval) -> tuple[Decimal, Decimal]:
    return interval.low, interval.high


def _known(quantity: Quantity) -> Quantity | None:
    return quantity if quantity.interval is not None else None


@dataclass(frozen=True)
class _Found:
    """Quantities to be found by their kind; those without figure do not count."""

    quantities: tuple[Quantity, ...]

    @property
    def known(self) -> list[Quantity]:
        """Those with a figure."""
        return [quantity for quantity in self.quantities if quantity.interval is not None]

    def one(self, kind: str) -> Quantity | None:
        """The quantity of a kind, on the working base."""
        return next((q for q in self.known if q.id.startswith(f"{kind}:")), None)

    def hull(self, kind: str) -> Quantity | None:
        """The quantity of a kind over all bases of last year."""
        every = [q for q in self.known if q.id.startswith(f"{kind}:")]
        if len(every) < 2:
            return every[0] if every else None
        first = every[0]
        return Quantity(
            first.id.replace(f"{kind}:", f"{kind}_range:", 1),
            Interval.of(*(q.known for q in every)),
            first.unit,
            first.decimals,
            "range over the bases of last year",
            tuple(q.id for q in every),
            bound=first.bound,
        )
