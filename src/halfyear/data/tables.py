"""Tables: the validated data of the project."""

from halfyear.data import checks
from halfyear.data.frames import Tables
from halfyear.errors import DataError
from halfyear.project import Project

__all__ = ["Tables", "load"]


def load(project: Project) -> Tables:
    """Read and check every table; raises DataError with all problems at once."""
    tables, problems = checks.examine(project)
    if problems:
        raise DataError(*problems)
    return tables
