"""Memory that a build gives back, or never takes."""

import ctypes
import gc
import sys
from contextlib import suppress


def spare_a_grammar() -> None:
    """Let jsonschema, which reads notebooks, do without a parser of international addresses.

    It would build the grammar when it is loaded, a second of work and 15 megabytes, to check a
    format that no notebook has.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def give_back() -> None:
    """Give the system back the memory that this process has freed, where it knows how."""
    gc.collect()
    with suppress(OSError, AttributeError, TypeError):  # no such function but in the GNU C library
        ctypes.CDLL(None).malloc_trim(0)
