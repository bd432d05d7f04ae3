"""Executed notebooks: named failures, the same bytes every time, nothing of the network."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from halfyear import essay, execution
from halfyear.errors import NotebookError, ParamsError

GIVEN = {"period": "2026-9M", "edition_date": "2026-09-30"}
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
DECLARED = 'period = "2026-H1"\nedition_date = "2026-06-30"'


def notebook(folder: Path, *cells: str, tagged: int = 1, name: str = "01_small") -> Path:
    """Write a notebook: a title, the cells tagged parameters, then the given cells."""
    declared = [new_code_cell(DECLARED, metadata={"tags": ["parameters"]}) for _ in range(tagged)]
    body = [new_markdown_cell("# A question"), *declared, *map(new_code_cell, cells)]
    path = folder / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=body, metadata={"kernelspec": KERNEL}), path)
    return path


def printed(path: Path) -> str:
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    return "".join(out.get("text", "") for cell in cells for out in cell.outputs)


def test_a_notebook_runs_with_its_parameters_and_leaves_the_same_bytes_each_time(
    tmp_path: Path,
) -> None:
    tmp_path = tmp_path / "a {folder}"
    source = notebook(tmp_path, "import os\nprint(period, edition_date)", "print(os.getcwd())")
    before = source.read_bytes()
    one, two = tmp_path / "out" / "one.ipynb", tmp_path / "two" / "one.ipynb"
    for out in (one, two):
        execution.run(source, out, GIVEN, tmp_path)
    assert printed(one).splitlines() == ["2026-9M 2026-09-30", str(tmp_path)]
    assert one.read_bytes() == two.read_bytes()
    assert source.read_bytes() == before


@pytest.mark.bad("notebooks")
def test_a_failed_cell_is_named_as_it_stands_in_the_notebook_and_its_traceback_kept(
    tmp_path: Path,
) -> None:
    # Cell 1 is the title, 2 the parameters, 3 is sound, 4 fails.
    source = notebook(tmp_path, "total = 12", "met = 10\nmet / (total - 12)", name="03_broken")
    out = tmp_path / "out" / "03_broken.ipynb"
    with pytest.raises(NotebookError) as caught:
        execution.run(source, out, GIVEN, tmp_path)
    (problem,) = caught.value.problems
    assert problem.file == "03_broken.ipynb"
    assert problem.what.startswith("cell 4 stopped with ZeroDivisionError")
    kept = tmp_path / "out" / "03_broken.traceback.txt"
    assert str(kept) in problem.mend
    assert "met / (total - 12)" in kept.read_text(encoding="utf-8")
    assert "\x1b" not in kept.read_text(encoding="utf-8")


def test_a_notebook_of_two_languages_is_published_in_that_of_its_readers(tmp_path: Path) -> None:
    prose = [
        new_markdown_cell(f'# {title}.<span lang="{lang}"></span>', metadata={"tags": [lang]})
        for lang, title in {"vi": "Câu hỏi", "en": "A question"}.items()
    ]
    declared = new_code_cell(f'{DECLARED}\nlanguage = "vi"', metadata={"tags": ["parameters"]})
    cells = [*prose, declared, new_code_cell("language")]
    path = tmp_path / "01_both.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), path)
    assert essay.bilingual(path)
    for lang, title in {"vi": "# Câu hỏi.", "en": "# A question."}.items():
        out = tmp_path / lang / path.name
        execution.run(path, out, {**GIVEN, "language": lang}, tmp_path, readers=lang)
        written = nbformat.read(out, as_version=4).cells
        assert [c.source for c in written if c.cell_type == "markdown"] == [title]
        assert written[-1].outputs[0]["data"]["text/plain"] == f"'{lang}'"
        assert [cell.id for cell in written] == ["cell-01", "cell-02", "cell-03", "cell-04"]
        page = out.with_suffix(".html")
        execution.as_html(out, page, lang)
        assert f'<html lang="{lang}">' in page.read_text(encoding="utf-8")
    assert not essay.bilingual(notebook(tmp_path, "1", name="02_one"))


@pytest.mark.bad("notebooks")
def test_a_notebook_without_one_of_its_languages_is_told(tmp_path: Path) -> None:
    prose = new_markdown_cell("# Câu hỏi.", metadata={"tags": ["vi"]})
    declared = new_code_cell(f'{DECLARED}\nlanguage = "vi"', metadata={"tags": ["parameters"]})
    path = tmp_path / "01_half.ipynb"
    nbformat.write(new_notebook(cells=[prose, declared], metadata={"kernelspec": KERNEL}), path)
    with pytest.raises(NotebookError, match="no prose in one of its languages") as caught:
        essay.bilingual(path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.found) == ("01_half.ipynb", "none tagged en")


@pytest.mark.bad("notebooks")
@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 3}', '{"cells": [1]}'])
def test_a_file_that_is_no_notebook_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "01_broken.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotebookError, match="the file is no notebook") as caught:
        essay.bilingual(path)
    assert caught.value.problems[0].file == "01_broken.ipynb"


def test_results_go_where_this_execution_is_told_and_to_no_other_place(tmp_path: Path) -> None:
    # Two at once, as in a build: each kernel has its own folder, whatever this process's is.
    says = "import os, pathlib\npathlib.Path(os.environ[OUT], f'{period}.json').touch()"
    source = notebook(tmp_path, f"OUT = 'HALFYEAR_OUT'\n{says}")
    folders = {period: tmp_path / period for period in ("2026-9M", "2026-FY")}
    for folder in folders.values():
        folder.mkdir()

    def execute(period: str) -> None:
        given = {**GIVEN, "period": period}
        out = tmp_path / f"{period}.ipynb"
        environment = {"HALFYEAR_OUT": str(folders[period])}
        execution.run(source, out, given, tmp_path, environment=environment)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(execute, folders))
    for period, folder in folders.items():
        assert [path.name for path in folder.iterdir()] == [f"{period}.json"]


@pytest.mark.bad("notebooks")
@pytest.mark.parametrize(
    ("left", "what", "found"),
    [
        ([], "the notebook did not save its results", "none"),
        (["07.json"], "the notebook did not save its results", "07.json"),
        (["01_small.json", "07.json"], "under another name, too", "01_small.json, 07.json"),
    ],
)
def test_results_that_are_missing_or_called_after_another_notebook_are_refused(
    tmp_path: Path, left: list[str], what: str, found: str
) -> None:
    for name in left:
        (tmp_path / name).touch()
    with pytest.raises(NotebookError, match=what) as caught:
        execution.saved(Path("01_small.ipynb"), tmp_path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.found) == ("01_small.ipynb", found)
    assert 'save(results, "01_small")' in problem.mend


def test_a_failure_in_the_parameters_cell_names_that_cell(tmp_path: Path) -> None:
    source = notebook(tmp_path, "1")
    node = nbformat.read(source, as_version=4)
    node.cells[1].source += "\nlen(3)"
    nbformat.write(node, source)
    with pytest.raises(NotebookError, match="cell 2 stopped with TypeError"):
        execution.run(source, tmp_path / "out" / "x.ipynb", GIVEN, tmp_path)


@pytest.mark.parametrize("tagged", [0, 2])
def test_a_notebook_needs_exactly_one_cell_of_parameters(tmp_path: Path, tagged: int) -> None:
    source = notebook(tmp_path, "1", tagged=tagged)
    with pytest.raises(NotebookError, match="not exactly one cell") as caught:
        execution.run(source, tmp_path / "out.ipynb", GIVEN, tmp_path)
    assert caught.value.problems[0].found == str(tagged)
    assert not (tmp_path / "out.ipynb").exists()


@pytest.mark.bad("notebooks")
@pytest.mark.parametrize(
    "given",
    [
        {"perod": "2026-9M", "edition_date": "2026-09-30"},
        {"period": "2026-9M"},
        {**GIVEN, "langage": "vi"},
    ],
    ids=["misspelt", "missing", "one more"],
)
def test_parameters_the_notebook_does_not_declare_stop_it_before_it_runs(
    tmp_path: Path, given: dict[str, str]
) -> None:
    source = notebook(tmp_path, "1")
    with pytest.raises(ParamsError) as caught:
        execution.run(source, tmp_path / "out.ipynb", given, tmp_path)
    (problem,) = caught.value.problems
    assert problem.expected == "edition_date, period"
    assert not (tmp_path / "out.ipynb").exists()


def test_in_place_the_outputs_are_kept_and_a_failure_changes_nothing(tmp_path: Path) -> None:
    own = {"period": "2026-H1", "edition_date": "2026-06-30"}
    source = notebook(tmp_path, "print(period)")
    with pytest.raises(ParamsError, match="own defaults"):
        execution.run_in_place(source, GIVEN, tmp_path)
    execution.run_in_place(source, own, tmp_path)
    assert printed(source) == "2026-H1\n"
    node = nbformat.read(source, as_version=4)
    assert len(node.cells) == 3
    node.cells[2].source = "raise ValueError(period)"
    nbformat.write(node, source)
    before = source.read_bytes()
    with pytest.raises(NotebookError, match="cell 3 stopped with ValueError: 2026-H1"):
        execution.run_in_place(source, own, tmp_path)
    assert source.read_bytes() == before
    assert [p.name for p in tmp_path.glob("*.ipynb")] == ["01_small.ipynb"]


def test_the_html_of_a_notebook_asks_nothing_of_the_network(tmp_path: Path) -> None:
    source = notebook(tmp_path, "period")
    out = tmp_path / "01_small.html"
    execution.as_html(source, out)
    page = out.read_text(encoding="utf-8")
    assert "A question" in page
    assert not re.search(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=\"(?:https?:)?//", page)
    assert not re.search(r"import\s*\(?[^;]{0,40}[\"']https?://", page)
    assert not re.search(r"url\(\s*[\"']?(?:https?:)?//", page)
