"""A signed report in the place of its draft, one revised figure, and one withdrawn."""

import hashlib
import re
import zipfile
from pathlib import Path

import openpyxl
import pypdf
import pytest

import computed
import copies
import signed
import small_edition
from halfyear import entry, manifest
from halfyear.cli import main
from halfyear.compose import briefing
from halfyear.data import checks
from halfyear.edition import Edition
from halfyear.office import annex, workbook
from halfyear.project import Project
from halfyear.results import Results
from signed import DRAFT, ISSUED, PARAMS, SIGNED, Row

H1 = "2026-H1"
GRDP = f"obs:grdp.growth_yoy@{H1}"
EXPORTS = f"obs:exports.level@{H1}"
VIETNAMESE = {"languages: [vi, en]": "languages: [vi]"}

pytestmark = pytest.mark.slow


def is_figure(table: str, row: Row, indicator: str, measure: str) -> bool:
    wanted = ("HP", indicator, measure, H1)
    return table == f"observations/{H1}" and wanted == (
        row["place"],
        row["indicator"],
        row["measure"],
        row["time_period"],
    )


def raised(table: str, row: Row) -> Row:
    """GRDP grew by 11.41 per cent, where the draft printed 11.33, there and in section III."""
    again = table == "claims" and row["id"] == "restate_grdp_h1_l498"
    if again or is_figure(table, row, "grdp", "growth_yoy"):
        return {**row, "value": "11.41", "printed": "11,41%"}
    return row


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The whole project, its edition in Vietnamese only."""
    project = copies.as_known("9999-12-31", tmp_path / "p")
    signed.choose(project, VIETNAMESE)
    monkeypatch.setenv("HALFYEAR_ROOT", str(project.root))
    return project


def written(edition: Edition, folder: Path) -> tuple[Results, str]:
    """Compute an edition and write its pages; gives the results and the pages."""
    results = computed.studied(edition)
    briefing.write(edition, results, folder)
    return results, (folder / "briefing.vi.qmd").read_text(encoding="utf-8")


def published(edition: Edition, folder: Path) -> None:
    """Compute an edition and write its pages, its annex and its results."""
    results, _ = written(edition, folder)
    workbook.write(annex.book(edition, results, copies.ROOT / "report"), folder / manifest.WORKBOOK)
    results.save(folder / "results.json")


def studied_in_one_notebook(project: Project) -> None:
    """Let one notebook take every study, in place of seven that do."""
    for path in project.notebooks.glob("*.ipynb"):
        path.unlink()
    small_edition.notebook(project, *small_edition.STUDIES)


def as_saved(results: Results) -> dict[str, object]:
    return {quantity.id: quantity.as_json() for quantity in results}


def section(text: str, anchor: str) -> str:
    found = re.search(
        rf"^# [^\n]*{{#sec-{anchor}}}\n(.*?)(?=^# |\Z)", text, re.DOTALL | re.MULTILINE
    )
    assert found is not None, anchor
    return found[1]


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_signed_report_is_published_in_the_place_of_its_draft(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed.again(project, raised)
    signed.choose(project, PARAMS, {old: new for old, new in ISSUED.items() if "lang" not in old})
    root = project.root
    copies.said(root, "check")
    of_notebooks = as_saved(computed.run(Edition.open(H1)))
    studied_in_one_notebook(project)
    copies.command(root, "report", H1)
    differ = copies.said(root, "diff", "--as-of", "2026-06-30", "2026-07-31", "--lang", "vi")
    assert "điều chỉnh: 1\n" in differ
    assert "11,33% → 11,41% (+0,08" in differ
    monkeypatch.delitem(main.commands, "verify")  # test_determinism makes an edition again
    reviewed = copies.said(root, "review", H1).splitlines()
    for check in ("notebooks", "audit", "coverage"):
        assert f"{check}: passed" in reviewed
    assert "rebuild: not_checkable" in reviewed
    assert not any("differ" in line for line in reviewed)
    pack = zipfile.ZipFile(root / "build" / f"{H1}-review.zip").namelist()
    assert f"{H1}-review/verification.csv" in pack
    assert f"{H1}-review/briefing/briefing.vi.pdf" in pack
    built = root / "build" / H1
    pages = pypdf.PdfReader(built / "briefing.vi.pdf").pages
    front = pages[0].extract_text()
    assert "11,41%" in front
    assert "11,33%" not in front
    composed = root / "build" / ".work" / H1 / "composed" / "vi"
    text = (composed / "briefing.vi.qmd").read_text("utf-8")
    assert 'status: "đã ban hành"' in text.lower()
    assert f'[11,41]{{.num data-id="{GRDP}"' in text
    changed = section(text, "changes")
    (row,) = [line for line in changed.splitlines() if "điều chỉnh |" in line]
    assert "11,33%" in row
    assert "11,41%" in row
    entries = entry.load(entry.file(composed, "vi"))
    documents = {fact.text for one in entries for fact in one.facts if fact.label == "Văn bản"}
    assert len(documents) > 10
    assert not any(title.startswith("Dự thảo báo cáo") for title in documents)
    sheet = openpyxl.load_workbook(built / "annex.xlsx")
    ids = {str(row[0].value) for page in sheet for row in page.iter_rows() if row}
    assert SIGNED in ids
    assert DRAFT not in ids
    results = Results.load(built / "results.json")
    assert as_saved(results) == of_notebooks
    assert results[GRDP].operands == (f"{GRDP}~{SIGNED}",)
    assert results[f"scn:grdp.growth_yoy@{H1}"].operands == (f"scn:grdp.growth_yoy@{H1}~{SIGNED}",)


def test_the_edition_of_30_june_stays_as_published(project: Project, tmp_path: Path) -> None:
    published(Edition.open(H1), tmp_path / "before")
    signed.again(project, raised)
    assert checks.problems(project) == []
    published(Edition.open(H1), tmp_path / "after")
    assert digests(tmp_path / "after") == digests(tmp_path / "before")


def test_one_revised_figure_is_taken_and_the_draft_stands_otherwise(
    project: Project, tmp_path: Path
) -> None:
    signed.source(project, "statistics_july", "2026-07-15", status="issued")
    (grdp,) = [
        row
        for row in copies.rows(project, f"observations/{H1}")
        if is_figure(f"observations/{H1}", row, "grdp", "growth_yoy")
    ]
    own = {"source": "statistics_july", "known_at": "2026-07-15", "line": "1", "nth": "1"}
    revised = {**grdp, **own, "value": "11.41", "printed": "11,41%"}
    copies.append(project, f"observations/{H1}", **revised)
    signed.choose(project, {old: new for old, new in ISSUED.items() if "lang" not in old})
    assert checks.problems(project) == []
    results, text = written(Edition.open(H1), tmp_path / "pages")
    assert str(results[GRDP].value) == "11.41"
    assert results[GRDP].operands == (f"{GRDP}~statistics_july",)
    assert str(results[f"{GRDP}~{DRAFT}"].value) == "11.33"
    assert results[EXPORTS].operands == ()
    front = text.split("{.pagebreak}")[0]
    assert f'[11,41]{{.num data-id="{GRDP}"' in front
    assert "11,33" not in front


def test_a_withdrawn_figure_is_said_to_lack(project: Project, tmp_path: Path) -> None:
    def without_exports(table: str, row: Row) -> Row | None:
        about = table == "claims" and EXPORTS in row["operands"]
        return None if about or is_figure(table, row, "exports", "level") else raised(table, row)

    signed.again(project, without_exports)
    signed.choose(project, PARAMS, {old: new for old, new in ISSUED.items() if "lang" not in old})
    assert checks.problems(project) == []
    results, text = written(Edition.open(H1), tmp_path / "pages")
    assert EXPORTS not in results.quantities
    assert "không còn nêu: Kim ngạch xuất khẩu, mức" in section(text, "lacks")
    assert "không còn nêu" in section(text, "changes")
    assert "30/6/2026" in section(text, "lacks")
