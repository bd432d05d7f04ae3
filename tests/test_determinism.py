"""The same inputs give the same bytes: elsewhere, and with whatever settings the user has."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import copies
import home
from halfyear import manifest
from halfyear.commands.proving import verify
from halfyear.errors import BuildError
from halfyear.project import Project
from halfyear.proofs import rebuild

ELSEWHERE = {"LANG": "vi_VN.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "7", "MPLBACKEND": "svg"}


@pytest.mark.slow
def test_a_build_is_made_again_elsewhere_to_the_byte(
    built: Path, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "đường dẫn%20khác"
    elsewhere.mkdir()
    surroundings = {**home.surroundings(tmp_path / "home"), **ELSEWHERE, "TMPDIR": str(elsewhere)}
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    outputs = manifest.read(built)["outputs"]
    assert outputs.keys() >= {
        *(f"briefing.{lang}.{kind}" for lang in ("vi", "en") for kind in ("pdf", "html", "docx")),
        *("briefing.vi-en.pdf", "annex.xlsx", "results.json"),
        *(
            f"notebooks/{lang}/{path.stem}.{kind}"
            for path in project.notebooks.glob("*.ipynb")
            for lang in ("vi", "en")
            for kind in ("ipynb", "html")
        ),
    }
    told = copies.command(project.root, "verify", str(built)).splitlines()
    assert told == [
        *(f"{digest}  {name}" for name, digest in outputs.items()),
        f"{built}: {len(outputs)} files made again, every one the same",
    ]


@pytest.fixture
def small_build(tmp_path: Path) -> Path:
    """A project of one input with a build of two files, as its manifest tells."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "datapackage.json").write_text("{}", encoding="utf-8")
    folder = tmp_path / "build" / "2026-H1"
    folder.mkdir(parents=True)
    for name in ("a.html", "b.pdf"):
        (folder / name).write_text("one\ntwo\n", encoding="utf-8")
    inputs = manifest.digests(tmp_path, [tmp_path / "data" / "datapackage.json"])
    outputs = manifest.digests(folder, [folder / "a.html", folder / "b.pdf"])
    engine = rebuild.engine("embedded")
    manifest.write(folder, manifest.describe("2026-H1", "2026-06-30", engine, inputs, outputs))
    return folder


def remade(folder: Path, to: Path, **texts: str) -> Path:
    """A second build with the files of the first but for `texts`."""
    to.mkdir()
    content = manifest.read(folder)
    for name in content["outputs"]:
        text = texts.get(name[0], (folder / name).read_text(encoding="utf-8"))
        (to / name).write_text(text, encoding="utf-8")
    content["outputs"] = manifest.digests(to, to.iterdir())
    manifest.write(to, content)
    return to


def test_equal_files_have_no_difference(small_build: Path, tmp_path: Path) -> None:
    fresh = remade(small_build, tmp_path / "fresh")
    assert rebuild.compare(manifest.read(small_build), small_build, fresh) == []


def test_a_difference_names_file_and_line(small_build: Path, tmp_path: Path) -> None:
    fresh = remade(small_build, tmp_path / "fresh", a="one\nthree\n")
    (problem,) = rebuild.compare(manifest.read(small_build), small_build, fresh)
    assert problem.file == "a.html"
    assert problem.found == "different from line 2 on"


def test_a_file_changed_after_the_build_is_found(small_build: Path, tmp_path: Path) -> None:
    fresh = remade(small_build, tmp_path / "fresh")
    (small_build / "b.pdf").write_text("one\n", encoding="utf-8")
    problems = rebuild.compare(manifest.read(small_build), small_build, fresh)
    assert [(p.what, p.file) for p in problems] == [("changed since the build", "b.pdf")]


def test_verify_says_what_hinders_it(small_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALFYEAR_ROOT", str(small_build.parents[1]))
    assert rebuild.obstacles(small_build.parents[1], manifest.read(small_build)) == []
    (small_build.parents[1] / "data" / "datapackage.json").write_text("{ }", encoding="utf-8")
    run = CliRunner().invoke(verify, [str(small_build)])
    assert run.exit_code == 2
    assert "an input has changed since the build" in run.stderr
    assert "data/datapackage.json" in run.stderr


def test_verify_tells_every_file_that_was_made_again(
    small_build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = remade(small_build, tmp_path / "fresh")
    monkeypatch.setenv("HALFYEAR_ROOT", str(small_build.parents[1]))
    monkeypatch.setattr(rebuild, "again", lambda *_: fresh)
    run = CliRunner().invoke(verify, [str(small_build)])
    assert run.exit_code == 0
    # printf 'one\ntwo\n' | sha256sum
    digest = "c3f9c8c283a2b1f2f1896f27a01cbe3cddc0c9d93f752e4639035a0f5b36f6e8"
    assert run.stdout.splitlines() == [
        f"{digest}  a.html",
        f"{digest}  b.pdf",
        f"{small_build}: 2 files made again, every one the same",
    ]


@pytest.mark.parametrize("key", ["architecture", "python", "engine"])
def test_another_tool_or_machine_is_told(small_build: Path, key: str) -> None:
    content = manifest.read(small_build)
    content[key] = "embedded 0.1" if key == "engine" else "other"
    problems = rebuild.obstacles(small_build.parents[1], content)
    assert [p.what for p in problems] == [f"another {key} than the build had"]


def test_an_engine_that_is_not_here_is_told(small_build: Path) -> None:
    content = manifest.read(small_build) | {"engine": "quarto 0.0.1"}
    problems = rebuild.obstacles(small_build.parents[1], content)
    assert any("Quarto" in p.what or "engine" in p.what for p in problems)


def test_a_folder_without_manifest_is_told(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no build here"):
        rebuild.read(tmp_path)


@pytest.mark.bad("environment")
@pytest.mark.parametrize("content", ["", "{", "[]", "5", "{}", '{"inputs": {}}'])
def test_a_broken_manifest_is_told_with_its_mend(tmp_path: Path, content: str) -> None:
    (tmp_path / manifest.NAME).write_text(content, encoding="utf-8")
    with pytest.raises(BuildError) as caught:
        rebuild.read(tmp_path)
    (problem,) = caught.value.problems
    assert problem.file.endswith(manifest.NAME)
    assert problem.mend == "build the edition again"
    assert problem.say("vi").mend == "làm lại báo cáo của kỳ này"


def test_a_broken_build_gives_its_own_words(small_build: Path, tmp_path: Path) -> None:
    content = json.loads((small_build / manifest.NAME).read_text(encoding="utf-8"))
    root = small_build.parents[1]
    with pytest.raises(BuildError, match="could not be made again"):
        rebuild.again(root, content["inputs"], "2026-H1", "embedded", tmp_path / "scratch")
