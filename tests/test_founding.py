"""A new project for a place: what it holds, what is refused, and that a wheel is enough for it."""

import json
import re
import shlex
from datetime import date
from pathlib import Path

import pytest
import yaml

import second_place
from copies import rows
from halfyear import kit
from halfyear.cli import main
from halfyear.data import checks
from halfyear.data.faults import Fault
from halfyear.errors import DataError
from halfyear.period import Period
from halfyear.periods import founding, listed
from halfyear.project import Project

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.vi.md")


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project for Quảng Ninh in which nothing has been done yet."""
    folder = tmp_path_factory.mktemp("founded") / "quang-ninh"
    founding.found(folder, ["QN"], founding.First("vi"))
    return Project(folder)


def test_a_new_project_is_sound_at_once_and_has_no_figure(founded: Project) -> None:
    assert checks.problems(founded) == []
    assert founded.home == "QN"
    assert listed.editions(founded) == []
    package = json.loads((founded.data / "datapackage.json").read_text(encoding="utf-8"))
    filled = {
        resource["name"]
        for resource in package["resources"]
        if isinstance(resource["path"], str) and rows(founded, resource["path"][:-4])
    }
    assert filled == {"indicators", "groups", "units", "places"}


def test_it_takes_only_the_indicators_that_any_place_may_report(founded: Project) -> None:
    own = {row["id"] for row in rows(Project(ROOT), "indicators") if row["belongs_to"] == "HP"}
    taken = {row["id"] for row in rows(founded, "indicators")}
    # one festival and one railway are Hải Phòng's own; growth and port cargo are anybody's
    assert {"festival_guests", "railway_resettlement_projects"} <= own
    assert {"grdp", "iip", "port_throughput"} <= taken
    assert not own & taken
    assert {row["indicator"] for row in rows(founded, "groups")} <= taken


def test_no_word_of_it_is_of_the_place_it_was_taken_from(founded: Project) -> None:
    told = {
        path.relative_to(founded.root).as_posix()
        for path in founded.root.rglob("*")
        if path.suffix in (".md", ".csv", ".yml", ".json", ".ipynb", ".typ", ".html", ".lua")
        and re.search("Hải Phòng|Hai Phong|HẢI PHÒNG", path.read_text(encoding="utf-8"))
    }
    assert told == {"data/places.csv"}  # where it is a province like any other


def test_its_notebooks_show_nothing_yet(founded: Project) -> None:
    for path in founded.notebooks.glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        assert code
        assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)


@pytest.mark.parametrize("name", READMES)
def test_its_readme_leads_to_files_that_are_there_and_names_verbs_that_work(
    founded: Project, name: str
) -> None:
    text = (founded.root / name).read_text(encoding="utf-8")
    assert "Quảng Ninh" in text
    assert "{" not in text
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert (founded.root / link).is_file(), link
    file = str(founded.root / name)  # stands for the reader's own files
    calls = re.findall(r"`halfyear ([^`]+)`", text)
    assert [call.split()[0] for call in calls][:3] == ["check", "new", "intake"]
    for call in calls:
        verb, *words = shlex.split(re.sub(r"\S+\.(?:docx|xlsx)|build/\S+", file, call))
        main.commands[verb].make_context(verb, words)


def test_both_readmes_tell_the_same_steps(founded: Project) -> None:
    english, vietnamese = ((founded.root / name).read_text(encoding="utf-8") for name in READMES)
    assert re.findall("`[^`]+`", english) == re.findall("`[^`]+`", vietnamese)


@pytest.mark.parametrize(
    ("day", "period"),
    [
        ("2026-01-01", "2025-FY"),
        ("2026-03-31", "2025-FY"),
        ("2026-04-01", "2026-Q1"),
        ("2026-07-02", "2026-H1"),
        ("2026-12-31", "2026-9M"),
    ],
)
def test_a_project_begins_with_the_period_that_ended_last(day: str, period: str) -> None:
    assert str(founding.ended(date.fromisoformat(day))) == period


def test_examples_are_of_the_first_period_and_of_another_place(tmp_path: Path) -> None:
    first = founding.First("vi", Period.parse("2027-9M"))
    founding.found(tmp_path / "hn", ["HN"], first)
    for name in READMES:
        text = (tmp_path / "hn" / name).read_text(encoding="utf-8")
        assert set(re.findall(r"20\d\d-\w\w", text)) == {
            "2027-9M", "2027-Q1", "2027-H1", "2027-FY",
        }  # fmt: skip
        assert "--source report_2027_9m" in text
        assert "2026_" not in text
        assert "`halfyear new QN/2027-9M`" in text
    for path in (tmp_path / "hn" / "notebooks").glob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        assert 'period: str = \\"2027-9M\\"' in text
        assert "2026-H1" not in text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_quarto_begins_with_the_language_asked_for(lang: str, tmp_path: Path) -> None:
    founding.found(tmp_path / "new", ["HN"], founding.First(lang))
    settings = yaml.safe_load((tmp_path / "new" / "_quarto.yml").read_text(encoding="utf-8"))
    assert settings["profile"]["default"] == lang
    assert (tmp_path / "new" / settings["project"]["pre-render"]).is_file()


@pytest.mark.bad("environment", per=("codes",))
@pytest.mark.parametrize(
    ("codes", "code", "says"),
    [
        (["XX"], "init_place", "XX"),
        (["qn"], "init_place", "(QN?)"),
        (["Quang Ninh"], "init_place", "(QN?)"),
        (["VN"], "init_place", "VN"),  # the nation
        (["DBSH"], "init_place", "DBSH"),  # a region
        (["HD_old"], "init_place_ended", "HP, Hải Phòng"),
        (["HP_old"], "init_place_ended", "2025-06-30"),
        (["QN", "HP"], "init_places", "QN, HP"),
        ([], "init_places", "one place"),
    ],
    ids=str,
)
def test_what_is_no_place_of_today_gets_no_project(
    codes: list[str], code: str, says: str, tmp_path: Path
) -> None:
    with pytest.raises(DataError) as error:
        founding.found(tmp_path / "new", codes, founding.First("en"))
    (problem,) = error.value.problems
    assert isinstance(problem, Fault)
    assert problem.code == code
    assert says in str(problem.say("en"))
    assert problem.say("vi").mend
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(DataError, match="not empty"):
        founding.found(tmp_path, ["QN"], founding.First("en"))
    with pytest.raises(DataError, match="not empty"):
        founding.found(tmp_path / "notes.txt", ["QN"], founding.First("en"))
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_and_a_folder_still_to_be_made_will_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "far" / "away"):
        assert "data/places.csv" in founding.found(folder, ["QN"], founding.First("en"))
        assert (folder / "report" / "fonts").is_dir()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "far"]


def test_the_verb_asks_for_one_place(tmp_path: Path) -> None:
    said = second_place.run(tmp_path, "init", "new", code=2)
    assert "--place" in said
    twice = ("init", "new", "--place", "QN", "--place", "HP", "--lang", "vi")
    assert "mỗi dự án chỉ về một địa bàn" in second_place.run(tmp_path, *twice, code=1)
    assert list(tmp_path.iterdir()) == []


def test_before_the_first_edition_the_verbs_say_what_begins_one(founded: Project) -> None:
    assert "No problems found." in second_place.run(founded.root, "check", "--lang", "en")
    said = second_place.run(founded.root, "report", "--lang", "en", code=1)
    assert "halfyear new" in said
    said = second_place.run(founded.root, "coverage", "--lang", "vi", code=1)
    assert "chưa có kỳ nào" in said


@pytest.mark.slow
def test_a_wheel_alone_begins_a_project(tmp_path: Path) -> None:
    site = second_place.installed(tmp_path)
    below = site / "halfyear" / kit.FOLDER
    inside = sorted(
        path.relative_to(below).as_posix() for path in below.rglob("*") if path.is_file()
    )
    assert inside == kit.names(ROOT)
    said = second_place.run(tmp_path, "init", "qn", "--place", "QN", "--lang", "vi", site=site)
    assert "dự án mới" in said
    project = tmp_path / "qn"
    told = second_place.run(project, "check", "--lang", "vi", site=site)
    assert "Không phát hiện vấn đề nào." in told
    # what ran is the unpacked wheel, and the same files came out as from the checkout
    shown = second_place.asked(tmp_path, "import halfyear; print(halfyear.__file__)", site)
    assert Path(shown.strip()).is_relative_to(site)
    founding.found(tmp_path / "here", ["QN"], founding.First("vi"))
    assert _files(project) == _files(tmp_path / "here")


def _files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "build" not in path.parts
    }
