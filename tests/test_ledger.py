"""The ledger of the five-year goal and the goals that are no average."""

from halfyear.analysis.goalpath import cumulative, each_year, level_path, sum_standing
from halfyear.analysis.ledger import ledger, note, readings
from halfyear.analysis.path import Standing
from halfyear.results import Results
from halfyear.verdict import Outcome
from opened import edition, ends, named, without


def test_readings_of_the_year() -> None:
    found = named(readings(edition(), "grdp"))
    assert ends(found["reading:pace:grdp.growth_yoy@2026"], 2) == (11.33, 11.33)
    # 11.33 + 11.81 - 11.20 = 11.94
    assert ends(found["reading:carry_over:grdp.growth_yoy@2026"], 2) == (11.94, 11.94)
    assert ends(found["reading:plan:grdp.growth_yoy@2026"], 2) == (13, 13)


def test_ledger_of_grdp() -> None:
    pace, carry, plan = ledger(edition(), "grdp")
    # (1.14^5 / 1.1133)^(1/4) = 1.1468 and (1.145^5 / 1.1133)^(1/4) = 1.1531
    assert ends(pace.needed, 2) == (14.68, 15.31)
    # 14.68 - 14 = 0.68; 15.31 - 14.5 = 0.81
    assert ends(pace.added, 2) == (0.68, 0.81)
    assert ends(carry.needed, 2) == (14.52, 15.15)
    assert ends(plan.needed, 2) == (14.25, 14.88)
    assert ends(plan.added, 2) == (0.25, 0.38)
    # 14.2514 - 14 is just above a quarter of a point
    assert plan.standing is Standing.BEHIND
    # 11.81 in 2025 is the fastest year on record of the merged place
    assert pace.above_record is True


def test_ledger_without_a_record_says_so() -> None:
    results = Results()
    note(results, ledger(edition(), "iip"))
    assert results.lists["record:pace:iip.growth_yoy@2026"] == ["no_record"]
    assert results["needed_path:carry_over:iip.growth_yoy@2026"].missing == (
        "obs:iip.growth_yoy@2025-FY",
    )


def test_goal_for_a_level_from_last_year_and_from_the_plan() -> None:
    found = named(level_path(edition(), "exports"))
    # (75 / 50.14)^(1/5) = 1.0839, (80 / 50.14)^(1/5) = 1.0979
    assert ends(found["needed_path:last_year:exports.level@2026"], 2) == (8.39, 9.79)
    # (75 / 52)^(1/4) = 1.0959, (80 / 52)^(1/4) = 1.1137
    assert ends(found["needed_path:plan:exports.level@2026"], 2) == (9.59, 11.37)


def test_goal_for_a_share_is_in_points_a_year() -> None:
    found = named(level_path(edition(), "trained_labour"))
    plan = found["needed_path:plan:trained_labour.level@2026"]
    # (50 - 39) / 4 = 2.75
    assert (plan.unit, ends(plan, 2)) == ("pp", (2.75, 2.75))


def test_plan_tested_by_a_goal_for_each_year() -> None:
    # 7500 new enterprises against 9200 every year
    assert each_year(edition(), "enterprises_new") is Outcome.MISSES


def test_sum_on_the_growing_path() -> None:
    shares = cumulative(edition(), "investment")
    # 158516 / 2500000 = 6.34; 321 (1 + m) + ... = 2500 gives m = 15.3, 0.433 x 1.153 / 7.79 = 6.4
    assert ends(shares[0], 1) == (6.3, 6.3)
    assert ends(shares[1], 1) == (6.4, 6.4)
    assert ends(shares[2], 0) == (10, 10)
    assert sum_standing(shares) is Standing.ON_PATH


def test_sum_without_last_year_names_what_is_missing() -> None:
    shares = cumulative(edition(), "social_housing")
    assert shares[1].missing == ("obs:social_housing.level@2025-H1",)
    assert sum_standing(shares) is None


def test_goal_without_a_base_year_is_not_computable() -> None:
    bare = without("observations", indicator="visitors", time_period="2025-FY")
    bare = without("baseline", bare, indicator="visitors")
    found = named(level_path(bare, "visitors"))["needed_path:last_year:visitors.level@2026"]
    assert found.interval is None
    assert found.missing == ("obs:visitors.level@2025-FY",)
