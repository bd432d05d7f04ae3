"""Causes: what an exception of a library means to whoever can mend it."""

import errno
import json
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from halfyear.commands.speech import language, words
from halfyear.errors import Problem

_NUMBERS = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EACCES: "no_right",
    errno.EPERM: "no_right",
    errno.EROFS: "no_right",
    errno.ENOENT: "file_gone",
    errno.EISDIR: "not_a_file",
    errno.ENOTDIR: "not_a_folder",
    errno.EMFILE: "too_many_open",
}
_KINDS = {
    "yaml.YAMLError": "not_yaml",
    "builtins.UnicodeDecodeError": "not_utf8",
    "json.JSONDecodeError": "not_json",
    "nbformat.NotJSONError": "not_notebook",
    "nbformat.ValidationError": "not_notebook",
    "nbformat.NBFormatError": "not_notebook",
    "jsonschema.ValidationError": "not_notebook",
    "jupyter_client.NoSuchKernel": "no_kernel",
    "nbclient.DeadKernelError": "kernel_died",
    "jinja2.TemplateNotFound": "template_gone",
    "jinja2.TemplateError": "template_broken",
    "fontTools.TTLibError": "font_broken",
    "zipfile.BadZipFile": "package_broken",
    "openpyxl.IllegalCharacterError": "control_character",
    "openpyxl.InvalidFileException": "package_broken",
    "pypdf.PyPdfError": "pdf_broken",
    "cryptography.UnsupportedAlgorithm": "pdf_broken",
    "builtins.RecursionError": "too_deep",
    "builtins.MemoryError": "no_memory",
    "builtins.OSError": "file_fault",
}
INTERNAL = "internal"
FIRST_YEAR = 1980  # of the dates in a ZIP archive


def kind(error: BaseException) -> str:
    """Name the cause of an exception; "internal" where only the program can be at fault."""
    if isinstance(error, OSError) and error.errno in _NUMBERS:
        return _NUMBERS[error.errno]
    names = (f"{cls.__module__.partition('.')[0]}.{cls.__name__}" for cls in type(error).__mro__)
    return next((_KINDS[name] for name in names if name in _KINDS), INTERNAL)


def clock() -> Problem | None:
    """What is wrong with the machine's clock, where office files cannot hold its date."""
    year = time.localtime().tm_year
    if year >= FIRST_YEAR:
        return None
    texts: dict[str, dict[str, str]] = words()["causes"]["clock"]
    what, expected, mend = (texts[part][language()] for part in ("what", "expected", "mend"))
    return Problem(what, expected=expected, found=str(year), mend=mend)


def problem(error: BaseException, log: str) -> Problem:
    """Tell an exception as one problem with its place, in the language of the command."""
    texts: dict[str, dict[str, str]] = words()["causes"][kind(error)]
    what, expected, mend = (texts[part][language()] for part in ("what", "expected", "mend"))
    file, row, column = _place(error)
    return Problem(
        what=what,
        file=file,
        row=row,
        column=column,
        expected=expected,
        found=_found(error),
        mend=f"{mend}; {words()['said']['log'][language()].format(log=log)}",
    )


def _found(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    first = (str(getattr(error, "problem", "") or error).strip().splitlines() or [""])[0]
    return f"{type(error).__name__}: {first}"[:300]


def _place(error: BaseException) -> tuple[str, int | None, str]:
    """Give file, row and column: what the exception says, else the file that was being read."""
    mark: Any = getattr(error, "problem_mark", None)
    if mark is not None:
        return _open_file(error), mark.line + 1, str(mark.column + 1)
    if isinstance(error, UnicodeDecodeError):
        return _open_file(error), error.object[: error.start].count(b"\n") + 1, ""
    if isinstance(error, json.JSONDecodeError):
        return _open_file(error), error.lineno, str(error.colno)
    number = getattr(error, "lineno", None)
    named = getattr(error, "filename", None) or getattr(error, "name", None)
    row = number if isinstance(number, int) else None
    return (str(named) if named else _open_file(error)), row, ""


def _open_file(error: BaseException) -> str:
    """Give the last file that the package's own code held when the exception came."""
    held: list[str] = []
    for names in _frames(error.__traceback__):
        paths = [value for value in names.values() if isinstance(value, Path)]
        held += [str(path) for path in paths if path.is_file()]
    return held[-1] if held else ""


def _frames(trace: TracebackType | None) -> Iterator[dict[str, Any]]:
    while trace is not None:
        if str(trace.tb_frame.f_globals.get("__name__", "")).startswith("halfyear"):
            yield dict(trace.tb_frame.f_locals)
        trace = trace.tb_next
