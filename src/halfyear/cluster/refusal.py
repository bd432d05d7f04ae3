"""Refusals: why editions are not built on a cluster, told in Vietnamese and English."""

from halfyear.document.refusal import tell
from halfyear.errors import Problem


def refusal(code: str, *, file: str = "", **slots: object) -> Problem:
    """Tell a refusal; slots fill the gaps of the texts."""
    return tell(code, Problem("", file), slots, "halfyear.cluster")
