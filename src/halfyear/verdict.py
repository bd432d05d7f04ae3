"""Verdicts of an actual against what a scenario or a target expected."""

from decimal import Decimal
from enum import StrEnum

from halfyear.interval import Interval


class Outcome(StrEnum):
    """What the comparison says."""

    EXCEEDS = "exceeds"
    MEETS = "meets"
    AT_LEAST_MEETS = "at_least_meets"
    MISSES = "misses"
    CANNOT_TELL = "cannot_tell"

    @property
    def met(self) -> bool:
        """Whether it counts among the met ones."""
        return self in (Outcome.EXCEEDS, Outcome.MEETS, Outcome.AT_LEAST_MEETS)


MET = frozenset(outcome.value for outcome in Outcome if outcome.met)


class Basis(StrEnum):
    """Where a verdict comes from."""

    COMPUTED = "computed"
    STATED_WORD = "stated_word"
    STATED_LIST = "stated_list"
    BY_OMISSION = "by_omission"
    NONE = "none"


def half_unit(decimals: int) -> Decimal:
    """Half a unit of the last usual decimal, e.g. 0.005 for two decimals."""
    return Decimal(1).scaleb(-decimals) / 2


def judge(actual: Decimal, half: Decimal, expected: Interval, direction: str = "up") -> Outcome:
    """Judge an actual, rounded within ± half, against an exact expectation or range.

    Exceeds: actual - half above the expectation (of a range: its high end).
    Misses: actual + half below it (of a range: its low end). Meets: in between.
    With direction "down" lower is better and the two sides swap.
    Without a direction there is nothing to judge.
    """
    if direction == "none":
        return Outcome.CANNOT_TELL
    if direction == "down":
        actual, expected = -actual, -expected
    if actual - half > expected.high:
        return Outcome.EXCEEDS
    if actual + half < expected.low:
        return Outcome.MISSES
    return Outcome.MEETS
