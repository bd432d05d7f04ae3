"""Verdicts: exceeds, meets, misses, within the rounding of the actual."""

from decimal import Decimal

import pytest

from halfyear.interval import Interval
from halfyear.verdict import Outcome, half_unit, judge


@pytest.mark.parametrize(
    ("actual", "decimals", "expected", "outcome"),
    [
        ("11.33", 2, ("12.27",), Outcome.MISSES),  # GRDP, first half: 11.335 < 12.27
        ("13.4", 1, ("12",), Outcome.EXCEEDS),  # exports, second quarter: 13.35 > 12
        ("18", 1, ("18.05",), Outcome.MEETS),  # 18.0 may be 18.05
        ("18", 1, ("18.06",), Outcome.MISSES),
        ("3.9", 1, ("3.8", "4.3"), Outcome.MEETS),  # inside the range of the plan for FDI
        ("4.4", 1, ("3.8", "4.3"), Outcome.EXCEEDS),
        ("3.7", 1, ("3.8", "4.3"), Outcome.MISSES),
    ],
)
def test_actual_against_expectation(
    actual: str, decimals: int, expected: tuple[str, ...], outcome: Outcome
) -> None:
    assert judge(Decimal(actual), half_unit(decimals), Interval.of(*expected)) is outcome


def test_lower_is_better_swaps_the_sides() -> None:
    low, high = Decimal("1.9"), Decimal("2.1")
    assert judge(low, Decimal(0), Interval.of(2), "down") is Outcome.EXCEEDS
    assert judge(high, Decimal(0), Interval.of(2), "down") is Outcome.MISSES


def test_without_a_direction_nothing_is_judged() -> None:
    outcome = judge(Decimal(1), Decimal(0), Interval.of(2), "none")
    assert outcome is Outcome.CANNOT_TELL
    assert not outcome.met
