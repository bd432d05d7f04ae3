"""Glyphs of a PDF page put together into lines, as they stand on the page."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from halfyear.document.run import SUPERSCRIPTS, UNKNOWN

Glyph: TypeAlias = Mapping[str, Any]
SMALLER = 0.85
SAME_LINE = 0.3
HIGHEST = 0.75
GAP = 0.2
THIN = 1.5
MIDDLE = (0.3, 0.72)


@dataclass
class Line:
    """A line being put together: its baseline from the top of the page, its size, where it ends."""

    base: float
    size: float
    start: float
    end: float
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the line."""
        return "".join(self.parts).rstrip()


def lines(glyphs: Iterable[Glyph]) -> Iterator[str]:
    """Give the lines of glyphs in the order in which the page sets them; raised digits as ¹²³."""
    line: Line | None = None
    for glyph in glyphs:
        if line is not None and _join(line, glyph):
            continue
        if line is not None:
            yield line.text
        line = _begin(glyph)
    if line is not None:
        yield line.text


def struck(glyph: Glyph, rules: Iterable[Glyph]) -> bool:
    """Tell whether a thin rule runs through the middle of a glyph."""
    height = glyph["bottom"] - glyph["top"]
    high, low = (glyph["top"] + height * share for share in MIDDLE)
    middle = (glyph["x0"] + glyph["x1"]) / 2
    return any(
        rule["x0"] <= middle <= rule["x1"] and high < (rule["top"] + rule["bottom"]) / 2 < low
        for rule in rules
    )


def thin(shapes: Iterable[Glyph]) -> list[Glyph]:
    """Give the shapes that are horizontal rules."""
    return [
        one
        for one in shapes
        if one["bottom"] - one["top"] <= THIN and one["x1"] - one["x0"] > 2 * THIN
    ]


def letter(glyph: Glyph) -> str:
    """Give the letter of a glyph; U+FFFD where the file does not say which it is."""
    text = str(glyph["text"])
    return UNKNOWN if text.startswith("(cid:") else text


def _base(glyph: Glyph) -> float:
    """Give the baseline, measured downwards like the tops of glyphs."""
    return float(glyph["bottom"] + glyph["y0"] - glyph["matrix"][5])


def _begin(glyph: Glyph) -> Line:
    shown = letter(glyph)
    return Line(_base(glyph), glyph["size"], glyph["x0"], glyph["x1"], [shown.lstrip()])


def _join(line: Line, glyph: Glyph) -> bool:
    """Put a glyph at the end of a line where it belongs there."""
    lift = line.base - _base(glyph)
    ahead = glyph["x0"] >= line.end - line.size
    near = ahead and glyph["x0"] - line.end < line.size
    shown = letter(glyph)
    if near and shown.isdigit() and _is_raised(line, glyph, lift):
        _add(line, glyph, shown.translate(SUPERSCRIPTS))
        return True
    if near and _mark(line, glyph, lift):
        line.parts = ["".join(line.parts).translate(SUPERSCRIPTS)]
        line.base, line.size = _base(glyph), glyph["size"]
        _add(line, glyph, shown)
        return True
    if ahead and abs(lift) < SAME_LINE * max(line.size, glyph["size"]):
        _add(line, glyph, shown)
        return True
    return False


def _is_raised(line: Line, glyph: Glyph, lift: float) -> bool:
    small = glyph["size"] < SMALLER * line.size
    return bool(small and SAME_LINE * glyph["size"] < lift < HIGHEST * line.size)


def _mark(line: Line, glyph: Glyph, lift: float) -> bool:
    """Tell whether all of the line so far is the raised mark before a note."""
    small = line.size < SMALLER * glyph["size"]
    high = SAME_LINE * line.size < -lift < HIGHEST * glyph["size"]
    return small and high and line.text.isdigit()


def _add(line: Line, glyph: Glyph, shown: str) -> None:
    gap = glyph["x0"] - line.end > GAP * line.size
    spaced = line.parts[-1][-1:].isspace() if line.parts and line.parts[-1] else not line.text
    if shown.isspace():
        shown = "" if spaced else " "
    elif gap and not spaced:
        shown = f" {shown}"
    line.parts.append(shown)
    line.end = max(line.end, glyph["x1"])
