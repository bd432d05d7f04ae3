"""One edition's composed source as a Word document: real styles, tables, pictures of charts."""

import io
import re
import shutil
import subprocess
import tempfile
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import docx
import pypandoc
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from halfyear import memory, yamlfile
from halfyear.errors import Problem, RenderError
from halfyear.office import archive, fields, pictures, styles, table
from halfyear.render import embedded
from halfyear.render.layout import Layout

SOURCE = "briefing.json"
REGIONS = {"vi": "vi-VN", "en": "en-GB"}
PROSE = ("Body Text", "First Paragraph")
INDENT = 400  # twentieths of a point from the margin to the text of a list, for each level


def write(
    composed: Path, out: Path, *, lang: str, template_dir: Path, drawn: Path | None = None
) -> Path:
    """Write `briefing.<lang>.docx` from `briefing.<lang>.qmd`, and give its path.

    `drawn` is the folder of the pictures of its charts, which are drawn where none is given. The
    same source gives the same bytes. Raises RenderError with Pandoc's own words, for example a
    chart without alt text.
    """
    layout = Layout(template_dir)
    head = _head(composed)
    day = date.fromisoformat(str(head["date"]))
    with tempfile.TemporaryDirectory(prefix="halfyear-") as scratch:
        folder = Path(scratch)
        shutil.copyfile(embedded.parsed(composed, layout), folder / SOURCE)
        if drawn is None:
            found = sorted((composed.parent / "charts").glob(f"*.{lang}.svg"))
            charts = {path.stem: path.read_text(encoding="utf-8") for path in found}
            pictures.draw(charts, layout.fonts, folder / "charts")
        else:
            shutil.copytree(drawn, folder / "charts")
        (folder / "reference.docx").write_bytes(styles.reference())
        memory.give_back()  # Pandoc wants it
        data = _converted(folder, composed, layout)
    document = docx.Document(io.BytesIO(data))
    _describe(document, str(head["title"]), lang, day)
    for grid in document.tables:
        table.finish(grid)
    keep_leads(document)
    fields.insert(document)
    _arrange(document.element.body)
    _indent(document.part.numbering_part.element)
    buffer = io.BytesIO()
    document.save(buffer)
    out.mkdir(parents=True, exist_ok=True)
    result = out / f"briefing.{lang}.docx"
    archive.rewrite(buffer.getvalue(), result, day)
    return result


def _head(composed: Path) -> dict[str, Any]:
    if not composed.is_file():
        raise RenderError(Problem("no composed source", str(composed), mend="compose it first"))
    parts = re.split(r"^---\s*$", composed.read_text("utf-8"), maxsplit=2, flags=re.MULTILINE)
    if len(parts) < 3:
        raise RenderError(Problem("no YAML head", str(composed), expected="--- on the first line"))
    return dict(yamlfile.parse(parts[1]))


def _converted(folder: Path, composed: Path, layout: Layout) -> bytes:
    target = folder / "briefing.docx"
    run = subprocess.run(
        [
            pypandoc.get_pandoc_path(),
            "--standalone",
            "--from=json",
            "--to=docx",
            *layout.pandoc("docx", folder),
            "--reference-doc=reference.docx",
            f"--output={target}",
            SOURCE,
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode != 0 or run.stderr.strip():
        found = run.stderr.strip()
        raise RenderError(
            Problem("the Word document could not be made", str(composed), found=found)
        )
    return target.read_bytes()


def _describe(document: Any, title: str, lang: str, day: date) -> None:
    """Set the file's properties and language; nothing in them says when or where it was made."""
    known, moment = document.core_properties, datetime.combine(day, time(), UTC)
    known.title, known.language = title, REGIONS.get(lang, lang)
    known.author = known.last_modified_by = known.comments = known.keywords = ""
    known.created = known.modified = moment.replace(tzinfo=None)
    known.revision = 1
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    letters = defaults.find(qn("w:rPr"))
    language = letters.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        letters.append(language)
    theme = document.settings.element.find(qn("w:themeFontLang"))
    for element in (language, theme):
        for script in ("val", "eastAsia"):
            element.set(qn(f"w:{script}"), REGIONS.get(lang, lang))
    for element in document.element.body.iter(qn("w:lang")):
        named = element.get(qn("w:val"), "")
        element.set(qn("w:val"), REGIONS.get(named, named))


def keep_leads(document: Any) -> None:
    """Keep a line in bold, which heads what follows, on the page of what follows."""
    for line in document.paragraphs:
        said = [run for run in line.runs if run.text.strip()]
        if said and line.style.name in PROSE and all(run.bold for run in said):
            line.paragraph_format.keep_with_next = True


def _arrange(body: Any) -> None:
    """Number the pictures, close them to the text, and break pages before a heading itself.

    A paragraph that holds nothing but a page's end would stand as an empty line on the next one.
    """
    for number, drawing in enumerate(body.iter(qn("wp:inline")), 1):
        for side in "TBLR":
            drawing.set(f"dist{side}", "0")
        drawing.find(qn("wp:docPr")).set("id", str(number))
        for name in drawing.iter(qn("pic:cNvPr")):
            name.set("descr", "")
    for end in body.findall(f"{qn('w:p')}/{qn('w:r')}/{qn('w:br')}[@{qn('w:type')}='page']"):
        paragraph = end.getparent().getparent()
        following = next(paragraph.itersiblings(qn("w:p")))
        following.get_or_add_pPr().get_or_add_pageBreakBefore()
        body.remove(paragraph)


def _indent(numbering: Any) -> None:
    """Set lists close to the margin, as the printed page does."""
    for level in numbering.iter(qn("w:lvl")):
        indent = level.find(f"{qn('w:pPr')}/{qn('w:ind')}")
        indent.set(qn("w:left"), str(INDENT * (int(level.get(qn("w:ilvl"))) + 1)))
        indent.set(qn("w:hanging"), str(INDENT))
