"""The outlook: what the year comes to if the rest of it behaves as described."""

from collections.abc import Callable
from dataclasses import replace

from halfyear.analysis import ledger
from halfyear.analysis.attempt import attempt
from halfyear.analysis.base import FORMER_PLACES, bases, full_year
from halfyear.analysis.planshare import FLOWS
from halfyear.analysis.vintage import HUNDRED, growth_of
from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.results import Quantity

Operand = tuple[str, Quantity | None]


def outlook(edition: Edition, indicator: str, measure: str) -> list[Quantity]:
    """What the edition's year may come to; the ids tell how.

    Flows, in their unit: outlook:pace (last year grown at the rate so far), outlook:low (done and
    last year's rest), outlook:alternative (done and last year's rest grown at the last quarter's
    rate), outlook:plan as reference; for each conflicting base of last year one set, marked "~"
    and its source. Growth rates, per cent: outlook:pace, outlook:carry_over, outlook:plan. For
    anything else nothing is projected.
    """
    if measure == "growth_yoy":
        found = ledger.readings(edition, indicator, measure)
        return [_renamed(reading) for reading in found]
    if edition.indicators[indicator].kind not in FLOWS or measure != "level":
        return []
    return [*_flow(edition, indicator), _plan(edition, indicator)]


def _flow(edition: Edition, indicator: str) -> list[Quantity]:
    cut = edition.period
    done: Operand = (f"obs:{indicator}.level@{cut}", edition.fact(indicator, "level", cut))
    rate: Operand = (f"obs:{indicator}.growth_yoy@{cut}", growth_of(edition, indicator, cut))
    quarter = cut.last_quarter()
    last: Operand = (
        f"obs:{indicator}.growth_yoy@{quarter}",
        growth_of(edition, indicator, quarter),
    )
    parts = bases(edition, indicator, cut)
    wholes = full_year(edition, indicator, cut.year - 1)
    part: Operand = (f"obs:{indicator}.level@{cut.shift(-1)}", parts[0] if parts else None)
    found: list[Quantity] = []
    lines: list[tuple[str, str, Callable[..., Interval], tuple[Operand, ...]]]
    for number, whole in enumerate(wholes or [None]):
        mark = f"~{edition.source_of(whole.id)}" if number and whole else ""
        year: Operand = (f"obs:{indicator}.level@{cut.year - 1}-FY", whole)
        lines = [
            ("pace", "last year * (1 + growth so far)", _pace, (year, rate)),
            ("low", "done + rest of last year", _low, (done, year, part)),
            (
                "alternative",
                "done + rest of last year * (1 + growth of the quarter)",
                _grown,
                (done, year, part, last),
            ),
        ]
        for kind, formula, compute, operands in lines:
            frame = _frame(edition, indicator, kind, formula, mark)
            found.append(_placed(attempt(frame, compute, *operands), whole))
    return _distinct(found)


def _plan(edition: Edition, indicator: str) -> Quantity:
    year = edition.period.year
    target: Operand = (f"plan:{indicator}.level@{year}", edition.target(indicator, "level"))
    return attempt(_frame(edition, indicator, "plan", "annual target", ""), lambda g: g, target)


def _frame(edition: Edition, indicator: str, kind: str, formula: str, mark: str) -> Quantity:
    described = edition.indicators[indicator]
    name = f"outlook:{kind}:{indicator}.level@{edition.period.year}{mark}"
    return Quantity(name, None, described.unit, described.decimals, formula)


def _placed(found: Quantity, whole: Quantity | None) -> Quantity:
    """Refuse an outlook for the merged place on the base of a former one."""
    if whole is None or not any(f":{place}." in whole.id for place in FORMER_PLACES):
        return found
    lacking = f"obs:{found.id.split(':')[2].partition('@')[0]}@{_year_before(found)}-FY"
    return replace(found, interval=None, missing=(lacking,))


def _year_before(found: Quantity) -> int:
    return int(found.id.rpartition("@")[2].partition("~")[0]) - 1


def _distinct(found: list[Quantity]) -> list[Quantity]:
    """Drop a line that says the same as an earlier one on the same base."""
    kept: list[Quantity] = []
    for item in found:
        same = [k for k in kept if k.interval == item.interval and _mark(k) == _mark(item)]
        if item.interval is None or not same:
            kept.append(item)
    return kept


def _mark(item: Quantity) -> str:
    return item.id.partition("~")[2]


def _pace(year: Interval, rate: Interval) -> Interval:
    return year * (rate / HUNDRED + 1)


def _low(done: Interval, year: Interval, part: Interval) -> Interval:
    return done + (year - part)


def _grown(done: Interval, year: Interval, part: Interval, rate: Interval) -> Interval:
    return done + (year - part) * (rate / HUNDRED + 1)


def _renamed(reading: Quantity) -> Quantity:
    return replace(reading, id=reading.id.replace("reading:", "outlook:", 1))
