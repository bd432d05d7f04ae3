"""Groups of indicators and what a period prints of them."""

from halfyear.analysis import sectors
from halfyear.data.frames import Tables
from halfyear.period import Period
from halfyear.results import PRINTED
from halfyear.study import opened
from opened import altered, edition, named

H1 = Period.parse("2026-H1")


def test_every_indicator_belongs_to_one_group() -> None:
    members = [i for group in sectors.groups(edition()).values() for i in group]
    assert sorted(members) == sorted(edition().indicators)


def test_a_group_names_wholes_only(data: Tables) -> None:
    parents = dict(zip(data.indicators["id"], data.indicators["parent"], strict=True))
    assert not [i for i in data.groups["indicator"] if parents[i]]


def test_parts_follow_their_whole() -> None:
    trade = sectors.groups(edition())["tourism"]
    whole = trade.index("visitors")
    assert trade[whole + 1 : whole + 4] == [
        "visitors_international",
        "visitors_international_lodged",
        "visitors_domestic",
    ]


def test_a_ratio_and_a_multiple_become_growth() -> None:
    rows = {row.indicator: row for row in sectors.rows(edition(), H1)}
    # 98.31 per cent of last year; 1.75 times
    assert float(rows["cattle_herd"].growth.value) == -1.69
    assert float(rows["fdi"].growth.value) == 75
    assert rows["fdi"].growth.formula != PRINTED


def test_the_comparison_is_sorted_and_of_wholes() -> None:
    found = sectors.compared(edition(), sectors.rows(edition(), H1))
    names = [row.indicator for row in found]
    assert names[0] == "fdi"
    assert names[-1] == "domestic_investment_attracted"
    assert "grdp_services" not in names  # a part
    assert "imports" not in names  # neither more nor less is better
    assert "bank_loans" not in names  # a stock
    rates = [float(row.growth.known.middle) for row in found]
    assert rates == sorted(rates, reverse=True)


def test_counts_of_rising_and_falling() -> None:
    found = sectors.compared(edition(), sectors.rows(edition(), H1))
    counts = named(sectors.counts(found, H1))
    assert counts["count:compared@2026-H1"].value == len(found) == 16
    assert counts["count:rising@2026-H1"].value == 15
    assert counts["count:falling@2026-H1"].operands == (
        "obs:domestic_investment_attracted.growth_yoy@2026-H1",
    )


def test_the_study_is_read_as_it_was_saved() -> None:
    study = sectors.study(edition())
    assert opened(study.results(), sectors.Sectors) == study
    assert [row.indicator for row in study.compared] == list(study.order)


def test_the_last_quarter_is_slower_or_faster_than_the_half_year() -> None:
    # GRDP 11.21 against 11.33; industrial production 15.2 against 14.8; nothing printed of cattle
    rows = {row.indicator: row for row in sectors.study(edition()).rows}
    assert rows["grdp"].turn == "slower"
    assert rows["iip"].turn == "faster"
    assert rows["cattle_herd"].turn == ""


def test_a_moved_row_moves_the_indicator() -> None:
    edited = altered("groups", lambda frame: frame.replace({"group": {"tourism": "trade"}}))
    assert "tourism" not in sectors.groups(edited)
    assert "visitors" in sectors.groups(edited)["trade"]
