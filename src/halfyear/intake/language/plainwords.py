"""Plain words: those that say nothing about what a figure is of."""

import re
from functools import cache
from importlib.resources import files

from halfyear.intake.language.syllables import folded


@cache
def _plain() -> "re.Pattern[str]":
    text = (files(__package__) / "plainwords.txt").read_text(encoding="utf-8")
    phrases = sorted({folded(line) for line in text.splitlines() if line}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")


def residue(text: str) -> str:
    """Give the words of a text that may tell what a figure is of; numerals tell nothing."""
    left = _plain().sub(" ", folded(text))
    return " ".join(
        word for word in left.split() if not word.isdigit() and (len(word) > 1 or word in "yô")
    )
