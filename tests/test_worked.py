"""Figures of the pages worked by hand from the documents that no other test holds."""

from decimal import Decimal

import pytest

from computed import results, view
from halfyear.analysis.assessment import Assessments


@pytest.mark.parametrize(
    ("id", "low", "high"),
    [
        # (15.5 - w x 14.8) / (1 - w) with w = 0.45 and 0.50: 16.07, 16.20
        ("needed:iip.growth_yoy@2026-H1", "16.07", "16.20"),
        # (13 - w x 12.27) / (1 - w): 13.597, 13.73
        ("needed_if_met:grdp.growth_yoy@2026-H1", "13.60", "13.73"),
        # (3.8 - 3.098) / 3.098 = 0.227, (4.3 - 3.098) / 3.098 = 0.388
        ("multiple:fdi.level@2026-H1", "0.23", "0.39"),
        # 15,496 / 39.93 % = 38,808; less 15,496 = 23,312, with the share between 39.925 and 39.935
        ("rest:public_investment_disbursed.level@2026-H1/2026-06-27", "23307.05", "23316.77"),
        # 374 of 212 in five years: the fifth root of 1.764 is 1.1202
        ("path:port_throughput.level@2026", "12.02", "12.02"),
    ],
)
def test_a_figure_is_what_the_documents_give_by_hand(id: str, low: str, high: str) -> None:
    known = results()[id].known
    assert (round(known.low, 2), round(known.high, 2)) == (Decimal(low), Decimal(high))


def test_productivity_must_grow_by_more_in_the_years_left() -> None:
    goals = view("vi").study(Assessments).goals
    (goal,) = (goal for goal in goals if goal.indicator == "labour_productivity")
    # ((1.11 ^ 5) / 1.106) ^ (1/4) - 1 = 11.10 %
    assert goal.plan.needed is not None
    assert round(goal.plan.needed.known.middle, 2) == Decimal("11.10")
