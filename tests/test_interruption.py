"""A build that is interrupted: one line, code 130, nothing left that runs or lies about."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

BUILDS = """
import subprocess, sys, tempfile, threading, time
from pathlib import Path
from halfyear import interruption
from halfyear.errors import Problem
from halfyear.outside import outside
from halfyear.tasks import Record, Task, run

folder = Path(sys.argv[1])

def sleep(_):
    tempfile.NamedTemporaryFile(delete=False).write(b"left")
    outside().__enter__()
    child = subprocess.Popen(["sh", "-c", "trap '' INT TERM HUP; sleep 600 & wait"])
    print(child.pid, flush=True)
    while True:
        time.sleep(0.01)  # a thread that nobody can stop

with interruption.ending("interrupted; the last build is as it was"):
    with interruption.scratch(folder / "tmp"):
        run([Task("sleep", sleep, {})], Record(folder / "record"), print, list)
"""


def started(folder: Path, *before: str) -> tuple[subprocess.Popen[str], list[psutil.Process]]:
    """Start a build with a child that ignores signals; gives it and all that it has started."""
    run = subprocess.Popen(
        [*before, sys.executable, "-c", BUILDS, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout
    assert run.stdout.readline() == "  sleep\n"
    child = psutil.Process(int(run.stdout.readline()))
    while not child.children():
        time.sleep(0.05)
    return run, [child, *child.children(recursive=True)]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_build_says_so_and_leaves_nothing(
    tmp_path: Path, how: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "system"))
    (tmp_path / "system").mkdir()
    run, children = started(tmp_path)
    assert list((tmp_path / "tmp").iterdir())
    assert list((tmp_path / "system").iterdir())
    run.send_signal(how)
    _, errors = run.communicate(timeout=60)
    assert run.returncode == 130
    assert errors == "interrupted; the last build is as it was\n"
    assert psutil.wait_procs(children, timeout=10)[1] == []
    assert not (tmp_path / "tmp").exists()
    assert not list((tmp_path / "system").iterdir())


def test_a_build_that_shall_outlive_its_terminal_does(tmp_path: Path) -> None:
    run, children = started(tmp_path, "nohup")
    run.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        run.wait(1)
    run.send_signal(signal.SIGTERM)
    run.communicate(timeout=60)
    assert psutil.wait_procs(children, timeout=10)[1] == []


def test_what_a_killed_build_left_is_removed_by_the_next(tmp_path: Path) -> None:
    run, children = started(tmp_path)
    run.kill()
    for child in children:
        child.kill()
    run.communicate(timeout=60)
    assert list((tmp_path / "tmp").iterdir())
    run, _ = started(tmp_path)
    assert len(list((tmp_path / "tmp").iterdir())) == 1
    run.send_signal(signal.SIGINT)
    run.communicate(timeout=60)


LOADS = """
import os, signal, sys

class Interrupting:
    def find_spec(self, name, *_):
        if name == "halfyear.cli":
            os.kill(os.getpid(), getattr(signal, sys.argv[1]))
sys.meta_path.insert(0, Interrupting())
from halfyear.__main__ import main
main()
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_command_that_still_loads_is_interrupted_with_one_line(name: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", LOADS, name], capture_output=True, text=True, check=False
    )
    assert run.returncode == 130
    assert run.stderr == "đã ngắt · interrupted\n"


WORDS = """
import os, signal, sys
from halfyear.commands import speech

whole, turns = speech.words, []

def words():
    turns.append(None)
    if len(turns) == 1:
        os.kill(os.getpid(), getattr(signal, sys.argv.pop()))
    return whole()

speech.words = words
from halfyear.__main__ import main
main()
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_command_whose_words_still_load_is_interrupted_with_one_line(name: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", WORDS, "list", "--lang", "vi", name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (130, "", "đã ngắt\n")


BEFORE = """
import tempfile, time
from halfyear import interruption

with interruption.ending("interrupted"):
    print(tempfile.gettempdir(), flush=True)
    time.sleep(600)
"""


def test_an_interruption_before_the_work_begins_leaves_the_temporary_folder_alone(
    tmp_path: Path,
) -> None:
    others = tmp_path / "of somebody else"
    others.touch()
    run = subprocess.Popen(
        [sys.executable, "-c", BEFORE],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
        stderr=subprocess.PIPE,
    )
    assert run.stdout
    assert run.stdout.readline() == f"{tmp_path}\n"
    run.send_signal(signal.SIGTERM)
    _, errors = run.communicate(timeout=60)
    assert (run.returncode, errors) == (130, "interrupted\n")
    assert others.exists()
