"""Params files: what they may say, and how a slip of the pen is told."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from halfyear import params
from halfyear.errors import ParamsError, PeriodError, Problem
from halfyear.interval import Interval
from halfyear.project import Project

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "params").glob("*.yml"))


def written(folder: Path, drop: str = "", stem: str = "2026-H1", **changes: Any) -> Path:
    """The params of the first half with some keys changed, in a file of their own."""
    content = yaml.safe_load((ROOT / "params" / "2026-H1.yml").read_text(encoding="utf-8"))
    content.update(changes)
    content.pop(drop, None)
    path = folder / f"{stem}.yml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


def refused(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(ParamsError) as caught:
        params.read(path)
    return caught.value.problems


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_params_file_of_the_project_is_sound(path: Path) -> None:
    known = params.read(path)
    assert str(known.period) == path.stem
    assert known.edition_date >= known.period.end


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_documents_a_params_file_names_are_in_the_table_of_sources(
    path: Path, project: Project
) -> None:
    known = params.read(path)
    ids = {
        line.split(",", 1)[0]
        for line in (project.data / "sources.csv").read_text(encoding="utf-8").splitlines()
    }
    assert {known.report, known.scenario, known.plan} - {""} <= ids


def test_the_first_half_of_2026() -> None:
    known = params.read(ROOT / "params" / "2026-H1.yml")
    assert known.edition_date == date(2026, 6, 30)
    assert known.languages == ("vi", "en")
    assert known.goal_years == (2026, 2030)
    assert known.elapsed_weight["H1"] == Interval(Decimal("0.45"), Decimal("0.50"))
    assert not known.letterhead


def test_the_share_of_the_first_quarter_is_a_range_with_the_value_that_is_shown() -> None:
    share = params.read(ROOT / "params" / "2026-H1.yml").earlier_share["H1"]
    assert share.span == Interval(Decimal("0.45"), Decimal("0.50"))
    assert share.shown == Decimal("0.48")


def test_params_without_the_share_of_the_earlier_months_are_sound(tmp_path: Path) -> None:
    assert params.read(written(tmp_path, drop="earlier_share")).earlier_share == {}


@pytest.mark.bad("params")
def test_a_misspelt_key_is_named_with_the_file_and_the_known_keys(tmp_path: Path) -> None:
    path = written(tmp_path, drop="scenario", scenrio="kh184_2026")
    unknown, missing = refused(path)
    assert (unknown.column, unknown.found) == ("scenrio", "scenrio")
    assert "scenario" in unknown.expected
    assert unknown.file.endswith("2026-H1.yml")
    assert unknown.mend
    assert (missing.what, missing.column) == ("missing key", "scenario")


@pytest.mark.bad("params", per=("key", "value"))
@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("edition_date", "30/6/2026", "YYYY-MM-DD"),
        ("edition_date", 2026, "YYYY-MM-DD"),
        ("cell_seconds", 0, "a whole number from 1 on"),
        ("notebook_seconds", 1.5, "a whole number from 1 on"),
        ("output_megabytes", True, "a whole number from 1 on"),
        ("languages", [], "vi, en"),
        ("languages", ["vi", "fr"], "vi, en"),
        ("languages", "vi", "vi, en"),
        ("letterhead", "no", "true or false"),
        ("goal_period", "2026", "2026-2030"),
        ("goal_period", "2030-2026", "2026-2030"),
        ("place", "", "a text"),
        ("report", None, "a text"),
        ("elapsed_weight", {"H1": [0.5, 0.45]}, "between 0 and 1"),
        ("elapsed_weight", {"H1": [0.45]}, "between 0 and 1"),
        ("elapsed_weight", {"Q2": [0.45, 0.5]}, "Q1, H1, 9M"),
        ("elapsed_weight", {"H1": [45, 50]}, "between 0 and 1"),
        ("elapsed_weight", [0.45, 0.5], "between 0 and 1"),
        ("earlier_share", {"H1": [0.45, 0.50]}, "[low, shown, high]"),
        ("earlier_share", {"H1": [0.45, 0.52, 0.50]}, "[low, shown, high]"),
        ("earlier_share", {"Q1": [0.45, 0.48, 0.50]}, "H1, 9M, FY"),
        ("earlier_share", {"H1": ["about", 0.48, 0.50]}, "between 0 and 1"),
        ("period", "2026-9M", "2026-H1"),
    ],
)
def test_a_value_of_the_wrong_form_names_its_key_and_what_is_expected(
    tmp_path: Path, key: str, value: object, expected: str
) -> None:
    (problem,) = refused(written(tmp_path, **{key: value}))
    assert problem.column == key
    assert expected in problem.expected
    assert problem.found == repr(value)


def test_several_slips_are_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, languages=[], letterhead=3, goal_period="x")
    assert {problem.column for problem in refused(path)} == {
        "languages",
        "letterhead",
        "goal_period",
    }


@pytest.mark.bad("params")
def test_a_quarter_that_is_no_cut_of_the_year_is_no_edition(tmp_path: Path) -> None:
    (problem,) = refused(written(tmp_path, stem="2026-Q2", period="2026-Q2"))
    assert problem.column == "period"


@pytest.mark.parametrize("period", ["../2026-H1", "2026-H1/../../x", "H1 2026", "2026-h1", ""])
def test_a_period_that_is_no_period_is_refused(tmp_path: Path, period: str) -> None:
    with pytest.raises((PeriodError, ParamsError)) as caught:
        params.read(written(tmp_path, period=period))
    assert repr(period) in str(caught.value)


@pytest.mark.bad("params")
def test_an_edition_dated_before_its_period_ends_is_refused(tmp_path: Path) -> None:
    (problem,) = refused(written(tmp_path, edition_date=date(2026, 6, 29)))
    assert (problem.column, problem.found) == ("edition_date", "2026-06-29")
    assert "2026-06-30" in problem.expected


@pytest.mark.bad("params")
def test_a_missing_file_says_what_to_write(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path / "2027-H1.yml")
    assert problem.what == "no such params file"
    assert "2027-H1" in problem.mend


@pytest.mark.bad("params", per=("body",))
@pytest.mark.parametrize(
    "body", [b"", b"period: [", b"- 1\n", b"period: \xff\n", b"a: &a [*a]\n"], ids=str
)
def test_a_file_that_holds_no_keys_is_refused(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "2026-H1.yml"
    path.write_bytes(body)
    assert all(str(path) == problem.file for problem in refused(path))


@pytest.mark.bad("params")
def test_yaml_that_would_run_code_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2026-H1.yml"
    mark = tmp_path / "ran"
    path.write_text(f"period: !!python/object/apply:pathlib.Path.touch [{mark}]\n")
    refused(path)
    assert not mark.exists()


def test_a_bom_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = written(tmp_path)
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert params.read(path) == params.read(ROOT / "params" / "2026-H1.yml")


@pytest.mark.bad("params", per=("line",))
@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("languages: [[vi]]", "unusable value"),
        ("languages: [vi, vi]", "unusable value"),
        ("edition_date: 2026-06-30 10:00:00", "unusable value"),
        ("edition_date: 9999-06-30", "unusable value"),
        ("edition_date: 2026-02-30", "a value that cannot be"),
        ("elapsed_weight: {H1: [.nan, 0.5]}", "unusable value"),
        ("elapsed_weight: {H1: [half, 0.5]}", "unusable value"),
        ("elapsed_weight: {H1: [[0.4], 0.5]}", "unusable value"),
        ("elapsed_weight:", "unusable value"),
        ("elapsed_weight: {H1: [0.4, .inf]}", "unusable value"),
        ("elapsed_weight: {H1: [true, 0.5]}", "unusable value"),
        ("report: two words", "unusable value"),
        ("report: ../../etc/passwd", None),
        ("place: &a HP", None),
        ("report: *a", "not readable as YAML"),
        ("scenario: {a: 1}", "unusable value"),
        ("plan: 184", "unusable value"),
        ("goal_period: 2026", "unusable value"),
        ("letterhead: maybe", "unusable value"),
        ("compared_with: 2025", "unusable value"),
        ("compared_with: 2025-FY 2026-13-45", "unusable value"),
        ("compared_with: 2025-Q2 2026-01-31", "unusable value"),
        ("compared_with: 2027-FY 2026-01-31", "the edition is compared with one"),
        ("period: 0000-H1", "unusable value"),
        ("cell_seconds: 1e9", "unusable value"),
        ("cell_seconds: -1", "unusable value"),
        ("? [a, b]\n: 1", "not readable as YAML"),
        ("1: 2", "unknown key"),
        ("x: " + "[" * 100_000, "nested too deeply"),
        ("x: 'open", "not readable as YAML"),
        ("\tplace: HP", "not readable as YAML"),
    ],
)
def test_a_bad_line_is_one_problem_in_both_languages(
    tmp_path: Path, line: str, what: str | None
) -> None:
    key = line.partition(":")[0].strip()
    path = written(tmp_path, drop=key)
    path.write_text(f"{line}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    if what is None:
        assert str(getattr(params.read(path), key)) in line
        return
    (problem,) = refused(path)
    assert problem.what.startswith(what)
    assert problem.mend
    assert problem.say("vi").what != problem.what
    assert problem.say("vi").mend != problem.mend


@pytest.mark.bad("params")
def test_a_key_that_stands_twice_is_told_at_its_second_line(tmp_path: Path) -> None:
    path = written(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}place: HN\n", encoding="utf-8")
    (problem,) = refused(path)
    assert problem.row == len(text.splitlines()) + 1
    assert "place stands twice" in problem.found


def test_a_key_that_is_nearly_right_is_named_with_the_one_meant(tmp_path: Path) -> None:
    first, _ = refused(written(tmp_path, drop="scenario", scenrio="kh184_2026"))
    assert "(scenario?)" in first.expected


@pytest.mark.bad("params")
def test_a_folder_or_a_huge_file_is_no_params_file(tmp_path: Path) -> None:
    folder = tmp_path / "2026-H1.yml"
    folder.mkdir()
    assert refused(folder)[0].what == "not a plain file"
    folder.rmdir()
    folder.write_text("# " + "x" * 3_000_000, encoding="utf-8")
    assert "bytes" in refused(folder)[0].what
