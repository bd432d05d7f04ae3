"""What all verbs share: readable errors and the usual period."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from halfyear.errors import HalfyearError

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
