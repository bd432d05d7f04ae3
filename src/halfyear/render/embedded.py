"""The embedded engine: Pandoc from its wheel, with the project's filters and templates."""

import subprocess
from pathlib import Path

import pypandoc
import yaml

from halfyear.errors import Problem, RenderError
from halfyear.render.layout import Layout


def version() -> str:
    """Version of the Pandoc that the wheel brings."""
    return str(pypandoc.get_pandoc_version())


def convert(composed: Path, target: str, layout: Layout) -> str:
    """Convert a composed source to the text of `target` (`typst` or `html`).

    Raises RenderError with the filter's own words, for example a chart without alt text.
    """
    reader = yaml.safe_load(layout.reader.read_text(encoding="utf-8"))["from"]
    run = subprocess.run(
        [
            pypandoc.get_pandoc_path(),
            "--standalone",
            f"--from={reader}",
            f"--to={'html5' if target == 'html' else target}",
            "--wrap=none",
            "--mathml",
            *layout.pandoc(target, composed.parent),
            composed.name,
        ],
        cwd=composed.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode != 0:
        raise RenderError(
            Problem("the source could not be converted", str(composed), found=run.stderr.strip())
        )
    return run.stdout
