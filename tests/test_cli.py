"""The command: every verb documented, every mistake told in one readable line."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from halfyear.cli import main
from halfyear.commands.guard import readable
from halfyear.errors import DataError, Problem

ROOT = Path(__file__).resolve().parents[1]
VERBS = sorted(main.commands)
OF_A_PERIOD = [
    name
    for name, verb in main.commands.items()
    if any(isinstance(p, click.Argument) and p.name == "period" for p in verb.params)
]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


def needed(verb: str, folder: Path) -> list[str]:
    """The required options of a verb, pointed at a folder."""
    return [
        word
        for p in main.commands[verb].params
        if isinstance(p, click.Option) and p.required
        for word in (p.opts[0], str(folder))
    ]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_documented_in_both_readmes(verb: str) -> None:
    for name in ("README.md", "README.vi.md"):
        assert re.search(rf"`halfyear {verb}\b", read(name)), name


def test_the_readmes_document_no_verb_that_is_not_there() -> None:
    for name in ("README.md", "README.vi.md"):
        assert set(re.findall(r"`halfyear ([a-z][a-z-]*)", read(name))) <= set(VERBS), name


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_help_of_one_sentence_or_more(verb: str) -> None:
    said = run(verb, "--help")
    assert said.exit_code == 0
    assert re.search(r"\w[^\n]+\.", said.output)
    assert main.commands[verb].get_short_help_str(120).endswith(".")


@pytest.mark.parametrize("help_option", ["-h", "--help"])
def test_the_help_lists_every_verb(help_option: str) -> None:
    said = run(help_option)
    assert said.exit_code == 0
    assert all(re.search(rf"^  {verb}\b", said.output, re.MULTILINE) for verb in VERBS)


def test_what_make_calls_is_what_the_command_takes() -> None:
    calls = re.findall(r"\.venv/bin/halfyear ([a-z-]+)((?: \"\$\$PERIOD\")?)", read("Makefile"))
    assert ("report", ' "$$PERIOD"') in calls
    for verb, period in calls:
        assert verb in VERBS, f"make calls halfyear {verb}"
        main.commands[verb].make_context(verb, ["2026-H1"] if period else [])


@pytest.mark.parametrize("verb", OF_A_PERIOD)
@pytest.mark.parametrize("period", ["2031-H1", "../2026-H1", "2026-H3", "halfyear", " 2026-H1"])
def test_an_unknown_period_is_exit_code_1_and_one_readable_error(
    verb: str, period: str, tmp_path: Path
) -> None:
    said = run(verb, period, *needed(verb, tmp_path))
    assert said.exit_code == 1
    assert said.stderr.startswith("error: ")
    assert "mend: " in said.stderr
    assert "Traceback" not in said.output
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_verb_or_engine_is_exit_code_2_with_the_ones_there_are() -> None:
    assert run("reprot", "2026-H1").exit_code == 2
    said = run("report", "2026-H1", "--engine", "word")
    assert said.exit_code == 2
    assert "quarto" in said.stderr
    assert "embedded" in said.stderr


def test_every_problem_of_an_error_is_a_line_with_place_and_mend() -> None:
    @click.command()
    @readable
    def failing() -> None:
        raise DataError(
            Problem(
                "a comma in a number",
                file="data/plan.csv",
                row=7,
                column="low",
                expected="a decimal point",
                found="14,5",
                mend="write 14.5",
            ),
            "something else",
        )

    said = CliRunner().invoke(failing)
    assert said.exit_code == 1
    assert said.stdout == ""
    assert said.stderr.splitlines() == [
        (
            "error: data/plan.csv, row 7, column low: a comma in a number "
            "(expected a decimal point; found 14,5; mend: write 14.5)"
        ),
        "error: something else",
    ]


def test_a_fault_of_the_program_itself_is_not_dressed_up_as_the_user_s() -> None:
    @click.command()
    @readable
    def failing() -> None:
        raise KeyError("x")

    assert isinstance(CliRunner().invoke(failing).exception, KeyError)


def test_the_period_of_the_help_is_that_of_make() -> None:
    (wanted,) = re.findall(r"^PERIOD \?= (\S+)$", read("Makefile"), re.MULTILINE)
    for verb in OF_A_PERIOD:
        (period,) = [p for p in main.commands[verb].params if p.name == "period"]
        assert period.default in (wanted, None) or period.required


def test_outside_a_project_the_command_says_what_it_looks_for(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALFYEAR_ROOT", str(small / "sources"))
    said = run("report", "2026-H1", "--engine", "embedded")
    assert said.exit_code == 1
    assert "data/datapackage.json" in said.stderr
