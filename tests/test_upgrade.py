"""A project whose package has been upgraded: what is newer is told, taken, and kept apart."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from halfyear import kit
from halfyear.data import checks
from halfyear.periods import founding
from halfyear.project import Project
from second_place import run

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = "notebooks/02_growth.ipynb"
TEXT = "report/texts/briefing.en.yml"
ADDED = "report/added.lua"
NOTE = "halfyear upgrade --dry-run"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project in which a text was changed and a notebook executed."""
    founding.found(tmp_path / "qn", ["QN"], founding.First("en"))
    project = Project(tmp_path / "qn")
    _append(project.root / TEXT, "# ours\n")
    path = project.root / NOTEBOOK
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = 7
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return project


def newer(folder: Path, *changed: str) -> Path:
    """The files of a later package, in which some are changed."""
    for name in kit.names(ROOT):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    shutil.copytree(ROOT / "data", folder / "data", dirs_exist_ok=True)
    for name in changed:
        if name == NOTEBOOK:
            text = (folder / name).read_text(encoding="utf-8")
            assert "GRDP growth" in text
            (folder / name).write_text(text.replace("GRDP growth", "Growth"), encoding="utf-8")
        else:
            _append(folder / name, "# new\n")
    return folder


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)


def read(project: Project, name: str) -> str:
    return (project.root / name).read_text(encoding="utf-8")


def bytes_of(project: Project) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for path in project.root.rglob("*")
        if path.is_file() and "build" not in path.parts
    }


def test_with_the_package_it_was_made_by_there_is_nothing_to_say(project: Project) -> None:
    assert NOTE not in run(project.root, "check", "--lang", "en")
    before = bytes_of(project)
    assert "nothing to take" in run(project.root, "upgrade", "--lang", "en")
    assert bytes_of(project) == before


def test_what_is_newer_is_told_and_taken_and_what_was_changed_here_stays(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = newer(tmp_path / "later", NOTEBOOK, TEXT, ADDED)
    (later / "report" / "texts" / "glossary.yml").rename(later / "glossary.yml")
    monkeypatch.setattr(kit, "root", lambda: later)
    for lang, words in (("en", "has other notebooks"), ("vi", "khác với lúc tạo dự án")):
        said = run(project.root, "check", "--lang", lang)
        assert NOTE in said
        assert words in said
    before = bytes_of(project)
    dry = run(project.root, "upgrade", "--dry-run", "--lang", "en")
    assert bytes_of(project) == before
    said = run(project.root, "upgrade", "--lang", "en")
    for told in (dry, said):
        assert [line for line in told.splitlines() if line.startswith("newer: ")] == [
            f"newer: {NOTEBOOK}",  # it was only executed here
            f"newer: {ADDED}",
        ]
        assert f"{TEXT} stays, the newer one beside it is {TEXT}.new" in told
        assert "report/texts/glossary.yml stays" in told
    assert "Growth at constant prices comes first" in read(project, NOTEBOOK)
    assert read(project, TEXT).endswith("# ours\n")
    assert read(project, f"{TEXT}.new").endswith("# new\n")
    assert (project.root / "report" / "texts" / "glossary.yml").is_file()
    assert NOTE not in run(project.root, "check", "--lang", "en")
    assert "nothing to take" in run(project.root, "upgrade", "--lang", "en")
    assert checks.problems(project) == []


@pytest.mark.bad("environment")
def test_a_project_that_does_not_say_what_it_began_with_is_left_as_it_is(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.root / "kit.json").unlink()
    later = newer(tmp_path / "later", TEXT)
    monkeypatch.setattr(kit, "root", lambda: later)
    assert NOTE not in run(project.root, "check", "--lang", "en")
    before = bytes_of(project)
    said = run(project.root, "upgrade", "--lang", "vi", code=1)
    assert "kit.json" in said
    assert "halfyear init" in said
    assert bytes_of(project) == before


def test_to_look_for_newer_files_loads_neither_tables_nor_notebooks(project: Project) -> None:
    # Every check and report looks; loading both took a second of a build with nothing to do.
    looked = (
        "import sys; from pathlib import Path; from halfyear.periods import began; "
        "from halfyear.project import Project; began.older(Project(Path(sys.argv[1]))); "
        "print({'nbformat', 'pandas', 'jsonschema'} & set(sys.modules))"
    )
    told = subprocess.check_output([sys.executable, "-c", looked, project.root], text=True)
    assert told == "set()\n"
