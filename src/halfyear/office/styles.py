"""The styles of the Word documents, as a reference document made anew for every build."""

import io
from collections.abc import Set
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Times New Roman"
SIGNS = "Segoe UI Symbol"
INK, NAVY, WINE, GREY, MIST = "1F1F1F", "12436D", "801650", "565A5E", "E3E8ED"
TINT = "F8F0F4"
PANEL = "EEF2F6"
MEASURE = 165.0  # millimetres


@dataclass(frozen=True)
class Look:
    """How a paragraph style looks: size and spaces in points."""

    size: float
    bold: bool = False
    italic: bool = False
    colour: str = INK
    before: float = 0
    after: float = 0
    next: bool = False
    centred: bool = False
    line: float = 1.1  # lines


PARAGRAPHS = {
    "Normal": Look(13, after=6),
    "Body Text": Look(13, after=6),
    "First Paragraph": Look(13, after=6),
    "Compact": Look(13, after=3, line=1),
    "Place": Look(11, colour=GREY, before=0, next=True, line=1),
    "Title": Look(18, bold=True, colour=NAVY, after=2, next=True, line=1),
    "Period": Look(10.5, colour=GREY, after=2, line=1),
    "Count": Look(26, bold=True, colour=NAVY, next=True, line=1),
    "Message": Look(11.5, bold=True, after=2, line=1),
    "Point": Look(10, after=1, line=1),
    "Strip": Look(10, after=3, line=1),
    "Card Title": Look(10.5, bold=True, colour=NAVY, next=True, line=1),
    "Card Figure": Look(10, next=True, line=1),
    "Card Text": Look(9.5, line=1),
    "Notes": Look(9.5, colour=GREY, before=2, after=2, line=1),
    "Heading 1": Look(16, bold=True, colour=NAVY, before=9, after=3, next=True),
    "Heading 2": Look(14, bold=True, colour=NAVY, before=10, after=3, next=True),
    "Heading 3": Look(13, bold=True, colour=NAVY, before=8, after=3, next=True),
    "Caption": Look(11, bold=True, colour=NAVY, before=10, after=3, next=True),
    "TOC 1": Look(11, after=2, line=1),
    "Figure": Look(11, next=True),
    "Figure Subtitle": Look(10.5, colour=GREY, after=3, next=True),
    "Figure Note": Look(9.5, colour=GREY, before=2, after=8),
    "Table Text": Look(10, line=1),
    "Headline Text": Look(9.5, line=1),
    "Table Head": Look(10, bold=True, colour=NAVY, next=True, line=1),
    "Headline Head": Look(9.5, colour=NAVY, next=True, line=1),
    "Header": Look(10.5, colour=GREY, centred=True),
}
LETTERS = {"Muted": GREY, "Wine": WINE, "Navy": NAVY, "Printed": INK, "Sign": NAVY}
LABELS = {  # colour, whether bold, points
    "Count Label": (GREY, False, 11),
    "Standing": (WINE, True, 11),
    "Card Number": (INK, True, 15),
}
GRID = f"""<w:tblPr {nsdecls("w")}><w:tblBorders>
<w:top w:val="single" w:sz="8" w:color="{NAVY}"/>
<w:bottom w:val="single" w:sz="8" w:color="{NAVY}"/>
<w:insideH w:val="single" w:sz="4" w:color="{MIST}"/></w:tblBorders><w:tblCellMar>
<w:top w:w="20" w:type="dxa"/><w:left w:w="40" w:type="dxa"/>
<w:bottom w:w="20" w:type="dxa"/><w:right w:w="20" w:type="dxa"/></w:tblCellMar></w:tblPr>"""
HEAD = f"""<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:color="{NAVY}"/></w:tcBorders></w:tcPr></w:tblStylePr>"""


def reference() -> bytes:
    """The reference document: A4, margins 20/20/30/15 mm, page number on top from page 2.

    Of the table styles that python-docx brings, a hundred that no table here has, only Word's own
    is kept: all would be in every document.
    """
    document = docx.Document()
    usual = document.styles.default(WD_STYLE_TYPE.TABLE)
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.element is not usual.element:
            style.delete()
    _page(document)
    known = {style.name for style in document.styles}
    for name, look in PARAGRAPHS.items():
        _paragraph(document, name, look, known)
    for name, colour in LETTERS.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = RGBColor.from_string(colour)
        if name == "Sign":
            _family(style, SIGNS)
    for name, (colour, bold, points) in LABELS.items():
        label = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER).font
        label.size, label.bold, label.color.rgb = Pt(points), bold, RGBColor.from_string(colour)
    stops = document.styles["Place"].paragraph_format.tab_stops
    stops.add_tab_stop(Mm(MEASURE), WD_TAB_ALIGNMENT.RIGHT)
    table = document.styles.add_style("Table", WD_STYLE_TYPE.TABLE)
    for part in (GRID, HEAD):
        table.element.append(parse_xml(part))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    line = section.header.paragraphs[0]
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "2"), ("end", "")):
        _field(line.add_run(), kind, text)


def _field(run: Any, kind: str, text: str) -> None:
    if kind == "text":
        run.text = text
        return
    element = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        element.set(qn("w:fldCharType"), kind)
    else:
        element.text = text
    run._r.append(element)


def _paragraph(document: Any, name: str, look: Look, known: Set[str]) -> None:
    if name in known:
        style = document.styles[name]
    else:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
    style.quick_style, style.hidden = True, False
    font, space = style.font, style.paragraph_format
    _family(style, FONT)
    font.size, font.bold, font.italic = Pt(look.size), look.bold, look.italic
    font.color.rgb = RGBColor.from_string(look.colour)
    space.space_before, space.space_after = Pt(look.before), Pt(look.after)
    space.line_spacing, space.keep_with_next = look.line, look.next
    space.widow_control = True
    if look.centred:
        space.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for key in [key for key in style.element.rPr.find(qn("w:color")).attrib if "theme" in key]:
        del style.element.rPr.find(qn("w:color")).attrib[key]
    for border in style.element.findall(".//" + qn("w:pBdr")):
        border.getparent().remove(border)


def _family(style: Any, name: str) -> None:
    """Name the font for every script; a theme would otherwise go before it."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), name)
