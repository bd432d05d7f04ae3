"""Arithmetic of rows: whether a printed ratio, growth or share is that of the cells beside it."""

from dataclasses import dataclass
from decimal import Decimal

from halfyear.intake.language.cells import Amount

HUNDRED = Decimal(100)
RATIO, GROWTH = "ratio_yoy", "growth_yoy"
LEAST_RATIO, MOST_RATIO = Decimal(50), Decimal(200)
NEAR_LOW, NEAR_HIGH = Decimal(85), Decimal(115)
MOST_GROWTH = Decimal(50)


@dataclass(frozen=True)
class Meant:
    """What a column of comparisons holds and how sure that is; reason is the code of a doubt."""

    measure: str
    certainty: float
    reason: str = ""


def agrees(told: Amount, actual: Amount, base: Amount, less: Decimal = Decimal(0)) -> bool:
    """Tell whether a percentage is 100 actual / base - less, within what is rounded away."""
    ends = (base.value - base.half, base.value + base.half)
    if ends[0] <= 0 <= ends[1]:
        return False
    quotients = [
        HUNDRED * (actual.value + side * actual.half) / end - less
        for side in (-1, 1)
        for end in ends
    ]
    return min(quotients) <= told.value + told.half and told.value - told.half <= max(quotients)


def measure(told: Amount, actual: Amount, base: Amount) -> str:
    """Give what a percentage is of two amounts, a ratio or growth; empty where it is neither."""
    if agrees(told, actual, base):
        return RATIO
    return GROWTH if agrees(told, actual, base, HUNDRED) else ""


def meant(found: list[str], said: str, year_ago: bool, values: list[Decimal]) -> Meant:
    """Tell what a column of comparisons with a year ago holds.

    found is what each row's arithmetic shows it to be, said what the heading says, values are
    all such percentages of the table.
    """
    shown = {one for one in found if one}
    if len(shown) == 1:
        return Meant(shown.pop(), 0.95)
    if shown:
        return Meant("", 0.3, "comparison_mixed")
    if not year_ago:
        return Meant("", 0.3, "column_unclear")
    if said == RATIO:
        return Meant(RATIO, 0.95)
    small = all(abs(value) < MOST_GROWTH for value in values)
    if small:
        return Meant(GROWTH, 1.0 if said or any(value < 0 for value in values) else 0.9)
    around = all(LEAST_RATIO <= value <= MOST_RATIO for value in values)
    near = any(NEAR_LOW <= value <= NEAR_HIGH for value in values)
    if around and near and len(values) > 1:
        return Meant(RATIO, 0.85 if not said else 0.5, "around_hundred")
    return Meant(said or RATIO, 0.5, "around_hundred")
