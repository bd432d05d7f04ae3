"""Checks of the tables: everything that is wrong, at once."""

from collections.abc import Sequence

from halfyear.data import corrections, frames
from halfyear.data.checks import codes, figures, identities, keys, statements, targets, times
from halfyear.data.checks.listed import listing
from halfyear.data.frames import Reading, Tables
from halfyear.data.schema import read as read_schema
from halfyear.errors import DataError, Problem
from halfyear.project import Project

__all__ = ["examine", "listing", "problems"]


def examine(project: Project) -> tuple[Tables, list[Problem]]:
    """Read the tables, corrected where corrections.yml says so, with everything wrong in them."""
    reading = frames.read(project)
    found: list[Problem] = [*reading.faults, *_meaning(project, reading)]
    try:
        register = corrections.load(project)
    except DataError as error:
        return reading.tables, _sorted([*found, *error.problems])
    violations = [] if reading.broken else identities.violations(reading.tables)
    found.extend(corrections.settle(register, violations, reading.tables))
    return corrections.applied(register, reading.tables), _sorted(found)


def problems(project: Project) -> list[Problem]:
    """List everything wrong with the data, in the order of files and rows."""
    try:
        return examine(project)[1]
    except DataError as error:
        return list(error.problems)


def _meaning(project: Project, reading: Reading) -> Sequence[Problem]:
    schema = read_schema(project)
    return [
        *keys.faults(schema, reading),
        *codes.faults(reading.tables),
        *times.faults(reading.tables),
        *targets.faults(reading.tables),
        *figures.faults(reading),
        *statements.faults(reading),
    ]


def _sorted(found: list[Problem]) -> list[Problem]:
    return sorted(found, key=lambda p: (p.file, p.row or 0, p.column, p.what))
