"""A returned workbook: its rows taken into the data, all of them or none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from halfyear.data import change, checks, schema
from halfyear.data.checks import times
from halfyear.data.faults import fault
from halfyear.data.schema import Table
from halfyear.data.tablefile import TableFile
from halfyear.errors import DataError, HalfyearError, PeriodError, Problem
from halfyear.identity import Identity
from halfyear.periods import filled, renewal, workbook
from halfyear.periods.filled import Entered
from halfyear.project import Project

Counts = dict[str, tuple[int, int]]


def take(project: Project, path: Path) -> tuple[list[Problem], Counts]:
    """Take a filled workbook into the project's data.

    A row whose key is held already replaces it, others are added. Gives every problem at once,
    at its sheet and row, and then writes nothing; else how many rows were added and changed.
    """
    try:
        edition = _edition(project, path)
        with change.made(project, f"import {path.name}") as copy:
            package = schema.read(copy)
            found, wrong = filled.read(path, package)
            if wrong:
                raise DataError(*wrong)
            return [], _enter(copy, package, found, edition)
    except HalfyearError as error:
        return list(error.problems), {}


def _edition(project: Project, path: Path) -> Identity:
    try:
        edition = project.named(workbook.edition(path))
    except PeriodError as error:
        raise DataError(fault("book_name", file=str(path), found=path.name)) from error
    if not path.is_file():
        raise DataError(fault("file_missing", file=str(path)))
    if edition not in renewal.editions(project):
        name = f"params/{edition}.yml"
        raise DataError(fault("book_without_period", file=str(path), name=name, period=edition))
    return edition


def _enter(
    copy: Project,
    package: Mapping[str, Table],
    found: Mapping[str, list[Entered]],
    edition: Identity,
) -> Counts:
    """Merge the rows into the tables of a copy; raises DataError where it fails its checks."""
    places: dict[tuple[str, int], Entered] = {}
    period, own = edition.period, edition.place or copy.home
    counts: Counts = {}
    days = _days(TableFile.open(copy, package["sources"], period), found.get("sources", ()))
    for name, rows in found.items():
        given = _placed_at(rows, own) if "place" in package[name].names else rows
        file = TableFile.open(copy, package[name], period)
        counts[name] = _merge(file, _dated(given, days, str(period.end)), places)
    problems = [_placed(problem, places) for problem in checks.problems(copy)]
    if problems:
        raise DataError(*problems)
    return {name: count for name, count in counts.items() if any(count)}


def _placed_at(rows: Sequence[Entered], place: str) -> list[Entered]:
    """Let rows that name no place be of the edition's own."""
    return [
        replace(row, cells={**row.cells, "place": row.cells.get("place") or place}) for row in rows
    ]


def _days(sources: TableFile, added: Sequence[Entered]) -> dict[str, str]:
    """Give the day each source could be known: a partial date counts at its end."""
    rows = [*sources.rows, *(entry.cells for entry in added)]
    return {row["id"]: str(times.end(row["date"]) or "") for row in rows}


def _dated(rows: Sequence[Entered], days: Mapping[str, str], end: str) -> list[Entered]:
    """Add the day each row could be known.

    Where its source is unknown or has no day, the end of the period stands in, so that the checks
    tell the source alone; such rows are never written.
    """
    return [
        replace(row, cells={**row.cells, "known_at": days.get(row.cells.get("source", "")) or end})
        for row in rows
    ]


def _merge(
    file: TableFile, rows: Sequence[Entered], places: dict[tuple[str, int], Entered]
) -> tuple[int, int]:
    at = {file.key(row): n for n, row in enumerate(file.rows)}
    entered: dict[int, Entered] = {}
    added = changed = 0
    for entry in rows:
        cells = file.cells(entry.cells)
        known = at.get(file.key(cells))
        if known is not None and known not in entered:
            changed += file.rows[known] != cells
            file.rows[known] = cells
        else:
            known = len(file.rows)
            file.rows.append(cells)
            added += 1
        entered[known] = entry
    if rows:
        file.save()
    lines = file.lines()
    places.update({(f"data/{file.name}", lines[n]): entry for n, entry in entered.items()})
    return added, changed


def _placed(problem: Problem, places: Mapping[tuple[str, int], Entered]) -> Problem:
    entry = places.get((problem.file, problem.row or 0))
    return problem if entry is None else replace(problem, file=entry.sheet, row=entry.row)
