"""Blocks of a text: each table as one, with the lines right above it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from halfyear.intake.layout.paragraphs import Paragraph

ABOVE = 2
LONGEST_CAPTION = 220
_GOES_ON = re.compile(r"\W*(?:(?:bảng|biểu|phụ lục)\s[\w.\s]*)?\(?tiếp(?: theo)?\W*", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """Where a cell stands: a paragraph and its number."""

    number: int
    paragraph: Paragraph


@dataclass(frozen=True)
class Row:
    """A row of a table: the number of its paragraph, and its cells with their offsets.

    places are the paragraphs of its cells where a turned table took them from several.
    """

    number: int
    paragraph: Paragraph
    cells: tuple[tuple[int, str], ...]
    places: tuple[Place, ...] = ()

    def place(self, number: int) -> Place:
        """Give where a cell stands."""
        return self.places[number] if self.places else Place(self.number, self.paragraph)

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of the cells without the space around them."""
        return tuple(text.strip() for _, text in self.cells)


@dataclass
class Block:
    """The rows of a table; above are the texts of the lines that may name its unit.

    goes_on tells that it may continue the table before it: it begins a page, or nothing but notes
    stands between the two.
    """

    rows: list[Row]
    above: list[str] = field(default_factory=list)
    goes_on: bool = False


def blocks(paragraphs: Sequence[Paragraph], pages: Sequence[int]) -> Iterator[Block]:
    """Give the tables of a text; pages are the pages of its lines."""
    block: Block | None = None
    for number, one in enumerate(paragraphs):
        if one.kind != "row":
            continue
        row = Row(number, one, cells(one.plain))
        before = block.rows[-1] if block is not None else None
        if before is not None and block is not None and _same(before, row, pages):
            block.rows.append(row)
            continue
        if block is not None:
            yield block
        block = Block(
            [row],
            _above(paragraphs, number),
            before is not None and _follows(before, row, paragraphs, pages),
        )
    if block is not None:
        yield block


def cells(row: str) -> tuple[tuple[int, str], ...]:
    """Give the cells of "| a | b |" with their offsets."""
    found, at = [], row.find("|") + 1
    for text in row[at:].split("|"):
        found.append((at, text))
        at += len(text) + 1
    return tuple(found[:-1] if found and not found[-1][1].strip() else found)


def _same(before: Row, row: Row, pages: Sequence[int]) -> bool:
    if row.number != before.number + 1:
        return False
    next_line = row.paragraph.starts[0][1] == before.paragraph.starts[-1][1] + 1
    return next_line or _page(before, pages) != _page(row, pages)


def _follows(before: Row, row: Row, paragraphs: Sequence[Paragraph], pages: Sequence[int]) -> bool:
    between = paragraphs[before.number + 1 : row.number]
    apart = [one for one in between if one.kind != "note" and not _GOES_ON.fullmatch(one.plain)]
    return not apart or _page(before, pages) != _page(row, pages)


def _page(row: Row, pages: Sequence[int]) -> int:
    return pages[row.paragraph.starts[0][1] - 1]


def _above(paragraphs: Sequence[Paragraph], number: int) -> list[str]:
    near = paragraphs[max(0, number - ABOVE) : number]
    return [
        one.plain
        for one in near
        if one.kind != "row" and len(one.text) <= LONGEST_CAPTION
        if not _GOES_ON.fullmatch(one.plain)
    ]
