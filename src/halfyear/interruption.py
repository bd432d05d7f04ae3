"""The end of a build from outside: Ctrl-C, a closed terminal, or a request of the system."""

import os
import secrets
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from halfyear import outside, signals

CODE = 130
_SCRATCH: list[Path] = []  # folders of this process for temporary files, the current ones last


@contextmanager
def scratch(folder: Path) -> Iterator[None]:
    """Let temporary files of this process, and of those it starts, lie in a folder of the build.

    Nothing is then left in the temporary folder of the system, and what a killed build left is
    removed by the next one.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    before, told = (
        tempfile.tempdir,
        {name: os.environ.get(name) for name in ("TMPDIR", outside.FOLDER)},
    )
    system = Path(tempfile.gettempdir()) / f"halfyear-{secrets.token_hex(8)}"
    os.environ.update({"TMPDIR": str(folder), outside.FOLDER: str(system)})
    tempfile.tempdir = str(folder)
    _SCRATCH.extend((folder, system))
    try:
        yield
    finally:
        tempfile.tempdir = before
        for name, value in told.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
        for made in (_SCRATCH.pop(), _SCRATCH.pop()):
            shutil.rmtree(made, ignore_errors=True)


@contextmanager
def ending(line: str) -> Iterator[None]:
    """End this process with one line and code 130 when it is interrupted, and all it has started.

    Threads are not waited for: what a build does is safe to be left at any moment.
    """
    signals.handle(signals.interrupt)
    try:
        yield
    except KeyboardInterrupt:
        signals.handle(signal.SIG_IGN)
        end_children()
        for folder in _SCRATCH:  # never tempfile.tempdir, which may be that of the system
            shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            print(line, file=sys.stderr, flush=True)
            sys.stdout.flush()
        os._exit(CODE)


def end_children() -> None:
    """Kill every process that this one has started, directly or not."""
    with suppress(psutil.Error):
        for child in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):
                child.kill()
