"""Tables: the validated data of the project."""

import pickle
from contextlib import suppress
from pathlib import Path

from halfyear.data import change, checks, content
from halfyear.data.frames import Tables
from halfyear.errors import DataError
from halfyear.project import Project

__all__ = ["Tables", "load", "restore", "save"]


def load(project: Project) -> Tables:
    """Read and check every table, after a change that was cut off is finished or put back.

    Raises DataError with all problems at once. Data that are the same to the byte are read once
    for this process and its forks; whoever asks gets a copy.
    """
    change.recover(project)
    tables, problems = checks.examine(project)
    if problems:
        raise DataError(*problems)
    return tables


def save(project: Project, path: Path) -> None:
    """Leave the tables, loaded and checked, in a file for `restore`; raises DataError as `load`."""
    path.write_bytes(pickle.dumps((content.of(project), load(project))))


def restore(project: Project, path: Path) -> None:
    """Let `load` give the tables that were saved in a file, where they are of these very data.

    A file that is torn, or by another pandas, changes nothing.
    """
    with suppress(Exception):
        digest, tables = pickle.loads(path.read_bytes())
        if digest == content.of(project) and isinstance(tables, Tables):
            checks.know(digest, tables)
