"""What the rest of the year must deliver."""

from decimal import Decimal

import pytest

from halfyear.analysis.runrate import growth, monthly, multiple, needed_growth, remaining, share
from halfyear.errors import NotComputable
from halfyear.interval import Interval


def test_share_of_a_range_has_two_ends() -> None:
    # FDI: 3.098 / 4.3 = 72.05, 3.098 / 3.8 = 81.53
    found = share(Decimal("3.098"), Interval.of("3.8", "4.3"))
    assert round(found.low, 2) == Decimal("72.05")
    assert round(found.high, 2) == Decimal("81.53")


def test_social_housing_left_and_multiple() -> None:
    left = remaining(Decimal(1383), Interval.of(7135))
    assert left == Interval.of(5752)
    # 5752 / 1383 = 4.159
    assert round(multiple(left, Decimal(1383)).low, 3) == Decimal("4.159")


def test_growth_needed_by_grdp() -> None:
    # (13 - 0.45 x 11.33) / 0.55 = 14.366; (13 - 0.50 x 11.33) / 0.50 = 14.67
    found = needed_growth(Interval.of(13), Interval.of("11.33"), Interval.of("0.45", "0.50"))
    assert round(found.low, 3) == Decimal("14.366")
    assert found.high == Decimal("14.67")


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: share(Decimal(1), Interval.of(0)), "plan is not positive"),
        (lambda: multiple(Interval.of(1), Decimal(0)), "nothing is done yet"),
        (lambda: growth(Interval.of(1), Interval.of(-1)), "base is not positive"),
        (lambda: monthly(Interval.of(1), 0), "no month is left"),
        (lambda: needed_growth(Interval.of(1), Interval.of(1), Interval.of(1)), "weight"),
    ],
)
def test_what_cannot_be_computed_says_why(call, reason: str) -> None:
    with pytest.raises(NotComputable, match=reason):
        call()
