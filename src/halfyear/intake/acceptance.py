"""Acceptance: ticked rows enter the data, all of them or none."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from halfyear.data import change, checks, corrections, frames, schema
from halfyear.data.checks import plausibility
from halfyear.data.checks.figures import plain
from halfyear.data.checks.rows import records
from halfyear.data.faults import fault
from halfyear.data.frames import Tables
from halfyear.data.ids import HOME
from halfyear.data.plausible import Doubt, Memory
from halfyear.data.tablefile import TableFile
from halfyear.errors import IntakeError, Problem
from halfyear.intake.entry import entries
from halfyear.intake.sheet import ticked
from halfyear.intake.sheet.review import Sheet
from halfyear.period import Period
from halfyear.project import Project

SHEET = "review sheet"
LEAST_FIGURES = 5
NEARLY_ALL = 0.9
PLACED = ("observations", "scenarios", "plan", "goals", "baseline", "claims", "projects")


@dataclass(frozen=True)
class Accepted:
    """How many rows entered each file."""

    counts: dict[str, int]


def accept(project: Project, path: Path, place: str = "") -> Accepted:
    """Take the ticked rows of a review sheet into the data of its edition.

    place is the code of the place for rows that have none, for the report was not surely of one.
    Raises IntakeError or DataError with every problem, and then leaves the data as they were.
    """
    sheet = ticked.read(path)
    with change.made(project, f"accept {path.name}") as copy:
        tables = frames.read(copy).tables
        _refuse(sheet.source, sheet.rows, tables, path)
        _place(sheet.rows, place, tables)
        _again(sheet, tables, path)
        _plausible(sheet.rows, tables)
        rows = entries(sheet.rows, sheet.source, tables)
        before = set(map(str, checks.problems(copy)))
        counts = _enter(copy, rows, sheet.source, _edition(sheet.rows))
        _confirm(copy, sheet)
        found = [one for one in checks.problems(copy) if str(one) not in before]
        if found:
            raise IntakeError(*found)
    return Accepted(counts)


def entered_as(sha256: str, tables: Tables) -> str:
    """Give the id of the source whose bytes these are and whose figures stand, else nothing."""
    same = [row["id"] for row in records(tables.sources) if sha256 and row["sha256"] == sha256]
    entered = {one for name in PLACED for one in getattr(tables, name)["source"]}
    return next((one for one in same if one in entered), "")


def told_by(rows: Sequence[Mapping[str, str]], tables: Tables) -> str:
    """Give the source that holds nearly all of these observations already, else nothing.

    So a report is known again that was saved in another form or under another name.
    """
    figures = {_figure(row) for row in rows if row["table"] == "observations" and row["value"]}
    if len(figures) < LEAST_FIGURES:
        return ""
    known: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in records(tables.observations):
        if row["value"] is not None:
            known[row["source"]].add(_figure({**row, "value": plain(row["value"])}))
    shared = {source: len(figures & held) for source, held in known.items()}
    best = max(shared, key=lambda source: shared[source], default="")
    return best if best and shared[best] >= NEARLY_ALL * len(figures) else ""


def _figure(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[name] for name in ("indicator", "measure", "time_period", "value"))


def _again(sheet: Sheet, tables: Tables, path: Path) -> None:
    """Refuse a report whose figures another source brought, unless it replaces that source."""
    same = told_by(sheet.rows, tables)
    if same and same not in (sheet.source["id"], sheet.source["supersedes"]):
        raise IntakeError(
            Problem(
                "these figures have been entered already, from another file",
                file=path.name,
                column="supersedes",
                expected="a report with figures of its own",
                found=f"nearly all of them stand as the source {same}",
                mend=f"where it replaces that one, run intake with --supersedes {same}",
            )
        )


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


def _place(rows: list[dict[str, str]], place: str, tables: Tables) -> None:
    """Give rows without a place the one that was asked for; refuse them where none was."""
    codes = {*tables.observations["place"], HOME}
    if place and place not in codes:
        raise IntakeError(
            Problem("unknown place", expected=" | ".join(sorted(codes)), found=repr(place))
        )
    unplaced = [row for row in rows if not row["place"]]
    if unplaced and not place:
        raise IntakeError(
            Problem(
                "the report is not surely of the project's place",
                file=SHEET,
                row=int(unplaced[0]["row"]),
                column="place",
                expected=" | ".join(sorted(codes)),
                found=unplaced[0]["reason"],
                mend="check whose report it is; to take its rows in, run accept with --place CODE",
            )
        )
    for row in unplaced:
        row["place"] = place


def _plausible(rows: list[dict[str, str]], tables: Tables) -> None:
    """Refuse figures that do not fit what is known and that nobody confirmed."""
    memory = Memory.of(tables)
    faults: list[Problem] = []
    for row in rows:
        if row["table"] != "observations" or row["confirmed"].casefold() in ticked.YES:
            continue
        faults += [
            fault(
                doubt.code,
                file=SHEET,
                row=int(row["row"]),
                column="value",
                found=row["value"],
                beside=doubt.beside,
                **doubt.values,
            )
            for doubt in _doubts(row, memory)
            if doubt.code not in plausibility.ELSEWHERE
        ]
    if faults:
        raise IntakeError(*faults)


def _doubts(row: Mapping[str, str], memory: Memory) -> Iterator[Doubt]:
    figure = memory.figure({**row, "value": _number(row["value"])})
    if figure is not None:
        yield from memory.doubts(row["place"], row["indicator"], figure)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _confirm(copy: Project, sheet: Sheet) -> None:
    """Enter into corrections.yml that the analyst confirmed figures that look implausible."""
    confirmed = {
        (row["indicator"], row["measure"], row["time_period"])
        for row in sheet.rows
        if row["confirmed"].casefold() in ticked.YES
    }
    if not confirmed:
        return
    tables = frames.read(copy).tables
    rows = {row["id"]: row for row in records(tables.observations)}
    for violation in plausibility.violations(tables):
        row = rows[next(iter(violation.facts))]
        key = (row["indicator"], row["measure"], row["time_period"])
        if row["source"] == sheet.source["id"] and key in confirmed:
            corrections.confirm(copy, violation, str(row["printed"]))


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
