"""Acceptance: ticked rows enter the data, all of them or none."""

from dataclasses import dataclass
from pathlib import Path

from halfyear.data import change, checks, frames, schema
from halfyear.data.checks.rows import records
from halfyear.data.frames import Tables
from halfyear.data.tablefile import TableFile
from halfyear.errors import IntakeError, Problem
from halfyear.intake.entry import entries
from halfyear.intake.sheet import ticked
from halfyear.period import Period
from halfyear.project import Project

PLACED = ("observations", "scenarios", "plan", "goals", "baseline", "claims", "projects")


@dataclass(frozen=True)
class Accepted:
    """How many rows entered each file."""

    counts: dict[str, int]


def accept(project: Project, path: Path) -> Accepted:
    """Take the ticked rows of a review sheet into the data of its edition.

    Raises IntakeError or DataError with every problem, and then leaves the data as they were.
    """
    sheet = ticked.read(path)
    with change.made(project, f"accept {path.name}") as copy:
        tables = frames.read(copy).tables
        _refuse(sheet.source, sheet.rows, tables, path)
        rows = entries(sheet.rows, sheet.source, tables)
        before = set(map(str, checks.problems(copy)))
        counts = _enter(copy, rows, sheet.source, _edition(sheet.rows))
        found = [one for one in checks.problems(copy) if str(one) not in before]
        if found:
            raise IntakeError(*found)
    return Accepted(counts)


def entered_as(sha256: str, tables: Tables) -> str:
    """Give the id of the source whose bytes these are and whose figures stand, else nothing."""
    same = [row["id"] for row in records(tables.sources) if sha256 and row["sha256"] == sha256]
    entered = {one for name in PLACED for one in getattr(tables, name)["source"]}
    return next((one for one in same if one in entered), "")


def _edition(rows: list[dict[str, str]]) -> Period:
    """Give the one edition that every ticked row is of."""
    named = {row["edition"] for row in rows}
    period = Period.parse(min(named))
    if len(named) > 1 or not period.is_edition:
        raise IntakeError(
            Problem(
                "the rows are not of one edition",
                column="edition",
                expected="one of Q1, H1, 9M, FY of a year",
                found=", ".join(sorted(named)),
                mend="run intake again for that period",
            )
        )
    return period


def _refuse(source: dict[str, str], rows: list[dict[str, str]], tables: Tables, path: Path) -> None:
    again = entered_as(source["sha256"], tables)
    known = {row["id"]: row for row in records(tables.sources)}
    if again:
        raise IntakeError(
            Problem(
                "this report has been entered already",
                file=path.name,
                found=f"the same bytes as the source {again}",
                mend="correct its rows by hand, or take in the report that replaces it",
            )
        )
    if source["id"] in known and known[source["id"]]["sha256"] != source["sha256"]:
        raise IntakeError(
            Problem(
                "the source is another document",
                file=path.name,
                column="id",
                found=source["id"],
                mend="give this document an id of its own, with supersedes where it replaces one",
            )
        )
    if not rows:
        raise IntakeError(
            Problem("no row is ticked", file=path.name, mend="write x in the column accept")
        )


def _enter(
    copy: Project, rows: dict[str, list[dict[str, str]]], source: dict[str, str], edition: Period
) -> dict[str, int]:
    """Append the rows to the tables of a copy; give how many entered each file."""
    package = schema.read(copy)
    known = set(frames.read(copy).tables.sources["id"])
    added = {"sources": [] if source["id"] in known else [source], **rows}
    counts: dict[str, int] = {}
    for name, new in added.items():
        if new:
            file = TableFile.open(copy, package[name], edition)
            file.rows.extend(file.cells(row) for row in new)
            file.save()
            counts[file.name] = len(new)
    return counts
