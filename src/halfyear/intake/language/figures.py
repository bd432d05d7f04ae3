"""Printed figures in a text: their numbers, units and the words that belong to them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from halfyear.data.numeral import NUMERAL
from halfyear.data.place import recognised
from halfyear.intake.language.syllables import folded, words

_RANGE = re.compile(r"\s*[-–]\s*|\s+đến\s+")
_SLASH = re.compile(r"\s*/\s*")
_ADVERB = (
    r"(?:rất nhẹ|nhẹ|sâu|mạnh|nhanh|chậm|cao|khá|đáng kể|rõ rệt|đột biến|vọt|tới|đến"
    r"|ở mức|với mức|mức|ước tính|ước|lần lượt|tương ứng|chỉ|bình quân|là|còn là|xấp xỉ đến)"
)
_COMPARED = (
    r"(?:so\s+)?(?:với\s+)?cùng\s+kỳ(?:\s+năm\s+(?:trước|ngoái))?|so\s+với\s+năm\s+(?:trước|ngoái)"
)
_BEFORE = re.compile(
    r"(?:(?:(?P<change>tăng trưởng|tăng thêm|tăng|giảm)(?P<way>(?:\s+" + _ADVERB + r"){0,3}"
    r"(?:\s+(?:" + _COMPARED + r")(?:\s+" + _ADVERB + r")?)?(?:\s*:)?)"
    r"|(?P<sign>tương đương|bằng|gấp|vượt|đứng thứ|xếp thứ|cao thứ|thứ|top|nhóm))(?:\s+\**)?)?"
    r"\s*(?P<bound>khoảng|gần|xấp xỉ|trên|hơn|dưới|không quá|≥|≤|>|<|~)?\s*\**$",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?:(?<![\w%)])(?P<fall>[-–])|(?P<down>[▼▽↓])\s*|(?P<up>[+▲△↑])\s*)$")
_COMMAS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_BEHIND = re.compile(r"\s*\(?\s*(?=[^\W\d_])")
_SCALED = re.compile(r"[0-9]\s+(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+$", re.IGNORECASE)
_CUT_BEFORE = re.compile(r"[0-9](?:\s+[.,]?\s*|[.,]\s+)$")
_CUT_AFTER = re.compile(r"(?:[.,]\s+|\s+[.,]\s*|\s+)[0-9]{1,3}(?![0-9./%]|\s*(?:tháng|quý|năm)\b)")
WINDOW = 72
_BARE_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_GLUED = re.compile(r"[\w/.,-]$")
MOST_UNIT_WORDS = 6
BOUNDS = {
    "khoảng": "approx",
    "gần": "just_under",
    "xấp xỉ": "approx",
    "~": "approx",
    "trên": "gt",
    "hơn": "gt",
    "≥": "ge",
    ">": "gt",
    "dưới": "lt",
    "không quá": "le",
    "≤": "le",
    "<": "lt",
}


@dataclass(frozen=True)
class Printed:
    """A figure in a text.

    start and end bound its numbers, first begins with the sign and bound words before it, last
    ends with the unit; second is the end of a range or the whole of "38/151"; other are the units
    that stand right behind the first ones, in brackets or not.
    """

    first: int
    start: int
    end: int
    last: int
    number: str
    second: str = ""
    slash: bool = False
    sign: str = ""
    bound: str = ""
    units: tuple[str, ...] = ()
    unit_words: str = ""
    cut: bool = False
    other: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnitWords:
    """The spellings of units, folded, each with the ids it may mean."""

    spellings: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, rows: list[dict[str, Any]]) -> "UnitWords":
        """Take symbols, names and spellings of rows of units.csv."""
        found: dict[str, list[str]] = {}
        for row in rows:
            spelled = [row["symbol_vi"], row["name_vi"], *row["spellings"].split(";")]
            for spelling in spelled:
                key = _key(spelling)
                if key and row["id"] not in found.setdefault(key, []):
                    found[key].append(row["id"])
        return cls({key: tuple(ids) for key, ids in found.items()})

    def after(self, text: str, at: int) -> tuple[tuple[str, ...], int]:
        """Give the units that the words right after a figure may mean, and where they end."""
        gap = re.match(r"[\s*]*", text[at:])
        start = at + (gap.end() if gap else 0)
        if text[start : start + 1] in ("%", "‰"):
            return (("pct",) if text[start] == "%" else ()), start + 1
        ends = _ends(text, start)
        for end in reversed(ends):
            ids = self.spellings.get(_key(text[start:end]))
            if ids:
                return ids, end
        return (), at


def find(text: str, units: UnitWords) -> list[Printed]:
    """Give the figures of a text, in order; dates, document and list numbers are none."""
    known = recognised(text)
    numerals = list(NUMERAL.finditer(text))
    skipped = {
        nth
        for nth, match in enumerate(numerals, 1)
        if nth in known
        or (
            _GLUED.search(text[: match.start()][-1:]) is not None
            and not _joined(text, numerals, nth)
            and not _MARK.search(text[: match.start()])
        )
    }
    found: list[Printed] = []
    nth = 1
    while nth <= len(numerals):
        if nth in skipped:
            nth += 1
            continue
        if _counts_on(text, numerals, nth):
            nth += 1
            continue
        one = _figure(text, numerals, nth, skipped, units)
        if one is not None:
            found.append(one)
        nth += 2 if one is not None and one.second else 1
    return found


def _figure(
    text: str, numerals: list["re.Match[str]"], nth: int, skipped: set[int], units: UnitWords
) -> Printed | None:
    match = numerals[nth - 1]
    follower = numerals[nth] if nth < len(numerals) else None
    between = text[match.end() : follower.start()] if follower else ""
    end, second, slash = match.end(), "", False
    if follower and nth + 1 not in skipped:
        slash = bool(_SLASH.fullmatch(between))
        ranged = bool(_RANGE.fullmatch(between)) or bool(re.fullmatch(r"%\s*[-–]\s*", between))
        if slash or ranged:
            end, second = follower.end(), follower.group()
    ids, last = units.after(text, end)
    behind = _BEHIND.match(text[last:]) if ids else None
    other = units.after(text, last + behind.end())[0] if behind else ()
    sign, bound, lead = _before(text, match.start())
    if not ids and not second and not sign and _BARE_YEAR.fullmatch(match.group()):
        return None
    return Printed(
        first=lead,
        start=match.start(),
        end=end,
        last=max(last, end),
        number=match.group(),
        second=second,
        slash=slash,
        sign=sign,
        bound=bound,
        units=ids,
        unit_words=text[end:last].strip(" *"),
        cut=_cut(text, match, end, ids),
        other=other,
    )


def _before(text: str, start: int) -> tuple[str, str, int]:
    """Give the sign and the bound that stand before a numeral, and where they begin."""
    mark = _MARK.search(text[:start])
    end = mark.start() if mark else start
    before = _BEFORE.search(text[max(0, end - WINDOW) : end])
    sign = bound = ""
    lead = before.group().lstrip() if before else ""
    if before:
        sign = (before["sign"] or before["change"] or "").casefold()
        bound = (before["bound"] or "").casefold()
    if mark and (mark["fall"] or mark["down"]):
        sign = "giảm"
    elif mark and not sign:
        sign = "tăng"
    return sign, bound, end - len(lead) if lead else end


def _counts_on(text: str, numerals: list["re.Match[str]"], nth: int) -> bool:
    """Tell whether a numeral goes on in the next, as in "3 triệu 508 nghìn lượt"."""
    return nth < len(numerals) and _SCALED.search(text[: numerals[nth].start()]) is not None


def _cut(text: str, match: "re.Match[str]", end: int, units: tuple[str, ...]) -> bool:
    """Tell whether it is not sure which digits belong to a figure, as in "168. 940"."""
    if _COMMAS.fullmatch(match.group()) or _SCALED.search(text[: match.start()]):
        return True
    after = not units and _CUT_AFTER.match(text[end:])
    return bool(after) or _CUT_BEFORE.search(text[: match.start()]) is not None


def _joined(text: str, numerals: list["re.Match[str]"], nth: int) -> bool:
    """Tell whether a numeral after "-" or "/" ends a range or names a whole."""
    if nth < 2:
        return False
    between = text[numerals[nth - 2].end() : numerals[nth - 1].start()]
    return bool(_RANGE.fullmatch(between) or _SLASH.fullmatch(between) or between.strip() == "%-")


def _ends(text: str, start: int) -> list[int]:
    stretch = re.split(r"[.;:()\n0-9]", text[start : start + 60])[0]
    ends = [word.end for word in words(stretch)][:MOST_UNIT_WORDS]
    signs = (
        [match.end() for match in re.finditer(r"(?<=\w)\s*%", stretch[: ends[-1] + 3])]
        if ends
        else []
    )
    return sorted(start + end for end in (*ends, *signs))


def _key(spelling: str) -> str:
    """Fold a spelling, its slashes, commas and % kept apart from its words."""
    text = spelling.strip()
    if not text:
        return ""
    signs = "".join(sign for sign in text if sign in "/%")
    return f"{folded(text)} {signs}".strip()
