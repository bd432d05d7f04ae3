"""The journal of a change: what is written down before the first file moves, so that none is lost.

A change is made in a scratch folder beside the data. Then the journal is written, whole and down to
the disk: from there on the change is finished by whoever comes next, wherever it was cut off.
Before it, nothing of the change counts.
"""

import getpass
import hashlib
import json
import os
import shutil
import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from halfyear.data.faults import fault
from halfyear.errors import DataError

SCRATCH = ".changing-data"
LAST = ".changing-last"
_LIST = "journal.json"
_PACKAGE = "datapackage.json"


@dataclass(frozen=True)
class Entry:
    """A file that a change touches: its hashes before and after, None where there is no file."""

    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Journal:
    """A change of the files below a root: what it is, whose, and whether it is being put back."""

    what: str
    by: str
    entries: tuple[Entry, ...]
    back: bool = False


def read(folder: Path) -> Journal | None:
    """Read the journal of a folder, None where none was written; raises DataError if broken."""
    path = folder / _LIST
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        entries = tuple(Entry(**entry) for entry in content.pop("entries"))
        return Journal(**content, entries=entries)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(fault("journal_unreadable", file=str(path), found=error)) from error


def commit(root: Path, what: str, entries: Iterable[Entry]) -> None:
    """Put the files of the scratch folder's new/ into place, all of them or, on an error, none."""
    folder = root / SCRATCH
    ordered = tuple(sorted(entries, key=_turn))
    for entry in ordered:
        if entry.old is not None:
            kept = folder / "old" / entry.name
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / entry.name, kept)
            _to_disk(kept)
        if entry.new is not None:
            _to_disk(folder / "new" / entry.name)
    journal = Journal(what, whoami(), ordered)
    try:
        _write(folder, journal)
        _forward(root, journal)
    except BaseException:
        put_back(root, journal)
        raise
    _keep(root)


def finish(root: Path, journal: Journal) -> None:
    """Finish a change that was cut off; what is done already is left."""
    _forward(root, journal)
    _keep(root)


def put_back(root: Path, journal: Journal) -> None:
    """Put back what a change had moved; what is back already is left.

    A file goes back to new/ before its old one returns: cut off here, the change can still go
    either way.
    """
    folder = root / SCRATCH
    with suppress(OSError):  # a full disk cannot take the mark; without it, the change is finished
        _write(folder, Journal(journal.what, journal.by, journal.entries, back=True))
    for entry in reversed(journal.entries):
        target, kept, new = (root / entry.name, *(folder / n / entry.name for n in ("old", "new")))
        if digest(target) == entry.old:
            continue
        if target.exists() and not new.exists():
            target.replace(new)
        if entry.old is not None:
            kept.replace(target)
        _to_disk(target.parent)
    drop(root)


def drop(root: Path) -> None:
    """Remove the scratch folder, its journal first."""
    (root / SCRATCH / _LIST).unlink(missing_ok=True)
    shutil.rmtree(root / SCRATCH, ignore_errors=True)


def foreign(root: Path, journal: Journal) -> list[str]:
    """List the files that are neither as before the change nor as after it."""
    standing = ((entry, digest(root / entry.name)) for entry in journal.entries)
    return [
        entry.name for entry, found in standing if found not in (entry.old, entry.new) and found
    ]


def digest(path: Path) -> str | None:
    """Give the sha256 of a file, None where there is none."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def whoami() -> str:
    """Give the name of this user on this machine."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = "?"
    return f"{name}@{socket.gethostname()}"


def _turn(entry: Entry) -> tuple[bool, bool, str]:
    """New files first, then the list of files, then what goes away."""
    return entry.new is None, Path(entry.name).name == _PACKAGE, entry.name


def _forward(root: Path, journal: Journal) -> None:
    for entry in journal.entries:
        target, new = root / entry.name, root / SCRATCH / "new" / entry.name
        if entry.new is None:
            target.unlink(missing_ok=True)
        elif new.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            new.replace(target)
        _to_disk(target.parent)


def _keep(root: Path) -> None:
    """Keep the files as they were before, so that the change can be taken back."""
    with suppress(OSError):  # the change is in place; whoever comes next tidies up
        shutil.rmtree(root / LAST, ignore_errors=True)
        (root / SCRATCH).replace(root / LAST)
        shutil.rmtree(root / LAST / "new", ignore_errors=True)


def _write(folder: Path, journal: Journal) -> None:
    """Write the journal at once: whole or, where it is cut off, as it was."""
    path = folder / f"{_LIST}.part"
    path.write_text(json.dumps(asdict(journal), ensure_ascii=False), encoding="utf-8")
    _to_disk(path)
    path.replace(folder / _LIST)
    _to_disk(folder)


def _to_disk(path: Path) -> None:
    """Let the disk have a file, or a folder's list of files, before anything rests on it."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folder
    file = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
