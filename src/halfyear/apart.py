"""Steps done apart: each in a process of its own, whose memory is given back when it has ended.

The process is started for the step, or forked from one that has loaded what it needs.
"""

import os
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol

from halfyear.errors import BuildError, Problem

Step = Callable[[Path], None]
SIZE = 8  # bytes of the number that tells how long a step is
ANSWER = ".answer"  # ending of the file in which a forked process answers


class Process(Protocol):
    """A process that does a step."""

    def wait(self) -> int:
        """Wait for its end and give its exit code."""
        ...


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


def forked(fork: Callable[[Path], Process], step: Step, folder: Path, scratch: Path) -> bool:
    """Do a step in a process that `fork` makes of a file with the step in the folder `scratch`.

    Tells whether one could be forked: `fork` raises OSError where not. Raises what `run` raises.
    """
    order = scratch / "step"
    order.write_bytes(pickle.dumps((step, folder)))
    told = order.with_suffix(ANSWER)
    told.unlink(missing_ok=True)
    try:
        process = fork(order)
    except OSError:
        return False
    code = process.wait()
    _heard(told.read_bytes() if told.is_file() else b"", code)
    return True


def answer(order: Path) -> None:
    """Do the step in a file, in a forked process, and leave the answer beside it whole."""
    step, folder = pickle.loads(order.read_bytes())
    fresh = order.with_suffix(".new")
    fresh.write_bytes(_answer(step, folder))
    fresh.replace(order.with_suffix(ANSWER))


def _heard(answer: bytes, code: int) -> None:
    """Raise the error that was answered, or that a process has ended without an answer."""
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
