"""Every other edition of the project: it builds, its notebooks and figures are proved."""

import re
import shutil
from itertools import cycle
from pathlib import Path

import nbformat
import pypdf
import pytest
from nbformat.v4 import new_code_cell

from copies import ROOT, as_known, command, said
from halfyear import essay
from halfyear.params import LANGUAGES
from halfyear.project import Project
from halfyear.proofs import review

pytestmark = pytest.mark.slow
OTHERS = sorted(path.stem for path in (ROOT / "params").glob("*.yml") if path.stem != "2026-H1")
SPEAKS = re.compile(r"^language\b.*\n?", re.MULTILINE)


def source(root: Path, period: str, lang: str) -> str:
    composed = root / "build" / ".work" / period / "composed" / lang
    return (composed / f"briefing.{lang}.qmd").read_text(encoding="utf-8")


def speak_only(project: Project, lang: str) -> None:
    """Write the notebooks for the readers of one language, so that a build executes each once."""
    for path in project.notebooks.glob("*.ipynb"):
        node = nbformat.read(path, as_version=4)
        node.cells = essay.only(node.cells, lang)
        (at,) = (
            n for n, cell in enumerate(node.cells) if essay.TAG in cell.metadata.get("tags", ())
        )
        node.cells[at].source, spoke = SPEAKS.subn("", node.cells[at].source)
        assert spoke == 1
        node.cells.insert(at + 1, new_code_cell(f'language = "{lang}"'))
        nbformat.write(node, path)


@pytest.mark.parametrize(("period", "lang"), list(zip(OTHERS, cycle(LANGUAGES))))
def test_an_edition_builds_with_every_figure_proved(period: str, lang: str, tmp_path: Path) -> None:
    project = as_known("9999-12-31", tmp_path / "p")
    root = project.root
    speak_only(project, lang)
    command(root, "report", period)
    published = root / "build" / period / "notebooks"
    assert sorted(folder.name for folder in published.iterdir()) == sorted(LANGUAGES)
    for other in set(LANGUAGES) - {lang}:  # the same notebooks again
        shutil.rmtree(published / other)
    tested = review.notebooks(project, published.parent)
    assert tested.state == "passed", tested.text
    proved = said(root, "coverage", period)
    for known, every in re.findall(r"(\d+) of (\d+) figures lead to a result", proved):
        assert 0 < int(known) == int(every)
    assert proved.count("figures lead to a result") == 2
    assert "; 0 differences" in proved
    for lang in LANGUAGES:
        pages = pypdf.PdfReader(root / "build" / period / f"briefing.{lang}.pdf").pages
        # Few indicators fill less than half of page 1: the contents and section 1 follow there.
        assert re.search(r"^\s*1\. .*\s2$", pages[0].extract_text(), re.MULTILINE) is None
        assert re.search(r"^1\. ", pages[0].extract_text(), re.MULTILINE)
        sections = re.findall(r"^# \d+\. ", source(root, period, lang), re.MULTILINE)
        links = [note.get_object() for note in pages[0]["/Annots"]]
        assert len([link for link in links if "/Dest" in link]) > len(sections)  # and the annex
