"""All results of the first half of 2026, from the code of the notebooks run in one process."""

from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from halfyear.results import Results
from halfyear.view import View
from opened import edition

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"


@cache
def results() -> Results:
    """Run the code cells of every notebook and merge what each would save."""
    merged = Results()
    for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")):
        space: dict[str, Any] = {}
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, f"{path.stem} {cell.id}", "exec"), space)
        merged.merge(space["results"])
    merged.add(*edition().printed())
    return merged


@cache
def view(lang: str) -> View:
    """The edition's view in a language."""
    return View.of(edition(), results(), lang)
