"""All results of the first half of 2026, in one process: of its studies, or of the notebooks."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat

from halfyear import analysis, audit
from halfyear.dossier import dossier
from halfyear.edition import Edition
from halfyear.results import Results
from halfyear.view import View
from opened import edition

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"


@cache
def results() -> Results:
    """The results of every study, merged; test_once holds the notebooks to give the same."""
    return studied(edition())


def studied(edition: Edition) -> Results:
    """What the notebooks save of an edition, made without them in a third of their time."""
    return dossier(edition, [topic.study(edition).results() for topic in _topics()])


def run(edition: Edition, name: str = "") -> Results:
    """Run the code cells of every notebook for an edition of the project in use.

    The name of an edition of a second place is told, as QN/2026-H1.
    """
    saved = []
    given = {
        "period": name or str(edition.period),
        "edition_date": str(edition.params.edition_date),
    }
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


def _topics() -> Iterator[ModuleType]:
    """The modules of which a notebook takes a study."""
    yield audit
    for found in pkgutil.iter_modules(analysis.__path__, f"{analysis.__name__}."):
        topic = importlib.import_module(found.name)
        if hasattr(topic, "study") and topic.__name__ != "halfyear.analysis.changes":
            yield topic
