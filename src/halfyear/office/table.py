"""A table of a Word document, finished: fixed columns, repeated head, whole rows, tints."""

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from halfyear.office import styles

APART = 4.0  # points between two tables
AFTER = 8.0  # points from a table to a text that follows it
FILLS = {"missed": styles.TINT, "group": styles.PANEL}  # of a row, by its class
SHORT = 10  # rows, head included, of a table that stays on one page
CARD = "CardTitle"  # id of the style of the first paragraph of a card
_MARK = re.compile(r"row-([a-z]+)-[0-9]+")


def finish(table: Any) -> None:
    """Fix the columns, keep rows, short tables and groups with their first row whole, tint rows.

    A marked row has a bookmark `row-<class>-<number>` in its first cell, which goes.
    """
    table.autofit = False
    grid = table._tbl.tblGrid.findall(qn("w:gridCol"))
    every = sum(int(column.get(qn("w:w"))) for column in grid)
    shares = [int(column.get(qn("w:w"))) / every for column in grid]
    for column, share in zip(grid, shares, strict=True):
        column.set(qn("w:w"), str(round(Mm(styles.MEASURE * share).twips)))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells = _widened(row, shares)
        _fill(cells)
        _tint(row, cells)
    if len(table.rows) <= SHORT:
        for row in table.rows[:-1]:
            row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    _space(table)


def _widened(row: Any, shares: list[float]) -> list[Any]:
    """The cells of a row, each as wide as the columns it takes, one that takes several once."""
    widths: dict[Any, float] = {}
    cells: dict[Any, Any] = {}
    for cell, share in zip(row.cells, shares, strict=True):
        cells.setdefault(cell._tc, cell)
        widths[cell._tc] = widths.get(cell._tc, 0.0) + share
    for element, cell in cells.items():
        cell.width = Mm(styles.MEASURE * widths[element])
    return list(cells.values())


def _fill(cells: Any) -> None:
    """Give empty cells the style of their row; a row that only names a group stays with the next.

    An empty paragraph without a style would be as high as the body's text.
    """
    paragraphs = [cell.paragraphs[0] for cell in cells]
    said = [one for one in paragraphs if one.runs]
    for paragraph in paragraphs:
        if said and paragraph not in said:
            paragraph._p.style = said[0]._p.style
    if len(said) == 1 < len(cells):
        said[0].paragraph_format.keep_with_next = True


def _space(table: Any) -> None:
    """A table has no space of its own below it, so the text that follows gets some above.

    The empty paragraph that keeps two tables apart is as low as Word allows.
    """
    after = table._tbl.getnext()
    if after is None or after.tag != qn("w:p"):
        return
    if len(after) == 0:
        spacing = after.get_or_add_pPr().get_or_add_spacing()
        for key, value in (("line", str(round(Pt(APART).twips))), ("after", "0")):
            spacing.set(qn(f"w:{key}"), value)
        spacing.set(qn("w:lineRule"), "exact")
        return
    style = after.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    if style is not None and style.get(qn("w:val")) in ("BodyText", "FirstParagraph", "Compact"):
        after.pPr.get_or_add_spacing().set(qn("w:before"), str(round(Pt(AFTER).twips)))


def _tint(row: Any, cells: Any) -> None:
    marks = list(row._tr.iter(qn("w:bookmarkStart")))
    named = [mark for mark in marks if _MARK.fullmatch(mark.get(qn("w:name"), ""))]
    for mark in named:
        number = mark.get(qn("w:id"))
        ends = [e for e in row._tr.iter(qn("w:bookmarkEnd")) if e.get(qn("w:id")) == number]
        for element in (mark, *ends):
            element.getparent().remove(element)
    fill = FILLS[_MARK.fullmatch(named[0].get(qn("w:name")))[1]] if named else ""  # type: ignore[index]
    for cell in cells:
        card = cell.paragraphs[0]._p.style == CARD
        if fill or card:
            _shade(cell, fill or styles.PANEL)


def _shade(cell: Any, fill: str) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
