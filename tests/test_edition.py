"""An edition: what was known on its day, and which of several publications it goes by."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from halfyear.analysis.vintage import growth_of
from halfyear.data.succession import visible
from halfyear.edition import Edition
from halfyear.errors import DataError, ParamsError, PeriodError
from halfyear.interval import Interval, places
from halfyear.period import Period
from halfyear.results import Quantity
from opened import altered, changed, edition, without

H1, Q2 = Period.parse("2026-H1"), Period.parse("2026-Q2")


def fact(opened: Edition, indicator: str, measure: str, period: Period) -> Quantity:
    found = opened.fact(indicator, measure, period)
    assert found is not None
    return found


def revised(**cells: object) -> Edition:
    """The edition with a second row for the exports of the half-year."""

    def more(frame: pd.DataFrame) -> pd.DataFrame:
        like = (frame["indicator"] == "exports") & (frame["measure"] == "level")
        row = frame[like & (frame["time_period"] == "2026-H1")].iloc[[0]].assign(**cells)
        return pd.concat([frame, row], ignore_index=True)

    return altered("observations", more)


def test_the_twelve_headline_indicators_in_the_order_of_the_plan() -> None:
    names = [(indicator.id, measure) for indicator, measure in edition().headline()]
    assert len(names) == 12
    assert names[0] == ("grdp", "growth_yoy")
    assert names[1] == ("iip", "growth_yoy")
    assert names[-1] == ("social_housing", "level")


def test_a_figure_is_what_the_document_prints() -> None:
    opened = edition()
    assert fact(opened, "grdp", "growth_yoy", H1).value == Decimal("11.33")
    assert fact(opened, "fdi", "level", H1).value == Decimal("3.098")
    # printed in single visits, held in thousands
    assert fact(opened, "visitors", "level", H1).value == Decimal("8723.55")


@pytest.mark.parametrize("indicator", ["trained_labour", "social_insurance_coverage"])
def test_a_figure_that_no_document_prints_is_not_there(indicator: str) -> None:
    assert edition().fact(indicator, "level", H1).absent
    assert edition().scenario(indicator, "level", H1).absent


def collected(value: int, **cells: object) -> Edition:
    """The edition with another count to 28 June of the second quarter's revenue."""
    place = {"indicator": "budget_revenue", "measure": "level", "time_period": "2026-Q2"}
    opened = changed("observations", "value", Decimal(value), **place, cutoff="2026-06-28")
    for name, cell in cells.items():
        opened = changed("observations", name, cell, opened, **place, cutoff="2026-06-28")
    return opened


def test_a_count_to_28_june_overrides_the_estimate_it_already_passes() -> None:
    # The draft estimates 53,161 (+23.4 %) for the whole quarter, and counts 54,442 (+26.4 %) by
    # 28 June; the half-year's 114,833 holds 54,442.
    quarter = fact(edition(), "budget_revenue", "level", Q2)
    assert quarter.value == 54442
    assert quarter.id.endswith("/2026-06-28")  # the day is told with it
    assert fact(edition(), "budget_revenue", "growth_yoy", Q2).value == Decimal("26.4")
    assert growth_of(edition(), "budget_revenue", Q2).value == Decimal("26.4")


def test_a_count_below_the_estimate_does_not_override_it() -> None:
    for opened in (collected(53161), collected(50000)):
        assert fact(opened, "budget_revenue", "level", Q2).value == 53161
        assert fact(opened, "budget_revenue", "growth_yoy", Q2).value == Decimal("23.4")


def test_neither_another_estimate_nor_another_document_overrides_an_estimate() -> None:
    # an estimate to 28 June, and the count of another document
    estimate = collected(54442, obs_status="E")
    assert fact(estimate, "budget_revenue", "level", Q2).value == 53161
    other = collected(54442, source="press_2026_01_10")
    assert fact(other, "budget_revenue", "level", Q2).value == 53161


def test_growth_of_an_overtaken_estimate_is_not_growth_of_the_count() -> None:
    place = {"indicator": "budget_revenue", "measure": "growth_yoy", "time_period": "2026-Q2"}
    bare = without("observations", **place, cutoff="2026-06-28")
    assert fact(bare, "budget_revenue", "level", Q2).value == 54442
    assert bare.fact("budget_revenue", "growth_yoy", Q2).absent


def test_a_registered_slip_bears_no_result() -> None:
    # 41.58 billion dollars of exports in 2025 is the import figure printed twice; 50.14 stands
    year = Period.parse("2025-FY")
    assert fact(edition(), "exports", "level", year).value == Decimal("50.14")
    alone = without("observations", indicator="exports", source="vneconomy_2025_12_18")
    assert alone.fact("exports", "level", year).absent
    # where nothing calls it a slip it is a figure like any other
    figure = changed("observations", "slip", False, alone, indicator="exports")
    assert fact(figure, "exports", "level", year).value == Decimal("41.58")
    # of imports, printed in the same words, it is no slip
    assert fact(edition(), "imports", "level", year).value == Decimal("41.58")


def test_a_later_revision_does_not_change_an_earlier_edition() -> None:
    later = revised(id="obs:later", value=Decimal("26.4"), known_at=date(2026, 7, 15))
    assert fact(later, "exports", "level", H1).value == Decimal("26.4")
    seen = visible(later.tables, date(2026, 6, 30)).observations
    assert "obs:later" not in set(seen["id"])
    assert "obs:later" in set(visible(later.tables, date(2026, 7, 15)).observations["id"])


def test_issued_goes_before_draft_and_draft_before_press() -> None:
    # The draft report says 25.9; an issued document governs over it, press does not.
    issued = revised(id="obs:issued", value=Decimal("26.1"), source="nq74_2025")
    assert fact(issued, "exports", "level", H1).value == Decimal("26.1")
    press = revised(
        id="obs:press", value=Decimal("26.1"), source="press_2026_01_10", known_at=date(2026, 7, 1)
    )
    assert fact(press, "exports", "level", H1).value == Decimal("25.9")


def test_two_figures_of_one_rank_and_day_are_carried_as_an_interval() -> None:
    both = fact(revised(id="obs:twin", value=Decimal("26.1")), "exports", "level", H1)
    assert both.interval == Interval.of("25.9", "26.1")
    assert len(both.operands) == 2
    same = fact(revised(id="obs:twin"), "exports", "level", H1)
    assert same.value == Decimal("25.9")


def test_places_are_never_mixed() -> None:
    here = edition().rows("exports", "level", H1)
    assert set(here["place"]) == {"HP"}
    assert edition().rows("exports", "level", H1, "HP_old").empty


def test_the_target_of_the_params_goes_before_those_of_other_instruments() -> None:
    target = edition().target("fdi", "level")
    assert target.id.endswith("/nq74_2025")
    assert target.interval == Interval.of("3.8", "4.3")
    every = [t.id for t in edition().targets("fdi", "level", 2026)]
    assert len(every) == 4  # resolution, committee's plan, report, press


def test_an_18_among_figures_with_one_decimal_is_18_0() -> None:
    whole = changed(
        "observations",
        "value",
        Decimal(18),
        indicator="port_throughput",
        measure="level",
        time_period="2026-H1",
    )
    # 18,1 and 53,2 stand beside it in the same document
    assert whole.decimals("port_throughput", "level", "report_2026_h1") == 1


def test_the_scenario_is_that_of_the_params_plan() -> None:
    expected = edition().scenario("grdp", "growth_yoy", H1)
    assert expected is not None
    assert expected.value == Decimal("12.27")
    assert edition().scenario("port_throughput", "level", H1).absent


@pytest.mark.parametrize(
    ("period", "error"),
    [("../2026-H1", PeriodError), ("2026-H3", PeriodError), ("1999-H1", ParamsError)],
)
def test_a_period_without_params_is_told(period: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        Edition.open(period)


def test_a_row_that_is_not_there_has_no_source() -> None:
    with pytest.raises(DataError, match=r"obs:gold\.level@2026-H1"):
        edition().source_of("obs:gold.level@2026-H1")


@pytest.mark.parametrize(("text", "count"), [("18", 0), ("11.30", 1), ("3.098", 3), ("100", 0)])
def test_places_are_the_decimals_a_number_needs(text: str, count: int) -> None:
    assert places(Decimal(text)) == count
