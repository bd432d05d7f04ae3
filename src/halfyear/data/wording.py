"""Wording: the files of texts in report/texts, whole and in every language."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from halfyear import yamlfile
from halfyear.data.faults import Fault, fault
from halfyear.errors import TextError
from halfyear.project import Project

FOLDER = "report/texts"
OWN = ("formulas", "units.one", "units.short")  # left out here, it is shown as it is


def faults(project: Project, languages: Sequence[str]) -> Iterator[Fault]:
    """List files of texts that are missing or broken, and texts that one language lacks."""
    folder = project.root / FOLDER
    names = sorted({path.name.split(".")[0] for path in folder.glob("*.*.yml")})
    for name in names:
        keys: dict[str, set[str]] = {}
        for lang in languages:
            try:
                keys[lang] = set(_keys(read(folder / f"{name}.{lang}.yml")))
            except TextError as error:
                yield from (p for p in error.problems if isinstance(p, Fault))
        for lang, own in keys.items():
            others = set().union(*(keys[other] for other in keys if other != lang))
            for key in sorted(key for key in others - own if not key.startswith(OWN)):
                file = f"{FOLDER}/{name}.{lang}.yml"
                yield fault("text_of_one_language", file=file, column=key, name=file)


def read(path: Path) -> dict[str, Any]:
    """Read a file of texts; raises TextError with its place where it is missing or broken."""
    file = f"{FOLDER}/{path.name}"
    try:
        content = yamlfile.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TextError(fault("texts_missing", file=file)) from None
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        raise TextError(
            fault("texts_unreadable", file=file, row=row, found=error.reason)
        ) from error
    except yaml.YAMLError as error:
        mark, found = getattr(error, "problem_mark", None), getattr(error, "problem", "") or error
        line = mark.line + 1 if mark else None
        raise TextError(fault("texts_unreadable", file=file, row=line, found=found)) from error
    if not isinstance(content, dict):
        found = type(content).__name__ if content else "an empty file"
        raise TextError(fault("texts_unreadable", file=file, found=found))
    return content


def _keys(content: Any, before: str = "") -> Iterator[str]:
    """Give the dotted keys of the texts; a list counts as one text."""
    if not isinstance(content, dict):
        yield before
        return
    for key, inner in content.items():
        yield from _keys(inner, f"{before}.{key}" if before else str(key))
