"""Statements: each has its place, both languages, a standing that fits, and owns its numbers."""

from pathlib import Path

import pytest

from halfyear.data import checks, documents, proof
from halfyear.data.frames import Tables
from halfyear.edition import Edition
from halfyear.project import Project
from small_project import put

TABLE = "statements"
RUN = 9  # syllables in a row that a statement may share with its document, beside names
PAIRS = [  # what the draft report says of what remains, by the line it stands on
    ("iip", {699, 701}),
    ("budget_revenue", {747}),
    ("budget_revenue_domestic", {771}),
    ("investment", {729, 731, 741}),
    ("public_investment_disbursed", {751}),
    ("exports", {711, 753}),
    ("port_throughput", {741}),
    ("visitors", {713, 835}),
    ("fdi", {733, 735, 737}),
    ("enterprises_new", {803}),
    ("social_housing", {761}),
    ("trained_labour", {851}),
    ("social_insurance_coverage", set()),
]


def told(root: Path) -> list[tuple[str, str]]:
    return [(problem.column, problem.what) for problem in checks.problems(Project(root))]


def test_a_whole_statement_is_accepted(small: Path) -> None:
    assert told(small) == []


@pytest.mark.parametrize("column", ["source", "section", "line", "printed", "text_vi", "text_en"])
def test_a_statement_without_its_place_or_a_language_is_refused(small: Path, column: str) -> None:
    put(small, TABLE, 3, **{column: ""})
    assert (column, "a value is missing") in told(small)


@pytest.mark.parametrize(
    ("row", "cells", "column"),
    [
        (3, {"indicator": "expotrs"}, "indicator"),
        (2, {"figures": "obs:grdp.growth_yoy@2026-Q3"}, "figures"),
        (2, {"figures": ""}, "text_vi"),
        (2, {"text_en": "The second quarter was slow"}, "text_en"),
        (2, {"text_vi": "Quý II chỉ tăng {1}, không phải 12,5%"}, "text_vi"),
        (3, {"text_en": "Open 5 more markets"}, "text_en"),
        (4, {"status": "stated"}, "status"),
        (3, {"status": "proposed"}, "status"),
        (4, {"lead_en": ""}, "lead_en"),
        (3, {"line": "0"}, "line"),
        (3, {"printed": "Xuất khẩu tháng 6 đạt 3,8 tỷ"}, "printed"),
        (3, {"text_vi": "mở thị trường " * 20}, "text_vi"),
    ],
)
def test_a_broken_statement_is_told_at_its_cell(
    small: Path, row: int, cells: dict[str, str], column: str
) -> None:
    put(small, TABLE, row, **cells)
    assert column in [place for place, _ in told(small)]


def test_years_and_the_numbers_of_documents_may_stand_in_a_text(small: Path) -> None:
    put(small, TABLE, 3, text_vi="Theo 184/KH-UBND, mở thị trường trước năm 2027")
    assert told(small) == []


def test_a_statement_is_looked_for_at_its_line(small: Path) -> None:
    assert proof.verify(Project(small), small / "sources") == []
    put(small, TABLE, 3, line="1")
    assert [p.column for p in proof.verify(Project(small), small / "sources")] == ["printed"]


def test_an_edition_gives_what_was_known_and_nothing_of_another_period(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    half = Edition.open("2026-H1")
    # R 498 names two indicators, R 500-504 three more difficulties; causes stand in R 510-522.
    assert len(half.statements("difficulty")) == 5
    causes = half.statements("cause_objective", "cause_subjective")
    assert {said.line for said in causes} == {510, 512, 514, 518, 520, 522}
    assert Edition.open("2026-H1", "2026-06-29").statements() == []
    assert Edition.open("2025-FY").statements() == []


def test_every_headline_indicator_has_the_tasks_the_report_gives_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    edition = Edition.open("2026-H1")
    for indicator, lines in PAIRS:
        tasks = edition.statements("task", indicator=indicator)
        assert {said.line for said in tasks} == lines, indicator
        assert all(said.lead == {"vi": "", "en": ""} for said in tasks)


def test_the_deferral_stays_a_proposal_of_the_unit_that_makes_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    edition = Edition.open("2026-H1")
    later = [said for said in edition.statements("proposal") if "_2027.level@" in said.figures[0]]
    (proposal,) = later
    assert (proposal.status, proposal.line) == ("proposed", 574)
    assert proposal.lead["vi"] == "Sở Nông nghiệp và Môi trường"
    shown = [edition.figures[id]["printed"] for id in proposal.figures]
    assert shown == ["13 dự án", "45.198,93 tỷ đồng"]


def test_sections_have_names_and_lend_them_to_what_stands_below(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    edition = Edition.open("2026-H1")
    assert edition.section("report_2026_h1", "II/2/2.4/2.4.1", "vi") == "Thu chi ngân sách"
    assert edition.section("report_2026_h1", "V/1/5", "en") == "Table of annual targets"
    assert edition.section("press_2026_01_10", "", "en") == ""


def test_no_sentence_of_a_document_is_copied(data: Tables, documents_folder: Path) -> None:
    held = dict(zip(data.sources["id"], data.sources["sha256"], strict=True))
    paths = documents.find(documents_folder, [held["report_2026_h1"]])
    body = _plain(paths[held["report_2026_h1"]].read_text(encoding="utf-8"))
    for text in data.statements["text_vi"]:
        words = _plain(text).split()
        runs = [" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1)]
        assert not [run for run in runs if f" {run} " in body], text


def _plain(text: str) -> str:
    return " " + " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split()) + " "
