"""What 2026 may come to."""

import pytest

from halfyear.analysis import reach
from halfyear.analysis.outlook import outlook
from opened import altered, edition, ends, named, without


@pytest.mark.parametrize(
    ("indicator", "low", "high"),
    [
        ("exports", 54.30, 54.30),  # 50.14 x 1.083
        ("visitors", 16695.51, 16695.51),  # 14430 x 1.157
        ("investment", 365940, 365940),  # 321000 x 1.14
        ("enterprises_new", 7708.32, 7708.32),  # 7200 x 1.0706
        ("budget_revenue", 216460.92, 223023.69),  # 190379 x 1.137, 196151 x 1.137
    ],
)
def test_pace(indicator: str, low: float, high: float) -> None:
    found = named(outlook(edition(), indicator, "level"))
    assert ends(found[f"outlook:pace:{indicator}.level@2026"], 2) == (low, high)


def test_one_outlook_on_the_governing_base_and_none_on_a_slip() -> None:
    found = named(outlook(edition(), "exports", "level"))
    # 50.14 x 1.083 = 54.30; 41.58, registered as a slip, would give 45.0
    paces = [quantity for id, quantity in found.items() if id.startswith("outlook:pace:")]
    assert [ends(pace, 1) for pace in paces] == [(54.3, 54.3)]


def test_low_and_alternative() -> None:
    found = named(outlook(edition(), "investment", "level"))
    # 158516 + 321000 - 139800 = 339716; 158516 + 181200 x 1.122 = 361822
    assert ends(found["outlook:low:investment.level@2026"], 0) == (339716, 339716)
    assert ends(found["outlook:alternative:investment.level@2026"], 0) == (361822, 361822)


def test_growth_held_and_carried_over() -> None:
    found = named(outlook(edition(), "grdp", "growth_yoy"))
    assert ends(found["outlook:pace:grdp.growth_yoy@2026"], 2) == (11.33, 11.33)
    assert ends(found["outlook:carry_over:grdp.growth_yoy@2026"], 2) == (11.94, 11.94)


def test_the_one_port_city_s_figure_is_that_of_the_whole() -> None:
    found = named(outlook(edition(), "port_throughput", "level"))
    # 212 x 1.114; the other former province had no seaport
    assert ends(found["outlook:pace:port_throughput.level@2026"], 1) == (236.2, 236.2)


@pytest.mark.parametrize("indicator", ["port_throughput", "fdi"])
def test_missing_year_is_named(indicator: str) -> None:
    unsettled = altered("absent", lambda frame: frame.iloc[:0])
    found = named(outlook(unsettled, indicator, "level"))
    pace = found[f"outlook:pace:{indicator}.level@2026"]
    assert pace.interval is None
    assert pace.missing == (f"obs:{indicator}.level@2025-FY",)


def test_no_two_lines_are_the_same() -> None:
    same = without("observations", indicator="exports", measure="growth_yoy", time_period="2026-Q2")
    for opened in (edition(), same):
        ids = [q.id for q in outlook(opened, "exports", "level")]
        spans = [q.interval for q in outlook(opened, "exports", "level") if q.interval]
        assert len(ids) == len(set(ids))
        assert len(spans) == len(set(spans))


def test_share_has_no_outlook() -> None:
    assert outlook(edition(), "trained_labour", "level") == []


def test_only_investment_misses_at_the_rate_of_the_last_quarter() -> None:
    # Investment: 158,516 + (321,000 - 139,800) x 1.122 = 361,822 < 363,000, at the pace so far
    # 321,000 x 1.14 = 365,940. Exports, visitors, revenue and enterprises reach theirs in both;
    # ports miss in both (212 x 1.114 = 236.2 < 238).
    assert reach.study(edition()).slipping == ("investment.level",)
