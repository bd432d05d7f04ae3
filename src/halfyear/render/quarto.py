"""The Quarto engine: the same source, filters and templates through `quarto render`."""

import re
import shutil
import subprocess
from pathlib import Path

from halfyear.errors import Problem, RenderError
from halfyear.render.layout import Layout

OLDEST = (1, 7)


def version() -> str | None:
    """Version of the `quarto` command on PATH; None where there is none that runs."""
    command = shutil.which("quarto")
    if command is None:
        return None
    run = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\d+(\.\d+)+", run.stdout)
    return found.group() if run.returncode == 0 and found else None


def recent(found: str) -> bool:
    """Whether version `found` is one that this project supports."""
    return tuple(int(part) for part in found.split(".")[:2]) >= OLDEST


def convert(composed: Path, target: str, layout: Layout) -> str:
    """Convert a composed source to the text of `target` (`typst` or `html`).

    Raises RenderError with Quarto's own words.
    """
    raise RenderError(Problem("not built yet", str(composed), found=f"{target} {layout}"))
