"""The JSON files of a build: read in the form they were written in, or told to be torn."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from halfyear.errors import BuildError, Problem

T = TypeVar("T")
BROKEN = (
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError),
    RecursionError,
)


def read(path: Path, form: Callable[[Any], T]) -> T:
    """Read a file that a build has left, and give what `form` makes of its content.

    Raises BuildError where it is no longer as it was written, FileNotFoundError where it is gone.
    """
    try:
        return form(json.loads(path.read_text(encoding="utf-8")))
    except BROKEN as error:
        raise BuildError(_torn(path, error)) from error


def _torn(path: Path, error: Exception) -> Problem:
    found = f"{type(error).__name__}: {error}"
    return Problem(
        "a file of the last build is broken",
        file=str(path),
        expected="the file as the build wrote it",
        found=found,
        mend="build the edition again",
        vi=Problem(
            "tệp của lần làm báo cáo trước bị hỏng",
            file=str(path),
            expected="tệp như lúc được ghi",
            found=found,
            mend="làm lại báo cáo của kỳ này",
        ),
    )
