"""A returned workbook: its rows taken into the data, all of them or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from halfyear import params
from halfyear.data import change, checks, ids, schema
from halfyear.data.checks import times
from halfyear.data.faults import fault
from halfyear.data.schema import Table
from halfyear.data.tablefile import TableFile
from halfyear.errors import DataError, HalfyearError, PeriodError, Problem
from halfyear.identity import Identity
from halfyear.periods import completed, filled, listed, workbook
from halfyear.periods.filled import Entered
from halfyear.project import Project

Counts = dict[str, tuple[int, int]]
SOURCES, INDICATORS, CLAIMS = "sources", "indicators", "claims"
TAKEN_BACK = ("observations", "scenarios", "projects")  # their keys stand in the workbook whole
OF_REPORT = {  # what tells the rows of one report apart that the workbook has no whole key of
    "plan": ("place", "indicator", "measure", "year", "source"),
    "claims": ("place", "kind", "indicator", "time_period", "source"),
}
PLACED = ("observations", "scenarios", "plan", "projects", "claims")
STANDING = ("printed", "bound", "section", "line", "nth")
FIXED = ("id", "sha256")


class Report(Protocol):
    """The file of the report, in which figures of the workbook are found."""

    @property
    def source(self) -> Mapping[str, str]:
        """What the head of the report and its bytes say of it, as a row of sources.csv."""

    def find(self, table: str, row: Entered) -> Mapping[str, str]:
        """Give a row with its place in the report; raises HalfyearError naming the candidates."""


@dataclass(frozen=True)
class Emptied:
    """An emptied row of a workbook, and the lines of a file of data/ that it could stand for."""

    row: Entered
    file: str
    lines: tuple[int, ...]

    @property
    def sure(self) -> bool:
        """Can it stand for one line only?"""
        return len(self.lines) == 1


@dataclass(frozen=True)
class _Frame:
    """The edition of a workbook, the ids of its report and scenario, the report's file if given."""

    edition: Identity
    own: str
    scenario: str
    report: Report | None


def take(
    project: Project, path: Path, report: Report | None = None, *, take_back: bool = False
) -> tuple[list[Problem], Counts]:
    """Take a filled workbook into the project's data.

    A row whose key is held already replaces it, others are added; with take_back rows that the
    workbook has emptied are taken out of the data. Places and prints that are not filled are found
    in the report. Gives every problem at once, at its sheet and row, and then writes nothing; else
    how many rows were added and changed.
    """
    try:
        edition = edition_of(project, path)
        chosen = params.read(project.choices(edition))
        own = chosen.report
        with change.made(project, f"import {path.name}") as copy:
            package = schema.read(copy)
            found, wrong = filled.read(path, package)
            if wrong:
                raise DataError(*wrong)
            if take_back:
                _remove(copy, package, _held(copy, path, package, edition, own), edition)
            rows = _whole(copy, package, found, _Frame(edition, own, chosen.scenario, report))
            return [], _enter(copy, package, rows, edition)
    except HalfyearError as error:
        return list(error.problems), {}


def emptied(project: Project, path: Path) -> list[Emptied]:
    """Give the rows that a workbook has emptied and that the data still hold, once or more.

    Only what is sure is ever taken back. None are given where the workbook cannot be read: `take`
    tells why.
    """
    try:
        edition = edition_of(project, path)
        report = params.read(project.choices(edition)).report
        held = _held(project, path, schema.read(project), edition, report)
    except HalfyearError:
        return []
    return [row for rows in held.values() for row in rows]


def _held(
    project: Project, path: Path, package: dict[str, Table], edition: Identity, report: str
) -> dict[str, list[Emptied]]:
    """Give the emptied rows that stand for rows of the data, by table."""
    held = {}
    own = edition.place or project.home
    for name, rows in filled.emptied(path, package).items():
        if rows and (name in TAKEN_BACK or name in OF_REPORT):
            file = TableFile.open(project, package[name], edition.period)
            lines: dict[tuple[str, ...], list[int]] = {}
            for line, known in zip(file.lines(), file.rows, strict=True):
                lines.setdefault(_key(file, known), []).append(line)
            whole = _placed_at([_told_by(row, report) for row in rows], own)
            found = [(row, lines.get(_key(file, row.cells), ())) for row in whole]
            held[name] = [Emptied(row, f"data/{file.name}", tuple(at)) for row, at in found if at]
    return held


def _key(file: TableFile, row: Mapping[str, str]) -> tuple[str, ...]:
    """What a row of the workbook and a row of the data have in common."""
    names = OF_REPORT.get(file.table.name)
    return file.key(row) if names is None else tuple(row.get(name, "") for name in names)


def _told_by(row: Entered, report: str) -> Entered:
    """Let a row that names no document be of the edition's report."""
    return replace(row, cells={**row.cells, "source": row.cells.get("source") or report})


def _remove(
    copy: Project,
    package: Mapping[str, Table],
    held: Mapping[str, Sequence[Emptied]],
    edition: Identity,
) -> None:
    """Take the rows that are sure out of the tables of a copy."""
    for name, rows in held.items():
        sure = [one.row for one in rows if one.sure]
        if sure:
            file = TableFile.open(copy, package[name], edition.period)
            gone = {_key(file, row.cells) for row in sure}
            file.rows[:] = [row for row in file.rows if _key(file, row) not in gone]
            file.save()


def _whole(
    copy: Project,
    package: Mapping[str, Table],
    found: Mapping[str, list[Entered]],
    frame: "_Frame",
) -> dict[str, list[Entered]]:
    """Complete the rows: what follows from the edition, and what stands in the report."""
    edition, own, report = frame.edition, frame.own, frame.report
    known = completed.Known(
        edition,
        own,
        _units(copy, package, found),
        _scenario(copy, package, found, frame.scenario),
    )
    place = edition.place or copy.home
    whole = {
        name: [completed.complete(name, row, known) for row in rows] for name, rows in found.items()
    }
    for name, rows in whole.items():
        whole[name] = _placed_at(rows, place) if "place" in package[name].names else rows
    _only_new(copy, package, whole.get(INDICATORS, ()))
    whole = {name: _as_held(copy, package[name], rows, edition) for name, rows in whole.items()}
    if report is not None:
        sources = TableFile.open(copy, package[SOURCES], edition.period).rows
        whole[SOURCES] = _documents(whole.get(SOURCES, []), sources, own, report)
        whole = _found(whole, own, report)
    names: set[str] = set()
    whole[CLAIMS] = [
        replace(row, cells={**row.cells, "id": ids.claim(row.cells, names)})
        for row in whole.get(CLAIMS, ())
    ]
    return whole


def _as_held(
    copy: Project, table: Table, rows: Sequence[Entered], edition: Identity
) -> list[Entered]:
    """Let a figure that the data hold keep its print and place where the row leaves them empty."""
    if table.name not in TAKEN_BACK:
        return list(rows)
    file = TableFile.open(copy, table, edition.period)
    held = {file.key(row): row for row in file.rows}
    return [_kept(row, held.get(file.key(row.cells), {}), file) for row in rows]


def _kept(row: Entered, held: Mapping[str, str], file: TableFile) -> Entered:
    cells = file.cells(row.cells)
    if any(cells.get(name, "") != held.get(name) for name in ("value", "count") if name in cells):
        return row
    kept = {name: held[name] for name in STANDING if not cells.get(name) and held.get(name)}
    if "printed" in kept:
        kept["printed_unit"] = held["printed_unit"]
    return replace(row, cells={**row.cells, **kept})


def _units(
    copy: Project, package: Mapping[str, Table], found: Mapping[str, list[Entered]]
) -> dict[str, str]:
    """Give the unit of each indicator, those of the workbook included."""
    rows = list(TableFile.open(copy, package[INDICATORS], "").rows)
    rows += [row.cells for row in found.get(INDICATORS, ())]
    return {row["id"]: row["unit"] for row in rows}


def _scenario(
    copy: Project,
    package: Mapping[str, Table],
    found: Mapping[str, list[Entered]],
    scenario: str,
) -> dict[str, str]:
    """Give the cells that say whose the figures of a scenario are: plan, set_by and set_on."""
    documents = [row.cells for row in found.get(SOURCES, ())]
    documents += TableFile.open(copy, package[SOURCES], "").rows
    plan = next((row for row in documents if scenario and row["id"] == scenario), None)
    if plan is None:
        return {}
    return {"plan": plan["id"], "set_by": plan["issuer"], "set_on": plan["date"]}


def _only_new(copy: Project, package: Mapping[str, Table], rows: Sequence[Entered]) -> None:
    """Refuse to change an indicator that the codelist holds."""
    file = TableFile.open(copy, package[INDICATORS], "")
    known = {row["id"]: row for row in file.rows}
    wrong = [
        fault(
            "indicator_there",
            file=row.sheet,
            row=row.row,
            column="id",
            found=row.cells["id"],
            name=known[row.cells["id"]]["name_vi"],
        )
        for row in rows
        if row.cells["id"] in known and file.cells(row.cells) != known[row.cells["id"]]
    ]
    if wrong:
        raise DataError(*wrong)


def _documents(
    rows: list[Entered], known: Sequence[Mapping[str, str]], own: str, report: Report
) -> list[Entered]:
    """Complete the row of the report from the data, else from its head and its bytes."""
    there = next((dict(row) for row in known if row["id"] == own), {})
    entry = next((row for row in rows if row.cells["id"] == own), None)
    title = workbook.layout()["sheets"][SOURCES]["title"]
    entry = entry or Entered(title, workbook.FIRST, {"id": own})
    told = {**report.source, "id": own}
    for held in (entry.cells, there):
        told |= {name: cell for name, cell in held.items() if cell and name not in FIXED}
    hashes = {cells.get("sha256", "") for cells in (entry.cells, there)} - {""}
    if hashes - {report.source["sha256"]}:
        found = min(hashes - {report.source["sha256"]})
        raise DataError(
            fault(
                "report_of_other_bytes",
                file=entry.sheet,
                row=entry.row,
                column="sha256",
                found=found,
                sha256=report.source["sha256"],
            )
        )
    return [replace(entry, cells=told), *(row for row in rows if row.cells["id"] != own)]


def _found(rows: Mapping[str, list[Entered]], own: str, report: Report) -> dict[str, list[Entered]]:
    """Find the rows of the report in its text; raises DataError with every one that is not."""
    whole: dict[str, list[Entered]] = {}
    wrong: list[Problem] = []
    for name, entries in rows.items():
        whole[name] = []
        for row in entries:
            if row.cells.get("source") == own and name in PLACED:
                try:
                    row = replace(row, cells=dict(report.find(name, row)))
                except HalfyearError as error:
                    wrong += error.problems
            whole[name].append(row)
    if wrong:
        raise DataError(*wrong)
    return whole


def edition_of(project: Project, path: Path) -> Identity:
    """Give the edition of a workbook; raises DataError where it has none or is not there."""
    try:
        edition = project.named(workbook.edition(path))
    except PeriodError as error:
        raise DataError(fault("book_name", file=str(path), found=path.name)) from error
    if not path.is_file():
        raise DataError(fault("book_missing", file=str(path)))
    if edition not in listed.editions(project):
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
    period = edition.period
    counts: Counts = {}
    days = _days(TableFile.open(copy, package["sources"], period), found.get("sources", ()))
    for name, rows in found.items():
        file = TableFile.open(copy, package[name], period)
        counts[name] = _merge(file, _dated(rows, days, str(period.end)), places)
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
