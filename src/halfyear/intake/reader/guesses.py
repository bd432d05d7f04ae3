"""Guesses: indicators that share words with what stands around a figure; never ticked."""

import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from halfyear.data.units import Units
from halfyear.intake.language.plainwords import residue
from halfyear.intake.language.syllables import content
from halfyear.intake.language.terms import Terms
from halfyear.intake.layout.paragraphs import Paragraph
from halfyear.intake.proposal import Proposal
from halfyear.intake.reason import Reason

LEAST, MOST, BELOW = 0.45, 0.6, 0.45
FAR = 0.4


FOLLOWING = ("growth_yoy", "ratio_yoy", "multiple_yoy")


def _follows(before: Proposal, row: Proposal, text: str) -> bool:
    """Tell whether a change is that of the level guessed right before it."""
    guessed = Reason.of("guessed") in before.reasons and before.measure == "level"
    nameless = row.table == "observations" and row.measure in FOLLOWING and not row.indicator
    return guessed and nameless and not residue(text[before.last : row.first])


@dataclass(frozen=True)
class Name:
    """A way to name an indicator, its words with their weights."""

    code: str
    words: dict[str, float]

    def score(self, near: dict[str, float]) -> float:
        """Give the share of the name's weight that stands near, less for very short names."""
        shared = sum(weight * near[word] for word, weight in self.words.items() if word in near)
        if not shared:
            return 0
        return shared / sum(self.words.values()) * min(1.0, 0.55 + 0.15 * len(self.words))


@dataclass(frozen=True)
class Guesses:
    """Compares words around figures with the names of the codelist, rare words counting more."""

    terms: Terms
    units: Units
    names: tuple["Name", ...]

    @classmethod
    def of(cls, terms: Terms, units: Units) -> "Guesses":
        """Weigh each word by how few indicators have it in their names."""
        counts = Counter(
            word for keys in terms.keys.values() for word in {w for k in keys for w in k}
        )
        total = len(terms.keys) or 1
        weights = {word: math.log(1 + total / count) for word, count in counts.items()}
        names = [
            Name(code, {word: weights[word] for word in dict.fromkeys(key)})
            for code, keys in terms.keys.items()
            for key in dict.fromkeys(keys)
        ]
        return cls(terms, units, tuple(names))

    def fill(self, rows: list[Proposal], paragraph: Paragraph) -> None:
        """Name the indicator of levels that were left open, where one name stands out."""
        placed = sorted(rows, key=lambda row: row.first)
        for number, row in enumerate(placed):
            if row.table != "observations" or row.measure != "level" or row.confidence >= BELOW:
                continue
            start = placed[number - 1].last if number else 0
            end = placed[number + 1].first if number + 1 < len(placed) else len(paragraph.text)
            near = self._near(paragraph.plain, start, row, end)
            code, score = self._best(near, row)
            if code:
                self._take(row, code, score)
        for before, row in pairwise(placed):
            if _follows(before, row, paragraph.plain):
                row.indicator, row.confidence = before.indicator, min(MOST, before.confidence)
                row.reasons.append(Reason.of("guessed"))

    def _near(self, text: str, start: int, row: Proposal, end: int) -> dict[str, float]:
        """Weigh the words around a figure: those since the last one, then those before."""
        found: dict[str, float] = {}
        stretches = ((text[max(0, start - 200) : start], FAR), (text[start : row.first], 1.0))
        after = text[row.first : min(end, row.last + 80)].split(",")[0].split(";")[0].split(".")
        for stretch, weight in (*stretches, (" ".join(after[:2]), 1.0)):
            for word in content(stretch):
                found[word.text] = max(found.get(word.text, 0), weight)
        return found

    def _best(self, near: dict[str, float], row: Proposal) -> tuple[str, float]:
        fitting: dict[str, bool] = {}
        scores: dict[str, float] = {}
        for name in self.names:
            score = name.score(near)
            if score >= LEAST and fitting.setdefault(name.code, self._fits(name.code, row)):
                scores[name.code] = max(scores.get(name.code, 0), score)
        ranked = sorted(scores.items(), key=lambda entry: -entry[1])
        if not ranked or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
            return "", 0
        return ranked[0]

    def _fits(self, code: str, row: Proposal) -> bool:
        own = self.terms.units.get(code, "")
        if not row.printed_unit:
            return own not in ("pct", "index", "rank") and not own.endswith(("vnd", "usd"))
        return self.units.compatible(own, row.printed_unit)

    def _take(self, row: Proposal, code: str, score: float) -> None:
        own = self.terms.units[code]
        if row.printed_unit and row.value is not None:
            row.value = self.units.convert(row.value, row.unit or row.printed_unit, own)
        row.indicator, row.unit = code, own
        row.printed_unit = row.printed_unit or own
        row.confidence = min(MOST, 0.2 + 0.5 * score)
        row.reasons.append(Reason.of("guessed"))
