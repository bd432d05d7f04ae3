"""What `quarto render` made by hand, finished as in a build: PDF, page and Word document."""

from pathlib import Path

from halfyear.errors import Problem, RenderError
from halfyear.office import word
from halfyear.proofs import limits
from halfyear.render import briefing, density, embedded, page
from halfyear.render.layout import Layout


def finish(made: Path, layout: Layout) -> Path:
    """Finish one file that Quarto names as its output, in its place, and give its path.

    Quarto's PDF gives way to one of the pinned Typst, made of the same `.typ` and checked; its
    page gets charts, style and script, and may be loaded anew by `quarto preview`; its Word
    document gives way to one with the project's styles and fields. Raises RenderError as a build
    does, and for a form that is not foreseen.
    """
    composed = made.with_suffix(".qmd")
    lang = composed.stem.partition(".")[2]
    forms = {".pdf"} if "-" in lang else {".pdf", ".html", ".docx"}
    if made.suffix not in forms:
        made.unlink(missing_ok=True)
        raise RenderError(
            Problem(
                f"the briefing in {lang} has no such form",
                str(made),
                expected=", ".join(sorted(forms)),
                found=made.suffix,
                mend=f"quarto render --profile {lang} --to typst",
            )
        )
    if made.suffix == ".pdf":
        return _pdf(composed, made.parent, lang, layout)
    if made.suffix == ".docx":
        return word.write(composed, made.parent, lang=lang, template_dir=layout.report)
    body = made.read_text(encoding="utf-8")
    return briefing.finish_html(body, composed, made.parent, lang=lang, layout=layout, served=True)


def _pdf(composed: Path, out: Path, lang: str, layout: Layout) -> Path:
    """Compile what Quarto kept as `.typ`, closer set where it would run over, as in a build."""
    stamp = briefing.timestamp(page.day(composed))
    made = briefing.finish_pdf(composed, out, lang=lang, timestamp=stamp, layout=layout)
    try:
        limits.check(composed, made)
    except RenderError:
        if not density.tighten(composed):
            raise
        closer = embedded.convert(composed, "typst", layout)
        composed.with_suffix(".typ").write_text(closer, encoding="utf-8", newline="\n")
        briefing.finish_pdf(composed, out, lang=lang, timestamp=stamp, layout=layout)
        limits.check(composed, made)
    return made
