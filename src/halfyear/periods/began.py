"""What a project began with: the hash of each file, and of everything that the package brought."""

import hashlib
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from halfyear import kit
from halfyear.project import Project

RECORD = "kit.json"
READMES = {"en": "README.md", "vi": "README.vi.md"}


def readme(lang: str) -> str:
    """Give the text with gaps from which the README of a new project is made."""
    return (files("halfyear.periods") / f"project.{lang}.md").read_text(encoding="utf-8")


def record(project: Project, lang: str, period: str) -> None:
    """Write down what a project holds now as what it begins with, its first language and period."""
    names = [path.relative_to(project.root) for path in project.root.rglob("*") if path.is_file()]
    hashes = {name.as_posix(): digest(project.root / name) for name in sorted(names)}
    content = {"lang": lang, "period": period, "kit": brought(), "files": hashes}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (project.root / RECORD).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def read(project: Project) -> Mapping[str, Any]:
    """Give what was written down; nothing where no `init` made the project."""
    path = project.root / RECORD
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return told


def older(project: Project) -> bool:
    """Tell whether the package brings other files than those the project took last.

    A project that no `init` made is never older.
    """
    told = read(project)
    return bool(told) and told["kit"] != brought()


def brought() -> str:
    """Hash of everything with which the installed package begins a project."""
    root = kit.root()
    told = [f"{name} {_sha(root / name)}" for name in kit.names(root)]
    told += [readme(lang) for lang in READMES]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def digest(path: Path) -> str:
    """Hash of a file, "" of none; that of a notebook is of its cells without what they showed."""
    if not path.is_file():
        return ""
    if path.suffix == ".ipynb":
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            told = [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
        except (ValueError, KeyError, TypeError):
            return _sha(path)
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()
    return _sha(path)


def _sha(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
