"""A desk: a review sheet ticked and corrected row by row, each change saved, and then accepted."""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from halfyear.data import change, frames
from halfyear.data.checks.figures import plain
from halfyear.data.journal import Journal
from halfyear.data.numeral import read_figure
from halfyear.data.sheet import UNSEEN
from halfyear.data.units import Units
from halfyear.errors import IntakeError, NumeralError, Problem, UnitError
from halfyear.intake import acceptance
from halfyear.intake.proposal import FIGURES
from halfyear.intake.refusal import refusal
from halfyear.intake.sheet import page, review, ticked
from halfyear.intake.sheet.choices import choices, figure
from halfyear.intake.sheet.review import COLUMNS, TICK, Sheet
from halfyear.intake.sheet.telling import Telling
from halfyear.project import Project

CSV, PAGE, SOURCE = "review.csv", "review.html", "source.csv"
DOCUMENT = 1  # the number under which the row of sources.csv is changed
FIRST = 2
LONGEST = 500
_GIVEN = re.compile(r'<script type="application/json" id="given">(.*?)</script>', re.DOTALL)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?|")
Cells = dict[str, str]


class Stale(IntakeError):
    """A change rests on rows that have been changed since they were seen."""


@dataclass
class Desk:
    """The rows of a review sheet by their number in it, with who may change what.

    revision counts the changes and since holds that of the last change of each row: a change of a
    row is refused where the row is newer than what was seen of it.
    """

    project: Project
    folder: Path
    telling: Telling
    lists: Mapping[str, frozenset[str]]
    units: Units
    order: tuple[tuple[str, str], ...]
    rows: dict[int, Cells] = field(default_factory=dict)
    revision: int = 0
    since: dict[int, int] = field(default_factory=dict)
    past: list[tuple[int, Cells]] = field(default_factory=list)
    taken: Journal | None = None
    read: str = ""

    @classmethod
    def open(cls, project: Project, folder: Path, lang: str) -> "Desk":
        """Open the review of a folder.

        Raises IntakeError where its page is gone, or its rows are not in the order of the page.
        """
        given = _given(folder / PAGE)
        tables = frames.read(project).tables
        telling = Telling.of(tables, lang)
        offered = choices(tables, telling, given["rows"].values())["lists"]
        lists = {name: frozenset(code for code, _ in pairs) for name, pairs in offered.items()}
        lists["unit"] = lists["printed_unit"]
        order = tuple((row["line"], row["nth"]) for row in given["rows"].values())
        desk = cls(project, folder, telling, lists, Units.from_frame(tables.units), order)
        desk._load()
        return desk

    def state(self, seen: int = -1) -> dict[str, Any]:
        """Give the rows that are newer than what was seen, and the document."""
        self._renew()
        return self._answer(seen)

    def write(
        self, seen: int, number: int, cells: Mapping[str, str], *, again: bool = False
    ) -> dict[str, Any]:
        """Set cells of a row; those of the document where the number is DOCUMENT.

        again says that the change goes on with the last one: undo takes both back.

        Raises Stale where the row is newer than what was seen, IntakeError where a cell is unfit.
        """
        self._current(seen, number)
        wrong = list(self._unfit(number, cells))
        if wrong:
            raise IntakeError(*wrong)
        before = dict(self.rows[number])
        self._put(number, {**before, **cells, **self._follows(before, cells)})
        if not (again and self.past and self.past[-1][0] == number):
            self.past.append((number, before))
        return self._answer(seen)

    def undo(self, seen: int) -> dict[str, Any]:
        """Set a row back to what it was before the last change.

        Raises Stale where the row is newer than what was seen, IntakeError where nothing was done.
        """
        self._renew()
        if not self.past:
            raise IntakeError(refusal("nothing_to_undo"))
        number, before = self.past[-1]
        self._current(seen, number)
        self._put(number, before)
        self.past.pop()
        return {**self._answer(seen), "row": number}

    def ticked(self, also: int = 0) -> Sheet:
        """Give the ticked rows as they stand and one more that is looked at, and those left."""
        parts: dict[bool, list[Cells]] = {True: [], False: []}
        for number, row in self._rows():
            chosen = bool(row["accept"]) or number == also
            parts[chosen].append({**row, "row": str(number), "sheet": CSV})
        return Sheet(parts[True], dict(self.rows[DOCUMENT]), parts[False])

    def wrong(self, sheet: Sheet, place: str = "") -> list[dict[str, Any]]:
        """Tell all that keeps these rows out of the data, in words; reads no state of the desk."""
        found = acceptance.wrong(self.project, sheet, self.folder / CSV, place)
        return self.told(found)

    def accept(self, seen: int, place: str) -> dict[str, Any]:
        """Take the ticked rows into the data, all of them or none.

        Raises Stale where any row is newer than what was seen, IntakeError or DataError with
        everything that is wrong.
        """
        self._renew()
        for number in self.rows:
            self._current(seen, number)
        self._save(self.rows)
        done = acceptance.accept(self.project, self.folder / CSV, place)
        self.taken = change.last(self.project)
        return {**self._answer(seen), "counts": done.counts}

    def take_back(self, seen: int) -> dict[str, Any]:
        """Take the acceptance back; raises IntakeError or DataError with what stands in the way."""
        last = change.last(self.project)
        if self.taken is None or last != self.taken:
            told = f"{last.by}: {last.what}" if last else "–"
            raise IntakeError(refusal("acceptance_overtaken", found=told))
        change.undo(self.project)
        self.taken = None
        return self._answer(seen)

    def told(self, problems: Iterable[Problem]) -> list[dict[str, Any]]:
        """Tell problems in the language of the review."""
        said = [problem.say(self.telling.lang) for problem in problems]
        names = ("row", "column", "what", "expected", "found", "mend")
        return [{name: getattr(one, name) for name in names} for one in said]

    def _rows(self) -> list[tuple[int, Cells]]:
        return [(number, row) for number, row in self.rows.items() if number != DOCUMENT]

    def _answer(self, seen: int) -> dict[str, Any]:
        newer = {n: row for n, row in self._rows() if self.since[n] > seen}
        return {
            "revision": self.revision,
            "rows": newer,
            "figures": {number: figure(row["printed"]) for number, row in newer.items()},
            "source": self.rows[DOCUMENT],
            "accepted": self.taken is not None,
        }

    def _current(self, seen: int, number: int) -> None:
        """Refuse to change a row that is newer than what was seen of it."""
        self._renew()
        if number not in self.rows:
            raise IntakeError(refusal("row_unknown", file=CSV, row=number))
        if self.since[number] > seen:
            told = self.rows[number]
            now = told["id"] if number == DOCUMENT else self.telling.line(told)
            raise Stale(refusal("row_stale", file=CSV, row=number, now=now))

    def _unfit(self, number: int, cells: Mapping[str, str]) -> Iterable[Problem]:
        for name, cell in cells.items():
            if number == DOCUMENT:
                fits = _document_fits(name, cell, self.lists["status"])
            else:
                fits = self._fits(name, cell)
            if not fits:
                yield refusal("cell_unfit", file=CSV, row=number, column=name, found=cell[:LONGEST])

    def _fits(self, name: str, cell: str) -> bool:
        if name in ("accept", "confirmed"):
            return cell in ("", TICK)
        if name in self.lists and name != "sign":
            return cell in self.lists[name]
        if name in ("value", "high"):
            return _NUMBER.fullmatch(cell) is not None
        if name == "cutoff":
            return not cell or _day(cell)
        if name == "comparison":
            return cell in ("", "previous_year", "end_previous_year")
        return name in ("printed", "operands") and _plain(cell)

    def _follows(self, before: Cells, cells: Mapping[str, str]) -> Cells:
        """Give what a figure printed otherwise says: its value, its high end and its bound."""
        row = {**before, **cells}
        if "printed" not in cells or "value" in cells or row["table"] not in FIGURES:
            return {}
        try:
            read = read_figure(row["printed"])
            ends = [read.low] if read.high is None else [read.low, read.high]
            if row["unit"] and row["printed_unit"]:
                ends = [self.units.convert(end, row["printed_unit"], row["unit"]) for end in ends]
        except (NumeralError, UnitError):
            return {}
        value, high = plain(ends[0]), plain(ends[1]) if len(ends) > 1 else ""
        return {"value": value, "high": high, "bound": read.bound}

    def _put(self, number: int, row: Cells) -> None:
        """Save a changed row, then hold it; where it cannot be saved nothing has changed."""
        self._save({**self.rows, number: row})
        self.rows[number] = row
        self.revision += 1
        self.since[number] = self.revision

    def _save(self, rows: Mapping[int, Cells]) -> None:
        cells = [row for number, row in rows.items() if number != DOCUMENT]
        names = tuple(rows[DOCUMENT])
        try:
            _write(self.folder / SOURCE, review.table([rows[DOCUMENT]], names))
            _write(self.folder / CSV, review.table(cells, COLUMNS))
        except OSError as error:
            reason = error.strerror or str(error)
            raise IntakeError(
                refusal("sheet_unwritable", file=str(self.folder), found=reason)
            ) from error
        self.read = self._digest()

    def _renew(self) -> None:
        """Read the sheet again where another program has saved it: every row counts as changed."""
        if self._digest() != self.read:
            self._load()

    def _load(self) -> None:
        digest = self._digest()
        _, sheet = ticked.rows(self.folder)
        if tuple((row["line"], row["nth"]) for row in sheet.rows) != self.order:
            raise IntakeError(refusal("sheet_rearranged", file=str(self.folder)))
        ticks = [TICK if row["accept"].casefold() in ticked.YES else "" for row in sheet.rows]
        self.rows = {DOCUMENT: {name: str(cell) for name, cell in sheet.source.items()}}
        for number, (row, tick) in enumerate(zip(sheet.rows, ticks, strict=True), FIRST):
            self.rows[number] = {**{name: row[name] for name in COLUMNS}, "accept": tick}
        self.revision += 1
        self.since = dict.fromkeys(self.rows, self.revision)
        self.past.clear()
        self.read = digest

    def _digest(self) -> str:
        """Give the hash of the sheet that was saved last, and of its source."""
        digest = hashlib.sha256()
        for path in (ticked.saved(self.folder), self.folder / SOURCE):
            with suppress(FileNotFoundError):
                digest.update(path.name.encode() + path.read_bytes())
        return digest.hexdigest()


def _given(path: Path) -> dict[str, Any]:
    """Give what a page was made from; raises IntakeError where there is no such page."""
    with suppress(OSError, ValueError):
        found = _GIVEN.search(path.read_text(encoding="utf-8"))
        if found is not None:
            given: dict[str, Any] = json.loads(found[1])
            return given
    raise IntakeError(refusal("page_gone", file=str(path)))


def _document_fits(name: str, cell: str, standings: frozenset[str]) -> bool:
    if name == "status":
        return cell in standings
    return name in page.DOCUMENTED and _plain(cell)


def _plain(cell: str) -> bool:
    return len(cell) <= LONGEST and not UNSEEN.search(cell) and "\n" not in cell


def _day(cell: str) -> bool:
    try:
        return cell == str(date.fromisoformat(cell))
    except ValueError:
        return False


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8-sig", newline="")
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)
