"""Frames: the tables as typed pandas frames with stable ids of their facts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TypeAlias

import pandas as pd

from halfyear import kit
from halfyear.data import ids, schema, sheet
from halfyear.data.cells import Habit
from halfyear.data.faults import Fault, fault
from halfyear.data.places import home
from halfyear.data.schema import Column, Table
from halfyear.errors import DataError
from halfyear.project import Project

_READERS: dict[str, Callable[[Habit, str], object]] = {
    "string": lambda _, cell: cell,
    "number": Habit.number,
    "integer": Habit.integer,
    "date": Habit.day,
}
_MISSING: dict[str, object] = {"string": "", "number": None, "integer": pd.NA, "date": None}


@dataclass(frozen=True)
class Tables:
    """One frame a table of datapackage.json.

    Text is str ("" where missing), integers Int64, numbers exact Decimal (None where missing),
    dates datetime.date (None where missing). Every frame has `file` and `row`, the line in that
    file; tables of one file an edition have `edition`; tables of figures and statements have `id`.
    """

    sources: pd.DataFrame
    indicators: pd.DataFrame
    headline: pd.DataFrame
    groups: pd.DataFrame
    units: pd.DataFrame
    places: pd.DataFrame
    observations: pd.DataFrame
    scenarios: pd.DataFrame
    plan: pd.DataFrame
    goals: pd.DataFrame
    baseline: pd.DataFrame
    claims: pd.DataFrame
    projects: pd.DataFrame
    statements: pd.DataFrame
    sections: pd.DataFrame
    absent: pd.DataFrame
    unclaimed: pd.DataFrame

    def items(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Give each table's name and frame."""
        for entry in fields(self):
            yield entry.name, getattr(self, entry.name)

    def copied(self) -> "Tables":
        """Give tables that may be changed: these stay as they are."""
        return Tables(**{name: frame.copy() for name, frame in self.items()})


@dataclass(frozen=True)
class Reading:
    """What was read: the tables, the tables that are not whole, and the faults met."""

    tables: Tables
    broken: frozenset[str]
    faults: list[Fault]


NAMES = tuple(entry.name for entry in fields(Tables))
Pages: TypeAlias = tuple[tuple[str, str], ...]  # of a table: each file's path and its text


def read(project: Project) -> Reading:
    """Read every table of the project; cells that break the contract become missing.

    Raises DataError where datapackage.json itself is broken.
    """
    package = schema.read(project)
    missing = [name for name in NAMES if name not in package]
    if missing:
        raise DataError(*(fault("table_missing", file=schema.PACKAGE, name=n) for n in missing))
    if lacking := list(_lacking(package)):
        raise DataError(*lacking)
    pages: dict[str, Pages] = {}
    broken: set[str] = set()
    faults: list[Fault] = []
    for name in NAMES:
        pages[name], unread = _pages(project, package[name])
        found = [*unread, *whole(package[name], pages[name])[1]]
        faults.extend(found)
        if found:
            broken.add(name)
    order = tuple(whole(package["sources"], pages["sources"])[0]["id"])
    at_home = home(whole(package["places"], pages["places"])[0])
    frames = {name: named(package[name], pages[name], order, at_home).copy() for name in NAMES}
    return Reading(Tables(**frames), frozenset(broken), faults)


def _lacking(package: Mapping[str, Table]) -> Iterator[Fault]:
    """Columns that the program counts on and datapackage.json does not name: it is older."""
    newest = Project(kit.root())
    current = schema.read(newest) if (newest.root / schema.PACKAGE).is_file() else {}
    for name, table in current.items():
        known = package[name].names if name in package else table.names
        for column in table.names:
            if column not in known:
                yield fault("column_lacking", file=schema.PACKAGE, column=column, name=name)


def files(project: Project, table: Table) -> tuple[list[str], list[Fault]]:
    """List the files of a table relative to data/, with those not listed in datapackage.json."""
    if not table.folder:
        return list(table.paths), []
    folder = project.data / table.folder
    there = {f"{table.folder}/{path.name}" for path in folder.glob("*.csv")}
    unlisted = sorted(there - set(table.paths))
    found = [
        fault("file_not_listed", file=schema.PACKAGE, found=path, name=table.name)
        for path in unlisted
    ]
    return sorted({*table.paths, *there}), found


def _pages(project: Project, table: Table) -> tuple[Pages, list[Fault]]:
    paths, faults = files(project, table)
    pages = []
    for path in paths:
        text, found = sheet.content(project.data / path, f"data/{path}")
        faults.extend(found)
        if not found:
            pages.append((path, text))
    return tuple(pages), faults


@lru_cache(maxsize=64)
def named(table: Table, pages: Pages, order: tuple[str, ...], at_home: str) -> pd.DataFrame:
    """The rows of a table with the ids of their facts, made once a process; see ids.numbered."""
    return ids.numbered(table.name, whole(table, pages)[0], order, at_home)


@lru_cache(maxsize=64)
def whole(table: Table, pages: Pages) -> tuple[pd.DataFrame, tuple[Fault, ...]]:
    """The rows of all files of a table, put together once a process."""
    read = [part(table, path, text) for path, text in pages]
    frame = _frame(table, [rows for rows, _ in read if rows is not None])
    return frame, tuple(fault for _, faults in read for fault in faults)


@lru_cache(maxsize=128)
def part(table: Table, path: str, text: str) -> tuple[pd.DataFrame | None, tuple[Fault, ...]]:
    """The rows of one file, read once a process however often its text is met."""
    from halfyear.data import contract  # which loads pandera: who has kept tables does without

    page, faults = sheet.parse(text, f"data/{path}", table.names)
    if page is None:
        return None, tuple(faults)
    return _typed(table, page, path), (*faults, *contract.faults(table, page))


def _frame(table: Table, parts: list[pd.DataFrame]) -> pd.DataFrame:
    names = [*table.names, *(["edition"] if table.folder else []), "file", "row"]
    empty = pd.DataFrame({name: pd.Series([], dtype=object) for name in names})
    full = [part for part in parts if len(part)]
    frame = pd.concat(full, ignore_index=True) if full else empty
    whole = {column.name: "Int64" for column in table.columns if column.type == "integer"}
    return frame.astype({**whole, "row": "int64"})


def _typed(table: Table, page: sheet.Sheet, path: str) -> pd.DataFrame:
    columns: dict[str, Iterable[object]] = {
        column.name: _cells(column, page) for column in table.columns
    }
    if table.folder:
        columns["edition"] = [PurePosixPath(path).stem] * len(page.frame)
    columns["file"] = [page.file] * len(page.frame)
    frame = pd.DataFrame(
        {name: pd.Series(list(cells), dtype=object) for name, cells in columns.items()}
    )
    frame["row"] = page.frame.index.to_numpy()
    return frame


def _cells(column: Column, page: sheet.Sheet) -> list[object]:
    if column.name not in page.frame:
        return [_MISSING[column.type]] * len(page.frame)
    from halfyear.data import contract

    cells = page.frame[column.name]
    wrong, reader = contract.test_of(column, page.habit), _READERS[column.type]
    known = {
        cell: _MISSING[column.type] if not cell or wrong(cell) else reader(page.habit, cell)
        for cell in set(cells)
    }
    return [known[cell] for cell in cells]
