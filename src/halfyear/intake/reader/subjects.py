"""The subject of a figure: which indicator it is about, and how sure that is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from halfyear.data.units import Units
from halfyear.intake.language.figures import Printed
from halfyear.intake.language.plainwords import residue
from halfyear.intake.language.syllables import content
from halfyear.intake.language.terms import Mention, Terms
from halfyear.intake.reader import narrowing
from halfyear.intake.reader.context import Marked, Scope, Subject
from halfyear.intake.reason import Reason

LEVEL = "level"
_IN_FORCE = re.compile(r"còn hiệu lực", re.IGNORECASE)
_STANDS = re.compile(
    r"còn hiệu lực|l[ũu][ỹy] kế|đến nay|hiện (?:nay|có)|đang hoạt động", re.IGNORECASE
)
GROWING = ("growth_yoy", "growth_ytd", "ratio_yoy", "multiple_yoy")
CONSTANT = ("growth_yoy", "growth_ytd", "ratio_yoy", "multiple_yoy", "contribution")
_RATE = re.compile(r"(?:mức|tốc độ) tăng(?: trưởng)?(?: chung)?\s*[0-9]+(?:,[0-9]+)?\s*%$", re.I)
_LEADING = re.compile(
    r"(?:theo|nhờ|do|mặc dù|tuy|bên cạnh|ngoài ra|đáng chú ý|đặc biệt|với|trước|qua)\b[^,;:.()]*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Subjects:
    """Finds subjects among the terms of the codelist, by unit and by what was said before."""

    terms: Terms
    units: Units

    def of(self, figure: Printed, role: str, scope: Scope, text: Marked) -> Subject:
        """Tell whom a figure is about."""
        subject = self._after(figure, role, scope, text)
        if subject is None and scope.mentions:
            subject = self._before(figure, role, scope, text)
        if subject is None:
            subject = self._without(figure, role, scope, text)
        part = bool(self.terms.parents.get(subject.indicator))
        if subject.indicator and (scope.elsewhere or scope.away or (scope.abroad and part)):
            reason = Reason.of("place_other")
            return Subject(subject.indicator, subject.certainty * 0.3, subject.term, reason)
        if role in GROWING and self.terms.kinds.get(subject.indicator) == "share":
            reason = Reason.of("growth_of_share")
            return Subject(subject.indicator, subject.certainty * 0.5, subject.term, reason)
        if role == "share" and subject.indicator and not part:
            reason = Reason.of("share_of_itself")
            return Subject(subject.indicator, subject.certainty * 0.4, subject.term, reason)
        return self._standing(subject, figure, role, text)

    def _standing(self, subject: Subject, figure: Printed, role: str, text: Marked) -> Subject:
        """Doubt a stock where none is spoken of, and a flow where a stock is."""
        if role != LEVEL or not subject.indicator:
            return subject
        start = text.sentence_start(figure.first)
        said = text.text[start : text.sentence_end(figure.last)]
        stock = subject.indicator in self.terms.standing
        standing = (_STANDS if stock else _IN_FORCE).search(said)
        if bool(standing) == stock or (not stock and self.terms.kinds[subject.indicator] != "flow"):
            return subject
        reason = Reason.of("stock_or_flow")
        return Subject(subject.indicator, subject.certainty * 0.6, subject.term, reason)

    def named(self, at: int, scope: Scope, text: Marked) -> Subject | None:
        """Give what is named between the last figure and a verdict; None where nothing is."""
        start = max(scope.since, scope.clause) if scope.begun else scope.since
        if scope.mentions:
            last = scope.mentions[-1]
            codes = self._nearest([*last.whole, *last.parts], self._near(scope))
            certain = 1.0 if len(codes) == 1 and not residue(text.blank[last.end : at]) else 0.5
            return Subject(codes[0] if codes else "", certain, text.text[last.start : last.end])
        left = residue(text.blank[start:at])
        if not left:
            return None
        return Subject(self._sibling(left, scope), 0.9, left)

    def _before(self, figure: Printed, role: str, scope: Scope, text: Marked) -> Subject:
        """Give the subject that is named before a figure."""
        start, mention = scope.since, scope.mentions[-1]
        if self._owned(scope.mentions, text):
            return self._before(figure, role, self._under(scope), text)
        found = self._choose(mention, figure, role, scope, text)
        certainty, reason = found.certainty, found.reason
        behind = residue(text.blank[max(mention.end, start) : figure.first])
        other = self._other(found.indicator, start, mention, figure, text)
        near, far = self._lead(text, start, mention.start)
        if behind or other:
            certainty *= 0.5
            reason = Reason.of("words_between", words=behind or other)
        elif near:
            certainty *= 0.6
            reason = reason or Reason.of("words_before_name", words=near)
        elif far:
            certainty *= 0.75
            reason = reason or Reason.of("words_before_name", words=far)
        if self._joined(scope.mentions, text):
            certainty *= 0.4
            reason = Reason.of("names_joined")
        elif len({one.whole + one.parts for one in scope.mentions}) > 1:
            certainty *= 0.75
            reason = reason or Reason.of("names_several")
        return Subject(found.indicator, certainty, found.term, reason)

    def _other(self, code: str, start: int, mention: Mention, figure: Printed, text: Marked) -> str:
        """Give the plain words around a name that make it name something else."""
        if not code:
            return ""
        before, after = text.text[start : mention.start], text.text[mention.end : figure.first]
        return narrowing.narrowed(before, after, code, self.terms)

    def _owned(self, mentions: list[Mention], text: Marked) -> bool:
        """Tell whether the last name is the whole of the one before, as in "dịch vụ của GRDP"."""
        if len(mentions) < 2 or text.text[mentions[-2].end : mentions[-1].start].strip() != "của":
            return False
        wholes = set(mentions[-1].whole)
        return any(wholes & set(self.terms.family(part)[1:]) for part in mentions[-2].parts)

    def _under(self, scope: Scope) -> Scope:
        """Give the scope with the last name as the whole that the one before is part of."""
        last = scope.mentions[-1]
        return replace(scope, family=last.whole[0], doubted=False, mentions=scope.mentions[:-1])

    def _lead(self, text: Marked, start: int, end: int) -> tuple[str, str]:
        """Give the words before a name that may tell more: in its own stretch, and before that."""
        stops = [m.at + 1 for m in text.marks if m.kind == "break" and start <= m.at < end]
        colon = text.text.rfind(":", start, end)
        own = max([start, colon + 1, *stops])
        far = "" if colon >= start else _LEADING.sub("", text.blank[start : max(start, own)])
        return residue(text.blank[own:end]), residue(far)

    def _joined(self, mentions: list[Mention], text: Marked) -> bool:
        """Tell whether the last two names are one subject, as in "services and product taxes"."""
        if (
            len(mentions) < 2
            or mentions[-1].whole + mentions[-1].parts == mentions[-2].whole + mentions[-2].parts
        ):
            return False
        between = text.text[mentions[-2].end : mentions[-1].start]
        return between.strip().casefold() in ("và", ",", "cùng", "với", "&")

    def _after(self, figure: Printed, role: str, scope: Scope, text: Marked) -> Subject | None:
        """Give the subject that follows a count, as in "120 doanh nghiệp thành lập mới"."""
        if role == "growth_yoy":
            return self._owner(figure, role, scope, text)
        if role != LEVEL or "pct" in figure.units:
            return None
        for mark in text.marks:
            mention = mark.what
            if isinstance(mention, Mention) and figure.end <= mention.start <= figure.last + 1:
                if scope.mentions and mention.end <= figure.last:
                    continue
                found = self._choose(mention, figure, role, scope, text)
                if found.indicator:
                    rest = residue(text.blank[mention.end : text.next_stop(mention.end)])
                    doubt = 1.0 if not rest else 0.7
                    reason = Reason.of("words_after_name", words=rest) if rest else found.reason
                    return Subject(found.indicator, found.certainty * doubt, found.term, reason)
        return None

    def _owner(self, figure: Printed, role: str, scope: Scope, text: Marked) -> Subject | None:
        """Give the subject named after its growth, as in "mức tăng 9,1% của GRDP"."""
        if not _RATE.search(text.text[: figure.last]):
            return None
        for mark in text.marks:
            mention = mark.what
            if isinstance(mention, Mention) and mention.start >= figure.last:
                if text.text[figure.last : mention.start].strip() == "của":
                    return self._choose(mention, figure, role, scope, text)
                return None
        return None

    def _without(self, figure: Printed, role: str, scope: Scope, text: Marked) -> Subject:
        """Give the subject of a figure before which no name of the codelist stands."""
        left = residue(text.blank[scope.since : figure.first])
        known = scope.subject
        if left:
            short = self._sibling(left, scope)
            if short and self._fits(short, figure, role, scope):
                return Subject(short, 0.9, left, Reason.of("name_short"))
            return Subject("", 0.3, left, Reason.of("name_unlisted"))
        if scope.spoken is not None and not scope.begun and not scope.told:
            named = self._choose(scope.spoken, figure, role, scope, text)
            if named.indicator:
                reason = Reason.of("subject_before")
                return Subject(named.indicator, named.certainty * 0.7, named.term, reason)
        if known is None:
            return Subject("", 0.3, "", Reason.of("name_missing"))
        code = self._same(known.indicator, role, scope)
        if code and not self._fits(code, figure, role, scope):
            return Subject("", 0.3, known.term, Reason.of("unit_other"))
        doubt = 1.0 if scope.age == 0 else 0.85 if scope.age == 1 else 0.6
        rest = residue(text.blank[figure.last : text.next_stop(figure.last)])
        if rest and role == LEVEL:
            reason = Reason.of("words_after_figure", words=rest)
            return Subject(code, known.certainty * 0.5, known.term, reason)
        return Subject(code, known.certainty * doubt, known.term, known.reason)

    def _same(self, code: str, role: str, scope: Scope) -> str:
        """Give the indicator of the same name at the price base that is asked for."""
        if not code:
            return code
        alike = self._priced(sorted({*self._twins(code), code}), role, scope)
        return code if code in alike or len(alike) != 1 else alike[0]

    def _keyed(self, key: tuple[str, ...]) -> list[str]:
        return [*self.terms.whole.get(key, []), *self.terms.parts.get(key, [])]

    def _sibling(self, left: str, scope: Scope) -> str:
        words = tuple(word.text for word in content(left))
        codes = (scope.subject.indicator if scope.subject else "", scope.family, scope.recent)
        return next((found for code in codes if (found := self.terms.sibling(code, words))), "")

    def _choose(
        self, mention: Mention, figure: Printed, role: str, scope: Scope, text: Marked
    ) -> Subject:
        term = text.text[mention.start : mention.end]
        near = self._near(scope)
        whole = self._priced(mention.whole, role, scope)
        named = self._priced(mention.parts, role, scope)
        parts = [one for one in named if self._inside(one, near)]
        inside = [one for one in whole if self._inside(one, near)]
        alone = [one for one in named if one not in mention.loose]
        for group, certainty, reason in (
            ([*parts, *inside], self._context(scope), None),
            (whole, 1.0, None),
            (alone or named, 0.45 if near else 0.6, Reason.of("whole_missing")),
        ):
            chosen = self._nearest(self._fitting(group, figure, role, scope), near)
            if len(chosen) > 1:
                chosen = [one for one in chosen if one in mention.exact] or chosen
            if len(chosen) == 1:
                cut = 1.0 if mention.share >= 1 else 0.95 if mention.share >= 0.75 else 0.55
                begun = None if cut == 1 else Reason.of("name_begun")
                return Subject(chosen[0], certainty * cut, term, reason or begun)
            if chosen:
                codes = " ".join(sorted(chosen)[:4])
                return Subject(
                    sorted(chosen)[0], 0.4, term, Reason.of("indicators_several", indicators=codes)
                )
        return Subject("", 0.3, term, Reason.of("unit_other"))

    def _context(self, scope: Scope) -> float:
        """Tell how sure it is what whole is talked about."""
        if scope.doubted:
            return 0.6
        subject = scope.subject
        told = bool(scope.family) or subject is None or subject.certainty >= 0.8
        return 1.0 if told else 0.6

    def _priced(self, codes: Iterable[str], role: str, scope: Scope) -> list[str]:
        """Keep the indicators at the price base that is stated, or that a role goes with.

        Growth and contributions are at constant prices, the structure at current ones.
        """
        base = "current" if role == "share" else scope.price
        if role in CONSTANT and not scope.priced:
            base = "constant"
        kept = list(codes)
        if not base:
            return kept
        twins = [twin for one in kept for twin in self._twins(one)]
        return [one for one in kept if self.terms.prices[one] in ("", base)] or [
            twin for twin in twins if self.terms.prices[twin] == base
        ]

    def _twins(self, code: str) -> list[str]:
        """Give the indicators that share a name with one."""
        return [twin for key in self.terms.keys[code] for twin in self._keyed(key)]

    def _inside(self, code: str, near: set[str]) -> bool:
        """Tell whether an indicator is part of what is talked about, at whatever price base."""
        roots = {self.terms.root(one) for one in near}
        family = set(self.terms.family(code)[1:])
        twin = {
            one
            for one in roots
            if self.terms.prices[one] and self.terms.prices[self.terms.root(code)]
        }
        return bool(family & near) or (bool(family) and bool(twin))

    def _near(self, scope: Scope) -> set[str]:
        found: set[str] = set()
        for one in (scope.family, scope.subject.indicator if scope.subject else ""):
            if one:
                found.update(self.terms.family(one))
        return found

    def _nearest(self, group: list[str], near: set[str]) -> list[str]:
        """Of several candidates keep those closest to what is being talked about."""
        if len(group) < 2:
            return group
        ranked = {one: self._steps(one, near) for one in group}
        least = min(ranked.values())
        return [one for one in group if ranked[one] == least]

    def _steps(self, one: str, near: set[str]) -> int:
        line = self.terms.family(one)
        return next((step for step, code in enumerate(line) if code in near), 99)

    def _fitting(self, codes: Iterable[str], figure: Printed, role: str, scope: Scope) -> list[str]:
        return [code for code in sorted(set(codes)) if self._fits(code, figure, role, scope)]

    def _fits(self, code: str, figure: Printed, role: str, scope: Scope) -> bool:
        """Tell whether an indicator can have a figure of this unit and role."""
        if role == "rank":
            return True
        own = self.terms.units.get(code, "")
        if self.terms.kinds.get(code) == "rank" and (role != LEVEL or figure.units):
            return False
        if role != LEVEL:
            return own != "pct" or role not in ("share", "contribution")
        if not figure.units:
            return own not in ("pct", "index", "rank")
        price = scope.price if self.terms.prices.get(code) else ""
        asked = [priced(unit, self.units, price) for unit in figure.units]
        return any(self.units.compatible(own, unit) for unit in asked)


def priced(unit: str, units: Units, price: str) -> str:
    """Give a unit of money at the constant prices that a text states, where there is one."""
    if price != "constant":
        return unit
    return next((one for one in units.by_id if re.fullmatch(rf"{unit}_[0-9]{{4}}", one)), unit)
