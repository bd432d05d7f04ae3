"""Whose report it is: the place that its head, its issuer and its whole text name."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from halfyear.intake.language.syllables import folded
from halfyear.intake.layout.head import Head

MERGED = "-07-01"  # of 2025: 34 provinces instead of 63 (Resolution 202/2025/QH15)
MERGED_YEAR = 2025
OFTEN = 5
CLEARLY = 3
SHORT = 80
_NATION = re.compile(
    r"(?:^|\s)(?:CHÍNH PHỦ|QUỐC HỘI|TỔNG CỤC THỐNG KÊ|BỘ TÀI CHÍNH|BỘ KẾ HOẠCH|BỘ CÔNG THƯƠNG)"
    r"|^\W*CỤC THỐNG KÊ\W*$|(?:của|tình hình)[^.]{0,60}\bcả nước|^\W*[\w\s-]*\bcả nước\W*$"
)
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


def tell(lines: Sequence[str], head: Head, home: str, day: str) -> Whose:
    """Tell whether a report is of the home place, whose folded name is given.

    day is the ISO date of the report: it tells whether former provinces count as those they
    were merged into.
    """
    owner = _owner(home, day)
    named = tuple(dict.fromkeys(_owner(name, day) for name in head.places))
    counts = _counts(lines, day)
    if named:
        others = tuple(name for name in named if name != owner)
        if others and owner not in named:
            return Whose("report_elsewhere", others)
        provinces = tuple(name for name in others if name in _parts().values())
        if provinces:
            return Whose("report_several", provinces)
        return _mixed(lines, counts, owner, day)
    if any(_NATION.search(line) for line in head.lines):
        return Whose("report_nation")
    return _by_text(counts, owner)


def _by_text(counts: Counter[str], owner: str) -> Whose:
    """Tell by what the text alone names, where the head names no place."""
    others = [name for name, _ in counts.most_common() if name != owner]
    if not counts:
        return Whose("report_placeless")
    if not counts[owner]:
        return Whose("report_elsewhere", tuple(others[:3]))
    if others and counts[owner] < CLEARLY * counts[others[0]]:
        return Whose("report_several", (others[0],))
    return Whose(by_text=True)


def _mixed(lines: Sequence[str], counts: Counter[str], owner: str, day: str) -> Whose:
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
        for name in _counts([line], day)
        if name != owner and _counts([line], day)[owner] == 0
    ]
    found = tuple(dict.fromkeys([*often, *titled]))
    return Whose("report_several", found) if found else Whose()


def _counts(lines: Iterable[str], day: str) -> Counter[str]:
    return Counter(
        _owner(match.group(), day) for line in lines for match in _names().finditer(line)
    )


def _owner(name: str, day: str) -> str:
    """Give the folded name of the province that a place belongs to on a day."""
    text = folded(name)
    if not is_former(day):
        return next(
            (_parts()[part] for part in _parts() if f"{text} ".startswith(f"{part} ")), text
        )
    return text


def shown(name: str) -> str:
    """Give the name of a province as it is written, from its folded name."""
    told = {folded(one): one for one, parts in _provinces().items() for one in (one, *parts)}
    return told.get(name, name.title())


def is_former(day: str) -> bool:
    """Tell whether a day lies before the provinces were merged."""
    return day < f"{MERGED_YEAR}{MERGED}"


@cache
def _provinces() -> dict[str, tuple[str, ...]]:
    """Give the provinces, each with those merged into it."""
    text = (files("halfyear.intake.layout") / "provinces.txt").read_text(encoding="utf-8")
    found = {}
    for line in filter(None, text.splitlines()):
        name, _, parts = line.partition(":")
        found[name.strip()] = tuple(part.strip() for part in parts.split(",") if part.strip())
    return found


@cache
def _parts() -> dict[str, str]:
    return {
        folded(part): folded(name)
        for name, parts in _provinces().items()
        for part in (name, *parts)
    }


@cache
def _names() -> "re.Pattern[str]":
    """Find every name in capitals as names are written, wherever the tone mark stands."""
    told = {name for name, parts in _provinces().items() for name in (name, *parts)}
    for early, late in _TONES:
        told |= {name.replace(early, late) for name in told}
    spelled = sorted(
        {form for name in told for form in (name, name.upper())}, key=len, reverse=True
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, spelled))})(?!\w|\s+Dương)")
