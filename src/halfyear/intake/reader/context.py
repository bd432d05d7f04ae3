"""Scope: what the words read so far say about the next figure, and the marks in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from halfyear.intake.language import timewords
from halfyear.intake.language.figures import Printed
from halfyear.intake.language.syllables import asides
from halfyear.intake.language.terms import Mention
from halfyear.intake.language.timewords import TimeWord
from halfyear.intake.proposal import Proposal
from halfyear.intake.reason import Reason
from halfyear.period import Period

_COMPARED = re.compile(
    r"(?:so\s+(?:với\s+)?|với\s+)?cùng\s+kỳ(?:\s+(?:các\s+)?năm\s+(?:trước|ngoái|20[0-9]{2}))?"
    r"|so\s+(?:với\s+)?(?:thời điểm\s+)?(?:cuối|đầu)?\s*(?:năm|tháng|quý)\s+(?:trước|20[0-9]{2}"
    r"|[0-9IV]+(?:/20[0-9]{2})?)"
    r"|(?:kế hoạch|dự toán|kịch bản|mục tiêu|chỉ tiêu|nghị quyết|nhiệm vụ)(?:\s+[^\W\d]+){0,4}?"
    r"\s+năm(?:\s+20[0-9]{2})?|(?:cuối|đầu)\s+năm\s+20[0-9]{2}|31/12/20[0-9]{2}"
    r"|giai đoạn\s+20[0-9]{2}\s*[-–]\s*20[0-9]{2}|(?:của|từ|cho)\s+năm\s+20[0-9]{2}",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;()]|,(?![0-9])|(?<![0-9]),|[.!?…]+(?=\s|$)")
_ABBREVIATED = re.compile(r"(?:\b(?:TP|TS|PGS|Th|ThS|St|Tr|tr)|\b[A-Z])$")
_STATUS = re.compile(
    r"\b(?P<F>dự kiến|dự báo|dự ước cả năm)|\b(?P<E>ước|dự ước|sơ bộ)\b|\b(?P<P>đã)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"\b(?:trong đó|bao gồm|gồm có|gồm|chia theo|cụ thể)\b", re.IGNORECASE)
_VERDICT = re.compile(
    r"\b(?P<word>không đạt|chưa đạt|không hoàn thành|đạt và vượt|đạt, vượt|vượt|đạt|bằng"
    r"|cao hơn|thấp hơn)\s+(?:so với\s+|mức\s+)?(?P<of>kịch bản|kế hoạch|mục tiêu đề ra)",
    re.IGNORECASE,
)
WORDS = {
    "không đạt": "misses",
    "chưa đạt": "misses",
    "không hoàn thành": "misses",
    "thấp hơn": "misses",
    "vượt": "exceeds",
    "cao hơn": "exceeds",
    "đạt": "meets",
    "bằng": "meets",
    "đạt và vượt": "at_least_meets",
    "đạt, vượt": "at_least_meets",
}


@dataclass(frozen=True)
class Subject:
    """What is being talked about: an indicator, or only the words that name it."""

    indicator: str
    certainty: float
    term: str
    reason: Reason | None = None


@dataclass
class Scope:
    """The state of reading a paragraph; brackets have their own copy."""

    subject: Subject | None = None
    family: str = ""
    recent: str = ""
    doubted: bool = False
    period: Period | None = None
    named: bool = False
    timed: bool = False
    lost: bool = False
    cutoff: date | None = None
    status: str = ""
    mentions: list[Mention] = field(default_factory=list)
    clause: int = 0
    since: int = 0
    closed: bool = True
    age: int = 0
    told: list[Proposal] = field(default_factory=list)

    @property
    def last(self) -> Proposal | None:
        """The observation before, in this sentence."""
        return self.told[-1] if self.told else None

    @property
    def level(self) -> Proposal | None:
        """The level told last in this sentence."""
        return next((one for one in reversed(self.told) if one.measure == "level"), None)

    def rivals(self) -> list[Proposal]:
        """Give what was told of the last indicator and period: each measure, latest first."""
        last = self.last
        if last is None:
            return []
        about = (last.indicator, last.time_period)
        same = [one for one in reversed(self.told) if (one.indicator, one.time_period) == about]
        return list({one.measure: one for one in reversed(same)}.values())[::-1]

    def inside(self) -> "Scope":
        """Give a copy for what stands in brackets."""
        own = {"mentions": list(self.mentions), "told": list(self.told)}
        return Scope(**{**self.__dict__, **own})


@dataclass(frozen=True)
class Mark:
    """Something in a text that reading stops at."""

    at: int
    rank: int
    kind: str
    what: object = None


@dataclass(frozen=True)
class Marked:
    """A text with its marks in order, and the same text with comparisons and times blanked."""

    text: str
    marks: list[Mark]
    blank: str

    def next_stop(self, at: int) -> int:
        """Give where the words after a figure end: at the next break or figure."""
        stops = (m.at for m in self.marks if m.kind in ("break", "figure") and m.at >= at)
        return next(stops, len(self.text))

    def figure_before_stop(self, at: int) -> Printed | None:
        """Give the first figure after a place, where no break stands before it."""
        later = (m for m in self.marks if m.kind in ("break", "figure") and m.at >= at)
        what = getattr(next(later, None), "what", None)
        return what if isinstance(what, Printed) else None


def marked(
    text: str,
    figures: list[Printed],
    mentions: list[Mention],
    report: Period,
    names: tuple[str, ...] = (),
) -> Marked:
    """Find everything that tells about figures in a text; names of the place tell nothing."""
    quiet = _blank(text, (match.span() for match in _COMPARED.finditer(text)))
    times = list(timewords.find(quiet, report))
    blank = _blank(quiet, ((time.start, time.end) for time in times))
    named = [one for one in mentions if not _in_unit(one, figures)]
    found = [
        *(Mark(one.start(), 0, "break", one.group()) for one in _breaks(text)),
        *(Mark(one.start, 1, "time", one) for one in times),
        *(Mark(one.start(), 2, "status", one.lastgroup) for one in _STATUS.finditer(text)),
        *(Mark(one.start(), 3, "part", one.group()) for one in _PART.finditer(text)),
        *(Mark(one.start, 4, "mention", one) for one in named),
        *(Mark(one.start(), 5, "verdict", one) for one in _VERDICT.finditer(text)),
        *(Mark(one.first, 6, "figure", one) for one in figures),
    ]
    blank = _blank(blank, ((one.start, one.end) for one in named))
    blank = _blank(blank, iter(asides(text)))
    for name in filter(None, names):
        own = re.finditer(re.escape(name), blank, re.IGNORECASE)
        blank = _blank(blank, (match.span() for match in own))
    return Marked(text, sorted(found, key=lambda mark: (mark.at, mark.rank)), blank)


def _breaks(text: str) -> Iterator["re.Match[str]"]:
    inside = asides(text)
    for match in _BREAK.finditer(text):
        if any(start <= match.start() < end for start, end in inside):
            continue
        if match.group()[0] != "." or not _ABBREVIATED.search(text[: match.start()]):
            yield match


def _in_unit(mention: Mention, figures: list[Printed]) -> bool:
    return any(one.end <= mention.start and mention.end <= one.last for one in figures) and not (
        mention.whole and mention.end - mention.start > 8
    )


def _blank(text: str, spans: Iterator[tuple[int, int]]) -> str:
    for start, end in list(spans):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def as_time(what: object) -> TimeWord:
    """Give a mark's time word."""
    assert isinstance(what, TimeWord)
    return what
