"""The numerals of a page that need no id: at most five patterns of numbering and dates."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from halfyear import yamlfile
from halfyear.number import JOINER
from halfyear.proofs.page import Block

NAMES = ("page", "figure", "section", "date", "document")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9.,])")
_HEADING = re.compile(r"\s*(?:[A-Z]\.)?[0-9]{1,2}(?:\.[0-9]{1,2})*\.?\s")
_NUMERAL = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


def numerals(text: str) -> list[str]:
    """Numerals of a text in order; "," and "." belong to them only between digits."""
    return _NUMERAL.findall(text)


class Numbering:
    """Tells numerals of numbering, dates and document numbers from figures.

    years are those that ids of results name, with all between them, and those whose prices units
    are in; documents are the numbers and titles of the sources and the names of indicators as
    their tables print them.
    """

    def __init__(self, ids: Iterable[str], documents: Iterable[str], units: Iterable[str]) -> None:
        named = [int(year) for id in ids for year in _YEAR.findall(id)]
        bases = {int(year) for unit in units for year in _YEAR.findall(unit)}
        self.years = sorted({*range(min(named, default=0), max(named, default=0) + 1), *bases})
        self.documents = sorted({d for d in documents if numerals(d)}, key=len, reverse=True)

    @cached_property
    def rules(self) -> list[tuple[str, re.Pattern[str]]]:
        """Patterns in the order they are tried, longer things first."""
        year = "(?:" + "|".join(map(str, self.years)) + ")"
        rules = [("document", re.compile(re.escape(number), re.I)) for number in self.documents]
        for name, patterns in yamlfile.packed("halfyear.proofs", "patterns.yml").items():
            rules += [(name, re.compile(p.replace("{year}", year))) for p in patterns]
        return rules

    def sift(self, block: Block) -> tuple[Counter[str], list[str]]:
        """Count the numerals of each pattern in a block, and list those of none."""
        text, counts = block.bare.replace(JOINER, ""), Counter[str]()
        if block.row and text == str(block.row):
            return Counter(page=1), []
        if block.tag in ("h2", "h3", "h4") or "no" in block.classes or block.tag == "li":
            text = self._heading(block, text, counts)
        for name, rule in self.rules:
            for found in rule.findall(text):
                counts[name] += len(numerals(found))
            text = rule.sub(" ", text)
        return counts, numerals(text)

    @staticmethod
    def _heading(block: Block, text: str, counts: Counter[str]) -> str:
        found = _HEADING.match(text)
        if found is None or (block.tag == "li" and block.zone == "body"):
            return text
        counts["section"] += len(numerals(found.group()))
        return text[found.end() :]
