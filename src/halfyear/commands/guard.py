"""What verbs share: the usual period and the last build."""

from typing import TYPE_CHECKING

from halfyear.errors import BuildError, Problem
from halfyear.project import Project

if TYPE_CHECKING:
    from halfyear.edition import Edition
    from halfyear.results import Results

DEFAULT_PERIOD = "2026-H1"


def last_build(period: str) -> "tuple[Edition, Results]":
    """Open an edition and the results of its last build; raises BuildError where none was made."""
    from halfyear.edition import Edition
    from halfyear.results import Results

    edition = Edition.open(period)
    built = Project.find().build / period / "results.json"
    if not built.is_file():
        mend = f"halfyear report {period} computes them"
        raise BuildError(Problem("no results of this period", file=str(built), mend=mend))
    return edition, Results.load(built)
