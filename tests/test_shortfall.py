"""Parts of a gap, signed as the gap is."""

from halfyear.analysis.accounting import gap
from halfyear.analysis.shortfall import parts, percent
from halfyear.analysis.weights import by_part, weights
from halfyear.period import Period
from opened import edition, ends, named, without

FY, H1 = Period.parse("2025-FY"), Period.parse("2026-H1")


def test_a_part_below_its_scenario_is_below_zero() -> None:
    found = parts(edition(), "grdp", H1, FY)
    assert [ends(part, 2)[0] for part in found] == [-0.62, -0.20, -0.12, 0.0]
    assert found[0].id == "gap_part:grdp_industry_construction.growth_yoy@2026-H1"


def test_the_parts_add_up_to_what_the_accounts_explain() -> None:
    explained = gap(edition(), "grdp", H1, FY)[-1]
    total = sum(part.value for part in parts(edition(), "grdp", H1, FY))
    assert -total == explained.value


def test_a_missing_rate_leaves_the_part_without_a_figure() -> None:
    edited = without("observations", indicator="grdp_services", time_period="2026-H1")
    found = named(parts(edited, "grdp", H1, FY))
    services = found["gap_part:grdp_services.growth_yoy@2026-H1"]
    assert services.interval is None
    assert services.missing == ("obs:grdp_services.growth_yoy@2026-H1",)


def test_weights_as_per_cent() -> None:
    weight = by_part(weights(edition(), "grdp", FY))["grdp_services"]
    shown = percent(weight)
    assert shown.id == "sector_percent:grdp_services@2025-FY"
    assert ends(shown, 1) == (32.7, 32.7)
    assert shown.unit == "pct"
