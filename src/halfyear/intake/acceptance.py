"""Acceptance: ticked rows enter the data, all of them or none."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from halfyear.data import change, checks, corrections, frames, schema
from halfyear.data.checks import plausibility
from halfyear.data.checks.figures import plain
from halfyear.data.checks.rows import records
from halfyear.data.faults import Fault, fault
from halfyear.data.frames import Tables
from halfyear.data.plausible import Memory
from halfyear.data.tablefile import TableFile
from halfyear.errors import HalfyearError, IntakeError, Problem
from halfyear.intake import doubts, wanting
from halfyear.intake.entry import entries
from halfyear.intake.refusal import refusal
from halfyear.intake.sheet import ticked
from halfyear.intake.sheet.review import SOURCE, Sheet
from halfyear.period import Period
from halfyear.project import Project

KEPT = "intake"  # the folder of the build with a review sheet a source
LEAST_FIGURES = 5
NEARLY_ALL = 0.9
IN_SHEET = {"count": "value", "low": "value", "year": "time_period"}  # columns of other names
NEEDED = ("title_vi", "issuer", "date")
PLACED = ("observations", "scenarios", "plan", "goals", "baseline", "claims", "projects")


@dataclass(frozen=True)
class Entered:
    """What entered the tables: rows of each file, and where they stand in the review sheet.

    sheets holds, by file and line, the file of the sheet and its row.
    """

    counts: dict[str, int]
    sheets: dict[tuple[str, int], tuple[str, int]]

    def placed(self, problem: Problem) -> Problem:
        """Tell a problem of an entered row at its row of the review sheet."""
        there = self.sheets.get((problem.file, problem.row or 0))
        if there is None:
            return problem
        column = IN_SHEET.get(problem.column, problem.column)
        told = replace(problem, file=there[0], row=there[1], column=column)
        if told.vi is not None:
            vi = replace(told.vi, file=there[0], row=there[1], column=column)
            told = replace(told, vi=vi)
        return self._beside(told) if isinstance(told, Fault) else told

    def _beside(self, told: Fault) -> Fault:
        """Name another entered row that a fault speaks of by its row of the sheet too."""
        values = dict(told.values)
        other = values.get("other", "")
        there = self.sheets.get((values.get("where", ""), int(other) if other.isdigit() else 0))
        if there is None:
            return told
        values |= {"where": there[0], "other": str(there[1])}
        return fault(
            told.code,
            file=told.file,
            row=told.row,
            column=told.column,
            found=told.found,
            **values,
        )


@dataclass(frozen=True)
class Accepted:
    """How many rows entered each file, and the rows of the sheet that did."""

    counts: dict[str, int]
    rows: tuple[Mapping[str, str], ...]


def accept(project: Project, path: Path, place: str = "", *, dry: bool = False) -> Accepted:
    """Take the ticked rows of a review sheet into the data of its edition.

    place is the code of the place for rows that have none, for the report was not surely of one.
    A dry run tells what would enter and changes nothing. Raises IntakeError or DataError with every
    problem, and then leaves the data as they were.
    """
    sheet = ticked.read(path, project.build / KEPT)
    with change.tried(project) if dry else change.made(project, f"accept {path.name}") as copy:
        return _taken(copy, sheet, path, place)


def wrong(project: Project, sheet: Sheet, path: Path, place: str = "") -> list[Problem]:
    """List all that keeps these rows of a sheet out of the data, each at its row of the sheet.

    Raises DataError where somebody else is changing the data.
    """
    with change.tried(project) as copy:
        try:
            _taken(copy, sheet, path, place)
        except HalfyearError as error:
            return list(error.problems)
    return []


def _taken(copy: Project, sheet: Sheet, path: Path, place: str) -> Accepted:
    """Enter the ticked rows into a copy of the data, which must then pass its checks."""
    tables = frames.read(copy).tables
    _refuse(sheet.source, sheet.rows, tables, path)
    _place(sheet.rows, place, tables)
    _again(sheet, tables, path)
    unfit = doubts.problems(sheet.rows, Memory.of(tables))
    rows = entries(sheet.rows, sheet.source, tables)
    before = set(map(str, checks.problems(copy)))
    entered = _enter(copy, rows, sheet.source, _edition(sheet.rows))
    _confirm(copy, sheet)
    found = [entered.placed(one) for one in checks.problems(copy) if str(one) not in before]
    found = [wanting.told(one, sheet) for one in found]
    doubted = {(one.row, one.code) for one in unfit}
    found = [one for one in found if (one.row, getattr(one, "code", "")) not in doubted]
    if unfit or found:
        raise IntakeError(*unfit, *found)
    return Accepted(entered.counts, tuple(sheet.rows))


def entered_as(sha256: str, tables: Tables) -> str:
    """Give the id of the source whose bytes these are and whose figures stand, else nothing."""
    same = [row["id"] for row in records(tables.sources) if sha256 and row["sha256"] == sha256]
    entered = {one for name in PLACED for one in getattr(tables, name)["source"]}
    return next((one for one in same if one in entered), "")


def told_by(rows: Sequence[Mapping[str, str]], tables: Tables) -> str:
    """Give the source that holds nearly all of these observations already, else nothing.

    So a report is known again that was saved in another form or under another name. Figures of
    another place are not these, even where they are the same.
    """
    places = {row["place"] for row in rows if row["place"]}
    figures = {_figure(row) for row in rows if row["table"] == "observations" and row["value"]}
    if len(figures) < LEAST_FIGURES:
        return ""
    known: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in records(tables.observations):
        if row["value"] is not None and (not places or row["place"] in places):
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
            refusal("told_elsewhere", file=path.name, column="supersedes", source=same)
        )


def _edition(rows: list[dict[str, str]]) -> Period:
    """Give the one edition that every ticked row is of."""
    named = {row["edition"] for row in rows}
    period = Period.parse(min(named))
    if len(named) > 1 or not period.is_edition:
        raise IntakeError(
            refusal(
                "editions_several",
                file=rows[0]["sheet"],
                row=_odd(rows),
                column="edition",
                editions=", ".join(sorted(named)),
            )
        )
    return period


def _odd(rows: list[dict[str, str]]) -> int:
    """Give the first row of the sheet that is not of the edition of the first."""
    other = (row for row in rows if row["edition"] != rows[0]["edition"])
    return int(next(other, rows[0])["row"])


def _refuse(source: dict[str, str], rows: list[dict[str, str]], tables: Tables, path: Path) -> None:
    _named(source, rows)
    again = entered_as(source["sha256"], tables)
    known = {row["id"]: row for row in records(tables.sources)}
    if again:
        raise IntakeError(refusal("entered_already", file=path.name, source=again))
    if source["id"] in known and known[source["id"]]["sha256"] != source["sha256"]:
        raise IntakeError(refusal("source_taken", file=path.name, column="id", source=source["id"]))
    if not rows:
        raise IntakeError(refusal("ticks_none", file=path.name, column="accept"))


def _named(source: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> None:
    """Refuse a document of which the sheet does not say what it is, whose and of which day."""
    book = any(row["sheet"].endswith(".xlsx") for row in rows)
    file = f"review.xlsx: {SOURCE}" if book else "source.csv"
    lacking = [name for name in NEEDED if not source[name]]
    if lacking:
        raise IntakeError(
            *(refusal(f"document_without_{name}", file=file, column=name) for name in lacking)
        )


def _place(rows: list[dict[str, str]], place: str, tables: Tables) -> None:
    """Give rows without a place the one that was asked for; refuse them where none was."""
    codes = set(tables.places["id"])
    if place and place not in codes:
        raise IntakeError(
            refusal("place_unknown", column="--place", codes=" | ".join(sorted(codes)), place=place)
        )
    unplaced = [row for row in rows if not row["place"]]
    if unplaced and not place:
        raise IntakeError(
            refusal(
                "place_unsure",
                file=unplaced[0]["sheet"],
                row=int(unplaced[0]["row"]),
                column="place",
                codes=" | ".join(sorted(codes)),
                reason=unplaced[0]["reason"],
            )
        )
    for row in unplaced:
        row["place"] = place


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
) -> Entered:
    """Append the rows to the tables of a copy."""
    package = schema.read(copy)
    known = set(frames.read(copy).tables.sources["id"])
    added = {"sources": [] if source["id"] in known else [source], **rows}
    entered = Entered({}, {})
    for name, new in added.items():
        if new:
            file = TableFile.open(copy, package[name], edition)
            file.rows.extend(file.cells(row) for row in new)
            file.save()
            entered.counts[file.name] = len(new)
            for line, row in zip(file.lines()[-len(new) :], new, strict=True):
                if row.get("sheet"):
                    entered.sheets[f"data/{file.name}", line] = (row["sheet"], int(row["row"]))
    return entered
