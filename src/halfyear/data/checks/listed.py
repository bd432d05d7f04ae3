"""Problems as a table to read, in Vietnamese or English."""

import textwrap
from collections.abc import Sequence

from halfyear.data.faults import Fault
from halfyear.errors import Problem

HEADS = {
    "vi": ("Vị trí", "Vấn đề", "Yêu cầu", "Thực tế", "Cách sửa"),
    "en": ("Place", "Problem", "Expected", "Found", "Mend"),
}
_ROWS = {"vi": ("dòng", "cột"), "en": ("row", "column")}
_COUNT = {"vi": "{count} vấn đề", "en": "{count} problems"}
_ONE = {"vi": "1 vấn đề", "en": "1 problem"}
_NONE = {"vi": "Không phát hiện vấn đề nào.", "en": "No problems found."}
_WIDTHS = (30, 30, 34, 22, 40)


def listing(problems: Sequence[Problem], lang: str) -> str:
    """Give all problems as one text table in a language, "vi" or "en"."""
    if not problems:
        return _NONE[lang]
    told = [problem.say(lang) if isinstance(problem, Fault) else problem for problem in problems]
    rows = [_line(HEADS[lang]), _line(tuple("-" * width for width in _WIDTHS))]
    rows += [_line((_place(p, lang), p.what, p.expected, p.found, p.mend)) for p in told]
    count = _ONE[lang] if len(problems) == 1 else _COUNT[lang].format(count=len(problems))
    return "\n".join([*rows, "", count])


def _place(problem: Problem, lang: str) -> str:
    row, column = _ROWS[lang]
    parts = [
        problem.file,
        f"{row} {problem.row}" if problem.row is not None else "",
        f"{column} {problem.column}" if problem.column else "",
    ]
    return ", ".join(part for part in parts if part)


def _line(cells: tuple[str, ...]) -> str:
    wrapped = [
        textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, _WIDTHS, strict=True)
    ]
    height = max(len(cell) for cell in wrapped)
    lines = [
        "  ".join(
            (cell[index] if index < len(cell) else "").ljust(width)
            for cell, width in zip(wrapped, _WIDTHS, strict=True)
        ).rstrip()
        for index in range(height)
    ]
    return "\n".join(lines)
