"""What differs between editions and days, and that a later figure changes no earlier edition."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from copies import append, copied, rows, source
from halfyear.analysis import said
from halfyear.analysis.changes import Change, Difference, between
from halfyear.cli import main
from halfyear.data import checks
from halfyear.edition import Edition
from halfyear.errors import ParamsError, PeriodError
from halfyear.period import Period
from halfyear.periods import diff
from halfyear.project import Project
from opened import altered, edition, ends

H1 = "2026-H1"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    copy = copied(tmp_path / "p")
    monkeypatch.setenv("HALFYEAR_ROOT", str(copy.root))
    return copy


def revise(project: Project, source_id: str, day: str, **cells: str) -> None:
    """Print the growth of GRDP of the half-year again, in an invented later document."""
    kept = next(
        row
        for row in rows(project, f"observations/{H1}")
        if (row["place"], row["indicator"], row["measure"], row["time_period"])
        == ("HP", "grdp", "growth_yoy", H1)
    )
    fresh = {**kept, "source": source_id, "known_at": day, "line": "1", "nth": "1"}
    append(project, f"observations/{H1}", **{**fresh, **cells})


def invented(project: Project, id: str, date: str, **cells: str) -> None:
    """Enter an invented document that was read."""
    digest = {"medium": "text", "sha256": f"{len(id):064x}"}
    names = {"title_vi": id, "title_en": id, "issuer": "invented", "status": "issued"}
    append(project, "sources", id=id, date=date, **{**names, **digest, **cells})


def values(edition: Edition) -> dict[str, str]:
    return {id: str(row["value"]) for id, row in edition.figures.items() if "value" in row}


def of(changes: list[Change], kind: Difference) -> list[Change]:
    return [change for change in changes if change.kind is kind]


def test_a_revision_in_july_leaves_the_half_year_as_it_was_and_shows_in_the_diff(
    project: Project,
) -> None:
    before = values(Edition.open(H1))
    invented(project, "gso_july", "2026-07-15")
    revise(project, "gso_july", "2026-07-15", value="11.05", printed="11,05%", obs_status="P")
    assert checks.problems(project) == []
    assert values(Edition.open(H1)) == before
    changes = between(*diff.as_of(H1, "2026-06-30", "2026-07-31"))
    (revised,) = of(changes, Difference.REVISED)
    assert revised.indicator == "grdp"
    assert revised.before is not None
    assert revised.after is not None
    assert (str(revised.before.value), str(revised.after.value)) == ("11.33", "11.05")
    assert revised.by is not None
    assert (str(revised.by.value), revised.by.unit) == ("-0.28", "pp")
    said_so = CliRunner().invoke(
        main, ["diff", "--as-of", "2026-06-30", "2026-07-31", "--lang", "vi"]
    )
    assert "11,33% → 11,05% (−0,28" in said_so.output


def test_a_signed_report_takes_the_place_of_the_draft(project: Project) -> None:
    invented(project, "signed_h1", "2026-07-10", supersedes="report")
    assert not Edition.open(H1, "2026-07-31").fact("exports", "level", Period.parse(H1)).absent
    revise(project, "signed_h1", "2026-07-10", value="11.33", printed="11,33%")
    assert checks.problems(project) == []
    first, second = diff.as_of(H1, "2026-06-30", "2026-07-31")
    fact = second.fact("grdp", "growth_yoy", Period.parse(H1))
    assert fact is not None
    assert second.source_of(fact.id) == "signed_h1"
    assert second.fact("exports", "level", Period.parse(H1)).absent
    changes = between(first, second)
    assert of(changes, Difference.REVISED) == []
    withdrawn = [c for c in of(changes, Difference.WITHDRAWN) if c.table == "observations"]
    gone = {(change.indicator, change.when) for change in withdrawn}
    assert ("exports", H1) in gone
    assert ("grdp", H1) not in gone


def test_two_publications_of_one_day_are_newly_contradictory(project: Project) -> None:
    for id, value in (("press_one", "11.4"), ("press_another_one", "11.9")):
        invented(project, id, "2026-07-20")
        revise(project, id, "2026-07-20", value=value, printed=f"{value}%".replace(".", ","))
    changes = between(*diff.as_of(H1, "2026-06-30", "2026-07-31"))
    (found,) = of(changes, Difference.CONTRADICTORY)
    assert found.indicator == "grdp"
    assert sorted(str(other.value) for other in found.others) == ["11.4", "11.9"]
    assert found.before is not None
    assert str(found.before.value) == "11.33"


def test_the_figures_of_2025_were_revised_within_days() -> None:
    changes = between(*diff.as_of("2025-FY", "2025-12-01", "2026-01-31"))
    # 41.58 is a registered slip, so what came after it is the first figure, not a revision
    assert [c for c in of(changes, Difference.REVISED) if c.indicator == "exports"] == []
    first = [c for c in of(changes, Difference.NEW) if c.indicator == "exports" and c.after]
    assert "50.14" in {str(c.after.value) for c in first if c.after and c.after.known.exact}
    assert {c.indicator for c in of(changes, Difference.CONTRADICTORY)} >= {"budget_revenue"}


@pytest.mark.usefixtures("project")
def test_an_edition_does_not_differ_from_itself() -> None:
    edition = Edition.open(H1)
    assert between(edition, edition) == []


def test_a_full_year_stands_beside_the_outlook_that_was_told() -> None:
    year = replace(edition().params, period=Period.parse("2026-FY"))

    def close(frame):
        half = frame[frame["id"] == "obs:exports.level@2026-H1"]
        key = "obs:exports.level@2026-FY"
        told = half.assign(time_period="2026-FY", value=Decimal("53"), id=key, key=key)
        return pd.concat([frame, told])

    pairs = said.pairs(edition(), replace(altered("observations", close), params=year))
    pace = next(pair for pair in pairs if pair.kind == "outlook_pace")
    # 50.14 x 1.083 = 54.3, as the outlook of the half-year says
    assert (pace.indicator, ends(pace.said, 1), ends(pace.came, 0)) == (
        "exports",
        (54.3, 54.3),
        (53, 53),
    )


def test_nothing_stands_beside_an_outlook_that_no_page_told() -> None:
    # the half-year of 2025 has no plan of a flow, and so no section on the outlook
    assert said.pairs(Edition.open("2025-H1"), Edition.open("2025-FY")) == []


def test_days_and_documents_that_are_none_are_refused(project: Project) -> None:
    with pytest.raises(PeriodError, match="not a day"):
        diff.as_of(H1, "30/06/2026", "2026-07-31")
    path = project.params / f"{H1}.yml"
    text = path.read_text(encoding="utf-8").replace("report: report", "report: nobody_wrote_it")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParamsError, match="document that is not there"):
        Edition.open(H1)


def test_documents_do_not_replace_each_other_in_a_circle(project: Project) -> None:
    source(project, "one", "2026-07-01", supersedes="other")
    source(project, "other", "2026-07-01", supersedes="one")
    assert len(checks.problems(project)) == 2
