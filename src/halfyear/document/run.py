"""Runs of a Word paragraph: the text a page shows, with what is raised, struck or hidden in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from halfyear.document.package import child, short, value

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
SKIPPED = {"w:del", "w:moveFrom", "w:instrText", "w:delText", "w:pPr", "w:rPr", "mc:Fallback"}
SKIPPED |= {"w:txbxContent", "m:rPr", "m:oMathParaPr", "m:ctrlPr"}
SPACES = {"w:tab": " ", "w:br": " ", "w:cr": " ", "w:noBreakHyphen": "-"}
OFF = ("0", "false", "off", "none")
LIFTED = 4
PRIVATE = range(0xF020, 0xF100)
SYMBOL = {
    0x2D: "−", 0xA3: "≤", 0xAD: "↑", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
    0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xAB: "↔", 0xAC: "←", 0xAE: "→",
    0xA5: "∞", 0xBC: "…", 0xD7: "·", 0xDE: "⇒", 0x7E: "∼", 0xA2: "′", 0xB2: "″",
}  # fmt: skip
FONTS = {
    "symbol": {**{code: chr(code) for code in range(0x20, 0x40)}, **SYMBOL},
    "wingdings 3": {0x70: "▲", 0x71: "▼", 0x68: "↑", 0x69: "↓", 0x66: "←", 0x67: "→"},
    "wingdings": {0xE0: "→", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩"},
}
ORNAMENT = "•"


@dataclass(frozen=True)
class Look:
    """How a run is shown: raised above the line, or not at all."""

    raised: bool = False
    hidden: bool = False

    def with_(self, properties: ET.Element | None) -> "Look":
        """Give the look after the properties of a style or run are applied."""
        raised, hidden = self.raised, self.hidden
        for one in properties if properties is not None else ():
            tag, told = short(one.tag), value(one)
            if tag == "w:vertAlign":
                raised = told == "superscript"
            elif tag == "w:position" and told.lstrip("-").isdigit():
                raised = raised or int(told) >= LIFTED
            elif tag in ("w:strike", "w:dstrike", "w:vanish") and told.casefold() not in OFF:
                hidden = True
            elif tag in ("w:strike", "w:dstrike", "w:vanish"):
                hidden = False
        return Look(raised, hidden)


@dataclass
class Styles:
    """The looks that styles give, each with those it is based on; and their list numbers."""

    by_id: dict[str, ET.Element] = field(default_factory=dict)

    def look(self, style: str, look: Look = Look()) -> Look:
        """Give the look of a style."""
        line = self._line(style)
        for one in reversed(line):
            look = look.with_(child(one, "w:rPr"))
        return look

    def number(self, style: str) -> ET.Element | None:
        """Give the list properties of a paragraph style or of one it is based on."""
        for one in self._line(style):
            found = child(one, "w:pPr", "w:numPr")
            if found is not None:
                return found
        return None

    def _line(self, style: str) -> list[ET.Element]:
        line: list[ET.Element] = []
        while style in self.by_id and self.by_id[style] not in line:
            line.append(self.by_id[style])
            style = value(child(line[-1], "w:basedOn"))
        return line


@dataclass
class Notes:
    """Footnotes and endnotes by the order in which the text refers to them."""

    order: list[tuple[str, str]] = field(default_factory=list)

    def mark(self, kind: str, note: str) -> str:
        """Give the raised number of a note, its place in the order."""
        if (kind, note) not in self.order:
            self.order.append((kind, note))
        return str(self.order.index((kind, note)) + 1).translate(SUPERSCRIPTS)


def text(paragraph: ET.Element, styles: Styles, notes: Notes) -> str:
    """Give the text of a paragraph as its page shows it."""
    look = styles.look(value(child(paragraph, "w:pPr", "w:pStyle")))
    return "".join(_inside(paragraph, look, styles, notes))


def _inside(element: ET.Element, look: Look, styles: Styles, notes: Notes) -> Iterator[str]:
    for one in element:
        tag = short(one.tag)
        if tag in SKIPPED:
            continue
        if tag == "w:r":
            yield from _run(one, look, styles, notes)
        elif tag in ("m:oMath", "m:t", *STRUCTURES):
            yield _formula(one)
        else:
            yield from _inside(one, look, styles, notes)


def _run(run: ET.Element, look: Look, styles: Styles, notes: Notes) -> Iterator[str]:
    properties = child(run, "w:rPr")
    look = styles.look(value(child(properties, "w:rStyle")), look).with_(properties)
    if look.hidden:
        return
    for one in run:
        tag = short(one.tag)
        if tag == "w:t":
            shown = _unprivate((one.text or "").replace("\n", " "))
            yield shown.translate(SUPERSCRIPTS) if look.raised else shown
        elif tag in SPACES:
            yield SPACES[tag]
        elif tag == "w:sym":
            yield symbol(value(one, "font"), value(one, "char"))
        elif tag in ("w:footnoteReference", "w:endnoteReference"):
            yield notes.mark(tag.removeprefix("w:").removesuffix("Reference"), value(one, "id"))
        elif tag not in SKIPPED:
            yield from _inside(one, look, styles, notes)


def symbol(font: str, code: str) -> str:
    """Give the sign of a symbol font as Unicode; one that is not known as U+FFFD or a bullet."""
    try:
        number = int(code, 16) & 0xFF
    except ValueError:
        return UNKNOWN
    name = font.strip().casefold()
    signs = FONTS.get(name)
    if signs is not None and number in signs:
        return signs[number]
    return ORNAMENT if name.startswith(("wingdings", "webdings")) else UNKNOWN


def _unprivate(shown: str) -> str:
    """Give signs of the font Symbol that stand in the text as private letters as Unicode."""
    if not any(ord(sign) in PRIVATE for sign in shown):
        return shown
    return "".join(
        symbol("symbol", f"{ord(sign):x}") if ord(sign) in PRIVATE else sign for sign in shown
    )


def _formula(element: ET.Element) -> str:
    """Give an equation on one line: fractions with "/", exponents raised."""
    tag = short(element.tag)
    if tag == "m:t":
        return element.text or ""
    if tag in STRUCTURES:
        first, sign, second = STRUCTURES[tag]
        upper = _formula_of(child(element, second))
        shown = upper.translate(SUPERSCRIPTS) if tag == "m:sSup" else upper
        return f"{_formula_of(child(element, first))}{sign}{shown}"
    return _formula_of(element)


def _formula_of(element: ET.Element | None) -> str:
    if element is None:
        return ""
    return "".join(_formula(one) for one in element if short(one.tag) not in SKIPPED)


STRUCTURES = {"m:f": ("m:num", "/", "m:den"), "m:sSup": ("m:e", "", "m:sup")}
