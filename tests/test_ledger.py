"""The ledger of the five-year goal for growth."""

from halfyear.analysis.ledger import ledger, readings
from halfyear.analysis.path import Standing
from opened import edition, ends, named


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
    pace, carry, _ = ledger(edition(), "iip")
    assert pace.above_record is None
    assert carry.needed.missing == ("obs:iip.growth_yoy@2025-FY",)
