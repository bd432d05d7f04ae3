"""What all verbs share: readable errors and the usual period."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from halfyear.errors import BuildError, HalfyearError, Problem
from halfyear.project import Project

if TYPE_CHECKING:
    from halfyear.edition import Edition
    from halfyear.results import Results

DEFAULT_PERIOD = "2026-H1"


def readable(step: Callable[..., None]) -> Callable[..., None]:
    """Turn the package's errors into lines on stderr and exit code 1."""

    @wraps(step)
    def guarded(*given: Any, **named: Any) -> None:
        try:
            step(*given, **named)
        except HalfyearError as error:
            for problem in error.problems:
                click.echo(f"error: {problem}", err=True)
            sys.exit(1)

    return guarded


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
