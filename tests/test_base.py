"""Last year's base: published, implied, and where the two disagree."""

from decimal import Decimal

import pytest

from halfyear.analysis.base import (
    bases,
    disagreement,
    former,
    full_year,
    growth_so_far,
    implied,
    published,
    shares_of_year,
    whole,
)
from halfyear.period import Period
from opened import altered, changed, edition, ends, without

H1 = Period.parse("2026-H1")


@pytest.mark.parametrize(
    ("indicator", "middle"),
    [
        ("investment", 139049),  # 158516 / 1.14
        ("port_throughput", 86.2),  # 96 / 1.114
        ("visitors", 7540),  # 8723.55 / 1.157
        ("budget_revenue", 100996),  # 114833 / 1.137
        ("fdi", 1.770),  # 3.098 / 1.75
        ("exports", 23.9),  # 25.9 / 1.083
    ],
)
def test_base_implied_by_level_and_growth(indicator: str, middle: float) -> None:
    found = implied(edition(), indicator, H1)
    assert found is not None
    assert float(found.known.middle) == pytest.approx(middle, rel=1e-3)
    assert not found.known.exact


def test_base_implied_by_a_ratio() -> None:
    # imports of the second quarter: 11.5 / 0.907 = 12.68
    found = implied(edition(), "imports", Period.parse("2026-Q2"))
    assert found is not None
    assert ends(found, 1) == (12.6, 12.7)


@pytest.mark.parametrize("indicator", ["port_throughput", "visitors", "budget_revenue"])
def test_published_bound_agrees_with_implied_base(indicator: str) -> None:
    assert disagreement(edition(), indicator, H1) is None
    assert [base.id.split(":")[0] for base in bases(edition(), indicator, H1)] == ["implied"]


@pytest.mark.parametrize(
    ("indicator", "low", "high"),
    [
        ("investment", -0.6, -0.5),  # 139049 / 139800 = 0.9946
        ("fdi", 35.7, 36.6),  # 1.770 / 1.3 = 1.362
    ],
)
def test_published_and_implied_base_disagree(indicator: str, low: float, high: float) -> None:
    gap = disagreement(edition(), indicator, H1)
    assert gap is not None
    assert low <= float(gap.known.middle) <= high
    kinds = [base.id.split(":")[0] for base in bases(edition(), indicator, H1)]
    assert kinds == ["obs", "implied"]


def test_publications_of_one_day_are_carried_as_an_interval() -> None:
    found = published(edition(), "budget_revenue", Period.parse("2025-FY"))
    assert ends(found[0], 0) == (190379, 196151)
    assert len(found) == 1


def test_of_two_publications_the_later_governs_however_far_apart_they_are() -> None:
    # 50.14 of 18 December after 41.58 of 30 November, were that not a registered slip
    figure = changed("observations", "slip", False, indicator="exports")
    for opened in (edition(), figure):
        found = published(opened, "exports", Period.parse("2025-FY"))
        assert [float(item.value) for item in found] == [50.14]
    # domestic revenue: 103,879 of 6 January after 100,000 of 18 December
    found = published(edition(), "budget_revenue_domestic", Period.parse("2025-FY"))
    assert [float(item.value) for item in found] == [103879]


def test_former_place_serves_where_the_merged_one_has_nothing() -> None:
    (found,) = full_year(edition(), "port_throughput", 2025)
    assert float(found.value) == 212
    assert "HP_old" in found.id
    assert found.bound == ""  # the other former province had no seaport
    assert whole(edition(), found)


def test_a_former_place_that_may_not_be_all_of_it_is_marked() -> None:
    unsettled = altered("absent", lambda frame: frame.iloc[:0])
    (found,) = full_year(unsettled, "port_throughput", 2025)
    assert found.bound == "approx"
    assert not whole(unsettled, found)


def test_growth_is_printed_or_follows_from_both_levels() -> None:
    exports = growth_so_far(edition(), "exports", H1)
    assert exports is not None
    assert exports.value == Decimal("8.3")
    # 59,957 on "trên 58.400": less than 2.67
    domestic = growth_so_far(edition(), "budget_revenue_domestic", H1)
    assert domestic is not None
    assert ends(domestic, 2) == (2.67, 2.67)
    assert domestic.bound == "lt"
    # homes of the first half of 2025 are printed nowhere
    assert growth_so_far(edition(), "social_housing", H1).absent


def test_former_place_never_serves_for_a_share() -> None:
    assert former(edition(), "high_tech_share", 2025) == []


def test_share_of_the_half_year_in_last_year() -> None:
    # investment: 139049 / 321000 = 43.3, 139800 / 321000 = 43.6
    assert ends(shares_of_year(edition(), "investment", H1)[0], 1) == (43.3, 43.6)
    # budget: 100996 / 196151 = 51.5, 100996 / 190379 = 53.0
    assert ends(shares_of_year(edition(), "budget_revenue", H1)[0], 0) == (51, 53)


def test_missing_year_is_named() -> None:
    found = shares_of_year(edition(), "fdi", H1)[0]
    assert found.interval is None
    assert found.missing == ("obs:fdi.level@2025-FY",)


def test_period_without_last_year_has_no_base() -> None:
    bare = without("observations", indicator="exports", measure="growth_yoy")
    assert bases(bare, "exports", H1) == []
    assert "obs:exports.level@2025-H1" in shares_of_year(bare, "exports", H1)[0].missing


def test_growth_that_leaves_no_base_is_not_used() -> None:
    place = {"indicator": "exports", "measure": "growth_yoy", "time_period": "2026-H1"}
    assert implied(changed("observations", "value", Decimal(-100), **place), "exports", H1) is None
