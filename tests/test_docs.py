"""READMEs and guides: every command in them works, every path is there, both languages agree."""

import re
import shlex
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from PIL import Image

import small_edition
from halfyear import site
from halfyear.cli import main
from halfyear.params import Params

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.vi.md")
GUIDES = ("docs/guide.md", "docs/guide.vi.md")
PAGES = (*READMES, *GUIDES)
DOCUMENTS = (*PAGES, "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md", "params/README.md")
LONG = {"make report", "make test"}  # run by CI itself
MAKE = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(name: str) -> list[str]:
    """Every line of the fenced blocks marked `sh`."""
    blocks = re.findall(r"^```sh\n(.*?)^```", read(name), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


ALL = sorted({command for name in PAGES for command in commands(name)})


def words_after(command: str, *start: str) -> list[str]:
    words = shlex.split(command)
    assert tuple(words[: len(start)]) == start
    return words[len(start) :]


def test_both_languages_give_the_same_commands_in_the_same_order() -> None:
    assert commands("README.md") == commands("README.vi.md") == ["make report", "make test"]
    assert commands("docs/guide.md") == commands("docs/guide.vi.md")


@pytest.mark.parametrize(("name", "words"), [("README.md", 350), ("README.vi.md", 420)])
def test_a_readme_is_read_in_about_a_minute(name: str, words: int) -> None:
    """A syllable of Vietnamese is written as a word."""
    assert len(read(name).split()) <= words


@pytest.mark.parametrize("command", [c for c in ALL if c in LONG])
def test_a_long_command_is_one_that_ci_runs_from_clean(command: str) -> None:
    lines = read(".ci/run").splitlines()
    assert any(re.fullmatch(rf"timeout .*\b{command} </dev/null", line) for line in lines)


@pytest.mark.parametrize("command", [c for c in ALL if c.startswith("make") and c not in LONG])
def test_a_make_command_names_a_target_and_calls_what_is_there(command: str) -> None:
    target, *settings = words_after(command, "make")
    assert target in MAKE
    for setting in settings:
        name, value = setting.split("=")
        assert name == "PERIOD"
        assert (ROOT / "params" / f"{value}.yml").is_file()
    plan = subprocess.run(
        [*shlex.split(command), "--dry-run", "--no-print-directory"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert plan.returncode == 0, plan.stderr
    for tool in re.findall(r"\.venv/bin/([a-z-]+)", plan.stdout):
        assert shutil.which(tool, path=str(ROOT / ".venv" / "bin")), tool


def test_the_check_of_the_guide_finds_the_committed_data_sound() -> None:
    assert "make check PERIOD=2026-H1" in ALL
    made = CliRunner().invoke(main, ["check", "2026-H1"], catch_exceptions=False)
    assert made.exit_code == 0, made.output


@pytest.mark.parametrize("command", [c for c in ALL if c.startswith("quarto render")])
def test_quarto_by_hand_finds_its_profile_and_what_runs_before_and_after(command: str) -> None:
    profile = words_after(command, "quarto", "render", "--profile")[0]
    settings = yaml.safe_load(read("_quarto.yml"))
    assert profile in settings["profile"]["group"]
    assert yaml.safe_load(read(f"_quarto-{profile}.yml"))["project"]["render"] == [
        f"build/quarto/briefing.{profile}.qmd"
    ]
    for step in ("pre-render", "post-render"):
        assert (ROOT / settings["project"][step]).is_file()
    for name in settings["metadata-files"]:
        assert (ROOT / name).is_file()


def test_quarto_previews_a_source_that_a_render_leaves_and_the_website() -> None:
    previews = [c for c in commands("docs/guide.md") if c.startswith("quarto preview")]
    source, website = (words_after(command, "quarto", "preview")[0] for command in previews)
    (listed,) = yaml.safe_load(read("_quarto-vi.yml"))["project"]["render"]
    assert source == listed
    assert website == f"build/{site.NAME}"


def test_conda_reads_a_file_that_is_there_and_activates_what_it_names() -> None:
    create, activate = (c for c in commands("docs/guide.md") if c.startswith("conda"))
    (name,) = words_after(create, "conda", "env", "create", "--file")
    listed = yaml.safe_load(read(name))
    assert "dependencies" in listed
    assert words_after(activate, "conda", "activate") == [listed["name"]]


@pytest.mark.parametrize("name", GUIDES)
def test_windows_and_conda_install_as_make_does(name: str) -> None:
    """Without make, the same two steps: the lock with hashes, then the package alone."""
    recipe = [line for line in read("Makefile").splitlines() if "$(PIP)" in line]
    make = [set(re.findall(r"--[a-z-]+", line)) for line in recipe]
    windows = re.findall(r"^\.venv\\Scripts\\python -m pip install (.*)$", read(name), re.M)
    assert [set(re.findall(r"--[a-z-]+", line)) for line in windows] == make
    (conda,) = (c for c in commands(name) if c.startswith("pip"))
    assert set(re.findall(r"--[a-z-]+", conda)) <= make[1]


def test_no_command_goes_unchecked() -> None:
    assert {command.split()[0] for command in ALL} <= {"make", "quarto", "conda", "pip"}


@pytest.mark.parametrize("name", GUIDES)
def test_what_the_guide_says_of_a_verb_the_command_understands(name: str) -> None:
    file = str(ROOT / name)  # stands for the reader's own files
    for call in re.findall(r"`halfyear ([^`]+)`", read(name)):
        verb, *words = shlex.split(re.sub(r"<[^>]+>|\S+\.(?:docx|xlsx)|build/\S+", file, call))
        main.commands[verb].make_context(verb, words)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_to_a_file_of_the_project(name: str) -> None:
    folder = (ROOT / name).parent
    for target in re.findall(r"\]\(([^)#\s]+)", read(name)):
        if not target.startswith("https://"):
            assert (folder / target).exists(), target


@pytest.mark.parametrize("name", [*PAGES, "CONTRIBUTING.md"])
def test_every_path_named_is_in_the_project(name: str) -> None:
    made = ("build/", "params/2026-9M", "params/QN/", "notebooks/vi/", "notebooks/en/")
    named = re.findall(r"`([a-z_.]+/[^`*\s]*)`", read(name))
    assert named
    for path in named:
        if not path.startswith(made):
            assert (ROOT / path).exists(), path


@pytest.mark.parametrize("name", GUIDES)
def test_the_folders_listed_are_those_of_the_project(name: str) -> None:
    (block,) = re.findall(r"^```text\n(.*?)^```", read(name), re.MULTILINE | re.DOTALL)
    folders = [line.split()[0] for line in block.splitlines()]
    assert folders == ["data/", "params/", "notebooks/", "report/", "src/halfyear/", "tests/"]
    assert all((ROOT / folder).is_dir() for folder in folders)


@pytest.mark.parametrize("name", READMES)
def test_the_files_that_come_out_are_those_ci_opens(name: str) -> None:
    delivered = read(".ci/test_delivered.py")
    for file in re.findall(r"`([\w.-]+\.(?:pdf|html|json))`", read(name)):
        assert file in delivered, file


@pytest.mark.parametrize("name", READMES)
def test_the_pictures_of_page_1_and_of_the_page_are_small_and_described(name: str) -> None:
    found = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", read(name))
    shapes = []
    for alt, path in found:
        assert len(alt) > 40
        assert (ROOT / path).stat().st_size < 120_000
        with Image.open(ROOT / path) as picture:
            assert picture.width >= 600
            shapes.append(picture.height / picture.width)
    # A4 is 1 : 1.414; the page as a window of 1000 by 640
    assert shapes == pytest.approx([1.414, 0.64], abs=0.01)


@pytest.mark.parametrize(("english", "vietnamese"), [READMES, GUIDES])
def test_both_languages_have_the_same_chapters_lists_and_files(
    english: str, vietnamese: str
) -> None:
    shapes = [r"^(#+) ", r"^(\d\.|\*) ", r"^\| `(\w+\.\w+\.?\w*)`", r"^(\|---.*)"]
    for shape in shapes:
        found = [re.findall(shape, read(name), re.MULTILINE) for name in (english, vietnamese)]
        assert found[0] == found[1], shape


@pytest.mark.parametrize("name", GUIDES)
def test_the_guide_has_a_row_for_every_verb(name: str) -> None:
    rows = re.findall(r"^\| `halfyear ([a-z-]+)", read(name), re.MULTILINE)
    assert set(rows) == {verb for verb, known in main.commands.items() if not known.hidden}


def test_every_key_of_a_params_file_is_explained() -> None:
    keys = re.findall(r"^\| `(\w+)`", read("params/README.md"), re.MULTILINE)
    written = [field.name for field in fields(Params) if field.name != "folder"]  # from its path
    assert keys == written


def test_the_change_log_begins_with_the_version_of_the_package() -> None:
    (version,) = re.findall(r'^version = "([^"]+)"', read("pyproject.toml"), re.MULTILINE)
    found = re.findall(r"^## (\d+\.\d+\.\d+)", read("CHANGELOG.md"), re.MULTILINE)
    assert found[0] == version


def test_the_rules_of_contributing_are_half_a_page() -> None:
    assert len(read("CONTRIBUTING.md").partition("## Ways")[0].split()) <= 400


def walk(name: str) -> list[list[str]]:
    """The calls of the chapter on another province."""
    chapters = re.split(r"^## ", read(name), flags=re.MULTILINE)
    (chapter,) = [text for text in chapters if "halfyear init ../" in text.split("\n| `")[0]]
    return [shlex.split(call) for call in re.findall(r"`halfyear ([^`]+)`", chapter)]


def test_the_walk_to_another_province_works_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(here: Path, *words: str, code: int = 0) -> str:
        monkeypatch.chdir(here)
        made = CliRunner().invoke(main, words, catch_exceptions=False)
        assert made.exit_code == code, made.output
        return made.output

    monkeypatch.delenv("HALFYEAR_ROOT", raising=False)
    begun, *calls = walk("docs/guide.md")
    assert walk("docs/guide.vi.md") == [begun, *calls]
    (tmp_path / "here").mkdir()
    run(tmp_path / "here", *begun)
    for call in calls[:2]:
        run(tmp_path / "quang-ninh", *call)
    assert (tmp_path / "quang-ninh" / "params" / "2026-H1.yml").is_file()
    beside, built = calls[2:]
    there = small_edition.write(tmp_path / "there").root
    run(there, *beside)
    assert (there / "params" / "QN" / "2026-H1.yml").is_file()
    # test_second_place.py builds such an edition; without a figure it says what is lacking
    assert "report_qn_2026_h1" in run(there, *built, code=1)
