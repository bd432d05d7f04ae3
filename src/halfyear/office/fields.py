"""Fields of a Word document: numbers of captions, references to them, and the contents."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

PLACE = "contents"  # bookmark of the paragraph that the contents take the place of
CAPTION, HEADING = "Caption", "Heading1"  # ids of styles
CONTENTS = 'TOC \\o "1-1" \\h \\z \\u'
_LABEL = re.compile(r"(\w+)[ \u00a0](\d+)(?=\.)")


def insert(document: Any) -> None:
    """Number captions by Word itself, refer to them by fields, and fill the place of contents.

    What stands there is what the fields give; Word renews it when fields are updated, so that an
    inserted table or figure moves every number behind it and every mention of them.
    """
    body = document.element.body
    captions = [one for one in document.paragraphs if one._p.style == CAPTION]
    names = dict(filter(None, (_number(caption._p) for caption in captions)))
    if names:
        own = {id(caption._p) for caption in captions}
        pattern = re.compile("|".join(rf"{re.escape(name)}(?![\d.]\d|\d)" for name in names))
        for paragraph in [p for p in body.iter(qn("w:p")) if id(p) not in own]:
            _refer(paragraph, names, pattern)
    _contents(document)


def _number(paragraph: Any) -> tuple[str, str] | None:
    """Make a field of the number of a caption; gives its label with number, and its bookmark."""
    head: list[Any] = []
    text = ""
    for run in paragraph.findall(qn("w:r")):
        head.append(run)
        text += _text(run)
        if _LABEL.match(text):
            break
    found = _LABEL.match(text)
    if found is None:
        return None
    label, number = found.groups()
    name = f"_Ref_{label}_{number}"
    code = str(80000 + sum(1 for _ in paragraph.itersiblings(preceding=True)))
    look = head[0]
    parts = [
        _mark("Start", code, name),
        _run(look, f"{label} "),
        *_field(look, f"SEQ {label} \\* ARABIC", number),
        _mark("End", code),
        _run(look, text[found.end() :]),
    ]
    _replace(head, parts)
    return found.group(), name


def _refer(paragraph: Any, names: dict[str, str], pattern: re.Pattern[str]) -> None:
    for run in list(paragraph.iter(qn("w:r"))):
        text = _text(run)
        if not pattern.search(text):
            continue
        parts: list[Any] = []
        end = 0
        for found in pattern.finditer(text):
            parts.append(_run(run, text[end : found.start()]))
            parts += _field(run, f"REF {names[found.group()]} \\h", found.group())
            end = found.end()
        _replace([run], [*parts, _run(run, text[end:])])


def _contents(document: Any) -> None:
    """The contents in the place kept for them, a link a section."""
    body = document.element.body
    marks = [m for m in body.iter(qn("w:bookmarkStart")) if m.get(qn("w:name")) == PLACE]
    if not marks:
        return
    place = marks[0].getparent()
    heads = [p for p in document.paragraphs if p._p.style == HEADING]
    lines = [_line(document, head) for head in heads]
    if lines:
        begin, code, between, _, end = _field(OxmlElement("w:r"), CONTENTS, "")
        for element in reversed((begin, code, between)):
            lines[0].insert(1, element)
        lines[-1].append(end)
    for line in lines:
        place.addprevious(line)
    body.remove(place)


def _line(document: Any, head: Any) -> Any:
    paragraph = OxmlElement("w:p")
    style = OxmlElement("w:pStyle")
    style.set(qn("w:val"), document.styles["TOC 1"].style_id)
    properties = OxmlElement("w:pPr")
    properties.append(style)
    paragraph.append(properties)
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), next(_bookmarks(head._p), ""))
    link.append(_run(OxmlElement("w:r"), head.text))
    paragraph.append(link)
    return paragraph


def _bookmarks(paragraph: Any) -> Iterator[str]:
    """Bookmarks at a heading: inside it, or opened just before it."""
    for mark in paragraph.iter(qn("w:bookmarkStart")):
        yield mark.get(qn("w:name"))
    for sibling in paragraph.itersiblings(preceding=True):
        if sibling.tag != qn("w:bookmarkStart"):
            return
        yield sibling.get(qn("w:name"))


def _text(run: Any) -> str:
    return "".join(part.text or "" for part in run.findall(qn("w:t")))


def _replace(runs: list[Any], parts: list[Any]) -> None:
    for part in parts:
        runs[0].addprevious(part)
    for run in runs:
        run.getparent().remove(run)


def _run(look: Any, text: str) -> Any:
    """A run of text that looks like another."""
    run = OxmlElement("w:r")
    properties = look.find(qn("w:rPr"))
    if properties is not None:
        run.append(deepcopy(properties))
    words = OxmlElement("w:t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    return run


def _field(look: Any, code: str, shown: str) -> list[Any]:
    """A field: its begin, its code, what parts it from what it shows, that, and its end."""
    instruction = _run(look, "")
    words = instruction.find(qn("w:t"))
    words.tag = qn("w:instrText")
    words.text = f" {code} "
    return [
        _corner(look, "begin"),
        instruction,
        _corner(look, "separate"),
        _run(look, shown),
        _corner(look, "end"),
    ]


def _corner(look: Any, kind: str) -> Any:
    run = _run(look, "")
    run.remove(run.find(qn("w:t")))
    corner = OxmlElement("w:fldChar")
    corner.set(qn("w:fldCharType"), kind)
    run.append(corner)
    return run


def _mark(side: str, code: str, name: str = "") -> Any:
    mark = OxmlElement(f"w:bookmark{side}")
    mark.set(qn("w:id"), code)
    if name:
        mark.set(qn("w:name"), name)
    return mark
