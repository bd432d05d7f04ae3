"""Tables: the validated data of the project."""

from halfyear.data import change, checks
from halfyear.data.frames import Tables
from halfyear.errors import DataError
from halfyear.project import Project

__all__ = ["Tables", "load"]


def load(project: Project) -> Tables:
    """Read and check every table, after a change that was cut off is finished or put back.

    Raises DataError with all problems at once.
    """
    change.recover(project)
    tables, problems = checks.examine(project)
    if problems:
        raise DataError(*problems)
    return tables
