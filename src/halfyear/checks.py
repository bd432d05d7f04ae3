"""Checks of the tables: everything that is wrong, at once."""

from collections.abc import Sequence

from halfyear import frames
from halfyear.errors import Problem
from halfyear.frames import Reading
from halfyear.project import Project


def examine(project: Project) -> tuple[Reading, Sequence[Problem]]:
    """Read the tables and list everything wrong with them."""
    reading = frames.read(project)
    return reading, reading.faults


def problems(project: Project) -> list[Problem]:
    """List everything wrong with the data, in the order of files and rows."""
    return list(examine(project)[1])
