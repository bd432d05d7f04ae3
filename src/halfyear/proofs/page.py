"""What a reader sees of a finished HTML page: blocks of text whose numbers carry their ids."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import html

from halfyear.errors import Problem, RenderError

BODY, FRAME, PROVENANCE = "body", "frame", "provenance"
UNSEEN = {"script", "style", "template", "noscript", "symbol", "defs", "metadata", "desc", "head"}
BREAKS = {
    *("address", "article", "aside", "blockquote", "body", "button", "caption", "dd", "details"),
    *("div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("header", "html", "li", "main", "nav", "ol", "p", "section", "summary", "svg", "table"),
    *("tbody", "td", "text", "tfoot", "th", "thead", "tr", "ul"),
}
HOLE = "\ufffc"
_SPACE = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True)
class Number:
    """A number on the page: its text, its id, the styles it was formatted with, its link."""

    text: str
    id: str
    styles: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True)
class Block:
    """A run of text that ends where a line must end; `tag` is the element it stands in.

    row is its place among the rows of a table's body (from 1) where it is the first cell of one,
    drawing the id of the chart it stands in.
    """

    pieces: tuple[str | Number, ...]
    tag: str
    zone: str
    lang: str
    row: int = 0
    drawing: str = ""
    classes: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """All of the text."""
        return _clean("".join(p if isinstance(p, str) else p.text for p in self.pieces))

    @property
    def bare(self) -> str:
        """The text with a hole where a number with an id stands."""
        return _clean("".join(p if isinstance(p, str) else HOLE for p in self.pieces))

    @property
    def numbers(self) -> list[Number]:
        """Numbers with an id, in order."""
        return [piece for piece in self.pieces if isinstance(piece, Number)]


@dataclass(frozen=True)
class Source:
    """An entry of the provenance: the id it is for and its operands as text and link.

    quotes are texts in another language than the page's.
    """

    id: str
    anchor: str
    quotes: tuple[str, ...]
    operands: tuple[tuple[str, str], ...]


@dataclass
class Page:
    """A finished page: its language, blocks in order, provenance, headings, tables, figures."""

    lang: str
    blocks: list[Block] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    tables: list[tuple[str, int, int]] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> "Page":
        """Read a page; RenderError where there is none."""
        if not path.is_file():
            raise RenderError(Problem("no page", str(path), mend="halfyear report makes it"))
        return cls.parse(path.read_text(encoding="utf-8"))

    @classmethod
    def parse(cls, text: str) -> "Page":
        """Read the text of a page."""
        root = html.document_fromstring(text)
        page = cls(lang=root.get("lang", ""))
        title = root.findtext(".//title") or ""
        page.blocks = [Block((title,), "title", FRAME, page.lang), *_Walk(page.lang).blocks(root)]
        main = root.find(".//main")
        inner = main if main is not None else root
        entries = (entry for entry in inner.iter() if "prov" in _classes(entry))
        page.sources = [_source(entry, page.lang) for entry in entries]
        shown = [e for e in inner.iter() if isinstance(e.tag, str)]
        page.headings = [_heading(e) for e in shown if re.fullmatch("h[1-6]", e.tag)]
        page.tables = [_size(e) for e in shown if "table" in _classes(e) and e.tag == "div"]
        page.figures = [e.get("id", "") for e in shown if e.tag == "figure"]
        page.spoken = [e.get("aria-label", "") for e in shown if e.get("role") == "img"]
        return page

    def numbers(self, zone: str = BODY) -> list[Number]:
        """Numbers with an id, in order."""
        return [number for block in self.blocks if block.zone == zone for number in block.numbers]


class _Walk:
    """Goes through a page in order, gathering text until a block ends."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.pieces: list[str | Number] = []
        self.done: list[Block] = []
        self.where: list[tuple[Any, str, str]] = []

    def blocks(self, root: Any) -> list[Block]:
        self._enter(root, FRAME, self.lang)
        return self.done

    def _enter(self, element: Any, zone: str, lang: str) -> None:
        if not isinstance(element.tag, str) or element.tag in UNSEEN or _hidden(element):
            return
        zone, lang = _zone(element, zone), element.get("lang") or lang
        breaks = element.tag in BREAKS or (element.tag == "g" and element.get("data-id"))
        if breaks:
            self._close()
        self.where.append((element, zone, lang) if breaks or not self.where else self.where[-1])
        if element.tag == "br":
            self.pieces.append("\n")
        elif element.get("data-id") and zone != PROVENANCE:
            self.pieces.append(_number(element))
        else:
            self._inside(element, zone, lang)
        if breaks:
            self._close()
        self.where.pop()

    def _inside(self, element: Any, zone: str, lang: str) -> None:
        inline = lang != self.where[-1][2]
        if inline:
            self._close()
            self.where.append((element, zone, lang))
        self.pieces.append(element.text or "")
        for child in element:
            self._enter(child, zone, lang)
            self.pieces.append(child.tail or "")
        if inline:
            self._close()
            self.where.pop()

    def _close(self) -> None:
        pieces, self.pieces = self.pieces, []
        if not self.where or not any(isinstance(p, Number) or p.strip() for p in pieces):
            return
        element, zone, lang = self.where[-1]
        self.done.append(
            Block(
                tuple(pieces),
                _role(element),
                zone,
                lang,
                _row(element),
                _drawing(element),
                _classes(element),
            )
        )


def _zone(element: Any, zone: str) -> str:
    classes = _classes(element)
    if element.get("id") == "provenance" or "provenance" in classes:
        return PROVENANCE
    if element.tag == "main":
        return BODY
    return FRAME if classes & {"contents-narrow", "hint"} else zone


def _hidden(element: Any) -> bool:
    return element.get("hidden") is not None or "display:none" in element.get("style", "").replace(
        " ", ""
    )


def _classes(element: Any) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def _role(element: Any) -> str:
    """Tag of the nearest element that says what a block is."""
    while element.tag in ("div", "p", "svg") and element.getparent() is not None:
        parent = element.getparent()
        if parent.tag not in ("td", "th", "li", "div", "dd", "dt"):
            break
        element = parent
    return str(element.tag)


def _row(element: Any) -> int:
    cell = next((e for e in (element, *element.iterancestors()) if e.tag in ("td", "th")), None)
    if cell is None or cell.getprevious() is not None or cell.getparent().getparent() is None:
        return 0
    body = cell.getparent().getparent()
    return body.index(cell.getparent()) + 1 if body.tag == "tbody" else 0


def _drawing(element: Any) -> str:
    drawn = (e.get("id", "") for e in (element, *element.iterancestors()) if e.tag == "svg")
    return next(drawn, "")


def _number(element: Any) -> Number:
    return Number(
        text=_clean(element.text_content()),
        id=element.get("data-id"),
        styles=tuple((element.get("data-fmt") or "").split()),
        href=element.get("href") or "",
    )


def _source(entry: Any, lang: str) -> Source:
    quotes = [_clean(e.text_content()) for e in entry.iter() if e.get("lang", lang) != lang]
    links = [(_clean(e.text_content()), e.get("href") or "") for e in entry.iter("a")]
    return Source(entry.get("data-id", ""), entry.get("id", ""), tuple(quotes), tuple(links))


def _heading(element: Any) -> tuple[int, str, str]:
    return int(element.tag[1]), element.get("id", ""), _clean(element.text_content())


def _size(element: Any) -> tuple[str, int, int]:
    rows = list(element.iter("tr"))
    return element.get("id", ""), len(rows), max((len(row) for row in rows), default=0)


def _clean(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" ")
