"""PDF from Typst source, with bundled fonts only and a fixed date."""

import json
from collections.abc import Mapping
from pathlib import Path

import typst

from halfyear.errors import Problem, RenderError


def compile_pdf(
    source: Path, out: Path, *, fonts: Path, timestamp: int, words: dict[str, str]
) -> None:
    """Compile `source` to `out` as tagged PDF/UA-1 and PDF/A-2a, dated `timestamp` (Unix seconds).

    `words` are those of the letterhead, for editions that ask for one. System fonts and those
    inside Typst are ignored, because they lose Vietnamese letters silently. What the template
    finds without room is moved, one thing a run, until all have room or are moved. A warning of
    the compiler is an error: RenderError carries its words and place.
    """
    bundled = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
    )
    moved: dict[str, set[int]] = {}
    while True:
        inputs = {name: ",".join(map(str, sorted(numbers))) for name, numbers in moved.items()}
        compiler = typst.Compiler(
            source, root=source.parent, font_paths=bundled, sys_inputs={**words, **inputs}
        )
        try:
            result, warnings = compiler.compile_with_warnings(
                format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=timestamp
            )
        except typst.TypstError as error:
            raise RenderError(_problem(source, error)) from error
        if warnings:
            raise RenderError(*(_problem(source, warning) for warning in warnings))
        spot = _without_room(compiler, moved)
        if spot is None:
            break
        moved.setdefault(spot[0], set()).add(spot[1])
    if not isinstance(result, bytes):
        raise RenderError(Problem("Typst gave no PDF", str(source)))
    out.write_bytes(result)


def _without_room(
    compiler: typst.Compiler, moved: Mapping[str, set[int]]
) -> tuple[str, int] | None:
    """The first thing the template measured that needs more room than it has and is not moved."""
    for spot in json.loads(compiler.query("<spot>", field="value")):
        name, number = str(spot["name"]), int(spot["number"])
        if spot["needed"] > spot["room"] and number not in moved.get(name, ()):
            return name, number
    return None


def _problem(source: Path, error: typst.TypstError | typst.TypstWarning) -> Problem:
    return Problem(
        error.message,
        str(source),
        found=error.diagnostic.strip(),
        mend="; ".join(error.hints),
    )
