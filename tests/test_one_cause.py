"""One cause, one problem: a wrong cell is told once, at its place, and blames nothing else."""

from pathlib import Path

import pytest

from copies import copied, fill
from halfyear.data import checks
from halfyear.data.faults import catalogue
from halfyear.errors import Problem
from halfyear.periods import renewal, returned
from halfyear.project import Project
from small_project import put
from test_checks import broken

OBS = "observations/2026-H1"
GRDP = {"place": "HP", "indicator": "grdp", "measure": "growth_yoy", "time_period": "2026-9M"}
EXPORTS = {"place": "HP", "indicator": "exports", "measure": "level", "time_period": "2026-9M"}
WRONG = [  # table, row, column that is told, cells
    (OBS, 4, "unit", {"unit": "tỷ USD"}),
    (OBS, 4, "unit", {"unit": "m_usd"}),
    (OBS, 4, "obs_status", {"obs_status": "ước tính"}),
    (OBS, 4, "indicator", {"indicator": "Exports"}),
    (OBS, 4, "cutoff", {"cutoff": "30/06/2026"}),
    (OBS, 4, "value", {"value": "25 .9"}),
    (OBS, 4, "value", {"value": ""}),
    (OBS, 4, "time_period", {"time_period": "18.Thg4"}),
    (OBS, 4, "time_period", {"time_period": "2026-FY"}),
    (OBS, 4, "line", {"line": "-1"}),
    (OBS, 4, "printed", {"printed": "."}),
    (OBS, 4, "source", {"source": "reprot"}),
    ("sources", 2, "date", {"date": "2026-6-30"}),
    ("units", 4, "multiplier", {"multiplier": "-1"}),
    ("claims", 6, "kind", {"kind": "again"}),
    ("plan", 4, "low", {"printed": "7"}),
    ("baseline", 2, "line", {"line": "0"}),
]


def told(root: Path) -> list[Problem]:
    return checks.problems(Project(root))


@pytest.mark.parametrize(("table", "row", "column", "cells"), WRONG)
def test_a_wrong_cell_is_one_problem_though_a_correction_rests_on_its_table(
    small: Path, table: str, row: int, column: str, cells: dict[str, str]
) -> None:
    broken(small)
    put(small, table, row, **cells)
    (problem,) = told(small)
    place = (f"data/{table}.csv", row)
    if column != "printed":
        assert (problem.file, problem.row, problem.column) == (*place, column)
    else:
        assert (problem.file, problem.row) == place


def test_two_wrong_cells_are_two_problems(small: Path) -> None:
    broken(small)
    put(small, OBS, 4, unit="tỷ USD")
    put(small, "plan", 2, low="14")
    assert [(p.file, p.column) for p in told(small)] == [
        (f"data/{OBS}.csv", "unit"),
        ("data/plan.csv", "low"),
    ]


@pytest.mark.parametrize("name", ["goals.csv", "units.csv", f"{OBS}.csv", "sources.csv"])
def test_a_lost_file_is_one_problem(small: Path, name: str) -> None:
    broken(small)
    (small / "data" / name).unlink()
    assert [p.file for p in told(small)] == [f"data/{name}"]


def test_a_renamed_column_and_a_stray_file_are_one_problem_each(small: Path) -> None:
    broken(small)
    path = small / "data" / f"{OBS}.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("printed_unit", "print_unit", 1), encoding="utf-8")
    assert [(p.row, p.column) for p in told(small)] == [(1, "printed_unit")]
    path.write_text(text, encoding="utf-8")
    (small / "data" / "observations" / "copy.csv").write_text(text.partition("\n")[0])
    assert [p.file for p in told(small)] == ["data/datapackage.json"]


def test_a_source_that_was_renamed_is_one_problem_for_each_file_that_names_it(small: Path) -> None:
    broken(small)
    put(small, "sources", 2, id="renamed")
    found = [p for p in told(small) if p.file == f"data/{OBS}.csv"]
    assert [(p.row, p.column, p.found) for p in found] == [(2, "source", "report × 11")]


def test_no_advice_tells_to_delete_a_correction() -> None:
    for code, texts in catalogue().items():
        if code.startswith("correction"):
            assert "delete" not in texts["mend"]["en"], code
            assert "xóa" not in texts["mend"]["vi"], code


@pytest.mark.parametrize(
    ("where", "column", "cells"),
    [
        (EXPORTS, "unit", {"unit": "tỷ USD"}),
        (EXPORTS, "obs_status", {"obs_status": "ước tính"}),
        (EXPORTS, "source", {"source": "báo cáo"}),
        (GRDP, "value", {"value": 11.9}),
        (GRDP, "printed_unit", {"printed_unit": "%"}),
        (GRDP, "value", {"value": "18.Thg4"}),
    ],
)
def test_a_wrong_cell_of_a_workbook_is_one_problem_at_its_sheet_and_row(
    tmp_path: Path, where: dict[str, str], column: str, cells: dict[str, object]
) -> None:
    project = copied(tmp_path / "p")
    broken(project.root)
    renewal.begin(project, "2026-9M")
    book = project.root / "2026-9M.xlsx"
    texts = {"title_vi": "Báo cáo giả định", "title_en": "Invented", "issuer": "UBND"}
    document = {"date": "2026-09-30", "sha256": "0123456789abcdef" * 4}
    fill(book, "Nguồn", {"id": "report_2026_9m"}, **texts, **document)
    fill(book, "Số liệu", GRDP, value=11.6, printed="11,60%", line=1, nth=1)
    fill(book, "Số liệu", EXPORTS, value=39.25, printed="39,25 tỷ USD", line=2, nth=1)
    fill(book, "Số liệu", where, **cells)
    ((problem,), counts) = returned.take(project, book)
    assert counts == {}
    assert (problem.file, problem.column) == ("2026-9M.xlsx: Số liệu", column)
    assert problem.row is not None
