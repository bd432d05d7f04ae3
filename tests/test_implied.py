"""Quarters and halves that no document prints, worked by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from halfyear.analysis import implied
from halfyear.analysis.implied import Halves, Implied, Quarters, Turn, halves, quarters
from halfyear.edition import Edition
from halfyear.period import Period
from halfyear.study import opened
from opened import altered, changed, edition, ends, without

PARTS = ("grdp_industry_construction", "grdp_services", "grdp_agriculture", "grdp_product_taxes")


def study(opened: Edition | None = None) -> Quarters:
    found = quarters(opened or edition(), "grdp", PARTS)
    assert found is not None
    return found


def of(found: Quarters, name: str):
    return next(rate for rate in found.rates if rate.indicator == name)


@pytest.mark.parametrize(
    ("indicator", "shown", "span"),
    [
        # (11.33 - .52 x 11.21) / .48 = 5.5008 / .48 = 11.46; v = .50: 11.45, v = .45: 11.477
        ("grdp", "11.46", (11.45, 11.48)),
        # (13.46 - .52 x 14.06) / .48 = 6.1488 / .48 = 12.81; 12.73, 12.86
        ("grdp_industry_construction", "12.8", (12.73, 12.86)),
        # (10.24 - .52 x 9.34) / .48 = 5.3832 / .48 = 11.215; 11.34, 11.14
        ("grdp_services", "11.2", (11.14, 11.34)),
        # (8.69 - .52 x 7.66) / .48 = 4.7068 / .48 = 9.81; 9.95, 9.72
        ("grdp_product_taxes", "9.8", (9.72, 9.95)),
        # (2.23 - .52 x 1.3) / .48 = 1.554 / .48 = 3.24; 3.37, 3.16
        ("grdp_agriculture", "3.2", (3.16, 3.37)),
    ],
)
def test_first_quarter_implied_by_half_year_and_second_quarter(
    indicator: str, shown: str, span: tuple[float, float]
) -> None:
    rate = of(study(), indicator)
    # shown with no more decimals than the assumption carries
    assert f"{rate.earlier.value:.{rate.earlier.decimals}f}" == shown
    assert rate.span is not None
    assert ends(rate.span, 2) == span
    assert rate.earlier.bound == "approx"


def test_services_taxes_and_farming_slowed_while_industry_sped_up() -> None:
    found = study()
    assert found.total.turn is Turn.SLOWER
    # by how much: taxes 9.81 to 7.66 = 2.15, farming 3.24 to 1.3 = 1.94, services 11.22 to 9.34
    assert [rate.indicator for rate in found.turned(Turn.SLOWER)] == [
        "grdp_product_taxes",
        "grdp_agriculture",
        "grdp_services",
    ]
    assert [rate.indicator for rate in found.turned(Turn.FASTER)] == ["grdp_industry_construction"]


def test_no_turn_is_told_where_roundings_could_make_it() -> None:
    place = {"indicator": "grdp_services", "measure": "growth_yoy", "time_period": "2026-Q2"}
    # 10.24 stands for 10.235-10.245, 10.23 for 10.225-10.235: they may be equal
    near = study(changed("observations", "value", Decimal("10.23"), **place))
    assert of(near, "grdp_services").turn is Turn.SAME
    clear = study(changed("observations", "value", Decimal("10.22"), **place))
    assert of(clear, "grdp_services").turn is Turn.SLOWER


def test_a_scenario_set_on_20_may_knew_the_first_quarter() -> None:
    assert study().hindsight
    january = altered("scenarios", lambda frame: frame.assign(set_on=date(2026, 1, 15)))
    assert not study(january).hindsight
    assert not study(altered("scenarios", lambda frame: frame.iloc[:0])).hindsight


def test_a_printed_quarter_is_taken_as_printed() -> None:
    def more(frame):
        like = (
            (frame["indicator"] == "grdp_services")
            & (frame["measure"] == "growth_yoy")
            & (frame["time_period"] == "2026-Q2")
        )
        row = (
            frame[like]
            .iloc[[0]]
            .assign(
                id="obs:grdp_services.growth_yoy@2026-Q1",
                time_period="2026-Q1",
                value=Decimal("11.3"),
                cutoff=date(2026, 3, 31),
            )
        )
        return frame._append(row, ignore_index=True)

    rate = of(study(altered("observations", more)), "grdp_services")
    assert rate.earlier.value == Decimal("11.3")
    assert rate.earlier.bound == ""
    assert rate.span is None


def test_without_the_quarter_or_an_assumption_nothing_is_implied() -> None:
    place = {"indicator": "grdp", "measure": "growth_yoy", "time_period": "2026-Q2"}
    assert quarters(without("observations", **place), "grdp", PARTS) is None
    bare = replace(edition(), params=replace(edition().params, earlier_share={}))
    assert quarters(bare, "grdp", PARTS) is None


def test_a_first_quarter_has_no_months_before_it() -> None:
    first = replace(edition(), params=replace(edition().params, period=Period.parse("2026-Q1")))
    assert quarters(first, "grdp", PARTS) is None


def both(opened: Edition | None = None) -> Halves:
    found = halves(opened or edition(), "grdp")
    assert found is not None
    return found


def test_second_half_of_last_year_is_implied_by_the_year_and_its_first_half() -> None:
    found = both()
    # (11.81 - .45 x 11.2) / .55 = 6.77 / .55 = 12.31; (11.81 - 5.6) / .5 = 12.42
    assert ends(found.last_rest, 1) == (12.3, 12.4)
    assert ends(found.last_rest, 2) == (12.31, 12.42)
    assert not found.last_part.absent
    assert found.last_part.value == Decimal("11.2")
    assert found.last_rest.bound == "approx"


def test_what_the_second_half_needs_and_would_have_needed() -> None:
    found = both()
    # (13 - .45 x 11.33) / .55 = 14.366; (13 - 5.665) / .5 = 14.67
    assert ends(found.needed, 2) == (14.37, 14.67)
    # with 12.27: (13 - 5.5215) / .55 = 13.597; (13 - 6.135) / .5 = 13.73
    assert ends(found.if_met, 2) == (13.6, 13.73)


def test_without_last_year_or_scenario_the_halves_say_what_lacks() -> None:
    place = {"indicator": "grdp", "measure": "growth_yoy", "time_period": "2025-FY"}
    bare = both(without("observations", **place))
    assert bare.last_rest.interval is None
    assert bare.last_rest.missing == ("obs:grdp.growth_yoy@2025-FY",)
    alone = both(altered("scenarios", lambda frame: frame.iloc[:0]))
    assert alone.if_met.interval is None
    assert ends(alone.needed, 2) == (14.37, 14.67)


def test_the_study_holds_the_quarters_and_the_halves_of_each_headline_rate() -> None:
    found = implied.study(edition())
    assert found.quarters is not None
    assert found.quarters.total == study().total
    assert {rate.indicator for rate in found.quarters.parts} == set(PARTS)
    assert list(found.halves) == ["grdp", "iip"]
    # production: (15.5 - .45 x 14.8) / .55 = 16.07, (15.5 - 7.4) / .5 = 16.2
    assert ends(found.halves["iip"].needed, 2) == (16.07, 16.2)
    assert opened(found.results(), Implied) == found
