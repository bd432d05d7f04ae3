"""Refusals of a report or a review sheet, told in Vietnamese and English."""

from halfyear.document.refusal import tell
from halfyear.errors import Problem


def refusal(
    code: str, *, file: str = "", row: int | None = None, column: str = "", **slots: object
) -> Problem:
    """Tell why a report or a review sheet is refused; slots fill the gaps of the texts."""
    return tell(code, Problem("", file, row, column), slots, "halfyear.intake")
