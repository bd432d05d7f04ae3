"""What a reader sees of executed notebooks, and what must not be seen there in any period."""

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat

from halfyear.key import Kind

ENGLISH = re.compile(
    r"\b(the|of|and|is|are|which|with|for|not|growth|plan|year|what|by|from|any)\b", re.IGNORECASE
)
VIETNAMESE = re.compile(r"\b(của|và|trong|được|chưa|tăng|các|năm|kỳ|theo|với)\b", re.IGNORECASE)
RAW_ID = re.compile(rf"\b(?:{'|'.join(sorted(kind.value for kind in Kind))}):[a-z]|@20\d\d")
PLUMBING = ("Decimal(", "Interval(", "Empty DataFrame", "Traceback")
QUOTED = re.compile("“[^”]*”")


def shown(path: Path) -> str:
    """The outputs of a published notebook as text, of a drawing its words."""
    cells = nbformat.read(path, as_version=4).cells
    return "\n".join(text for cell in cells for text in _texts(cell.get("outputs", [])))


def _texts(outputs: list[nbformat.NotebookNode]) -> Iterator[str]:
    for output in outputs:
        data = output.get("data", {})
        yield output.get("text", "")
        for kind in ("text/markdown", "image/svg+xml", "text/html", "text/plain"):
            if kind in data:
                yield re.sub(r"<style.*?</style>|<[^>]+>", " ", data[kind], flags=re.DOTALL)
                break


def flaws(text: str, language: str) -> list[str]:
    """Lines of outputs with a raw id, plumbing, or words of the other language."""
    foreign = ENGLISH if language == "vi" else VIETNAMESE
    return [
        line
        for line in text.splitlines()
        if RAW_ID.search(line)
        or any(word in line for word in PLUMBING)
        or foreign.search(QUOTED.sub("", line))
    ]
