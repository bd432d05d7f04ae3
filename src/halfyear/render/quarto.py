"""The Quarto engine: the same source, filters and templates through `quarto render`."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import yaml

from halfyear.errors import Problem, RenderError
from halfyear.outside import outside
from halfyear.render.layout import Layout

OLDEST = (1, 7)
SUFFIX = {"typst": ".typ", "html": ".html"}
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def version() -> str | None:
    """Version of the `quarto` command on PATH; None where there is none that runs."""
    command = shutil.which("quarto")
    if command is None:
        return None
    try:
        run = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    except OSError:  # made for another machine
        return None
    found = re.search(r"\d+(\.\d+)+", run.stdout)
    return found.group() if run.returncode == 0 and found else None


def recent(found: str) -> bool:
    """Whether version `found` is one that this project supports."""
    return tuple(int(part) for part in found.split(".")[:2]) >= OLDEST


def convert(composed: Path, target: str, layout: Layout) -> str:
    """Convert a composed source to the text of `target` (`typst` or `html`).

    Works in a folder of its own with the same configuration as a render by hand, so that nothing
    is left beside the source: Quarto reads no project in a hidden folder, and Pandoc no template
    in a folder named with a percent sign. Raises RenderError with Quarto's own words.
    """
    with outside() as folder:
        source = _project(folder, composed, layout)
        run = subprocess.run(
            [shutil.which("quarto") or "quarto", "render", str(source), "--to", target],
            cwd=folder,
            env={**os.environ, "TMPDIR": str(folder)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        made = source.with_suffix(SUFFIX[target])
        if run.returncode != 0 or not made.is_file():
            words = _COLOUR.sub("", run.stderr).strip()
            raise RenderError(
                Problem(
                    "Quarto could not convert the source",
                    str(composed),
                    found=words,
                    mend="halfyear report --engine embedded does without Quarto",
                )
            )
        return made.read_text(encoding="utf-8")


def render(folder: Path) -> None:
    """Render the Quarto project in a folder; raises RenderError with Quarto's own words."""
    run = subprocess.run(
        [shutil.which("quarto") or "quarto", "render"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode != 0:
        words = _COLOUR.sub("", run.stderr).strip()
        raise RenderError(Problem("Quarto could not render", str(folder), found=words[-2000:]))


def _project(folder: Path, composed: Path, layout: Layout) -> Path:
    """Lay out the scratch project and give the path of the source in it."""
    report = folder / "report"
    for part in ("templates", "filters"):
        shutil.copytree(layout.report / part, report / part)
    settings = {
        "project": {"type": "default"},
        "metadata-files": ["report/templates/reader.yml"],
        "format": {"typst": {"output-ext": "typ"}},  # compiled by the pinned Typst
    }
    (folder / "_quarto.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    source = folder / "source" / composed.name
    source.parent.mkdir()
    shutil.copyfile(composed, source)
    shutil.copytree(composed.parent / "charts", source.parent / "charts", dirs_exist_ok=True)
    return source
