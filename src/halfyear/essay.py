"""A notebook as it is written: whether it has a language, and its prose in one of them."""

import json
import re
from pathlib import Path
from typing import Any

from halfyear.errors import NotebookError, Problem
from halfyear.params import LANGUAGES

TAG = "parameters"
# Files of texts that a notebook's outputs are worded with; those of the pages alone do not count.
TEXTS = ("words", "bounds", "charts", "notebooks", "provenance")
_LANGUAGE = re.compile(r"^language\s*(:[^=\n]*)?=", re.MULTILINE)
_MARK = re.compile(r'[ \t]*<span lang="[a-z]+"></span>')


def bilingual(notebook: Path) -> bool:
    """Whether a notebook is written in all languages, which it then has as its parameter.

    Raises NotebookError where the file is no notebook, or has no prose in one of them.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        tags = {tag for cell in cells for tag in cell["metadata"].get("tags", [])}
        tagged = [cell for cell in cells if TAG in cell["metadata"].get("tags", [])]
        declared = any(_LANGUAGE.search("".join(cell["source"])) for cell in tagged)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise NotebookError(
            Problem(
                "the file is no notebook",
                file=notebook.name,
                found=f"{type(error).__name__}: {error}",
                mend="restore it, or save it again from JupyterLab",
            )
        ) from error
    lacking = [language for language in LANGUAGES if declared and language not in tags]
    if lacking:
        raise NotebookError(
            Problem(
                "the notebook has no prose in one of its languages",
                file=notebook.name,
                expected=f"cells tagged {' and '.join(LANGUAGES)}",
                found=f"none tagged {', '.join(lacking)}",
                mend="tag the cells of each language, or take the parameter language away",
            )
        )
    return declared


def only(cells: list[Any], language: str) -> list[Any]:
    """The cells for the readers of one language, without what marks the language of a cell."""
    others = set(LANGUAGES) - {language}
    kept = [cell for cell in cells if not others & set(cell.metadata.get("tags", []))]
    for cell in kept:
        if cell.cell_type == "markdown":
            cell.source = _MARK.sub("", cell.source)
    return kept
