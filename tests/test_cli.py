"""The command: every verb documented, every mistake told in one readable line."""

import errno
import hashlib
import json
import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner, Result
from fontTools.ttLib import TTLibError
from jinja2 import TemplateSyntaxError, UndefinedError
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import DeadKernelError
from nbformat.reader import NotJSONError
from openpyxl.utils.exceptions import IllegalCharacterError

from copies import copied, fill
from halfyear.cli import main
from halfyear.commands import causes, door, speech
from halfyear.commands.door import Door
from halfyear.data import journal
from halfyear.errors import DataError, HalfyearError, Problem

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


def failing(error: BaseException, *words: str) -> Result:
    """Run a verb that fails with an error, through the door of every verb."""

    @click.command("fail")
    def fail() -> None:
        raise error

    @click.group(cls=Door)
    def group() -> None:
        """A group of one verb."""

    known = speech.words()["help"]
    known.setdefault("fail", known["check"])
    group.add_command(fail)
    return CliRunner().invoke(group, ["fail", *words])


def test_every_problem_of_an_error_is_a_line_with_place_and_mend() -> None:
    error = DataError(
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
    said = failing(error)
    assert said.exit_code == 1
    assert said.stdout == ""
    assert said.stderr.splitlines() == [
        (
            "error: data/plan.csv, row 7, column low: a comma in a number "
            "(expected a decimal point; found 14,5; mend: write 14.5)"
        ),
        "error: something else",
    ]
    assert failing(error, "--lang", "vi").stderr.splitlines()[0] == (
        "lỗi: data/plan.csv, dòng 7, cột low: a comma in a number "
        "(yêu cầu: a decimal point; thực tế: 14,5; cách sửa: write 14.5)"
    )


def broken_yaml() -> Exception:
    try:
        yaml.safe_load("key: [1, 2\nother: 3\n")
    except yaml.YAMLError as error:
        return error
    raise AssertionError


def not_utf8(path: Path) -> Exception:
    path.write_bytes(b"first\nsecond \xff\n")
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return error
    raise AssertionError


def not_json() -> Exception:
    try:
        json.loads("{\n  1")
    except ValueError as error:
        return error
    raise AssertionError


@pytest.mark.bad("environment")
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda _: OSError(errno.ENOSPC, "No space left on device", "/x/y"),
            ["/x/y", "disk is full"],
        ),
        (lambda _: PermissionError(errno.EACCES, "Permission denied", "/x"), ["/x", "rights"]),
        (lambda _: OSError(errno.EROFS, "Read-only file system", "/x"), ["/x", "rights"]),
        (lambda _: FileNotFoundError(errno.ENOENT, "No such file", "/x"), ["/x", "not there"]),
        (lambda _: OSError(5, "Input/output error", "/x"), ["/x", "Input/output"]),
        (lambda _: broken_yaml(), ["row 2", "YAML"]),
        (lambda folder: not_utf8(folder / "a.yml"), ["row 2", "UTF-8"]),
        (lambda _: not_json(), ["row 2", "JSON"]),
        (lambda _: RecursionError("maximum recursion depth exceeded"), ["nested too deeply"]),
        (lambda _: MemoryError(), ["memory"]),
        (
            lambda _: TemplateSyntaxError("unexpected end", 7, "page", "page.html"),
            ["page.html, row 7"],
        ),
        (lambda _: UndefinedError("'nobody' is undefined"), ["template", "nobody"]),
        (lambda _: TTLibError("Not a TrueType font"), ["font"]),
        (lambda _: IllegalCharacterError("a\x07b"), ["control character", "halfyear check"]),
        (lambda _: DeadKernelError("Kernel died"), ["kernel died"]),
        (lambda _: NoSuchKernel("ir"), ["kernel", "not installed"]),
        (lambda _: NotJSONError("Notebook does not appear to be JSON"), ["no notebook"]),
        (lambda _: zipfile.BadZipFile("File is not a zip file"), ["Office file"]),
    ],
)
def test_what_a_library_throws_is_one_readable_line_whose_log_is_kept(
    make: Callable[[Path], Exception],
    words: list[str],
    small: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("HALFYEAR_ROOT", str(small))
    error = make(tmp_path)
    for lang in ("en", "vi"):
        said = failing(error, "--lang", lang)
        assert said.exit_code == door.INPUT
        (line,) = said.stderr.splitlines()
        assert "Traceback" not in line
        (log,) = (small / "build" / "logs").glob("fail-*.log")
        assert str(log) in line
        assert type(error).__name__ in log.read_text(encoding="utf-8")
        log.unlink()
        if lang == "en":
            assert all(word in line for word in words), line


def test_a_fault_of_the_program_itself_is_not_dressed_up_as_the_user_s(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALFYEAR_ROOT", str(small))
    said = failing(KeyError("x"))
    assert said.exit_code == door.PROGRAM
    assert "a fault of the program itself" in said.stderr
    assert "KeyError" in said.stderr
    assert list((small / "build" / "logs").glob("fail-*.log"))


def test_a_pipe_that_breaks_within_the_program_is_told(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALFYEAR_ROOT", str(small))
    said = failing(BrokenPipeError(errno.EPIPE, "Broken pipe"))
    assert said.exit_code == door.INPUT
    assert "Broken pipe" in said.stderr
    assert list((small / "build" / "logs").glob("fail-*.log"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot look at a pipe")
def test_a_reader_who_has_had_enough_is_told_nothing(small: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as gone:
        command = [sys.executable, "-m", "halfyear", "list"]
        environment = {**os.environ, "HALFYEAR_ROOT": str(small)}
        done = subprocess.run(
            command, stdout=gone, stderr=subprocess.PIPE, env=environment, check=False
        )
    assert done.stderr == b""
    assert not (small / "build" / "logs").exists()


def test_the_log_is_kept_elsewhere_where_the_project_cannot_be_written(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALFYEAR_ROOT", str(small))
    (small / "build").write_text("a file", encoding="utf-8")
    said = failing(OSError(errno.EROFS, "Read-only file system", str(small)))
    (log,) = re.findall(r"the whole message is in (\S+)\)", said.stderr)
    assert Path(log).read_text(encoding="utf-8").startswith("Traceback")
    Path(log).unlink()


@pytest.mark.bad("environment", per=())
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_clock_that_office_files_cannot_hold_is_told(
    lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago = time.struct_time((1975, 3, 1, 10, 0, 0, 5, 60, 0))
    monkeypatch.setattr(causes.time, "localtime", lambda: long_ago)
    said = run("list", "--lang", lang)
    assert said.exit_code == door.INPUT
    (line,) = said.stderr.splitlines()
    assert "1975" in line
    assert "1980" in line


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_an_interrupted_verb_ends_with_130_and_one_line(lang: str) -> None:
    said = failing(KeyboardInterrupt(), "--lang", lang)
    assert said.exit_code == door.INTERRUPTED
    assert len(said.stderr.splitlines()) == 1


def test_a_terminal_is_not_steered_by_what_is_told() -> None:
    said = failing(HalfyearError(Problem("odd", found="\x1b[31mred\u202egnp")))
    assert "\x1b" not in said.stderr
    assert "<U+001B>" in said.stderr
    assert "<U+202E>" in said.stderr


def test_every_cause_is_told_in_both_languages() -> None:
    texts = speech.words()["causes"]
    known = {*causes._KINDS.values(), *causes._NUMBERS.values(), causes.INTERNAL, "clock"}
    assert known == set(texts)
    for parts in texts.values():
        assert all(
            parts[part][lang] for part in ("what", "expected", "mend") for lang in ("en", "vi")
        )


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_help_tells_every_verb_and_option_in_the_language_asked_for(lang: str) -> None:
    words = speech.words()
    said = run("--lang", lang, "--help").output
    order = [said.index(f"\n  {verb} ") for verb in main.commands]
    assert order == sorted(order)
    for verb, command in main.commands.items():
        told = " ".join(run(verb, "--lang", lang, "--help").output.split())
        assert " ".join(words["help"][verb][lang].split()) in told
        for option in (p for p in command.params if isinstance(p, click.Option)):
            assert option.help
            assert " ".join(option.help.split()) in told, (verb, option.name)


def test_the_language_is_that_of_the_locale_where_none_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    assert "Liệt kê các kỳ" in run("--help").output
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert "List the editions" in run("--help").output


def test_the_version_is_told() -> None:
    assert run("--version").output == f"halfyear, version {version('halfyear')}\n"


def test_editions_are_listed_with_their_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = copied(tmp_path / "p")
    monkeypatch.setenv("HALFYEAR_ROOT", str(project.root))
    assert run("new", "2026-9M", "-q").exit_code == 0
    (project.params / "2025-FY.yml").write_text("period: 2025-FY\n", encoding="utf-8")
    built = project.build / "2026-H1"
    built.mkdir(parents=True)
    params = project.params / "2026-H1.yml"
    digest = hashlib.sha256(params.read_bytes()).hexdigest()
    inputs = {"params/2026-H1.yml": digest, "src/halfyear/cli.py": "0"}
    (built / "manifest.json").write_text(json.dumps({"inputs": inputs}), encoding="utf-8")

    def states() -> dict[str, str]:
        said = json.loads(run("list", "--json").output)
        return {row["period"]: row["state"] for row in said}

    assert states() == {"2025-FY": "faulty", "2026-H1": "built", "2026-9M": "empty"}
    params.write_text(f"{params.read_text(encoding='utf-8')}# later\n", encoding="utf-8")
    assert states()["2026-H1"] == "stale"
    assert "inputs have changed" in run("list").output
    assert "đầu vào đã đổi" in run("list", "--lang", "vi").output


def test_check_tells_what_would_stop_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = copied(tmp_path / "p")
    monkeypatch.setenv("HALFYEAR_ROOT", str(project.root))
    assert run("check").exit_code == 0
    params = project.params / "2026-H1.yml"
    text = params.read_text(encoding="utf-8")
    for old, new, column in (
        ("report: report", "report: reprot", "report"),
        ("scenario: plan184", "scenario: plan18", "scenario"),
        ("plan: report", "plan: plan185", "plan"),
        ("place: HP", "place: HN", "place"),
        ("goal_period: 2026-2030", "goal_period: 2026-2031", "goal_period"),
        ("goal_period: 2026-2030", "goal_period: 2031-2035", "goal_period"),
    ):
        assert old in text
        params.write_text(text.replace(old, new), encoding="utf-8")
        said = run("check", "--json")
        assert said.exit_code == 1
        (problem,) = json.loads(said.output)
        assert (problem["file"], problem["column"]) == ("params/2026-H1.yml", column)
        assert problem["mend"]
    params.write_text(text, encoding="utf-8")
    draft = project.params / "draft.yml"
    draft.write_text(text, encoding="utf-8")
    (problem,) = json.loads(run("check", "2026-H1", "--json").output)
    assert problem["file"] == "params/draft.yml"
    draft.unlink()
    texts = project.root / "report" / "texts"
    briefing = texts / "briefing.en.yml"
    whole = briefing.read_text(encoding="utf-8")
    for body, row in (("", None), ("- 1\n", None), ("a: 1\nb: [\n", 3)):
        briefing.write_text(body, encoding="utf-8")
        (problem,) = json.loads(run("check", "--json").output)
        assert (problem["file"], problem["row"]) == ("report/texts/briefing.en.yml", row)
    briefing.write_text(f"{whole}\nonly_here: x\n", encoding="utf-8")
    (problem,) = json.loads(run("check", "--json").output)
    assert (problem["file"], problem["column"]) == ("report/texts/briefing.vi.yml", "only_here")
    briefing.unlink()
    (problem,) = json.loads(run("check", "--json").output)
    assert problem["file"] == "report/texts/briefing.en.yml"


def test_a_change_that_was_cut_off_is_finished_by_the_next_verb_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = copied(tmp_path / "p")
    monkeypatch.setenv("HALFYEAR_ROOT", str(project.root))
    (project.root / journal.SCRATCH / "new").mkdir(parents=True)
    said = run("list")
    assert "cut off before anything was written" in said.stderr
    assert not (project.root / journal.SCRATCH).exists()
    assert run("list").stderr == ""


def test_undo_says_what_it_took_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = copied(tmp_path / "p")
    monkeypatch.setenv("HALFYEAR_ROOT", str(project.root))
    assert run("undo").exit_code == 1
    run("new", "2026-9M")
    said = run("undo")
    assert said.exit_code == 0
    assert "new 2026-9M" in said.output
    assert "params/2026-9M.yml" in said.output
    assert not (project.root / "2026-9M.xlsx").exists()


def test_an_unfilled_and_an_unchanged_workbook_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = copied(tmp_path / "p")
    monkeypatch.setenv("HALFYEAR_ROOT", str(project.root))
    run("new", "2026-9M")
    book = project.root / "2026-9M.xlsx"
    assert "differs from the data: nothing was changed" in run("import", str(book)).output
    texts = {"title_vi": "Báo cáo giả định", "title_en": "Invented", "issuer": "UBND"}
    document = {"date": "2026-09-30", "sha256": "0123456789abcdef" * 4}
    fill(book, "Nguồn", {"id": "report_2026_9m"}, **texts, **document)
    assert "no figure was taken in" in run("import", str(book)).output


def test_the_edition_meant_where_none_is_named_is_that_of_make() -> None:
    (wanted,) = re.findall(r"^PERIOD \?= (\S+)$", read("Makefile"), re.MULTILINE)
    for verb in OF_A_PERIOD:
        (period,) = [p for p in main.commands[verb].params if p.name == "period"]
        usual = period.default() if callable(period.default) else wanted
        assert usual == wanted or period.required


def test_outside_a_project_the_command_says_what_it_looks_for(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALFYEAR_ROOT", str(small / "sources"))
    said = run("report", "2026-H1", "--engine", "embedded")
    assert said.exit_code == 1
    assert "data/datapackage.json" in said.stderr


def test_progress_beside_the_result_tells_the_time_and_is_left_out_when_quiet(
    capsys: pytest.CaptureFixture[str],
) -> None:
    speech.begin(["intake", "report.docx", "--lang", "vi"])
    speech.aside("trang 1/2")
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"trang 1/2 \(\d+,\d giây\)\n", err)
    speech.begin(["intake", "report.docx", "--quiet"])
    speech.aside("page 2 of 2")
    assert capsys.readouterr() == ("", "")
