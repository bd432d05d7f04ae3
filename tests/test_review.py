"""The reviewer's pack: what differs is named, and a pack is the same whenever it is made."""

import subprocess
from pathlib import Path

import pytest

from halfyear.charts.chart import Chart
from halfyear.compose.tree import Column, Figure, Table, block
from halfyear.edition import Edition
from halfyear.errors import BuildError
from halfyear.project import Project
from halfyear.proofs import exhibits, review
from halfyear.proofs.review import Outcome


def table(growth: str) -> Table:
    """A table of one figure."""
    span = f'[{growth}]{{.num data-id="obs:grdp.growth_yoy@2026-H1" data-fmt="unit"}}'
    columns = (Column("", "1fr"), Column("", "16", "r"))
    return Table("tbl-headline", columns, (("GRDP", span),), caption="Table 1. Growth")


def test_an_exhibit_that_differs_names_the_numbers_that_do() -> None:
    published = exhibits.parts([block("page", table("11.33%"))])
    (same,) = exhibits.compare("en", published, exhibits.parts([table("11.33%")]))
    assert (same.id, same.state, same.numbers) == ("tbl-headline", "reproduced", 1)
    assert same.title == "Table 1. Growth"
    (other,) = exhibits.compare("en", published, exhibits.parts([table("11.34%")]))
    assert other.state == "differs"
    assert other.differing == ("obs:grdp.growth_yoy@2026-H1",)
    assert "obs:grdp.growth_yoy@2026-H1" in exhibits.as_csv([other])
    assert '<td class="differs">' in exhibits.as_html("2026-H1", [("audit", "passed")], [other])


def test_a_chart_whose_drawing_changed_differs() -> None:
    drawn = '<svg xmlns="http://www.w3.org/2000/svg"><g class="num" data-id="a:b@2026">{}</g></svg>'
    one, other = (
        exhibits.parts([Figure(Chart("bars", drawn.format(text), "Bars"), "1", "Figure 1. Bars")])
        for text in ("<text>11.3</text>", "<text>11.4</text>")
    )
    (found,) = exhibits.compare("en", one, other)
    assert (found.id, found.state, found.differing) == ("fig-bars", "differs", ("a:b@2026",))


def test_an_exhibit_that_is_gone_differs() -> None:
    (gone,) = exhibits.compare("en", exhibits.parts([table("11.33%")]), {})
    assert gone.state == "differs"
    assert review.failed([Outcome("audit", "passed", "")], [gone])
    assert not review.failed([Outcome("rebuild", "not_checkable", "")], [])


def test_a_period_that_was_not_built_is_told(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="not built yet"):
        review.run(Project(tmp_path), "2026-H1", [], print)


@pytest.mark.parametrize(
    ("code", "said", "state"),
    [
        (0, "83 files made again, every one the same", "passed"),
        (1, "briefing.vi.pdf: not the same when made again", "failed"),
        (2, "build/2026-H1: cannot be made again here", "not_checkable"),
    ],
)
def test_a_review_makes_the_build_again_by_verify_and_says_how_that_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str, state: str
) -> None:
    folder, ran = tmp_path / "build" / "2026-H1", list[list[str]]()
    folder.mkdir(parents=True)
    (folder / "manifest.json").touch()

    def run(words: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        ran.append(words)
        ended = code if "verify" in words else 0
        return subprocess.CompletedProcess(words, ended, said if "verify" in words else "", "")

    monkeypatch.setattr(review.subprocess, "run", run)
    monkeypatch.setattr(Edition, "open", lambda _: None)
    monkeypatch.setattr(exhibits, "verify", lambda *_: [])
    monkeypatch.setattr(exhibits, "as_html", lambda *_: "")
    verbs = ["audit", "coverage", "verify"]
    _, outcomes, _ = review.run(Project(tmp_path), "2026-H1", verbs, lambda _: None)
    assert {outcome.check: outcome.state for outcome in outcomes}["rebuild"] == state
    assert [words[-2:] for words in ran if "verify" in words] == [["verify", str(folder)]]
