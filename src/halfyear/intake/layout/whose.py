"""Whose report it is: the place that its head, its issuer and its whole text name."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from halfyear.data.places import Place, Places
from halfyear.intake.language.syllables import folded
from halfyear.intake.layout.head import Head

OFTEN = 5
CLEARLY = 3
SHORT = 80
_NATION = re.compile(
    r"(?:^|\s)(?:CHÍNH PHỦ|QUỐC HỘI|TỔNG CỤC THỐNG KÊ|BỘ TÀI CHÍNH|BỘ KẾ HOẠCH|BỘ CÔNG THƯƠNG)"
    r"|^\W*CỤC THỐNG KÊ\W*$|(?:của|tình hình)[^.]{0,60}\bcả nước|^\W*[\w\s-]*\bcả nước\W*$"
)
_WHOLE = re.compile(r"\b(?:[Cc]ả nước|[Tt]oàn quốc|[Nn]ước ta)\b")
_RANK = re.compile(r"^(?:Thành phố|Tỉnh)\s+")
_TONES = (("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("uế", "uế"))


@dataclass(frozen=True)
class Whose:
    """Whether a report is surely of one place; reason is the code of what speaks against it."""

    reason: str = ""
    names: tuple[str, ...] = ()
    by_text: bool = False

    @property
    def sure(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reason


def tell(lines: Sequence[str], head: Head, places: Places, own: str, day: date) -> Whose:
    """Tell whether a report is of one place, own, whose id is given.

    day is that of the report: it tells whether former provinces count as those they were merged
    into.
    """
    gazetteer = Gazetteer(places, day)
    owner = gazetteer.shown(places.then(own, day))
    named = tuple(dict.fromkeys(gazetteer.owner(name) for name in head.places))
    counts = gazetteer.counts(lines)
    if named:
        others = tuple(name for name in named if name != owner)
        if others and owner not in named:
            return Whose("report_elsewhere", others)
        provinces = tuple(name for name in others if name in gazetteer.standing)
        if provinces:
            return Whose("report_several", provinces)
        return _mixed(lines, counts, owner, gazetteer)
    if any(_NATION.search(line) for line in head.lines):
        return Whose("report_nation")
    return _by_text(lines, counts, owner)


def _by_text(lines: Sequence[str], counts: Counter[str], owner: str) -> Whose:
    """Tell by what the text alone names, where the head names no place."""
    others = [name for name, _ in counts.most_common() if name != owner]
    whole = sum(len(_WHOLE.findall(line)) for line in lines)
    if whole > sum(counts.values()):
        return Whose("report_nation")
    if not counts:
        return Whose("report_placeless")
    if not counts[owner]:
        return Whose("report_elsewhere", tuple(others[:3]))
    if others and counts[owner] < CLEARLY * counts[others[0]]:
        return Whose("report_several", (others[0],))
    return Whose(by_text=True)


def _mixed(lines: Sequence[str], counts: Counter[str], owner: str, gazetteer: "Gazetteer") -> Whose:
    """Tell whether the text of a report of one place is also one of another."""
    often = [
        name
        for name, count in counts.items()
        if name != owner and count >= OFTEN and count > counts[owner]
    ]
    titled = [
        name
        for line in lines
        if len(line) <= SHORT and line.isupper()
        for named in (gazetteer.counts([line]),)
        for name in named
        if name != owner and named[owner] == 0
    ]
    found = tuple(dict.fromkeys([*often, *titled]))
    return Whose("report_several", found) if found else Whose()


class Gazetteer:
    """The names of the provinces and cities, each told as the one it belonged to on a day."""

    def __init__(self, places: Places, day: date) -> None:
        """Take the names as they belong on a day."""
        self.places = places
        self._owners: dict[str, str] = {}
        for place in places:
            if place.provincial:
                self._own(place, day)
        self.standing = frozenset(self._owners.values())
        self._names = _spelled(place for place in places if place.provincial)

    def _own(self, place: Place, day: date) -> None:
        into = place
        while not into.stands(day) and into.part_of in self.places:
            if not self.places[into.part_of].provincial:
                break
            into = self.places[into.part_of]
        if into.stands(day):
            self._owners[folded(_bare(place))] = _bare(into)

    def owner(self, name: str) -> str:
        """Give the province that a name belongs to on the day, else the name with capitals."""
        text = folded(name)
        known = (self._owners[one] for one in self._owners if f"{text} ".startswith(f"{one} "))
        return next(known, text.title())

    def shown(self, id: str) -> str:
        """Give the name of a place without its rank."""
        return _bare(self.places[id])

    def counts(self, lines: Iterable[str]) -> Counter[str]:
        """Count the names of provinces in lines, each as the one it belongs to."""
        return Counter(
            self.owner(match.group()) for line in lines for match in self._names.finditer(line)
        )


def _bare(place: Place) -> str:
    return _RANK.sub("", place.name["vi"])


def _spelled(places: Iterable[Place]) -> "re.Pattern[str]":
    """Find every name in capitals as names are written, wherever the tone mark stands."""
    told = {_bare(place) for place in places}
    for early, late in _TONES:
        told |= {name.replace(early, late) for name in told}
    spelled = sorted(
        {form for name in told for form in (name, name.upper())}, key=len, reverse=True
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, spelled))})(?!\w|\s+Dương)")
