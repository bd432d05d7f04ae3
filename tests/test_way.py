"""The way of one figure from its row to page 1, as CONTRIBUTING tells it."""

import re
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import FrameType

import pytest

import computed
from halfyear.analysis import scorecard
from halfyear.compose import briefing
from halfyear.compose.source import Writer
from halfyear.compose.tree import Block, Heading, Items, Table, texts, walk
from halfyear.data import checks, content, frames
from halfyear.edition import Edition
from halfyear.results import Quantity, Results
from halfyear.view import View

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "halfyear"
FIGURE = "obs:grdp.growth_yoy@2026-H1"
MOST = 25


def carries(value: object) -> bool:
    """Whether what a function gives back is the figure, or a text or quantity that holds it."""
    if isinstance(value, Quantity):
        return value.id == FIGURE
    if isinstance(value, str):
        return FIGURE in value or "11,33" in value
    if isinstance(value, Block | Table | Heading | Items):
        return any(carries(text) for node in walk([value]) for text in texts(node))
    return isinstance(value, Decimal) and value == Decimal("11.33")


def passed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The modules of which a function gives the figure on, between its row and page 1."""
    known = computed.results()
    modules: set[str] = set()

    @cache
    def module(file: str) -> str:
        path = Path(file)
        inside = path.is_relative_to(PACKAGE)
        return str(path.relative_to(PACKAGE).with_suffix("")) if inside else ""

    def follow(frame: FrameType, event: str, value: object) -> None:
        if event == "return" and (name := module(frame.f_code.co_filename)) and carries(value):
            modules.add(name)

    monkeypatch.setattr(checks, "_KEPT", content.Kept())
    for kept in (frames.part, frames.whole, frames.named):
        kept.cache_clear()
    sys.setprofile(follow)
    try:
        edition = Edition.open("2026-H1")
        study = scorecard.study(edition)
        study.results().save(tmp_path / "03_scorecard.json")
        Results.load(tmp_path / "03_scorecard.json")
        view = View.of(edition, known, "vi")
        Writer("vi").write(briefing.judgement(view, list(study.whole.lines)))
    finally:
        sys.setprofile(None)
    return modules


@pytest.mark.slow
def test_a_figure_comes_to_page_1_through_the_modules_that_contributing_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paragraph = text.partition("**The way of a figure.**")[2].partition("\n\n")[0]
    told = [name.replace(".", "/") for name in re.findall(r"`([a-z.]+)`", paragraph)]
    modules = passed(tmp_path, monkeypatch)
    assert set(told) == modules
    assert len(modules) == int(re.findall(r"through (\d+) modules", paragraph)[0])
    assert len(modules) <= MOST
