"""Founding: a new project for a place, from what the package brings along."""

import csv
import io
import json
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

import nbformat

from halfyear import kit
from halfyear.data import frames, ids, placed, schema
from halfyear.data.faults import fault
from halfyear.data.frames import Tables
from halfyear.data.places import HOME, Place, Places
from halfyear.data.tablefile import TableFile
from halfyear.errors import DataError
from halfyear.period import EDITIONS, Period
from halfyear.periods import began
from halfyear.project import Project

OPTION = "--place"
_PERIOD = re.compile(r'^(period: str = )"[^"]*"', re.MULTILINE)
_OTHERS = ("HN", "QN")  # a second place for example
LISTS = ("corrections.yml", "coverage.yml")  # of single documents, empty at first


@dataclass(frozen=True)
class First:
    """What a project shows first: a language in Quarto, a period in its READMEs and notebooks.

    The period is the one that ended last where none is named.
    """

    lang: str
    period: Period = field(default_factory=lambda: ended(datetime.now().astimezone().date()))


def ended(day: date) -> Period:
    """Give the period an edition can have that ended last before a day."""
    past = [Period(year, part) for year in (day.year - 1, day.year) for part in EDITIONS]
    return max((one for one in past if one.end < day), key=lambda one: one.end)


def found(folder: Path, codes: Sequence[str], first: First) -> list[str]:
    """Write a project for a place into a folder that is new or empty; gives its files.

    Raises DataError where the folder
    holds something or the place is not one that stands today; then nothing is written.
    """
    begun, folder = Project(kit.root()), folder.resolve()
    tables = frames.read(begun).tables
    place = _place(codes, Places.of(tables.places))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DataError(fault("init_not_empty", file=str(folder)))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
        made = Project(Path(scratch) / "made")
        _copy(begun, made, first.period)
        _tables(made, tables, place)
        _words(made, place, Places.of(tables.places), first)
        began.record(made, first.lang, str(first.period))
        folder.mkdir(exist_ok=True)
        for path in made.root.iterdir():
            shutil.move(path, folder)
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def _place(codes: Sequence[str], places: Places) -> Place:
    """The one place of some codes; it must be a province or a city of that rank, and not ended."""
    named = list(dict.fromkeys(codes))
    if len(named) != 1:
        raise DataError(fault("init_places", column=OPTION, found=", ".join(named)))
    code = named[0]
    if code not in places or not places[code].provincial:
        raise DataError(fault("init_place", column=OPTION, found=code, near=_near(code, places)))
    place = places[code]
    if place.until is not None:
        into = place.part_of
        name = places[into].name if into in places else {"vi": into, "en": into}
        raise DataError(
            fault(
                "init_place_ended",
                column=OPTION,
                found=code,
                day=place.until,
                into=into,
                name_vi=name["vi"],
                name_en=name["en"],
            )
        )
    return place


def _near(word: str, places: Places) -> str:
    """The code that was perhaps meant: another spelling of one, or the name of its place."""
    today = [place for place in places if place.provincial and place.until is None]
    meant = [p.id for p in today if _plain(word) in (_plain(p.id), _plain(p.name["vi"]))]
    return f" ({meant[0]}?)" if meant else ids.near(word, [place.id for place in today])


def _plain(text: str) -> str:
    """A text in small letters without marks."""
    parts = normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in parts if letter.isalnum())


def _copy(begun: Project, made: Project, period: Period) -> None:
    for name in kit.names(begun.root):
        target = made.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix == ".ipynb":
            _emptied(begun.root / name, target, period)
        else:
            shutil.copyfile(begun.root / name, target)


def _emptied(notebook: Path, target: Path, period: Period) -> None:
    """Copy a notebook without what it showed for another place, for a period to begin with."""
    node: Any = nbformat.read(notebook, as_version=4)
    for cell in node.cells:
        if "parameters" in cell.metadata.get("tags", ()):
            cell.source = _PERIOD.sub(f'\\g<1>"{period}"', cell.source)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(node, target)


def _tables(made: Project, tables: Tables, place: Place) -> None:
    """Write the codelists of the place, and every other table with its head alone."""
    places = Places.of(tables.places)
    common = set(placed.common(tables.indicators, places, place.id)["id"])
    kept: dict[str, Mapping[str, Any]] = {
        "indicators": {"id": common},
        "groups": {"indicator": common},
    }
    for name, table in schema.read(made).items():
        if table.folder:
            continue
        file = TableFile.open(made, table, "")
        for column, values in kept.get(name, {}).items():
            file.rows[:] = [row for row in file.rows if row[column] in values]
        for row in file.rows if name == "places" else ():
            row["home"] = HOME if row["id"] == place.id else ""
        _write(file)
    for name in LISTS:
        text = "# data/README.md tells what stands here.\n[]\n"
        (made.data / name).write_text(text, encoding="utf-8", newline="\n")
    _unlist(made.root / schema.PACKAGE)


def _write(file: TableFile) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, file.columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(file.rows)
    file.path.write_text(text.getvalue(), encoding="utf-8", newline="")


def _unlist(path: Path) -> None:
    """Take the files of editions out of the list of tables, for there is no edition yet."""
    package = json.loads(path.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if isinstance(resource["path"], list):
            resource["path"] = []
    text = json.dumps(package, ensure_ascii=False, indent=1)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _words(made: Project, place: Place, places: Places, first: First) -> None:
    """Write the READMEs of the place, and let Quarto show the language asked for first."""
    period = first.period
    other = places[next(code for code in _OTHERS if code != place.id)]
    slots = {
        "code": place.id,
        "other": other.id,
        "period": str(period),
        "year": str(period.year),
        "report": f"report_{period.year}_{period.part.lower()}",
    }
    for own, name in began.READMES.items():
        named = {"place": place.name[own], "other_name": other.name[own]}
        text = began.readme(own).format_map({**slots, **named})
        (made.root / name).write_text(text, encoding="utf-8", newline="\n")
    path = made.root / "_quarto.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("default: vi", f"default: {first.lang}")
    path.write_text(text, encoding="utf-8", newline="\n")
