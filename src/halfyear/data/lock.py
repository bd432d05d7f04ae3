"""The lock: one analyst at a time changes the project, and a dead one holds nothing."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from halfyear.data.faults import fault
from halfyear.errors import DataError

NAME = ".changing"
HOLDER = ".changing.by"
PATIENCE = 60.0  # seconds, several changes on a busy machine
PAUSE = 0.05


@contextmanager
def held(folder: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the lock of a folder; where it stays taken, raises DataError naming who holds it.

    The kernel gives it up when its process ends, however it ends; the file itself stays and says
    nothing.
    """
    mutex = FileLock(folder / NAME, thread_local=False)
    try:
        mutex.acquire(PATIENCE if patience is None else patience, poll_interval=PAUSE)
    except Timeout:
        found = _holder(folder)
        raise DataError(fault("data_locked", file=str(folder), found=found)) from None
    try:
        with suppress(OSError):
            holder = f"process {os.getpid()} on {socket.gethostname()}\n"
            (folder / HOLDER).write_text(holder, encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            (folder / HOLDER).unlink()
        mutex.release()


def _holder(folder: Path) -> str:
    try:
        return (folder / HOLDER).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
