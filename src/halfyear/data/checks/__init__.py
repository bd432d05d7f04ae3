"""Checks of the tables: everything that is wrong, at once, and each cause once."""

from collections.abc import Iterable

from halfyear.data import content, corrections, frames
from halfyear.data.checks import (
    codes,
    figures,
    identities,
    keys,
    placed,
    plausibility,
    sound,
    statements,
    targets,
    times,
)
from halfyear.data.checks.listed import listing
from halfyear.data.corrections import Correction
from halfyear.data.frames import Reading, Tables
from halfyear.data.schema import read as read_schema
from halfyear.errors import DataError, Problem
from halfyear.project import Project

__all__ = ["examine", "know", "listing", "problems"]

_KEPT: content.Kept[tuple[Tables, list[Problem]]] = content.Kept()


def examine(project: Project) -> tuple[Tables, list[Problem]]:
    """Read the tables, corrected where corrections.yml says so, with everything wrong in them.

    A row that is wrong by itself is left out of what follows, and what needs every row waits
    until all rows stand: one wrong cell gives one problem. Data that are the same to the byte are
    examined once a process; whoever changes the tables changes his copy.
    """
    tables, found = _KEPT.answer(project, _examined)
    return tables.copied(), list(found)


def know(digest: str, tables: Tables) -> None:
    """Let tables in which nothing was wrong stand for the data of a digest; see content.of."""
    _KEPT.keep(digest, (tables, []))


def _examined(project: Project) -> tuple[Tables, list[Problem]]:
    reading = frames.read(project)
    found = _rows(project, reading)
    try:
        register = corrections.load(project)
    except DataError as error:
        return reading.tables, _sorted([*found, *error.problems])
    found += corrections.repeated(register)
    if not found:
        found += [*keys.operands(reading.tables), *statements.operands(reading.tables)]
    if not found:
        found += _identities(reading.tables, register)
    return corrections.applied(register, reading.tables), _sorted(found)


def problems(project: Project) -> list[Problem]:
    """List everything wrong with the data, in the order of files and rows."""
    try:
        return examine(project)[1]
    except DataError as error:
        return list(error.problems)


def _rows(project: Project, reading: Reading) -> list[Problem]:
    """List the faults of cells, then of the keys of whole rows, then of what the rows mean."""
    found: list[Problem] = [*reading.faults]
    found += keys.faults(read_schema(project), sound.rows(reading.tables, found), reading)
    tables = sound.rows(reading.tables, found)
    found += codes.faults(tables, reading.broken)
    found += placed.faults(tables, reading.broken)
    found += times.faults(tables)
    found += targets.faults(tables)
    found += statements.faults(tables, reading)
    found += figures.faults(sound.rows(reading.tables, found), reading)
    return found


def _identities(tables: Tables, register: Iterable[Correction]) -> list[Problem]:
    broken = [*identities.violations(tables), *plausibility.violations(tables)]
    return [*corrections.settle(tuple(register), broken, tables)]


def _sorted(found: list[Problem]) -> list[Problem]:
    return sorted(found, key=lambda p: (p.file, p.row or 0, p.column, p.what))
