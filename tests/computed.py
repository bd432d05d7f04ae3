"""All results of the first half of 2026, from the code of the notebooks run in one process."""

from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from halfyear.dossier import dossier
from halfyear.edition import Edition
from halfyear.results import Results
from halfyear.view import View
from opened import edition

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"


@cache
def results() -> Results:
    """Run the code cells of every notebook and merge what each would save."""
    return run(edition())


def run(edition: Edition) -> Results:
    """Run the code cells of every notebook for an edition of the project in use."""
    saved = []
    given = {"period": str(edition.period), "edition_date": str(edition.params.edition_date)}
    for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")):
        space: dict[str, Any] = {}
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, f"{path.stem} {cell.id}", "exec"), space)
                if "parameters" in cell.metadata.get("tags", ()):
                    space |= given
        saved.append(space["desk"].view.results if "desk" in space else space["results"])
    return dossier(edition, saved)


@cache
def view(lang: str) -> View:
    """The edition's view in a language."""
    return View.of(edition(), results(), lang)
