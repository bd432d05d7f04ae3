"""Text of a PDF, page by page: its lines, and the rows of its ruled tables."""

import io
import logging
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from unicodedata import normalize

import pdfplumber
import pikepdf
from pdfplumber.page import Page
from pdfplumber.table import Table

from halfyear.document import glyph
from halfyear.document.glyph import Glyph
from halfyear.document.package import LARGEST_PART
from halfyear.document.raw import Raw, Unreadable
from halfyear.document.run import UNKNOWN
from halfyear.document.step import Step

EVERY = 25
MOST_PAGES = 2000
MOST_EDGES = 4000
FEW_LETTERS = 20
MOST_UNKNOWN = 0.3
EDGE_LINES = 2
LEAST_REPEATED = 3
_PAGE_NUMBER = re.compile(r"^[0-9]+\s+|(?<=[\s/–-])[0-9]+(?:\s*[-–])?$")


def lines(raw: bytes, progress: Callable[[Step], None]) -> Iterator[Raw]:
    """Give the lines of each page; raises Unreadable for a locked or broken file.

    A line that runs along the edge of most pages is given once.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    pages: list[list[Raw]] = []
    with pdfplumber.open(io.BytesIO(_unlocked(raw))) as document:
        count = len(document.pages)
        for number, page in enumerate(document.pages, 1):
            pages.append(_page(page, number))
            page.close()
            if count > EVERY and (number % EVERY == 0 or number == count):
                progress(Step("page", number, count))
    _known_letters(pages)
    running = _running(pages)
    for line in chain.from_iterable(pages):
        pattern = _pattern(line.text)
        if running.get(pattern, 0) == 0:
            yield line
        if pattern in running:
            running[pattern] += 1


def _unlocked(raw: bytes) -> bytes:
    """Give the file mended and without the protection that needs no password."""
    try:
        with pikepdf.open(io.BytesIO(raw)) as document:
            count = len(document.pages)
            if count > MOST_PAGES:
                raise Unreadable("pdf_long", count=count)
            for one in document.objects:
                if isinstance(one, pikepdf.Stream) and _grows(one):
                    raise Unreadable("stream_too_large")
            out = io.BytesIO()
            document.save(out)
            return out.getvalue()
    except pikepdf.PasswordError as error:
        raise Unreadable("pdf_protected") from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unreadable("pdf_broken", error=type(error).__name__) from error


def _grows(stream: pikepdf.Stream) -> bool:
    """Tell whether a packed stream that text may stand in unpacks beyond all bounds."""
    if stream.get("/Subtype") == pikepdf.Name("/Image"):
        return False
    filters = stream.get("/Filter")
    names = [filters] if isinstance(filters, pikepdf.Name) else list(filters or [])
    packed = [name for name in names if str(name) in ("/FlateDecode", "/Fl")]
    if not packed or str(names[0]) not in ("/FlateDecode", "/Fl"):
        return False
    try:
        content = zlib.decompressobj().decompress(stream.read_raw_bytes(), LARGEST_PART + 1)
    except zlib.error:
        return False
    return len(content) > (LARGEST_PART if len(packed) == 1 else LARGEST_PART // 100)


def _page(page: Page, number: int) -> list[Raw]:
    try:
        found = [Raw(normalize("NFC", text), number) for text in _texts(page)]
        letters = sum(sign.isalpha() for line in found for sign in line.text)
        pictured = letters < FEW_LETTERS and (bool(page.images) or bool(_turned(page)))
    except Exception as error:  # pdfminer lets many kinds through on a broken page
        raise Unreadable("page_broken", number=number, error=type(error).__name__) from error
    return [*found, Raw("", number, True)] if pictured else found or [Raw("", number)]


def _texts(page: Page) -> Iterator[str]:
    rules = glyph.thin(chain(page.lines, page.rects))
    glyphs = [one for one in page.dedupe_chars().chars if one["upright"]]
    shown = [one for one in glyphs if not (rules and glyph.struck(one, rules))]
    tables = _tables(page)
    kept: list[Glyph] = []
    for one in shown:
        table = next((table for table in tables if _within(one, table.bbox)), None)
        if table is None:
            kept.append(one)
            continue
        if tables[table] is None:
            yield from glyph.lines(kept)
            kept = []
            tables[table] = True
            yield from _rows(table, shown)
    yield from glyph.lines(kept)


def _turned(page: Page) -> list[Glyph]:
    return [one for one in page.chars if not one["upright"]]


def _tables(page: Page) -> dict[Table, bool | None]:
    """Give the ruled tables of a page with two rows and columns at least, none yet read."""
    if len(page.edges) > MOST_EDGES:
        return {}
    found = page.find_tables()
    return {one: None for one in found if len(one.rows) > 1 and len(one.rows[0].cells) > 1}


def _rows(table: Table, glyphs: Sequence[Glyph]) -> Iterator[str]:
    inside = [one for one in glyphs if _within(one, table.bbox)]
    for row in table.rows:
        cells = [_cell(box, inside) if box else "" for box in row.cells]
        yield f"| {' | '.join(text.replace('|', '/') for text in cells)} |"


def _cell(box: tuple[float, float, float, float], glyphs: Sequence[Glyph]) -> str:
    return " ".join(" ".join(glyph.lines(one for one in glyphs if _within(one, box))).split())


def _within(one: Glyph, box: tuple[float, float, float, float]) -> bool:
    across, down = (one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2
    return bool(box[0] <= across < box[2] and box[1] <= down < box[3])


def _known_letters(pages: list[list[Raw]]) -> None:
    """Refuse a file that does not say which letters its glyphs are."""
    signs = Counter(sign == UNKNOWN for page in pages for line in page for sign in line.text)
    if signs[True] > MOST_UNKNOWN * signs.total():
        raise Unreadable("pdf_without_letters", unknown=signs[True], all=signs.total())


def _running(pages: list[list[Raw]]) -> dict[str, int]:
    """Give the patterns of lines that stand at the edge of half the pages or more, none yet met."""
    edges = Counter(
        pattern
        for page in pages
        for pattern in {_pattern(one.text) for one in (*page[:EDGE_LINES], *page[-EDGE_LINES:])}
    )
    least = max(LEAST_REPEATED, len(pages) / 2)
    return {one: 0 for one, times in edges.items() if one.strip("# -/") and times >= least}


def _pattern(text: str) -> str:
    """Give a line without a page number at either end; rows of tables are never running lines."""
    return "" if text.startswith("|") else _PAGE_NUMBER.sub("#", " ".join(text.split()))
