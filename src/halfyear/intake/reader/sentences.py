"""Clauses: walks a paragraph from mark to mark and proposes a row for each figure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from halfyear.data.numeral import numerals
from halfyear.intake.language import figures, timewords
from halfyear.intake.language.figures import Printed, UnitWords
from halfyear.intake.language.syllables import folded
from halfyear.intake.language.terms import Mention, Terms
from halfyear.intake.layout.paragraphs import Paragraph
from halfyear.intake.proposal import Proposal
from halfyear.intake.reader import aims, grounds, narrowing, pairs, totals
from halfyear.intake.reader.context import PRICE, Mark, Marked, Scope, Subject, as_time, marked
from halfyear.intake.reader.drafts import Drafting
from halfyear.intake.reader.roles import Meaning, Words, classify
from halfyear.intake.reader.subjects import Subjects
from halfyear.intake.reason import Reason
from halfyear.period import Period

_YEAR_AGO = re.compile(r"cùng\s+kỳ(?:\s+năm\s+(?:trước|ngoái|20[0-9]{2}))?\s*$", re.IGNORECASE)
_BARE = re.compile(r"\s*(?:đạt|là|khoảng|có|tăng|giảm)?\s*[0-9]", re.IGNORECASE)
_SIGNED = re.compile(r"\s*(?:tăng|giảm)\b", re.IGNORECASE)
_HIGHER = re.compile(r"\b(?:cao|thấp|nhanh|chậm)\s+hơn\b", re.IGNORECASE)
_HERE = re.compile(
    r"\bGRDP\b|(?i:trên địa bàn|địa phương"
    r"|(?:của|toàn|trong|tỉnh|thành phố)\s+(?:tỉnh|thành phố|ta)\b"
    r"|\b(?:tỉnh|thành phố)\s+(?:đã|đạt|ước|có))"
)
_QUARTER_BEFORE = re.compile(r"\bso\s+(?:với\s+)?(?:quý|tháng)\s+(?:trước|liền)", re.IGNORECASE)
_PART_NEXT = re.compile(r"\W*(?:trong đó|trong mức tăng|gồm|bao gồm|cụ thể)\b", re.IGNORECASE)
_AFTER_SHARE = re.compile(r"[^,;.()]*?(?=\s(?:và|đồng thời|tăng|giảm|bằng|đạt)\s)", re.IGNORECASE)
SHARED = ("share_of_plan", "ratio_yoy")
ECONOMY = "tăng trưởng kinh tế"
_PER = re.compile(r"\s*/\s*(?!năm)(?P<each>[^\W\d_]+)(?:\s+(?P<head>người))?", re.IGNORECASE)
_LIST = re.compile(r"\([^()]*\)|\b(?:và|khu vực|ngành|còn|các|vốn|thu|chi)\b|[,;:()-]")
_AROUND = re.compile(r"(?:9[0-9]|1[0-4][0-9]),[0-9]+")
_ENDED = re.compile(r"[.:;!?…,]\W*$")
_DAY = re.compile(r"\bngày\b", re.IGNORECASE)
_BULLET = re.compile(r"\s*[-+•*–▪]\s")


@dataclass
class Trail:
    """What the paragraph before was about, for one that goes on with it."""

    family: str = ""
    price: str = ""
    elsewhere: bool = False
    period: Period | None = None
    named: bool = False
    goes_on: bool = False
    title: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Clauses:
    """Reads paragraphs of running text."""

    terms: Terms
    unit_words: UnitWords
    subjects: Subjects
    drafting: Drafting
    report: Period
    names: tuple[str, ...] = ()
    trail: Trail = field(default_factory=Trail)

    def read(self, paragraph: Paragraph, number: int) -> list[Proposal]:
        """Propose a row for every figure and verdict of a paragraph."""
        plain = paragraph.plain
        found = figures.find(plain, self.unit_words)
        spans = [(time.start, time.end) for time in timewords.find(plain, self.report)]
        found = [
            one
            for one in found
            if one.units or one.second or not any(a <= one.start < b for a, b in spans)
        ]
        if paragraph.heading != self.trail.heading:
            self.trail.heading, self.trail.title = paragraph.heading, ""
        text = marked(plain, found, self.terms.find(plain, self.names), self.report, self.names)
        walk = _Walk(self, text, paragraph, number)
        for mark in text.marks:
            walk.step(mark)
        walk.leave()
        if not found and not _ENDED.search(plain) and not _DAY.search(plain):
            self.trail.title = plain
        return [*walk.made, *self._whole(paragraph, walk.made, text, number)]

    @property
    def economy(self) -> str:
        """The indicator that "economic growth" is the growth of, where the codelist has one."""
        named = self.terms.find(ECONOMY)
        return next((code for one in named for code in one.whole), "")

    def _whole(
        self, paragraph: Paragraph, made: list[Proposal], text: Marked, number: int
    ) -> Iterator[Proposal]:
        for mark in text.marks:
            if mark.kind == "part":
                word = str(mark.what)
                claim = totals.claim(made, mark.at, word, self.drafting.units)
                if claim is not None:
                    claim.paragraph, claim.section = number, paragraph.section
                    claim.line = paragraph.line(mark.at)
                    claim.first, claim.last = mark.at, mark.at + len(word)
                    yield claim


class _Walk:
    """One paragraph being read."""

    def __init__(self, clauses: Clauses, text: Marked, paragraph: Paragraph, number: int) -> None:
        self.clauses, self.text = clauses, text
        self.paragraph, self.number = paragraph, number
        self.scope = Scope(period=clauses.report, topic=clauses.report)
        self.outer: list[Scope] = []
        self.made: list[Proposal] = []
        self.pairs = pairs.pairs(text)
        self.aims = aims.begin(paragraph, clauses.report)
        self._enter()

    def _enter(self) -> None:
        """Start from what the paragraph before or the heading is about, where this goes on."""
        trail, scope = self.clauses.trail, self.scope
        if trail.goes_on or _PART_NEXT.match(self.text.text):
            scope.family, scope.price, scope.elsewhere = trail.family, trail.price, trail.elsewhere
            scope.period = scope.topic = trail.period or self.clauses.report
            scope.named = scope.carried = trail.named
            return
        scope.abroad = trail.elsewhere and self._opens_with_part()
        told = self._titled()
        if told is not None:
            scope.period = scope.topic = told
            scope.named = scope.carried = True
        headed = [one for one in self.clauses.terms.find(self.paragraph.heading) if one.whole]
        if len(headed) == 1 and len(headed[0].whole) == 1:
            scope.family = self.clauses.terms.family(headed[0].whole[0])[-1]

    def _titled(self) -> Period | None:
        """Give the time that the title or heading above names, where it is not the report's."""
        report, trail = self.clauses.report, self.clauses.trail
        for text in (trail.title, trail.heading):
            times = [one.of(report) for one in timewords.find(text, report) if not one.same]
            named = [one for one in times if one is not None]
            if named:
                return None if report in named else named[0]
        return None

    def _here(self, one: Printed) -> bool:
        """Tell whether the sentence of a figure says that it is about the place of the report."""
        start, end = self.text.sentence_start(one.first), self.text.sentence_end(one.last)
        said = self.text.text[start:end]
        names = filter(None, self.clauses.names)
        return bool(_HERE.search(said)) or any(name in said.casefold() for name in names)

    def _opens_with_part(self) -> bool:
        """Tell whether the first name of the paragraph is a part of the economy, not the whole."""
        named = (mark.what for mark in self.text.marks if isinstance(mark.what, Mention))
        first = next(named, None)
        economy = self.clauses.economy
        codes = (*first.whole, *first.parts) if first is not None else ()
        return economy not in codes and any(self._root(code) == economy for code in codes)

    def leave(self) -> None:
        """Leave behind what the paragraph was about."""
        scope = self.outer[0] if self.outer else self.scope
        said = self.text.text.rstrip(" *")
        listed = said.endswith(":") or (said.endswith(";") and self.clauses.trail.goes_on)
        bullet = self.clauses.trail.goes_on and _BULLET.match(self.text.text) is not None
        self.clauses.trail.__dict__.update(
            family=scope.family or self._root(scope.recent),
            price=scope.price,
            elsewhere=scope.elsewhere or scope.abroad,
            period=scope.topic,
            named=scope.named,
            goes_on=listed or bullet,
        )

    def _root(self, code: str) -> str:
        return self.clauses.terms.family(code)[-1] if code else ""

    def step(self, mark: Mark) -> None:
        """Take in a mark."""
        what = mark.what
        if mark.kind == "break":
            self._break(str(what), mark.at)
        elif isinstance(what, Mention):
            if not self.made or what.end > self.made[-1].last:  # else a unit, as "lượt khách"
                self.scope.mentions.append(what)
                self.scope.first = self.scope.first or what
        elif isinstance(what, Printed):
            self._figure(what)
        elif isinstance(what, re.Match):
            self._verdict(what)
        else:
            self._told(mark)

    def _told(self, mark: Mark) -> None:
        """Take in a time, a standing, a price base, a place or a whole."""
        if mark.kind == "time":
            self._time(mark)
        elif mark.kind == "status":
            self.scope.status = str(mark.what)
        elif mark.kind == "part":
            self._part()
        elif mark.kind == "price":
            for scope in (self.scope, *self.outer):
                scope.price, scope.priced = str(mark.what), True
        elif mark.kind == "elsewhere":
            self.scope.elsewhere = True
        elif mark.kind == "whole":
            self._economy()

    def _economy(self) -> None:
        """Take the economy as the whole: that of the paragraph before, else the codelist's."""
        trail = self.clauses.trail
        for scope in (self.scope, *self.outer):
            if not scope.begun:
                scope.elsewhere = scope.elsewhere or (trail.elsewhere and not scope.recent)
            scope.family = self.clauses.economy or scope.family
            scope.doubted = False

    def _break(self, sign: str, at: int) -> None:
        scope, after = self.scope, at + len(sign)
        if sign == "(":
            self._open(at, after)
        elif sign == ")":
            self._close(after)
        else:
            scope.clause = after
            if not scope.closed or sign != ",":
                scope.closed = True
                scope.since, scope.mentions = after, []
            if sign[0] in ".!?…":
                self._sentence(after)

    def _open(self, at: int, after: int) -> None:
        """Go into a bracket: it speaks of the time right before it, or of a year before."""
        scope = self.scope
        start = max(scope.clause, self.made[-1].last if self.made else 0)
        self.outer.append(scope)
        self.scope = inside = scope.inside()
        inside.outside = folded(self.text.text[min(start, at) : at])
        before = self.text.time_before(at)
        ago = _YEAR_AGO.search(self.text.text[:at])
        told = ago and _BARE.match(self.text.text[after:])
        if ago and not scope.begun and self._grown(scope.clause, at, after):
            inside.clause = after
            return
        if told and scope.period is not None:
            inside.period = scope.period.shift(-1)
        elif before is not None and scope.period is not None:
            inside.period = before.of(scope.period) or scope.period
        if inside.period != scope.period:
            inside.status, inside.cutoff, inside.named = "", None, True
        inside.clause = after
        if not inside.mentions:
            inside.since = after
        inside.begun = False

    def _grown(self, start: int, at: int, after: int) -> bool:
        """Tell whether a bracket holds the growth itself: "tăng so với cùng kỳ (tăng 12,9%)"."""
        before = self.text.text[start:at]
        signed = _SIGNED.match(self.text.text[after:]) is not None
        return signed and " so " in f" {before}" and not _HIGHER.search(before)

    def _close(self, after: int) -> None:
        """Come out of a bracket; a name that stands in it alone is what follows it is about."""
        inside = self.scope
        self.scope = scope = self.outer.pop() if self.outer else inside
        scope.told = scope.told or inside.told
        scope.clause = after if inside.begun else scope.clause
        if not inside.begun and scope is not inside:
            scope.mentions = list(inside.mentions)
        scope.since = after if not scope.mentions else scope.since

    def _sentence(self, after: int) -> None:
        if self.outer:
            self.scope, self.outer = self.outer[0], []
        scope = self.scope
        scope.clause = scope.since = scope.opened = after
        scope.mentions = []
        scope.age += 1
        scope.before = scope.last or scope.before
        scope.spoken, scope.first = (None if scope.begun else scope.first), None
        scope.abroad = scope.elsewhere if scope.begun else scope.abroad
        scope.begins = scope.begins and scope.abroad
        scope.period = scope.topic if scope.trailing else scope.period
        scope.topic = scope.period if scope.period == self.clauses.report else scope.topic
        scope.timed = scope.begun = scope.lost = scope.priced = scope.trailing = False
        if _PART_NEXT.match(self.text.text[after:]):
            return
        scope.period, scope.elsewhere, scope.carried = scope.topic, False, True
        scope.shared = {}
        scope.status, scope.cutoff = "", None
        scope.told = []

    def _time(self, mark: Mark) -> None:
        time, scope = as_time(mark.what), self.scope
        period = time.of(scope.period or self.clauses.report)
        if time.same:
            scope.once = period
            return
        scope.lost = period is None
        if period is not None:
            scope.period, scope.named, scope.timed = period, True, True
            scope.carried = False
            scope.topic, scope.trailing = scope.topic if scope.begun else period, scope.begun
        if time.cutoff is not None:
            scope.cutoff = time.cutoff

    def _part(self) -> None:
        subject = self.scope.subject
        whole = subject.indicator if subject is not None else ""
        for scope in (self.scope, *self.outer):
            scope.family, scope.doubted = whole or scope.family or scope.recent, not whole

    def _paired(self, one: Printed) -> Printed:
        """Let a figure of a list speak of its own name or time, with the sign of the first."""
        pair = self.pairs.get(one.start)
        if pair is None:
            return one
        if pair.mention is not None:
            self.scope.mentions, self.scope.since = [pair.mention], one.first
        if pair.period is not None:
            self.scope.period, self.scope.named = pair.period, True
        return replace(one, sign=one.sign or pair.sign)

    def _later(self, one: Printed) -> None:
        """Take the time that follows a figure where none stands before it in the sentence."""
        stop = self.text.next_stop(one.last)
        times = [as_time(m.what) for m in self.text.marks if m.kind == "time"]
        after = [time for time in times if one.last <= time.start < stop]
        if after and not self.scope.timed and after[0].period is not None:
            self.scope.period, self.scope.named = after[0].period, True
            self.scope.carried = False

    def _priced(self, one: Printed) -> None:
        """Take the price base that is stated in a bracket right after a figure."""
        stated = PRICE.match(self.text.text[one.last :].lstrip())
        if stated is not None and not self.scope.priced:
            self.scope.price, self.scope.priced = str(stated.lastgroup), True

    def _when(self, one: Printed) -> Scope:
        """Give the scope with the time of a figure that another is compared with."""
        scope = self.scope
        if one.start in self.text.beside:
            time = self.text.beside[one.start]
            period = time.of(scope.period or self.clauses.report) if time else None
        elif scope.once is not None:
            period, scope.once = scope.once, None
        else:
            return scope
        lost = period is None
        return replace(scope, period=period or scope.period, status="", cutoff=None, lost=lost)

    def _words(self, one: Printed) -> Words:
        scope, text = self.scope, self.text
        start = max(scope.clause, self.made[-1].last if self.made else 0)
        stop = text.next_stop(one.last)
        return Words(
            lead=folded(text.text[min(start, one.first) : one.first]),
            tail=folded(text.text[one.last : stop]),
            outside="" if scope.begun else scope.outside,
            raw=text.text[one.last : stop],
            later=folded(text.text[stop : text.sentence_end(one.last)]),
            sofar=folded(text.text[scope.opened : one.first]),
            aside=bool(self.outer),
            period=scope.period,
        )

    def _figure(self, one: Printed) -> None:
        one = self._paired(one)
        self._later(one)
        self._priced(one)
        scope = self.scope
        words = self._words(one)
        when = self._when(one)
        meaning = self._meaning(one, words, when)
        role = meaning.role
        asked = "level" if role in ("scenario", "target") and "pct" not in one.units else role
        scope.away = scope.abroad and scope.begins and not self._here(one)
        subject = self.clauses.subjects.of(one, asked, scope, self.text)
        made = self.clauses.drafting.figure(one, meaning, subject, when, words.lead, words.tail)
        self._doubts(made, one, meaning)
        terms, report = self.clauses.terms, self.clauses.report
        grounds.of_prose(made, one, meaning, subject, when, terms, report)
        self._place(made, one.start, one.first, one.last)
        self.made.append(made)
        part = bool(self.clauses.terms.parents.get(subject.indicator))
        scope.elsewhere = scope.elsewhere or scope.away or (scope.abroad and part)
        named = scope.mentions or (scope.spoken is not None and not scope.begun)
        if made.table == "observations" or not made.table or named:
            self._about(subject)
        scope.trailing = False
        if made.table == "observations" and when is scope:
            scope.told.append(made)
        if role in SHARED:
            verb = one.sign or "đạt"
            scope.shared[verb] = role if scope.shared.get(verb, role) == role else ""
        scope.since, scope.mentions, scope.closed, scope.begun = one.last, [], False, True
        whole = _AFTER_SHARE.match(words.raw) if role in ("share", "share_of_plan") else None
        scope.since += whole.end() if whole else 0

    def _doubts(self, made: Proposal, one: Printed, meaning: Meaning) -> None:
        """Doubt a figure of a list without a pair, and growth of a stock that says no time."""
        if one.other and not set(one.other) & set(one.units):
            made.doubt(0.4, Reason.of("units_two", unit=one.unit_words))
        if self._each(one, made.indicator):
            made.doubt(0.4, Reason.of("unit_per"))
        if one.first >= self.aims and made.table == "observations":
            made.doubt(0.4, Reason.of("aim_named"))
        if made.measure == "growth_yoy" and self._short(one, made):
            made.doubt(0.6, Reason.of("time_short"))
        pair = self.pairs.get(one.start)
        if pair is not None and pair.unclear:
            made.doubt(0.4, Reason.of("list_unpaired"))
        stock = self.clauses.terms.kinds.get(made.indicator) == "stock"
        if stock and meaning.reason == Reason.of("growth_assumed"):
            since = any(row.measure == "growth_ytd" for row in self.made)
            if since or self.clauses.terms.units[made.indicator].endswith("vnd"):
                made.doubt(0.6, Reason.of("growth_of_stock"))

    def _each(self, one: Printed, code: str) -> bool:
        """Tell whether a figure is for each of something that its indicator does not name."""
        per = _PER.match(self.text.text[one.last :])
        named = narrowing.held(self.clauses.terms.keys.get(code, ()))
        return per is not None and not {per["each"].casefold(), per["head"]} & named

    def _short(self, one: Printed, made: Proposal) -> bool:
        """Tell whether a longer time is given to a sentence that compares with the last quarter."""
        start, end = self.text.sentence_start(one.first), self.text.sentence_end(one.last)
        before = _QUARTER_BEFORE.search(self.text.text[start:end])
        part = made.time_period.partition("-")[2]
        return before is not None and not (part.isdigit() or part.startswith("Q"))

    def _meaning(self, one: Printed, words: Words, when: Scope) -> Meaning:
        """Tell what a figure is, from those before it in the sentence where its words do not."""
        meaning, scope = classify(one, words), self.scope
        bare = "pct" in one.units and meaning.role in ("level", "ratio", "open")
        last = scope.last
        if bare and when is not scope and last is not None and last.measure.startswith("growth"):
            return Meaning(last.measure, 0.9, Reason.of("growth_beside"))
        if bare and self._of_another_time(last):
            return Meaning("growth_yoy", 0.87, Reason.of("growth_as_before"))
        if bare and not one.sign and self._listed(one):
            return Meaning("share", 0.85, Reason.of("shared_verb"))
        verb = one.sign or ("đạt" if words.lead.endswith("đạt") else "")
        if bare and not one.sign and self._parted(one):
            return Meaning("growth_yoy", 0.7, Reason.of("growth_as_before"))
        if bare and scope.shared and verb in ("đạt", "bằng") and self._counted():
            return self._shared(verb)
        if bare and _AROUND.fullmatch(one.number) and scope.level is None and self._counted():
            return Meaning("ratio_yoy", 0.6, Reason.of("near_hundred"))
        if bare and verb == "đạt" and scope.level is not None and not scope.mentions:
            return Meaning("share_of_plan", 0.6, Reason.of("share_as_before"))
        return meaning

    def _parted(self, one: Printed) -> bool:
        """Tell whether a bare figure of a part goes on with the growth of its whole."""
        last, mentions = self.scope.last, self.scope.mentions
        if last is None or last.measure != "growth_yoy" or not mentions:
            return False
        roots = {self._root(code) for code in (*mentions[-1].whole, *mentions[-1].parts)}
        between = self.text.text[mentions[-1].end : one.first].strip(" *)")
        return self._root(last.indicator) in roots and between in ("", ":", "đạt", "ước đạt")

    def _listed(self, one: Printed) -> bool:
        """Tell whether a figure goes on a list of shares: only a name stands since the last."""
        last, mentions = self.scope.last, self.scope.mentions
        if last is None or last.measure != "share" or len(mentions) != 1:
            return False
        text = self.text.text
        between = text[last.last : mentions[0].start] + text[mentions[0].end : one.first]
        return not _LIST.sub("", between).strip()

    def _shared(self, verb: str) -> Meaning:
        """Tell a bare percentage by what its verb told before in the sentence."""
        role = self.scope.shared.get(verb)
        sure = 0.87 if role or (role is None and verb == "đạt") else 0.6
        if role == "ratio_yoy":
            return Meaning(role, sure, Reason.of("growth_as_before"))
        return Meaning("share_of_plan", sure, Reason.of("share_as_before"))

    def _of_another_time(self, last: Proposal | None) -> bool:
        """Tell whether a bare percentage is the growth just told, at another time."""
        if last is None or last.measure != "growth_yoy" or self.scope.mentions:
            return False
        return str(self.scope.period) != last.time_period and self._counted()

    def _counted(self) -> bool:
        """Tell whether what is talked about is no percentage itself."""
        subject = self.scope.subject
        names = {
            code for mention in self.scope.mentions for code in (*mention.whole, *mention.parts)
        }
        codes = names or ({subject.indicator} if subject else set())
        return bool(codes) and all(self.clauses.terms.units.get(code) != "pct" for code in codes)

    def _about(self, subject: Subject) -> None:
        """Remember what a figure was about, and leave the whole before where this is another's."""
        scope = self.scope
        known = scope.subject
        same = known is not None and subject.term == known.term and not scope.mentions
        if not (subject.term or subject.indicator) or (same and not subject.indicator):
            return
        scope.subject, scope.age = subject, 0
        if subject.indicator:
            scope.recent = subject.indicator
            if scope.family and self._root(scope.family) != self._root(subject.indicator):
                scope.family, scope.doubted = "", False
                scope.price = ""

    def _verdict(self, match: "re.Match[str]") -> None:
        end = self.text.next_stop(match.end())
        told = self.text.text[match.end() : end]
        beside = self.text.figure_before_stop(match.end())
        named = self.clauses.subjects.named(match.start(), self.scope, self.text)
        last = self.scope.last
        if named is not None and last is not None and named.indicator == last.indicator:
            named = None
        made = self.clauses.drafting.judging.claim(
            match["word"], match["of"], told, beside, self.scope, named
        )
        if made is not None:
            word = match.start("word"), match.end("word")
            self._place(made, word[0], word[0], word[1])
            self.made.append(made)

    def _place(self, made: Proposal, at: int, first: int, last: int) -> None:
        made.paragraph, made.section = self.number, self.paragraph.section
        made.line = self.paragraph.line(at)
        made.nth = self.paragraph.nth(at) if made.kind not in ("verdict_word",) else None
        if self.paragraph.line(first) != made.line and numerals(self.paragraph.text[first:at]):
            first = at
        made.first, made.last = first, last
        made.printed = " ".join(self.paragraph.text[first:last].split())
