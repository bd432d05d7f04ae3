"""The editions of 2025: sparser, told so, and at the full year the plan against the result."""

import re
from pathlib import Path

import pytest

import computed
from copies import append, as_known, rows
from halfyear.analysis import (
    assessment,
    decomposition,
    effort,
    growth,
    implied,
    planshare,
    projects,
    rest,
    scorecard,
    sectors,
    shares,
    stakes,
)
from halfyear.charts.chart import TEXTS
from halfyear.charts.course import course
from halfyear.charts.gallery import gallery
from halfyear.charts.growths import growths
from halfyear.compose import briefing
from halfyear.compose.changes import changes
from halfyear.compose.chapter import Chapter
from halfyear.compose.growth import growth as section
from halfyear.compose.lacks import lacks
from halfyear.compose.published import others
from halfyear.compose.source import Writer
from halfyear.compose.tree import Table
from halfyear.data import checks
from halfyear.dossier import dossier
from halfyear.edition import Edition
from halfyear.period import Period
from halfyear.results import Results
from halfyear.view import View


def results(edition: Edition) -> Results:
    """What the notebooks give of the scorecard, and every printed figure."""
    found = Results()
    for indicator, measure in edition.headline():
        found.add(*effort.effort(edition, indicator.id, measure))
        found.add(*planshare.shares(edition, indicator.id, edition.period))
    topics = (growth, scorecard, projects, implied, shares, assessment, rest, stakes)
    return dossier(edition, [found, *(topic.study(edition).results() for topic in topics)])


@pytest.fixture(scope="module")
def half() -> Edition:
    return Edition.open("2025-H1")


@pytest.fixture(scope="module")
def year() -> Edition:
    return Edition.open("2025-FY")


def composed(edition: Edition, lang: str) -> tuple[str, str]:
    """Page 1 and what stands behind it of the figures beside, the changes and what lacks."""
    view = View.of(edition, results(edition), lang)
    card = scorecard.lines(edition, edition.period)
    chapter = Chapter(view)
    changes(chapter)
    others(chapter, card)
    lacks(chapter)
    return (
        Writer(lang).write(briefing.judgement(view, card)),
        Writer(lang).write(chapter.parts),
    )


def test_at_the_full_year_the_plan_stands_against_the_result(year: Edition) -> None:
    card = scorecard.lines(year, year.period)
    assert scorecard.yardstick(card, year.period) == "plan"
    found = {line.indicator.id: line.verdict.outcome.value for line in card}
    assert found == {
        "grdp": "misses",
        "investment": "exceeds",
        "exports": "exceeds",
        "enterprises_new": "exceeds",
    }
    gap = scorecard.gap(card[0], year.period)
    assert gap is not None
    assert str(gap.value) == "-0.54"


def test_the_half_year_before_any_plan_was_printed_is_not_judged(half: Edition) -> None:
    card = scorecard.lines(half, half.period)
    assert scorecard.yardstick(card, half.period) == "none"
    assert {line.verdict.outcome.value for line in card} == {"cannot_tell"}
    assert half.target("grdp", "growth_yoy").absent
    assert scorecard.published(card, half.period).value == 2


def test_the_half_year_of_2026_is_judged_by_its_scenario() -> None:
    edition = Edition.open("2026-H1")
    card = scorecard.lines(edition, edition.period)
    assert scorecard.yardstick(card, edition.period) == "scenario"


def test_page_1_of_the_full_year_speaks_of_the_plan_and_of_no_scenario(year: Edition) -> None:
    page, behind = composed(year, "en")
    assert "met or exceeded their annual plan" in page
    assert "scenario" not in page.lower()
    assert "#sec-changes}" in behind
    assert "Contribution to growth" in behind
    assert "kịch bản" not in composed(year, "vi")[0].lower()
    # Investment of 321,000 against a plan of 320,850: 0.047 % above it, which is not 0.0.
    assert "[0.05%]" in page


def test_the_half_year_says_that_no_scenario_and_no_plan_is_published(half: Edition) -> None:
    page, behind = composed(half, "en")
    assert "The documents give no scenario" in page
    assert "more than [" in page
    lacking = behind.partition("{#sec-lacks}")[2]
    assert "a scenario for this period" in lacking
    assert "annual targets for 2025" in lacking
    assert re.search(r"a result: [^\n]*Exports", lacking)
    assert "#sec-changes}" not in behind
    assert "Các văn bản không nêu kịch bản" in composed(half, "vi")[0]


def test_without_a_list_of_headline_indicators_no_figure_that_is_known_is_said_to_lack(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edition = Edition.open("2025-H1")
    monkeypatch.setattr(Edition, "headline", lambda _: [])
    for lang, words in (
        ("en", "a list of the headline indicators of 2025, the basis of “Economic growth” and"),
        ("vi", "danh mục chỉ tiêu chính của năm 2025, là căn cứ của mục"),
    ):
        lacking = composed(edition, lang)[1].partition("{#sec-lacks}")[2]
        assert words in lacking
        (silent,) = re.findall(r"(?:figures for:|số liệu cho mục) [^\n]*", lacking)
        assert "growth" not in silent
        assert "ăng trưởng" not in silent


def test_a_single_growth_rate_is_no_line_of_time(half: Edition) -> None:
    assert course(View.of(half, results(half), "vi")) is None
    now = Edition.open("2026-H1")
    assert course(View.of(now, results(now), "vi")) is not None


def test_a_later_publication_does_not_reach_an_earlier_edition(half: Edition) -> None:
    assert half.fact("grdp", "growth_yoy", Period.parse("2025-FY")).absent
    days = half.tables.observations["known_at"]
    assert max(days) <= half.params.edition_date


def test_a_gap_that_only_the_total_has_is_shared_among_no_sectors_and_no_bar_is_cut(
    year: Edition,
) -> None:
    known = Results()
    for study in (growth, implied, scorecard, decomposition, sectors):
        known.merge(study.study(year).results())
    view = View.of(year, known, "en")
    chapter = Chapter(view)
    section(chapter)
    (table,) = [part for part in chapter.parts if isinstance(part, Table)]
    # the press prints a plan of 12.35 for GRDP, and none for a sector
    assert [column.head for column in table.columns][-3:] == ["Annual[]{.br}plan", "Gap", "growth"]
    assert table.caption.endswith("Growth by sector, and contributions to growth")
    # rates of 33.3, 23.4, 23.1, 11.81 and 8.5: none is over 1.8 times the middle one, 23.1
    assert "white strokes" not in growths(view).note


def test_a_full_year_without_targets_compares_its_sectors_and_draws_nothing_else(
    year: Edition,
) -> None:
    known = computed.studied(year)
    drawn = gallery(View.of(year, known, "en", names=TEXTS))
    assert list(drawn) == ["growths"]
    assert briefing.compose(year, known, "en", drawn).charts == [drawn["growths"]]


def test_a_word_about_a_figure_without_scenario_is_told_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = as_known("9999-12-31", tmp_path / "p")
    growth = {"indicator": "grdp", "time_period": "2025-H1"}
    (row,) = (
        row
        for row in rows(project, "observations/2025-H1")
        if growth.items() <= row.items() and row["measure"] == "growth_yoy" and row["place"] == "HP"
    )
    place = {name: row[name] for name in ("place", "known_at", "source", "section")}
    said = {"kind": "verdict_word", "word": "misses", "line": 99, "printed": "không đạt"}
    append(
        project,
        "claims",
        id="word_grdp_2025_h1",
        operands="obs:grdp.growth_yoy@2025-H1",
        **growth,
        **place,
        **said,
    )
    assert checks.problems(project) == []
    monkeypatch.setenv("HALFYEAR_ROOT", str(project.root))
    page, _ = composed(Edition.open("2025-H1"), "en")
    # Four indicators are listed: the word misses one, nothing is said of the other three.
    assert re.search(r"\[0\]\{[^}]*} of \[4\]\{[^}]*} headline indicators", page)
    assert re.search(r"; \[3\]\{[^}]*} cannot be verified", page)


def test_the_method_explains_only_what_the_pages_use(year: Edition) -> None:
    def method(edition: Edition, known: Results) -> str:
        text = briefing.compose(edition, known, "en").body()
        return text.partition("{#sec-method}")[2].partition("{#sec-glossary}")[0]

    told = method(year, computed.studied(year))  # a full year has no rest, no goals and no projects
    assert "**Share of plan.**" in told
    assert not [name for name in ("Outlook", "Path of a sum", "On track") if f"**{name}.**" in told]
    half = method(Edition.open("2026-H1"), computed.results())
    assert all(f"**{name}.**" in half for name in ("Outlook", "Path of a sum", "On track"))
