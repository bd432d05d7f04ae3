"""Intervals: what rounding and ranges leave open."""

from decimal import Decimal

import pytest

from halfyear.errors import NotComputable
from halfyear.interval import Interval, rounded, spread


def test_printed_figure_stands_for_half_a_unit_either_way() -> None:
    assert rounded(Decimal("11.3"), 1) == Interval(Decimal("11.25"), Decimal("11.35"))


def test_difference_of_intervals_is_widest() -> None:
    # 4-5 less 1-2: at least 4 - 2, at most 5 - 1
    assert Interval.of(4, 5) - Interval.of(1, 2) == Interval.of(2, 4)


def test_product_with_a_negative_end_keeps_order() -> None:
    assert Interval.of(-2, 3) * Interval.of(4, 5) == Interval.of(-10, 15)


def test_division_by_an_interval_around_zero_is_not_computable() -> None:
    with pytest.raises(NotComputable, match="division by zero"):
        Interval.of(1) / Interval.of(-1, 1)


def test_interval_refuses_ends_in_the_wrong_order() -> None:
    with pytest.raises(ValueError, match="low end"):
        Interval(Decimal(2), Decimal(1))


def test_touching_intervals_overlap() -> None:
    assert Interval.of(1, 2).overlaps(Interval.of(2, 3))
    assert not Interval.of(1, 2).overlaps(Interval.of("2.01", 3))


def test_spread_evaluates_every_corner() -> None:
    found = spread(lambda a, b: a - b, Interval.of(1, 2), Interval.of(10, 20))
    assert found == Interval.of(-19, -8)
