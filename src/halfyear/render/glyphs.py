"""Are all characters of a page in the fonts that it will be set in?"""

import io
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from halfyear.errors import Problem, RenderError


def covered(fonts: Iterable[Path]) -> frozenset[str]:
    """Characters that every one of `fonts` can draw."""
    tables = []
    for path in fonts:
        with TTFont(path, lazy=True) as font:
            tables.append(set(font.getBestCmap()))
    return frozenset(map(chr, set.intersection(*tables)))


def faults(folder: Path) -> Iterator[Problem]:
    """List what is wrong with a folder of fonts: it holds none, or one that cannot be opened."""
    found = sorted(path for kind in ("*.ttf", "*.otf") for path in folder.glob(kind))
    if not any(path.suffix == ".ttf" for path in found):
        yield _font(folder, "no font")
    for path in found:
        try:
            TTFont(io.BytesIO(path.read_bytes())).getBestCmap()
        except (TTLibError, OSError, ValueError, AssertionError, KeyError, struct.error) as error:
            yield _font(path, str(error) or type(error).__name__)


def _font(path: Path, found: str) -> Problem:
    return Problem(
        "a font of the page cannot be used",
        file=str(path),
        expected="the font files that came with the project",
        found=found,
        mend="restore the folder report/fonts",
        vi=Problem(
            "không dùng được phông chữ của trang",
            file=str(path),
            expected="các tệp phông chữ đi kèm dự án",
            found=found,
            mend="khôi phục thư mục report/fonts",
        ),
    )


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
