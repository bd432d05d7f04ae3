"""The text of a tagged PDF in its logical order, read from its structure tree."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf

INLINE = {"/Span", "/Strong", "/Em", "/Link", "/Quote", "/Code", "/Sub", "/Reference", "/Datetime"}
SKIPPED = {"/Lbl", "/TOC", "/TOCI"}
Texts = dict[tuple[int, int], dict[int, str]]
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def lines(path: Path) -> list[str]:
    """Text of each block of the PDF at `path`, in logical order.

    Page heads and other artifacts, marks of lists and the contents are left out: they are
    numbered by the renderer, and the page has them elsewhere.
    """
    with pikepdf.open(path) as pdf:
        texts: Texts = {page.obj.objgen: _Page().read(page.obj) for page in pdf.pages}
        pieces = list(_walk(pdf.Root.StructTreeRoot.K, None, texts))
    blocks = (re.sub(" +", " ", block).strip() for block in "".join(pieces).split("\n"))
    return [text for text in blocks if text]


def joined(texts: Iterable[str]) -> str:
    """The text of a drawing as one word: its letters stand one by one in a PDF."""
    return re.sub(r"\s", "", "".join(texts))


def _walk(item: Any, page: Any, texts: Texts) -> Iterator[str]:
    if isinstance(item, pikepdf.Array):
        for child in item:
            yield from _walk(child, page, texts)
    elif isinstance(item, int):
        yield texts[page.objgen].get(item, "")
    elif "/S" in item:
        yield from _element(item, page, texts)
    elif "/MCID" in item:
        yield texts[item.get("/Pg", page).objgen].get(int(item.MCID), "")


def _element(item: Any, page: Any, texts: Texts) -> Iterator[str]:
    role = str(item.S)
    inside = _walk(item.get("/K", pikepdf.Array()), item.get("/Pg", page), texts)
    if role in INLINE:
        yield from inside
    elif role == "/Figure":
        yield f"\n{joined(inside)}\n"
    elif role not in SKIPPED:
        yield from ("\n", *inside, "\n")


class _Page:
    """The text of one page by its marked content."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}
        self.open: list[tuple[int | None, str | None]] = []
        self.fonts: dict[str, dict[bytes, str]] = {}
        self.cmap: dict[bytes, str] = {}
        self.height: float | None = None

    def read(self, page: Any) -> dict[int, str]:
        """Texts by the number of their marked content."""
        fonts = dict(page.Resources.get("/Font", {}))
        self.fonts = {name: letters(font) for name, font in fonts.items()}
        steps = {
            "BDC": self._begin,
            "BMC": self._begin,
            "EMC": self._end,
            "Tf": self._font,
            "cm": self._moved,
            "Tj": self._glyphs,
            "TJ": self._spaced,
        }
        for instruction in pikepdf.parse_content_stream(page):
            step = steps.get(str(instruction.operator))
            if step is not None:
                step(list(instruction.operands))
        return self.texts

    def _begin(self, operands: list[Any]) -> None:
        given: Any = operands[1] if len(operands) > 1 else None
        known: Any = given if isinstance(given, pikepdf.Dictionary) else {}
        spoken = str(known["/ActualText"]) if "/ActualText" in known else None
        self.open.append((int(known["/MCID"]) if "/MCID" in known else None, spoken))
        self._put(spoken or "")

    def _end(self, _: list[Any]) -> None:
        self.open.pop()

    def _font(self, operands: list[Any]) -> None:
        self.cmap = self.fonts[str(operands[0])]

    def _moved(self, operands: list[Any]) -> None:
        height = float(operands[5])
        if self.height is not None and abs(self.height - height) > 1:
            self._put(" ")
        self.height = height

    def _spaced(self, operands: list[Any]) -> None:
        self._glyphs([part for part in operands[0] if isinstance(part, pikepdf.String)])

    def _glyphs(self, strings: list[Any]) -> None:
        if any(spoken is not None for _, spoken in self.open):
            return
        codes = b"".join(bytes(string) for string in strings)
        pairs = (codes[i : i + 2] for i in range(0, len(codes), 2))
        self._put("".join(self.cmap.get(pair, "") for pair in pairs))

    def _put(self, text: str) -> None:
        """Add to the innermost marked content; an artifact has none."""
        marks = [mark for mark, _ in self.open if mark is not None]
        if marks:
            self.texts[marks[-1]] = self.texts.get(marks[-1], "") + text


def letters(font: Any) -> dict[bytes, str]:
    """The text that each code of a font stands for, from its ToUnicode map."""
    data = bytes(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else b""
    found: dict[bytes, str] = {}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.DOTALL):
        for code, text in _PAIR.findall(part):
            found[bytes.fromhex(code.decode())] = _unicode(text)
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", data, re.DOTALL):
        for first, last, text in _RANGE.findall(part):
            start = _unicode(text)
            for step in range(int(last, 16) - int(first, 16) + 1):
                code = (int(first, 16) + step).to_bytes(len(first) // 2, "big")
                found[code] = start[:-1] + chr(ord(start[-1]) + step)
    return found


def _unicode(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be")
