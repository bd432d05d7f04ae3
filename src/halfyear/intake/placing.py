"""Placing: the figures of a workbook found in the text of the report that prints them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from halfyear.data import documents, frames
from halfyear.data.numeral import NUMERAL, numerals, read_figure, read_number
from halfyear.data.place import mismatch, recognised
from halfyear.data.units import Units
from halfyear.document import reader
from halfyear.document.reader import Document
from halfyear.document.step import Step
from halfyear.errors import IntakeError, NumeralError, UnitError
from halfyear.identity import Identity
from halfyear.intake.layout import head
from halfyear.intake.proposal import Proposal
from halfyear.intake.reader import reading
from halfyear.intake.reason import Reason
from halfyear.intake.refusal import refusal
from halfyear.intake.session import Wish, described, unsure
from halfyear.periods.filled import Entered
from halfyear.project import Project

VALUES = {"observations": "value", "claims": "value", "projects": "count", "plan": "low"}
SNIPPET = 60
MOST = 8
BEFORE = 24


@dataclass(frozen=True)
class Spot:
    """A place in the report that may print a figure, and what is printed there."""

    line: int
    nth: str
    printed: str
    unit: str = ""
    bound: str = ""


@dataclass(frozen=True)
class Placing:
    """A report that was read, ready to be asked where it prints a figure.

    unsure tells why it may not be of the edition's place.
    """

    document: Document
    source: Mapping[str, str]
    proposals: tuple[Proposal, ...]
    sections: tuple[tuple[int, str], ...]
    units: Units
    unsure: Reason | None

    @classmethod
    def of(
        cls,
        project: Project,
        path: Path,
        edition: Identity,
        progress: Callable[[Step], None] = lambda _: None,
    ) -> "Placing":
        """Read a report; raises IntakeError where it cannot be read."""
        document = reader.read(path, progress)
        tables = frames.read(project).tables
        told = head.read(document.lines)
        names = (*told.places, head.home(tables.sources["issuer"]))
        found = reading.read(
            document, tables, edition.period, names=names, final=not told.draft, progress=progress
        )
        wish = Wish(edition.period, "", edition.place)
        source = described(document, told, wish, tables)
        sections = tuple((one.starts[0][1], one.section) for one in found.paragraphs)
        units = Units.from_frame(tables.units)
        why = unsure(document, told, wish, tables)
        return cls(document, source, tuple(found.proposals), sections, units, why)

    def find(self, table: str, row: Entered) -> Mapping[str, str]:
        """Give a row with its print, section, line and numeral.

        Raises IntakeError where the report prints the figure nowhere, or at several places.
        """
        cells = row.cells
        if all(cells.get(name) for name in ("printed", "line")):
            return cells
        spots = [spot for spot in self._spots(table, cells) if _as_told(spot, cells)]
        if len(spots) != 1:
            code = "figure_several" if spots else "figure_nowhere"
            places = "; ".join(self._told(spot) for spot in spots[:MOST])
            column = "line" if spots else VALUES.get(table, "value")
            shown = cells.get("printed") or cells.get(VALUES.get(table, "value")) or "?"
            raise IntakeError(
                refusal(
                    code, file=row.sheet, row=row.row, column=column, figure=shown, places=places
                )
            )
        return self._filled(cells, spots[0])

    def _filled(self, cells: Mapping[str, str], spot: Spot) -> dict[str, str]:
        found = {
            "printed": spot.printed,
            "section": self._section(spot.line),
            "line": str(spot.line),
            "nth": spot.nth,
        }
        kept = {name: cells.get(name) or cell for name, cell in found.items()}
        kept["nth"] = spot.nth
        if spot.unit:
            kept["printed_unit"] = spot.unit
        if "bound" in cells and not cells["bound"]:
            kept["bound"] = spot.bound
        return {**cells, **kept}

    def _spots(self, table: str, cells: Mapping[str, str]) -> list[Spot]:
        """List where a row may stand: as it is printed, as the reading took it, else its number."""
        if cells.get("printed"):
            spots = self._prints(cells["printed"])
            read = {(spot.line, spot.nth) for spot in self._read(table, cells)}
            likely = [spot for spot in spots if (spot.line, spot.nth) in read]
            return likely or spots
        return self._read(table, cells) or self._numbers(table, cells)

    def _prints(self, printed: str) -> list[Spot]:
        lines = self.document.lines
        spots = []
        for line, text in enumerate(lines, 1):
            if not documents.stands([text], 1, printed):
                continue
            nths = range(1, len(numerals(text)) + 1) if numerals(printed) else ()
            found = [nth for nth in nths if not mismatch(lines, line, nth, printed)]
            spots += [Spot(line, str(nth), printed, bound=_bound(printed)) for nth in found]
            spots += [Spot(line, "", printed)] if not numerals(printed) else []
        return spots

    def _read(self, table: str, cells: Mapping[str, str]) -> list[Spot]:
        """List the proposals of the reading that are this row."""
        names = ("indicator", "measure", "time_period", "kind", "group", "state")
        spots = []
        for one in self.proposals:
            same = all(getattr(one, name, "") == cells[name] for name in names if cells.get(name))
            if one.table == table and same and self._says(one, table, cells):
                nth = str(one.nth or "")
                spots.append(Spot(one.line, nth, one.printed, one.printed_unit, one.bound))
        return spots

    def _says(self, one: Proposal, table: str, cells: Mapping[str, str]) -> bool:
        value = _number(cells.get(VALUES.get(table, "value")) or cells.get("low", ""))
        if value is None:
            return bool(cells.get("word")) and one.word == cells["word"]
        if one.value is None:
            return False
        try:
            same = (
                one.value
                if not one.unit or not cells.get("unit")
                else (self.units.convert(one.value, one.unit, cells["unit"]))
            )
        except UnitError:
            return False
        return same == value

    def _numbers(self, table: str, cells: Mapping[str, str]) -> list[Spot]:
        """List the numerals of the text, no dates or numbers of documents, that give the value."""
        value = _number(cells.get(VALUES.get(table, "value")) or cells.get("low", ""))
        if value is None:
            return []
        try:
            value = self.units.convert(value, cells["unit"], cells["printed_unit"])
        except (UnitError, KeyError):
            value = +value
        spots = []
        for line, text in enumerate(self.document.lines, 1):
            aside = recognised(text)
            for nth, match in enumerate(NUMERAL.finditer(text), 1):
                if nth in aside or _read_number(match[0]) != abs(value):
                    continue
                printed = _around(text, match.start(), match.end(), falls=value < 0)
                if printed:
                    spots.append(Spot(line, str(nth), printed, bound=_bound(printed)))
        return spots

    def _section(self, line: int) -> str:
        within = [section for start, section in self.sections if start <= line]
        return within[-1] if within else ""

    def _told(self, spot: Spot) -> str:
        text = " ".join(self.document.lines[spot.line - 1].split())
        at = max(text.find(spot.printed) - SNIPPET // 2, 0)
        nth = f", {spot.nth}" if spot.nth else ""
        return f"{spot.line}{nth} («{text[at : at + SNIPPET]}»)"


def _as_told(spot: Spot, cells: Mapping[str, str]) -> bool:
    """Tell whether a spot is where the row says, as far as it says."""
    line, nth = cells.get("line", ""), cells.get("nth", "")
    return line in ("", str(spot.line)) and nth in ("", spot.nth)


def _around(text: str, first: int, last: int, *, falls: bool) -> str:
    """Give a numeral as printed: with its mark of per cent, and the word or sign of a fall."""
    end = last + 1 if text[last : last + 1] == "%" else last
    if not falls:
        return text[first:end]
    for start in range(first, max(first - BEFORE, 0) - 1, -1):
        try:
            if read_figure(text[start:end]).low < 0:
                return text[start:end]
        except NumeralError:
            return ""
    return ""


def _bound(printed: str) -> str:
    try:
        return read_figure(printed).bound
    except NumeralError:
        return ""


def _read_number(numeral: str) -> Decimal | None:
    try:
        return read_number(numeral)
    except NumeralError:
        return None


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
