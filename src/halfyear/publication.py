"""The publication of a finished folder: it takes the place of the last one whole, or not at all."""

import ctypes
import os
import shutil
import sys
from pathlib import Path

HERE, EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


def beside(folder: Path) -> Path:
    """The folder, on the same disk, in which what shall stand in `folder` is made."""
    return folder.with_name(f".new-{folder.name}")


def replace(folder: Path, fresh: Path) -> None:
    """Put a finished folder in the place of another, which is removed.

    Linux exchanges the two at once. Elsewhere the last one steps aside for a moment; were the
    build killed in it, `recover` puts the last one back.
    """
    old = folder.with_name(f".old-{folder.name}")
    recover(folder)
    if not folder.exists():
        fresh.rename(folder)
    elif _exchanged(folder, fresh):
        shutil.rmtree(fresh, ignore_errors=True)
    else:
        folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def recover(folder: Path) -> None:
    """Put back what a build that was killed had moved aside, and remove what it had not put in."""
    old = folder.with_name(f".old-{folder.name}")
    if not folder.exists() and old.is_dir():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step of the system; False where it has none."""
    if not sys.platform.startswith("linux"):
        return False
    exchange = getattr(ctypes.CDLL(None), "renameat2", None)
    names = os.fsencode(one), os.fsencode(other)
    return exchange is not None and exchange(HERE, names[0], HERE, names[1], EXCHANGE) == 0
