"""The lock: one analyst at a time changes the project."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from halfyear.data.faults import fault
from halfyear.errors import DataError

NAME = ".changing"
PATIENCE = 10.0
PAUSE = 0.05


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; where it stays taken, raises DataError naming who holds it."""
    path = folder / NAME
    file = _taken(path)
    try:
        with os.fdopen(file, "w", encoding="utf-8") as out:
            out.write(f"process {os.getpid()} on {socket.gethostname()}\n")
        yield
    finally:
        path.unlink(missing_ok=True)


def _taken(path: Path) -> int:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            if time.monotonic() >= end:
                raise DataError(fault("data_locked", file=str(path), found=_holder(path))) from None
        time.sleep(PAUSE)


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
