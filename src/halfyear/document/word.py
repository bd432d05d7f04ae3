"""Text of a Word file: paragraphs, rows of tables, text boxes, and notes at the end."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from unicodedata import normalize
from xml.etree import ElementTree as ET

from halfyear.document.numbering import Numbering
from halfyear.document.package import Package, Part, child, short, value
from halfyear.document.raw import Raw, Unreadable
from halfyear.document.run import Notes, Styles, text
from halfyear.document.step import Step

EVERY = 5_000
WIDEST = 50
UNSEEN = ("mc:Fallback", "w:del", "w:moveFrom")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)


def lines(raw: bytes, progress: Callable[[Step], None]) -> Iterator[Raw]:
    """Give paragraphs, rows as "| a | b |", then notes; raises Unreadable for a bad file."""
    try:
        package = Package.open(raw)
        main = package.main("word/document.xml")
        body = _Body(_styles(package, main), _numbering(package, main))
        for count, line in enumerate(body.lines(package.part(main)), 1):
            if count % EVERY == 0:
                progress(Step("paragraph", count))
            yield Raw(line)
        for kind in ("footnote", "endnote"):
            name = package.beside(main, f"{kind}s")
            if name:
                yield from body.notes_of(kind, package.part(name))
    except BROKEN as error:
        raise Unreadable("word_broken", error=type(error).__name__) from error
    except (ET.ParseError, KeyError) as error:
        raise Unreadable("word_without_text", error=error) from error


def _styles(package: Package, main: str) -> Styles:
    name = package.beside(main, "styles")
    root = ET.fromstring(package.part(name).whole()) if name else ()
    return Styles({value(one, "styleId"): one for one in root if short(one.tag) == "w:style"})


def _numbering(package: Package, main: str) -> Numbering:
    name = package.beside(main, "numbering")
    return Numbering.of(ET.fromstring(package.part(name).whole())) if name else Numbering()


@dataclass
class _Table:
    """The table being read: how deep, its row so far and the cell so far."""

    depth: int = 0
    row: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)

    def begin(self, tag: str) -> None:
        self.depth += tag == "w:tbl"
        if self.depth == 1 and tag == "w:tr":
            self.row = []
        if self.depth == 1 and tag == "w:tc":
            self.cell = []

    def end(self, tag: str, element: ET.Element) -> str:
        """Take in the end of an element; gives the row where it ends one."""
        if tag == "w:tbl":
            self.depth -= 1
        elif tag == "w:tc" and self.depth == 1:
            span = _count(child(element, "w:tcPr", "w:gridSpan"), 1)
            self.row += [" ".join(part for part in self.cell if part), *[""] * (span - 1)]
        elif tag == "w:tr" and self.depth == 1:
            before = _count(child(element, "w:trPr", "w:gridBefore"), 0)
            cells = [*[""] * before, *self.row]
            return f"| {' | '.join(text.replace('|', '/') for text in cells)} |"
        return ""


def _count(element: ET.Element | None, usual: int) -> int:
    """Give how many columns a cell spans or a row leaves out; usual where it gives no number."""
    told = value(element)
    return max(usual, min(int(told), WIDEST)) if told.isascii() and told.isdigit() else usual


@dataclass
class _Body:
    """Reads the paragraphs of a part; boxes holds the text boxes of the paragraph being read."""

    styles: Styles
    numbering: Numbering
    notes: Notes = field(default_factory=Notes)
    table: _Table = field(default_factory=_Table)
    inside: int = 0
    unseen: int = 0
    boxes: list[str] = field(default_factory=list)

    def lines(self, part: Part) -> Iterator[str]:
        """Give the lines of the document's body."""
        for event, element in ET.iterparse(part, ("start", "end")):
            tag = short(element.tag)
            step = 1 if event == "start" else -1
            self.unseen += step * (tag in UNSEEN)
            self.inside += step * (tag == "w:p")
            if self.unseen or tag in UNSEEN:
                continue
            if event == "start":
                self.table.begin(tag)
            elif tag == "w:p":
                yield from self._paragraph(element)
                element.clear()
            else:
                row = self.table.end(tag, element)
                if row:
                    yield row
                    element.clear()

    def _paragraph(self, element: ET.Element) -> Iterator[str]:
        shown = self._shown(element)
        if self.inside:
            self.boxes.append(shown)
            return
        told, self.boxes = [shown, *(box for box in self.boxes if box)], []
        if self.table.depth:
            self.table.cell += told
        else:
            yield from told

    def _shown(self, element: ET.Element) -> str:
        shown = normalize("NFC", text(element, self.styles, self.notes)).strip()
        properties = child(element, "w:pPr")
        listed = child(properties, "w:numPr")
        if listed is None:
            listed = self.styles.number(value(child(properties, "w:pStyle")))
        number = self.numbering.next(listed)
        return f"{number} {shown}".strip() if shown or self.table.depth else shown

    def notes_of(self, kind: str, part: Part) -> Iterator[Raw]:
        """Give the notes of a kind that the text refers to, each after its mark."""
        for _, element in ET.iterparse(part):
            note = (kind, value(element, "id"))
            if short(element.tag) == f"w:{kind}" and note in self.notes.order:
                told = [text(one, self.styles, Notes()) for one in element.iter() if _is_text(one)]
                shown = normalize("NFC", " ".join(told)).strip()
                yield Raw(f"{self.notes.mark(*note)} {shown}")
                element.clear()


def _is_text(element: ET.Element) -> bool:
    return short(element.tag) == "w:p"
