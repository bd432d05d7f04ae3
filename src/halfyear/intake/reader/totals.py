"""Totals: sums that a text names with "trong đó" and that its own figures give."""

from decimal import Decimal

from halfyear.data.numeral import numerals
from halfyear.data.units import Units
from halfyear.intake.proposal import Proposal, key
from halfyear.intake.reason import Reason

MOST_PARTS = 12


def claim(made: list[Proposal], at: int, word: str, units: Units) -> Proposal | None:
    """Draft the claim that the figures after a word are the parts of the one before it.

    None unless two or more of them add up to it within the rounding of what is printed.
    """
    levels = [row for row in made if row.table == "observations" and row.measure == "level"]
    before = [row for row in levels if row.first < at and row.indicator]
    if not before:
        return None
    whole = before[-1]
    parts = [row for row in levels if row.first > at and _alike(row, whole, units)]
    found = _adding(whole, parts[:MOST_PARTS], units)
    if not found:
        return None
    drafted = Proposal(
        "claims",
        0,
        None,
        word,
        kind="sum",
        indicator=whole.indicator,
        term=whole.term,
        time_period=whole.time_period,
        operands=";".join(key(row) for row in (whole, *found)),
    )
    drafted.doubt(min(row.confidence for row in (whole, *found)), Reason.of("parts_add_up"))
    return drafted


def _alike(row: Proposal, whole: Proposal, units: Units) -> bool:
    known = row.indicator and row.indicator != whole.indicator
    same = (row.time_period, row.cutoff) == (whole.time_period, whole.cutoff)
    return bool(known and same and units.compatible(row.unit, whole.unit))


def _adding(whole: Proposal, parts: list[Proposal], units: Units) -> list[Proposal]:
    if whole.value is None or whole.bound:
        return []
    added, slack = Decimal(0), _half(whole, whole, units)
    for count, row in enumerate(parts, 1):
        if row.value is None or row.bound:
            return []
        added += units.convert(row.value, row.unit, whole.unit)
        slack += _half(row, whole, units)
        if count > 1 and abs(added - whole.value) <= slack and added > 0:
            return parts[:count]
    return []


def _half(row: Proposal, whole: Proposal, units: Units) -> Decimal:
    """Give half a unit of the last printed digit, in the unit of the whole."""
    decimals = numerals(row.printed)[0].partition(",")[2]
    half = Decimal("0.5").scaleb(-len(decimals))
    return units.convert(half, row.printed_unit or row.unit, whole.unit)
