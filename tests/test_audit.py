"""The audit: what it must find in the documents, how it tells it, what it survives."""

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml

from halfyear.audit import Finding, run, tally, write
from halfyear.audit.finding import CLASSES, COLUMNS, SEVERITIES
from halfyear.audit.notes import templates
from halfyear.charts.findings import findings
from halfyear.number import NBSP, Formatter, Symbols
from halfyear.project import Project
from halfyear.results import Results
from opened import changed, edition, without


@cache
def found() -> tuple[Finding, ...]:
    return tuple(run(edition()))


def _about(rule: str, indicator: str, findings: tuple[Finding, ...] | None = None) -> list[Finding]:
    every = found() if findings is None else findings
    return [f for f in every if f.id.startswith(f"{rule}/") and f.indicator == indicator]


@pytest.mark.parametrize(
    ("rule", "indicator", "says"),
    [
        ("share_range", "fdi", "3.902"),  # 3.098 / 0.794 = 3.902
        ("base", "investment", "139,049"),  # 158516 / 1.14
        ("base", "fdi", "1.770"),  # 3.098 / 1.75
        ("vintage_twin", "exports", "Imports"),  # 41.58 printed for imports on the same line
        ("growth_target_base", "exports", "3.71%"),  # 52 / 50.14; 52 / 49.7 gives the 4.63 printed
        ("vintage", "budget_revenue", "187,766"),
        ("vintage_target", "budget_revenue", "194,935.654"),  # between 190,379 and 196,151
        ("goal_below_former", "high_tech_share", "68.00%"),  # goal above 60, reached 68
        ("goal_below_target", "high_tech_share", "63%"),
        ("targets", "grdp", "13.18%"),  # June's sector targets at weights of 2025
        ("identity", "grdp", "11.65%"),  # first half at weights of 2025
        ("cutoff", "budget_revenue", "54,442"),
        ("at_most", "public_investment_disbursed", "15,496"),
        ("ratio", "crime_clearance", "96.61%"),  # 370 / 383
        ("remainder", "budget_revenue", "6,269"),  # 114833 - 59957 - 48607
        ("first_part", "exports", "12.1 billion"),  # 24.1 - 12.0 against 25.9 - 13.4
        ("break", "port_throughput", "238"),
        ("result", "online_public_services", "35%"),
        ("target_scope", "grdp", "average"),
        ("each_year", "enterprises_new", "9,200"),
    ],
)
def test_what_the_documents_get_wrong(rule: str, indicator: str, says: str) -> None:
    assert any(says in finding.note_en.replace(NBSP, " ") for finding in _about(rule, indicator))


def test_shares_that_agree_are_no_findings() -> None:
    # 158516 / 363000 = 43.67, printed 43.7; 4882 / 7500 = 65.09, printed 65.1
    assert not _about("share", "investment")
    assert not _about("share", "enterprises_new")


def test_published_bounds_that_agree_are_no_findings() -> None:
    for indicator in ("port_throughput", "visitors", "budget_revenue"):
        assert not _about("base", indicator)


def test_only_what_moves_a_headline_verdict_or_share_is_high() -> None:
    high = [finding for finding in found() if finding.severity == "high"]
    assert {finding.indicator for finding in high} == {"fdi"}
    wrong = changed("claims", "word", "exceeds", id="claim:word_grdp_h1_l498")
    raised = _about("word", "grdp", tuple(run(wrong)))
    assert [finding.severity for finding in raised] == ["high"]


def test_a_mended_document_has_no_finding() -> None:
    mended = changed("claims", "value", Decimal("81.5"), id="claim:share_fdi_2026_h1")
    assert not _about("share_range", "fdi", tuple(run(mended)))


def test_later_publications_are_not_seen_by_an_earlier_edition() -> None:
    earlier = without("observations", source="bpl_2026_01_06")
    assert not _about("vintage_target", "budget_revenue", tuple(run(earlier)))


def test_count_that_disagrees_with_its_list_is_found() -> None:
    short = without("claims", id="claim:list_exports_h1_l532")
    raised = [f for f in run(short) if f.id.startswith(("count/", "list_omits/"))]
    assert {f.id.split("/")[0] for f in raised} == {"count", "list_omits"}
    assert all(f.severity == "high" for f in raised)


@pytest.mark.parametrize(("stated", "code"), [(11, "count_above"), (3, "count_below"), (10, "")])
def test_a_count_that_the_figures_rule_out_is_found(stated: int, code: str) -> None:
    # Of 12 indicators the figures of 6 can be compared: GRDP and IIP miss, four meet. So no count
    # above 10 or below 4 can be right.
    raised = run(changed("claims", "value", Decimal(stated), id="claim:count_h1_l532"))
    codes = {f.id.split("/")[0]: f.severity for f in raised if f.id.startswith("count_")}
    assert codes == ({code: "high"} if code else {})


def test_states_of_projects_must_add_up() -> None:
    place = {"group": "key_projects", "state": "behind"}
    assert [
        f for f in run(changed("projects", "count", 9, **place)) if f.id.startswith("projects/")
    ]
    assert not [f for f in found() if f.id.startswith("projects/")]


@pytest.mark.parametrize(
    "broken",
    [
        lambda: without("scenarios", place="HP"),
        lambda: without("plan", place="HP"),
        lambda: without("goals", place="HP"),
        lambda: without("baseline", source="political_report_2025"),
        lambda: without("observations", time_period="2025-FY"),
        lambda: without("observations", place="HP"),
        lambda: changed("plan", "low", Decimal(0), place="HP"),
        lambda: changed("observations", "value", Decimal(0), place="HP"),
        lambda: changed("observations", "value", Decimal(-100), measure="growth_yoy"),
    ],
)
def test_missing_or_absurd_figures_never_stop_the_audit(broken) -> None:
    assert isinstance(run(broken()), list)


def test_every_note_is_in_both_languages_without_gaps() -> None:
    folder = Project.find().report / "texts"
    vi, en = (
        yaml.safe_load((folder / f"audit.{lang}.yml").read_text(encoding="utf-8"))
        for lang in ("vi", "en")
    )
    rules = {key for key in en if not key.startswith(("word_", "chart_"))}
    words = {key for key in en if key.startswith(("word_", "chart_"))}
    assert rules | words <= set(vi)
    for finding in found():
        assert finding.note_vi
        assert finding.note_en
        assert "{" not in finding.note_vi + finding.note_en
        assert finding.note_vi != finding.note_en


def test_csv_has_the_agreed_columns_and_survives_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "audit.csv"
    formula = Finding("a", "slip", "low", "x", "s", "1", "=1+1", "", "", "", "-0.32", "v", "e")
    write([*found(), formula], path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == COLUMNS
    assert COLUMNS[:4] == ["id", "class", "severity", "indicator"]
    assert COLUMNS[-3:] == ["recomputed", "note_vi", "note_en"]
    assert len({row["id"] for row in rows}) == len(rows)
    assert {row["class"] for row in rows} <= set(CLASSES)
    order = [SEVERITIES.index(row["severity"]) for row in rows[:-1]]
    assert order == sorted(order)
    assert rows[-1]["figure_a"] == "'=1+1"
    assert rows[-1]["recomputed"] == "-0.32"


def test_counts_and_chart_tell_the_same() -> None:
    results = Results()
    results.add(*tally.counts(found(), edition().period))
    kinds = [results[f"audit:{kind}@2026-H1"].value for kind in CLASSES]
    assert sum(kinds) == results["audit:all@2026-H1"].value == len(found())
    for lang in ("vi", "en"):
        words = templates(Project.find(), lang)
        chart = findings(results, Formatter(lang, Symbols({}, {})), words, edition().period)
        assert str(len(found())) in chart.title
        assert words["word_contradiction"] in chart.alt
        assert chart.svg.count('class="num"') == len(chart.data)


def test_table_shows_only_the_rules_asked_for() -> None:
    shown = tally.table(found(), "base")
    assert len(shown) == 2
    assert shown["where"].str.contains("tctc_2025_07:30").any()
