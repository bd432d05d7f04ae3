"""The head of a report: whose it is, its number, date, title and standing."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from halfyear.data.place import CAPITALS
from halfyear.intake.language.syllables import folded

NAME = rf"(?P<name>[{CAPITALS}][^\W\d_]*(?:[\s-]+[{CAPITALS}][^\W\d_]*){{0,3}})"
PLACE = re.compile(
    rf"\b(?:THÀNH PHỐ|TỈNH|Thành phố|thành phố|Tỉnh|tỉnh|TP\.?|T\.P\.?)\s+(?!GRDP\b|GDP\b){NAME}"
)
_SIGNED = re.compile(rf"^\W*{NAME},\s*ngày\b")
_NUMBER = re.compile(r"\bSố\s*:?\s*(?P<number>[0-9]*\s*/\s*(?:BC|TTr|KH|NQ)[-–][\w/-]+)")
_DATE = re.compile(
    r"ngày\s*(?P<day>[0-9]{1,2})?[\s.…]*tháng\s*(?P<month>[0-9]{1,2})\s*năm\s*(?P<year>20[0-9]{2})",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\W*(?:BÁO CÁO|Báo cáo)\W*")
_SECTION = re.compile(r"\W*(?:I|PHẦN|Phần|A|1)[.:)\s]")
_DRAFT = re.compile(r"DỰ THẢO|Dự thảo")
_ISSUER = re.compile(
    r"(?<![-/\w])(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND|THỐNG KÊ|THÀNH ỦY"
    r"|(?:CHI )?CỤC THỐNG KÊ|TỈNH ỦY|ĐẢNG BỘ|BAN CHẤP HÀNH ĐẢNG BỘ|SỞ [^|]{3,60}?)(?=[\s|]|$)[^|]*"
)
_CAPITALS = re.compile(
    r"(?P<body>[ỦU][ỶY] BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|UBND|HĐND) (?P<rank>TỈNH|THÀNH PHỐ) "
    r"(?P<name>[^\Wa-z\d_]+(?:[ -]+[^\Wa-z\d_]+)*)"
)
_STATE = re.compile(r"\s*CỘNG HÒA XÃ HỘI.*|\s*CỘNG HOÀ XÃ HỘI.*")
_PLACE_LINE = re.compile(rf"\W*((?:THÀNH PHỐ|TỈNH|TP\.?)\s+{NAME})[^|]*", re.IGNORECASE)
_SHORT_FORMS = (("ubnd", "ủy ban nhân dân"), ("hđnd", "hội đồng nhân dân"), ("tp", "thành phố"))
LINES = 60
ISSUER_LINES = 8
NAME_LENGTH = 80


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
    issuer: str = ""
    lines: tuple[str, ...] = ()


def read(lines: Iterable[str]) -> Head:
    """Read the head of a document, up to its first section."""
    first = _first(lines)
    text = "\n".join(first)
    dated = _DATE.search(text)
    number = _NUMBER.search(text)
    names = [match["name"] for line in first for match in PLACE.finditer(line)]
    names += [match["name"] for line in first if (match := _SIGNED.match(line))]
    return Head(
        places=tuple(dict.fromkeys(folded(name) for name in names)),
        number="".join(number["number"].split()) if number else "",
        date=_date(dated) if dated else "",
        title=_title(first),
        draft=bool(_DRAFT.search(text)) or bool(number and number["number"].startswith("/")),
        issuer=_issuer(first),
        lines=tuple(first),
    )


def issuer(printed: str, known: Iterable[str]) -> str:
    """Give an issuer as the project already writes it, else as it is printed.

    A committee or council printed in capitals is written as in a sentence.
    """
    own = _unabbreviated(printed)
    return next((name for name in known if own and _unabbreviated(name) == own), _plain(printed))


def _plain(printed: str) -> str:
    match = _CAPITALS.fullmatch(printed)
    if match is None:
        return printed
    short = "HĐND" if match["body"].startswith("H") else "UBND"
    return f"{short} {match['rank'].lower()} {match['name'].title()}"


def home(issuers: Iterable[str]) -> str:
    """Give the folded name of the place that most issuers of a project's documents name."""
    found = Counter(folded(match["name"]) for issuer in issuers for match in PLACE.finditer(issuer))
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


def _issuer(lines: list[str]) -> str:
    """Give the body whose name opens the head, with the place on the line below it."""
    for number, line in enumerate(lines[:ISSUER_LINES]):
        match = _ISSUER.search(_STATE.sub("", line))
        if match is None:
            continue
        body = " ".join(match.group().split())
        if len(body) > NAME_LENGTH or body.endswith("."):
            continue  # a sentence about a body, not its name
        if PLACE.search(body):
            return body
        below = _PLACE_LINE.match(lines[number + 1]) if number + 1 < len(lines) else None
        return f"{body} {' '.join(below[1].split())}" if below else body
    return ""


def _unabbreviated(name: str) -> str:
    words = f" {folded(name)} "
    for short, full in _SHORT_FORMS:
        words = words.replace(f" {short} ", f" {full} ")
    return words.strip()


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
