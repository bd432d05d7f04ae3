"""Steps done apart: their files stay, their errors come back whole, none outlives its build."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from multiprocessing import Process
from pathlib import Path

import psutil
import pytest

from halfyear import apart
from halfyear.errors import BuildError, ParamsError, Problem
from halfyear.kernel import surroundings, warm


def fill(folder: Path) -> None:
    print("not an answer")
    (folder / "pid").write_text(str(os.getpid()), encoding="utf-8")


def refuse(_: Path) -> None:
    raise ParamsError(Problem("one", row=3), Problem("two", vi=Problem("hai")))


def crash(folder: Path) -> None:
    fill(folder)
    os.kill(os.getpid(), signal.SIGKILL)


def linger(folder: Path) -> None:
    fill(folder)
    time.sleep(600)


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the other process find this module."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), *sys.path]))


def test_a_step_leaves_its_files_and_its_process_is_gone(tmp_path: Path) -> None:
    apart.run(fill, tmp_path)
    number = int((tmp_path / "pid").read_text(encoding="utf-8"))
    assert number != os.getpid()
    assert not psutil.pid_exists(number)


def test_errors_come_back_with_all_their_problems_and_where_they_arose(tmp_path: Path) -> None:
    with pytest.raises(ParamsError) as caught:
        apart.run(refuse, tmp_path)
    assert caught.value.problems == (Problem("one", row=3), Problem("two", vi=Problem("hai")))
    assert "in refuse" in caught.value.__notes__[0]
    with pytest.raises(FileNotFoundError, match="missing"):
        apart.run(os.rmdir, tmp_path / "missing")


class Ended(subprocess.Popen):
    """A process that has ended before anybody writes to it."""

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        self.wait()


def test_a_process_that_ends_before_it_has_read_its_step_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The write breaks, and so does the closing, which tries it once more
    monkeypatch.setattr(sys, "executable", "/bin/false")
    monkeypatch.setattr(subprocess, "Popen", Ended)
    with pytest.raises(BuildError) as caught:
        apart.run(fill, tmp_path)
    assert caught.value.problems[0].found == "exit code 1"


def test_a_step_that_is_killed_is_told_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as caught:
        apart.run(crash, tmp_path)
    (problem,) = caught.value.problems
    assert "ended from outside" in problem.say("en").what
    assert "bị dừng từ bên ngoài" in problem.say("vi").what
    assert str(-signal.SIGKILL) in problem.found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="nothing is forked here")
def test_a_forked_step_leaves_its_files_and_its_errors_as_one_that_is_started(
    tmp_path: Path,
) -> None:
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    with warm.kernels([], surroundings.shielded({}, scratch), tmp_path):
        fork = warm.SERVERS[-1].step
        assert apart.forked(fork, fill, tmp_path, scratch)
        number = int((tmp_path / "pid").read_text(encoding="utf-8"))
        assert number != os.getpid()
        assert not psutil.pid_exists(number)
        with pytest.raises(ParamsError) as caught:
            apart.forked(fork, refuse, tmp_path, scratch)
        assert caught.value.problems == (Problem("one", row=3), Problem("two", vi=Problem("hai")))
        with pytest.raises(BuildError) as killed:  # and the answer of the step before is not taken
            apart.forked(fork, crash, tmp_path, scratch)
    assert str(-signal.SIGKILL) in killed.value.problems[0].found


def test_a_step_that_cannot_be_forked_is_left_to_another_process(tmp_path: Path) -> None:
    def refused(_: Path) -> apart.Process:
        raise OSError("Resource temporarily unavailable")

    assert not apart.forked(refused, fill, tmp_path, tmp_path)
    assert not (tmp_path / "pid").exists()


def test_a_step_ends_when_its_build_is_killed(tmp_path: Path) -> None:
    build = Process(target=partial(apart.run, linger, tmp_path))
    build.start()
    while not (written := tmp_path / "pid").is_file() or not written.read_text(encoding="utf-8"):
        time.sleep(0.05)
    step = psutil.Process(int(written.read_text(encoding="utf-8")))
    build.kill()
    build.join()
    assert psutil.wait_procs([step], timeout=10)[1] == []
