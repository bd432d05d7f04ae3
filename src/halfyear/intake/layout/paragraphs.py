"""Paragraphs of a document: broken lines joined, footnotes aside, each under its section."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from halfyear.data.numeral import NUMERAL
from halfyear.document.reader import Document

SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NOTE = re.compile(rf"\s*\**([{SUPERSCRIPT}]+)\s*(?=\S)")
_RAISED = re.compile(rf"[{SUPERSCRIPT}]+")
_PAGE_NUMBER = re.compile(r"\s*[-–]?\s*(?:Trang\s+)?[0-9]{1,3}(?:\s*/\s*[0-9]{1,3})?\s*[-–]?\s*")
_BULLET = re.compile(r"\s*(?:[-+•*–▪]\s|\*\*)")
_MARKUP = re.compile(rf"\*+|</?[a-z]{{1,6}}>|[{SUPERSCRIPT}]")
_END = re.compile(r"[.;:!?…”\"]\s*\**\s*$")
_HEADINGS = (
    (0, re.compile(r"(Phần(?:\s+thứ)?\s+[\wĐđ]+|Phụ lục\s+[0-9IVX]+|Điều\s+[0-9]+)\b[.:]?")),
    (1, re.compile(r"([IVXL]{1,6})[.)]\s+\S")),
    (2, re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2})+)[.)]?\s+\S|([0-9]{1,2})[.)]\s+\S")),
    (8, re.compile(r"([a-zđ])\)\s+\S")),
    (9, re.compile(r"(\([0-9]{1,2}\))\s+\S")),
)
_QUARTER = re.compile(r"(?<=\bqu)í\b", re.IGNORECASE)
HEADING_LENGTH = 220
SHORT = 0.6  # of the width of a page: a title where what follows begins with a capital
_ALIKE = str.maketrans(
    "０１２３４５６７８９．，％\u2010\u2011\u2212\u00a0\u2007\u2009\u202f",
    "0123456789.,%---    ",
)


@dataclass(frozen=True)
class Paragraph:
    """A joined paragraph with the way back to its lines.

    kind is text, heading, row (of a table) or note. starts holds, for each line in it, the
    offset in the text and the 1-based number of the line.
    """

    text: str
    starts: tuple[tuple[int, int], ...]
    kind: str
    section: str = ""
    mark: str = ""
    heading: str = ""

    @property
    def plain(self) -> str:
        """The text with markup and raised marks blanked, every offset kept.

        Digits, hyphens, minus signs and spaces of other widths stand as the usual ones, and
        "quí" as "quý".
        """
        blanked = _MARKUP.sub(lambda match: " " * len(match.group()), self.text)
        return _QUARTER.sub(lambda match: "ý" if match.group() == "í" else "Ý", blanked).translate(
            _ALIKE
        )

    def line(self, offset: int) -> int:
        """Line on which an offset of the text lies."""
        return self.starts[bisect_right([start for start, _ in self.starts], offset) - 1][1]

    def nth(self, offset: int) -> int:
        """Number, on its line, of the numeral that starts at an offset, from 1."""
        start = max(start for start, _ in self.starts if start <= offset)
        return 1 + sum(1 for _ in NUMERAL.finditer(self.text[start:offset]))

    @property
    def marks(self) -> list[str]:
        """Raised marks that refer to footnotes."""
        return [] if self.kind == "note" else _RAISED.findall(self.text)


def paragraphs(document: Document) -> list[Paragraph]:
    """Split a document into paragraphs; a footnote stands where its mark stands in the text."""
    found = list(_sections(_joined(document)))
    home = {mark: one for one in reversed(found) for mark in one.marks}
    return [
        replace(one, section=home[one.mark].section, heading=home[one.mark].heading)
        if one.kind == "note" and one.mark in home
        else one
        for one in found
    ]


def _joined(document: Document) -> Iterator[Paragraph]:
    open_one: Paragraph | None = None
    aside: list[Paragraph] = []
    gap = False
    expected = 1
    for number, line in enumerate(document.lines, 1):
        if not line.strip() or _PAGE_NUMBER.fullmatch(line):
            gap = True
            continue
        one = _single(line, number, expected if document.pages[number - 1] else 0)
        if one.kind == "note":
            expected += 1
            aside.append(one)
        elif aside and not gap and one.kind == "text" and _head(one.text) is None:
            aside[-1] = _with(aside[-1], one)
        elif open_one is not None and _continues(open_one, one, gap, document):
            open_one = _with(open_one, one)
        else:
            if open_one is not None:
                yield open_one
            yield from aside
            open_one, aside = one, []
        gap = False
    yield from [open_one] if open_one is not None else []
    yield from aside


def _single(line: str, number: int, expected: int) -> Paragraph:
    if line.lstrip().startswith("|"):
        return Paragraph(line, ((0, number),), "row")
    note = _NOTE.match(line)
    if note:
        return Paragraph(line, ((0, number),), "note", mark=note.group(1))
    if expected and re.match(rf"\s*{expected}\s+(?=[^\W\d_a-z]|\()", line):
        return Paragraph(line, ((0, number),), "note", mark=str(expected))
    return Paragraph(line, ((0, number),), "text")


def _with(one: Paragraph, other: Paragraph) -> Paragraph:
    offset = len(one.text) + 1
    return replace(
        one,
        text=f"{one.text} {other.text}",
        starts=(*one.starts, *((offset + start, line) for start, line in other.starts)),
    )


def _continues(one: Paragraph, other: Paragraph, gap: bool, document: Document) -> bool:
    if one.kind != "text" or other.kind != "text":
        return False
    start = other.text.lstrip(" *")
    if _head(other.text) is not None or _BULLET.match(other.text):
        return False
    whole = bool(_END.search(one.text))
    if document.wrapped and not gap and not _is_heading(one.text):
        last = len(document.lines[one.starts[-1][1] - 1])
        if start[:1].isupper() and _parted(last, whole, other, SHORT * document.width):
            return False
        return last >= 0.8 * document.width or not whole
    return (
        not whole and bool(start) and (start[0].islower() or start[0].isdigit() or start[0] in "(%")
    )


def _parted(last: int, whole: bool, other: Paragraph, short: float) -> bool:
    """Tell whether one of two lines is a title: short, with no full stop at its end."""
    ended = _END.search(other.text) is not None
    return len(other.text) < short and not ended if whole else last < short


def _sections(found: Iterator[Paragraph]) -> Iterator[Paragraph]:
    stack: list[tuple[int, str]] = []
    heading = ""
    for one in found:
        head = _head(one.text) if one.kind == "text" else None
        if head is not None:
            depth, label = head
            stack = [entry for entry in stack if entry[0] < depth]
            stack.append((depth, label))
        titled = head is not None and _is_heading(one.text)
        if titled:
            heading = one.text
        section = "/".join(label for _, label in stack)
        yield replace(one, kind="heading" if titled else one.kind, section=section, heading=heading)


def _head(line: str) -> tuple[int, str] | None:
    text = line.lstrip(" *")
    for depth, pattern in _HEADINGS:
        match = pattern.match(text)
        if match:
            label = next(group for group in match.groups() if group)
            return depth + (label.count(".") if depth == 2 else 0), label
    return None


def _is_heading(line: str) -> bool:
    text = line.rstrip(" *")
    return _head(line) is not None and len(text) <= HEADING_LENGTH and text[-1:] not in ".;,"
