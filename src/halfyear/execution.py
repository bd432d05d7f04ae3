"""Notebooks executed by papermill, and what they leave behind made reproducible."""

import asyncio
import re
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path
from threading import Lock

import nbformat
import papermill as pm
from jupyter_client.kernelspec import NoSuchKernel
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.exceptions import PapermillExecutionError

from halfyear import essay
from halfyear.errors import NotebookError, ParamsError, Problem
from halfyear.essay import TAG
from halfyear.kernel import surroundings
from halfyear.kernel.client import Engine, Limits, NotStartedError, StoppedError

SVG = "image/svg+xml"
DEFAULTED = frozenset({"language"})  # a notebook says itself what these are where none is given
_NETWORK = re.compile(r"<(?:script|link)\b[^>]*\b(?:src|href)=\"https?:[^>]*>(?:</script>)?")
_MERMAID = re.compile(r'<script type="module">(?:(?!</script>).)*mermaid.*?</script>', re.DOTALL)
_DRAWING = re.compile(r'<img alt="[^"]*" src="data:image/svg\+xml;')
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_TURN = Lock()  # an exporter converts one notebook at a time


def saved(notebook: Path, folder: Path) -> Path:
    """The results that an execution of a notebook left in its folder.

    Raises NotebookError where there are none, or some that are called after another notebook.
    """
    found = sorted(path.name for path in folder.iterdir())
    expected = f"{notebook.stem}.json"
    if found != [expected]:
        raise NotebookError(
            Problem(
                "the notebook did not save its results"
                if expected not in found
                else "the notebook saved results under another name, too",
                file=notebook.name,
                expected=expected,
                found=", ".join(found) or "none",
                mend=f'let the last cell say save(results, "{notebook.stem}")',
            )
        )
    return folder / expected


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
    if set(parameters) - declared or declared - set(parameters) - DEFAULTED:
        raise ParamsError(
            Problem(
                "the notebook's parameters differ from those it is given",
                file=notebook.name,
                expected=", ".join(sorted(declared)),
                found=", ".join(sorted(parameters)),
                mend="a name that is not declared would leave the notebook with its defaults",
            )
        )


def run(
    notebook: Path,
    out: Path,
    parameters: dict[str, str],
    cwd: Path,
    *,
    environment: Mapping[str, str] | None = None,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    trace: Path | None = None,
    readers: str = "",
) -> None:
    """Execute a notebook with its parameters and write it, free of times and random ids.

    `environment` is added to what its kernel sees. Raises NotebookError naming the notebook and
    the cell, also where that breaks one of the `limits` or its kernel dies; the whole traceback of
    an error is kept in `trace`, or beside `out` with the ending .traceback.txt. What is written
    holds the prose of all languages, or of that of the `readers` alone.
    """
    if parameters:
        check_parameters(notebook, parameters)
    out.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    trace = trace or out.with_suffix(".traceback.txt")
    trace.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="halfyear-", ignore_cleanup_errors=True) as private:
        try:
            node = pm.execute_notebook(
                _literal(notebook),
                None,  # papermill would write it anew before and after each cell
                parameters,
                engine_name=Engine.NAME,
                progress_bar=False,
                log_output=False,
                folder=str(cwd),
                environment=surroundings.shielded(environment or {}, Path(private)),
                limits=limits,
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
        except StoppedError as error:
            number = _number(notebook, error.index, parameters)
            raise NotebookError(
                Problem(f"cell {number} {error.what}", file=notebook.name, mend=error.mend)
            ) from error
        except NotStartedError as error:
            raise NotebookError(_not_started(notebook)) from error
        except NoSuchKernel as error:
            raise NotebookError(_unknown_kernel(notebook, error.name)) from error
    if readers:
        node.cells = essay.only(node.cells, readers)
    nbformat.write(tidy(node), out)


def _unknown_kernel(notebook: Path, name: str) -> Problem:
    return Problem(
        "the notebook asks for a kernel that is not installed",
        file=notebook.name,
        expected="python3",
        found=name,
        mend="set the notebook's kernel to python3 and save it",
        vi=Problem(
            "notebook cần một kernel chưa được cài",
            file=notebook.name,
            expected="python3",
            found=name,
            mend="đặt kernel của notebook là python3 rồi lưu lại",
        ),
    )


def _not_started(notebook: Path) -> Problem:
    return Problem(
        "the kernel of the notebook did not start",
        file=notebook.name,
        mend="look for too little memory, a closed address 127.0.0.1 or a broken package ipykernel",
        vi=Problem(
            "không khởi động được kernel của notebook",
            file=notebook.name,
            mend="kiểm tra bộ nhớ còn trống, địa chỉ 127.0.0.1 và gói ipykernel rồi làm lại",
        ),
    )


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
        if cell.cell_type == "code":
            cell.outputs = _joined(cell.outputs)
        cell["id"] = f"cell-{number:02d}"
        tags = cell.metadata.get("tags", [])
        cell.metadata = NotebookNode(tags=tags) if tags else NotebookNode()
    return node


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join what was printed between two other outputs: first all of stdout, then all of stderr.

    How a kernel cuts it up, and which of the two arrives first, hangs on the load of the machine.
    """
    joined: list[NotebookNode] = []
    for printed, group in groupby(outputs, lambda output: output.output_type == "stream"):
        if not printed:
            joined += group
            continue
        pieces = list(group)
        for name in ("stdout", "stderr"):
            text = "".join(piece.text for piece in pieces if piece.name == name)
            if text:
                joined.append(new_output("stream", name=name, text=text))
    return joined


class Page(HTMLExporter):
    """Nbconvert's page of a notebook, by its own templates and never by the user's."""

    def get_prefix_root_dirs(self) -> list[str]:
        """Folders in which templates are looked for."""
        return [str(Path(sys.prefix, "share", "jupyter"))]


@cache
def _page(language: str) -> Page:
    """The exporter of a language, whose templates are compiled once."""
    return Page(  # type: ignore[no-untyped-call]
        template_name="lab",
        extra_template_basedirs=[],
        mathjax_url="",
        require_js_url="",
        mermaid_js_url="",
        language_code=language,
    )


def as_html(notebook: Path, out: Path, language: str = "en") -> None:
    """Convert an executed notebook to one HTML file that asks nothing of the network."""
    node = nbformat.read(notebook, as_version=4)
    with _TURN:
        body, _ = _page(language).from_notebook_node(
            node, resources={"metadata": {"name": notebook.stem, "path": str(notebook.parent)}}
        )
    body = _spoken(body, node)
    out.write_text(_MERMAID.sub("", _NETWORK.sub("", body)), encoding="utf-8", newline="\n")


def _spoken(body: str, node: NotebookNode) -> str:
    """Give each drawing of a page the words that its output carries as its description."""
    outputs = [output for cell in node.cells for output in cell.get("outputs", [])]
    said = [
        output.metadata.get(SVG, {}).get("alt", "")
        for output in outputs
        if SVG in output.get("data", {})
    ]
    parts = _DRAWING.split(body)
    if len(parts) != len(said) + 1:
        raise NotebookError(
            Problem(
                "the page of a notebook does not show each of its drawings once",
                expected=str(len(said)),
                found=str(len(parts) - 1),
            )
        )
    drawings = [f'<img alt="{escape(alt)}" src="data:{SVG};' for alt in said]
    return "".join(part + drawing for part, drawing in zip(parts, [*drawings, ""], strict=True))


def run_in_place(notebook: Path, parameters: dict[str, str], cwd: Path) -> None:
    """Execute a notebook with its own defaults and keep the outputs in it.

    Raises ParamsError where its defaults are not the parameters given.
    """
    check_parameters(notebook, parameters)
    defaults = {
        name: str(known["default"]).strip("'\"")
        for name, known in pm.inspect_notebook(_literal(notebook)).items()
    }
    stated = {name: value for name, value in defaults.items() if value and name not in DEFAULTED}
    if any(parameters.get(name) != value for name, value in stated.items()):
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
