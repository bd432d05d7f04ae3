"""Page 1, matters for consideration: what a part that grew faster still takes from the scenario."""

from dataclasses import replace
from decimal import Decimal

import pytest

from computed import view
from halfyear.analysis import stakes
from halfyear.analysis.decomposition import Accounts, Decomposition
from halfyear.analysis.stakes import Matter, Stakes
from halfyear.compose import points
from halfyear.compose.source import Writer
from halfyear.interval import Interval
from halfyear.texts import bare
from halfyear.view import View
from opened import changed


def accounts(gaps: dict[str, str]) -> Accounts:
    """The accounts of the half-year with other gaps, in points of the total's."""
    study = view("en").study(Accounts)
    whole = study.whole
    assert isinstance(whole, Decomposition)
    parts = tuple(
        replace(part, gap=part.gap and replace(part.gap, interval=Interval.of(Decimal(gap))))
        for part in whole.parts
        for gap in (gaps[part.indicator],)
    )
    return replace(study, whole=replace(whole, parts=parts))


def said(monkeypatch: pytest.MonkeyPatch, gaps: dict[str, str]) -> str:
    """The point on the slowdown of services, with these gaps of the parts."""
    shown, kept = view("en"), View.study
    other = accounts(gaps)
    monkeypatch.setattr(
        View, "study", lambda self, kind: other if kind is Accounts else kept(self, kind)
    )
    return bare(Writer("en").write([points.points(shown)]))


def test_industry_is_named_beside_the_gap_with_over_half_of_it(monkeypatch) -> None:
    gaps = {"grdp_industry_construction": "-0.48", "grdp_services": "-0.2"}
    gaps |= {"grdp_product_taxes": "-0.16", "grdp_agriculture": "-0.1"}  # 0.48 of 0.94 is 51 %
    assert "accounts for 0.48 of the 0.94 points" in said(monkeypatch, gaps)


def test_the_largest_part_is_not_most_of_the_gap_below_half(monkeypatch) -> None:
    gaps = {"grdp_industry_construction": "-0.46", "grdp_services": "-0.22"}
    gaps |= {"grdp_product_taxes": "-0.16", "grdp_agriculture": "-0.1"}  # 0.46 of 0.94 is 49 %
    told = said(monkeypatch, gaps)
    assert "Services slowed" in told
    assert "accounts for" not in told


def test_a_part_that_beat_its_scenario_takes_nothing(monkeypatch) -> None:
    gaps = {"grdp_industry_construction": "0.2", "grdp_services": "0.1"}
    gaps |= {"grdp_product_taxes": "0.16", "grdp_agriculture": "0.1"}
    assert "accounts for" not in said(monkeypatch, gaps)


def test_a_deferral_beside_a_plan_that_is_collected_already_names_no_rest() -> None:
    # 59,957 of 40,000 billion
    low = {"indicator": "budget_revenue_domestic", "measure": "level", "year": "2026"}
    fees = stakes.study(changed("plan", "low", Decimal(40000), **low)).of(Matter.DEFERRAL)[0]
    told = bare(points._point(view("en"), fees))
    assert "45,199 bn VND" in told.replace("\u00a0", " ").replace("billion", "bn")
    assert "19,957" not in told
    assert "Expected to miss their targets" in told


def test_a_total_that_is_left_for_later_is_not_named_beside_itself() -> None:
    rests = view("en").study(Stakes).of(Matter.REST)
    (growth,) = (candidate for candidate in rests if candidate.indicator == "grdp")
    told = bare(points._point(view("en"), growth))
    assert told.startswith("**The GRDP goal of 14–14.5% a year is back-loaded.** Reaching 13%")


def test_a_plan_below_last_year_s_outcome_calls_an_estimate_one() -> None:
    # Press of 30 November 2025, a month before the count: 10,775 homes of social housing
    plans = view("en").study(Stakes).of(Matter.LOW_PLAN)
    (homes,) = (candidate for candidate in plans if candidate.indicator == "social_housing")
    told = bare(points._point(view("en"), homes)).replace("\u00a0", " ")
    assert "The plan is 7,135 homes; last year: an estimated 10,775 homes." in told
