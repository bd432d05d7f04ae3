"""Is a PDF what it claims to be: tagged, in its language, A4, in our fonts?"""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont

from halfyear.errors import Problem, RenderError

A4 = (595.276, 841.890)  # points
CLAIMS = {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}


def check(path: Path, *, lang: str, fonts: Path) -> None:
    """Raise RenderError with all that `path` lacks of tags, language, standards, size and fonts."""
    with pikepdf.open(path) as pdf:
        problems = [
            Problem(what, str(path), expected=expected, found=found)
            for what, expected, found in (
                *_structure(pdf, lang),
                *_claims(pdf),
                *_sizes(pdf),
                *_fonts(pdf, fonts),
            )
        ]
    if problems:
        raise RenderError(*problems)


def page_count(path: Path) -> int:
    """Number of pages of the PDF at `path`."""
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def headings(path: Path) -> list[tuple[str, int]]:
    """All bookmarks in order, each with its page (from 1)."""
    with pikepdf.open(path) as pdf:
        return list(_bookmarks(pdf))


Finding = tuple[str, str, str]


def _structure(pdf: pikepdf.Pdf, lang: str) -> Iterator[Finding]:
    root = pdf.Root
    if "/StructTreeRoot" not in root:
        yield "no structure tree", "/StructTreeRoot", "none"
    if "/MarkInfo" not in root or not bool(root.MarkInfo.get("/Marked", False)):
        yield "not marked as tagged", "/MarkInfo /Marked true", "none"
    found = str(root.get("/Lang", ""))
    if found.split("-")[0].lower() != lang:
        yield "wrong language", lang, found or "none"


def _claims(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    with pdf.open_metadata() as xmp:
        for key, expected in CLAIMS.items():
            found = str(xmp.get(key, "none"))
            if found != expected:
                yield f"wrong {key} in the metadata", expected, found
        if not str(xmp.get("dc:title", "")).strip():
            yield "no title in the metadata", "dc:title", "none"


def _sizes(pdf: pikepdf.Pdf) -> Iterator[Finding]:
    for number, page in enumerate(pdf.pages, 1):
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        size = (right - left, top - bottom)
        if any(abs(side - wanted) > 0.5 for side, wanted in zip(size, A4, strict=True)):
            yield (
                f"page {number} is not A4",
                "595.3 × 841.9 pt",
                f"{size[0]:.1f} × {size[1]:.1f} pt",
            )


def _fonts(pdf: pikepdf.Pdf, folder: Path) -> Iterator[Finding]:
    ours = {_postscript_name(path) for path in folder.glob("*.[ot]tf")}
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary):
            continue
        if item.get("/Type") == "/FontDescriptor":
            name = str(item["/FontName"]).lstrip("/").split("+")[-1]
            if name not in ours:
                yield "a font that is not ours", ", ".join(sorted(ours)), name
            if not any(key in item for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield "a font that is not embedded", "/FontFile", name
        elif item.get("/Subtype") == "/Type3":
            yield "a font of drawings", ", ".join(sorted(ours)), str(item.get("/Name", "Type 3"))


def _postscript_name(path: Path) -> str:
    with TTFont(path, lazy=True) as font:
        return str(font["name"].getDebugName(6))


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[tuple[str, int]]:
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}

    def walk(items: Any) -> Iterator[tuple[str, int]]:
        for item in items:
            target = item.destination if item.destination is not None else item.action.D
            yield _plain(item.title), pages[_explicit(pdf, target)[0].objgen]
            yield from walk(item.children)

    with pdf.open_outline() as outline:
        yield from walk(outline.root)


def _explicit(pdf: pikepdf.Pdf, target: Any) -> Any:
    """The [page, view] array of a destination, which may be a name to look up."""
    if isinstance(target, pikepdf.Array):
        return target
    named = pikepdf.NameTree(pdf.Root.Names.Dests)[str(target)]
    return named.D if isinstance(named, pikepdf.Dictionary) else named


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
