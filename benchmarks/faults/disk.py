"""Full disks: a small file system in memory, with ever less room for a build or an import."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import trial
from builds import OTHER, WORDS, Edition
from changes import Change, data
from trial import Tally

KILO = 1024
ROOMS = (0, 64, 300, 1000, 4000)  # kilobytes


@contextmanager
def mounted(folder: Path) -> Iterator[Path]:
    """A file system of its own in memory; needs the rights of root."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=900m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def full(folder: Path) -> Iterator[Tally]:
    """Build and import on a disk without room; then, with room, again."""
    if os.geteuid() or not shutil.which("mount"):
        return
    for test in (_builds, _imports):
        with mounted(folder / "disk") as disk:
            yield from test(disk)


def _builds(disk: Path) -> Iterator[Tally]:
    edition, tally = Edition(disk), Tally("report on a full disk")
    for room in ROOMS:
        edition.weigh(OTHER)
        with _filled(disk, room):
            code, said = trial.run(edition.root, WORDS)
            wrong = trial.untold(code, said)
            if edition.published() not in (edition.good, edition.other):
                wrong.append("the published edition was not whole")
        tally.count([*wrong, *edition.after()], f"{room} kB")
        yield tally


def _imports(disk: Path) -> Iterator[Tally]:
    change, tally = Change("import", disk), Tally("import on a full disk")
    for room in ROOMS[:-1]:
        root = change.fresh("killed")
        with _filled(disk, room):
            code, said = trial.run(root, change.words)
            wrong = trial.untold(code, said)
        if code and data(root) != change.before:
            wrong.append("told, but the data are not as before")
        tally.count([*wrong, *change.wrong(root)], f"{room} kB")
        yield tally


@contextmanager
def _filled(disk: Path, room: int) -> Iterator[None]:
    """Leave so many kilobytes of a file system free."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(disk).free - room * KILO)
    try:
        yield
    finally:
        ballast.unlink()
