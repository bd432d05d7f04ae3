"""A project of a few invented figures, with the invented documents they stand in."""

import csv
import json
import shutil
from pathlib import Path

TESTS = Path(__file__).resolve().parent


def write(root: Path) -> Path:
    """Write the project into a folder; its documents go to root/sources and root/facts."""
    shutil.copytree(TESTS / "small", root)
    schema = TESTS.parent / "data" / "datapackage.json"
    package = json.loads(schema.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if isinstance(resource["path"], list):
            resource["path"] = [f"{resource['name']}/2026-H1.csv"]
    (root / "data" / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return root


def put(root: Path, table: str, row: int, **cells: str) -> None:
    """Change cells of a row, which is counted as in an editor: the header is line 1."""
    rows = _read(root, table)
    for column, cell in cells.items():
        rows[row - 1][rows[0].index(column)] = cell
    _write(root, table, rows)


def add(root: Path, table: str, like: int, **cells: str) -> int:
    """Append a row like another one but for some cells; give its line."""
    rows = _read(root, table)
    rows.append(list(rows[like - 1]))
    _write(root, table, rows)
    put(root, table, len(rows), **cells)
    return len(rows)


def replace(root: Path, table: str, old: str, new: str) -> None:
    """Replace a piece of a file that must be there."""
    path = root / "data" / (table if "." in table else f"{table}.csv")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def copy(root: Path, to: Path) -> Path:
    """Copy a project to be broken."""
    shutil.copytree(root, to, dirs_exist_ok=True)
    return to


def _read(root: Path, table: str) -> list[list[str]]:
    with (root / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _write(root: Path, table: str, rows: list[list[str]]) -> None:
    with (root / "data" / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
