"""The manifest of a build: what went in, what came out, with which tools."""

import hashlib
import json
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from halfyear import buildfile

NAME, WORKBOOK, AUDIT = "manifest.json", "annex.xlsx", "audit.csv"  # files of an edition
TOOLS = (
    "halfyear",
    "matplotlib",
    "nbconvert",
    "openpyxl",
    "pandas",
    "papermill",
    "pypandoc-binary",
    "python-docx",
    "seaborn",
    "typst",
)


def digest(path: Path) -> str:
    """sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digests(root: Path, paths: Iterable[Path], package: Path | None = None) -> dict[str, str]:
    """sha256 of files by their path below a root, sorted.

    Files of the package are named src/<package>/..., wherever it is installed.
    """

    def name(path: Path) -> str:
        if package is not None and path.is_relative_to(package):
            return f"src/{path.relative_to(package.parent).as_posix()}"
        return path.relative_to(root).as_posix()

    named = {name(path): path for path in paths}
    return {key: digest(named[key]) for key in sorted(named)}


def describe(
    period: str,
    edition_date: str,
    engine: str,
    inputs: dict[str, str],
    outputs: dict[str, str],
) -> dict[str, Any]:
    """Describe a build; nothing in it depends on when or where it was made."""
    return {
        "period": period,
        "edition_date": edition_date,
        "engine": engine,
        "architecture": platform.machine(),
        "python": platform.python_version(),
        "versions": {tool: version(tool) for tool in TOOLS},
        "inputs": inputs,
        "outputs": outputs,
    }


def write(folder: Path, content: dict[str, Any]) -> None:
    """Write the manifest into a build folder."""
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / NAME).write_text(text + "\n", encoding="utf-8", newline="\n")


def read(folder: Path, *parts: str) -> dict[str, Any]:
    """Read the manifest of a build folder; raises BuildError where it is broken or lacks a part."""
    return buildfile.read(
        folder / NAME, lambda content: {**content, **{part: content[part] for part in parts}}
    )
