"""What the rest of 2026 must deliver, indicator by indicator."""

from decimal import Decimal

import pandas as pd
import pytest

from halfyear.analysis.effort import effort, rank
from opened import altered, changed, edition, ends, named, without


def _of(indicator: str, measure: str = "level", source=None):
    return named(effort(source or edition(), indicator, measure))


def test_grdp_needs_for_the_second_half() -> None:
    found = _of("grdp", "growth_yoy")
    # (13 - 0.45 x 11.33) / 0.55 = 14.37; (13 - 0.5 x 11.33) / 0.5 = 14.67
    assert ends(found["needed:grdp.growth_yoy@2026-H1"], 2) == (14.37, 14.67)
    weight = found["weight:grdp@2025-H1"]
    assert (weight.formula, weight.bound) == ("assumption", "approx")


def test_weight_comes_from_data_once_both_levels_are_exact() -> None:
    def put(frame):
        row = frame[(frame["id"] == "obs:grdp.level@2025-H1")].copy()
        year = row.assign(time_period="2025-FY", value=Decimal(440000), id="obs:grdp.level@2025-FY")
        frame = frame[frame["id"] != "obs:grdp.level@2025-H1"]
        return pd.concat([frame, row.assign(bound=""), year.assign(bound="")])

    found = _of("grdp", "growth_yoy", altered("observations", put))
    # 209600 / 440000 = 0.4764; (13 - 0.4764 x 11.33) / 0.5236 = 14.52
    assert ends(found["weight:grdp@2025-H1"], 4) == (0.4764, 0.4764)
    assert ends(found["needed:grdp.growth_yoy@2026-H1"], 2) == (14.52, 14.52)


def test_social_housing_left() -> None:
    found = _of("social_housing")
    # 7135 - 1383 = 5752; 5752 / 1383 = 4.16; 5752 / 6 = 958.7 against 864 / 3 = 288: 3.33
    assert ends(found["rest:social_housing.level@2026-H1"], 0) == (5752, 5752)
    assert ends(found["multiple:social_housing.level@2026-H1"], 2) == (4.16, 4.16)
    assert ends(found["monthly_ratio:social_housing.level@2026-H1"], 2) == (3.33, 3.33)


def test_ports_beside_last_year_of_the_old_city() -> None:
    found = _of("port_throughput")
    # 238 - 96 = 142; 142 / 96 = 1.48; (212 - 86.2) / 86.2 = 1.46
    assert ends(found["rest:port_throughput.level@2026-H1"], 0) == (142, 142)
    assert ends(found["multiple:port_throughput.level@2026-H1"], 2) == (1.48, 1.48)
    last = found["last_multiple:port_throughput.level@2026-H1"]
    assert ends(last, 2) == (1.46, 1.46)
    assert last.bound == ""  # the other former province had no seaport
    assert any("HP_old" in operand for operand in last.operands)
    # 142 / 6 = 23.7 against 53.2 / 3 = 17.7
    assert ends(found["monthly_needed:port_throughput.level@2026-H1"], 1) == (23.7, 23.7)
    assert ends(found["monthly_last_quarter:port_throughput.level@2026-H1"], 1) == (17.7, 17.7)


def test_effort_is_needed_growth_less_growth_so_far() -> None:
    found = _of("investment")
    # (363000 - 158516) / (321000 - 139800) = 1.1285: 12.8 - 14.0 = -1.2
    assert ends(found["needed_growth:investment.level@2026-H1"], 1) == (12.8, 12.8)
    assert ends(found["effort:investment.level@2026-H1"], 1) == (-1.2, -1.2)
    # on the implied base: 204484 / (321000 - 139049) = 1.1238
    assert ends(found["needed_growth:investment.level@2026-H1~implied"], 1) == (12.3, 12.4)


def test_the_year_before_is_the_later_publication_alone() -> None:
    found = _of("exports")
    # 26.1 / (50.14 - 23.9) = 0.995; on the slip of 41.58 it would be 1.477
    needed = [quantity for id, quantity in found.items() if id.startswith("needed_growth:")]
    assert [ends(quantity, 0) for quantity in needed] == [(-1, 0)]


def test_the_last_quarter_is_what_was_counted() -> None:
    found = _of("budget_revenue")
    # 54,442 / 3, not 53,161 / 3 = 17,720
    assert ends(found["monthly_last_quarter:budget_revenue.level@2026-H1"], 0) == (18147, 18147)


def test_missing_year_is_named_and_the_months_still_speak() -> None:
    found = _of("fdi")
    assert found["effort:fdi.level@2026-H1"].missing == ("obs:fdi.level@2025-FY",)
    # (3.8 - 3.098) / 6 = 0.117 to (4.3 - 3.098) / 6 = 0.200 against 2.16 / 3 = 0.72
    assert ends(found["monthly_ratio:fdi.level@2026-H1"], 2) == (0.16, 0.28)


def test_hardest_first() -> None:
    opened = edition()
    every = [q for i, measure in opened.headline() for q in effort(opened, i.id, measure)]
    order = rank(every, opened.period)
    assert order[:2] == ["social_housing.level", "port_throughput.level"]
    assert "trained_labour.level" not in order


def test_share_without_figure_names_it() -> None:
    found = _of("trained_labour")
    assert found["distance:trained_labour.level@2026-H1"].missing == (
        "obs:trained_labour.level@2026-H1",
    )


@pytest.mark.parametrize(
    ("target", "reason"),
    [(0, "the plan is not positive"), (90, "the plan is already reached")],
)
def test_plan_of_zero_or_reached_says_so(target: int, reason: str) -> None:
    plan = changed("plan", "low", Decimal(target), indicator="port_throughput")
    found = _of("port_throughput", source=plan)
    assert found["multiple:port_throughput.level@2026-H1"].interval is None
    assert reason in found["multiple:port_throughput.level@2026-H1"].missing


def test_without_a_plan_everything_names_it() -> None:
    found = _of("port_throughput", source=without("plan", indicator="port_throughput"))
    rest = found["rest:port_throughput.level@2026-H1"]
    assert rest.interval is None
    assert rest.missing == ("plan:port_throughput.level@2026",)
