"""One edition's composed source to its PDF and, for one language, its HTML page."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from halfyear import entry
from halfyear.errors import Problem, RenderError
from halfyear.params import spoken
from halfyear.render import glyphs, page, pdf, pdfcheck
from halfyear.render.engine import Engine
from halfyear.render.layout import Layout

FORMS = PDF, HTML = "pdf", "html"


def render(
    composed: Path,
    out: Path,
    *,
    lang: str,
    engine: Engine,
    timestamp: int,
    template_dir: Path,
    forms: Sequence[str] = FORMS,
) -> list[Path]:
    """Render `briefing.<lang>.qmd` into `out`, check the results and return their paths.

    `lang` is an edition (`vi`, `en` or `vi-en`; the last gives only a PDF), `timestamp` the date
    of the PDF in Unix seconds, `template_dir` the project's folder report, `forms` those to make.
    The same inputs give the same bytes. Raises RenderError where the source, a chart or a result is
    not right.
    """
    if not composed.is_file():
        raise RenderError(Problem("no composed source", str(composed), mend="compose it first"))
    layout = Layout(template_dir)
    out.mkdir(parents=True, exist_ok=True)
    made = []
    if PDF in forms:
        source = composed.with_suffix(".typ")
        text = engine.convert(composed, "typst", layout)
        source.write_text(text, encoding="utf-8", newline="\n")
        made.append(finish_pdf(composed, out, lang=lang, timestamp=timestamp, layout=layout))
    if HTML in forms and "-" not in lang:
        body = engine.convert(composed, "html", layout)
        made.append(finish_html(body, composed, out, lang=lang, layout=layout))
    return made


def timestamp(day: date) -> int:
    """Unix seconds of midnight UTC on `day`, which dates the documents of that edition."""
    return int(datetime.combine(day, time(), UTC).timestamp())


def finish_pdf(composed: Path, out: Path, *, lang: str, timestamp: int, layout: Layout) -> Path:
    """Compile and check the PDF from the `.typ` that an engine left beside `composed`."""
    charts = sorted((composed.parent / "charts").glob("*.svg"))
    glyphs.check([composed, *charts], _fonts(layout))
    result = out / f"briefing.{lang}.pdf"
    pdf.compile_pdf(
        composed.with_suffix(".typ"),
        result,
        fonts=layout.fonts,
        timestamp=timestamp,
        words=layout.words(spoken(lang)[0])["letterhead"],
    )
    pdfcheck.check(result, lang=spoken(lang)[0], fonts=layout.fonts)
    return result


def finish_html(
    body: str, composed: Path, out: Path, *, lang: str, layout: Layout, served: bool = False
) -> Path:
    """Assemble and check the page from the HTML that an engine made of `composed`."""
    result = out / f"briefing.{lang}.html"
    told = entry.file(composed.parent, lang)
    glyphs.check([told] if told.is_file() else [], _fonts(layout))
    text = page.assemble(body, composed=composed, lang=lang, layout=layout, served=served)
    result.write_text(text, encoding="utf-8", newline="\n")
    return result


def _fonts(layout: Layout) -> list[Path]:
    """The fonts of text and tables."""
    return sorted(layout.fonts.glob("[AT]*.ttf"))
