"""Notebooks executed by papermill, and what they leave behind made reproducible."""

import asyncio
import re
import sys
from pathlib import Path

import nbformat
import papermill as pm
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from halfyear.errors import NotebookError, ParamsError, Problem

TAG = "parameters"
_NETWORK = re.compile(r"<(?:script|link)\b[^>]*\b(?:src|href)=\"https?:[^>]*>(?:</script>)?")
_MERMAID = re.compile(r'<script type="module">(?:(?!</script>).)*mermaid.*?</script>', re.DOTALL)
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def check_parameters(notebook: Path, parameters: dict[str, str]) -> None:
    """Refuse parameters the notebook does not declare, and notebooks without one such cell."""
    node = nbformat.read(notebook, as_version=4)
    cells = [c for c in node.cells if TAG in c.metadata.get("tags", [])]
    if len(cells) != 1:
        raise NotebookError(
            Problem(
                "not exactly one cell is tagged parameters",
                file=notebook.name,
                expected="1",
                found=str(len(cells)),
                mend="tag the one cell that sets period and edition_date",
            )
        )
    declared = set(pm.inspect_notebook(_literal(notebook)))
    if set(parameters) != declared:
        raise ParamsError(
            Problem(
                "the notebook's parameters differ from those it is given",
                file=notebook.name,
                expected=", ".join(sorted(declared)),
                found=", ".join(sorted(parameters)),
                mend="a name that is not declared would leave the notebook with its defaults",
            )
        )


def run(notebook: Path, out: Path, parameters: dict[str, str], cwd: Path) -> None:
    """Execute a notebook with its parameters and write it, free of times and random ids.

    Raises NotebookError naming the notebook and the cell; the whole traceback is kept beside
    `out` with the ending .traceback.txt.
    """
    if parameters:
        check_parameters(notebook, parameters)
    out.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    trace = out.with_suffix(".traceback.txt")
    trace.unlink(missing_ok=True)
    try:
        pm.execute_notebook(
            _literal(notebook),
            _literal(out),
            parameters,
            cwd=str(cwd),
            progress_bar=False,
            log_output=False,
            config=Config({"KernelManager": {"transport_encryption": "auto"}}),
        )
    except PapermillExecutionError as error:
        number = _number(notebook, error.cell_index, parameters)
        trace.write_text(_ANSI.sub("", "\n".join(error.traceback)) + "\n", encoding="utf-8")
        raise NotebookError(
            Problem(
                f"cell {number} stopped with {error.ename}: {error.evalue}",
                file=notebook.name,
                mend=f"the traceback is in {trace}",
            )
        ) from error
    node = tidy(nbformat.read(out, as_version=4))
    nbformat.write(node, out)


def _literal(path: Path) -> str:
    """Give a path as papermill takes it: it fills braces in paths."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _number(notebook: Path, index: int, parameters: dict[str, str]) -> int:
    """Give the number of a cell in the notebook itself, without the cell papermill injects."""
    cells = nbformat.read(notebook, as_version=4).cells
    injected = parameters and any(TAG in c.metadata.get("tags", []) for c in cells[:index])
    return index if injected else index + 1


def tidy(node: NotebookNode) -> NotebookNode:
    """Drop times, hosts and random ids so that two runs give the same bytes."""
    language = {"name": "python"}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    node.metadata = NotebookNode(kernelspec=kernel, language_info=language)
    for number, cell in enumerate(node.cells, 1):
        cell["id"] = f"cell-{number:02d}"
        tags = cell.metadata.get("tags", [])
        cell.metadata = NotebookNode(tags=tags) if tags else NotebookNode()
    return node


def as_html(notebook: Path, out: Path) -> None:
    """Convert an executed notebook to one HTML file that asks nothing of the network."""
    exporter = HTMLExporter(
        template_name="lab", mathjax_url="", require_js_url="", mermaid_js_url=""
    )
    body, _ = exporter.from_filename(str(notebook))
    out.write_text(_MERMAID.sub("", _NETWORK.sub("", body)), encoding="utf-8", newline="\n")


def run_in_place(notebook: Path, parameters: dict[str, str], cwd: Path) -> None:
    """Execute a notebook with its own defaults and keep the outputs in it.

    Raises ParamsError where its defaults are not the parameters given.
    """
    check_parameters(notebook, parameters)
    defaults = {
        name: str(known["default"]).strip("'\"")
        for name, known in pm.inspect_notebook(_literal(notebook)).items()
    }
    if defaults != parameters:
        raise ParamsError(
            Problem(
                "the notebook's own defaults are not those of the edition",
                file=notebook.name,
                expected=str(parameters),
                found=str(defaults),
            )
        )
    out = notebook.with_suffix(".executed.ipynb")
    try:
        run(notebook, out, {}, cwd)
        out.replace(notebook)
    finally:
        out.unlink(missing_ok=True)
