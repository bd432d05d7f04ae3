"""The schema of the tables, as datapackage.json declares it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from halfyear.data.faults import fault
from halfyear.errors import DataError
from halfyear.project import Project

PACKAGE = "data/datapackage.json"


@dataclass(frozen=True)
class Column:
    """A column of a table; `type` is string, integer, number or date."""

    name: str
    type: str
    description: str
    required: bool = False
    pattern: str = ""
    enum: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reference:
    """A column whose codes must be ids of another table."""

    column: str
    table: str


@dataclass(frozen=True)
class Table:
    """A table: its files relative to data/, its columns, key and references."""

    name: str
    description: str
    paths: tuple[str, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = field(default=())

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns in order."""
        return tuple(column.name for column in self.columns)

    @property
    def folder(self) -> str:
        """Folder of a table with one file an edition; empty for a table of one file."""
        return self.paths[0].rpartition("/")[0]


def read(project: Project) -> dict[str, Table]:
    """Read the tables of datapackage.json by name; raises DataError where it is broken."""
    path = project.root / PACKAGE
    try:
        package = json.loads(path.read_text(encoding="utf-8-sig"))
        tables = [_table(resource) for resource in package["resources"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(fault("package_unreadable", file=PACKAGE, found=error)) from error
    outside = [path for table in tables for path in table.paths if not _inside(path)]
    if outside:
        raise DataError(*(fault("path_outside", file=PACKAGE, found=path) for path in outside))
    return {table.name: table for table in tables}


def enlist(project: Project, table: str, path: str) -> None:
    """List a new file of a table, relative to data/, in datapackage.json."""
    file = project.root / PACKAGE
    package = json.loads(file.read_text(encoding="utf-8-sig"))
    for resource in package["resources"]:
        if resource["name"] == table:
            resource["path"] = sorted({*resource["path"], path})
    text = json.dumps(package, ensure_ascii=False, indent=1)
    file.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _inside(path: str) -> bool:
    return not path.startswith("/") and "\\" not in path and ".." not in path.split("/")


def _table(resource: Mapping[str, Any]) -> Table:
    schema = resource["schema"]
    paths = resource["path"]
    return Table(
        name=resource["name"],
        description=resource["description"],
        paths=tuple([paths] if isinstance(paths, str) else paths),
        columns=tuple(_column(entry) for entry in schema["fields"]),
        key=tuple(schema["primaryKey"]),
        references=tuple(
            Reference(entry["fields"], entry["reference"]["resource"] or resource["name"])
            for entry in schema.get("foreignKeys", ())
        ),
    )


def _column(entry: Mapping[str, Any]) -> Column:
    constraints = entry.get("constraints", {})
    return Column(
        name=entry["name"],
        type=entry["type"],
        description=entry["description"],
        required=constraints.get("required", False),
        pattern=constraints.get("pattern", ""),
        enum=tuple(constraints.get("enum", ())),
    )
