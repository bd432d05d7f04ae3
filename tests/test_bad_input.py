"""Bad input: every kind of error names its file, row, column and mend."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfyear.data import checks
from halfyear.data.faults import Fault, catalogue
from halfyear.project import Project
from small_project import add, copy, put, replace

OBS = "observations/2026-H1"
PRJ = "projects/2026-H1"
HP = 28  # line of the home place in places.csv, the former city below it


@dataclass(frozen=True)
class Case:
    """A way to break the small project, and the fault it must raise."""

    code: str
    breaks: Callable[[Path], object]
    file: str
    row: int | None = None
    column: str = ""
    found: str | None = None
    says: str = ""


def cell(table: str, row: int, **cells: str) -> Callable[[Path], object]:
    return lambda root: put(root, table, row, **cells)


def more(table: str, like: int, **cells: str) -> Callable[[Path], object]:
    return lambda root: add(root, table, like, **cells)


def text(table: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda root: replace(root, table, old, new)


def body(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda root: (root / "data" / name).write_bytes(content)


def gone(name: str) -> Callable[[Path], object]:
    return lambda root: (root / "data" / name).unlink()


def folder(name: str) -> Callable[[Path], object]:
    def put_folder(root: Path) -> None:
        (root / "data" / name).unlink()
        (root / "data" / name).mkdir()

    return put_folder


def both(*breaks: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda root: [each(root) for each in breaks]


def correction(
    facts: str = '["obs:exports.level@2026-H1"]',
    *,
    check: str = "",
    expect: str = '{"obs:exports.level@2026-H1": "25,9 tỷ USD"}',
    action: str = "flag",
    names: tuple[str, ...] = ("one",),
) -> Callable[[Path], object]:
    entries = "".join(
        f"- id: {name}\n  locator: {{facts: {facts}{f', check: {check}' if check else ''}}}\n"
        f"  what_vi: sai\n  what_en: wrong\n  action: {action}\n  reason: test\n"
        f"  expect: {expect}\n"
        for name in names
    )
    return body("corrections.yml", entries.encode())


def in_semicolons(old: str, new: str) -> Callable[[Path], object]:
    """Rewrite the scenarios with semicolons, then change a piece."""

    def rewrite(root: Path) -> None:
        header = "plan;set_by;set_on;place;indicator;measure;time_period;value;low;high;unit;"
        header += "known_at;source;section;line;nth;printed;printed_unit"
        row = (
            "plan184;UBND;20/5/2026;HP;grdp;growth_yoy;2026-H1;12,27;;;pct;30/6/2026;report;I;3;3;"
        )
        path = root / "data" / "scenarios.csv"
        path.write_text(f"{header}\n{row}12,27%;pct\n".replace(old, new), encoding="utf-8")

    return rewrite


CASES = [
    Case("package_unreadable", body("datapackage.json", b"{"), "datapackage.json"),
    Case(
        "path_outside",
        text("datapackage.json", '"headline.csv"', '"../headline.csv"'),
        "datapackage.json",
        found="../headline.csv",
    ),
    Case(
        "table_missing",
        text("datapackage.json", '"name": "goals"', '"name": "aims"'),
        "datapackage.json",
        says="goals",
    ),
    Case("file_missing", gone("goals.csv"), "goals.csv"),
    Case("file_unreadable", folder("goals.csv"), "goals.csv"),
    Case("file_empty", body("goals.csv", b"\xef\xbb\xbf\r\n"), "goals.csv"),
    Case(
        "file_not_listed",
        body("observations/2026-9M.csv", b"place,indicator\n"),
        "datapackage.json",
        found="observations/2026-9M.csv",
    ),
    Case("not_text", body("goals.csv", "id,name".encode("utf-16")), "goals.csv"),
    Case("not_utf8", body("goals.csv", b"id,name\ngoal,t\xe0i\n"), "goals.csv", row=2),
    Case("no_header", body("goals.csv", b"2026-2030,HP,grdp\n"), "goals.csv", row=1),
    Case("broken_quotes", text("goals", ',"14-14,5', ',"14"-14,5'), "goals.csv"),
    Case("column_twice", text("goals", "place,ind", "low,ind"), "goals.csv", 1, "low"),
    Case("column_missing", text("headline", ",measure", ""), "headline.csv", 1, "measure"),
    Case("column_renamed", text(OBS, "value,", "valeu,"), f"{OBS}.csv", 1, "value", "valeu"),
    Case(
        "column_extra",
        body("headline.csv", b"year,order,indicator,measure,beside,zz\n"),
        "headline.csv",
    ),
    Case("too_many_cells", text(OBS, '"25,9 tỷ USD"', "25,9 tỷ USD"), f"{OBS}.csv", 6, says="18"),
    Case("too_few_cells", text("headline", "1,grdp,", "1,"), "headline.csv", 2, found="5"),
    Case("value_missing", cell(OBS, 2, value=""), f"{OBS}.csv", 2, "value"),
    Case("value_missing", cell(OBS, 2, source=""), f"{OBS}.csv", 2, "source"),
    Case("value_missing", cell(OBS, 2, place=""), f"{OBS}.csv", 2, "place"),
    Case("value_missing", cell(OBS, 2, line=""), f"{OBS}.csv", 2, "line"),
    Case("not_in_codelist", cell(OBS, 2, obs_status="Z"), f"{OBS}.csv", 2, "obs_status"),
    Case("unknown_code", cell(OBS, 2, place="XX"), f"{OBS}.csv", 2, "place", found="XX"),
    Case("unknown_code", cell("places", 2, part_of="XX"), "places.csv", 2, "part_of", found="XX"),
    Case("place_in_itself", cell("places", 3, part_of="TDMNPB"), "places.csv", 3, "part_of"),
    Case("place_in_narrower", cell("places", 3, part_of="QN"), "places.csv", 3, "part_of"),
    Case("place_ends_first", cell("places", HP, until="2025-06-30"), "places.csv", HP, "until"),
    Case(
        "place_merged_without_end", cell("places", HP + 1, until=""), "places.csv", HP + 1, "until"
    ),
    Case(
        "place_after_merger",
        cell("places", HP + 1, until="2025-07-01"),
        "places.csv",
        HP + 1,
        "until",
        says="2025-07-01",
    ),
    Case(
        "part_belongs_wider",
        both(cell("indicators", 5, belongs_to="HP"), cell("indicators", 7, belongs_to="HP")),
        "indicators.csv",
        6,
        "belongs_to",
        says="HP",
    ),
    Case(
        "indicator_elsewhere",
        cell("indicators", 4, belongs_to="QN"),
        "plan.csv",
        4,
        "indicator",
        says="QN",
    ),
    Case("home_missing", cell("places", HP, home=""), "places.csv", column="home"),
    Case("home_twice", cell("places", HP + 1, home="yes"), "places.csv", HP + 1, "home", says="HP"),
    Case("place_not_yet", cell("places", HP, **{"from": "2026-07-01"}), f"{OBS}.csv", 2, "place"),
    Case("not_in_form", cell("claims", 2, id="Share 1"), "claims.csv", 2, "id"),
    Case("not_an_id", cell(OBS, 2, unit="tỷ USD"), f"{OBS}.csv", 2, "unit", "tỷ USD", "units.csv"),
    Case("not_a_period", cell(OBS, 2, time_period="Jun-26"), f"{OBS}.csv", 2, "time_period"),
    Case("not_a_period", cell(OBS, 2, time_period="../2026"), f"{OBS}.csv", 2, "time_period"),
    Case("not_a_hash", cell("sources", 2, sha256="abc"), "sources.csv", 2, "sha256"),
    Case("not_a_date", cell(OBS, 2, cutoff="2026-02-30"), f"{OBS}.csv", 2, "cutoff"),
    Case("not_a_date", cell("sources", 3, date="2025-13"), "sources.csv", 3, "date"),
    Case("not_a_date", cell("sources", 3, date="2025-12-11-01"), "sources.csv", 3, "date"),
    Case("day_first_date", cell(OBS, 2, cutoff="30/06/2026"), f"{OBS}.csv", 2, "cutoff"),
    Case("decimal_comma", cell(OBS, 2, value="11,33"), f"{OBS}.csv", 2, "value", "11,33"),
    Case("thousands_point", cell(OBS, 7, value="8.443.000"), f"{OBS}.csv", 7, "value"),
    Case(
        "point_in_semicolon_file", in_semicolons(";12,27;", ";12.27;"), "scenarios.csv", 2, "value"
    ),
    Case("exponent", cell(OBS, 7, value="8E+03"), f"{OBS}.csv", 7, "value"),
    Case("unit_in_number", cell(OBS, 2, value="11.33%"), f"{OBS}.csv", 2, "value"),
    Case("space_in_number", cell(OBS, 7, value="8 443"), f"{OBS}.csv", 7, "value"),
    Case("not_a_number", cell(OBS, 2, value="--"), f"{OBS}.csv", 2, "value"),
    Case("not_an_integer", cell(OBS, 2, nth="2.5"), f"{OBS}.csv", 2, "nth"),
    Case("same_key", more(OBS, 2, line="3", nth=""), f"{OBS}.csv", 14, says="row 2"),
    Case("same_key", more("indicators", 2), "indicators.csv", 10, "id"),
    Case("unknown_code", cell(OBS, 2, indicator="gdp"), f"{OBS}.csv", 2, "indicator", "gdp"),
    Case("unknown_code", cell(OBS, 4, unit="bn_usdd"), f"{OBS}.csv", 4, "unit", says="bn_usd?"),
    Case(
        "unknown_code", cell("plan", 2, set_by="plan185"), "plan.csv", 2, "set_by", says="plan184"
    ),
    Case("own_parent", cell("indicators", 2, parent="grdp"), "indicators.csv", 2, "parent"),
    Case(
        "name_too_long",
        cell("indicators", 2, name_short_vi="x" * 46),
        "indicators.csv",
        2,
        "name_short_vi",
        says="45",
    ),
    Case("term_two_ways", cell("indicators", 4, name_vi="Xuất khẩu"), "indicators.csv", 4),
    Case(
        "synonym_twice",
        cell("indicators", 4, synonyms="Tăng trưởng"),
        "indicators.csv",
        4,
        "synonyms",
    ),
    Case("multiplier_not_positive", cell("units", 2, multiplier="0"), "units.csv", 2, "multiplier"),
    Case("headline_order", cell("headline", 3, order="3"), "headline.csv", 3, "order"),
    Case("hash_missing", cell("sources", 2, sha256=""), "sources.csv", 2, "sha256"),
    Case("hash_of_cited", cell("sources", 4, sha256="a" * 64), "sources.csv", 4, "sha256"),
    Case("source_cited", cell("scenarios", 2, source="plan184"), "scenarios.csv", 2, "source"),
    Case("supersedes_itself", cell("sources", 2, supersedes="report"), "sources.csv", 2),
    Case("known_too_early", cell(OBS, 2, known_at="2026-05-31"), f"{OBS}.csv", 2, "known_at"),
    Case("known_too_early", cell("scenarios", 2, known_at="2026-05-19"), "scenarios.csv", 2),
    Case(
        "edition_name",
        both(
            lambda root: (root / f"data/{PRJ}.csv").rename(root / "data/projects/2026-06.csv"),
            text("datapackage.json", "projects/2026-H1.csv", "projects/2026-06.csv"),
        ),
        "projects/2026-06.csv",
    ),
    Case("period_after_edition", cell(PRJ, 2, time_period="2026-Q3"), f"{PRJ}.csv", 2),
    Case("cutoff_outside", cell(OBS, 4, cutoff="2026-05-31"), f"{OBS}.csv", 4, "cutoff"),
    Case("cutoff_outside", cell(OBS, 4, cutoff="2026-07-01"), f"{OBS}.csv", 4, "cutoff"),
    Case("unit_not_indicators", cell(OBS, 4, unit="m_usd", value="3800"), f"{OBS}.csv", 4, "unit"),
    Case("unit_not_measures", cell(OBS, 2, unit="times"), f"{OBS}.csv", 2, "unit", says="pct"),
    Case("unit_not_printed", cell(OBS, 4, printed_unit="k_visits"), f"{OBS}.csv", 4),
    Case("no_comparison", cell(OBS, 2, comparison=""), f"{OBS}.csv", 2, "comparison"),
    Case("printed_unreadable", cell(OBS, 2, printed="11.3%"), f"{OBS}.csv", 2, "printed"),
    Case("value_not_printed", cell(OBS, 2, value="11.34"), f"{OBS}.csv", 2, "value", says="11.33"),
    Case("thousands_lost", cell(OBS, 10, value="2.5"), f"{OBS}.csv", 10, "value", says="2500"),
    Case("value_not_printed", cell(OBS, 2, printed="giảm 11,33%"), f"{OBS}.csv", 2, says="-11.33"),
    Case("value_not_printed", cell(OBS, 12, value="2"), f"{OBS}.csv", 12, "value"),
    Case("thousands_lost", cell(OBS, 7, value="8.443"), f"{OBS}.csv", 7, "value", says="8443"),
    Case("range_not_printed", cell("goals", 2, high="15"), "goals.csv", 2, "high", says="14.5"),
    Case("range_not_printed", cell("plan", 2, printed="13-14%"), "plan.csv", 2, "high"),
    Case(
        "bound_not_printed", cell(OBS, 10, bound=""), f"{OBS}.csv", 10, "bound", says="just_under"
    ),
    Case("bound_not_printed", cell(OBS, 4, bound="ge"), f"{OBS}.csv", 4, "bound"),
    Case("bound_not_printed", cell("plan", 2, printed="trên 13%"), "plan.csv", 2, "comparator"),
    Case("nth_missing", cell(OBS, 2, nth=""), f"{OBS}.csv", 2, "nth"),
    Case("nth_without_numeral", cell(OBS, 12, nth="1"), f"{OBS}.csv", 12, "nth"),
    Case("place_not_positive", cell(OBS, 2, line="0"), f"{OBS}.csv", 2, "line"),
    Case("numeral_twice", cell(OBS, 4, nth="3"), f"{OBS}.csv", 5, "nth", says="row 4"),
    Case("numeral_twice", cell("plan", 3, nth="3"), "plan.csv", 4, "nth"),
    Case("numeral_twice", cell("unclaimed", 2, nth="4"), "unclaimed.csv", 2, "nth"),
    Case("low_above_high", cell("goals", 2, low="15"), "goals.csv", 2, "low"),
    Case("range_incomplete", cell("goals", 2, high=""), "goals.csv", 2, "high"),
    Case("high_without_range", cell("goals", 2, comparator="eq"), "goals.csv", 2, "high"),
    Case("target_missing", cell("plan", 2, low=""), "plan.csv", 2, "low"),
    Case("text_missing", cell("plan", 2, comparator="text", low=""), "plan.csv", 2, "text_vi"),
    Case("value_or_range", cell("scenarios", 2, low="12"), "scenarios.csv", 2, "value"),
    Case("value_or_range", cell("scenarios", 2, value=""), "scenarios.csv", 2, "value"),
    Case(
        "result_missing",
        cell("baseline", 2, target_comparator="", target_low="", value="", printed="", nth=""),
        "baseline.csv",
        2,
        "value",
    ),
    Case("word_missing", cell("claims", 5, word=""), "claims.csv", 5, "word"),
    Case("operands_missing", cell("claims", 3, operands=""), "claims.csv", 3, "operands"),
    Case(
        "unknown_operand",
        cell("claims", 5, operands="obs:exports.level@2026-H2"),
        "claims.csv",
        5,
        "operands",
        says="obs:exports.level@2026-",
    ),
    Case(
        "unknown_operand",
        cell("claims", 5, operands="base:grdp.growth_yoy@average"),
        "claims.csv",
        5,
        says="base:HP_old",
    ),
    Case("count_above_total", cell("claims", 4, value="5"), "claims.csv", 4, "value"),
    Case("count_above_total", cell(PRJ, 2, scenario_count="9"), f"{PRJ}.csv", 2, "scenario_count"),
    Case("negative_count", cell(PRJ, 2, count="-5"), f"{PRJ}.csv", 2, "count"),
    Case("states_not_total", cell(PRJ, 4, count="2", printed="2/8"), f"{PRJ}.csv", 2, "total", "9"),
    Case(
        "share_outside", cell(OBS, 11, value="137.5", printed="137,5%"), f"{OBS}.csv", 11, "value"
    ),
    Case("rank_not_whole", cell("plan", 5, low="0", printed="0"), "plan.csv", 5, "low"),
    Case(
        "part_of_period_above",
        cell(OBS, 4, value="33.8", printed="33,8 tỷ USD"),
        f"{OBS}.csv",
        4,
        "value",
        says="13.4",
    ),
    Case(
        "parts_not_total",
        cell(OBS, 9, value="7337", printed="7.337 nghìn lượt"),
        "claims.csv",
        3,
        "operands",
        found="8543",
        says="8443",
    ),
    Case(
        "share_not_recomputed",
        cell("claims", 2, value="48.9", printed="48,9%"),
        "claims.csv",
        2,
        "value",
        says="49.9",
    ),
    Case(
        "restated_otherwise",
        cell("claims", 6, value="29.5", printed="29,5 tỷ USD"),
        "claims.csv",
        6,
        "value",
        says="25.9 bn_usd",
    ),
    Case("corrections_unreadable", body("corrections.yml", b"- {id: x}\n"), "corrections.yml"),
    Case("corrections_unreadable", body("corrections.yml", b"id: x\n"), "corrections.yml"),
    Case("corrections_unreadable", body("corrections.yml", b"- [\n"), "corrections.yml"),
    Case("corrections_unreadable", correction(action="override"), "corrections.yml"),
    Case("correction_twice", correction(names=("one", "one")), "corrections.yml", found="one"),
    Case("correction_fact", correction('["obs:gold.level@2026-H1"]'), "corrections.yml"),
    Case(
        "correction_expect",
        correction(expect='{"obs:exports.level@2026-H1": "26 tỷ USD"}'),
        "corrections.yml",
        says="26 tỷ USD",
    ),
    Case(
        "correction_unused",
        correction(check="part_of_period_above"),
        "corrections.yml",
        says="part_of_period_above",
    ),
]
TAKEN_IN = "".join(
    Path(__file__).with_name(name).read_text(encoding="utf-8")
    for name in (
        "test_workbook.py",
        "test_report_book.py",
        "test_change.py",
        "test_bad_files.py",
        "test_bad_workbooks.py",
        "test_plausible.py",
    )
)
# By test_proof, test_statements, test_cli (params, texts) and test_journal.
TOLD_ELSEWHERE = (
    "proof_",
    "coverage_",
    "statement_",
    "params_",
    "text",
    "undo_",
    "journal_",
    "init_",
)
PLAUSIBLE = (Path(__file__).with_name("test_plausible.py")).read_text(encoding="utf-8")
ELSEWHERE = {
    code
    for code in catalogue()
    if code.startswith(TOLD_ELSEWHERE) or f'"{code}"' in TAKEN_IN or f'"{code}"' in PLAUSIBLE
}


def problems(root: Path) -> list[Fault]:
    return [p for p in checks.problems(Project(root)) if isinstance(p, Fault)]


def test_the_small_project_is_sound(small_original: Path) -> None:
    assert problems(small_original) == []


@pytest.mark.bad("tables", per=("case",))
@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{c.code}" for n, c in enumerate(CASES)])
def test_bad_input_is_named_with_its_place_and_mend(case: Case, small: Path) -> None:
    case.breaks(small)
    told = [p for p in problems(small) if p.code == case.code and p.file == f"data/{case.file}"]
    wanted = [
        p
        for p in told
        if case.row in (None, p.row)
        and case.column in ("", p.column)
        and case.found in (None, p.found)
    ]
    assert wanted, problems(small)
    for lang in ("vi", "en"):
        said = wanted[0].say(lang)
        assert said.what
        assert said.expected
        assert said.mend
    assert case.says in str(wanted[0])


def test_every_kind_of_error_has_a_case() -> None:
    assert {case.code for case in CASES} | ELSEWHERE == set(catalogue())
    assert len({case.code for case in CASES}) >= 40


def test_all_problems_are_told_at_once(small: Path) -> None:
    put(small, OBS, 2, value="11,33")
    put(small, OBS, 4, indicator="export")
    put(small, "plan", 2, low="14")
    (small / "data" / "goals.csv").unlink()
    assert {p.code for p in problems(small)} >= {
        "decimal_comma",
        "unknown_code",
        "value_not_printed",
        "file_missing",
    }


TABLES = ("observations/2026-H1", "plan", "claims", "baseline", "sources", "units", "indicators")
ODD = ("", "x", "-1", "1e9", "1,5", "NaN", "9" * 24, "9999-FY", "0001-01-01", '"', ";;", "a;b")


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(TABLES), st.integers(0, 99), st.integers(0, 99), st.sampled_from(ODD))
def test_whatever_stands_in_a_cell_is_told_and_never_a_crash(
    small_original: Path, table: str, down: int, right: int, odd: str
) -> None:
    with TemporaryDirectory() as folder:
        root = copy(small_original, Path(folder))
        with (root / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        put(root, table, down % len(rows) + 2, **{head[right % len(head)]: odd})
        assert all(str(problem) for problem in problems(root))


def test_a_changed_digit_of_a_value_is_always_noticed(small: Path) -> None:
    for row in range(2, 14):
        root = copy(small, small.parent / f"row{row}")
        put(root, OBS, row, value="4711")
        assert any(p.row == row and p.column == "value" for p in problems(root)), row


def test_a_lost_list_of_codes_is_one_problem_not_hundreds(small: Path) -> None:
    (small / "data" / "indicators.csv").unlink()
    assert [p.code for p in problems(small)] == ["file_missing"]


def test_a_correction_of_a_misspelt_id_names_the_nearest(small: Path) -> None:
    correction('["obs:exports.levle@2026-H1"]', expect="{}")(small)
    (told,) = (str(p) for p in problems(small) if p.code == "correction_fact")
    assert "the id of a row (obs:exports.level@2026-H1?)" in told
