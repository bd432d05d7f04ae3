"""Tables: the validated data of the project."""

import pickle
from contextlib import suppress
from pathlib import Path

from halfyear.data import change, checks, content
from halfyear.data.frames import Tables
from halfyear.errors import DataError
from halfyear.project import Project

__all__ = ["Tables", "keep", "load", "save"]

_KEPT: dict[Path, tuple[str, Tables]] = {}


def load(project: Project) -> Tables:
    """Read and check every table, after a change that was cut off is finished or put back.

    Raises DataError with all problems at once.
    """
    change.recover(project)
    digest, tables = _KEPT.get(project.root, ("", None))
    if tables is not None and digest and digest == content.of(project):
        return tables.copied()
    tables, problems = checks.examine(project)
    if problems:
        raise DataError(*problems)
    return tables


def keep(project: Project, saved: Path | None = None) -> None:
    """Load the tables and keep them for this process and its forks.

    As long as the data are the same to the byte, `load` then gives copies of them. So does a file
    in which `save` has left them, which spares reading and checking them again.
    """
    digest = content.of(project)
    tables = _saved(saved, digest) or load(project)
    if digest == content.of(project):  # else they changed meanwhile
        _KEPT[project.root] = digest, tables


def save(project: Project, path: Path) -> None:
    """Leave the tables, loaded and checked, in a file for `keep`; raises DataError as `load`."""
    path.write_bytes(pickle.dumps((content.of(project), load(project))))


def _saved(path: Path | None, digest: str) -> Tables | None:
    """The tables that were saved, unless of other data, or by another pandas."""
    if path is not None:
        with suppress(Exception):
            known, tables = pickle.loads(path.read_bytes())
            if known and known == digest and isinstance(tables, Tables):
                return tables
    return None
