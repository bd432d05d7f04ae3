"""PDF from Typst source, with bundled fonts only and a fixed date."""

from pathlib import Path

import typst

from halfyear.errors import Problem, RenderError


def compile_pdf(
    source: Path, out: Path, *, fonts: Path, timestamp: int, words: dict[str, str]
) -> None:
    """Compile `source` to `out` as tagged PDF/UA-1 and PDF/A-2a, dated `timestamp` (Unix seconds).

    `words` are those of the letterhead, for editions that ask for one. System fonts and those
    inside Typst are ignored, because they lose Vietnamese letters silently. A warning of the
    compiler is an error: RenderError carries its words and place.
    """
    bundled = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
    )
    compiler = typst.Compiler(source, root=source.parent, font_paths=bundled, sys_inputs=words)
    try:
        result, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=timestamp
        )
    except typst.TypstError as error:
        raise RenderError(_problem(source, error)) from error
    if warnings:
        raise RenderError(*(_problem(source, warning) for warning in warnings))
    if not isinstance(result, bytes):
        raise RenderError(Problem("Typst gave no PDF", str(source)))
    out.write_bytes(result)


def _problem(source: Path, error: typst.TypstError | typst.TypstWarning) -> Problem:
    return Problem(
        error.message,
        str(source),
        found=error.diagnostic.strip(),
        mend="; ".join(error.hints),
    )
