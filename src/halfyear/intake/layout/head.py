"""The head of a report: whose it is, its number, date, title and standing."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from halfyear.data.place import CAPITALS
from halfyear.intake.language.syllables import folded

_NAME = rf"(?P<name>[{CAPITALS}][^\W\d_]*(?:[\s-]+[{CAPITALS}][^\W\d_]*){{0,3}})"
_PLACE = re.compile(rf"\b(?:THÀNH PHỐ|TỈNH|Thành phố|thành phố|Tỉnh|tỉnh|TP\.?|T\.P\.?)\s+{_NAME}")
_SIGNED = re.compile(rf"^\W*{_NAME},\s*ngày\b")
_NUMBER = re.compile(r"\bSố\s*:?\s*(?P<number>[0-9]*\s*/\s*(?:BC|TTr|KH|NQ)[-–][\w/-]+)")
_DATE = re.compile(
    r"ngày\s*(?P<day>[0-9]{1,2})?[\s.…]*tháng\s*(?P<month>[0-9]{1,2})\s*năm\s*(?P<year>20[0-9]{2})",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\W*(?:BÁO CÁO|Báo cáo)\W*")
_SECTION = re.compile(r"\W*(?:I|PHẦN|Phần|A|1)[.:)\s]")
_DRAFT = re.compile(r"DỰ THẢO|Dự thảo")
LINES = 60


@dataclass(frozen=True)
class Head:
    """What the first lines of a report say; empty where they do not.

    date is ISO, partial where the day is left blank.
    """

    places: tuple[str, ...] = ()
    number: str = ""
    date: str = ""
    title: str = ""
    draft: bool = False


def read(lines: Iterable[str]) -> Head:
    """Read the head of a document, up to its first section."""
    first = _first(lines)
    text = "\n".join(first)
    dated = _DATE.search(text)
    number = _NUMBER.search(text)
    names = [match["name"] for line in first for match in _PLACE.finditer(line)]
    names += [match["name"] for line in first if (match := _SIGNED.match(line))]
    return Head(
        places=tuple(dict.fromkeys(folded(name) for name in names)),
        number="".join(number["number"].split()) if number else "",
        date=_date(dated) if dated else "",
        title=_title(first),
        draft=bool(_DRAFT.search(text)) or bool(number and number["number"].startswith("/")),
    )


def home(issuers: Iterable[str]) -> str:
    """Give the folded name of the place that most issuers of a project's documents name."""
    found = Counter(
        folded(match["name"]) for issuer in issuers for match in _PLACE.finditer(issuer)
    )
    return found.most_common(1)[0][0] if found else ""


def _first(lines: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if _SECTION.match(line) and any(_TITLE.fullmatch(one) for one in kept):
            break
        if line.strip():
            kept.append(line.strip())
        if len(kept) >= LINES:
            break
    return kept


def _date(match: "re.Match[str]") -> str:
    month = f"{match['year']}-{int(match['month']):02}"
    return f"{month}-{int(match['day']):02}" if match["day"] else month


def _title(lines: list[str]) -> str:
    for number, line in enumerate(lines):
        if _TITLE.fullmatch(line):
            after = takewhile(lambda one: not _SIGNED.match(one), lines[number + 1 : number + 4])
            told = [one.strip(" *_-–") for one in after]
            return " ".join(part for part in told if part and len(part) < 200)[:240]
    return ""
