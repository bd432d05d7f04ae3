"""Packages of Office Open XML: their parts by name, read within bounds, whoever wrote them."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import dirname, normpath
from xml.etree import ElementTree as ET

from halfyear.document.raw import Unreadable

LARGEST_PART = 100_000_000
LARGEST_RATIO = 200
RATIO_FROM = 5_000_000
MOST_PARTS = 10_000
BLOCK = 65_536
OVERLAP = 16
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"officeDocument/math", b"officeDocument/2006/math"),
    (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
    (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"drawingml/", b"drawingml/2006/"),
)  # fmt: skip
_NEVER = (b"<!DOCTYPE", b"<!ENTITY")
_NAMESPACES = {"wordprocessingml": "w", "math": "m", "markup-compatibility": "mc"}
_short: dict[str, str] = {}


def short(tag: str) -> str:
    """Give a tag with its usual prefix, as w:p, in Transitional and Strict files alike."""
    if tag not in _short:
        space, _, name = tag.rpartition("}")
        prefix = next((one for key, one in _NAMESPACES.items() if f"/{key}/" in f"{space}/"), "")
        _short[tag] = f"{prefix}:{name}"
    return _short[tag]


def value(element: ET.Element | None, name: str = "val") -> str:
    """Give an attribute of an element by its local name, empty where it has none."""
    if element is None:
        return ""
    found = (text for key, text in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, "")


def child(element: ET.Element | None, *path: str) -> ET.Element | None:
    """Give the first child of a short tag, then its child, and so on; None where one lacks."""
    for tag in path:
        if element is None:
            return None
        element = next((one for one in element if short(one.tag) == tag), None)
    return element


class Part(io.RawIOBase):
    """A part of the package that stops after too many bytes, whatever its header says."""

    def __init__(self, part: "zipfile.ZipExtFile[bytes]") -> None:  # type: ignore[type-arg]
        self.part, self.left, self.before = part, LARGEST_PART, b""

    def read(self, size: int = -1) -> bytes:
        """Read up to `size` bytes; raises Unreadable past the limit."""
        block = self.part.read(min(size, BLOCK) if size > 0 else BLOCK)
        self.left -= len(block)
        near = self.before + block
        if self.left < 0 or any(word in near for word in _NEVER):
            raise Unreadable("unpacks_too_much", part=self.part.name)
        self.before = near[-OVERLAP:]
        return block

    def whole(self) -> bytes:
        """Read all of the part."""
        return b"".join(iter(lambda: self.read(BLOCK), b""))


@dataclass
class Package:
    """An opened package; names of parts are written with "/" whatever the file writes."""

    file: zipfile.ZipFile
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def open(cls, raw: bytes) -> "Package":
        """Open a package; raises Unreadable for one that unpacks to too much."""
        file = zipfile.ZipFile(io.BytesIO(raw))
        parts = file.infolist()
        size = sum(part.file_size for part in parts)
        packed = sum(part.compress_size for part in parts) or 1
        bomb = size > RATIO_FROM and size / packed > LARGEST_RATIO
        if len(parts) > MOST_PARTS or size > 5 * LARGEST_PART or bomb:
            raise Unreadable("parts_too_many", parts=len(parts), size=size, packed=packed)
        names = {part.orig_filename.replace("\\", "/"): part.filename for part in parts}
        return cls(file, names)

    def part(self, name: str) -> Part:
        """Open a part; raises KeyError where there is none."""
        return Part(self.file.open(self.names[name]))  # type: ignore[arg-type]

    def main(self, usual: str) -> str:
        """Give the part that the package says is its document, else the usual one."""
        told = self._related("_rels/.rels", "officeDocument")
        return told if told in self.names else usual

    def beside(self, main: str, kind: str) -> str:
        """Give a part the document refers to, such as "footnotes"; empty where there is none."""
        rels = f"{dirname(main)}/_rels/{main.rpartition('/')[2]}.rels"
        for name in (self._related(rels, kind), f"{dirname(main)}/{kind}.xml"):
            if name in self.names:
                return name
        return ""

    def _related(self, rels: str, kind: str) -> str:
        if rels not in self.names:
            return ""
        root = ET.fromstring(self.part(rels).whole())
        for one in root:
            if value(one, "Type").rpartition("/")[2] == kind:
                target = value(one, "Target")
                folder = dirname(dirname(rels))
                return normpath(
                    target.lstrip("/") if target[:1] == "/" else f"{folder}/{target}".lstrip("/")
                )
        return ""


def transitional(raw: bytes) -> bytes:
    """Give a package with the names of Strict Open XML replaced by those that programs read."""
    package = Package.open(raw)
    if not any(_STRICT in part for _, part in _texts(package)):
        return raw
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name, part in _texts(package):
            copy.writestr(name, _renamed(part))
    return out.getvalue()


def _texts(package: Package) -> Iterator[tuple[str, bytes]]:
    for name in package.names:
        if not name.endswith("/"):
            yield name, package.part(name).whole()


def _renamed(part: bytes) -> bytes:
    for strict, usual in _TRANSITIONAL:
        part = part.replace(_STRICT + strict, b"http://schemas.openxmlformats.org/" + usual)
    return re.sub(rb'\sconformance="strict"', b"", part)
