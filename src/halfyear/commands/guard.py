"""What verbs share: the usual period and the last build."""

from pathlib import Path
from typing import TYPE_CHECKING

from halfyear.errors import BuildError, Problem
from halfyear.project import Project

if TYPE_CHECKING:
    from halfyear.edition import Edition
    from halfyear.results import Results

DEFAULT_PERIOD = "2026-H1"


def built(period: str) -> Path:
    """Folder of the last build of an edition."""
    project = Project.find()
    return project.build / str(project.named(period))


def last_build(period: str) -> "tuple[Edition, Results]":
    """Open an edition and the results of its last build; raises BuildError where none was made."""
    from halfyear.edition import Edition
    from halfyear.results import Results

    edition = Edition.open(period)
    results = built(period) / "results.json"
    if not results.is_file():
        mend = f"halfyear report {period} computes them"
        raise BuildError(Problem("no results of this period", file=str(results), mend=mend))
    return edition, Results.load(results)
