"""Terms: where a text names an indicator of the codelist."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from halfyear.intake.language.syllables import Word, content

_STOP = re.compile(r"[;:().0-9]")
_QUALIFIER = re.compile(r"\([^)]*[^\W\d_A-ZĐ][^)]*\)")
_INSIDE = re.compile(r"\(([^)]*)\)")
_YEAR_OF_PRICES = re.compile(r"_[0-9]{4}$")
_ASIDE = re.compile(r"\(\s*[A-ZĐ]{2,6}\s*\)")
_STANDING = re.compile(r"còn hiệu lực|lũy kế|đang hoạt động", re.IGNORECASE)
_LEADS = ("tỷ lệ", "tỷ trọng", "sản lượng", "diện tích", "vụ", "chỉ số", "mức độ")
SHORT_PART = 3
PREFIX_LEAST = 4
PREFIX_SHARE = 0.6


@dataclass(frozen=True)
class Mention:
    """A place in the text that names an indicator.

        whole are the indicators it names by itself, parts those it names only where their whole is
        being talked about; share is how much of the name stands there, 1 for all of it. exact are
    those of whose name nothing in brackets is left out, such as "(giá hiện hành)"; loose are parts
        that only follow a colon in their names, and so say nothing without their whole.
    """

    start: int
    end: int
    whole: tuple[str, ...]
    parts: tuple[str, ...]
    share: float = 1.0
    exact: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()


@dataclass
class Terms:
    """The names of every indicator, by their folded syllables."""

    whole: dict[tuple[str, ...], list[str]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[tuple[str, ...], list[str]] = field(default_factory=lambda: defaultdict(list))
    prefixes: dict[tuple[str, ...], dict[str, float]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    parents: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    keys: dict[str, list[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(list))
    parted: dict[tuple[str, ...], set[int]] = field(default_factory=lambda: defaultdict(set))
    reach: dict[str, int] = field(default_factory=dict)
    qualified: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    prices: dict[str, str] = field(default_factory=dict)
    loose: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    standing: set[str] = field(default_factory=set)
    ranks: dict[str, tuple[str, bool]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> "Terms":
        """Take the names, short names and synonyms of rows of indicators.csv."""
        terms = cls()
        kept = list(rows)
        names = {row["id"]: [key for key, _ in _keys(row["name_vi"])] for row in kept}
        for row in kept:
            code = row["id"]
            terms.parents[code], terms.units[code] = row["parent"], row["unit"]
            terms.kinds[code] = row["kind"]
            terms.prices[code] = _price(row)
            if _STANDING.search(row["name_vi"]):
                terms.standing.add(code)
            for name in (row["name_vi"], row["name_short_vi"], *row["synonyms"].split(";")):
                for key, parted in _keys(name):
                    terms._add(code, key, names.get(row["parent"], []))
                    terms.parted[key] |= parted
                if _QUALIFIER.search(name):
                    terms.qualified[_folded(_INSIDE.sub(" ", name))].add(code)
                part = _after_colon(name)
                if part and row["parent"]:
                    terms.parts[part].append(code)
                    terms.loose.add((code, part))
        terms._rank_of(kept)
        terms._free_of_ranks()
        for key in (*terms.whole, *terms.parts):
            terms.reach[key[0]] = max(terms.reach.get(key[0], 0), len(key))
        return terms

    def _rank_of(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Find whose rank each rank is, and whether it is that of its growth."""
        for row in rows:
            head = _folded(row["name_vi"].partition(":")[0]) if row["kind"] == "rank" else ()
            ends = (head[start:] for start in range(1, len(head)))
            for code in (code for end in ends for code in self.whole.get(end, [])):
                if self.kinds[code] != "rank" and code not in self.ranks:
                    self.ranks[code] = (row["id"], "tăng" in head)

    def _free_of_ranks(self) -> None:
        """Let "tốc độ tăng trưởng GRDP" name growth, not the rank that its growth has."""
        for key in list(self.whole):
            ranks = [code for code in self.whole[key] if self.kinds[code] == "rank"]
            ends = (self.whole.get(key[start:], []) for start in range(1, len(key)))
            if ranks and any(self.kinds[code] != "rank" for end in ends for code in end):
                self.whole[key] = [code for code in self.whole[key] if code not in ranks]
                if not self.whole[key]:
                    del self.whole[key]
        for key, begun in list(self.prefixes.items()):
            left = {c: s for c, s in begun.items() if self.kinds[c] != "rank" or "hạng" in key}
            if left:
                self.prefixes[key] = left
            else:
                del self.prefixes[key]

    def family(self, code: str) -> list[str]:
        """Give an indicator and the wholes it is part of, nearest first."""
        found = [code]
        while (code := self.parents.get(code, "")) and code not in found:
            found.append(code)
        return found

    def root(self, code: str) -> str:
        """Give the whole that an indicator is part of in the end: itself where it is of none."""
        return self.family(code)[-1] if code else ""

    def find(self, text: str, names: Iterable[str] = ()) -> list[Mention]:
        """Give the mentions in a text, the longest at each place, none overlapping."""
        spread = content(text, names)
        found: list[Mention] = []
        at = 0
        while at < len(spread):
            length = next(self._lengths(text, spread, at), 0)
            if length:
                found.append(self._mention(spread[at : at + length]))
            at += length or 1
        following = [*found[1:], None][: len(found)]
        pairs = zip(found, following, strict=True)
        return [one for one, after in pairs if not _leads(text, one, after)]

    def sibling(self, code: str, words: tuple[str, ...]) -> str:
        """Give the indicator whose name is the beginning of another's and these words, if any.

        After "người tham gia bảo hiểm xã hội", "bảo hiểm y tế" is short for its participants.
        """
        for key in self.keys.get(code, []):
            for length in range(len(key) - 1, 1, -1):
                found = set(self.whole.get(key[:length] + words, []))
                if len(found) == 1:
                    return found.pop()
        return ""

    def _lengths(self, text: str, spread: list[Word], at: int) -> Iterator[int]:
        most = self.reach.get(spread[at].text, 0)
        for length in range(min(most, len(spread) - at), 0, -1):
            taken = spread[at : at + length]
            key = tuple(word.text for word in taken)
            known = key in self.whole or key in self.parts
            begun = key in self.prefixes and not self._holds_name(key)
            if (known or begun) and self._whole(text, taken, key, known):
                yield length

    def _holds_name(self, key: tuple[str, ...]) -> bool:
        """Tell whether the beginning of a name ends with the whole name of another."""
        begun = set(self.prefixes[key])
        ends = (key[start:] for start in range(1, len(key)))
        return any(begun.isdisjoint(self.whole[end]) for end in ends if end in self.whole)

    def _whole(self, text: str, taken: list[Word], key: tuple[str, ...], known: bool) -> bool:
        """Tell whether nothing parts the words of a name that does not part the name itself."""
        for number, (one, other) in enumerate(pairwise(taken), 1):
            between = _ASIDE.sub("", text[one.end : other.start])
            if _STOP.search(between):
                return False
            if "," in between and not (known and number in self.parted[key]):
                return False
        return True

    def _mention(self, spread: list[Word]) -> Mention:
        key = tuple(word.text for word in spread)
        whole, parts = self.whole.get(key, []), self.parts.get(key, [])
        span = (spread[0].start, spread[-1].end)
        if whole or parts:
            exact = tuple(sorted(set(whole) - self.qualified.get(key, set())))
            loose = tuple(code for code in parts if (code, key) in self.loose)
            named = tuple(sorted(set(whole))), tuple(sorted(set(parts)))
            return Mention(*span, *named, exact=exact, loose=loose)
        begun = self.prefixes[key]
        return Mention(*span, tuple(sorted(begun)), (), max(begun.values()))

    def _add(self, code: str, key: tuple[str, ...], parent: list[tuple[str, ...]]) -> None:
        if not key:
            return
        self.keys[code].append(key)
        shared = {word for name in parent for word in name}
        bare = {
            name[len(own) :]
            for name in self.keys[code]
            for own in self.keys[self.root(code)]
            if name[: len(own)] == own
        }
        if parent and (key in bare or (len(key) <= SHORT_PART + 2 and not shared & set(key))):
            self.parts[key].append(code)
        else:
            self.whole[key].append(code)
        for name in parent:
            if key[: len(name)] == name and len(key) > len(name) + 1:
                self.parts[key[len(name) :]].append(code)
        least = max(PREFIX_LEAST, round(PREFIX_SHARE * len(key)))
        for length in range(least, len(key)):
            begun = self.prefixes[key[:length]]
            begun[code] = max(begun.get(code, 0), length / len(key))


@lru_cache(maxsize=8192)
def _keys(name: str) -> tuple[tuple[tuple[str, ...], frozenset[int]], ...]:
    """Give the ways a name may be written: without its brackets, what stands in them.

    With each way come the positions of words that a comma, dash or "và" parts from the last.
    """
    bare = _INSIDE.sub(" ", name)
    ways = [name, bare, *(part for part in _INSIDE.findall(name) if part.isupper())]
    head, colon, tail = bare.partition(":")
    if colon:
        ways = [f"{head} {tail}", *([head] if "hạng" in tail else [])]
    found: dict[tuple[str, ...], set[int]] = {}
    for way in ways:
        spread = content(way)
        found[tuple(word.text for word in spread)] = {
            number for number, word in enumerate(spread) if word.parted
        }
    for key, parted in list(found.items()):
        for lead in _LEADS:
            start = tuple(lead.split())
            if key[: len(start)] == start and len(key) >= len(start) + SHORT_PART:
                found[key[len(start) :]] = {number - len(start) for number in parted}
    return tuple((key, frozenset(parted)) for key, parted in sorted(found.items()) if key)


def _leads(text: str, one: Mention, after: Mention | None) -> bool:
    """Tell whether the beginning of a name only leads to a whole one, as "tốc độ tăng" to GRDP."""
    if after is None or one.share == 1 or after.share < 1 or not after.whole:
        return False
    return not text[one.end : after.start].strip()


def _price(row: Mapping[str, Any]) -> str:
    """Name the price base of an indicator: that of its unit, else the one its name states."""
    if _YEAR_OF_PRICES.search(row["unit"]):
        return "constant"
    return "current" if "giá hiện hành" in row["name_vi"].casefold() else ""


def _after_colon(name: str) -> tuple[str, ...]:
    return _folded(_INSIDE.sub(" ", name).partition(":")[2])


def _folded(name: str) -> tuple[str, ...]:
    return tuple(word.text for word in content(name))
