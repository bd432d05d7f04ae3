"""The embedded engine: Pandoc from its wheel, with the project's filters and templates."""

import hashlib
import subprocess
from pathlib import Path

import pypandoc

from halfyear.errors import Problem, RenderError
from halfyear.render.layout import Layout


def version() -> str:
    """Version of the Pandoc that the wheel brings."""
    return str(pypandoc.get_pandoc_version())


def convert(composed: Path, target: str, layout: Layout) -> str:
    """Convert a composed source to the text of `target` (`typst` or `html`).

    Raises RenderError with the filter's own words, for example a chart without alt text.
    """
    return _pandoc(
        composed,
        "--standalone",
        "--from=json",
        f"--to={'html5' if target == 'html' else target}",
        "--wrap=none",
        "--mathml",
        *layout.pandoc(target, composed.parent),
        parsed(composed, layout).name,
    )


def parsed(composed: Path, layout: Layout, folder: Path | None = None) -> Path:
    """The parsed form of a composed source, in a folder or beside it, made where it is not there.

    Its name tells what it was made from: a source is parsed once for all targets. Raises
    RenderError in Pandoc's own words.
    """
    digest = hashlib.sha256(composed.read_bytes() + layout.reader.read_bytes()).hexdigest()
    tree = (folder or composed.parent) / f"{composed.stem}.{digest[:16]}.json"
    if not tree.is_file():
        text = _pandoc(composed, f"--from={layout.syntax()}", "--to=json", composed.name)
        fresh = tree.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8", newline="\n")
        fresh.replace(tree)
    return tree


def _pandoc(composed: Path, *options: str) -> str:
    run = subprocess.run(
        [pypandoc.get_pandoc_path(), *options],
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
