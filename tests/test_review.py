"""The reviewer's pack: what differs is named, and a pack is the same whenever it is made."""

from pathlib import Path

import pytest

from halfyear.errors import BuildError
from halfyear.project import Project
from halfyear.proofs import exhibits, review
from halfyear.proofs.review import Outcome

TABLE = """::: {#tbl-headline .table kind="headline" widths="1fr,16" align="lr"}
[Table 1. Growth]{.caption}

| GRDP | [11.33%]{.num data-id="obs:grdp.growth_yoy@2026-H1" data-fmt="unit"} |
:::
"""


def test_an_exhibit_that_differs_names_the_numbers_that_do(tmp_path: Path) -> None:
    (tmp_path / "briefing.en.qmd").write_text(TABLE, encoding="utf-8")
    published = exhibits.parts(tmp_path, "en")
    (same,) = exhibits.compare("en", published, published)
    assert (same.id, same.state, same.numbers) == ("tbl-headline", "reproduced", 1)
    assert same.title == "Table 1. Growth"
    fresh = {"tbl-headline": published["tbl-headline"].replace("11.33%", "11.34%")}
    (other,) = exhibits.compare("en", published, fresh)
    assert other.state == "differs"
    assert other.differing == ("obs:grdp.growth_yoy@2026-H1",)
    assert "obs:grdp.growth_yoy@2026-H1" in exhibits.as_csv([other])
    assert '<td class="differs">' in exhibits.as_html("2026-H1", [("audit", "passed")], [other])


def test_an_exhibit_that_is_gone_differs(tmp_path: Path) -> None:
    (tmp_path / "briefing.en.qmd").write_text(TABLE, encoding="utf-8")
    (gone,) = exhibits.compare("en", exhibits.parts(tmp_path, "en"), {})
    assert gone.state == "differs"
    assert review.failed([Outcome("audit", "passed", "")], [gone])
    assert not review.failed([Outcome("rebuild", "not_checkable", "")], [])


def test_a_period_that_was_not_built_is_told(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="not built yet"):
        review.run(Project(tmp_path), "2026-H1", [], print)
