"""A change of the project: whole or not at all, and one analyst at a time."""

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from copies import copied, fill, rows, source
from halfyear.data import change, checks, journal, lock, schema
from halfyear.data.faults import Fault
from halfyear.data.tablefile import TableFile
from halfyear.errors import DataError, HalfyearError, Problem
from halfyear.intake import session
from halfyear.period import Period
from halfyear.periods import renewal, returned
from halfyear.project import Project

COMMAND = "from halfyear.cli import main; main()"
HASH = "0123456789abcdef" * 4
REPORT = """UBND THÀNH PHỐ HẢI PHÒNG

Báo cáo tình hình kinh tế - xã hội năm 2026 (số liệu giả định)

Hải Phòng, ngày 30 tháng 12 năm 2026

Kim ngạch xuất khẩu năm 2026 ước đạt 53,25 tỷ USD, tăng 9,4% so với cùng kỳ năm trước.
"""
GRDP = {"place": "HP", "indicator": "grdp", "measure": "growth_yoy", "time_period": "2026-9M"}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return copied(tmp_path / "p")


def files(project: Project) -> dict[str, bytes]:
    """Every file of the project and whatever was left behind, but the lock and what undo needs."""
    kept = (lock.NAME, journal.LAST)
    found = [path for path in project.root.rglob("*") if path.is_file()]
    found = [path for path in found if not set(path.relative_to(project.root).parts) & set(kept)]
    return {str(path.relative_to(project.root)): path.read_bytes() for path in found}


def filled(project: Project) -> Path:
    """The workbook of a new period with a source and one figure."""
    renewal.begin(project, "2026-9M")
    book = project.root / "2026-9M.xlsx"
    cells = {"title_vi": "Báo cáo giả định", "title_en": "Invented", "issuer": "UBND"}
    where = {"id": "report_2026_9m"}
    fill(book, "Nguồn", where, **cells, date="2026-09-30", sha256=HASH)
    fill(book, "Số liệu", GRDP, value=11.6, printed="11,60%", line=1, nth=1)
    return book


def read_in(project: Project) -> Path:
    """The review sheet of a made-up report on the whole year."""
    path = project.root.parent / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    wish = session.Wish(Period.parse("2026-FY"), "made_up_2026_fy", place="HP")
    return session.run(project, path, wish, project.root.parent / "sheet").folder


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems if isinstance(problem, Fault)]


def full_on(monkeypatch: pytest.MonkeyPatch, name: str, verb: str) -> None:
    """Let the disk be full when a file of this name is written ("write_text") or moved."""
    whole = getattr(Path, verb)

    def failing(path: Path, *given: object, **named: object) -> object:
        if path.name == name:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return whole(path, *given, **named)

    monkeypatch.setattr(Path, verb, failing)


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        ("2026-9M.yml", "write_text"),
        ("2026-9M.csv", "write_text"),
        ("datapackage.json", "write_text"),
        ("2026-9M.xlsx", "replace"),
        ("2026-9M.csv", "replace"),
        ("datapackage.json", "replace"),
        ("2026-9M.yml", "replace"),
    ],
)
def test_a_new_period_that_cannot_be_written_leaves_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch, name: str, verb: str
) -> None:
    before = files(project)
    with monkeypatch.context() as full:
        full_on(full, name, verb)
        with pytest.raises(DataError, match="No space left") as caught:
            renewal.begin(project, "2026-9M")
    assert name in caught.value.problems[0].file
    assert files(project) == before
    assert len(renewal.begin(project, "2026-9M")) == 4


def test_a_workbook_that_cannot_be_saved_leaves_no_new_period(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the workbook breaks")

    before = files(project)
    monkeypatch.setattr("halfyear.periods.workbook.write", broken)
    with pytest.raises(RuntimeError):
        renewal.begin(project, "2026-9M")
    assert files(project) == before


@pytest.mark.bad("environment")
@pytest.mark.parametrize("name", ["sources.csv", "2026-9M.csv"])
def test_an_import_that_cannot_be_written_leaves_the_data_as_they_were(
    project: Project, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    book = filled(project)
    before = files(project)
    with monkeypatch.context() as full:
        full_on(full, name, "replace")
        problems, counts = returned.take(project, book)
    assert codes(problems) == ["data_unwritable"]
    assert problems[0].found == "No space left on device"
    assert counts == {}
    assert files(project) == before
    assert returned.take(project, book)[0] == []


def test_an_interrupted_change_is_put_back(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(project)
    whole = Path.replace

    def interrupted(path: Path, target: Path) -> Path:
        if path.name == "units.csv":
            raise KeyboardInterrupt
        return whole(path, target)

    def half() -> None:
        with change.made(project) as copy:
            for name in ("goals.csv", "units.csv"):
                (copy.data / name).write_text("half", encoding="utf-8")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            half()
    assert files(project) == before


@pytest.mark.bad("environment")
def test_while_somebody_changes_the_data_others_are_told_who(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    book = filled(project)
    with lock.held(project.data):
        before = files(project)
        problems, _ = returned.take(project, book)
        with pytest.raises(HalfyearError, match="somebody else is changing the data"):
            renewal.begin(project, "2026-FY")
        assert files(project) == before
    assert codes(problems) == ["data_locked"]
    assert problems[0].found.startswith(f"process {os.getpid()} on ")
    assert "delete" not in problems[0].mend
    assert returned.take(project, book)[0] == []


def test_whoever_comes_while_the_data_are_changed_waits_and_loses_nothing(
    project: Project,
) -> None:
    start = threading.Barrier(6)

    def add(number: int) -> None:
        start.wait()
        with change.made(project) as copy:
            source(copy, f"source_{number}", "2026-07-01")

    at_once = [threading.Thread(target=add, args=(number,)) for number in range(6)]
    for one in at_once:
        one.start()
    for one in at_once:
        one.join()
    found = {row["id"] for row in rows(project, "sources")}
    assert found >= {f"source_{number}" for number in range(6)}


def test_two_analysts_taking_figures_in_at_once_lose_nothing(project: Project) -> None:
    book, sheet = filled(project), read_in(project)
    environment = {**os.environ, "HALFYEAR_ROOT": str(project.root)}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", COMMAND, verb, str(what)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for verb, what in (("import", book), ("accept", sheet))
    ]
    told = [one.communicate(timeout=120)[0] for one in started]
    assert [one.returncode for one in started] == [0, 0], told
    ids = [row["id"] for row in rows(project, "sources")]
    assert ids.count("report_2026_9m") == ids.count("made_up_2026_fy") == 1
    assert [row["value"] for row in rows(project, "observations/2026-9M")] == ["11.6"]
    assert "53.25" in [row["value"] for row in rows(project, "observations/2026-FY")]
    assert checks.problems(project) == []
    assert not (project.root / journal.SCRATCH).exists()


def test_a_workbook_is_taken_into_a_file_that_excel_saved_with_semicolons(
    project: Project,
) -> None:
    book = filled(project)
    assert returned.take(project, book)[0] == []
    path = project.data / "observations" / "2026-9M.csv"
    text = path.read_text(encoding="utf-8").replace('"11,60%"', "11.60%")
    text = text.replace(",", ";").replace(";11.6;", ";11,6;").replace("11.60%", "11,60%")
    path.write_text(text.replace("2026-09-30", "30/9/2026"), encoding="utf-8-sig")
    assert checks.problems(project) == []
    fill(book, "Số liệu", GRDP, value=11.7, printed="11,70%")
    assert returned.take(project, book) == ([], {"observations": (0, 1)})
    file = TableFile.open(project, schema.read(project)["observations"], "2026-9M")
    assert [(row["value"], row["printed"]) for row in file.rows] == [("11,7", "11,70%")]
    assert checks.problems(project) == []
