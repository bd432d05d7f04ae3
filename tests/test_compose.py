"""The pages behind page 1: their sections, numbers and annex."""

import csv
import re
from functools import cache

import pytest

from computed import results, view
from halfyear.compose import briefing, chartdata
from halfyear.compose.briefing import Composed
from halfyear.compose.chapter import Chapter, lacking, named
from halfyear.compose.tree import Column
from opened import edition

SECTIONS = [
    *("growth", "statements", "scorecard", "sectors", "rest", "outlook", "path", "projects"),
    *("lacks", "annex", "figures", "plans", "goals", "audit", "assumptions", "method"),
    *("glossary", "sources"),
]
ID = re.compile(r'data-id="([^"]+)"')


@cache
def composed(lang: str) -> Composed:
    return briefing.compose(edition(), results(), lang)


def section(lang: str, key: str) -> str:
    body = composed(lang).body()
    start = body.index(f"{{#sec-{key}}}")
    rest = body[start:]
    following = re.search(r"\n#{1,2} .*\{#sec-", rest)
    return rest[: following.start()] if following else rest


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_sections_stand_in_order(lang: str) -> None:
    found = re.findall(r"\{#sec-([a-z]+)\}", composed(lang).body())
    assert [key for key in found if key in SECTIONS] == SECTIONS


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_annex_opens_a_page(lang: str) -> None:
    before = composed(lang).body().split("{#sec-annex}")[0]
    assert before.rstrip().splitlines()[-3:-1] == ["::: {.pagebreak}", ""] or (
        ".pagebreak}" in before[-120:]
    )


def test_both_languages_show_the_same_numbers() -> None:
    pair = [sorted(ID.findall(composed(lang).body())) for lang in ("vi", "en")]
    assert pair[0] == pair[1]


def test_both_languages_have_the_same_figures_and_tables() -> None:
    pair = [re.findall(r"#((?:fig|tbl)-[a-z_-]+)", composed(lang).body()) for lang in ("vi", "en")]
    assert pair[0] == pair[1]


def test_figures_and_tables_are_numbered_without_a_gap() -> None:
    for name in ("fig", "tbl"):
        heads = re.findall(rf'[^\n]*#{name}-[^\n]*number="(\d+)"', composed("en").body())
        assert [int(n) for n in heads] == list(range(1, len(heads) + 1))


def test_each_sector_shows_what_it_adds_to_growth_and_to_the_gap() -> None:
    text = section("vi", "growth")
    # weights nearest to last year's that give both totals: 53.4, 31.5, 9.0 and 6.1 times the rates
    # 13.46, 10.24, 8.69, 2.23 and times their gaps 1.09, 0.60, 1.83, 0.08
    for shown in ("7,2", "3,2", "0,8", "0,1", "−0,58", "−0,19", "−0,16", "0,00"):
        assert f"[{shown}]" in text
    # the first quarter, implied from 11.33 and 11.21 with 48 per cent: 11.46; services 11.2
    assert "≈\u00a0[11,46]" in text
    assert "≈\u00a0[11,2]" in text


def test_growth_names_the_rank_and_the_provinces_ahead() -> None:
    text = section("en", "growth")
    assert "ranks [3rd]" in text
    assert text.index("[12.79%]") < text.index("[11.44%]")


def test_difficulties_causes_and_proposals_stand_with_their_sections() -> None:
    text = section("vi", "statements")
    for head in ("Khó khăn", "Nguyên nhân khách quan", "Nguyên nhân chủ quan", "Đề xuất"):
        assert head in text
    assert "mục\u00a0III.2.2" in text or "mục\u00a0III.1.2.2" in text
    assert "[45.198,93" in text


def test_a_task_stands_beside_what_remains_and_its_absence_is_said() -> None:
    text = section("vi", "rest")
    row = next(line for line in text.splitlines() if line.startswith("| Nhà ở xã hội"))
    # 7,135 less 1,383; 5,752 in six months, against 864 in three
    assert "[5.752]" in row
    assert "[959]" in row
    assert "[288]" in row
    assert "mục\u00a0V.2" in row
    insurance = next(line for line in text.splitlines() if "BHXH" in line)
    assert "không có nhiệm vụ riêng" in insurance


def test_the_outlook_tells_the_base_that_governs_and_what_cannot_be_computed() -> None:
    text = section("en", "outlook")
    drawn = "".join(chart.svg for chart in composed("en").charts)
    assert ">54.3<" in drawn
    assert ">45.0<" not in drawn  # on 41.58, a registered slip
    assert "FDI commitments (missing: the figure for the year 2025)" in text
    assert "2025-FY)" not in re.sub(r"\{[^}]*\}", "", text)


def test_a_goal_has_two_assessments_each_with_its_rate() -> None:
    text = section("en", "path")
    assert "[8]" in text.split("Table")[0]  # of 11 plans below the path
    assert "[7]" in text.split("Table")[0]  # of 10 results behind it
    row = next(line for line in text.splitlines() if line.startswith("| State budget revenue"))
    # the plan is 194,936 on 190,379 to 196,151; the result grew 13.7
    assert "below" in row
    assert "ahead" in row
    assert "[2.4–3.2]" in row


def test_projects_tell_done_against_the_scenario() -> None:
    text = section("vi", "projects")
    assert "[21]" in text
    assert "[32]" in text


def test_a_sector_without_a_column_does_not_show_it() -> None:
    body = composed("en").body()
    table = body[body.index("#tbl-security ") :]
    head = next(line for line in table.splitlines() if line.startswith("|"))
    assert head.count("|") == 4  # name, level and growth: no quarter and no scenario is known


def test_the_annex_leaves_figures_that_nothing_is_held_against_to_the_workbook() -> None:
    # The report counts 613 thousand foreign visitors and no document says against what.
    body = composed("en").body()
    annex = body[body.index("#tbl-tourism ") : body.index("#tbl-agriculture ")]
    assert "visitors.level@2026-H1" in annex
    assert "visitors_international.level" not in annex
    assert "#tbl-digital " not in body


def test_a_table_without_rows_takes_no_number() -> None:
    chapter = Chapter(view("en"))
    chapter.table("none", "path.table", [Column("a", "1fr")], [], year="2026")
    assert chapter.parts == []
    assert chapter.counts == {}


def test_a_name_carries_its_unit_only_for_a_level() -> None:
    assert "bn USD" in named(view("en"), "exports.level")
    assert "%" in named(view("en"), "iip.growth_yoy")
    assert "USD" not in named(view("en"), "exports.level", unit=False)


def test_what_lacks_is_said_in_words() -> None:
    assert lacking(view("en"), "obs:fdi.level@2025-FY") == "the figure for the year 2025"
    assert lacking(view("vi"), "obs:fdi.growth_yoy@2026-Q2") == "tốc độ tăng quý II/2026"


def rows(lang: str, table: str) -> list[list[str]]:
    """Cells of a table's rows, without its head."""
    block = section(lang, "audit").split(f"#tbl-{table} ")[1].split(":::")[0]
    lines = [line for line in block.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_annex_tells_the_ten_findings_that_matter_by_theme(lang: str) -> None:
    told = rows(lang, "audit-findings")
    assert len(told) == 10
    themes = [line[0] for line in told if line[0].strip()]
    assert len(themes) == len(set(themes)) > 3


def test_a_finding_shows_both_figures_with_their_places_and_what_is_recomputed() -> None:
    (line,) = [line for line in rows("en", "audit-findings") if "FDI commitments" in line[1]]
    _, note, sides, found = line
    # 3.098 billion USD, 1.75 times last year's: 3.098 / 1.75 = 1.770; nearly 1.3 was published.
    assert "To verify" in note
    assert ID.findall(sides)[0] == "obs:fdi.level@2026-H1"
    assert "(Draft report, section II.2.6.1, line 172)" in sides
    assert "1.770" in found
    assert "difference [" in found


def test_a_figure_of_a_former_place_leads_to_its_place_in_the_document() -> None:
    (line,) = [line for line in rows("en", "audit-findings") if "Fully online" in line[1]]
    own = "base:HD_old.online_public_services.level@year_2025"
    assert {own, f"{own}/target"} <= set(ID.findall(line[1]))
    (entry,) = [one for one in composed("en").provenance if one.id == f"{own}/target"]
    figure, _, place, *_ = entry.facts
    assert "Hải Dương (before the merger)" in figure.text
    assert "line 951" in place.text


def test_whatever_the_audit_computes_opens_on_figures() -> None:
    shown = {id for id in ID.findall(section("en", "audit")) if id.startswith("audit_")}
    assert shown
    for id in shown:
        assert set(results()[id].operands) <= set(results().quantities), id


def test_figures_of_a_chart_are_saved_with_name_unit_and_place() -> None:
    for lang, unit in (("vi", "dự án"), ("en", "projects")):
        one = composed(lang)
        chart = next(chart for chart in one.charts if chart.name == "states")
        head, *rows = csv.reader(chartdata.text(one.view, chart).splitlines())
        assert {len(row) for row in rows} == {len(head)} == {6}
        # The report on the first half, line 553: "12/26" industrial parks are expected behind.
        behind = [row for row in rows if row[2] == row[3] == "12" and row[5].endswith("553")]
        assert [row[4] for row in behind] == [unit]
