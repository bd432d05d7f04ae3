"""Text on text in a PDF: runs of one line that cover each other, or leave the page."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf

from halfyear.errors import Problem
from halfyear.proofs.printed import letters

SLACK = 1.5  # points
MARGIN = 28.0  # points, 10 mm
Matrix = tuple[float, float, float, float, float, float]
START: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Run:
    """Text from left to right on a base line, in points."""

    text: str
    left: float
    right: float
    base: float


def problems(path: Path) -> list[Problem]:
    """Runs of the PDF at `path` that cover one another on a line or leave the page."""
    found = []
    with pikepdf.open(path) as pdf:
        fonts = Fonts()
        for number, page in enumerate(pdf.pages, 1):
            width = float(page.mediabox[2])
            for what, text in _faults(runs(page.obj, fonts), width):
                mend = "shorten the text, or give its column more room"
                found.append(
                    Problem(f"{what} on page {number}", str(path), found=f"“{text}”", mend=mend)
                )
    return found


def _faults(page: list[Run], width: float) -> Iterator[tuple[str, str]]:
    lines: dict[int, list[Run]] = {}
    for run in page:
        if run.text.strip():
            lines.setdefault(round(run.base), []).append(run)
    for line in lines.values():
        if any(run.right > width - MARGIN or run.left < MARGIN for run in line):
            yield "text leaves the page", "".join(run.text for run in line)
        ordered = sorted(line, key=lambda run: (run.left, run.right))
        if any(one.right - other.left > SLACK for one, other in pairwise(ordered)):
            yield "text lies on text", "".join(run.text for run in line)


def runs(page: Any, fonts: "Fonts") -> list[Run]:
    """All text of a page as runs; `fonts` are those of its document that are known."""
    return _Runs(page, fonts).read()


class Fonts:
    """The fonts of a document, each read once for all pages."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], _Font] = {}

    def named(self, page: Any) -> dict[str, "_Font"]:
        """The fonts of a page by the names it gives them."""
        return {name: self._read(font) for name, font in page.Resources.get("/Font", {}).items()}

    def _read(self, font: Any) -> "_Font":
        if font.objgen not in self.known:
            self.known[font.objgen] = _Font(font)
        return self.known[font.objgen]


class _Font:
    """Width of every code in thousandths of the size, and the letter it stands for."""

    def __init__(self, font: Any) -> None:
        self.letters = {_codes(pair)[0]: text for pair, text in letters(font).items()}
        below = font.DescendantFonts[0]
        self.widths: dict[int, float] = {}
        self.usual = float(below.get("/DW", 1000))
        items = list(below.get("/W", []))
        while items:
            first, second = int(items.pop(0)), items.pop(0)
            if isinstance(second, pikepdf.Array):
                self.widths.update({first + n: float(w) for n, w in enumerate(list(second))})
            else:
                wide = float(items.pop(0))
                self.widths.update(dict.fromkeys(range(first, int(second) + 1), wide))

    def measure(self, written: bytes) -> tuple[str, float]:
        """Text and width of codes of two bytes."""
        codes = _codes(written)
        text = "".join([self.letters.get(code, "") for code in codes])
        return text, sum([self.widths.get(code, self.usual) for code in codes])


class _Runs:
    """Follows the matrices of a page and measures what is written."""

    def __init__(self, page: Any, fonts: Fonts) -> None:
        self.page, self.fonts = page, fonts.named(page)
        self.matrix, self.kept = START, list[Matrix]()
        self.text, self.font, self.size = START, "", 0.0
        self.found: list[Run] = []

    def read(self) -> list[Run]:
        """Give the runs in the order they are written."""
        steps = {
            "q": self._keep,
            "Q": self._back,
            "cm": self._turn,
            "Tm": self._place,
            "Tf": self._choose,
            "Tj": self._write,
            "TJ": self._spaced,
        }
        for instruction in pikepdf.parse_content_stream(self.page, " ".join(steps)):
            steps[str(instruction.operator)](instruction.operands)
        return self.found

    def _keep(self, _: Any) -> None:
        self.kept.append(self.matrix)

    def _back(self, _: Any) -> None:
        self.matrix = self.kept.pop()

    def _turn(self, given: Any) -> None:
        self.matrix = _times(_matrix(given), self.matrix)

    def _place(self, given: Any) -> None:
        self.text = _matrix(given)

    def _choose(self, given: Any) -> None:
        self.font, self.size = str(given[0]), float(given[1])

    def _write(self, given: Any) -> None:
        self._spaced([given])

    def _spaced(self, given: Any) -> None:
        text, wide = "", 0.0
        for part in given[0]:
            if isinstance(part, pikepdf.String):
                more, width = self.fonts[self.font].measure(bytes(part))
                text, wide = text + more, wide + width
            else:
                wide -= float(part)
        at = _times(self.text, self.matrix)
        space = len(text) - len(text.rstrip())
        length = wide / 1000 * self.size * abs(at[0])
        length -= space * self.size * abs(at[0]) / 4
        if abs(at[1]) < 1e-6:
            self.found.append(Run(text, at[4], at[4] + max(length, 0), at[5]))
        self.text = _times((1, 0, 0, 1, wide / 1000 * self.size, 0), self.text)


def _codes(written: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(written) // 2}H", written)


def _matrix(given: Any) -> Matrix:
    a, b, c, d, e, f = map(float, given)
    return (a, b, c, d, e, f)


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
