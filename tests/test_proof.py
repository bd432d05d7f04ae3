"""Proof: figures stand where the tables say, and no numeral is left without an owner."""

from pathlib import Path

import pytest

from halfyear.data import proof
from halfyear.data.faults import Fault
from halfyear.errors import DataError
from halfyear.project import Project
from small_project import put, replace

OBS = "observations/2026-H1"


def found(root: Path) -> list[Fault]:
    told = proof.verify(Project(root), root / "sources")
    return [problem for problem in told if isinstance(problem, Fault)]


def test_figures_at_their_places_are_proved(small_original: Path) -> None:
    assert found(small_original) == []


def test_every_figure_of_the_project_stands_at_its_place(
    project: Project, documents_folder: Path
) -> None:
    assert proof.verify(project, documents_folder) == []


@pytest.mark.parametrize(
    ("table", "row", "cells", "code"),
    [
        (OBS, 2, {"line": "4"}, "proof_not_there"),
        (OBS, 2, {"line": "99"}, "proof_not_there"),
        (OBS, 2, {"nth": "7"}, "proof_not_there"),
        (OBS, 2, {"printed": "11,34%", "value": "11.34"}, "proof_not_there"),
        ("baseline", 2, {"target_nth": "3"}, "proof_not_there"),
        (OBS, 2, {"printed": "giảm 11,33%", "value": "-11.33"}, "proof_words_not_there"),
        (OBS, 12, {"printed": "đứng đầu"}, "proof_words_not_there"),
        ("claims", 5, {"printed": "không đạt"}, "proof_words_not_there"),
        (OBS, 13, {"value": "23.6", "printed": "23,6 tỷ USD"}, "proof_fact_differs"),
        (OBS, 13, {"line": "3"}, "proof_fact_differs"),
        ("unclaimed", 2, {"nth": "8"}, "proof_uncovered"),
        ("sources", 2, {"sha256": "c" * 64}, "proof_file_missing"),
    ],
)
def test_a_figure_at_a_wrong_place_is_named(
    small: Path, table: str, row: int, cells: dict[str, str], code: str
) -> None:
    put(small, table, row, **cells)
    named = [fault for fault in found(small) if fault.code == code]
    assert named
    assert code == "proof_uncovered" or (named[0].file, named[0].row) == (f"data/{table}.csv", row)


def test_a_numeral_that_lost_its_row_is_named_with_its_line(small: Path) -> None:
    put(small, OBS, 7, nth="", printed="Khách")
    named = [fault.found for fault in found(small) if fault.code == "proof_uncovered"]
    assert named == ["8.443 at report line 5, numeral 1"]


def test_a_changed_document_is_another_document(small: Path) -> None:
    path = small / "sources" / "report.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert [fault.code for fault in found(small)] == ["proof_file_missing"]


def test_an_empty_folder_proves_nothing(small: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty" / "folder"
    empty.mkdir(parents=True)
    told = proof.verify(Project(small), empty)
    assert len(told) == 2


def test_sections_that_cannot_be_read_stop_the_proof(small: Path) -> None:
    replace(small, "coverage.yml", "last: 10", "end: 10")
    with pytest.raises(DataError, match=r"coverage\.yml cannot be read"):
        found(small)
