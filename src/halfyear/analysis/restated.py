"""One target in two documents: whether the second sets the same, in other words or rounded."""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from halfyear.data.numeral import numerals

NEAR = Decimal("0.006")
HALF = Decimal("0.5")


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows of plan.csv set the same target.

    The same are equal figures, a target with a stretch and the range of both, an end of a range
    and the range, and a figure and its rounding.
    """
    return covers(one, other) or covers(other, one) or rounded(one, other)


def ends(row: Mapping[str, Any]) -> tuple[Decimal, Decimal]:
    """Both ends of a target's range, equal for a single figure."""
    return row["low"], row["high"] if row["high"] is not None else row["low"]


def covers(wide: Mapping[str, Any], narrow: Mapping[str, Any]) -> bool:
    """Whether a range, or a target and its stretch, has the other's figures at its ends."""
    low, high = ends(wide)
    return set(ends(narrow)) <= {low, high, wide["stretch"]}


def rounded(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether one value is the other's, rounded or cut off at the digits it is printed with.

    Printed decimals, zeros too, say how exact a figure is: 0.795 is 0.80 in two decimals. Of a
    whole number the zeros at its end may be rounding, if the two are near.
    """
    return any(_rough(*pair) for pair in ((one, other), (other, one)))


def _rough(exact: Mapping[str, Any], rough: Mapping[str, Any]) -> bool:
    printed = numerals(str(rough["printed"]))
    if not printed or exact["low"] is None or not rough["low"]:
        return False
    decimals = len(printed[0].partition(",")[2])
    same_unit = rough["printed_unit"] == rough["unit"]
    if decimals and same_unit and abs(exact["low"] - rough["low"]) <= HALF.scaleb(-decimals):
        return True
    step = Decimal(1).scaleb(int(rough["low"].normalize().as_tuple().exponent))
    cut = (exact["low"] / step).to_integral_value(ROUND_FLOOR) * step
    fits = rough["low"] == cut or abs(exact["low"] - rough["low"]) <= step / 2
    return bool(fits and abs(exact["low"] / rough["low"] - 1) < NEAR)
