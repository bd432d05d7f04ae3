"""Two assessments of every goal, worked by hand from the plans, results and goals printed."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from halfyear.analysis import assessment
from halfyear.analysis.assessment import Assessments, Goal, assess
from halfyear.analysis.standing import Standing
from halfyear.edition import Edition
from halfyear.period import Period
from halfyear.results import Quantity
from halfyear.study import opened
from opened import altered, changed, edition, ends, without


def goal(key: str, opened: Edition | None = None) -> Goal:
    found = assess(opened or edition(), *key.split("."))
    assert found is not None
    return found


def shown(quantity: Quantity | None, digits: int) -> tuple[float, float] | None:
    return None if quantity is None else ends(quantity, digits)


# Columns: path; plan of 2026 and where it stands; what 2027-2030 then need.
PLANS = [
    # ((1.14^5 / 1.13)^(1/4) = 1.1425, (1.145^5 / 1.13)^(1/4) = 1.1488
    ("grdp.growth_yoy", (14, 14.5), (13, 13), "below", (14.25, 14.88)),
    ("iip.growth_yoy", (17, 17.5), (15.5, 15.5), "below", (17.38, 18.01)),
    ("labour_productivity.growth_yoy", (11, 11), (10.6, 10.6), "below", (11.1, 11.1)),
    # last year 190,379 or 196,151: (245.5 / 196.151)^(1/5) = 1.046, / 190.379 = 1.052;
    # 194,935.654 on them -0.6 and +2.4; (245.5 / 194.936)^(1/4) = 1.059
    ("budget_revenue.level", (4.59, 5.22), (-0.62, 2.39), "below", (5.94, 5.94)),
    # 103,879 in 2025: (122 / 103.879)^(1/5) = 1.0327; 103,166 is -0.7; (122 / 103.166)^(1/4)
    ("budget_revenue_domestic.level", (3.27, 3.27), (-0.69, -0.69), "below", (4.28, 4.28)),
    # 50.14: (75 / 50.14)^(1/5), (80 / 50.14)^(1/5); 52 is +3.7; (75 / 52)^(1/4), (80 / 52)^(1/4)
    ("exports.level", (8.39, 9.79), (3.71, 3.71), "below", (9.59, 11.37)),
    # 212: (374 / 212)^(1/5) = 1.1202; 238 is +12.26, .24 above; (374 / 238)^(1/4) = 1.1196
    ("port_throughput.level", (12.02, 12.02), (12.26, 12.26), "on", (11.96, 11.96)),
    # 14.43: (25 / 14.43)^(1/5) = 1.1162; 16.08 is +11.43, .18 below; (25 / 16.08)^(1/4) = 1.1166
    ("visitors.level", (11.62, 11.62), (11.43, 11.43), "on", (11.66, 11.66)),
    # 321,000 x (1.1516 + ... + 1.1516^5) = 2.5 million; 363,000 is +13.1; from there
    # 363,000 x (1.1607 + ... + 1.1607^4) = 2.5 million - 363,000
    ("investment.level", (15.16, 15.16), (13.08, 13.08), "below", (16.07, 16.07)),
    # 32,800 in 5 years; the plan leaves 32,800 - 7,135 for 4
    ("social_housing.level", (6560, 6560), (7135, 7135), "above", (6416.25, 6416.25)),
    ("enterprises_new.level", (9200, 9200), (7500, 7500), "below", (9200, 9200)),
]

# Columns: result of the first half and where it stands; what 2027-2030 then need.
RESULTS = [
    ("grdp.growth_yoy", (11.33, 11.33), "behind", (14.68, 15.31)),
    ("iip.growth_yoy", (14.8, 14.8), "behind", (17.56, 18.18)),
    # (245.5 / (196.151 x 1.137))^(1/4) = 1.0243, (245.5 / (190.379 x 1.137))^(1/4) = 1.032
    ("budget_revenue.level", (13.7, 13.7), "ahead", (2.43, 3.2)),
    # 59,957 / 58,400 = 1.0267; (122 / (103.879 x 1.0267))^(1/4) = 1.0342
    ("budget_revenue_domestic.level", (2.67, 2.67), "behind", (3.42, 3.42)),
    # 8.3 is .09 below the low end of the goal's path; (75 / 54.30)^(1/4), (80 / 54.30)^(1/4)
    ("exports.level", (8.3, 8.3), "low_end", (8.41, 10.17)),
    # (374 / (212 x 1.114))^(1/4)
    ("port_throughput.level", (11.4, 11.4), "behind", (12.18, 12.18)),
    # (25 / (14.43 x 1.157))^(1/4)
    ("visitors.level", (15.7, 15.7), "ahead", (10.62, 10.62)),
    ("investment.level", (14, 14), "behind", (15.67, 15.67)),
    # 7,200 x 1.0706
    ("enterprises_new.level", (7708.32, 7708.32), "behind", (9200, 9200)),
]


@pytest.mark.parametrize(("key", "path", "rate", "standing", "needed"), PLANS)
def test_the_plan_of_the_year_against_the_even_path(
    key: str,
    path: tuple[float, float],
    rate: tuple[float, float],
    standing: str,
    needed: tuple[float, float],
) -> None:
    found = goal(key)
    assert shown(found.path, 2) == path
    assert shown(found.plan.rate, 2) == rate
    assert found.plan.standing == standing
    assert shown(found.plan.needed, 2) == needed


@pytest.mark.parametrize(("key", "rate", "standing", "needed"), RESULTS)
def test_the_result_so_far_against_the_even_path(
    key: str, rate: tuple[float, float], standing: str, needed: tuple[float, float]
) -> None:
    found = goal(key)
    assert shown(found.result.rate, 2) == rate
    assert found.result.standing == standing
    assert shown(found.result.needed, 2) == needed


def study(opened: Edition | None = None) -> Assessments:
    return assessment.study(opened or edition())


def test_eight_of_eleven_plans_are_below_and_seven_of_ten_results_behind() -> None:
    found = study()
    assert (found.plans.value, found.below.value) == (11, 8)
    assert (found.results_compared.value, found.behind.value) == (10, 7)
    assert found.years == (2026, 2030)
    assert {g.key for g in found.compared if g.plan.standing} == {row[0] for row in PLANS}


def test_one_word_never_serves_for_both() -> None:
    found = study()
    low_but_ahead = found.where(Standing.BELOW, Standing.AHEAD)
    assert [g.key for g in low_but_ahead] == ["budget_revenue.level"]
    assert [g.key for g in found.where(Standing.ON, Standing.AHEAD)] == ["visitors.level"]


def test_homes_so_far_stand_beside_half_of_an_even_year() -> None:
    homes = goal("social_housing.level").result
    assert shown(homes.rate, 0) == (1383, 1383)
    assert shown(homes.beside, 0) == (3280, 3280)
    assert homes.standing is Standing.BEHIND
    assert homes.needed is None


def test_domestic_revenue_grew_at_most() -> None:
    found = goal("budget_revenue_domestic.level")
    # "trên 58.400 tỷ đồng" a year before: 59,957 grew by less than 2.7 %
    assert found.result.rate is not None
    assert found.result.rate.bound == "lt"
    assert found.result.needed is not None
    assert found.result.needed.bound == "gt"


def test_a_bound_that_leaves_both_sides_open_gives_no_standing() -> None:
    # less than 2.67 says nothing against a path of 1 %: (109,182 / 103,879)^(1/5) = 1.01
    low = changed("goals", "low", Decimal(109182), indicator="budget_revenue_domestic")
    assert goal("budget_revenue_domestic.level", low).result.standing is None


def test_without_the_port_of_the_other_province_settled_nothing_is_compared() -> None:
    open_question = altered("absent", lambda frame: frame.iloc[:0])
    ports = goal("port_throughput.level", open_question)
    assert ports.path is None
    assert (ports.plan.standing, ports.result.standing) == (None, None)
    found = study(open_question)
    assert (found.plans.value, found.results_compared.value) == (10, 9)


def test_two_starts_that_disagree_give_no_standing() -> None:
    # from 150,000 the path is (245.5 / 150)^(1/5) = 10.4 and the plan of 194,936 is +30.0; from
    # 196,151 they are 4.6 and -0.6
    both = changed(
        "observations",
        "value",
        Decimal(150000),
        indicator="budget_revenue",
        source="cafef_2026_01_06",
        measure="level",
    )
    assert goal("budget_revenue.level", both).plan.standing is None


def test_without_a_plan_the_result_is_still_assessed() -> None:
    bare = without("plan", indicator="exports", measure="level")
    found = goal("exports.level", bare)
    assert (found.plan.rate, found.plan.standing, found.plan.needed) == (None, None, None)
    assert found.result.standing is Standing.LOW_END
    assert not found.compared


def test_without_last_year_nothing_is_compared() -> None:
    place = {"indicator": "visitors", "measure": "level", "time_period": "2025-FY"}
    found = goal("visitors.level", without("observations", **place))
    assert found.path is None
    assert (found.plan.standing, found.result.standing) == (None, None)
    # what the plan leaves to the later years is known without last year
    assert shown(found.plan.needed, 2) == (11.66, 11.66)


def test_ranks_keep_their_stretch_and_show_the_last_result() -> None:
    par, pci, dti = (goal(f"rank_{name}.level") for name in ("par", "pci", "dti"))
    for found in (par, pci, dti):
        assert shown(found.target, 0) == (5, 5)
        assert shown(found.stretch, 0) == (3, 3)
        assert found.plan.standing is None  # "top 5, striving for top 3" is not below top 3
        assert not found.compared
    assert shown(par.result.rate, 0) == (1, 1)
    assert pci.result.rate is not None
    assert (pci.result.rate.value, pci.result.rate.bound) == (5, "le")  # among the first five
    assert dti.result.rate is None


def test_a_rank_without_stretch_below_the_goal_is_below() -> None:
    plain = changed("plan", "stretch", None, indicator="rank_par")
    assert goal("rank_par.level", plain).plan.standing is Standing.BELOW


def test_a_target_of_growth_keeps_what_it_strives_for() -> None:
    # the resolution says 15.5 %, "phấn đấu tăng 16%"
    assert shown(goal("iip.growth_yoy").stretch, 1) == (16, 16)
    assert goal("grdp.growth_yoy").stretch is None


def test_shares_without_last_year_tell_only_the_step_after_the_plan() -> None:
    for key, step in (
        ("trained_labour", 2.75),  # (50 - 39) / 4
        ("social_insurance_coverage", 2.3),  # (66 - 56.8) / 4
        ("digital_economy_share", 1),  # (35 - 31) / 4
    ):
        found = goal(f"{key}.level")
        assert shown(found.plan.needed, 2) == (step, step)
        assert (found.path, found.plan.standing, found.result.standing) == (None, None, None)


def test_parts_of_growth_are_left_to_the_growth_accounts() -> None:
    assert goal("grdp_services.growth_yoy").plan.standing is Standing.BELOW
    assert not goal("grdp_services.growth_yoy").compared


def test_in_the_last_year_nothing_is_left_to_later_ones() -> None:
    last = replace(edition(), params=replace(edition().params, period=Period.parse("2030-H1")))
    exports = goal("exports.level", last)
    assert exports.plan.needed is None  # no target of 2030 is printed

    def moved(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(year=2030)

    planned = goal("exports.level", altered("plan", moved, last))
    assert planned.plan.needed is not None
    assert planned.plan.needed.interval is None
    assert planned.plan.needed.missing == ("no year is left",)


def test_an_edition_without_goals_has_none() -> None:
    found = study(altered("goals", lambda frame: frame.iloc[:0]))
    assert found.goals == ()
    assert (found.plans.value, found.behind.value) == (0, 0)


def test_the_study_is_kept_whole() -> None:
    found = study()
    assert opened(found.results(), Assessments) == found
    assert found.results().quantities["needed_after:plan:exports.level@2026"]
