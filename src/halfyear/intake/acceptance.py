"""Acceptance: ticked rows enter the data, all of them or none."""

import csv
import io
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from halfyear.data import checks, frames, schema
from halfyear.data import sheet as csvsheet
from halfyear.data.checks.rows import records
from halfyear.data.frames import Tables
from halfyear.errors import Problem
from halfyear.intake import lock, ticked
from halfyear.intake.document import IntakeError
from halfyear.intake.entry import entries
from halfyear.intake.head import Head
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
    with lock.held(project.data):
        tables = frames.read(project).tables
        _refuse(sheet.source, sheet.rows, tables, path)
        known_at = Head(date=sheet.source["date"]).known_at
        rows = entries(sheet.rows, sheet.source, known_at, tables)
        with tempfile.TemporaryDirectory(prefix="halfyear-") as folder:
            scratch = Project(Path(folder) / "project")
            shutil.copytree(project.data, scratch.data, ignore=shutil.ignore_patterns(lock.NAME))
            before = set(map(str, checks.problems(scratch)))
            changed = _enter(scratch, rows, sheet.source, str(_edition(sheet.rows)))
            found = [one for one in checks.problems(scratch) if str(one) not in before]
            if found:
                raise IntakeError(*found)
            _publish(scratch, project, changed)
    return Accepted(changed)


def refused(sha256: str, tables: Tables) -> str:
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
    again = refused(source["sha256"], tables)
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
    scratch: Project, rows: dict[str, list[dict[str, str]]], source: dict[str, str], period: str
) -> dict[str, int]:
    """Append the rows to the tables of a scratch copy; give the changed files with counts."""
    package = schema.read(scratch)
    counts: dict[str, int] = {}
    known = set(frames.read(scratch).tables.sources["id"])
    added = {"sources": [] if source["id"] in known else [source], **rows}
    for name, new in added.items():
        if not new:
            continue
        table = package[name]
        file = f"{table.folder}/{period}.csv" if table.folder else table.paths[0]
        _append(scratch.data / file, file, table, new)
        counts[file] = len(new)
        if file not in table.paths:
            schema.enlist(scratch, name, file)
            counts[Path(schema.PACKAGE).name] = 0
    return counts


def _append(path: Path, file: str, table: schema.Table, new: list[dict[str, str]]) -> None:
    if not path.exists():
        header = io.StringIO(newline="")
        csv.writer(header, lineterminator="\n").writerow(table.names)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(header.getvalue(), encoding="utf-8", newline="")
    page, faults = csvsheet.read(path, file, table.names)
    if faults or page is None:
        raise IntakeError(*faults)
    text = path.read_text(encoding="utf-8-sig")
    out = io.StringIO(newline="")
    names = [str(name) for name in page.frame.columns]
    writer = csv.DictWriter(
        out, names, delimiter=page.habit.delimiter, lineterminator="\n", extrasaction="ignore"
    )
    for row in new:
        cells = {name: row.get(name, "") for name in names}
        if page.habit.decimal == ",":
            numbers = [one.name for one in table.columns if one.type == "number"]
            cells.update({name: cells[name].replace(".", ",") for name in numbers if name in cells})
        writer.writerow(cells)
    ended = text if text.endswith("\n") or not text else f"{text}\n"
    path.write_text(ended + out.getvalue(), encoding="utf-8", newline="")


def _publish(scratch: Project, project: Project, changed: dict[str, int]) -> None:
    """Replace the changed files; where one cannot be replaced, put the others back."""
    staged = {project.data / file: scratch.data / file for file in changed}
    kept = {target: target.read_bytes() if target.exists() else None for target in staged}
    try:
        for target, new in staged.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_name(f".{target.name}.new")
            shutil.copyfile(new, beside)
        for target in staged:
            target.with_name(f".{target.name}.new").replace(target)
    except OSError as error:
        for target, old in kept.items():
            target.with_name(f".{target.name}.new").unlink(missing_ok=True)
            if old is not None:
                target.write_bytes(old)
            else:
                target.unlink(missing_ok=True)
        raise IntakeError(
            Problem("the data cannot be written", file=str(error.filename), found=str(error))
        ) from error
