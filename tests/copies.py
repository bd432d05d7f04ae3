"""Copies of the small project in which tests start periods and revise figures."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import small_project
from halfyear.cli import main
from halfyear.period import Period
from halfyear.project import Project

ROOT = Path(__file__).resolve().parents[1]
NAMES = (("report_2026_h1", "report"), ("kh184_2026", "plan184"), ("nq74_2025", "report"))
MAIN = "from halfyear.cli import main; main()"
FOLDERS = ("data", "params", "notebooks", "report")


def copied(to: Path) -> Project:
    """Write the small project with the params of its one edition and the project's texts."""
    small_project.write(to)
    shutil.copytree(ROOT / "report" / "texts", to / "report" / "texts")
    (to / "params").mkdir()
    text = (ROOT / "params" / "2026-H1.yml").read_text(encoding="utf-8")
    for old, new in (*NAMES, ("compared_with: 2025-FY 2026-01-31", "compared_with:")):
        text = text.replace(old, new)
    (to / "params" / "2026-H1.yml").write_text(text, encoding="utf-8")
    return Project(to)


def as_known(day: str, to: Path) -> Project:
    """Copy the whole project without what became known after a day, whatever came since."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, to / name)
    shutil.copy(ROOT / "_quarto.yml", to)
    project = Project(to)
    for path in project.params.glob("*.yml"):
        if str(Period.parse(path.stem).end) > day:
            path.unlink()
    known = {row["id"] for row in rows(project, "sources") if row["date"] <= day}
    for path in project.data.rglob("*.csv"):
        table = str(path.relative_to(project.data).with_suffix(""))
        kept = rows(project, table)
        column = "id" if table == "sources" else "source"
        if kept and column in kept[0] and {row[column] for row in kept} - known:
            header = path.read_text(encoding="utf-8").partition("\n")[0]
            path.write_text(f"{header}\n", encoding="utf-8")
            for row in kept:
                if row[column] in known:
                    append(project, table, **row)
    return project


def command(root: Path, *words: str) -> str:
    """Run the command in a project, which must go well; gives what it said."""
    done = subprocess.run(
        [sys.executable, "-c", MAIN, *words],
        cwd=root,
        env={**os.environ, "HALFYEAR_ROOT": str(root)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"halfyear {' '.join(words)}\n{done.stdout}{done.stderr}"
    return done.stdout


def said(root: Path, *words: str, code: int = 0) -> str:
    """Run a verb that builds nothing in a project, in this process; gives all that it said."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.delenv("HALFYEAR_ROOT", raising=False)
        done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == code, f"halfyear {' '.join(words)}\n{done.output}"
    return done.output


def append(project: Project, table: str, **cells: str) -> None:
    """Append a row to a table, cells that are not named left empty."""
    path = project.data / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, names, lineterminator="\n").writerow(cells)


def rows(project: Project, table: str) -> list[dict[str, str]]:
    """Read a table as text."""
    with (project.data / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def source(project: Project, id: str, date: str, **cells: str) -> None:
    """Enter an invented document."""
    given = {"title_vi": id, "title_en": id, "issuer": "invented", "status": "draft"}
    append(project, "sources", id=id, date=date, medium="cited", **{**given, **cells})


def fill(path: Path, sheet: str, where: dict[str, str], **cells: Any) -> None:
    """Fill cells of the workbook's row that holds `where`; a new row where none does."""
    book = load_workbook(path)
    page = book[sheet]
    heads = [cell.value for cell in page[2]]
    number = _row(page, heads, where)
    for name, value in {**where, **cells}.items():
        page.cell(number, heads.index(name) + 1).value = value
    book.save(path)


def _row(page: Worksheet, heads: list[Any], where: dict[str, str]) -> int:
    for number in range(3, page.max_row + 1):
        if all(page.cell(number, heads.index(n) + 1).value == v for n, v in where.items()):
            return number
    return page.max_row + 1
