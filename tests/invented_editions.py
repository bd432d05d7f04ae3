"""The small edition again for other places, each with figures and documents of its own name."""

import csv
import json
import re
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
PLACE = "place: "
UNDATED = ("absent", "groups", "indicators", "places", "units")  # tables that hold for all years
PRINTED = ("value", "low", "high", "total", "count", "printed", "line", "nth")  # no years
YEAR = re.compile(r"(?<!\d)20[2-4]\d(?!\d)")


def write(root: Path, codes: Iterable[str]) -> Project:
    """Write the small edition, and the same for places by their codes."""
    project = small_edition.write(root)
    known = {row["id"] for row in _rows(project.data / "sources.csv")}
    for code in codes:
        for path in sorted(project.data.rglob("*.csv")):
            _invent(path, code, known)
        _choose(project, code, known)
    return project


def repeat(project: Project, years: Iterable[int]) -> None:
    """Write all editions of a project again, each so many years later, with own documents."""
    tables = {path: _rows(path) for path in sorted(project.data.rglob("*.csv"))}
    choices = {path: path.read_text(encoding="utf-8") for path in project.params.rglob("*.yml")}
    places = {
        line.removeprefix(PLACE)
        for text in choices.values()
        for line in text.splitlines()
        if line.startswith(PLACE)
    }
    known = {row["id"] for row in tables[project.data / "sources.csv"]}
    for after in years:
        for path, rows in tables.items():
            later = [
                {name: _later(name, row[name], known, after) for name in row}
                for row in rows
                if path.stem not in UNDATED and row.get("place", HOME) in places
            ]
            _append(path.with_name(_shifted(path.name, after)), later)
        for path, text in choices.items():
            lines = [_line(line, known, after) for line in text.splitlines()]
            path.with_name(_shifted(path.name, after)).write_text(
                "\n".join([*lines, ""]), encoding="utf-8"
            )

    package = project.data / "datapackage.json"
    content = json.loads(package.read_text(encoding="utf-8"))
    for table in content["resources"]:
        if isinstance(table["path"], list):
            found = (project.data / table["name"]).glob("*.csv")
            table["path"] = sorted(path.relative_to(project.data).as_posix() for path in found)
    package.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _line(line: str, known: set[str], after: int) -> str:
    key, parted, value = line.partition(": ")
    return f"{key}{parted}{_later(key, value, known, after)}" if parted else line


def _later(name: str, cell: str, known: set[str], after: int) -> str:
    if cell in known or (name == "id" and cell):
        return f"{cell}_{after}"
    return cell if name in PRINTED else _shifted(cell, after)


def _shifted(text: str, after: int) -> str:
    return YEAR.sub(lambda found: str(int(found[0]) + after), text)


def _append(path: Path, rows: list[dict[str, str]]) -> None:
    if not rows:
        return
    for row in rows:
        if row.get("sha256"):
            row["sha256"] = sha256(row["id"].encode()).hexdigest()
    begun = path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        if not begun:
            writer.writeheader()
        writer.writerows(rows)


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
    _append(path, own)


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
