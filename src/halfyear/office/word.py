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
import yaml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from halfyear.errors import Problem, RenderError
from halfyear.office import archive, pictures, styles
from halfyear.render.layout import Layout

MEASURE = 165.0  # millimetres
REGIONS = {"vi": "vi-VN", "en": "en-GB"}
_MARK = re.compile(r"row-([a-z]+)-[0-9]+")


def write(composed: Path, out: Path, *, lang: str, template_dir: Path) -> Path:
    """Write `briefing.<lang>.docx` from `briefing.<lang>.qmd`, and give its path.

    The same source gives the same bytes. Raises RenderError with Pandoc's own words, for example
    a chart without alt text.
    """
    layout = Layout(template_dir)
    head = _head(composed)
    day = date.fromisoformat(str(head["date"]))
    with tempfile.TemporaryDirectory(prefix="halfyear-") as scratch:
        folder = Path(scratch)
        shutil.copyfile(composed, folder / composed.name)
        pictures.draw(composed.parent / "charts", layout.fonts, folder / "charts", f"*.{lang}.svg")
        (folder / "reference.docx").write_bytes(styles.reference())
        data = _converted(folder, composed, layout)
    document = docx.Document(io.BytesIO(data))
    _describe(document, str(head["title"]), lang, day)
    for table in document.tables:
        _finish(table)
    for number, drawing in enumerate(document.element.body.iter(qn("wp:docPr")), 1):
        drawing.set("id", str(number))
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
    return dict(yaml.safe_load(parts[1]))


def _converted(folder: Path, composed: Path, layout: Layout) -> bytes:
    reader = yaml.safe_load(layout.reader.read_text(encoding="utf-8"))["from"]
    target = folder / "briefing.docx"
    run = subprocess.run(
        [
            pypandoc.get_pandoc_path(),
            "--standalone",
            f"--from={reader}",
            "--to=docx",
            f"--lua-filter={layout.filter('docx')}",
            "--reference-doc=reference.docx",
            f"--output={target}",
            composed.name,
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
    for script in ("val", "eastAsia"):
        language.set(qn(f"w:{script}"), REGIONS.get(lang, lang))


def _finish(table: Any) -> None:
    """Fix the columns, repeat the head, keep rows whole, tint the rows that a bookmark names."""
    table.autofit = False
    grid = table._tbl.tblGrid.findall(qn("w:gridCol"))
    every = sum(int(column.get(qn("w:w"))) for column in grid)
    shares = [int(column.get(qn("w:w"))) / every for column in grid]
    for column, share in zip(grid, shares, strict=True):
        column.set(qn("w:w"), str(round(Mm(MEASURE * share).twips)))
    for row in table.rows:
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = Mm(MEASURE * share)
        _tint(row)


def _tint(row: Any) -> None:
    marks = list(row._tr.iter(qn("w:bookmarkStart")))
    named = [mark for mark in marks if _MARK.fullmatch(mark.get(qn("w:name"), ""))]
    for mark in named:
        number = mark.get(qn("w:id"))
        ends = [e for e in row._tr.iter(qn("w:bookmarkEnd")) if e.get(qn("w:id")) == number]
        for element in (mark, *ends):
            element.getparent().remove(element)
    for cell in row.cells if named else ():
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", styles.TINT)):
            shade.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shade)
