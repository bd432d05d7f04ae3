"""The edition of the first half of 2026, built once for all tests of a run."""

import time
from pathlib import Path

from halfyear import snapshot
from halfyear.identity import Identity
from halfyear.project import Project
from halfyear.proofs import rebuild

PERIOD = "2026-H1"
PATIENCE = 900  # seconds


def inputs(root: Path) -> list[str]:
    """Files that the edition is built from, below the project's folder."""
    return [*snapshot.inputs(Project(root), Identity.parse(PERIOD)), *snapshot.package()]


def once(root: Path, base: Path) -> Path:
    """Build below `base`, or wait for the worker that is building there."""
    folder, done, failed = (base / name for name in ("edition", "edition.done", "edition.failed"))
    try:
        folder.mkdir()
    except FileExistsError:
        return _wait(folder, done, failed)
    try:
        made = rebuild.again(root, inputs(root), PERIOD, "embedded", folder)
    except BaseException as error:
        failed.write_text(str(error), encoding="utf-8")
        raise
    done.touch()
    return made


def _wait(folder: Path, done: Path, failed: Path) -> Path:
    for _ in range(PATIENCE):
        if done.exists():
            return folder / "build" / PERIOD
        if failed.exists():
            raise AssertionError(failed.read_text(encoding="utf-8"))
        time.sleep(1)
    raise AssertionError("the other worker did not finish the build")
