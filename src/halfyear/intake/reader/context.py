"""Scope: what the words read so far say about the next figure, and the marks in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from halfyear.intake.language import timewords
from halfyear.intake.language.figures import Printed
from halfyear.intake.language.syllables import asides, folded
from halfyear.intake.language.terms import Mention
from halfyear.intake.language.timewords import TimeWord
from halfyear.intake.layout.head import NAME, PLACE
from halfyear.intake.proposal import Proposal
from halfyear.intake.reason import Reason
from halfyear.period import Period

_SETTER = (
    r"(?:HĐND|Hội đồng nhân (?:dân|nhân)|UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Trung ương|TW"
    r"|Thủ tướng(?:\s+Chính phủ)?|Chính phủ|Quốc hội|Bộ Tài chính|Bộ Kế hoạch và Đầu tư|Thành ủy"
    r"|Tỉnh ủy|thành phố|tỉnh)"
)
_PLAN_NAME = (
    r"(?:kế hoạch|dự toán|kịch bản|mục tiêu|chỉ tiêu|nghị quyết|nhiệm vụ)"
    r"(?:\s+(?:vốn|thu|chi|tăng trưởng))?"
)
_COMPARED = re.compile(
    r"(?:so\s+(?:với\s+)?|với\s+)?cùng\s+kỳ(?:\s+(?:các\s+)?năm\s+(?:trước|ngoái|20[0-9]{2}))?"
    r"|so\s+(?:với\s+)?(?:thời điểm\s+)?(?:cuối|đầu)?\s*(?:năm|tháng|quý)\s+(?:trước|20[0-9]{2}"
    rf"|(?:[0-9]{{1,2}}|[IV]{{1,3}}|{timewords.MONTHS})(?:\s*(?:/|năm)\s*20[0-9]{{2}})?)"
    r"|so\s+(?:với\s+)?0?[0-9]{1,2}\s+tháng(?:\s+đầu)?(?:\s+năm)?\s*/?\s*(?:20[0-9]{2}|trước|ngoái)"
    rf"|{_PLAN_NAME}(?:\s+(?:được|do))?\s+{_SETTER}(?:\s+(?:thành phố|tỉnh))?"
    r"(?:\s+(?:giao|quyết nghị|đề ra|phê duyệt|thông qua))?"
    r"(?:\s+(?:đầu|cả)?\s*năm(?:\s+20[0-9]{2})?)?"
    r"|(?:kế hoạch|dự toán|kịch bản|mục tiêu|chỉ tiêu|nghị quyết|nhiệm vụ)(?:\s+[^\W\d]+){0,4}?"
    r"\s+năm(?:\s+20[0-9]{2})?|(?<!tháng )(?:cuối|đầu)\s+năm\s+20[0-9]{2}"
    r"|(?<!đến )(?<!đến ngày )31/12/20[0-9]{2}"
    r"|giai đoạn\s+20[0-9]{2}\s*[-–]\s*20[0-9]{2}|(?:của|từ|cho)\s+năm\s+20[0-9]{2}",
    re.IGNORECASE,
)
PRICE = re.compile(
    r"(?:\(?\s*(?:tính\s+)?theo\s+)?giá\s+(?:(?P<constant>(?:so sánh|cố định)"
    r"(?:\s+(?:năm\s+)?(?:2010|1994))?|(?:năm\s+)?2010)|(?P<current>hiện hành|thực tế))",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:(?:cao|thấp|nhanh|chậm|lớn|nhỏ|nhiều|ít)\s+hơn"
    r"|(?:từ|so với|bằng|(?:bằng|ngang|đương|sánh)\s+với|hơn)\s+(?:mức|tốc độ|con số)"
    r"|với\s+(?:mức|tốc độ|con số)(?=[^,;.()]*[0-9,.]+\s*%\s+của))\b",
    re.IGNORECASE,
)
_SAME = re.compile(r"cùng\s+kỳ(?:\s+năm\s+(?:trước|ngoái|(?P<year>20[0-9]{2})))?", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\bGDP\b|(?i:(?:cả|toàn)\s+(?:nước|quốc)|trong nước(?=\s*\(GDP)|"
    r"(?:kinh tế\s+)?thế giới|toàn cầu|\b(?:huyện|quận|thị xã)\s+(?!đảo)\w)"
    r"|(?:vùng|Vùng)\s+(?:[A-ZĐ]\w+|đồng bằng|trung du|duyên hải|kinh tế trọng điểm)|Việt Nam"
)
_DRIVES = re.compile(
    r"(?:thúc đẩy|động lực|đóng góp (?:vào|cho))\s+(?:của\s+|cho\s+)?$", re.IGNORECASE
)
_ABOVE = re.compile(r"(?:so với|với|hơn|sau|cùng|và|như)\s+$", re.IGNORECASE)
_MEASURED = re.compile(
    r"(?:so với|với|hơn|nhất|bình quân(?: chung)?|mức chung|toàn|xếp|đứng|trong|của|/|thứ\s+\w+|đầu"
    r"|[0-9])\s*(?:toàn\s+)?$",
    re.IGNORECASE,
)
_OWNED = re.compile(r"\b(?:GRDP|kim ngạch|thu|chi|vốn|chỉ số|khách)\b[^,;.()%0-9]*\bcủa\s+$", re.I)
_BESIDE_OTHERS = re.compile(
    r"\b(?:hơn|so với|bình quân|chung|nhất|tỷ trọng|trong|chiếm|gấp|đóng góp|đứng|xếp|thứ|bằng"
    r"|mức)\b",
    re.IGNORECASE,
)
_FORMER = r"\s*\(?(?:cũ|trước (?:khi )?(?:sáp nhập|hợp nhất))\b"
_AT = re.compile(rf"(?:^|(?<=[.;]\s))(?:Tại|Ở)\s+{NAME}(?=[,:])")
_MEETING = re.compile(
    r"(?:phiên họp|cuộc họp|kỳ họp|buổi họp|họp báo)(?:\s+[^\W\d]+){0,4}?\s+"
    r"(?:tháng\s+[0-9]{1,2}|quý\s+(?:[IV]+|[1-4]))(?:\s*(?:/|năm)\s*20[0-9]{2})?",
    re.IGNORECASE,
)
_OF_YEAR = re.compile(r"(?:của|từ|cho)\s+năm\s+20[0-9]{2}", re.IGNORECASE)
_BREAK = re.compile(r"[;()]|,(?![0-9])|(?<![0-9]),|[.!?…]+(?=\s|$)")
_ABBREVIATED = re.compile(r"(?:\b(?:TP|TS|PGS|Th|ThS|St|Tr|tr)|\b[A-Z])$")
_WHOLE = re.compile(
    r"(?:mức|tốc độ)\s+tăng(?:\s+trưởng)?\s+chung|toàn\s+(?:bộ\s+)?nền\s+kinh\s+tế"
    r"|cơ\s+cấu\s+(?:nền\s+)?kinh\s+tế"
    r"|cơ\s+cấu\s+GRDP",
    re.IGNORECASE,
)
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
    """The state of reading a paragraph; brackets have their own copy.

    topic is the period that sentences without a time of their own are about, once that of the next
    figure alone; begun tells that a figure of the sentence has been read, trailing that a time has
    been named since the last one. price is the price base stated, priced that this sentence states
    it, opened where the sentence begins, elsewhere tells that another place than the report's is
    talked about, abroad that the last sentence with figures did so, begins that every sentence of
    the paragraph did, away that the next figure names no place after such sentences, carried that
    the period comes from a sentence before, outside are the words before a bracket, shared is what
    each verb before a percentage has told in the sentence: a share of a plan, a ratio, or nothing
    where it has told both. before is the observation told last before this sentence, first the name
    this sentence names first, spoken that of the sentence before where it tells no figure.
    """

    subject: Subject | None = None
    family: str = ""
    recent: str = ""
    doubted: bool = False
    period: Period | None = None
    topic: Period | None = None
    named: bool = False
    timed: bool = False
    begun: bool = False
    trailing: bool = False
    lost: bool = False
    once: Period | None = None
    price: str = ""
    priced: bool = False
    opened: int = 0
    elsewhere: bool = False
    abroad: bool = False
    begins: bool = True
    away: bool = False
    carried: bool = False
    outside: str = ""
    shared: dict[str, str] = field(default_factory=dict)
    cutoff: date | None = None
    status: str = ""
    mentions: list[Mention] = field(default_factory=list)
    clause: int = 0
    since: int = 0
    closed: bool = True
    age: int = 0
    told: list[Proposal] = field(default_factory=list)
    before: Proposal | None = None
    spoken: Mention | None = None
    first: Mention | None = None

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
        own = {
            "mentions": list(self.mentions),
            "told": list(self.told),
            "shared": dict(self.shared),
        }
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
    """A text with its marks in order, and the same text with what tells no subject blanked.

    beside holds, by its start, the time of each figure that another is compared with.
    """

    text: str
    marks: list[Mark]
    blank: str
    beside: dict[int, TimeWord | None] = field(default_factory=dict)

    def next_stop(self, at: int) -> int:
        """Give where the words after a figure end: at the next break or figure."""
        stops = (m.at for m in self.marks if m.kind in ("break", "figure") and m.at >= at)
        return next(stops, len(self.text))

    def sentence_end(self, at: int) -> int:
        """Give where the sentence that holds a place ends."""
        ends = (m.at for m in self.marks if m.at >= at and m.kind == "break" and ends_sentence(m))
        return next(ends, len(self.text))

    def sentence_start(self, at: int) -> int:
        """Give where the sentence that holds a place begins."""
        ends = (
            m.at + 1 for m in self.marks if m.at < at and m.kind == "break" and ends_sentence(m)
        )
        return max(ends, default=0)

    def figure_before_stop(self, at: int) -> Printed | None:
        """Give the first figure after a place, where no break but a bracket stands before it."""
        for mark in self.marks:
            if mark.at < at:
                continue
            if isinstance(mark.what, Printed):
                return mark.what
            if mark.kind == "break" and mark.what != "(":
                return None
        return None

    def time_before(self, at: int) -> TimeWord | None:
        """Give the time that is named right before a place."""
        times = (m.what for m in self.marks if isinstance(m.what, TimeWord))
        return next(
            (one for one in times if one.end <= at and not self.text[one.end : at].strip()), None
        )


def ends_sentence(mark: Mark) -> bool:
    """Tell whether a break ends a sentence."""
    return str(mark.what)[0] in ".!?…"


def marked(
    text: str,
    figures: list[Printed],
    mentions: list[Mention],
    report: Period,
    names: tuple[str, ...] = (),
) -> Marked:
    """Find everything that tells about figures in a text; names of the place tell nothing."""
    same = [(one.start, one.end) for one in timewords.find(text, report) if one.same]
    compared = (match.span() for match in _COMPARED.finditer(text))
    prices = list(PRICE.finditer(text))
    breaks = [one for one in _breaks(text) if not _in_name(one, mentions)]
    stretches = _stretches(text, breaks)
    kept = [*same, *(one.span() for one in _OF_YEAR.finditer(text) if _within(one, stretches))]
    apart = [span for span in compared if not any(a < span[1] and span[0] < b for a, b in kept)]
    quiet = _blank(text, iter(apart))
    quiet = _blank(quiet, (match.span() for match in (*prices, *_MEETING.finditer(text))))
    times = list(timewords.find(quiet, report))
    blank = _blank(quiet, ((time.start, time.end) for time in times))
    others = [*_elsewhere(text), *_places(text, names)]
    named = [one for one in mentions if not _in_unit(one, figures) and not _driven(one, text)]
    found = [
        *(Mark(one.start(), 0, "break", one.group()) for one in breaks),
        *(Mark(one.start, 1, _time_kind(one, stretches), one) for one in times),
        *(Mark(one.start(), 2, "status", one.lastgroup) for one in _STATUS.finditer(text)),
        *(Mark(one.start(), 2, "price", one.lastgroup) for one in prices),
        *(Mark(one.start(), 2, "elsewhere") for one in others),
        *(Mark(one.start(), 3, "part", one.group()) for one in _PART.finditer(text)),
        *(Mark(one.start(), 3, "whole", one.group()) for one in _WHOLE.finditer(text)),
        *(Mark(one.start, 4, "mention", one) for one in named),
        *(Mark(one.start(), 5, "verdict", one) for one in _VERDICT.finditer(text)),
        *(Mark(one.first, 6, "figure", one) for one in figures),
    ]
    blank = _blank(blank, ((one.start, one.end) for one in named))
    blank = _blank(blank, iter(asides(text)))
    blank = _blank(blank, (match.span() for match in _WHOLE.finditer(text)))
    for name in filter(None, names):
        own = re.finditer(re.escape(name), blank, re.IGNORECASE)
        blank = _blank(blank, (match.span() for match in own))
    ordered = sorted(found, key=lambda mark: (mark.at, mark.rank))
    return Marked(text, ordered, blank, _beside(text, stretches, figures, times))


def _within(match: "re.Match[str]", stretches: list[tuple[int, int]]) -> bool:
    return any(a <= match.start() < b for a, b in stretches)


def _time_kind(time: TimeWord, stretches: list[tuple[int, int]]) -> str:
    return "aside" if any(a <= time.start < b for a, b in stretches) else "time"


def _stretches(text: str, breaks: list["re.Match[str]"]) -> list[tuple[int, int]]:
    """Give where figures stand that another is compared with, as in "higher than the 7.9 % of"."""
    stops = [one.start() for one in breaks]
    return [
        (match.start(), next((stop for stop in stops if stop >= match.end()), len(text)))
        for match in _BESIDE.finditer(text)
    ]


def _beside(
    text: str,
    stretches: list[tuple[int, int]],
    figures: list[Printed],
    times: list[TimeWord],
) -> dict[int, TimeWord | None]:
    found: dict[int, TimeWord | None] = {}
    for start, end in stretches:
        inside = [one for one in figures if start <= one.start < end and "pp" not in one.units]
        for number, one in enumerate(inside):
            until = inside[number + 1].first if number + 1 < len(inside) else end
            after = [time for time in times if one.last <= time.start < until]
            before = [time for time in times if start <= time.start < one.first]
            same = _SAME.search(text, one.last, until)
            year = int(same["year"] or 0) if same else 0
            alike = TimeWord(same.start(), same.end(), None, same=True, year=year) if same else None
            found[one.start] = next(iter(after), alike or next(reversed(before), None))
    return found


def _places(text: str, names: tuple[str, ...]) -> Iterator["re.Match[str]"]:
    """Give where another place is named than the report's, or what it was before a merger."""
    for match in PLACE.finditer(text):
        own = not names or folded(match["name"]) in names
        former = re.match(_FORMER, text[match.end() :])
        compared = _ABOVE.search(text[max(0, match.start() - 16) : match.start()])
        if (former or not own) and not compared:
            yield match
    for match in _AT.finditer(text):
        if names and folded(match["name"]) not in names:
            yield match
    for name in filter(None, names):
        yield from re.finditer(rf"\b{re.escape(name)}{_FORMER}", text, re.IGNORECASE)


def _elsewhere(text: str) -> Iterator["re.Match[str]"]:
    for match in _ELSEWHERE.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        owned = _OWNED.search(before) and not _BESIDE_OTHERS.search(before)
        if owned or not _MEASURED.search(before[-24:]):
            yield match


def _breaks(text: str) -> Iterator["re.Match[str]"]:
    inside = asides(text)
    for match in _BREAK.finditer(text):
        if any(start <= match.start() < end for start, end in inside):
            continue
        if match.group()[0] != "." or not _ABBREVIATED.search(text[: match.start()]):
            yield match


def _driven(mention: Mention, text: str) -> bool:
    """Tell whether a name only says what a subject drives, as in "drives economic growth"."""
    return _DRIVES.search(text[max(0, mention.start - 24) : mention.start]) is not None


def _in_name(one: "re.Match[str]", mentions: list[Mention]) -> bool:
    """Tell whether a comma stands inside a name, as in "nông, lâm, thủy sản"."""
    return one.group() == "," and any(a.start < one.start() < a.end for a in mentions)


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
