"""Charts as inline SVG: named for readers, unique ids, colours that follow light and dark."""

import re
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

from halfyear.errors import Problem, RenderError
from halfyear.render.shade import variable

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
DROPPED = {f"{SVG}metadata", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"}
_HEX = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_DOT = re.compile(r"M[^MCz]*(?:C[^MCz]*){8}z\s*")
_NUMERAL = re.compile(r"-?[0-9.]+")
_GAP = re.compile(r"\s*\n\s*|(?<=[A-Za-z])\s+|\s+(?=[A-Za-z])")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def inline(path: Path, *, alt: str, colours: set[str]) -> str:
    """Give the SVG at `path` as an HTML element with `alt` as its name.

    Ids get the file's name before them, so that two charts of a page never share one. Every
    colour becomes a variable and is added to `colours` as `#rrggbb`; every number that has an id
    becomes a link to its provenance. RenderError where the file is missing or no SVG.
    """
    try:
        root = ET.fromstring(path.read_text(encoding="utf-8"))
    except (OSError, ET.ParseError) as error:
        raise RenderError(
            Problem("the chart cannot be read", str(path), found=str(error))
        ) from error
    prefix = re.sub(r"[^a-z0-9]+", "-", path.stem.lower())
    _strip(root)
    for element in root.iter():
        _shorten(element)
        _rename(element, prefix)
        _link(element)
        _recolour(element, colours)
    inner = "".join(_text(child) for child in root)
    box = root.get("viewBox") or f"0 0 {_number(root, 'width')} {_number(root, 'height')}"
    role = "img" if root.find(f".//{SVG}a") is None else "group"
    return (
        f'<svg class="chart" id="{prefix}" role="{role}" aria-label="{escape(alt)}" '
        f'viewBox="{box}" focusable="false" data-name="{path.stem}">{inner}</svg>'
    )


def _number(root: ET.Element, side: str) -> str:
    return re.sub(r"[^0-9.]", "", root.get(side, "")) or "100"


def _strip(parent: ET.Element) -> None:
    for child in list(parent):
        if child.tag in DROPPED:
            parent.remove(child)
        else:
            _strip(child)


def _link(element: ET.Element) -> None:
    """Make a link of a number; a number of an axis stands for itself and stays text."""
    id = element.get("data-id", "")
    if element.get("class") != "num" or not id or id.startswith("axis:"):
        return
    element.tag = f"{SVG}a"
    element.set("href", f"#p-{re.sub(r'[^a-z0-9]+', '-', id.lower()).strip('-')}")


def _shorten(element: ET.Element) -> None:
    """Write paths without spare blanks, and a hatch of round dots as points with round ends."""
    path = element.get("d")
    if path is None:
        if element.get("transform", "").startswith("rotate(-0 "):
            del element.attrib["transform"]
        return
    dots = _DOT.findall(path)
    if len(dots) > 1 and "".join(dots) == path:
        boxes = [_box(dot) for dot in dots]
        path = "".join(f"M{x:g} {y:g}h0" for x, y, _ in boxes)
        style = element.get("style", "")
        line = re.search(r"stroke-width: ?([0-9.]+)", style)
        width = boxes[0][2] + (float(line[1]) if line else 0)
        style = re.sub(r"stroke-(?:width|linecap): ?[^;]+", "", style)
        element.set("style", f"{style};stroke-width:{width:g};stroke-linecap:round")
    element.set("d", _GAP.sub("", path))


def _box(dot: str) -> tuple[float, float, float]:
    """Middle and width of one closed curve."""
    numbers = [float(numeral) for numeral in _NUMERAL.findall(dot)]
    xs, ys = numbers[::2], numbers[1::2]
    return (
        round((min(xs) + max(xs)) / 2, 2),
        round((min(ys) + max(ys)) / 2, 2),
        round(max(xs) - min(xs), 2),
    )


def _rename(element: ET.Element, prefix: str) -> None:
    for key, value in list(element.attrib.items()):
        if key == "id":
            element.set(key, f"{prefix}-{value}")
        elif key in (HREF, "href") and value.startswith("#"):
            del element.attrib[key]
            element.set("href", f"#{prefix}-{value[1:]}")
        elif "url(#" in value:
            element.set(key, _REFERENCE.sub(rf"url(#{prefix}-\1)", value))
    if element.tag == f"{SVG}style" and element.text:
        element.text = _RULE.sub(rf"#{prefix} \1{{\2}}", element.text.replace("\n", " "))


def _recolour(element: ET.Element, colours: set[str]) -> None:
    """Move colours into `style`, where a variable works in every browser."""
    moved = []
    for key in ("fill", "stroke", "stop-color"):
        value = element.get(key, "")
        if _HEX.fullmatch(value):
            moved.append(f"{key}:{value}")
            del element.attrib[key]
    style = ";".join([*moved, *filter(None, [element.get("style", "")])])
    if style:
        element.set("style", _HEX.sub(lambda found: _variable(found.group(), colours), style))


def _variable(colour: str, colours: set[str]) -> str:
    full = colour.lower()
    if len(full) == 4:
        full = "#" + "".join(2 * digit for digit in full[1:])
    colours.add(full)
    return f"var({variable(full)},{full})"


def _text(element: ET.Element) -> str:
    """Write an element as HTML reads it: no namespaces, no entities of XML."""
    tag = element.tag.split("}")[-1]
    attributes = "".join(
        f' {key.split("}")[-1]}="{escape(value)}"' for key, value in element.attrib.items()
    )
    inner = escape(element.text or "", quote=False) if tag != "style" else element.text or ""
    children = "".join(_text(child) for child in element)
    tail = escape(element.tail, quote=False) if element.tail and element.tail.strip() else ""
    return f"<{tag}{attributes}>{inner}{children}</{tag}>{tail}"
