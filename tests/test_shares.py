"""Shares of plan as stated beside as computed, and plans that figures imply, by hand."""

from decimal import Decimal
from functools import cache

import pytest

from halfyear.analysis import shares
from halfyear.analysis.shares import PlanShare, Shares
from halfyear.edition import Edition
from halfyear.period import Period
from halfyear.study import opened as reopened
from opened import changed, edition, ends, without

H1, Q2 = Period.parse("2026-H1"), Period.parse("2026-Q2")


@cache
def study() -> Shares:
    return shares.study(edition())


def of(indicator: str, period: Period = H1, opened: Edition | None = None) -> PlanShare:
    found = shares.share_of(opened or edition(), indicator, period)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("indicator", "stated"),
    [
        ("retail_sales", ["48"]),
        ("transport_revenue", ["47.3"]),
        ("public_investment_disbursed", ["39.93", "41.47"]),  # of all, and without the savings
        ("budget_expenditure", ["38.5"]),
        ("budget_expenditure_investment", ["39"]),
        ("budget_expenditure_recurrent", ["50.9"]),
        ("capture_fishery_output", ["49.15"]),
    ],
)
def test_every_printed_share_is_there_though_no_plan_is_printed(
    indicator: str, stated: list[str]
) -> None:
    found = study().of(indicator, H1)
    assert found is not None
    assert [str(share.value.value) for share in found.stated] == stated
    assert found.computed == ()
    assert found.agrees is None
    assert found.shown == found.stated[0].value


@pytest.mark.parametrize(
    ("indicator", "computed", "shown"),
    [
        ("budget_revenue", 58.9, "58.9"),  # 114,833 of 194,935.654
        ("investment", 43.7, "43.7"),  # 158,516 of 363,000
        ("exports", 49.8, "49.9"),  # 25.85 to 25.95 of 52 is 49.7 to 49.9: right as stated
        ("port_throughput", 40.3, "40.3"),  # 96 of 238
        ("enterprises_new", 65.1, "65.1"),  # 4,882 of 7,500
    ],
)
def test_a_stated_share_within_the_rounding_of_its_operands_is_right(
    indicator: str, computed: float, shown: str
) -> None:
    found = of(indicator)
    assert ends(found.computed[0], 1) == (computed, computed)
    assert found.agrees
    assert found.shown is not None
    assert str(found.shown.value) == shown


def test_a_share_beyond_the_rounding_gives_way_to_the_computed_one() -> None:
    exports = changed("claims", "value", Decimal("50.1"), indicator="exports", kind="share_of_plan")
    found = of("exports", opened=exports)
    assert found.agrees is False
    assert found.shown == found.computed[0]


def test_the_share_of_foreign_investment_fits_neither_end_of_its_plan() -> None:
    found = of("fdi")
    # 3.098 of 4.3 and of 3.8; stated 79.4
    assert ends(found.computed[0], 1) == (72.0, 81.5)
    assert found.agrees is False
    assert found.shown == found.computed[0]


def test_the_share_of_an_overtaken_estimate_is_not_that_of_the_count() -> None:
    found = of("budget_revenue", Q2)
    # 27.27 is 53,161 of 194,936; the count of 54,442 is 27.9
    assert found.agrees is None
    assert ends(found.stated[0].figure, 0) == (53161, 53161)
    assert ends(found.shown, 1) == (27.9, 27.9)


def test_a_dash_stands_only_where_nothing_is_printed() -> None:
    assert shares.share_of(edition(), "imports", H1) is None
    assert of("visitors").stated == ()
    assert ends(of("visitors").shown, 1) == (54.3, 54.3)  # 8,723.55 of 16,080


def test_what_is_left_of_the_plan_behind_a_stated_share() -> None:
    public = of("public_investment_disbursed").stated[0]
    # 15,496 / .3993 = 38,808; less 15,496 = 23,312; over it 1.50
    for quantity, digits, low, high in (
        (public.plan, 0, 38803, 38813),
        (public.rest, 0, 23307, 23317),
        (public.multiple, 2, 1.50, 1.50),
    ):
        assert quantity is not None
        assert ends(quantity, digits) == (low, high)
        assert quantity.bound == "approx"


def test_the_six_month_plan_that_an_excess_implies() -> None:
    # 114,833 is 22.4 % above it: / 1.2245 to / 1.2235
    plan = study().expected["budget_revenue"]
    assert ends(plan, 0) == (93780, 93856)
    assert plan.bound == "approx"
    # it is no scenario: no verdict is computed from it
    assert edition().scenario("budget_revenue", "level", H1).absent


def test_the_homes_that_a_quarter_s_scenario_implies() -> None:
    # 519 in the first quarter and 469 expected of the second
    homes = study().expected["social_housing"]
    assert ends(homes, 0) == (988, 988)
    assert homes.bound == "approx"


def test_nothing_is_implied_where_a_scenario_is_printed_or_a_figure_lacks() -> None:
    assert set(study().expected) == {"budget_revenue", "social_housing"}
    bare = without("claims", kind="excess_of_plan", indicator="budget_revenue")
    assert shares.expectation(bare, "budget_revenue") is None
    alone = without("observations", indicator="social_housing", time_period="2026-Q1")
    assert shares.expectation(alone, "social_housing") is None


def test_the_study_is_kept_whole() -> None:
    assert reopened(study().results(), Shares) == study()
