"""Frames: the tables as typed pandas frames with stable ids of their facts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import PurePosixPath

import pandas as pd

from halfyear import kit
from halfyear.data import ids, schema, sheet
from halfyear.data.cells import Habit
from halfyear.data.faults import Fault, fault
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


@dataclass(frozen=True)
class Reading:
    """What was read: the tables, the tables that are not whole, and the faults met."""

    tables: Tables
    broken: frozenset[str]
    faults: list[Fault]


def read(project: Project) -> Reading:
    """Read every table of the project; cells that break the contract become missing.

    Raises DataError where datapackage.json itself is broken.
    """
    package = schema.read(project)
    names = [entry.name for entry in fields(Tables)]
    missing = [name for name in names if name not in package]
    if missing:
        raise DataError(*(fault("table_missing", file=schema.PACKAGE, name=n) for n in missing))
    if lacking := list(_lacking(package)):
        raise DataError(*lacking)
    frames: dict[str, pd.DataFrame] = {}
    broken: set[str] = set()
    faults: list[Fault] = []
    for name in names:
        frames[name], found = _table(project, package[name])
        faults.extend(found)
        if found:
            broken.add(name)
    return Reading(Tables(**ids.with_ids(frames)), frozenset(broken), faults)


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


def _table(project: Project, table: Table) -> tuple[pd.DataFrame, list[Fault]]:
    paths, faults = files(project, table)
    parts = []
    for path in paths:
        text, found = sheet.content(project.data / path, f"data/{path}")
        faults.extend(found)
        if not found:
            rows, wrong = part(table, path, text)
            parts += [] if rows is None else [rows]
            faults.extend(wrong)
    return _frame(table, parts), faults


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
