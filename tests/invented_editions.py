"""The small edition again for other places, each with figures and documents of its own name."""

import csv
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import small_edition
from halfyear.key import Key, Kind
from halfyear.project import Project

HOME = "HP"
OWN = ("source", "supersedes")  # columns that name a document
OPERANDS = ("operands", "figures")  # columns that name figures
PERIOD = small_edition.PERIOD


def write(root: Path, codes: Iterable[str]) -> Project:
    """Write the small edition, and the same for places by their codes."""
    project = small_edition.write(root)
    known = {row["id"] for row in _rows(project.data / "sources.csv")}
    for code in codes:
        for path in sorted(project.data.rglob("*.csv")):
            _invent(path, code, known)
        _choose(project, code, known)
    return project


def _invent(path: Path, code: str, known: set[str]) -> None:
    """Add to a table what it holds of the home place, for another one."""
    rows = _rows(path)
    if path.stem in ("sources", "sections", "unclaimed"):
        key = "id" if path.stem == "sources" else "source"
        own = [{**row, key: _own(row[key], code)} for row in rows if row[key] in known]
    else:
        own = [{**row, "place": code} for row in rows if row.get("place") == HOME]
        for row in own:
            row.update({name: _own(row[name], code) for name in OWN if row.get(name)})
            for name in OPERANDS:
                if row.get(name):
                    row[name] = ";".join(_placed(key, code) for key in row[name].split(";"))
            if "id" in row:
                row["id"] = _own(row["id"], code)
    for row in own:
        if row.get("sha256"):
            row["sha256"] = sha256(row["id"].encode()).hexdigest()
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, list(rows[0]) if rows else [], lineterminator="\n").writerows(own)


def _choose(project: Project, code: str, known: set[str]) -> None:
    lines = (project.params / f"{PERIOD}.yml").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        key, _, value = line.partition(": ")
        if key == "place":
            lines[number] = f"place: {code}"
        elif value in known:
            lines[number] = f"{key}: {_own(value, code)}"
    path = project.params / code / f"{PERIOD}.yml"
    path.parent.mkdir()
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


def _placed(key: str, code: str) -> str:
    known = Key.parse(key)
    return str(replace(known, place=code)) if known.kind == Kind.OBS else key


def _own(name: str, code: str) -> str:
    return f"{name}_{code.lower()}"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
