"""The outlook: what the year comes to if the rest of it behaves as described."""

from collections.abc import Callable
from dataclasses import replace

from halfyear.analysis import ledger
from halfyear.analysis.attempt import attempt
from halfyear.analysis.base import last_year, part_of_last_year, whole
from halfyear.analysis.vintage import HUNDRED, growth_of
from halfyear.edition import FLOWS, Edition
from halfyear.interval import Interval
from halfyear.key import Kind
from halfyear.period import Period
from halfyear.results import Quantity


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
    done = edition.fact(indicator, "level", cut)
    rate = growth_of(edition, indicator, cut)
    last = growth_of(edition, indicator, cut.last_quarter())
    part = part_of_last_year(edition, indicator, cut)
    year = last_year(edition, indicator, cut)
    lines: list[tuple[str, str, Callable[..., Interval], tuple[Quantity, ...]]] = [
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
                year,
            )
            for kind, formula, compute, operands in lines
        ]
    )


def _plan(edition: Edition, indicator: str) -> Quantity:
    target = edition.target(indicator, "level")
    return attempt(_frame(edition, indicator, "plan", "annual target"), lambda g: g, target)


def _frame(edition: Edition, indicator: str, kind: str, formula: str) -> Quantity:
    described = edition.indicators[indicator]
    key = Kind.OUTLOOK.of(indicator, "level", edition.period.year, variant=kind)
    return Quantity.frame(key, described.unit, described.decimals, formula)


def _placed(edition: Edition, found: Quantity, year: Quantity) -> Quantity:
    """Refuse an outlook for the merged place on the base of a former one that is not all of it."""
    if year.absent or whole(edition, year):
        return found
    key = found.key
    lacking = Kind.OBS.of(key.subject, key.measure, Period(int(key.when) - 1, "FY"))
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
    return replace(reading, id=str(reading.key.to(Kind.OUTLOOK)))
