"""Pairs of a list told with "lần lượt": the first name or time with the first figure, and so on."""

import re
from dataclasses import dataclass

from halfyear.intake.language.figures import Printed
from halfyear.intake.language.terms import Mention
from halfyear.intake.reader.context import Mark, Marked, as_time
from halfyear.period import Period

_RESPECTIVELY = re.compile(r"\b(?:lần lượt|tương ứng)\b(?!\s+với)", re.IGNORECASE)


@dataclass(frozen=True)
class Pair:
    """What a figure of a list is paired with; sign is the word before the first of them.

    With neither a name nor a time it is one of a list of which is not clear what each is of.
    """

    mention: Mention | None = None
    period: Period | None = None
    sign: str = ""

    @property
    def unclear(self) -> bool:
        """Whether nothing can be paired with the figure."""
        return self.mention is None and self.period is None


def pairs(text: Marked) -> dict[int, Pair]:
    """Give the pair of each figure by its start; unclear where lists do not match in length.

    A further list in the sentence, as in "tăng tương ứng 11 % và 9 %", is of the same names.
    """
    found: dict[int, Pair] = {}
    known: list[Mention] = []
    end = 0
    for match in _RESPECTIVELY.finditer(text.text):
        before = _since_figure(text.marks, match.start())
        figures = _following(text.marks, match.end())
        mentions = [m.what for m in before if isinstance(m.what, Mention)]
        periods = [as_time(m.what).period for m in before if m.kind == "time"]
        if len(figures) < 2:
            continue
        sign = figures[0].sign
        again = not mentions and match.start() < end
        mentions = known if again else mentions
        known, end = mentions, text.sentence_end(match.end())
        if len(mentions) == len(figures):
            named = zip(figures, mentions, strict=True)
            found.update({one.start: Pair(mention, None, sign) for one, mention in named})
        elif len(periods) == len(figures):
            timed = zip(figures, periods, strict=True)
            found.update({one.start: Pair(None, period, sign) for one, period in timed})
        elif "pct" in figures[0].units or mentions:
            found.update({one.start: Pair(sign=sign) for one in figures})
    return found


def _since_figure(marks: list[Mark], end: int) -> list[Mark]:
    """Give the marks before a place, back to the last figure or end of a sentence."""
    kept: list[Mark] = []
    for mark in marks:
        if mark.at >= end or (isinstance(mark.what, Printed) and mark.what.start >= end):
            break
        stops = mark.kind == "figure" or (mark.kind == "break" and str(mark.what)[0] in ".;()!?")
        kept = [] if stops else [*kept, mark]
    return kept


def _following(marks: list[Mark], start: int) -> list[Printed]:
    """Give the figures of a list: alike in unit and sign, up to anything else that is named."""
    found: list[Printed] = []
    for mark in marks:
        one = mark.what
        if (one.start if isinstance(one, Printed) else mark.at) < start:
            continue
        if isinstance(one, Printed):
            if found and (one.units != found[0].units or one.sign not in ("", found[0].sign)):
                break
            found.append(one)
        elif mark.kind == "mention" or (mark.kind == "break" and str(mark.what) != ","):
            break
    return found
