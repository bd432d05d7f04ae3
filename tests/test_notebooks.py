"""The committed notebooks: essays of the first edition, without logic, with comparable outputs."""

import ast
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from halfyear import execution, params
from halfyear.errors import ParamsError

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EDITION = params.read(ROOT / "params" / "2026-H1.yml")
GIVEN = {"period": str(EDITION.period), "edition_date": str(EDITION.edition_date)}

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def code(path: Path) -> list[NotebookNode]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def outputs(path: Path) -> list[NotebookNode]:
    return [output for cell in code(path) for output in cell.outputs]


@each_notebook
def test_one_cell_is_tagged_parameters_and_sets_what_papermill_injects(path: Path) -> None:
    tagged = [cell for cell in code(path) if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    statements = ast.parse(tagged[0].source).body
    assert all(isinstance(statement, ast.Assign) for statement in statements)
    values: dict[str, object] = {}
    exec(compile(tagged[0].source, path.name, "exec"), values)
    set_here = {name: values[name] for name in values if name != "__builtins__"}
    language = set_here.pop("language", "vi")
    assert language == "vi"
    assert set_here in (GIVEN, {**GIVEN, "edition_date": ""})


@each_notebook
def test_a_name_the_notebook_does_not_declare_is_refused(path: Path) -> None:
    with pytest.raises(ParamsError, match="perod"):
        execution.check_parameters(path, {"perod": "2026-9M", "edition_date": "2026-09-30"})


@each_notebook
def test_a_notebook_has_8_to_20_code_cells_of_at_most_25_lines(path: Path) -> None:
    cells = code(path)
    assert 8 <= len(cells) <= 20
    assert max(len(cell.source.splitlines()) for cell in cells) <= 25


@each_notebook
def test_a_notebook_defines_no_function_and_no_class(path: Path) -> None:
    banned = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    for cell in code(path):
        tree = ast.parse(cell.source)
        assert not [node for node in ast.walk(tree) if isinstance(node, banned)], cell.source


@each_notebook
def test_no_cell_ends_in_a_semicolon_or_runs_the_shell(path: Path) -> None:
    for cell in code(path):
        assert not cell.source.rstrip().endswith(";")
        assert not [x for x in cell.source.splitlines() if x.lstrip().startswith(("%", "!"))]


@each_notebook
def test_a_notebook_reads_as_an_essay(path: Path) -> None:
    cells = read(path).cells
    prose = [cell for cell in cells if cell.cell_type == "markdown"]
    assert cells[0].cell_type == "markdown"
    assert cells[0].source.startswith("# ")
    assert len(prose) * 2 >= len(code(path))


@each_notebook
def test_the_outputs_of_every_code_cell_are_committed(path: Path) -> None:
    cells = code(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert not [o for o in outputs(path) if o.output_type == "error" or o.get("name") == "stderr"]
    assert len(outputs(path)) >= 4


@each_notebook
def test_a_chart_is_svg_that_nbval_compares_and_asks_nothing_of_the_network(path: Path) -> None:
    kinds = {kind for out in outputs(path) for kind in out.get("data", {})}
    assert "image/png" not in kinds
    assert "image/jpeg" not in kinds
    assert "application/javascript" not in kinds
    for out in outputs(path):
        svg = "".join(out.get("data", {}).get("image/svg+xml", ""))
        assert "<dc:date" not in svg
        assert "<script" not in svg
        html = "".join(out.get("data", {}).get("text/html", ""))
        assert "<script" not in html


def test_there_is_a_chart_in_the_notebooks() -> None:
    charts = [
        path.stem
        for path in NOTEBOOKS
        if any("image/svg+xml" in out.get("data", {}) for out in outputs(path))
    ]
    assert len(charts) >= 3, charts


@each_notebook
def test_a_committed_notebook_is_free_of_times_hosts_and_random_ids(path: Path) -> None:
    node = read(path)
    assert set(node.metadata) <= {"kernelspec", "language_info"}
    assert [cell.id for cell in node.cells] == [
        f"cell-{n:02}" for n in range(1, len(node.cells) + 1)
    ]
    assert all(set(cell.metadata) <= {"tags"} for cell in node.cells)
    assert "/home/" not in path.read_text(encoding="utf-8")
    assert "/tmp/" not in path.read_text(encoding="utf-8")


@each_notebook
def test_a_notebook_saves_its_results_under_its_own_name(path: Path) -> None:
    last = code(path)[-1].source
    assert f'save(results, "{path.stem}")' in last or last == f'desk.save("{path.stem}")'
