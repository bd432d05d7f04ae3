"""The schema of the tables, as datapackage.json declares it."""

import json
import re
import reprlib
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from halfyear.data.faults import Fault, fault
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
    """A table: its files relative to data/, its columns, key and references.

    folder is that of a table with one file an edition, "" for a table of one file.
    """

    name: str
    description: str
    paths: tuple[str, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = field(default=())
    folder: str = ""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the columns in order."""
        return tuple(column.name for column in self.columns)


def read(project: Project) -> dict[str, Table]:
    """Read the tables of datapackage.json by name; raises DataError where it is broken."""
    try:
        return dict(_tables((project.root / PACKAGE).read_text(encoding="utf-8-sig")))
    except ValidationError as error:
        raise DataError(_first(error)) from error
    except (OSError, ValueError, RecursionError) as error:
        found = str(error).splitlines()[0]
        raise DataError(fault("package_unreadable", file=PACKAGE, found=found)) from error


@lru_cache(maxsize=8)
def _tables(text: str) -> Mapping[str, Table]:
    package = _Package.model_validate(json.loads(text))
    tables = [_table(resource) for resource in package.resources]
    known = {table.name: table.names for table in tables}
    wrong = [problem for table in tables for problem in _wrong(table, tables, known)]
    names = [table.name for table in tables]
    wrong += [
        _entry(t, "name", t.name, "each table once") for t in tables if names.count(t.name) > 1
    ]
    if wrong:
        raise DataError(*wrong)
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


class _Constraints(BaseModel):
    required: bool = False
    pattern: str = ""
    enum: list[str] = []


class _Field(BaseModel):
    name: str
    type: Literal["string", "integer", "number", "date"]
    description: str
    constraints: _Constraints = _Constraints()


class _Target(BaseModel):
    resource: str


class _Key(BaseModel):
    fields: str
    reference: _Target


class _Schema(BaseModel):
    fields: list[_Field]
    primaryKey: list[str]  # noqa: N815 - the name Frictionless gives it
    foreignKeys: list[_Key] = []  # noqa: N815


class _Resource(BaseModel):
    model_config = ConfigDict(protected_namespaces=())

    name: str
    description: str
    path: str | list[str]
    folder: str = ""
    table: _Schema = Field(alias="schema")


class _Package(BaseModel):
    resources: list[_Resource]


def _first(error: ValidationError) -> Fault:
    """Tell the first thing that the package lacks or has in another form."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    found = "" if first["type"] == "missing" else reprlib.repr(first["input"])
    told = f"{place}: {found}".removesuffix(": ")
    return fault("package_unreadable", file=PACKAGE, column=place, found=told)


def _wrong(
    table: Table, tables: Sequence[Table], known: Mapping[str, Sequence[str]]
) -> Iterator[Fault]:
    """List what in the description of a table cannot be, or stands there twice.

    known are the names of every table's columns.
    """
    outside = [path for path in table.paths if not _inside(path)]
    yield from (fault("path_outside", file=PACKAGE, found=path) for path in outside)
    others = {path for other in tables if other is not table for path in other.paths}
    twice = {path for path in table.paths if path in others or table.paths.count(path) > 1}
    yield from (_entry(table, "path", path, "each file once") for path in sorted(twice))
    yield from _foldered(table)
    columns = ", ".join(table.names)
    missing = [name for name in table.key if name not in table.names]
    yield from (_entry(table, "primaryKey", name, columns) for name in missing)
    for reference in table.references:
        if reference.column not in table.names:
            yield _entry(table, "foreignKeys", reference.column, columns)
        if "id" not in known.get(reference.table, ()):
            yield _entry(table, "foreignKeys", reference.table, " | ".join(known))
    for column in table.columns:
        yield from _pattern(table, column)


def _foldered(table: Table) -> Iterator[Fault]:
    """Files of editions lie in the table's folder, where none need be; any other table has one."""
    if not table.folder and len(table.paths) != 1:
        found = ", ".join(table.paths)
        yield _entry(table, "path", found, "one file, or a folder for one file an edition")
    for path in table.paths if table.folder else ():
        if path.rpartition("/")[0] != table.folder:
            yield _entry(table, "path", path, f"{table.folder}/<edition>.csv")


def _pattern(table: Table, column: Column) -> Iterator[Fault]:
    try:
        with warnings.catch_warnings(action="error", category=FutureWarning):
            re.compile(column.pattern)  # warns of what another Python may read otherwise
    except (re.error, FutureWarning) as error:
        yield _entry(table, column.name, column.pattern, f"a regular expression ({error})")


def _entry(table: Table, column: str, found: str, wanted: str) -> Fault:
    return fault(
        "package_entry", file=PACKAGE, column=column, found=found, wanted=wanted, name=table.name
    )


def _inside(path: str) -> bool:
    return not path.startswith("/") and "\\" not in path and ".." not in path.split("/")


def _table(resource: _Resource) -> Table:
    schema = resource.table
    paths = [resource.path] if isinstance(resource.path, str) else resource.path
    return Table(
        name=resource.name,
        description=resource.description,
        paths=tuple(paths),
        folder=resource.folder,
        columns=tuple(_column(entry) for entry in schema.fields),
        key=tuple(schema.primaryKey),
        references=tuple(
            Reference(entry.fields, entry.reference.resource or resource.name)
            for entry in schema.foreignKeys
        ),
    )


def _column(entry: _Field) -> Column:
    own = entry.constraints
    return Column(
        entry.name, entry.type, entry.description, own.required, own.pattern, tuple(own.enum)
    )
