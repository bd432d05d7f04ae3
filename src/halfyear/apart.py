"""Steps done apart: each in a process of its own, whose memory is given back when it has ended.

The process is forked from one that has loaded what it needs, else started for the step.
"""

import os
import pickle
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Self

from halfyear.errors import BuildError, Problem
from halfyear.forking import client

Step = Callable[[Path], None]
SIZE = 8  # bytes of the number that tells how long a step is
READY, ANSWER = "halfyear.forking.server:load", "halfyear.apart:answer"
UNWRITTEN = 64  # plus the number of an error: exit code where the answer could not be written
ERRORS = 2  # the file in which what a step prints is read


class Processes:
    """The processes of one build's steps, forked from a server.

    That is a copy of the process of the build where this has one thread yet, else it is started
    for the first step. modules: what all steps load. Used as a context, at whose end none of the
    processes is left.
    """

    def __init__(self, *modules: str) -> None:
        self.modules = modules
        self.turn = threading.Lock()
        self.server: client.Server | None = None

    def __enter__(self) -> Self:
        if client.possible() and client.alone():
            with suppress(OSError):
                self.server = client.copied(ERRORS)
        return self

    def __exit__(self, *_: object) -> None:
        if self.server is not None:
            self.server.close()

    def run(self, step: Step, folder: Path, *modules: str) -> None:
        """Do a step that fills a folder; raises what `run` raises.

        `modules` are loaded once, for it and for the steps that follow.
        """
        held = self._started() if client.possible() else None
        if held is None or not forked(held, step, folder, (*self.modules, *modules)):
            run(step, folder)

    def _started(self) -> client.Server | None:
        with self.turn, suppress(OSError):
            self.server = self.server or client.started(
                READY, self.modules, os.environ, Path.cwd(), ERRORS
            )
        return self.server


def run(step: Step, folder: Path) -> None:
    """Do a step that fills a folder, in a process that ends with this one.

    Raises what the step raised, with its traceback as a note, and BuildError where its process
    was ended from outside.
    """
    order = pickle.dumps((step, folder))
    process = subprocess.Popen(
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for the build, which ends what it has started
    )
    assert process.stdin
    assert process.stdout
    answer = b""
    with suppress(OSError), process:  # on leaving it closes the input, which may be broken, too
        process.stdin.write(len(order).to_bytes(SIZE, "big") + order)
        process.stdin.flush()
        answer = process.stdout.read()
    _heard(answer, process.returncode)


def forked(server: client.Server, step: Step, folder: Path, modules: Sequence[str] = ()) -> bool:
    """Do a step in a process forked from a server, and tell whether one could be forked.

    The server loads `modules` first. Raises what `run` raises.
    """
    with tempfile.TemporaryDirectory(prefix="halfyear-") as scratch:
        order, told = Path(scratch, "step"), Path(scratch, "answer")
        order.write_bytes(pickle.dumps((step, folder)))
        try:
            files, here = [str(order), str(told)], str(Path.cwd())
            process = server.fork(ANSWER, files, os.environ, here, modules)
        except OSError:
            return False
        code = process.wait()
        answered = told.read_bytes() if told.is_file() else b""
    _heard(answered, code)
    return True


def answer(files: Sequence[str]) -> None:
    """Do the step in the first file, in a forked process, and leave the answer in the other."""
    order, told = map(Path, files)
    step, folder = pickle.loads(order.read_bytes())
    fresh = told.with_suffix(".new")
    answered = _answer(step, folder)
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        fresh.write_bytes(answered)
        fresh.replace(told)
    except OSError as error:  # a disk that is full, above all
        sys.exit(UNWRITTEN + (error.errno or 0))


def _heard(answer: bytes, code: int) -> None:
    """Raise the error that was answered, or that a process has ended without an answer."""
    if not answer and code > UNWRITTEN:
        raise OSError(code - UNWRITTEN, os.strerror(code - UNWRITTEN), tempfile.gettempdir())
    if not answer:
        raise BuildError(_ended(code))
    error = pickle.loads(answer)
    if error is not None:
        raise error


def _ended(code: int) -> Problem:
    return Problem(
        "a step of the build was ended from outside",
        found=f"exit code {code}",
        mend="look whether there was too little memory, and run it again, perhaps with --jobs 1",
        vi=Problem(
            "một bước làm báo cáo đã bị dừng từ bên ngoài",
            found=f"mã thoát {code}",
            mend="kiểm tra máy có đủ bộ nhớ không rồi chạy lại, có thể thêm --jobs 1",
        ),
    )


def main() -> None:
    """Do the step that is read from standard input, and answer with the error it raised, or None.

    What the step prints goes to standard error.
    """
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    orders = sys.stdin.buffer
    size = int.from_bytes(orders.read(SIZE), "big")
    step, folder = pickle.loads(orders.read(size))
    threading.Thread(target=_end_with, args=(orders,), daemon=True).start()
    answers.write(_answer(step, folder))
    answers.flush()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # nothing is left to tidy, and what was loaded needs no farewell


def _answer(step: Step, folder: Path) -> bytes:
    try:
        step(folder)
    except Exception as error:
        told = "".join(traceback.format_exception(error))
        error.add_note(told)
        try:
            answer = pickle.dumps(error)
            pickle.loads(answer)
        except Exception:
            return pickle.dumps(RuntimeError(told))
        return answer
    return pickle.dumps(None)


def _end_with(orders: BinaryIO) -> None:
    """End this process when the one that has started it does."""
    orders.read()
    os._exit(1)


if __name__ == "__main__":
    main()
