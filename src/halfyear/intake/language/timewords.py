"""Time words: periods and days that a text names."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from halfyear.errors import PeriodError
from halfyear.period import Period

_NUMBERS = {
    "giêng": 1,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
    "mười hai": 12,
    "chạp": 12,
}
MONTHS = (  # written with capitals; "tháng năm 2026" and "9 tháng | Năm 2026" name a year
    r"(?-i:Giêng|Một|Hai|Ba|Tư|Năm(?!\s+20)|Sáu|Bảy|Tám|Chín|Mười\s+[Mm]ột|Mười\s+[Hh]ai|Mười|Chạp)\b"
)
_COUNTED = (
    r"(?:(?:ba|sáu|bảy|tám|chín|mười\s+một|mười|hai|bốn|năm)"
    r"(?=\s+tháng(?:\s+(?:đầu|năm\s+20|qua\b|20)|\s*[,/])))"
)
_QUARTERS = {
    "I": 1,
    "II": 2,
    "III": 3,
    "IV": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "MỘT": 1,
    "HAI": 2,
    "BA": 3,
    "TƯ": 4,
    "BỐN": 4,
}
_YEAR = r"(?:\s*(?:/|(?:của\s+)?năm)\s*(?P<{}>20[0-9]{{2}}))?"
_AGO = r"(?:\s+(?P<{}>năm\s+(?:trước|ngoái)))?"
_PATTERN = re.compile(
    r"(?P<until>\b(?:tính\s+|ước\s+|lũy kế\s+|cộng dồn\s+)?(?:đến|tới)(?:\s+hết)?(?:\s+thời điểm)?"
    r"(?:\s+ngày)?\s+(?P<day>[0-9]{1,2})(?:\s*/\s*|\s+tháng\s+)(?P<of>[0-9]{1,2})"
    r"(?:(?:\s*/\s*|\s+năm\s+)(?P<uy>20[0-9]{2}))?(?![0-9/]))"
    r"|(?P<untilmonth>\b(?:đến|tới)\s+(?:(?:hết|cuối)\s+)?tháng\s+(?P<um>[0-9]{1,2})"
    + _YEAR.format("umy")
    + r"(?![0-9/]))"
    rf"|(?P<cumulated>(?<![0-9.,/\w])(?P<n>0?[369]|12|[0-9]{{1,2}}|{_COUNTED})\s+tháng"
    rf"(?!\s+(?:[0-9]|{MONTHS}))(?P<rest>\s+cuối)?"
    r"(?:\s+đầu)?(?:\s+năm(?!\s+(?:trước|ngoái)))?"
    + _YEAR.format("ny")
    + r"(?:\s+(?P<ny2>20[0-9]{2}))?"
    + _AGO.format("na")
    + r")"
    r"|(?P<quarter>\bquý\s+(?P<q>IV|III|II|I|[1-4]|một|hai|ba|tư|bốn)\b(?!\s*(?:,|và|\+|-)\s*(?:quý\s+)?[IV1-4]+\b)"
    + _YEAR.format("qy")
    + _AGO.format("qa")
    + r")"
    rf"|(?P<month>\btháng\s+(?P<m>(?:1[0-2]|0?[1-9])(?![0-9.,]*[0-9])|{MONTHS})"
    + _YEAR.format("my")
    + r"(?![0-9]))"
    r"|(?P<half>\bnửa đầu năm" + _YEAR.format("hy").replace("(?:/|(?:của\\s+)?năm)", "") + r")"
    r"|(?P<whole>\bcả\s+năm" + r"(?:\s+(?P<fy>20[0-9]{2}))?)"
    r"|(?P<year>\bnăm\s+(?P<y>20[0-9]{2})(?!\s*[-–/]\s*[0-9]))"
    r"|(?P<same>(?<!với )(?<!so )(?<!bằng )\b(?:cùng\s+kỳ|CKNT)"
    r"(?:\s+năm\s+(?:trước|ngoái|(?P<sy>20[0-9]{2})))?"
    r"(?=\s+(?:(?:chỉ|là|đạt|ước|tăng|giảm|mức)\s+){0,3}[-–+]?[0-9]))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class TimeWord:
    """A stretch of text that names a time; period is None where no code can hold it.

    same tells that it names the same part of another year, which holds for whatever period is
    being talked about: of year, or of the year before where year is 0.
    """

    start: int
    end: int
    period: Period | None
    cutoff: date | None = None
    same: bool = False
    year: int = 0

    def of(self, period: Period) -> Period | None:
        """Give the period it names while another is being talked about."""
        if not self.same:
            return self.period
        return period.shift((self.year or period.year - 1) - period.year)


def find(text: str, report: Period) -> Iterator[TimeWord]:
    """Give the time words of a text; a year that is not named is the report's."""
    for match in _PATTERN.finditer(text):
        kind = str(match.lastgroup) if match.lastgroup in _READERS else ""
        kind = kind or next(name for name in _READERS if match[name] is not None)
        yield _READERS[kind](match, report)


def period(text: str, report: Period) -> Period | None:
    """Give the first period a text names, None where it names none."""
    return next((word.period for word in find(text, report) if word.period), None)


def _made(match: "re.Match[str]", year: str | None, part: str, report: Period) -> TimeWord:
    try:
        made = Period.parse(f"{year or report.year}-{part}")
    except PeriodError:
        made = None
    return TimeWord(match.start(), match.end(), made)


def _cumulated(match: "re.Match[str]", report: Period) -> TimeWord:
    ago = _last(match["na"], report)
    year = int(match["ny"] or match["ny2"] or ago or report.year)
    try:
        made = None if match["rest"] else Period.since_january(year, _number(match["n"]))
    except PeriodError:
        made = None
    return TimeWord(match.start(), match.end(), made)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[" ".join(text.casefold().split())]


def _last(ago: str | None, report: Period) -> str | None:
    return str(report.year - 1) if ago else None


def _until(match: "re.Match[str]", report: Period) -> TimeWord:
    try:
        day = date(int(match["uy"] or report.year), int(match["of"]), int(match["day"]))
    except ValueError:
        return TimeWord(match.start(), match.end(), None)
    return TimeWord(match.start(), match.end(), _holding(day, report), day)


def _until_month(match: "re.Match[str]", report: Period) -> TimeWord:
    try:
        day = Period.parse(f"{match['umy'] or report.year}-{int(match['um']):02}").end
    except PeriodError:
        return TimeWord(match.start(), match.end(), None)
    return TimeWord(match.start(), match.end(), _holding(day, report), day)


def _holding(day: date, report: Period) -> Period | None:
    """Give the cumulative period a day belongs to: the report's own where it lies in it."""
    if date(report.year, 1, 1) <= day <= report.end:
        return report
    return Period(day.year, "FY") if (day.month, day.day) == (12, 31) else None


_READERS: dict[str, Callable[["re.Match[str]", Period], TimeWord]] = {
    "until": _until,
    "untilmonth": _until_month,
    "cumulated": _cumulated,
    "quarter": lambda m, r: _made(
        m, m["qy"] or _last(m["qa"], r), f"Q{_QUARTERS[m['q'].upper()]}", r
    ),
    "month": lambda m, r: _made(m, m["my"], f"{_number(m['m']):02}", r),
    "half": lambda m, r: _made(m, m["hy"], "H1", r),
    "whole": lambda m, r: _made(m, m["fy"], "FY", r),
    "year": lambda m, r: _made(m, m["y"], "FY", r),
    "same": lambda m, _: TimeWord(m.start(), m.end(), None, same=True, year=int(m["sy"] or 0)),
}
