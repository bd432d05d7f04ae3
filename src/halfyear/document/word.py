"""Text of a Word file: paragraphs, rows of tables, and footnotes at the end."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from unicodedata import normalize
from xml.etree import ElementTree as ET

from halfyear.document.raw import Raw, Unreadable
from halfyear.document.step import Step

LARGEST_PART = 100_000_000
LARGEST_RATIO = 200
RATIO_FROM = 5_000_000
MOST_PARTS = 10_000
EVERY = 5_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SKIPPED = {
    f"{W}del",
    f"{W}moveFrom",
    f"{W}instrText",
    f"{W}pPr",
    f"{W}rPr",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
SPACES = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-"}
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
COMPOUND_FILE = b"\xd0\xcf\x11\xe0"


@dataclass
class Notes:
    """Footnotes by the order in which the text refers to them."""

    order: list[str] = field(default_factory=list)

    def mark(self, note: str) -> str:
        """Give the raised number of a note, its place in the order."""
        if note not in self.order:
            self.order.append(note)
        return str(self.order.index(note) + 1).translate(SUPERSCRIPTS)


def lines(raw: bytes, progress: Callable[[Step], None]) -> Iterator[Raw]:
    """Give paragraphs, rows as "| a | b |", then footnotes; raises Unreadable for a bad file."""
    if raw.startswith(COMPOUND_FILE):
        raise Unreadable(
            "the Word file is protected by a password or in the old format",
            "a compound file",
            "take the password off and save it as .docx",
        )
    notes = Notes()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            _check(package)
            for count, line in enumerate(_body(_part(package, "word/document.xml"), notes), 1):
                if count % EVERY == 0:
                    progress(Step("paragraph", count))
                yield Raw(line)
            if "word/footnotes.xml" in package.namelist():
                yield from _footnotes(_part(package, "word/footnotes.xml"), notes)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise Unreadable(
            "the Word file is broken", type(error).__name__, "ask for the file again"
        ) from error
    except (ET.ParseError, KeyError) as error:
        raise Unreadable(
            "the Word file holds no readable text", str(error), "open it and save it again"
        ) from error


def _check(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    size = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    bomb = size > RATIO_FROM and size / packed > LARGEST_RATIO
    if len(parts) > MOST_PARTS or size > 5 * LARGEST_PART or bomb:
        raise Unreadable(
            "the Word file unpacks to far more than a report holds",
            f"{len(parts)} parts, {size} bytes out of {packed}",
            "do not open it; ask the sender for the file again",
        )


class _Bounded(io.RawIOBase):
    """A part of the package that stops after too many bytes, whatever its header says."""

    def __init__(self, part: "zipfile.ZipExtFile[bytes]") -> None:  # type: ignore[type-arg]
        self.part, self.left = part, LARGEST_PART

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes; raises Unreadable past the limit."""
        block = self.part.read(min(size, 65536) if size > 0 else 65536)
        self.left -= len(block)
        if self.left < 0 or b"<!DOCTYPE" in block or b"<!ENTITY" in block:
            raise Unreadable(
                "the Word file unpacks to far more than a report holds",
                self.part.name,
                "do not open it; ask the sender for the file again",
            )
        return block


def _part(package: zipfile.ZipFile, name: str) -> _Bounded:
    return _Bounded(package.open(name))  # type: ignore[arg-type]


@dataclass
class _Table:
    """The table being read: how deep, its row so far and the cell so far."""

    depth: int = 0
    row: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)

    def begin(self, tag: str) -> None:
        self.depth += tag == "tbl"
        if self.depth == 1 and tag == "tr":
            self.row = []
        if self.depth == 1 and tag == "tc":
            self.cell = []

    def end(self, tag: str, element: ET.Element) -> str:
        """Take in the end of an element; gives the row where it ends one."""
        if tag == "tbl":
            self.depth -= 1
        elif tag == "tc" and self.depth == 1:
            span = element.find(f"{W}tcPr/{W}gridSpan")
            extra = int(span.get(f"{W}val", "1")) - 1 if span is not None else 0
            self.row += [" ".join(part for part in self.cell if part), *[""] * min(extra, 50)]
        elif tag == "tr" and self.depth == 1:
            return f"| {' | '.join(text.replace('|', '/') for text in self.row)} |"
        return ""


def _body(part: _Bounded, notes: Notes) -> Iterator[str]:
    table = _Table()
    for event, element in ET.iterparse(part, ("start", "end")):
        tag = element.tag.removeprefix(W)
        if event == "start":
            table.begin(tag)
        elif tag == "p":
            text = normalize("NFC", "".join(_text(element, notes))).strip()
            if table.depth:
                table.cell.append(text)
            else:
                yield text
            element.clear()
        else:
            row = table.end(tag, element)
            if row:
                yield row
                element.clear()


def _text(element: ET.Element, notes: Notes) -> Iterator[str]:
    for child in element:
        if child.tag in SKIPPED:
            continue
        if child.tag == f"{W}t":
            yield (child.text or "").replace("\n", " ")
        elif child.tag in SPACES:
            yield SPACES[child.tag]
        elif child.tag == f"{W}footnoteReference":
            yield notes.mark(child.get(f"{W}id", ""))
        else:
            yield from _text(child, notes)


def _footnotes(part: _Bounded, notes: Notes) -> Iterator[Raw]:
    for _, element in ET.iterparse(part):
        note = element.get(f"{W}id", "")
        if element.tag == f"{W}footnote" and note in notes.order:
            text = normalize("NFC", "".join(_text(element, Notes()))).strip()
            yield Raw(f"{notes.mark(note)} {text}")
            element.clear()
