"""A returned workbook: its rows taken into the data, all of them or none."""

import csv
import io
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from halfyear.data import checks, schema
from halfyear.data.checks.times import begin
from halfyear.data.faults import fault
from halfyear.data.schema import Table
from halfyear.errors import DataError, HalfyearError, PeriodError, Problem
from halfyear.period import Period
from halfyear.periods import filled, renewal
from halfyear.periods.filled import Entered
from halfyear.project import Project

Counts = dict[str, tuple[int, int]]


def take(project: Project, path: Path) -> tuple[list[Problem], Counts]:
    """Take a filled workbook into the project's data.

    A row whose key is held already replaces it, others are added. Gives every problem at once,
    at its sheet and row, and then writes nothing; else how many rows were added and changed.
    """
    try:
        period = _period(project, path)
        package = schema.read(project)
        found, wrong = filled.read(path, package)
    except HalfyearError as error:
        return list(error.problems), {}
    if wrong:
        return list(wrong), {}
    with tempfile.TemporaryDirectory() as folder:
        trial = Project(Path(folder))
        shutil.copytree(project.data, trial.data)
        places: dict[tuple[str, int], Entered] = {}
        counts: Counts = {}
        days = _days(trial, package["sources"], found.get("sources", ()))
        for table, rows in found.items():
            file = _file(package[table], period)
            counts[table] = _merge(trial, package[table], file, _dated(rows, days), places)
        problems = [_placed(problem, places) for problem in checks.problems(trial)]
        if not problems:
            _publish(trial, project, [_file(package[table], period) for table in found])
    return problems, {} if problems else {k: v for k, v in counts.items() if any(v)}


def _period(project: Project, path: Path) -> Period:
    try:
        period = Period.parse(path.stem)
    except PeriodError as error:
        raise DataError(fault("book_name", file=str(path), found=path.name)) from error
    if not path.is_file():
        raise DataError(fault("file_missing", file=str(path)))
    if period not in renewal.editions(project):
        name = f"params/{period}.yml"
        raise DataError(fault("book_without_period", file=str(path), name=name, period=period))
    return period


def _file(table: Table, period: Period) -> str:
    return f"{table.folder}/{period}.csv" if table.folder else table.paths[0]


def _days(project: Project, table: Table, rows: Sequence[Entered]) -> dict[str, str]:
    """Give the day each source could be known: a partial date counts at its end."""
    _, kept = _read(project.data / table.paths[0])
    known = {row["id"]: row["date"] for row in [*kept, *(entry.cells for entry in rows)]}
    return {id: _last_day(text) for id, text in known.items()}


def _last_day(text: str) -> str:
    first = begin(text)
    if first is None:
        return ""
    part = ("FY", f"{first.month:02d}", "")[text.count("-")]
    return str(Period(first.year, part).end if part else first)


def _dated(rows: Sequence[Entered], days: Mapping[str, str]) -> list[Entered]:
    return [
        replace(row, cells={**row.cells, "known_at": days.get(row.cells.get("source", ""), "")})
        for row in rows
    ]


def _merge(
    project: Project,
    table: Table,
    file: str,
    rows: Sequence[Entered],
    places: dict[tuple[str, int], Entered],
) -> tuple[int, int]:
    path = project.data / file
    names, kept = _read(path)
    at = {tuple(row[name] for name in table.key): n for n, row in enumerate(kept)}
    added = changed = 0
    for entry in rows:
        cells = {name: entry.cells.get(name, "") for name in names}
        key = tuple(cells[name] for name in table.key)
        known = at.get(key)
        if known is not None and (f"data/{file}", known + 2) not in places:
            changed += kept[known] != cells
            kept[known] = cells
        else:
            known = len(kept)
            kept.append(cells)
            added += 1
        places[f"data/{file}", known + 2] = entry
    if rows:
        _write(path, names, kept)
    return added, changed


def _placed(problem: Problem, places: Mapping[tuple[str, int], Entered]) -> Problem:
    entry = places.get((problem.file, problem.row or 0))
    return problem if entry is None else replace(problem, file=entry.sheet, row=entry.row)


def _publish(trial: Project, project: Project, files: Sequence[str]) -> None:
    """Put the checked files in place, each whole."""
    for file in files:
        fresh = (project.data / file).with_suffix(".new")
        shutil.copyfile(trial.data / file, fresh)
    for file in files:
        target = project.data / file
        target.with_suffix(".new").replace(target)


def _read(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or ()), list(reader)


def _write(path: Path, names: list[str], rows: Sequence[Mapping[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="\n")
