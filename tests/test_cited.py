"""What would stop a report is found by `check`, and by the report before its first notebook."""

import re
from pathlib import Path

import pytest

import second_place
import small_edition
from copies import copied
from halfyear import params
from halfyear.data import cited
from halfyear.data.faults import Fault
from halfyear.data.tables import load
from halfyear.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The small project; its one report was known on 30 June 2026."""
    return copied(tmp_path / "p")


def change(project: Project, old: str, new: str, name: str = "2026-H1") -> None:
    """Write the params of the home place anew, or those of a second place from them."""
    text = (project.params / "2026-H1.yml").read_text(encoding="utf-8")
    assert old in text
    path = project.params / f"{name}.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(old, new), encoding="utf-8")


def faults(project: Project, name: str = "2026-H1") -> list[Fault]:
    known, tables = params.read(project.params / f"{name}.yml"), load(project)
    return [*cited.faults(known, tables)] or [*cited.visible(known, tables)]


def test_the_small_edition_has_nothing_that_stops_it(project: Project) -> None:
    assert faults(project) == []


@pytest.mark.bad("params", per=("old", "new"))
@pytest.mark.parametrize(
    ("old", "new", "name", "code", "says"),
    [
        ("place: HP", "place: XX", "2026-H1", "params_place", "XX"),
        ("place: HP", "place: HN", "2026-H1", "params_home", "HP"),
        ("place: HP", "place: VN", "VN/2026-H1", "params_place_kind", "nation"),
        ("place: HP", "place: DBSH", "DBSH/2026-H1", "params_place_kind", "region"),
        ("place: HP", "place: HD_old", "2026-H1", "params_place_day", "2025-06-30"),
        # a place that is there but of which nothing is known
        ("place: HP", "place: HN", "HN/2026-H1", "params_nothing", "HN"),
    ],
)
def test_what_stops_a_report_is_told_in_both_languages(
    project: Project, old: str, new: str, name: str, code: str, says: str
) -> None:
    change(project, old, new, name)
    (problem,) = faults(project, name)
    assert problem.code == code
    assert problem.file == f"params/{name}.yml"
    assert says in str(problem.say("en"))
    assert problem.say("vi").expected
    assert problem.say("vi").mend


def test_an_edition_dated_before_its_report_was_known_is_told_from_when_on_it_is(
    project: Project,
) -> None:
    path = project.data / "observations" / "2026-H1.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",2026-06-30,report,", ",2026-07-05,report,"), encoding="utf-8")
    (problem,) = faults(project)
    assert (problem.code, problem.found) == ("params_not_yet", "2026-06-30")
    assert "2026-07-05" in problem.say("vi").expected
    change(project, "edition_date: 2026-06-30", "edition_date: 2026-07-05")
    assert faults(project) == []


def test_check_and_report_stop_before_the_first_notebook(tmp_path: Path) -> None:
    project = small_edition.write(tmp_path / "p")
    change(project, "place: HP", "place: HN", "HN/2026-H1")
    listed = second_place.run(project.root, "check", "HN/2026-H1", "--lang", "en", code=1)
    assert "no figure of the place" in " ".join(listed.split())
    second_place.run(project.root, "check", "--lang", "en")
    said = second_place.run(project.root, "report", "HN/2026-H1", "--lang", "vi", code=1)
    assert "đến ngày chốt số liệu chưa có số liệu nào của địa bàn" in said
    assert "  notebook" not in said


def test_a_text_that_one_language_lacks_stops_both(project: Project) -> None:
    path = project.root / "report" / "texts" / "words.en.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^  former: .*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    listed = second_place.run(project.root, "check", "--lang", "en", code=1)
    assert "place.former" in listed
