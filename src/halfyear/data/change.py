"""A change of the project: made in a copy, put in place whole or not at all, and taken back."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from halfyear.data import journal, lock
from halfyear.data.faults import fault
from halfyear.data.journal import SCRATCH, Entry, Journal
from halfyear.errors import DataError
from halfyear.project import Project

UNDOING = "undo: "  # before the name of what was taken back


@dataclass(frozen=True)
class Recovery:
    """What became of a change that was cut off: "finished", "back" or "dropped"."""

    state: str
    what: str


@contextmanager
def made(project: Project, what: str = "") -> Iterator[Project]:
    """Hold the lock and give a copy of the data to change; at the end what differs is put in place.

    Any error inside leaves the project as it was; a killed process leaves a journal, by which the
    next command finishes. `what` names the change to whoever takes it back. Raises DataError where
    somebody else is changing the data or a file cannot be written.
    """
    with _written(project), lock.held(project.data):
        _recover(project)
        with _scratch(project) as new:
            copy = Project(new)
            _copy_data(project, copy)
            yield copy
            entries = _entries(project, copy)
            if entries:
                journal.commit(project.root, what, entries)


@contextmanager
def tried(project: Project) -> Iterator[Project]:
    """Give a copy of the data to try a change in; the copy is dropped, the data stay as they are.

    Raises DataError where somebody else is changing the data.
    """
    with tempfile.TemporaryDirectory(prefix="halfyear-") as folder:
        copy = Project(Path(folder))
        with _written(project), lock.held(project.data):
            _recover(project)
            _copy_data(project, copy)
        yield copy


def recover(project: Project) -> Recovery | None:
    """Finish or put back a change that was cut off; None where there is none, or one under way.

    Raises DataError where a file of it was edited since or cannot be written.
    """
    if not (project.root / SCRATCH).exists():
        return None
    begun = journal.read(project.root / SCRATCH) is not None
    try:
        with _written(project), lock.held(project.data, None if begun else 0):
            return _recover(project)
    except DataError:
        if begun:
            raise
        return None


def last(project: Project) -> Journal | None:
    """Give the journal of the last change, None where there is none to take back."""
    return journal.read(project.root / journal.LAST)


def undo(project: Project, *, anyones: bool = False) -> Journal:
    """Take back the last change of the data, and give it; the undoing is a change itself.

    Raises DataError naming everything that stands in the way: no change, somebody else's (unless
    `anyones`), files changed since, rows that rest on it.
    """
    with _written(project), lock.held(project.data):
        _recover(project)
        change = last(project)
        if change is None:
            raise DataError(fault("undo_nothing", file=str(project.root)))
        if change.by != journal.whoami() and not anyones:
            told = f"{change.by}: {change.what}"
            raise DataError(fault("undo_of_another", file=str(project.root), found=told))
        back = _reversed(project, change)
        with _scratch(project) as new:
            _rest_on(project, back, new.parent / "trial")
            for entry in back:
                if entry.new is not None:
                    _copy(project.root / journal.LAST / "old" / entry.name, new / entry.name)
            again = change.what.startswith(UNDOING)
            told = change.what.removeprefix(UNDOING) if again else f"{UNDOING}{change.what}"
            journal.commit(project.root, told.strip(), back)
        return change


def _recover(project: Project) -> Recovery | None:
    """Tidy up after a change that was cut off; the lock is held."""
    root = project.root
    if not (root / SCRATCH).exists():
        return None
    begun = journal.read(root / SCRATCH)
    if begun is None:
        journal.drop(root)
        return Recovery("dropped", "")
    edited = journal.foreign(root, begun)
    if edited:
        raise DataError(*(fault("journal_edited", file=name, what=begun.what) for name in edited))
    if begun.back:
        journal.put_back(root, begun)
        return Recovery("back", begun.what)
    journal.finish(root, begun)
    return Recovery("finished", begun.what)


@contextmanager
def _written(project: Project) -> Iterator[None]:
    """Tell a file that cannot be written as a fault of the data."""
    try:
        yield
    except OSError as error:
        name, reason = str(error.filename or project.root), error.strerror
        if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):
            name, _, reason = error.args[0][0]
        raise DataError(fault("data_unwritable", file=name, found=reason or error)) from error


@contextmanager
def _scratch(project: Project) -> Iterator[Path]:
    """Give a folder for new files on the project's own disk; a journal that needs it keeps it."""
    folder = project.root / SCRATCH
    (folder / "new").mkdir(parents=True)
    try:
        yield folder / "new"
    finally:
        if folder.exists() and journal.read(folder) is None:
            journal.drop(project.root)


def _entries(project: Project, copy: Project) -> list[Entry]:
    """List the files that differ between a project and its changed copy."""
    names = {path.relative_to(copy.root) for path in copy.root.rglob("*") if path.is_file()}
    names |= {
        path.relative_to(project.root)
        for path in project.data.rglob("*")
        if path.is_file() and path.name not in (lock.NAME, lock.HOLDER)
    }
    both = (
        Entry(
            name.as_posix(), journal.digest(project.root / name), journal.digest(copy.root / name)
        )
        for name in names
    )
    return [entry for entry in both if entry.old != entry.new]


def _reversed(project: Project, change: Journal) -> list[Entry]:
    """Give what takes a change back; raises DataError where a file was changed since."""
    standing = [(entry, journal.digest(project.root / entry.name)) for entry in change.entries]
    changed = [entry.name for entry, found in standing if found not in (entry.new, None)]
    if changed:
        raise DataError(
            *(fault("undo_in_the_way", file=name, what=change.what) for name in changed)
        )
    return [Entry(entry.name, found, entry.old) for entry, found in standing if found != entry.old]


def _rest_on(project: Project, back: list[Entry], trial: Path) -> None:
    """Refuse where rows that came since would be wrong without the change."""
    from halfyear.data import checks  # slow to load, and no build with nothing to do needs it

    without = Project(trial)
    _copy_data(project, without)
    for entry in back:
        (trial / entry.name).unlink(missing_ok=True)
        if entry.new is not None:
            _copy(project.root / journal.LAST / "old" / entry.name, trial / entry.name)
    before = set(map(str, checks.problems(project)))
    wrong = [one for one in checks.problems(without) if str(one) not in before]
    shutil.rmtree(trial)
    if wrong:
        raise DataError(*wrong)


def _copy_data(project: Project, copy: Project) -> None:
    ignored = shutil.ignore_patterns(lock.NAME, lock.HOLDER)
    shutil.copytree(project.data, copy.data, ignore=ignored)


def _copy(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(path, to)
