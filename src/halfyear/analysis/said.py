"""What the last edition said of the time after it, beside what came."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from halfyear.analysis import effort, outlook, reach
from halfyear.analysis.attempt import attempt
from halfyear.edition import Edition
from halfyear.key import Kind
from halfyear.results import Quantity

OUTLOOKS = ("pace", "low")


@dataclass(frozen=True)
class Pair:
    """One thing said and what came: kind is needed_rate, needed_month or an outlook's name."""

    indicator: str
    kind: str
    said: Quantity
    came: Quantity


def pairs(last: Edition, now: Edition) -> list[Pair]:
    """Hold an edition against the one before it in the same year; empty in a new year.

    For a full year the last outlooks stand beside the result, if the last edition had a flow to
    project; before, what the last edition needed of the rest of the year stands beside the quarter
    that came since.
    """
    if last.period.year != now.period.year:
        return []
    if now.period == now.period.full_year() and not reach.study(last).projected:
        return []
    step = _outlooks if now.period == now.period.full_year() else _needs
    return [
        pair
        for indicator, measure in now.headline()
        for pair in step(last, now, indicator.id, measure)
    ]


def quoted(quantity: Quantity, edition: Edition) -> Quantity:
    """Give a quantity of an earlier edition under an id of its own."""
    return replace(quantity, id=str(Kind.SAID.of(quantity.id, source=str(edition.period))))


def _outlooks(last: Edition, now: Edition, indicator: str, measure: str) -> Iterator[Pair]:
    came = now.fact(indicator, measure, now.period)
    for found in outlook.outlook(last, indicator, measure):
        kind = found.key.variant
        plain = not found.key.source
        if not came.absent and found.interval is not None and kind in OUTLOOKS and plain:
            yield Pair(indicator, f"outlook_{kind}", quoted(found, last), came)


def _needs(last: Edition, now: Edition, indicator: str, measure: str) -> Iterator[Pair]:
    quarter = now.period.last_quarter()
    fact = now.fact(indicator, measure, quarter)
    needs = {q.key.kind: q for q in effort.effort(last, indicator, measure)}
    rate, month = needs.get(Kind.NEEDED), needs.get(Kind.MONTHLY_NEEDED)
    if not fact.absent and rate is not None and rate.interval is not None:
        yield Pair(indicator, "needed_rate", quoted(rate, last), fact)
    if not fact.absent and month is not None and month.interval is not None:
        key = Kind.MONTHLY.of(indicator, "level", quarter)
        frame = Quantity.frame(key, fact.unit, month.decimals, "quarter / 3")
        came = attempt(frame, lambda amount: amount / 3, fact)
        yield Pair(indicator, "needed_month", quoted(month, last), came)
