"""Numbers that Word writes before headings and items of lists by itself."""

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from halfyear.document.package import child, short, value

DEEPEST = 9
MOST = 3999
BULLET = "-"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LEVEL = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """A level of a list: what its first item is called and how the numbers are written."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: ET.Element) -> "Numbering":
        """Take the lists of numbering.xml."""
        made = cls()
        for one in root:
            if short(one.tag) == "w:abstractNum":
                made.levels[value(one, "abstractNumId")] = dict(map(_level, _levels(one)))
            elif short(one.tag) == "w:num":
                number = value(one, "numId")
                made.lists[number] = value(child(one, "w:abstractNumId"))
                made.starts[number] = {
                    _number(value(over, "ilvl"), 0): _number(value(start), 1)
                    for over in one
                    if short(over.tag) == "w:lvlOverride"
                    and (start := child(over, "w:startOverride")) is not None
                }
        return made

    def next(self, properties: ET.Element | None) -> str:
        """Count an item on, by its w:numPr, and give what stands before it; empty for none."""
        number = value(child(properties, "w:numId"))
        listed = self.lists.get(number, "")
        depth = _number(value(child(properties, "w:ilvl")), 0)
        level = self.levels.get(listed, {}).get(depth)
        if level is None:
            return ""
        counts = self.counts.setdefault(listed, {})
        start = self.starts[number].pop(depth, None)
        counts[depth] = start if start is not None else counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, DEEPEST):
            counts.pop(deeper, None)
        return self._written(listed, level, counts)

    def _written(self, listed: str, level: Level, counts: dict[int, int]) -> str:
        if level.form == "none":
            return ""
        if level.form == "bullet":
            return BULLET
        known = self.levels[listed]

        def number(match: "re.Match[str]") -> str:
            depth = int(match[1]) - 1
            one = known.get(depth, Level())
            return _form(counts.get(depth, one.start), one.form)

        return _LEVEL.sub(number, level.text).strip()


def _levels(listed: ET.Element) -> list[ET.Element]:
    return [one for one in listed if short(one.tag) == "w:lvl"]


def _level(one: ET.Element) -> tuple[int, Level]:
    form = value(child(one, "w:numFmt")) or "decimal"
    start = _number(value(child(one, "w:start")), 1)
    return _number(value(one, "ilvl"), 0), Level(start, form, value(child(one, "w:lvlText")))


def _number(text: str, other: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else other


def _form(count: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(count)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (count - 1) % 26) * (1 + (count - 1) // 26)
        return letter if form == "upperLetter" else letter.lower()
    return f"{count:02}" if form == "decimalZero" else str(count)


def _roman(count: int) -> str:
    written = ""
    for amount, sign in _ROMAN if 0 < count <= MOST else ():
        written += sign * (count // amount)
        count %= amount
    return written
