"""One lock for every road: what make, conda and pip install, and what they say when they cannot."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import editables
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from halfyear import site

ROOT = Path(__file__).resolve().parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def entries() -> list[str]:
    """Each entry of the lock on one line, comments left out."""
    joined = LOCK.replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]


def locked() -> dict[str, Requirement]:
    found = [Requirement(entry.split("--hash")[0].strip()) for entry in entries()]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def pin(requirement: Requirement) -> str:
    (only,) = requirement.specifier
    assert only.operator == "=="
    return only.version


def declared() -> list[Requirement]:
    extras = PROJECT["optional-dependencies"]
    listed = [*PROJECT["dependencies"], *extras["dev"], *extras["lab"]]
    return [Requirement(text) for text in listed]


def conda() -> tuple[dict[str, str], list[str]]:
    """The specifier of each conda package by name, and the lines handed to pip."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    packages = [re.match(r"([\w-]+)(.*)", item) for item in listed if isinstance(item, str)]
    pip = [line for item in listed if isinstance(item, dict) for line in item["pip"]]
    return {match[1]: match[2] for match in packages if match}, pip


def test_every_entry_of_the_lock_is_one_version_with_hashes() -> None:
    names = [Requirement(entry.split("--hash")[0].strip()).name for entry in entries()]
    assert len(names) == len(set(names)) > 100
    for entry in entries():
        assert re.search(r"==\S+ .*--hash=sha256:[0-9a-f]{64}(\s|$)", entry), entry


def test_the_lock_names_no_host_and_no_folder() -> None:
    options = ("-i ", "-f ", "--index", "--extra-index", "--find-links", "--trusted-host")
    assert not [line for line in LOCK.splitlines() if line.strip().startswith(options)]
    assert not re.search(r"://|\s@\s|file:", LOCK)


@pytest.mark.parametrize("requirement", declared(), ids=lambda requirement: requirement.name)
def test_the_lock_fulfils_what_the_project_asks_for(requirement: Requirement) -> None:
    assert pin(locked()[canonicalize_name(requirement.name)]) in requirement.specifier


def test_this_environment_is_the_lock() -> None:
    here = [entry for entry in locked().values() if not entry.marker or entry.marker.evaluate()]
    assert {entry.name: version(entry.name) for entry in here} == {
        entry.name: pin(entry) for entry in here
    }


def test_conda_takes_its_libraries_from_the_lock_alone() -> None:
    packages, pip = conda()
    assert pip == ["--requirement requirements.lock"]
    assert not packages.keys() & locked().keys()


def test_conda_brings_the_locked_python_and_a_quarto_that_knows_pdf_standards() -> None:
    packages, _ = conda()
    python = packages["python"].lstrip("=")
    assert f"--python-version {python} " in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert python in SpecifierSet(PROJECT["requires-python"])
    assert "1.7" in SpecifierSet(packages["quarto"])
    assert "1.6.99" not in SpecifierSet(packages["quarto"])


def test_the_lock_covers_the_extras_that_make_uses_and_not_the_one_that_fetches_a_program() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert set(re.findall(r"--extra (\w+)", recipe)) == {"dev", "lab", "cluster"}
    assert "quarto-cli" not in locked()
    assert not [text for text in PROJECT["dependencies"] if text.startswith("jupyterlab")]


def test_the_hooks_of_pre_commit_are_commands_of_this_project() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (local,) = hooks["repos"]
    assert local["repo"] == "local"
    modules = [hook["entry"].split()[2] for hook in local["hooks"]]
    assert modules == ["ruff", "ruff", "mypy", "halfyear"]
    for hook in local["hooks"]:
        run = [sys.executable, *hook["entry"].split()[1:], "--help"]
        assert subprocess.run(run, cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_the_workflow_runs_what_ci_runs_and_publishes_what_the_site_leaves() -> None:
    text = (ROOT / ".github" / "workflows" / "report.yml").read_text(encoding="utf-8")
    steps = yaml.safe_load(text)["jobs"]["build"]["steps"]
    runs = [step["run"] for step in steps if "run" in step]
    assert runs == [".ci/run", ".venv/bin/halfyear site"]
    assert steps[-1]["with"]["path"] == f"build/{site.NAME}/{site.PAGES}"


def test_the_container_has_the_python_of_the_lock_and_sets_itself_up() -> None:
    folder = ROOT / ".devcontainer" / "devcontainer.json"
    settings = json.loads(folder.read_text(encoding="utf-8"))
    python = conda()[0]["python"].lstrip("=")
    assert settings["image"].startswith(f"python:{python}-")
    assert settings["postCreateCommand"] == "make setup"


def test_the_citation_names_the_version_and_licence_of_the_package() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert str(cited["version"]) == PROJECT["version"]
    assert cited["license"] == PROJECT["license"]


def setup_with(python: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run ``make setup`` with the given interpreter in a bare copy of the build files."""
    folder.mkdir()
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    command = ["make", "--no-print-directory", "setup", f"PYTHON={python}"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.bad("environment")
def test_without_venv_the_one_package_to_install_is_named(tmp_path: Path) -> None:
    bare = tmp_path / "bare python"
    refuse = 'case "$2" in *ensurepip*) exit 1;; esac'
    bare.write_text(f'#!/bin/sh\n{refuse}\nexec "{sys.executable}" "$@"\n')
    bare.chmod(0o755)
    run = setup_with(str(bare), tmp_path / "a copy")
    major, minor = sys.version_info[:2]
    assert run.returncode != 0
    assert f"apt-get install python{major}.{minor}-venv" in run.stderr
    assert not (tmp_path / "a copy" / ".venv").exists()


@pytest.mark.bad("environment")
def test_without_a_recent_python_the_one_package_to_install_is_named(tmp_path: Path) -> None:
    run = setup_with(str(tmp_path / "no-such-python"), tmp_path / "a copy")
    assert run.returncode != 0
    assert "apt-get install python3.11-venv" in run.stderr


POSIX = ("sh", "cat", "cksum", "awk", "mkdir", "rm", "touch")  # what Linux, macOS and Windows have


def stamps(folder: Path, tools: Path) -> set[str]:
    """Names of the stamps that ``make setup`` would leave, found with few tools."""
    make = shutil.which("make")
    assert make
    run = subprocess.run(
        [make, "--dry-run", "setup"],
        cwd=folder,
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stderr == ""
    return set(re.findall(r"touch (\.venv/\.\w+-[\w-]+)", run.stdout))


def test_a_changed_lock_or_package_is_seen_with_the_tools_every_system_has(tmp_path: Path) -> None:
    tools, folder = tmp_path / "tools", tmp_path / "a copy"
    for name in (tools, folder):
        name.mkdir()
    for name in POSIX:
        (tools / name).symlink_to(str(shutil.which(name)))
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    before = stamps(folder, tools)
    assert len(before) == 2
    for name in ("requirements.lock", "pyproject.toml"):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        after = stamps(folder, tools)
        assert len(after - before) == 1
        before = after


INSTALLED = """
import sys, site
site.addsitedir(sys.argv[1])
import halfyear.period
print(halfyear.period.__file__.encode())
"""


@pytest.mark.parametrize("locale", ["C", "vi_VN.UTF-8"])  # the second is seldom installed
def test_the_package_is_found_in_a_folder_whose_letters_the_locale_does_not_have(
    tmp_path: Path, locale: str
) -> None:
    folder, installed = tmp_path / "Báo cáo đường", tmp_path / "installed"
    (tmp_path / "found").mkdir()
    shutil.copytree(ROOT / "src" / "halfyear", folder / "src" / "halfyear")
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    build = "import sys, hatchling.build as b; print(b.build_editable(sys.argv[1]))"
    made = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    shutil.unpack_archive(tmp_path / made.stdout.split()[-1], installed, "zip")
    (tmp_path / "found" / "editables").symlink_to(Path(editables.__file__).parent)
    run = subprocess.run(
        [sys.executable, "-S", "-c", INSTALLED, str(installed)],
        cwd=tmp_path,
        env={"LC_ALL": locale, "PYTHONPATH": str(tmp_path / "found")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    assert run.stdout.strip() == str(os.fsencode(folder / "src" / "halfyear" / "period.py"))
