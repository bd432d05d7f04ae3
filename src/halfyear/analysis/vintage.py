"""Vintages: every publication of one figure, and how exactly each is printed."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from halfyear.data.numeral import numerals
from halfyear.data.taken import RANKS
from halfyear.edition import Edition
from halfyear.figure import GROWTH_DECIMALS
from halfyear.interval import Interval, bounded, places
from halfyear.key import Key, Kind
from halfyear.period import Period
from halfyear.results import PRINTED, Quantity

REVISION = Decimal("0.05")
HUNDRED = Decimal(100)
ALIKE = ("source", "indicator", "measure", "printed_unit")


def vintages(
    edition: Edition, indicator: str, measure: str, period: Period, place: str = ""
) -> list[Quantity]:
    """Every publication of a figure, the one the edition goes by first.

    Issued before draft before press; of one rank the later first; only of the cut-off that
    stands, see overtaken.current.
    """
    question = ("vintages", indicator, measure, period, place)
    return list(edition.once(question, lambda: _told(edition, indicator, measure, period, place)))


def _told(
    edition: Edition, indicator: str, measure: str, period: Period, place: str
) -> list[Quantity]:
    rows = edition.current(indicator, measure, period, place)
    if rows.empty:
        return []
    status = dict(zip(edition.tables.sources["id"], edition.tables.sources["status"], strict=True))

    def precedence(row: Any) -> tuple[int, int, str]:
        return RANKS[status[str(row.source)]], -row.known_at.toordinal(), str(row.id)

    told = edition.records("observations", rows)
    return [_quantity(edition, row) for row in sorted(told, key=precedence)]


def margin(edition: Edition, id: str) -> Decimal:
    """Half a unit of the last digit a figure is printed with, in the unit of its row.

    A figure printed without decimals among others of its document with some counts as having
    the same number of them: an "18" among figures with one decimal is 18.0.
    """
    return edition.once(("margin", id), lambda: _margin(edition, id))


def _margin(edition: Edition, id: str) -> Decimal:
    row = edition.figures.get(edition.own(id))
    if row is None or Key.parse(str(row["id"])).kind is not Kind.OBS:
        return Decimal(0)
    indicator, alike = str(row["indicator"]), tuple(str(row[name]) for name in ALIKE)
    usual = edition.once(("usual", indicator), lambda: _usual(edition, indicator))
    decimals = _printed_decimals(str(row["printed"])) or usual[alike]
    scale = Decimal(1)
    if row["printed_unit"] and row["printed_unit"] != row["unit"]:
        units = (str(row[name]) for name in ("printed_unit", "unit"))
        printed, own = (_multiplier(edition, unit) for unit in units)
        scale = printed / own
    return Decimal(1).scaleb(-decimals) / 2 * scale


def _usual(edition: Edition, indicator: str) -> dict[tuple[str, ...], int]:
    """The most decimals that a document prints for figures alike of an indicator."""
    rows = edition.observed(indicator)
    usual: dict[tuple[str, ...], int] = {}
    for *alike, printed in zip(*(rows[name] for name in (*ALIKE, "printed")), strict=True):
        key = tuple(map(str, alike))
        usual[key] = max(usual.get(key, 0), _printed_decimals(printed))
    return usual


def within(edition: Edition, quantity: Quantity) -> Interval:
    """All values a printed figure may stand for: its rounding, or everything up to its bound.

    A computed figure stands for its own interval.
    """
    known = quantity.known
    if not known.exact:
        return known
    return bounded(known.low, quantity.bound, margin(edition, quantity.id))


def conflicting(edition: Edition, published: Sequence[Quantity]) -> list[Quantity]:
    """The publications that conflict with the chosen one, the first of the list.

    A differing figure of the same rank and day, or one more than 5 per cent away; anything
    nearer and earlier is a revision and superseded.
    """
    if not published:
        return []
    chosen = within(edition, published[0])
    return [
        other
        for other in published[1:]
        if not within(edition, other).overlaps(chosen)
        and abs(other.known.middle / published[0].known.middle - 1) > REVISION
    ]


def growth_of(edition: Edition, indicator: str, period: Period) -> Quantity:
    """Printed growth over a year earlier, per cent, of the latest cut-off.

    Reads growth_yoy, ratio_yoy ("90.7 per cent of") and multiple_yoy ("1.75 times"). Absent where
    none is printed.
    """
    for measure, (formula, turn) in _GROWTHS.items():
        printed = vintages(edition, indicator, measure, period)
        if printed:
            taken = edition.fact(indicator, measure, period)
            fact = taken if taken.known.exact else printed[0]
            decimals = 0 if measure == "multiple_yoy" else fact.decimals
            if formula == PRINTED:
                return fact
            name = str(Kind.GROWTH.of(indicator, when=period))
            value = Interval.of(turn(fact.value))
            return Quantity(name, value, "pct", decimals, formula, (fact.id,), fact.bound)
    return edition.fact(indicator, "growth_yoy", period)


def growth_within(edition: Edition, growth: Quantity) -> Interval:
    """All growth rates, per cent, that a printed growth, ratio or multiple may stand for."""
    printed = growth.operands[0] if growth.operands else growth.id
    measure = Key.parse(printed).measure
    half = margin(edition, printed) * (HUNDRED if measure == "multiple_yoy" else 1)
    return Interval(growth.known.low - half, growth.known.high + half)


_GROWTHS: dict[str, tuple[str, Callable[[Decimal], Decimal]]] = {
    "growth_yoy": (PRINTED, lambda value: value),
    "ratio_yoy": ("ratio - 100", lambda value: value - HUNDRED),
    "multiple_yoy": ("(multiple - 1) * 100", lambda value: (value - 1) * HUNDRED),
}


def _quantity(edition: Edition, row: object) -> Quantity:
    cell = row._asdict() if hasattr(row, "_asdict") else {}
    value: Decimal = cell["value"]
    level = cell["measure"] == "level"
    cap = edition.indicators[str(cell["indicator"])].decimals if level else GROWTH_DECIMALS
    return Quantity(
        id=str(cell["id"]),
        interval=Interval.of(value),
        unit=str(cell["unit"]),
        decimals=min(places(value), cap),
        bound="" if pd.isna(cell["bound"]) else str(cell["bound"]),
    )


def _printed_decimals(printed: str) -> int:
    found = numerals(printed)
    return len(found[0].partition(",")[2]) if found else 0


def _multiplier(edition: Edition, unit: str) -> Decimal:
    units = edition.tables.units
    return Decimal(units.loc[units["id"] == unit, "multiplier"].iloc[0])
