"""Are all characters of a page in the fonts that it will be set in?"""

import unicodedata
from collections.abc import Iterable
from html import unescape
from pathlib import Path

from fontTools.ttLib import TTFont

from halfyear.errors import Problem, RenderError


def covered(fonts: Iterable[Path]) -> frozenset[str]:
    """Characters that every one of `fonts` can draw."""
    tables = []
    for path in fonts:
        with TTFont(path, lazy=True) as font:
            tables.append(set(font.getBestCmap()))
    return frozenset(map(chr, set.intersection(*tables)))


def check(files: Iterable[Path], fonts: Iterable[Path]) -> None:
    """Raise RenderError naming each character of `files` that a font lacks or that is decomposed.

    A missing letter would otherwise be a blank or a box on the page, without a warning.
    """
    known = covered(fonts)
    problems = [problem for path in files for problem in _missing(path, known)]
    if problems:
        raise RenderError(*problems)


def _missing(path: Path, known: frozenset[str]) -> list[Problem]:
    text = path.read_text(encoding="utf-8")
    text = unescape(text) if path.suffix == ".svg" else text
    found = [
        Problem(
            "a character that the fonts cannot draw",
            str(path),
            row=text[: text.index(char)].count("\n") + 1,
            expected="characters of Tinos and Arimo",
            found=f"U+{ord(char):04X} {unicodedata.name(char, 'unnamed')}",
            mend="replace it in the text or the data",
        )
        for char in sorted(set(text) - known - set("\n\t\r"))
    ]
    if not found and not unicodedata.is_normalized("NFC", text):
        found.append(
            Problem("decomposed letters", str(path), expected="NFC", mend="normalise the text")
        )
    return found
