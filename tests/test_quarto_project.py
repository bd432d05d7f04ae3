"""Quarto by hand: the Python it finds, what it leaves, and what it says when it cannot."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pypandoc
import pytest
from click.testing import CliRunner

import composed
import small_edition
from halfyear.cli import main
from halfyear.errors import RenderError
from halfyear.project import Project
from halfyear.render.layout import Layout
from halfyear.rendered import finish

ROOT = Path(__file__).resolve().parents[1]
LUA = ROOT / "report" / "quarto.lua"
SAYS_ITSELF = '#!/bin/sh\n[ "$1" = -c ] && exit 0\necho "$0 $*"\n'
LACKS_THE_PACKAGE = "#!/bin/sh\nexit 1\n"


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def step(folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run the script as Quarto does: Pandoc loads it as a filter, with nothing to convert."""
    command = [pypandoc.get_pandoc_path(), "--from=markdown", "--to=plain", f"--lua-filter={LUA}"]
    return subprocess.run(
        command,
        cwd=folder,
        env={"PATH": "", "LANG": "C.UTF-8", **given},
        input="",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "hồ sơ a%20b"
    place.mkdir()
    return place


def test_the_python_of_the_folder_composes_before_a_render(folder: Path) -> None:
    program(folder / ".venv" / "bin" / "python", SAYS_ITSELF)
    run = step(folder, PERIOD="2025-FY")
    assert run.returncode == 0, run.stderr
    assert ".venv/bin/python -m halfyear compose --out build/quarto 2025-FY" in run.stderr


def test_every_file_that_quarto_made_is_finished_after_a_render(folder: Path) -> None:
    program(folder / ".venv" / "bin" / "python", SAYS_ITSELF)
    run = step(folder, QUARTO_PROJECT_OUTPUT_FILES="build/a b.html\nbuild/c.pdf")
    assert "-m halfyear finish build/a b.html build/c.pdf" in run.stderr


@pytest.mark.bad("environment")
def test_of_a_venv_and_conda_at_once_the_one_of_the_folder_is_taken(folder: Path) -> None:
    conda = program(folder.parent / "conda" / "bin" / "python", SAYS_ITSELF).parents[1]
    program(folder / ".venv" / "bin" / "python", SAYS_ITSELF)
    assert ".venv/bin/python -m halfyear" in step(folder, CONDA_PREFIX=str(conda)).stderr
    program(folder / ".venv" / "bin" / "python", LACKS_THE_PACKAGE)
    assert f"{conda}/bin/python -m halfyear" in step(folder, CONDA_PREFIX=str(conda)).stderr


def test_the_python_that_quarto_is_told_to_take_goes_first(folder: Path) -> None:
    told = program(folder.parent / "told", SAYS_ITSELF)
    program(folder / ".venv" / "bin" / "python", SAYS_ITSELF)
    assert f"{told} -m halfyear" in step(folder, QUARTO_PYTHON=str(told)).stderr


@pytest.mark.bad("environment")
def test_without_any_python_both_languages_say_what_to_do(folder: Path) -> None:
    run = step(folder)
    assert run.returncode == 1
    assert "không tìm thấy Python" in run.stderr
    assert "no Python here has the package halfyear" in run.stderr
    assert "make setup" in run.stderr
    assert "conda env create --file environment.yml" in run.stderr
    assert "stack traceback" not in run.stderr


@pytest.mark.bad("environment")
def test_what_the_command_says_stands_alone(folder: Path) -> None:
    refusal = '#!/bin/sh\n[ "$1" = -c ] && exit 0\necho "error: no build" >&2; exit 1\n'
    program(folder / ".venv" / "bin" / "python", refusal)
    run = step(folder)
    assert (run.returncode, run.stderr) == (1, "error: no build\n")


def test_windows_finds_python_in_the_folders_it_has_there() -> None:
    text = LUA.read_text(encoding="utf-8")
    assert "windows and { 'Scripts/python.exe', 'python.exe' } or { 'bin/python' }" in text


def test_quarto_is_not_asked_to_run_a_shell() -> None:
    assert "os.execute" not in LUA.read_text(encoding="utf-8")
    assert "io.popen" not in LUA.read_text(encoding="utf-8")


def test_a_word_document_of_quarto_gives_way_to_that_of_a_build(
    project: Project, tmp_path: Path
) -> None:
    source = composed.write(tmp_path, "vi")
    made = source.with_suffix(".docx")
    made.write_bytes(b"what Quarto made")
    assert finish(made, Layout(project.report)) == made
    assert made.read_bytes().startswith(b"PK")


def test_the_edition_in_both_languages_has_no_page(project: Project, tmp_path: Path) -> None:
    source = composed.write(tmp_path, "vi-en")
    made = source.with_suffix(".html")
    made.write_text("<html></html>", encoding="utf-8")
    with pytest.raises(RenderError, match="quarto render --profile vi-en --to typst"):
        finish(made, Layout(project.report))
    assert not made.exists()


@pytest.mark.bad("environment")
def test_a_build_older_than_the_program_is_to_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small_edition.write(tmp_path / "project").root
    built = root / "build" / "2026-H1"
    built.mkdir(parents=True)
    empty = '{"quantities": [], "verdicts": [], "studies": {"scorecard": {"old": 1}}}'
    (built / "results.json").write_text(empty, encoding="utf-8")
    (built / "manifest.json").write_text(
        '{"inputs": {"src/halfyear/number.py": "0"}, "outputs": {}}', encoding="utf-8"
    )
    monkeypatch.setenv("HALFYEAR_ROOT", str(root))
    command = ["--lang", "en", "compose", "2026-H1", "--out", str(tmp_path / "out")]
    run = CliRunner().invoke(main, command)
    assert run.exit_code == 1
    assert "build again" in run.stderr
    assert "halfyear report 2026-H1" in run.stderr


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("quarto") is None, reason="no quarto command here")
@pytest.mark.parametrize("form", ["html", "pdf", "typst", "docx"])
def test_each_form_is_left_under_the_name_that_quarto_tells(
    form: str, project: Project, tmp_path: Path
) -> None:
    for name in ("_quarto.yml", "_quarto-vi.yml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(project.report, tmp_path / "report")
    source = composed.write(tmp_path / "build" / "quarto", "vi")
    # the source is there already: nothing is composed before, what follows is as by hand
    finisher = (
        '#!/bin/sh\ncase "$*" in *compose*) exit;; esac\n' + f'exec "{sys.executable}" "$@"\n'
    )
    program(tmp_path / ".venv" / "bin" / "python", finisher)
    environment = {**os.environ, "HALFYEAR_ROOT": str(ROOT)}
    environment.pop("VIRTUAL_ENV", None)
    run = subprocess.run(
        ["quarto", "render", "--profile", "vi", "--to", form],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    suffix = ".pdf" if form == "typst" else f".{form}"
    assert f"Output created: build/quarto/{source.stem}{suffix}" in run.stderr
    assert source.with_suffix(suffix).stat().st_size > 10_000
