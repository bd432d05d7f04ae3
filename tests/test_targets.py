"""The list of targets of the year: what is known of each, worked out from the documents by hand."""

from decimal import Decimal
from functools import cache

import pytest

from halfyear.analysis import ledger, targets
from halfyear.analysis.restated import same
from halfyear.analysis.targets import State, numbered
from halfyear.edition import Edition
from halfyear.study import opened


@cache
def study(period: str = "2026-H1") -> targets.Targets:
    return targets.study(Edition.open(period))


def test_eleven_of_the_twenty_two_targets_have_a_figure() -> None:
    # Resolution 74, 3: numbers (1) to (22). The report has a figure of the first half for
    # (1) GRDP, (4) IIP, (5) revenue, (6) investment, (7) exports, (8) ports, (9) visitors,
    # (12) FDI, (13) new enterprises, (18) housing, (21) militia units; a list of those met names
    # (15) and (16) without a figure; nothing on 2, 3, 10, 11, 14, 17, 19, 20, 22.
    book = study()
    best = {t.number: t.state for t in book.targets if t.state is not State.SILENT}
    assert {n for n, state in best.items() if state is State.MEASURED} == {
        *(1, 4, 5, 6, 7, 8, 9, 12, 13, 18, 21)
    }
    assert {n for n, state in best.items() if state is State.STATED} == {15, 16}
    told = {name: int(count.value) for name, count in book.counts.items()}
    assert told == {
        "targets": 22,
        "targets_measured": 11,
        "targets_stated": 2,
        "targets_silent": 9,
        "targets_restated": 5,
        "targets_added": 32,
        "targets_added_measured": 4,
    }


def test_the_report_sets_five_targets_otherwise() -> None:
    # Section V.1 beside the resolution: industry and construction 15.4/15.16, services 11.1/11,
    # farming 2.35/2, trained labour 40/39, serious crimes 95/90. HDI 0.80 is 0.795 rounded,
    # revenue 194,935.6 is 194,935.654 cut off, IIP 15.5-16 is 15.5 with a stretch of 16.
    changed = {t.key: t.restated.value for t in study().targets if t.restated is not None}
    assert {key: str(value) for key, value in changed.items()} == {
        "grdp_industry_construction.growth_yoy": "15.4",
        "grdp_services.growth_yoy": "11.1",
        "grdp_agriculture.growth_yoy": "2.35",
        "trained_labour.level": "40",
        "crime_clearance_serious.level": "95",
    }


def test_of_what_only_the_report_sets_four_have_a_result() -> None:
    # V.1: retail 13.5 (15.2 so far), exports 4.63 (8.3), imports 0.05 (16.8), electricity 9.06
    known = [t for t in study().added if t.state is State.MEASURED]
    assert [(t.number, t.indicator) for t in known] == [
        (12, "retail_sales"),
        (13, "exports"),
        (14, "imports"),
        (22, "electricity_commercial"),
    ]


def test_of_last_year_twenty_of_twenty_two_were_reported_as_met() -> None:
    last = study().last
    assert last is not None
    assert [int(quantity.value) for quantity in last] == [20, 22]


@pytest.mark.parametrize("period", ["2025-FY", "2025-H1"])
def test_without_a_numbered_list_there_is_no_study(period: str) -> None:
    book = study(period)
    assert (book.plan, book.targets, book.added, book.last) == ("", (), (), None)


def test_a_study_is_read_back_as_it_was_saved() -> None:
    assert opened(study().results(), targets.Targets) == study()


def test_a_list_is_what_is_numbered_under_one_heading() -> None:
    sections = ["V/1/1", "V/1/1/1.1", "V/1/2", "V/2/(8)", "Điều 2/7", "", "II"]
    assert numbered(sections) == {"V/1/1": 1, "V/1/1/1.1": 1, "V/1/2": 2}
    assert numbered(["Điều 1/3/(5)", "Điều 1/3/(6)"]) == {"Điều 1/3/(5)": 5, "Điều 1/3/(6)": 6}
    assert numbered(["I", "II/1", ""]) == {}


def row(printed: str, low: str, high: str | None = None, stretch: str | None = None) -> dict:
    ends = {"low": low, "high": high, "stretch": stretch}
    numbers = {name: Decimal(text) if text else None for name, text in ends.items()}
    return {"printed": printed, "unit": "pct", "printed_unit": "pct", **numbers}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (row("0,795", "0.795"), row("0,80", "0.80"), True),
        (row("11%", "11"), row("11,1", "11.1"), False),
        (row("2%", "2"), row("2,35", "2.35"), False),
        (row("15,5%", "15.5", stretch="16"), row("15,5-16", "15.5", "16"), True),
        (row("3,8-4,3", "3.8", "4.3"), row("4,3", "4.3"), True),
        (row("39%", "39"), row("40", "40"), False),
    ],
)
def test_rounding_and_stretch_set_no_other_target(one: dict, other: dict, expected: bool) -> None:
    assert same(one, other) is expected
    assert same(other, one) is expected


def test_the_goal_period_before_stands_with_plan_and_result_of_each_place() -> None:
    # Political report, annex 1: Hải Phòng planned 14.5 and reached 11.39, Hải Dương 9.0 and 9.8
    before = ledger.study(Edition.open("2026-H1")).before
    told = {x.place: (str(x.planned.value), str(x.reached.value)) for x in before}
    assert told == {"HP_old": ("14.5", "11.39"), "HD_old": ("9", "9.8")}
