"""The audit: what it must find in the documents, how it tells it, what it survives."""

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml

from halfyear.audit import Audit, Finding, run, study, tally, write
from halfyear.audit.finding import CLASSES, COLUMNS, SEVERITIES
from halfyear.audit.notes import templates
from halfyear.audit.rules import RULES, name
from halfyear.charts.findings import heatmap
from halfyear.number import NBSP
from halfyear.project import Project
from halfyear.results import Results
from opened import changed, edition, without


@cache
def found() -> tuple[Finding, ...]:
    return tuple(run(edition()))


def defined() -> set[str]:
    """Names of the rules, as the method defines them."""
    return {name(rule) for rules in RULES.values() for rule in rules}


def _about(rule: str, indicator: str, findings: tuple[Finding, ...] | None = None) -> list[Finding]:
    every = found() if findings is None else findings
    return [f for f in every if f.rule == rule and next(iter(f.indicators), "") == indicator]


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
        ("cutoff", "budget_revenue", "54,442"),
        ("at_most", "public_investment_disbursed", "15,496"),
        ("ratio", "crime_clearance", "96.61%"),  # 370 / 383
        ("first_part", "iip", "Tourist arrivals"),  # six indicators in one note
        ("first_part_growth", "imports", "74%"),  # 10.1 on 21.6 / 1.168 - 11.5 / 0.907 = 5.8
        ("steady_ratio", "electricity_commercial", "84.7%"),  # (9048/1.1116) / (9389/0.9766)
        ("break", "social_insurance_coverage", "56.8%"),
        ("result", "online_public_services", "35%"),
        ("target_scope", "grdp", "average"),
        ("below_each_year", "enterprises_new", "9,200"),
        ("below_average", "retail_sales", "14 to 15%"),
        ("below_average", "grdp", "14 to 14.5%"),
        ("below_average", "iip", "17 to 17.5%"),  # 15.5, at best 16
        ("word_several", "grdp", "Product taxes less subsidies fall short of it"),
        ("cited_date", "", "11/12/2025 and ngày 08/12/2025"),
        ("row_skipped", "", "9 is followed by 11"),
        ("section_number", "", "2.2.2 stands within section 2.1"),
    ],
)
def test_what_the_documents_get_wrong(rule: str, indicator: str, says: str) -> None:
    notes = (finding.note_en.replace(NBSP, " ") for finding in _about(rule, indicator))
    assert any(says in note for note in notes)


def test_an_important_finding_is_grave_whatever_its_class() -> None:
    # Stakes: imports 74 - 16.8 points; electricity 96.4 - 84.7 = 11.7; FDI 0.47 of 1.77, 27 %;
    # social housing 3,640 of 10,775, 34 %; enterprises 1,700 of 9,200, 18 %, twice; doctors 4 of
    # 19, 21 %; exports 8.56 of 50.14, 17 %, twice; the target of revenue between two results.
    important = {(f.rule, f.indicator) for f in found() if f.severity == "important"}
    assert important == {
        ("first_part_growth", "imports"),
        ("steady_ratio", "electricity_commercial"),
        ("base", "fdi"),
        ("target_below", "social_housing"),
        ("below_each_year", "enterprises_new"),
        ("dated_goal", "doctors_per_10k"),
        ("vintage_twin", "exports"),
        ("vintage_target", "budget_revenue"),
    }


def test_what_changes_a_headline_verdict_is_important() -> None:
    wrong = changed("claims", "word", "exceeds", id="claim:word_grdp_h1_l498")
    raised = _about("word", "grdp", tuple(run(wrong)))
    assert [finding.severity for finding in raised] == ["important"]


def test_indicators_without_a_scenario_are_one_sentence() -> None:
    (finding,) = _about("no_scenario", "budget_revenue")
    assert finding.indicators == (
        "budget_revenue",
        "port_throughput",
        "enterprises_new",
        "trained_labour",
        "social_insurance_coverage",
        "social_housing",
    )
    assert len([f for f in found() if f.kind == "no_basis"]) <= 4


def test_the_ten_that_matter_come_by_theme_with_every_important_one() -> None:
    told = tally.ten(found())
    assert len(told) == 10
    assert {f.id for f in found() if f.severity == "important"} <= {f.id for f in told}
    themes = [f.theme for f in told]
    assert all(themes.count(theme) <= 3 for theme in themes)
    runs = [theme for n, theme in enumerate(themes) if n == 0 or themes[n - 1] != theme]
    assert len(runs) == len(set(runs))  # each theme stands in one place
    assert "assessment" in themes  # "follows the scenario" beside five that miss it
    assert tally.ten([]) == []


def test_later_publications_are_not_seen_by_an_earlier_edition() -> None:
    earlier = without("observations", source="bpl_2026_01_06")
    assert not _about("vintage_target", "budget_revenue", tuple(run(earlier)))


def test_count_that_disagrees_with_its_list_is_found() -> None:
    short = without("claims", id="claim:list_exports_h1_l532")
    raised = [f for f in run(short) if f.id.startswith(("count/", "list_omits/"))]
    assert {f.id.split("/")[0] for f in raised} == {"count", "list_omits"}
    assert all(f.severity == "important" for f in raised)


@pytest.mark.parametrize(("stated", "code"), [(11, "count_above"), (3, "count_below"), (10, "")])
def test_a_count_that_the_figures_rule_out_is_found(stated: int, code: str) -> None:
    # Of 12 indicators the figures of 6 can be compared: GRDP and IIP miss, four meet. So no count
    # above 10 or below 4 can be right.
    raised = run(changed("claims", "value", Decimal(stated), id="claim:count_h1_l532"))
    codes = {f.id.split("/")[0]: f.severity for f in raised if f.id.startswith("count_")}
    assert codes == ({code: "important"} if code else {})


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
    formula = Finding(
        "a", "typographical", "minor", "x", "s", "1", "=1+1", "", "", "", "-0.32", "v", "e"
    )
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


def test_counts_and_heat_maps_tell_the_same() -> None:
    results = Results()
    results.add(*tally.counts(found(), edition().period))
    kinds = [results[f"audit:{kind}@2026-H1"].value for kind in CLASSES]
    assert sum(kinds) == results["audit:all@2026-H1"].value == len(found())
    counts, matrix = tally.classes(found()), tally.documents(found())
    assert counts.to_numpy().sum() == matrix.to_numpy().sum() == len(found())
    # The share of the FDI plan: 79.4 % in the report, 3.8 to 4.3 billion USD in the resolution.
    assert matrix.loc["report_2026_h1", "nq74_2025"] + matrix.loc["nq74_2025", "report_2026_h1"] > 5
    for lang in ("vi", "en"):
        words = templates(Project.find(), lang)
        labels = {key.removeprefix("word_"): text for key, text in words.items()}
        chart = heatmap("audit-classes", counts, words["chart_title"], {**words, **labels})
        assert words["word_inconsistency"] in chart.alt
        assert len(chart.data) == len(counts)


def test_a_heat_map_of_nothing_says_so() -> None:
    words = templates(Project.find(), "en")
    assert heatmap("empty", tally.classes([]), "x", words).title == "No findings"
    assert heatmap("empty", tally.documents([]), "x", words).title == "No findings"


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("vi", "Nghị quyết số 74/NQ-HĐND, Điều 1.3(12), dòng 159"),
        ("en", "Resolution 74/NQ-HĐND, Article 1.3(12), line 159"),
    ],
)
def test_a_finding_is_told_with_document_section_and_line(lang: str, told: str) -> None:
    (line,) = tally.lines(_about("share_range", "fdi"), edition(), lang)
    assert told in line[-1]
    assert "II.2.6.1" in line[-1]


def test_the_study_survives_being_saved() -> None:
    made = study(edition())
    assert Audit.from_json(made.as_json()) == made
    # 158,516 / 1.14 = 139,049 and more than 139,800 was published.
    assert round(made.bases["investment"].known.middle) == 139049
    assert {"investment", "fdi"} == set(made.gaps)
