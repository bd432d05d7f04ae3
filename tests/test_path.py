"""The path to a goal of several years."""

from decimal import Decimal

import pytest

from halfyear.analysis.path import (
    Standing,
    compound_rate,
    cumulative_pace,
    needed_average,
    standing,
)
from halfyear.errors import NotComputable
from halfyear.interval import Interval

GOAL = Interval.of("14", "14.5")


def test_average_needed_after_a_year_at_the_plan() -> None:
    # (1.14^5 / 1.13)^(1/4) = 1.1425; (1.145^5 / 1.13)^(1/4) = 1.1488
    found = needed_average(GOAL, [Interval.of(13)], 5)
    assert (round(found.low, 2), round(found.high, 2)) == (Decimal("14.25"), Decimal("14.88"))


def test_average_needed_after_the_pace_of_the_half_year() -> None:
    # (1.14^5 / 1.1133)^(1/4) = 1.1468; (1.145^5 / 1.1133)^(1/4) = 1.1531
    found = needed_average(GOAL, [Interval.of("11.33")], 5)
    assert (round(found.low, 2), round(found.high, 2)) == (Decimal("14.68"), Decimal("15.31"))


@pytest.mark.parametrize(
    ("needed", "found"),
    [
        (("14.25", "14.75"), Standing.ON_PATH),
        (("14.26", "14.75"), Standing.BEHIND),
        (("13.7", "14.2"), Standing.AHEAD),
    ],
)
def test_standing_leaves_a_quarter_of_a_point(needed: tuple[str, str], found: Standing) -> None:
    assert standing(Interval.of(*needed), GOAL) is found


def test_growth_a_year_to_a_level() -> None:
    # visitors 14.43 to 25 million in five years: (25 / 14.43)^(1/5) = 1.1162
    found = compound_rate(Decimal("14.43"), Interval.of(25), 5)
    assert round(found.low, 2) == Decimal("11.62")


def test_pace_of_a_sum_gives_back_the_sum() -> None:
    pace = cumulative_pace(Decimal(321), Decimal(2500), 5)
    total = sum(321 * (1 + pace / 100) ** i for i in range(1, 6))
    assert round(total, 6) == 2500


def test_no_year_left_is_not_computable() -> None:
    with pytest.raises(NotComputable, match="no year is left"):
        needed_average(GOAL, [Interval.of(13)] * 5, 5)
    with pytest.raises(NotComputable, match="a level is not positive"):
        compound_rate(Decimal(0), Interval.of(1), 5)
