"""The subject of a figure: which indicator it is about, and how sure that is."""

from collections.abc import Iterable
from dataclasses import dataclass

from halfyear.data.units import Units
from halfyear.intake.language.figures import Printed
from halfyear.intake.language.plainwords import residue
from halfyear.intake.language.syllables import content
from halfyear.intake.language.terms import Mention, Terms
from halfyear.intake.reader.context import Marked, Scope, Subject
from halfyear.intake.reason import Reason

LEVEL = "level"


@dataclass(frozen=True)
class Subjects:
    """Finds subjects among the terms of the codelist, by unit and by what was said before."""

    terms: Terms
    units: Units

    def of(self, figure: Printed, role: str, scope: Scope, text: Marked) -> Subject:
        """Tell whom a figure is about."""
        after = self._after(figure, role, scope, text)
        if after is not None:
            return after
        start = scope.since
        mention = scope.mentions[-1] if scope.mentions else None
        if mention is None:
            return self._without(figure, role, scope, text)
        behind = residue(text.blank[max(mention.end, start) : figure.first])
        before = residue(text.blank[start : mention.start])
        found = self._choose(mention, figure, role, scope, text)
        certainty = found.certainty
        reason = found.reason
        if behind:
            certainty *= 0.5
            reason = Reason.of("words_between", words=behind)
        elif before and len(scope.mentions) == 1 and ":" not in text.text[start : mention.start]:
            certainty *= 0.93 if len(before.split()) < 3 else 0.85
            reason = reason or Reason.of("words_before_name", words=before)
        if len({one.whole + one.parts for one in scope.mentions}) > 1:
            certainty *= 0.85
            reason = reason or Reason.of("names_several")
        return Subject(found.indicator, certainty, found.term, reason)

    def _after(self, figure: Printed, role: str, scope: Scope, text: Marked) -> Subject | None:
        """Give the subject that follows a count, as in "120 doanh nghiệp thành lập mới"."""
        if role != LEVEL or "pct" in figure.units:
            return None
        for mark in text.marks:
            mention = mark.what
            if isinstance(mention, Mention) and figure.end <= mention.start <= figure.last + 1:
                found = self._choose(mention, figure, role, scope, text)
                if found.indicator:
                    rest = residue(text.blank[mention.end : text.next_stop(mention.end)])
                    doubt = 1.0 if not rest else 0.7
                    reason = Reason.of("words_after_name", words=rest) if rest else found.reason
                    return Subject(found.indicator, found.certainty * doubt, found.term, reason)
        return None

    def _without(self, figure: Printed, role: str, scope: Scope, text: Marked) -> Subject:
        """Give the subject of a figure before which no name of the codelist stands."""
        left = residue(text.blank[scope.since : figure.first])
        known = scope.subject
        if left:
            short = self._sibling(left, scope)
            if short and self._fits(short, figure, role):
                return Subject(short, 0.9, left, Reason.of("name_short"))
            return Subject("", 0.3, left, Reason.of("name_unlisted"))
        if known is None:
            return Subject("", 0.3, "", Reason.of("name_missing"))
        if known.indicator and not self._fits(known.indicator, figure, role):
            return Subject("", 0.3, known.term, Reason.of("unit_other"))
        doubt = 1.0 if scope.age == 0 else 0.95 if scope.age == 1 else 0.6
        rest = residue(text.blank[figure.last : text.next_stop(figure.last)])
        if rest and role == LEVEL:
            return Subject(
                known.indicator,
                known.certainty * 0.5,
                known.term,
                Reason.of("words_after_figure", words=rest),
            )
        return Subject(known.indicator, known.certainty * doubt, known.term, known.reason)

    def _sibling(self, left: str, scope: Scope) -> str:
        words = tuple(word.text for word in content(left))
        codes = (scope.subject.indicator if scope.subject else "", scope.family, scope.recent)
        return next((found for code in codes if (found := self.terms.sibling(code, words))), "")

    def _choose(
        self, mention: Mention, figure: Printed, role: str, scope: Scope, text: Marked
    ) -> Subject:
        term = text.text[mention.start : mention.end]
        near = self._near(scope)
        parts = [one for one in mention.parts if set(self.terms.family(one)[1:]) & near]
        whole = list(mention.whole)
        inside = [one for one in whole if set(self.terms.family(one)[1:]) & near]
        for group, certainty, reason in (
            (self._fitting({*parts, *inside}, figure, role), 0.85 if scope.doubted else 1.0, None),
            (self._fitting(whole, figure, role), 1.0, None),
            (self._fitting(mention.parts, figure, role), 0.6, Reason.of("whole_missing")),
        ):
            chosen = self._nearest(group, near)
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

    def _fitting(self, codes: Iterable[str], figure: Printed, role: str) -> list[str]:
        return [code for code in sorted(set(codes)) if self._fits(code, figure, role)]

    def _fits(self, code: str, figure: Printed, role: str) -> bool:
        """Tell whether an indicator can have a figure of this unit and role."""
        if role == "rank":
            return True
        own = self.terms.units.get(code, "")
        if role != LEVEL:
            return True
        if not figure.units:
            return own not in ("pct", "index", "rank")
        return any(self.units.compatible(own, unit) for unit in figure.units)
