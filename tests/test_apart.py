"""Steps done apart: their files stay, their errors come back whole, none outlives its build."""

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing import Process
from pathlib import Path

import psutil
import pytest

from halfyear import apart
from halfyear.errors import BuildError, ParamsError, Problem
from halfyear.forking import client

Run = Callable[[apart.Step, Path], None]


def fill(folder: Path) -> None:
    print("not an answer")
    (folder / "pid").write_text(str(os.getpid()), encoding="utf-8")


def refuse(_: Path) -> None:
    raise ParamsError(Problem("one", row=3), Problem("two", vi=Problem("hai")))


def crash(folder: Path) -> None:
    fill(folder)
    os.kill(os.getpid(), signal.SIGKILL)


def look(folder: Path) -> None:
    seen = f"{Path.cwd()} {os.environ['TOLD']}"
    (folder / "seen").write_text(seen, encoding="utf-8")


def loaded(folder: Path) -> None:
    (folder / "loaded").write_text(str("wave" in sys.modules), encoding="utf-8")


def orphan(_: Path) -> None:
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(600)


def linger(folder: Path) -> None:
    fill(folder)
    time.sleep(600)


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the other process find this module."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), *sys.path]))


@pytest.fixture(params=["copied", "forked", "started"])
def run(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Do a step in a process forked from a server, or in one that is started for it.

    The server is a copy of this process, or one of its own.
    """
    if request.param == "started":
        monkeypatch.setenv(client.OFF, "1")
    elif not sys.platform.startswith("linux"):
        pytest.skip("nothing is forked here")
    monkeypatch.setattr(client, "alone", lambda: request.param == "copied")
    with apart.Processes("halfyear.build") as processes:
        assert (processes.server is not None) == (request.param == "copied")
        yield processes.run
        assert (processes.server is None) == (request.param == "started")


def test_a_step_leaves_its_files_and_its_process_is_gone(run: Run, tmp_path: Path) -> None:
    run(fill, tmp_path)
    number = int((tmp_path / "pid").read_text(encoding="utf-8"))
    assert number != os.getpid()
    assert not psutil.pid_exists(number)


@pytest.mark.parametrize("run", ["forked", "started"], indirect=True)  # copied: see below
def test_what_a_step_prints_is_no_answer_and_goes_where_errors_go(
    run: Run,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)
    run(fill, tmp_path)
    assert capfd.readouterr() == ("", "not an answer\n")


def test_errors_come_back_with_all_their_problems_and_where_they_arose(
    run: Run, tmp_path: Path
) -> None:
    with pytest.raises(ParamsError) as caught:
        run(refuse, tmp_path)
    assert caught.value.problems == (Problem("one", row=3), Problem("two", vi=Problem("hai")))
    assert "in refuse" in caught.value.__notes__[0]
    with pytest.raises(FileNotFoundError, match="missing"):
        run(os.rmdir, tmp_path / "missing")


def test_a_step_that_is_killed_is_told_in_both_languages(run: Run, tmp_path: Path) -> None:
    with pytest.raises(BuildError) as caught:
        run(crash, tmp_path)
    (problem,) = caught.value.problems
    assert "ended from outside" in problem.say("en").what
    assert "bị dừng từ bên ngoài" in problem.say("vi").what
    assert str(-signal.SIGKILL) in problem.found
    run(fill, tmp_path)  # and the next one is done as ever


def test_a_step_knows_the_place_and_the_surroundings_of_its_time(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(fill, tmp_path)
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path / "there")
    monkeypatch.setenv("TOLD", "later")
    run(look, tmp_path)
    assert (tmp_path / "seen").read_text(encoding="utf-8") == f"{tmp_path / 'there'} later"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="nothing is forked here")
def test_what_several_steps_load_is_loaded_once_before_they_are_forked(tmp_path: Path) -> None:
    seen = []
    with apart.Processes() as processes:
        for modules in ([], ["no_such_module", "wave"], []):
            processes.run(loaded, tmp_path, *modules)
            seen.append((tmp_path / "loaded").read_text(encoding="utf-8"))
    assert seen == ["False", "True", "True"]


def crowd(folder: Path) -> None:
    """Leave no room for an answer: where it would be written there is a folder."""
    order = next(Path(tempfile.gettempdir()).glob("halfyear-*/step"))
    (order.parent / "answer.new").mkdir()
    fill(folder)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="nothing is forked here")
def test_an_answer_that_cannot_be_written_tells_why_the_system_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    with apart.Processes() as processes, pytest.raises(OSError) as caught:  # noqa: PT011
        processes.run(crowd, tmp_path)
    assert caught.value.errno == errno.EISDIR


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="nothing is forked here")
def test_a_server_that_answers_too_late_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with apart.Processes() as processes:
        monkeypatch.setattr(client, "PATIENCE", 0.0)
        processes.run(fill, tmp_path)
        monkeypatch.setattr(client, "PATIENCE", 60.0)
        processes.run(fill, tmp_path)  # and its late answer is nobody else's


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="nothing is forked here")
def test_a_step_whose_process_has_the_number_of_an_earlier_one_is_waited_for(
    tmp_path: Path,
) -> None:
    with apart.Processes() as processes:
        processes.run(fill, tmp_path)
        number = int((tmp_path / "pid").read_text(encoding="utf-8"))
        assert processes.server is not None
        processes.server.codes |= dict.fromkeys(range(1, number + 10_000), 9)
        processes.run(fill, tmp_path)
    assert int((tmp_path / "pid").read_text(encoding="utf-8")) < number + 10_000


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


@pytest.mark.parametrize("refuses", ["copied", "started", "Server.fork"])
def test_a_step_that_cannot_be_forked_is_done_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refuses: str
) -> None:
    def refused(*_: object) -> None:
        raise OSError("Resource temporarily unavailable")

    monkeypatch.setattr(client, "alone", lambda: refuses == "copied")
    monkeypatch.setattr(f"halfyear.forking.client.{refuses}", refused)
    with apart.Processes() as processes:
        processes.run(fill, tmp_path)
        with pytest.raises(FileNotFoundError, match="missing"):  # its own error is none of a fork
            processes.run(os.rmdir, tmp_path / "missing")
    assert (tmp_path / "pid").exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="nothing is forked here")
def test_a_server_that_dies_takes_its_steps_with_it_and_the_next_is_started(tmp_path: Path) -> None:
    with apart.Processes() as processes:
        with pytest.raises(BuildError, match="ended from outside"):
            processes.run(orphan, tmp_path)
        processes.run(fill, tmp_path)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="nothing is forked here")
def test_a_server_whose_build_has_gone_ends_without_a_word(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair()
    words = [sys.executable, "-m", "halfyear.forking.server", str(theirs.fileno()), apart.READY]
    server = subprocess.Popen(words, pass_fds=[theirs.fileno()], stderr=subprocess.PIPE)
    theirs.close()
    request = {"call": apart.READY, "given": [], "env": {}, "cwd": str(tmp_path), "load": []}
    ours.sendall(json.dumps(request).encode() + b"\n")
    ours.close()  # before the server can answer that it has forked
    assert server.communicate(timeout=60)[1] == b""
    assert server.returncode == 0


def look_around(folder: Path) -> None:
    """Tell which files are open, and what session this is of."""
    print("not an answer")
    files = [str(file.resolve()) for file in Path("/proc/self/fd").iterdir()]
    seen = {"files": files, "session": os.getsid(0)}
    (folder / "seen").write_text(json.dumps(seen), encoding="utf-8")


BUILD = """
import os, sys
from pathlib import Path
from halfyear import apart
import test_apart

held = open(sys.argv[1])
print("begun", end=" ")
with apart.Processes() as processes:
    print("copied" if processes.server else "not copied", end=" ")
    processes.run(test_apart.look_around, Path(sys.argv[2]))
print(os.getsid(0))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="nothing is forked here")
def test_the_copy_of_a_build_has_nothing_that_it_holds_and_says_nothing_twice(
    tmp_path: Path,
) -> None:
    lock = tmp_path / "edition.lock"
    lock.touch()
    words = [sys.executable, "-c", BUILD, str(lock), str(tmp_path)]
    ended = subprocess.run(words, capture_output=True, text=True, check=True)
    *said, session = ended.stdout.split()
    assert said == ["begun", "copied"]
    assert ended.stderr == "not an answer\n"
    seen = json.loads((tmp_path / "seen").read_text(encoding="utf-8"))
    assert str(lock) not in seen["files"]
    assert str(seen["session"]) != session  # a Ctrl-C is not for it


def kept(folder: Path, forked: bool) -> None:
    """Do a step that does not end, as a build does."""
    if forked:
        with apart.Processes() as processes:
            processes.run(linger, folder)
    else:
        apart.run(linger, folder)


@pytest.mark.parametrize("forked", [True, False])
def test_a_step_ends_when_its_build_is_killed(tmp_path: Path, forked: bool) -> None:
    build = Process(target=kept, args=(tmp_path, forked))
    build.start()
    while not (written := tmp_path / "pid").is_file() or not written.read_text(encoding="utf-8"):
        time.sleep(0.05)
    step = psutil.Process(int(written.read_text(encoding="utf-8")))
    build.kill()
    build.join()
    assert psutil.wait_procs([step], timeout=10)[1] == []
