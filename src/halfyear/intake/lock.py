"""The lock: one analyst at a time changes the data."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from halfyear.errors import Problem
from halfyear.intake.document import IntakeError

NAME = ".accepting"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; raises IntakeError naming who holds it."""
    path = folder / NAME
    try:
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        holder = path.read_text(encoding="utf-8", errors="replace").strip()
        raise IntakeError(
            Problem(
                "somebody else is accepting rows just now",
                file=str(path),
                found=holder or "a lock without a name",
                mend="wait until they are done; if nobody is, delete this file and run again",
            )
        ) from None
    try:
        with os.fdopen(file, "w", encoding="utf-8") as out:
            out.write(f"process {os.getpid()} on {socket.gethostname()}\n")
        yield
    finally:
        path.unlink(missing_ok=True)
