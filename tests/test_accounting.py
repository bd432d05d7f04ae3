"""Growth accounting against the figures of the documents."""

from decimal import Decimal

from halfyear.analysis.accounting import goals, identity, targets
from halfyear.analysis.feasible import implied
from halfyear.analysis.weights import by_part, percent, weights
from halfyear.period import Period
from opened import changed, edition, ends, named, without

FY, HALF = Period.parse("2025-FY"), Period.parse("2025-H1")
H1, Q2 = Period.parse("2026-H1"), Period.parse("2026-Q2")


def test_weights_rolled_from_contributions() -> None:
    found = by_part(weights(edition(), "grdp", FY))
    # industry 7.62 / 13.61 x 1.1361 = 0.6361 of 1.1173: 0.5693
    assert ends(found["grdp_industry_construction"], 4) == (0.5693, 0.5693)
    assert round(float(sum(w.value for w in found.values())), 9) == 1


def test_half_year_weights_mix_the_former_places() -> None:
    # a x 11.04 + (1 - a) x 11.59 = 11.2 gives a = 0.709
    found = by_part(weights(edition(), "grdp", HALF))
    assert ends(found["grdp_industry_construction"], 3) == (0.554, 0.554)


def test_printed_total_against_its_parts() -> None:
    annual, left = identity(edition(), "grdp", H1, FY)
    # 0.5693 x 13.46 + 0.3265 x 10.24 + 0.0410 x 2.23 + 0.0632 x 8.69 = 11.65
    assert ends(annual, 2) == (11.65, 11.65)
    assert ends(left, 2) == (-0.32, -0.32)
    half, still = identity(edition(), "grdp", H1, HALF)
    assert ends(half, 2) == (11.53, 11.53)
    assert ends(still, 1) == (-0.2, -0.2)


def test_sector_targets_of_both_instruments() -> None:
    found = named(targets(edition(), "grdp", FY))
    # 0.5693 x 15.16 + 0.3265 x 11 + 0.0410 x 2 + 0.0632 x 11 = 13.0
    assert ends(found["targets:grdp.growth_yoy@2026/nq74_2025"], 1) == (13.0, 13.0)
    # with 15.4, 11.1, 2.35 and 11: 13.18 under an unchanged 13
    assert ends(found["targets_gap:grdp.growth_yoy@2026/report_2026_h1"], 2) == (0.18, 0.18)


def test_sector_goals_give_the_goal() -> None:
    average, first = goals(edition(), "grdp", FY)
    assert ends(average, 1) == (14.4, 14.4)
    assert ends(first, 1) == (14.2, 14.2)
    goal = edition().goal("grdp", "growth_yoy")
    assert goal is not None
    assert goal.known.low <= average.known.low <= goal.known.high


def test_weights_the_printed_totals_allow() -> None:
    found = named(implied(edition(), "grdp", H1, HALF))
    span = found["implied_weight:grdp_industry_construction@2025-H1/2026-H1"].known
    # industry alone could be as little as nothing; 53.4, the nearest to last year's, lies within
    assert span.low < Decimal("0.534") < span.high


def test_a_weight_is_shown_as_per_cent() -> None:
    shown = percent(by_part(weights(edition(), "grdp", FY))["grdp_services"])
    # 3.38 / 10.21 x 1.1021 = 0.3649 of 1.1173: 32.7 %
    assert shown.id == "sector_percent:grdp_services@2025-FY"
    assert ends(shown, 1) == (32.7, 32.7)
    assert shown.unit == "pct"


def test_totals_no_weights_can_give_say_so() -> None:
    place = {"indicator": "grdp", "measure": "growth_yoy", "time_period": "2026-H1"}
    high = changed("observations", "value", Decimal(20), **place)
    found = implied(high, "grdp", H1, HALF)
    assert all(weight.interval is None for weight in found)
    assert found[0].missing == ("no weights satisfy the printed totals",)


def test_without_contributions_nothing_is_computed() -> None:
    bare = without("observations", measure="contribution")
    assert identity(bare, "grdp", H1, FY)[0].missing[0] == "obs:grdp.contribution@2025-FY"
    assert identity(bare, "grdp", H1, FY)[0].interval is None
    assert goals(bare, "grdp", FY)[0].interval is None
