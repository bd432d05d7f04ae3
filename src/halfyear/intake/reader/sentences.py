"""Clauses: walks a paragraph from mark to mark and proposes a row for each figure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from halfyear.intake.language import figures, timewords
from halfyear.intake.language.figures import Printed, UnitWords
from halfyear.intake.language.syllables import folded
from halfyear.intake.language.terms import Mention, Terms
from halfyear.intake.layout.paragraphs import Paragraph
from halfyear.intake.proposal import Proposal
from halfyear.intake.reader import pairs, totals
from halfyear.intake.reader.context import Mark, Marked, Scope, as_time, marked
from halfyear.intake.reader.drafts import Drafting
from halfyear.intake.reader.roles import classify
from halfyear.intake.reader.subjects import Subjects
from halfyear.period import Period

_YEAR_AGO = re.compile(r"cùng\s+kỳ(?:\s+năm\s+(?:trước|ngoái|20[0-9]{2}))?\s*$", re.IGNORECASE)
_BARE = re.compile(r"\s*(?:đạt|là|khoảng|có|tăng|giảm)?\s*[0-9]", re.IGNORECASE)
_PART_NEXT = re.compile(r"\s*\**\s*(?:trong đó|gồm|bao gồm)", re.IGNORECASE)


@dataclass(frozen=True)
class Clauses:
    """Reads paragraphs of running text."""

    terms: Terms
    unit_words: UnitWords
    subjects: Subjects
    drafting: Drafting
    report: Period
    names: tuple[str, ...] = ()

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
        text = marked(plain, found, self.terms.find(plain, self.names), self.report, self.names)
        walk = _Walk(self, text, paragraph, number)
        for mark in text.marks:
            walk.step(mark)
        return [*walk.made, *self._whole(paragraph, walk.made, text, number)]

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
        self.scope = Scope(period=clauses.report)
        self.outer: list[Scope] = []
        self.made: list[Proposal] = []
        self.pairs = pairs.pairs(text)

    def step(self, mark: Mark) -> None:
        """Take in a mark."""
        what = mark.what
        if mark.kind == "break":
            self._break(str(what), mark.at)
        elif mark.kind == "time":
            self._time(mark)
        elif mark.kind == "status":
            self.scope.status = str(what)
        elif mark.kind == "part":
            self._part()
        elif isinstance(what, Mention):
            self.scope.mentions.append(what)
        elif isinstance(what, Printed):
            self._figure(what)
        elif isinstance(what, re.Match):
            self._verdict(what)

    def _break(self, sign: str, at: int) -> None:
        scope, after = self.scope, at + len(sign)
        if sign == "(":
            self.outer.append(scope)
            self.scope = scope.inside()
            told = _YEAR_AGO.search(self.text.text[:at]) and _BARE.match(self.text.text[after:])
            if told and scope.period is not None:
                self.scope.period, self.scope.status = scope.period.shift(-1), ""
                self.scope.cutoff, self.scope.named = None, True
            self.scope.clause = self.scope.since = after
            self.scope.mentions = []
            return
        if sign == ")":
            self.scope = self.outer.pop() if self.outer else scope
            self.scope.told = self.scope.told or scope.told
            self.scope.clause = after
            self.scope.since = after if not self.scope.mentions else self.scope.since
            return
        scope.clause = after
        if not scope.closed or sign != ",":
            scope.closed = True
            scope.since, scope.mentions = after, []
        if sign[0] in ".!?…":
            self._sentence(after)

    def _sentence(self, after: int) -> None:
        if self.outer:
            self.scope, self.outer = self.outer[0], []
        scope = self.scope
        scope.clause = scope.since = after
        scope.mentions = []
        scope.age += 1
        scope.timed = False
        if not _PART_NEXT.match(self.text.text[after:]):
            scope.status, scope.cutoff, scope.family = "", None, scope.family
            scope.told = []

    def _time(self, mark: Mark) -> None:
        time, scope = as_time(mark.what), self.scope
        scope.lost = time.period is None
        if time.period is not None:
            scope.period, scope.named, scope.timed = time.period, True, True
        if time.cutoff is not None:
            scope.cutoff = time.cutoff

    def _part(self) -> None:
        subject = self.scope.subject
        whole = subject.indicator if subject is not None else ""
        for scope in (self.scope, *self.outer):
            scope.family, scope.doubted = whole or scope.recent, not whole

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

    def _figure(self, one: Printed) -> None:
        one = self._paired(one)
        self._later(one)
        scope, text = self.scope, self.text
        start = max(scope.clause, self.made[-1].last if self.made else 0)
        lead = folded(text.text[min(start, one.first) : one.first])
        tail = folded(text.text[one.last : text.next_stop(one.last)])
        meaning = classify(one, lead, tail)
        role = meaning.role
        asked = "level" if role in ("scenario", "target") and "pct" not in one.units else role
        subject = self.clauses.subjects.of(one, asked, scope, text)
        made = self.clauses.drafting.figure(one, meaning, subject, scope, lead, tail)
        self._place(made, one.start, one.first, one.last)
        self.made.append(made)
        about = made.table == "observations" or not made.table
        if about and (subject.term or subject.indicator):
            scope.subject, scope.age = subject, 0
            scope.recent = subject.indicator or scope.recent
        if made.table == "observations":
            scope.told.append(made)
        scope.since, scope.mentions, scope.closed = one.last, [], False

    def _verdict(self, match: "re.Match[str]") -> None:
        end = self.text.next_stop(match.end())
        told = self.text.text[match.end() : end]
        beside = self.text.figure_before_stop(match.end())
        made = self.clauses.drafting.judging.claim(
            match["word"], match["of"], told, beside, self.scope
        )
        if made is not None:
            word = match.start("word"), match.end("word")
            self._place(made, word[0], word[0], word[1])
            self.made.append(made)

    def _place(self, made: Proposal, at: int, first: int, last: int) -> None:
        made.paragraph, made.section = self.number, self.paragraph.section
        made.line = self.paragraph.line(at)
        made.nth = self.paragraph.nth(at) if made.kind not in ("verdict_word",) else None
        if self.paragraph.line(first) != made.line:
            first = at
        made.first, made.last = first, last
        made.printed = " ".join(self.paragraph.text[first:last].split())
