"""Growth accounting that adds up, worked by hand from the printed rates."""

from decimal import Decimal

import pytest

from halfyear.analysis import decomposition as topic
from halfyear.analysis.decomposition import (
    Accounts,
    Contradiction,
    Decomposition,
    decomposition,
)
from halfyear.edition import Edition
from halfyear.period import Period
from halfyear.study import opened
from opened import altered, changed, edition, without

H1, Q2 = Period.parse("2026-H1"), Period.parse("2026-Q2")
SECTORS = ("industry_construction", "services", "agriculture", "product_taxes")


def study(period: Period = H1, opened: Edition | None = None) -> Decomposition:
    found = decomposition(opened or edition(), "grdp", period)
    assert isinstance(found, Decomposition)
    return found


def by_sector(found: Decomposition, name: str, digits: int) -> list[float]:
    parts = {part.indicator: part for part in found.parts}
    values = [getattr(parts[f"grdp_{sector}"], name).value for sector in SECTORS]
    return [round(float(value), digits) + 0.0 for value in values]


# Start: contribution / growth of both former provinces in the first half of 2025, mixed .709/.291
# so that 11.04 and 11.59 give 11.2, rolled by 12.84, 9.89, 4.28 and 9.95:
#   55.4  33.1  5.0  6.5
# The printed rates are 13.46, 10.24, 2.23, 8.69 for 11.33 and 14.55, 10.84, 2.31, 10.52 for 12.27.
# The start gives 11.53 and 12.45. Three equations (sum 1, 11.33, 12.27) leave one free direction;
# least squares gives
#   53.44  31.47  6.14  8.95
# Check: .5344 x 13.46 + .3147 x 10.24 + .0614 x 2.23 + .0895 x 8.69
#        = 7.193 + 3.223 + .137 + .778 = 11.33
#        .5344 x 14.55 + .3147 x 10.84 + .0614 x 2.31 + .0895 x 10.52
#        = 7.776 + 3.411 + .142 + .942 = 12.27
def test_weights_are_the_nearest_that_give_both_totals() -> None:
    found = study()
    assert str(found.base) == "2025-H1"
    assert by_sector(found, "rolled", 1) == [55.4, 33.1, 5.0, 6.5]
    assert by_sector(found, "weight", 1) == [53.4, 31.5, 6.1, 9.0]
    assert found.exact


def test_contributions_to_growth_add_up_to_the_printed_growth() -> None:
    found = study()
    # 7.19, 3.22, .14, .78, and 7.19 / 11.33 = 63 %
    assert by_sector(found, "contribution", 1) == [7.2, 3.2, 0.1, 0.8]
    assert sum(part.contribution.value for part in found.parts) == pytest.approx(Decimal("11.33"))
    assert found.parts[0].indicator == "grdp_industry_construction"
    assert by_sector(found, "share", 0)[0] == 63


def test_contributions_to_the_gap_add_up_to_the_printed_gap() -> None:
    found = study()
    # .5344 x 1.09, .3147 x .60, .0614 x .08, .0895 x 1.83
    assert by_sector(found, "gap", 2) == [-0.58, -0.19, 0.0, -0.16]
    gaps = [part.gap.value for part in found.parts if part.gap]
    assert sum(gaps) == pytest.approx(Decimal("-0.94"))
    assert [part.indicator.removeprefix("grdp_") for part in found.by_gap] == [
        "industry_construction",
        "services",
        "product_taxes",
        "agriculture",
    ]


def test_the_quarter_has_weights_of_its_own() -> None:
    found = study(Q2)
    # the same start against 11.21 (14.06, 9.34, 1.3, 7.66) and 13.25 (16.16, 11.2, 1.48, 11.33)
    assert by_sector(found, "gap", 1) == [-1.1, -0.6, -0.0, -0.3]
    assert sum(part.gap.value for part in found.parts if part.gap) == pytest.approx(
        Decimal("-2.04")
    )


def test_without_a_scenario_the_actual_alone_is_given() -> None:
    found = study(H1, altered("scenarios", lambda frame: frame.iloc[:0]))
    assert found.scenario is None
    assert all(part.gap is None for part in found.parts)
    assert found.by_gap == ()
    total = sum(part.contribution.value for part in found.parts)
    assert total == pytest.approx(Decimal("11.33"))


def test_without_last_year_it_is_silent() -> None:
    assert decomposition(without("observations", measure="contribution"), "grdp", H1) is None


def test_without_the_rate_of_one_part_it_is_silent() -> None:
    bare = without(
        "observations", indicator="grdp_services", measure="growth_yoy", time_period="2026-H1"
    )
    assert decomposition(bare, "grdp", H1) is None


def test_where_the_half_year_of_last_year_is_not_known_the_whole_year_serves() -> None:
    annual = without("observations", measure="contribution", time_period="2025-H1")
    found = study(H1, annual)
    # contributions of the year 7.62, 3.38, .19, .62 over 13.61, 10.21, 4.33, 9.63, rolled
    assert str(found.base) == "2025-FY"
    assert by_sector(found, "rolled", 1) == [56.9, 32.7, 4.1, 6.3]
    total = sum(part.contribution.value for part in found.parts)
    assert total == pytest.approx(Decimal("11.33"))


def rated(total: str) -> Edition:
    """The edition with another total and no scenario."""
    place = {"indicator": "grdp", "measure": "growth_yoy", "time_period": "2026-H1"}
    bare = altered("scenarios", lambda frame: frame.iloc[:0])
    return changed("observations", "value", Decimal(total), bare, **place)


def test_rates_contradict_only_where_no_weights_near_last_year_s_reconcile_them() -> None:
    # three points moved from farming (2.23) to industry (13.46) and from taxes (8.69) to services
    # (10.24) raise 11.53 by .03 x 11.23 + .03 x 1.55 = .38, to 11.92 at the most
    assert isinstance(decomposition(rated("12.2"), "grdp", H1), Contradiction)
    assert isinstance(decomposition(rated("11.85"), "grdp", H1), Decomposition)


def test_a_contradiction_names_the_figures_it_rests_on() -> None:
    found = decomposition(rated("20"), "grdp", H1)
    assert isinstance(found, Contradiction)
    assert "obs:grdp.growth_yoy@2026-H1" in found.operands
    assert "obs:grdp_services.growth_yoy@2026-H1" in found.operands


def test_printed_contributions_stand_as_printed() -> None:
    found = study(Period.parse("2025-FY"))
    # 7.62, 3.38, 0.19, 0.62 of 11.81
    assert by_sector(found, "contribution", 2) == [7.62, 3.38, 0.19, 0.62]
    assert all(part.weight is None for part in found.parts)
    assert found.parts[0].contribution.id == ("obs:grdp_industry_construction.contribution@2025-FY")


def test_the_study_holds_both_periods_and_no_contradiction() -> None:
    accounts = topic.study(edition())
    assert accounts.whole == study(H1)
    assert accounts.quarter == study(Q2)
    assert accounts.contradictions == ()
    assert opened(accounts.results(), Accounts) == accounts


def test_the_study_tells_rates_that_nothing_reconciles() -> None:
    accounts = topic.study(rated("20"))
    assert accounts.whole is None
    assert [found.period for found in accounts.contradictions] == [H1]


def test_an_edition_without_a_growth_headline_has_no_accounts() -> None:
    accounts = topic.study(altered("headline", lambda frame: frame[frame["measure"] == "level"]))
    assert (accounts.whole, accounts.quarter, accounts.contradictions) == (None, None, ())
