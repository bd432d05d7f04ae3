"""The scorecard: ten of twelve and nine of twelve, and what each of them rests on."""

from decimal import Decimal

import pandas as pd
import pytest

from halfyear.analysis import scorecard
from halfyear.edition import Edition
from halfyear.period import Period
from halfyear.study import opened as reopened
from halfyear.verdict import Basis, Outcome
from opened import altered, changed, edition, ends, without

H1, Q2 = Period.parse("2026-H1"), Period.parse("2026-Q2")


def counted(period: Period, opened: Edition | None = None) -> dict[str, int]:
    source = opened or edition()
    found = scorecard.counts(scorecard.lines(source, period), period)
    return {q.id.split(":")[1].split("@")[0]: int(q.value) for q in found}


def one(indicator: str, period: Period, opened: Edition | None = None) -> scorecard.Line:
    card = scorecard.lines(opened or edition(), period)
    return next(line for line in card if line.indicator.id == indicator)


def with_basis(period: Period, *bases: Basis) -> set[str]:
    card = scorecard.lines(edition(), period)
    return {x.indicator.id for x in card if x.verdict.outcome.met and x.verdict.basis in bases}


def test_the_half_year_is_ten_of_twelve() -> None:
    # Both figures printed for GRDP, IIP, investment, exports, visitors, FDI: the last four met.
    # The list of section VI names six more, of which no scenario figure stands anywhere.
    assert counted(H1) == {
        "headline": 12,
        "met": 10,
        "met_computed": 4,
        "met_stated": 6,
        "computed": 6,
        "missed": 2,
        "missed_by_omission": 0,
        "cannot_tell": 0,
    }
    assert with_basis(H1, Basis.COMPUTED) == {"investment", "exports", "visitors", "fdi"}
    assert with_basis(H1, Basis.STATED_WORD, Basis.STATED_LIST) == {
        "budget_revenue",
        "port_throughput",
        "enterprises_new",
        "trained_labour",
        "social_insurance_coverage",
        "social_housing",
    }


def test_the_second_quarter_is_nine_of_twelve() -> None:
    # Social housing has a printed scenario for the quarter (864 against 469), so 5 of 7 are met;
    # new enterprises are not in the list of nine.
    assert counted(Q2) == {
        "headline": 12,
        "met": 9,
        "met_computed": 5,
        "met_stated": 4,
        "computed": 7,
        "missed": 3,
        "missed_by_omission": 1,
        "cannot_tell": 0,
    }
    assert one("social_housing", Q2).verdict.basis is Basis.COMPUTED
    assert one("enterprises_new", Q2).verdict.basis is Basis.BY_OMISSION
    assert one("enterprises_new", Q2).verdict.outcome is Outcome.MISSES


@pytest.mark.parametrize(("period", "computed", "met"), [(H1, 6, 4), (Q2, 7, 5)])
def test_without_claims_only_the_computed_verdicts_stay(
    period: Period, computed: int, met: int
) -> None:
    silent = altered("claims", lambda frame: frame.iloc[:0])
    found = counted(period, silent)
    assert (found["computed"], found["met"], found["met_stated"]) == (computed, met, 0)
    assert found["missed"] == 2  # GRDP and IIP
    assert found["cannot_tell"] == 12 - computed
    assert found["missed_by_omission"] == 0


@pytest.mark.parametrize(
    ("indicator", "period", "outcome"),
    [
        ("grdp", H1, Outcome.MISSES),  # 11.335 < 12.27
        ("grdp", Q2, Outcome.MISSES),  # 11.215 < 13.25
        ("iip", H1, Outcome.MISSES),  # 14.85 < 15.8
        ("exports", H1, Outcome.EXCEEDS),  # 25.85 > 24.1
        ("visitors", H1, Outcome.EXCEEDS),  # 8,723.545 > 8,443
        ("investment", Q2, Outcome.EXCEEDS),  # 87,431.5 > 86,800
        ("fdi", Q2, Outcome.EXCEEDS),  # 2.155 > 0.95
        ("social_housing", Q2, Outcome.EXCEEDS),  # 863.5 > 469
    ],
)
def test_a_verdict_is_worked_out_from_the_printed_figures(
    indicator: str, period: Period, outcome: Outcome
) -> None:
    found = one(indicator, period).verdict
    assert (found.outcome, found.basis) == (outcome, Basis.COMPUTED)
    assert len(found.operands) == 2


def test_a_computed_verdict_governs_over_a_differing_word() -> None:
    # 25.9 against 26.5 is missed, whatever the document writes behind it.
    against = changed(
        "scenarios", "value", Decimal("26.5"), indicator="exports", time_period="2026-H1"
    )
    verdict = one("exports", H1, against).verdict
    assert (verdict.outcome, verdict.basis) == (Outcome.MISSES, Basis.COMPUTED)
    assert verdict.stated is Outcome.EXCEEDS
    assert counted(H1, against)["met"] == 9


def test_a_figure_equal_within_its_rounding_meets() -> None:
    # 25.9 stands for 25.85 to 25.95: 25.95 is met, 25.96 is not.
    for expected, outcome in (("25.95", Outcome.MEETS), ("25.96", Outcome.MISSES)):
        opened = changed(
            "scenarios", "value", Decimal(expected), indicator="exports", time_period="2026-H1"
        )
        assert one("exports", H1, opened).verdict.outcome is outcome


def test_a_bound_is_never_computed() -> None:
    vague = changed(
        "observations", "bound", "ge", indicator="exports", measure="level", time_period="2026-H1"
    )
    assert one("exports", H1, vague).verdict.basis is Basis.STATED_WORD


def test_without_the_list_nothing_is_missed_by_omission() -> None:
    unlisted = without("claims", kind="verdict_list", time_period="2026-Q2")
    found = counted(Q2, unlisted)
    assert (found["missed_by_omission"], found["cannot_tell"]) == (0, 4)
    assert one("enterprises_new", Q2, unlisted).verdict.basis is Basis.NONE


@pytest.mark.parametrize(
    ("indicator", "period", "gap", "unit"),
    [
        ("grdp", H1, "-0.94", "pp"),  # 11.33 - 12.27
        ("grdp", Q2, "-2.04", "pp"),  # 11.21 - 13.25
        ("iip", H1, "-1.0", "pp"),  # 14.8 - 15.8
        ("exports", H1, "7.5", "pct"),  # 25.9 / 24.1 = 1.0747
        ("fdi", H1, "64.8", "pct"),  # 3.098 / 1.88 = 1.6479
    ],
)
def test_the_gap_is_in_points_for_rates_and_in_per_cent_for_levels(
    indicator: str, period: Period, gap: str, unit: str
) -> None:
    found = scorecard.gap(one(indicator, period), period)
    assert found is not None
    assert found.unit == unit
    assert round(found.value, found.decimals) == Decimal(gap)


def test_without_a_scenario_there_is_no_gap() -> None:
    assert scorecard.gap(one("port_throughput", H1), H1) is None


def test_another_list_of_indicators_needs_no_code() -> None:
    # Services are no headline indicator of 2026 and have both figures: 10.24 against 10.84.
    def longer(frame: pd.DataFrame) -> pd.DataFrame:
        row = frame.iloc[[-1]].assign(
            year=2026, order=13, indicator="grdp_services", measure="growth_yoy"
        )
        return pd.concat([frame, row], ignore_index=True)

    found = counted(H1, altered("headline", longer))
    assert (found["headline"], found["met"], found["computed"], found["missed"]) == (13, 10, 7, 3)


def test_the_study_holds_every_verdict_and_keeps_the_order_of_the_list() -> None:
    study = scorecard.study(edition())
    results = study.results()
    assert len(results.verdicts) == 24  # twelve in the half-year and in its last quarter
    assert study.whole.lines[0].key == "grdp.growth_yoy"
    assert study.whole.yardstick == "scenario"
    assert study.stated is not None
    assert study.stated.value == results["count:met@2026-H1"].value == 10
    assert results["gap:grdp.growth_yoy@2026-H1"].value == Decimal("-0.94")


def test_the_study_is_read_as_it_was_saved() -> None:
    study = scorecard.study(edition())
    assert reopened(study.results(), scorecard.Scorecard) == study


def test_a_flow_has_a_share_for_each_plan_and_the_plan_its_stated_share_implies() -> None:
    # FDI 3.098 of 3.8 to 4.3 billion: 72.0 to 81.5 per cent; stated 79.4, which implies 3.90
    plan = next(p for p in scorecard.study(edition()).plans if p.key == "fdi.level")
    assert ends(plan.shares[0], 1) == (72.0, 81.5)
    assert plan.stated is not None
    assert plan.implied is not None
    assert plan.stated.value == Decimal("79.4")
    assert ends(plan.implied, 2) == (3.9, 3.9)
    assert [share.operands[1] for share in plan.shares] == [target.id for target in plan.targets]


def test_revenue_exceeds_as_the_report_says_by_how_much() -> None:
    # the list says "met or exceeded", the section on the budget "22,4% above the six-month plan"
    verdict = one("budget_revenue", H1).verdict
    assert (verdict.outcome, verdict.basis) == (Outcome.EXCEEDS, Basis.STATED_WORD)
    assert verdict.stated is Outcome.AT_LEAST_MEETS


def test_without_that_sentence_the_list_stands() -> None:
    silent = without("claims", kind="excess_of_plan", indicator="budget_revenue")
    verdict = one("budget_revenue", H1, silent).verdict
    assert (verdict.outcome, verdict.basis) == (Outcome.AT_LEAST_MEETS, Basis.STATED_LIST)
