"""Labels of the rows of a table: the indicator each names, as part of the whole above it."""

import re
from dataclasses import dataclass, field

from halfyear.intake.language.bilingual import native
from halfyear.intake.language.plainwords import residue
from halfyear.intake.language.syllables import asides, folded
from halfyear.intake.language.terms import Mention, Terms
from halfyear.intake.reader import narrowing
from halfyear.intake.reader.captions import caption
from halfyear.intake.reason import Reason

_PART = re.compile(r"\s*(?:[-+•–]|trong đó|tr\.?\s*đó|gồm)", re.IGNORECASE)
_BY = re.compile(r"\s*(?:phân|chia) theo\b", re.IGNORECASE)
_CONSTANT = re.compile(r"giá so sánh(?: năm)?(?: 2010)?", re.IGNORECASE)
_CURRENT = re.compile(r"(?:theo\s+)?giá (?:hiện hành|thực tế)", re.IGNORECASE)
_RANK = re.compile(r"hạng|thứ|vị trí", re.IGNORECASE)
_RATE = re.compile(r"(?:tốc độ|mức) (?:tăng trưởng|tăng)|tăng trưởng", re.IGNORECASE)
_NO_BRACKETS = str.maketrans("()", "  ")
SURE = 0.8
BY_CAPTION = 0.95
TOTALS = ("tổng số", "tổng cộng", "tổng", "toàn ngành", "toàn ngành công nghiệp", "chung")
CONSTANT_UNITS = {unit: f"{unit}_2010" for unit in ("m_vnd", "bn_vnd", "tn_vnd")}


@dataclass(frozen=True)
class Named:
    """The indicator a label names, how sure that is, and why it is doubted."""

    code: str = ""
    certainty: float = 0.3
    reason: Reason | None = None


@dataclass
class Labels:
    """Names the rows of one table from top to bottom; topic is the whole its rows are at."""

    terms: Terms
    names: tuple[str, ...] = ()
    topic: str = ""
    whole_known: bool = True
    caption: Named = field(default_factory=Named)
    measure: str = ""

    def head(self, above: str) -> None:
        """Take what the line above the table names for the whole that its rows are at.

        measure is what the line says that all figures of the table are, such as shares.
        """
        told = caption(above)
        if told is None:
            return
        named = self.read(told.name) if told.name else self.caption
        if told.measure == "share":
            named = Named(self._current(named.code), named.certainty, named.reason)
        self.measure = told.measure or self.measure
        if named.code and named.certainty > SURE:
            self.caption, self.topic = named, named.code

    def enter(self, label: str) -> Named:
        """Name a row, and remember what the rows below it may be parts of."""
        label = native(label)
        if _BY.match(label):
            self.topic, self.whole_known = self.caption.code, True
            return Named()
        named = self.read(label)
        if self.caption.code and folded(label) in TOTALS:
            named = Named(self.caption.code, self.caption.certainty * BY_CAPTION)
        elif self._strange(named.code):
            name = self.caption.code
            named = Named(named.code, named.certainty * 0.4, Reason.of("caption_other", name=name))
        part = bool(_PART.match(label))
        if part and not self.whole_known and not self.topic:
            named = Named(named.code, named.certainty * 0.5, named.reason)
        if not part and label:
            self.whole_known = bool(named.code)
            self.topic = self.topic if named.code else ""
        if named.code and named.certainty > SURE:
            self.topic = named.code
        return named

    def _current(self, code: str) -> str:
        """Give the indicator of the same name at current prices, which a structure is of."""
        if self.terms.prices.get(code) != "constant":
            return code
        keys = self.terms.keys[code]
        twins = {one for key in keys for one in self.terms.whole.get(key, [])}
        current = sorted(one for one in twins if self.terms.prices[one] == "current")
        return current[0] if len(current) == 1 else code

    def _strange(self, code: str) -> bool:
        """Tell whether a part is none of what the caption names, as an owner of GRDP."""
        parents = self.terms.parents
        if not self.caption.code or not parents.get(code):
            return False
        return self.terms.root(code) != self.terms.root(self.caption.code)

    def constant(self, code: str, near: str) -> bool:
        """Tell whether an indicator is valued at constant prices and words near a figure say so."""
        return self._at_constant(code) and bool(_CONSTANT.search(near))

    def read(self, label: str) -> Named:
        """Name a row by its label alone."""
        text = label.strip(" -+•")
        found = self._mentions(text)
        if found and not _RANK.search(text) and all(map(self._ranks, found)):
            found = self._mentions(_RATE.sub(lambda match: " " * len(match.group()), text))
        if not found:
            return Named("", 0.3, Reason.of("row_unlisted"))
        whole = max(found, key=lambda one: one.end - one.start)
        code, certainty = self._choice(whole)
        beside = _quiet(f"{text[: whole.start]} {text[whole.end :]}")
        other = narrowing.narrowed(text[: whole.start], text[whole.end :], code, self.terms)
        other = other or narrowing.changed(beside, code, self.terms)
        if other:
            return Named(code, certainty * 0.5, Reason.of("words_beside_name", words=other))
        rest = residue(self._price(code).sub(" ", beside))
        if rest:
            return Named(code, certainty * 0.6, Reason.of("words_beside_name", words=rest))
        return Named(code, certainty * min(1.0, whole.share + 0.15))

    def _price(self, code: str) -> "re.Pattern[str]":
        """Give the words of prices that an indicator is valued at, and that tell nothing more."""
        if self._at_constant(code) or self.terms.prices.get(code) == "constant":
            return _CONSTANT
        return _CURRENT

    def _at_constant(self, code: str) -> bool:
        return self.terms.units.get(code, "") in CONSTANT_UNITS.values()

    def _mentions(self, text: str) -> list[Mention]:
        spread = text.translate(_NO_BRACKETS)
        return [*self.terms.find(text, self.names), *self.terms.find(spread, self.names)]

    def _ranks(self, mention: Mention) -> bool:
        named = (*mention.whole, *mention.parts)
        return all(self.terms.kinds.get(code) == "rank" for code in named)

    def _choice(self, mention: Mention) -> tuple[str, float]:
        near = set(self.terms.family(self.topic)) if self.topic else set()
        parts = [p for p in mention.parts if set(self.terms.family(p)[1:]) & near]
        inside = [p for p in mention.whole if set(self.terms.family(p)[1:]) & near]
        for group, certainty in (
            (sorted({*parts, *inside}), 1.0),
            (list(mention.whole), 1.0),
            (list(mention.parts), 0.5),
        ):
            if group:
                nearest = [p for p in group if self.terms.parents[p] in near] or group
                exact = [p for p in nearest if p in mention.exact]
                chosen = exact if len(nearest) > 1 and len(exact) == 1 else nearest
                return chosen[0], certainty if len(chosen) == 1 else 0.5
        return "", 0.3


def _quiet(beside: str) -> str:
    """Blank abbreviations in brackets, which only repeat the name."""
    for start, end in asides(beside):
        beside = f"{beside[:start]}{' ' * (end - start)}{beside[end:]}"
    return beside
