"""A document as numbered lines of text, whatever file it came in."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import normalize

from halfyear.document import book, encoding, kind, pdf, word
from halfyear.document.raw import Raw, Unreadable
from halfyear.document.refusal import refusal, tell
from halfyear.document.step import Step
from halfyear.errors import IntakeError, Problem

LARGEST_FILE = 100_000_000
LARGEST_TEXT = 20_000_000
LEAST_LETTERS = 20
READERS: dict[str, Callable[[bytes, Callable[[Step], None]], Iterator[Raw]]] = {
    ".docx": word.lines,
    ".pdf": pdf.lines,
    ".xlsx": book.lines,
    ".xlsm": book.lines,
}
WIDE = {0xFEE0 + code: chr(code) for code in map(ord, "0123456789.,%+-()/")}
FIXED_SPACES = "\u00a0\u2007\u2009\u202f"
_SPACED = re.compile(  # not the month or year before a figure
    r"(?<![0-9.,/])(?<!tháng.)(?<!quý.)(?<!ngày.)(?<!năm.)(?<!số.)"
    rf"[1-9][0-9]{{0,2}}(?:[{FIXED_SPACES}][0-9]{{3}})+(?![{FIXED_SPACES}.]?[0-9])",
    re.IGNORECASE,
)
SUFFIXES = (*READERS, ".txt")


@dataclass(frozen=True)
class Document:
    """A document: its lines in composed Unicode, the page of each, the sha256 of its bytes.

    pages holds 0 where the file has no pages, for a workbook the number of the sheet; pictured
    are the pages without text that can be read, encoding is the old one the text came in.
    """

    path: Path
    sha256: str
    lines: tuple[str, ...]
    pages: tuple[int, ...]
    pictured: tuple[int, ...] = ()
    encoding: str = ""

    @property
    def wrapped(self) -> bool:
        """Whether the lines are lines of a page rather than whole paragraphs."""
        return self.path.suffix.lower() in (".pdf", ".txt") and 0 < self.width < 140

    @property
    def width(self) -> int:
        """Length that nine of ten lines with text do not exceed."""
        texts = (line for line in self.lines if not line.startswith("|"))
        lengths = sorted(len(line) for line in texts if len(line) > 20)
        return lengths[len(lengths) * 9 // 10] if lengths else 0


def read(path: Path, progress: Callable[[Step], None] = lambda _: None) -> Document:
    """Read a report of any kind in SUFFIXES; raises IntakeError where it holds no readable text.

    Text in an old Vietnamese encoding is converted to Unicode where that is sure.
    """
    raw = _bytes(path)
    try:
        lines = _bounded(_lines(path, raw, progress))
        found = [replace(line, text=_usual(line.text)) for line in lines]
    except Unreadable as error:
        told = tell(error.code, Problem("", path.name), error.slots)
        raise IntakeError(told) from error
    pages = {line.page for line in found}
    letters = sum(character.isalpha() for line in found for character in line.text)
    if letters < LEAST_LETTERS * (len(pages) if path.suffix.lower() == ".pdf" else 1):
        raise IntakeError(_empty(path, letters))
    old = encoding.tell(line.text for line in found)
    return Document(
        path,
        hashlib.sha256(raw).hexdigest(),
        tuple((encoding.convert(line.text, old) if old else line.text) for line in found),
        tuple(line.page for line in found),
        tuple(sorted({line.page for line in found if line.pictured})),
        old,
    )


def _usual(text: str) -> str:
    """Write full-width digits, and thousands parted by fixed spaces, as documents usually do."""
    return _SPACED.sub(
        lambda match: re.sub(rf"[{FIXED_SPACES}]", ".", match.group()), text.translate(WIDE)
    )


def _empty(path: Path, letters: int) -> Problem:
    code = "pdf_scanned" if path.suffix.lower() == ".pdf" else "empty"
    return refusal(code, file=path.name, letters=letters)


def _bytes(path: Path) -> bytes:
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        code = "kind_unknown" if suffix else "without_ending"
        kinds = " | ".join(SUFFIXES)
        raise IntakeError(refusal(code, file=path.name, kinds=kinds, ending=suffix))
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise IntakeError(refusal("file_large", file=path.name, most=LARGEST_FILE, size=size))
        return path.read_bytes()
    except FileNotFoundError as error:
        raise IntakeError(refusal("file_missing", file=str(path))) from error
    except OSError as error:
        told = refusal("file_unread", file=str(path), error=error.strerror or type(error).__name__)
        raise IntakeError(told) from error


def _lines(path: Path, raw: bytes, progress: Callable[[Step], None]) -> Iterator[Raw]:
    kind.check(raw, path.suffix.lower())
    reader = READERS.get(path.suffix.lower())
    return reader(raw, progress) if reader else _plain(raw)


def _plain(raw: bytes) -> Iterator[Raw]:
    try:
        text = raw.decode("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"{raw[error.start]:#04x}"
        raise Unreadable("text_not_unicode", byte=byte, at=error.start) from error
    for line in normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        yield Raw(line)


def _bounded(found: Iterator[Raw]) -> Iterator[Raw]:
    size = 0
    for line in found:
        size += len(line.text)
        if size > LARGEST_TEXT:
            raise Unreadable("text_long", most=LARGEST_TEXT)
        yield line
