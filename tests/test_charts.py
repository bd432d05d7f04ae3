"""Charts say their finding, in both languages, and keep the id of every number."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from computed import results, view
from halfyear.analysis.projects import Projects
from halfyear.analysis.reach import Outlook
from halfyear.analysis.sectors import Sectors
from halfyear.charts.chart import Chart, load, save
from halfyear.charts.course import course
from halfyear.charts.gallery import gallery
from halfyear.charts.growths import growths
from halfyear.charts.prospects import prospects
from halfyear.charts.states import states
from halfyear.charts.timeline import timeline
from halfyear.compose import briefing
from halfyear.interval import Interval
from halfyear.period import Period
from halfyear.results import Results
from halfyear.view import View
from opened import edition

H1 = Period.parse("2026-H1")
AXIS = re.compile(r'data-id="axis:(-?\d+)"')
IDS = re.compile(r'data-id="([^"]+)"')


def drawn(name: str, shown: View) -> Chart:
    if name == "timeline":
        line = course(shown)
        assert line is not None
        return timeline(shown, line)
    if name == "growths":
        return growths(shown)
    if name == "prospects":
        return prospects(shown, list(shown.study(Outlook).projected))
    return states(shown)


FINDINGS = {
    "timeline": (
        # (13 - w 11.33) / (1 - w) with w 0.45 and 0.50: 14.37 and 14.67
        "để cả năm đạt 13%, 6 tháng cuối năm phải tăng 14,37–14,67%",
        "reaching 13% for the year requires 14.37–14.67% in the second half",
    ),
    "growths": ("15/16 chỉ số chính tăng", "15 of 16 main indicators rose"),
    "prospects": ("5/6 chỉ tiêu đạt kế hoạch", "5 of 6 flows reach their plan"),
    "states": ("Khu công nghiệp chậm nhất: 50,0%", "Industrial parks lag most: 50.0%"),
}


@pytest.mark.parametrize("name", FINDINGS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_title_says_the_finding(name: str, lang: str) -> None:
    chart = drawn(name, view(lang))
    assert FINDINGS[name][lang == "en"] in chart.title
    assert chart.title in chart.alt


@pytest.mark.parametrize("name", FINDINGS)
def test_every_number_of_drawing_and_title_is_a_result(name: str) -> None:
    chart = drawn(name, view("vi"))
    ids = IDS.findall(chart.svg) + IDS.findall(chart.heading)
    assert len(ids) > 5
    assert [id for id in ids if not id.startswith("axis:") and results().get(id) is None] == []


@pytest.mark.parametrize("name", FINDINGS)
def test_both_languages_draw_the_same_numbers(name: str) -> None:
    pair = [IDS.findall(drawn(name, view(lang)).svg) for lang in ("vi", "en")]
    assert pair[0] == pair[1]


@pytest.mark.parametrize("name", FINDINGS)
def test_a_chart_is_the_same_every_time(name: str) -> None:
    assert drawn(name, view("en")).svg == drawn(name, view("en")).svg


@pytest.mark.parametrize("name", FINDINGS)
def test_the_data_of_a_chart_have_a_head_and_a_row_for_each_mark(name: str) -> None:
    head, *rows = drawn(name, view("en")).data
    assert rows
    assert {len(row) for row in rows} == {len(head)}


def test_the_line_of_time_holds_what_is_stated_implied_expected_and_required() -> None:
    rows = {row[0]: row[1:] for row in drawn("timeline", view("en")).data[1:]}
    assert [low for low, _ in rows.values()][:1] == ["11.2"]  # first half of 2025, as stated
    assert ("11.33", "11.33") in rows.values()
    assert ("12.27", "12.27") in rows.values()
    assert ("13.25", "13.25") in rows.values()
    assert ("14", "14.5") in rows.values()  # the goal of 2026-2030


def test_an_outlook_is_drawn_on_the_base_that_governs_alone() -> None:
    flows = {row[0] for row in drawn("prospects", view("en")).data[1:]}
    assert "exports.level" in flows
    assert not any("~" in flow for flow in flows)


def test_every_chart_of_the_gallery_has_its_place_in_the_briefing() -> None:
    """The targets are a table of their own: the sectors are not compared once more."""
    drawn = gallery(view("en"))
    assert list(drawn) == ["growth", "prospects", "states"]
    composed = briefing.compose(edition(), results(), "en", drawn)
    assert composed.charts == list(drawn.values())
    assert briefing.compose(edition(), results(), "en", {}).charts == []


def test_kept_charts_are_those_that_were_drawn(tmp_path: Path) -> None:
    drawn = gallery(view("vi"))
    save(drawn, tmp_path / "charts.json")
    assert load(tmp_path / "charts.json") == drawn


def test_states_differ_by_more_than_colour() -> None:
    svg = drawn("states", view("en")).svg
    assert svg.count("<pattern") >= 2
    assert "rescheduled" in svg


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_without_figures_the_chart_says_so(lang: str) -> None:
    nothing = Results()
    nothing.merge(Sectors((), (), {}).results())
    nothing.merge(Projects(()).results())
    empty = View.of(edition(), nothing, lang)
    for chart in (growths(empty), states(empty), prospects(empty, [])):
        assert chart.title == empty.say("charts.nothing")


@pytest.mark.parametrize(
    ("quarter", "lowest"),
    [
        # 55 mm for the ticks 10 to 16; 0.4 of a point above 10 would be 3.7 mm, where the number
        # below its bar needs 5.8
        ("10.40", 9),
        ("11.21", 10),  # 11.1 mm
        ("-2.20", -5),  # 2.8 x 55 / 21 = 7.3 mm; from -4 on it would be 1.8 x 55 / 20 = 5.0
    ],
)
def test_the_number_of_a_low_quarter_stands_above_the_axis(quarter: str, lowest: int) -> None:
    shown = view("en")
    line = course(shown)
    assert line is not None
    assert line.quarters is not None
    rates = line.quarters.rates
    low = replace(rates[0].last, interval=Interval.of(quarter))
    changed = replace(line.quarters, rates=(replace(rates[0], last=low), *rates[1:]))
    ticks = AXIS.findall(timeline(shown, replace(line, quarters=changed)).svg)
    assert min(map(int, ticks)) == lowest
