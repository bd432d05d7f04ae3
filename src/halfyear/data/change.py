"""A change of the project: made in a copy, then put in place whole or not at all."""

import filecmp
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from halfyear.data import lock
from halfyear.data.faults import fault
from halfyear.errors import DataError
from halfyear.project import Project


@contextmanager
def made(project: Project) -> Iterator[Project]:
    """Hold the lock and give a copy of the data to change; at the end what differs is put in place.

    Any error inside leaves the project as it was. Raises DataError where somebody else is changing
    the data or a file cannot be written.
    """
    try:
        with lock.held(project.data), _beside(project) as folder:
            copy = Project(folder / "new")
            shutil.copytree(project.data, copy.data, ignore=shutil.ignore_patterns(lock.NAME))
            yield copy
            _publish(copy, project, folder / "old")
    except OSError as error:
        name = str(error.filename or project.root)
        raise DataError(
            fault("data_unwritable", file=name, found=error.strerror or error)
        ) from error


@contextmanager
def _beside(project: Project) -> Iterator[Path]:
    """Give a folder on the project's own disk, from which a file moves into place at once."""
    with tempfile.TemporaryDirectory(
        prefix=".changing-", dir=project.root, ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def _publish(copy: Project, project: Project, old: Path) -> None:
    """Move every file of the copy that differs into place; put all back where one cannot move."""
    names = [path.relative_to(copy.root) for path in copy.root.rglob("*") if path.is_file()]
    changed = sorted(name for name in names if _differs(copy.root / name, project.root / name))
    for name in changed:
        if (project.root / name).exists():
            (old / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(project.root / name, old / name)
    moved: list[Path] = []
    try:
        for name in changed:
            (project.root / name).parent.mkdir(parents=True, exist_ok=True)
            (copy.root / name).replace(project.root / name)
            moved.append(name)
    except BaseException:
        for name in moved:
            if (old / name).exists():
                (old / name).replace(project.root / name)
            else:
                (project.root / name).unlink()
        raise


def _differs(new: Path, old: Path) -> bool:
    return not old.exists() or not filecmp.cmp(new, old, shallow=False)
