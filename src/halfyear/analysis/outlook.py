"""The outlook: what the year comes to if the rest of it behaves as described."""

from collections.abc import Callable
from dataclasses import replace

from halfyear.analysis import ledger
from halfyear.analysis.attempt import attempt
from halfyear.analysis.base import bases, full_year, whole
from halfyear.analysis.vintage import HUNDRED, growth_of
from halfyear.edition import FLOWS, Edition
from halfyear.interval import Interval
from halfyear.key import Key, Kind
from halfyear.period import Period
from halfyear.results import Quantity

Operand = tuple[str, Quantity | None]


def outlook(edition: Edition, indicator: str, measure: str) -> list[Quantity]:
    """What the edition's year may come to; the ids tell how.

    Flows, in their unit: outlook:pace (last year grown at the rate so far), outlook:low (done and
    last year's rest), outlook:alternative (done and last year's rest grown at the last quarter's
    rate), outlook:plan as reference, on the base of last year that governs. Growth rates, per
    cent: outlook:pace, outlook:carry_over, outlook:plan. For anything else nothing is projected.
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
    last_year = wholes[0] if wholes else None
    year: Operand = (f"obs:{indicator}.level@{cut.year - 1}-FY", last_year)
    lines: list[tuple[str, str, Callable[..., Interval], tuple[Operand, ...]]] = [
        ("pace", "last year * (1 + growth so far)", _pace, (year, rate)),
        ("low", "done + rest of last year", _low, (done, year, part)),
        (
            "alternative",
            "done + rest of last year * (1 + growth of the quarter)",
            _grown,
            (done, year, part, last),
        ),
    ]
    return _distinct(
        [
            _placed(
                edition,
                attempt(_frame(edition, indicator, kind, formula), compute, *operands),
                last_year,
            )
            for kind, formula, compute, operands in lines
        ]
    )


def _plan(edition: Edition, indicator: str) -> Quantity:
    year = edition.period.year
    target: Operand = (f"plan:{indicator}.level@{year}", edition.target(indicator, "level"))
    return attempt(_frame(edition, indicator, "plan", "annual target"), lambda g: g, target)


def _frame(edition: Edition, indicator: str, kind: str, formula: str) -> Quantity:
    described = edition.indicators[indicator]
    name = f"outlook:{kind}:{indicator}.level@{edition.period.year}"
    return Quantity(name, None, described.unit, described.decimals, formula)


def _placed(edition: Edition, found: Quantity, year: Quantity | None) -> Quantity:
    """Refuse an outlook for the merged place on the base of a former one that is not all of it."""
    if year is None or whole(edition, year):
        return found
    key = found.key
    before = str(Period(int(key.when) - 1, "FY"))
    lacking = Key(Kind.OBS, key.subject, key.measure, before)
    return replace(found, interval=None, missing=(str(lacking),))


def _distinct(found: list[Quantity]) -> list[Quantity]:
    """Drop a line that says the same as an earlier one."""
    kept: list[Quantity] = []
    for item in found:
        if item.interval is None or all(item.interval != other.interval for other in kept):
            kept.append(item)
    return kept


def _pace(year: Interval, rate: Interval) -> Interval:
    return year * (rate / HUNDRED + 1)


def _low(done: Interval, year: Interval, part: Interval) -> Interval:
    return done + (year - part)


def _grown(done: Interval, year: Interval, part: Interval, rate: Interval) -> Interval:
    return done + (year - part) * (rate / HUNDRED + 1)


def _renamed(reading: Quantity) -> Quantity:
    return replace(reading, id=str(replace(reading.key, kind=Kind.OUTLOOK)))
