"""Every other edition of the project: it builds, its notebooks and figures are proved."""

import re
from pathlib import Path

import pypdf
import pytest

from copies import ROOT, as_known, command
from halfyear.proofs import review

pytestmark = pytest.mark.slow
OTHERS = sorted(path.stem for path in (ROOT / "params").glob("*.yml") if path.stem != "2026-H1")


def source(root: Path, period: str, lang: str) -> str:
    composed = root / "build" / ".work" / period / "composed"
    return (composed / f"briefing.{lang}.qmd").read_text(encoding="utf-8")


@pytest.mark.parametrize("period", OTHERS)
def test_an_edition_builds_with_every_figure_proved(period: str, tmp_path: Path) -> None:
    project = as_known("9999-12-31", tmp_path / "p")
    root = project.root
    command(root, "report", period)
    tested = review.notebooks(project, root / "build" / period)
    assert tested.state == "passed", tested.text
    proved = command(root, "coverage", period)
    for known, every in re.findall(r"(\d+) of (\d+) figures lead to a result", proved):
        assert 0 < int(known) == int(every)
    assert proved.count("figures lead to a result") == 2
    assert "; 0 differences" in proved
    for lang in ("vi", "en"):
        pages = pypdf.PdfReader(root / "build" / period / f"briefing.{lang}.pdf").pages
        # Few indicators fill less than half of page 1: the contents and section 1 follow there.
        assert re.search(r"^\s*1\. .*\s2$", pages[0].extract_text(), re.MULTILINE) is None
        assert re.search(r"^1\. ", pages[0].extract_text(), re.MULTILINE)
        sections = re.findall(r"^# \d+\. ", source(root, period, lang), re.MULTILINE)
        links = [note.get_object() for note in pages[0]["/Annots"]]
        assert len([link for link in links if "/Dest" in link]) > len(sections)  # and the annex
