"""Plausible figures: slips are found, and nothing of what stands in the data is called one."""

from decimal import Decimal

import pytest

from halfyear.data.checks import plausibility
from halfyear.data.frames import Tables
from halfyear.data.plausible import Doubt, Memory

LAST = "2026-H1"


def doubts(
    data: Tables, indicator: str, measure: str, period: str, value: str, unit: str
) -> list[Doubt]:
    """What is doubted of a figure of Hải Phòng that comes after everything known."""
    memory = Memory.of(data)
    cells = {"indicator": indicator, "measure": measure, "time_period": period, "unit": unit}
    figure = memory.figure({**cells, "value": Decimal(value), "obs_status": "E"})
    assert figure is not None
    return list(memory.doubts("HP", indicator, figure))


def test_nothing_that_stands_in_the_data_is_implausible(data: Tables) -> None:
    assert list(plausibility.violations(data)) == []


# Known of 2025: 14,430 thousand visitors, 187,766 bn VND of budget revenue (2025-FY.csv).
# Known before, of the first half of 2026 (data/observations/2026-H1.csv): exports of 25.9 bn USD,
# 9,048,131,403 kWh of electricity; growth of the index of industrial production below 20 %.
@pytest.mark.parametrize(
    ("indicator", "measure", "period", "value", "unit", "code"),
    [
        ("electricity_commercial", "level", "2026-9M", "10.412", "kwh", "scale_below"),
        ("exports", "level", "2026-9M", "37900", "bn_usd", "scale_above"),
        ("exports", "level", "2026-9M", "37900000", "m_usd", "scale_above"),
        ("exports", "level", "2026-9M", "0.0379", "bn_usd", "scale_below"),
        ("budget_revenue", "level", "2026-9M", "168.94", "bn_vnd", "scale_below"),
        ("budget_revenue", "level", "2026-9M", "168940000", "bn_vnd", "scale_above"),
        ("visitors", "level", "2026-9M", "13.105", "k_visits", "scale_below"),
        ("exports", "level", "2026-9M", "12.9", "bn_usd", "cumulative_falls"),
        ("budget_revenue", "level", "2026-9M", "64000", "bn_vnd", "cumulative_falls"),
        ("iip", "growth_yoy", "2026-9M", "115.9", "pct", "growth_like_ratio"),
        ("iip", "growth_yoy", "2026-09", "98.1", "pct", "growth_like_ratio"),
        ("exports", "growth_yoy", "2026-9M", "118.4", "pct", "growth_like_ratio"),
        ("grdp", "growth_yoy", "2026-9M", "111.6", "pct", "growth_like_ratio"),
        ("iip", "ratio_yoy", "2026-9M", "15.9", "pct", "ratio_like_growth"),
        ("rank_pci", "level", "2026-FY", "35", "rank", "rank_beyond"),
        ("rank_pci", "level", "2024-FY", "64", "rank", "rank_beyond"),
        ("urbanisation_rate", "level", "2026-9M", "105", "pct", "share_beyond"),
        ("grdp_current_services", "share", "2026-9M", "136.1", "pct", "share_beyond"),
        ("grdp_current_services", "share", "2026-9M", "-3.1", "pct", "share_beyond"),
        ("visitors", "level", "2026-FY", "14430", "k_visits", "year_ago_again"),
        ("budget_revenue", "level", "2026-FY", "187.766", "tn_vnd", "year_ago_again"),
    ],
)
def test_a_slip_is_doubted(
    data: Tables, indicator: str, measure: str, period: str, value: str, unit: str, code: str
) -> None:
    assert [one.code for one in doubts(data, indicator, measure, period, value, unit)] == [code]


@pytest.mark.parametrize(
    ("indicator", "measure", "period", "value", "unit"),
    [
        ("electricity_commercial", "level", "2026-9M", "14200000000", "kwh"),
        ("exports", "level", "2026-9M", "37.9", "bn_usd"),
        ("exports", "level", "2026-9M", "37900", "m_usd"),
        ("visitors", "level", "2026-FY", "14431", "k_visits"),
        ("grdp_current_services", "share", "2026-9M", "36.1", "pct"),
        ("exports", "level", "2026-09", "4.6", "bn_usd"),
        ("budget_revenue", "level", "2026-9M", "168940", "bn_vnd"),
        ("iip", "growth_yoy", "2026-9M", "15.9", "pct"),
        ("iip", "growth_yoy", "2026-9M", "-4.2", "pct"),
        ("iip", "ratio_yoy", "2026-9M", "115.9", "pct"),
        ("rank_pci", "level", "2026-FY", "34", "rank"),
        ("rank_pci", "level", "2024-FY", "63", "rank"),
        ("urbanisation_rate", "level", "2026-9M", "52", "pct"),
    ],
)
def test_a_usual_figure_is_not(
    data: Tables, indicator: str, measure: str, period: str, value: str, unit: str
) -> None:
    assert doubts(data, indicator, measure, period, value, unit) == []
