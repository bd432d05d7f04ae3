"""The committed notebooks: essays of the first edition, without logic, with comparable outputs."""

import ast
import contextlib
import html
import io
import os
import re
import subprocess
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import papermill as pm
import pytest
from IPython.display import Markdown
from nbformat import NotebookNode

from essays import flaws, shown
from halfyear import essay, execution, params
from halfyear.analysis import nearest, vintage
from halfyear.audit import severity
from halfyear.charts.chart import Chart
from halfyear.edition import Edition
from halfyear.errors import ParamsError
from halfyear.notebook import open_desk

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
    assert all(isinstance(statement, ast.AnnAssign) for statement in statements)
    values: dict[str, object] = {}
    exec(compile(tagged[0].source, path.name, "exec"), values)
    set_here = {name: values[name] for name in values if not name.startswith("__")}
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


ENDING = re.compile(r'<span lang="(vi|en)"></span>$')
NOT_PROSE = re.compile(r"`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|<span[^>]*></span>", re.DOTALL)
NAMES = re.compile(r"Hải Phòng|Hải Dương|Hà Tĩnh|Ninh Bình|Việt Nam")
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|which|with|for|not|growth|plan|year|what)\b", re.IGNORECASE
)
VIETNAMESE = re.compile(r"[À-ÖØ-öø-ỹ]")
TRUE_ONCE = (  # what was true of one edition only and stood in the prose of all
    *("ten of twelve", "counts agree", "headline indicators met their scenario"),
    *("list of those met is shorter", "set after the first quarter", "Two headline indicators"),
    *("estimates of a draft report", "scenario of January", "published only as a bound"),
    *("give two answers", "A draft report", "to the last digit", "explain a part"),
    *("The ranges are wide", "one resolution in two ways", "several hundred figures"),
    *("than the half-year?", "report follows several groups", "under three measures"),
)


def prose(path: Path, lang: str) -> list[str]:
    """Prose of the cells of a language, without code, formulas and markers."""
    return [
        NOT_PROSE.sub(" ", cell.source)
        for cell in read(path).cells
        if cell.cell_type == "markdown" and lang in cell.metadata.get("tags", [])
    ]


@each_notebook
def test_every_prose_cell_stands_in_both_languages_side_by_side(path: Path) -> None:
    cells = [cell for cell in read(path).cells if cell.cell_type == "markdown"]
    tags = [cell.metadata.get("tags") for cell in cells]
    assert tags == [["vi"], ["en"]] * (len(cells) // 2)
    for cell in cells:
        ending = ENDING.search(cell.source)
        assert ending is not None, cell.source
        assert [ending[1]] == cell.metadata["tags"]


@each_notebook
def test_prose_is_in_its_own_language(path: Path) -> None:
    for text in prose(path, "vi"):
        assert not ENGLISH.findall(text), text
        assert VIETNAMESE.search(text), text
    for text in prose(path, "en"):
        assert not VIETNAMESE.findall(NAMES.sub("", text)), text


@each_notebook
def test_prose_holds_in_every_period(path: Path) -> None:
    for text in (*prose(path, "vi"), *prose(path, "en")):
        assert not re.search(r"\b20\d\d\b", text), text
        assert not [words for words in TRUE_ONCE if words in text], text


@each_notebook
def test_a_number_in_prose_is_a_constant_of_the_method(path: Path) -> None:
    shares = (vintage.REVISION, nearest.REACH)
    constants = {severity.IMPORTANT, severity.NOTABLE, *(100 * share for share in shares)}
    constants |= {
        Decimal(n) for n in re.findall(r"(?:page|trang) (1)\b", " ".join(prose(path, "en")))
    }
    for language in ("vi", "en"):
        for text in prose(path, language):
            numbers = re.findall(r"\d+(?:[.,]\d+)?", text)
            assert {Decimal(number.replace(",", ".")) for number in numbers} <= constants, text


@each_notebook
def test_a_formula_is_written_with_single_backslashes(path: Path) -> None:
    for cell in read(path).cells:
        assert cell.cell_type != "markdown" or "\\\\" not in cell.source, cell.source


@cache
def opened(name: str, edition_date: str | None = None) -> Edition:
    return Edition.open(name, edition_date)


@pytest.fixture
def each_edition_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the notebooks of an edition share it and the studies it keeps."""
    monkeypatch.setattr("halfyear.notebook.Edition", SimpleNamespace(open=opened))


def executed(path: Path, period: str, language: str) -> str:
    """What a reader sees of a notebook's outputs: its code run in this process."""
    space: dict[str, Any] = {}
    seen: list[str] = []
    for cell in code(path):
        tree = ast.parse(cell.source)
        last = tree.body[-1]
        shown = isinstance(last, ast.Expr)
        head = ast.Module(tree.body[:-1] if shown else tree.body, [])
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(head, f"{path.stem} {cell.id}", "exec"), space)
            if isinstance(last, ast.Expr):
                expression = compile(ast.Expression(last.value), f"{path.stem} {cell.id}", "eval")
                seen.append(told(eval(expression, space)))
        seen.append(printed.getvalue())
        if "parameters" in cell.metadata.get("tags", []):
            space |= {"period": period, "edition_date": "", "language": language}
    return "\n".join(seen)


def told(value: object) -> str:
    """A value as a notebook shows it, of a drawing its words."""
    if isinstance(value, Chart):
        return f"{value.title}\n{re.sub('<[^>]+>', ' ', value.svg)}"
    if isinstance(value, Markdown):
        return str(value.data)
    return "" if value is None else repr(value)


@pytest.mark.slow
@pytest.mark.usefixtures("each_edition_opened_once")
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("period", ["2026-H1", "2025-FY", "2025-H1"])
@each_notebook
def test_outputs_name_things_and_hold_in_every_period(
    path: Path, period: str, language: str
) -> None:
    text = executed(path, period, language)
    assert flaws(text, language) == []
    assert len(text.splitlines()) > 8


def test_the_index_names_every_notebook_by_its_question() -> None:
    index = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        vi, en = nbformat.read(path, as_version=4).cells[:2]
        asked = [cell.source.splitlines()[0].removeprefix("# ") for cell in (vi, en)]
        assert f"| [{path.name[:2]}]({path.name}) | {asked[0]} | {asked[1]} |" in index


@pytest.mark.slow
def test_papermill_runs_a_notebook_by_hand_from_any_folder(tmp_path: Path) -> None:
    out = tmp_path / "growth.ipynb"
    words = [sys.executable, "-m", "papermill", "--no-progress-bar"]
    given = ["-p", "period", "2025-FY", "-p", "language", "en"]
    notebook = str(ROOT / "notebooks" / "02_growth.ipynb")
    around = {name: value for name, value in os.environ.items() if name != "HALFYEAR_ROOT"}
    subprocess.run([*words, notebook, str(out), *given], cwd=tmp_path, env=around, check=True)
    text = shown(out)
    assert flaws(text, "en") == []
    # Growth of GRDP in 2025 as the report of the year printed it (facts: 11.81 %).
    assert "11.81" in text


def test_a_period_without_params_names_those_there_are() -> None:
    with pytest.raises(ParamsError, match="there are 2025-FY, 2025-H1, 2026-H1"):
        open_desk("2027-FY")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_papermill_tells_the_type_and_the_meaning_of_each_parameter(path: Path) -> None:
    told = pm.inspect_notebook(str(path))
    assert list(told) == ["period", "edition_date", "language"]
    assert {one["inferred_type_name"] for one in told.values()} == {"str"}
    assert all(one["help"] for one in told.values())


def test_the_page_of_a_notebook_says_what_each_picture_shows(tmp_path: Path) -> None:
    source = ROOT / "notebooks" / "02_growth.ipynb"
    execution.as_html(source, tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    spoken = [
        html.unescape(alt) for alt in re.findall(r'<img alt="([^"]*)" src="data:image/svg', text)
    ]
    node = nbformat.read(source, as_version=4)
    outputs = [output for cell in node.cells for output in cell.get("outputs", [])]
    kept = [output.get("metadata", {}) for output in outputs]
    drawn = [data["image/svg+xml"]["alt"] for data in kept if "image/svg+xml" in data]
    assert spoken == drawn
    assert len(drawn) > 0
    assert all(len(alt) > 40 for alt in drawn)  # a sentence, not a name


@each_notebook
def test_every_notebook_is_executed_in_each_language(path: Path) -> None:
    assert essay.bilingual(path)
