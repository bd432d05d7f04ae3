"""A new period: its files, what is carried into it, and what is refused."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from copies import append, copied, rows
from halfyear import params
from halfyear.data import checks
from halfyear.errors import ParamsError, PeriodError
from halfyear.period import Period
from halfyear.periods import renewal, returned
from halfyear.periods.carried import moved
from halfyear.project import Project


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with nine months of 2026 just started."""
    project = copied(tmp_path_factory.mktemp("started") / "p")
    renewal.begin(project, "2026-9M")
    return project


def test_a_new_period_keeps_the_choices_of_the_last_one(started: Project) -> None:
    known = params.read(started.params / "2026-9M.yml")
    assert str(known.edition_date) == "2026-09-30"
    assert (known.scenario, known.plan) == ("plan184", "report")
    assert known.report == "report_2026_9m"


def test_the_data_files_are_empty_and_the_project_still_passes_its_checks(
    started: Project,
) -> None:
    for table in ("observations", "projects"):
        text = (started.data / table / "2026-9M.csv").read_text(encoding="utf-8")
        assert len(list(csv.reader(text.splitlines()))) == 1
    assert checks.problems(started) == []


def test_the_workbook_shows_the_last_period_beside_the_empty_cell(started: Project) -> None:
    sheet = load_workbook(started.root / "2026-9M.xlsx")["Số liệu"]
    heads = [cell.value for cell in sheet[2]]
    lines = [dict(zip(heads, (c.value for c in row), strict=True)) for row in sheet.iter_rows(3)]
    growth = [
        line
        for line in lines
        if (line["place"], line["indicator"], line["measure"], line["time_period"])
        == ("HP", "grdp", "growth_yoy", "2026-9M")
    ]
    assert [(line["last"], line["value"], line["unit"]) for line in growth] == [
        (11.33, None, "pct")
    ]
    assert {line["time_period"] for line in lines} <= {"2026-9M", "2026-Q3", "2026-09"}


def test_the_workbook_has_lists_to_choose_from(started: Project) -> None:
    book = load_workbook(started.root / "2026-9M.xlsx")
    choices = book["Số liệu"].data_validations.dataValidation
    assert {"list"} == {choice.type for choice in choices}
    assert len(choices) >= 8
    assert all("Danh mục" in choice.formula1 for choice in choices)
    assert book.sheetnames[0] == "Hướng dẫn"


def test_nothing_is_overwritten(started: Project) -> None:
    before = (started.params / "2026-9M.yml").read_bytes()
    with pytest.raises(ParamsError) as error:
        renewal.begin(started, "2026-9M")
    assert len(error.value.problems) == 2
    assert (started.params / "2026-9M.yml").read_bytes() == before


@pytest.mark.parametrize("text", ["2026-Q2", "2026-07", "2026", "../2026-H1"])
def test_an_edition_is_cut_only_at_four_points(started: Project, text: str) -> None:
    with pytest.raises(PeriodError):
        renewal.begin(started, text)


def test_no_period_begins_before_its_place_existed(tmp_path: Path) -> None:
    project = copied(tmp_path / "p")
    with pytest.raises(ParamsError, match=r"does not exist .* 2025-07-01"):
        renewal.begin(project, "2024-FY")
    with pytest.raises(ParamsError, match=r"not in places\.csv"):
        renewal.begin(project, "XX/2026-H1")
    assert not (project.params / "2024-FY.yml").exists()


@pytest.mark.parametrize(
    ("text", "last", "new", "expected"),
    [
        ("2026-H1", "2026-H1", "2026-9M", "2026-9M"),
        ("2026-Q2", "2026-H1", "2026-9M", "2026-Q3"),
        ("2026-06", "2026-H1", "2026-9M", "2026-09"),
        ("2026-Q1", "2026-H1", "2026-9M", ""),
        ("2026-Q4", "2026-FY", "2027-Q1", "2027-Q1"),
        ("2026-H1", "2026-H1", "2027-H1", "2027-H1"),
    ],
)
def test_each_period_takes_the_part_it_played(
    text: str, last: str, new: str, expected: str
) -> None:
    assert moved(text, Period.parse(last), Period.parse(new)) == expected


def test_a_new_plan_year_brings_its_own_list_of_any_length(tmp_path: Path) -> None:
    project = copied(tmp_path / "p")
    more = [(i["id"], m) for m in ("level", "growth_yoy") for i in rows(project, "indicators")]
    more = [pair for pair in more if pair not in (("exports", "level"), ("grdp", "growth_yoy"))]
    for order, (indicator, measure) in enumerate(more[:11], 3):
        cells = {"order": str(order), "indicator": indicator, "measure": measure}
        append(project, "headline", place="HP", year="2026", **cells)
    renewal.begin(project, "2027-H1")
    book = load_workbook(project.root / "2027-H1.xlsx")
    listed = list(book["Chỉ tiêu chủ yếu"].iter_rows(3, values_only=True))
    assert len(listed) == 13
    assert {row[1] for row in listed} == {2027}
    known = params.read(project.params / "2027-H1.yml")
    assert (known.scenario, known.plan) == ("", "")
    targets = list(book["Kế hoạch năm"].iter_rows(3, values_only=True))
    assert [row[1] for row in targets] == [13, 52, 3.8, 5]
    problems, counts = returned.take(project, project.root / "2027-H1.xlsx")
    assert problems == []
    assert counts == {"headline": (13, 0)}
    assert len([row for row in rows(project, "headline") if row["year"] == "2027"]) == 13
