"""Shares of the annual plan: against every instrument, both ends, beside the share stated."""

from decimal import Decimal

import pytest

from halfyear.analysis import planshare
from halfyear.interval import Interval
from halfyear.period import Period
from halfyear.results import Quantity
from opened import changed, edition, ends, without

H1 = Period.parse("2026-H1")


def by_instrument(indicator: str) -> dict[str, Quantity]:
    found = planshare.shares(edition(), indicator, H1)
    return {quantity.id.rsplit("/", 1)[1]: quantity for quantity in found}


def test_fdi_is_a_range_of_the_resolution_and_one_share_of_the_committee_s_plan() -> None:
    found = by_instrument("fdi")
    # 3.098 / 4.3 = 72.047 %, 3.098 / 3.8 = 81.526 %
    assert ends(found["nq74_2025"], 1) == (72.0, 81.5)
    assert ends(found["kh103_2026"], 1) == (72.0, 72.0)
    assert set(found) == {"nq74_2025", "kh103_2026"}


def test_the_stated_share_of_fdi_fits_neither_end() -> None:
    stated = planshare.stated(edition(), "fdi", H1)
    implied = planshare.implied_plan(edition(), "fdi", H1)
    assert stated is not None
    assert implied is not None
    assert stated.value == Decimal("79.4")
    # 3.098 / 0.7945 = 3.8993, 3.098 / 0.7935 = 3.9042
    assert ends(implied, 2) == (3.90, 3.90)
    assert implied.unit == "bn_usd"
    plan = edition().target("fdi", "level")
    assert ends(plan, 1) == (3.8, 4.3)
    assert not any(implied.known.overlaps(Interval.of(str(end))) for end in ends(plan, 1))


@pytest.mark.parametrize(
    ("indicator", "share"),
    [
        ("budget_revenue", 58.9),  # 114,833 / 194,935.654 = 58.908
        ("investment", 43.7),  # 158,516 / 363,000 = 43.668
        ("exports", 49.8),  # 25.9 / 52 = 49.808
        ("port_throughput", 40.3),  # 96 / 238 = 40.336
        ("visitors", 54.3),  # 8,723.55 / 16,080 = 54.251
        ("enterprises_new", 65.1),  # 4,882 / 7,500 = 65.093
        ("social_housing", 19.4),  # 1,383 / 7,135 = 19.383
    ],
)
def test_a_flow_has_one_share_where_all_instruments_agree(indicator: str, share: float) -> None:
    (found,) = by_instrument(indicator).values()
    assert ends(found, 1) == (share, share)
    assert found.unit == "pct"


def test_exports_stated_one_tenth_more_than_the_figures_give() -> None:
    stated = planshare.stated(edition(), "exports", H1)
    assert stated is not None
    assert stated.value == Decimal("49.9")
    assert ends(by_instrument("exports")["nq74_2025"], 1) == (49.8, 49.8)


@pytest.mark.parametrize("indicator", ["trained_labour", "social_insurance_coverage", "iip"])
def test_what_does_not_accumulate_has_no_share(indicator: str) -> None:
    assert planshare.shares(edition(), indicator, H1) == []


def test_a_plan_that_is_not_published_gives_no_share() -> None:
    assert planshare.shares(without("plan", indicator="exports"), "exports", H1) == []


def test_a_bound_gives_no_share() -> None:
    vague = changed("observations", "bound", "ge", indicator="exports", time_period="2026-H1")
    assert planshare.shares(vague, "exports", H1) == []


def test_press_counts_only_where_no_document_states_a_target() -> None:
    # The press writes "more than 194,900" for the 194,935.654 of the resolution.
    found = planshare.stated_targets(edition(), "budget_revenue", "level", 2026)
    assert [target.key.instrument for target in found] == ["nq74_2025"]
    rest = without("plan", indicator="budget_revenue", set_by="nq74_2025")
    rest = without("plan", rest, indicator="budget_revenue", set_by="report_2026_h1")
    found = planshare.stated_targets(rest, "budget_revenue", "level", 2026)
    assert [target.key.instrument for target in found] == ["press_2026_01_10"]


def test_an_implied_plan_shows_no_digits_its_range_does_not_know() -> None:
    # 15,496 / 39.935 % = 38,803.05; 15,496 / 39.925 % = 38,812.77: a range of almost ten
    implied = planshare.implied_plan(edition(), "public_investment_disbursed", H1)
    assert implied is not None
    assert (implied.decimals, ends(implied, 2)) == (0, (38803.05, 38812.77))
