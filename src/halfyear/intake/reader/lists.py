"""Lists of indicators that a text says were met or missed."""

import re
from collections.abc import Iterator

from halfyear.intake.language import timewords
from halfyear.intake.language.plainwords import residue
from halfyear.intake.language.terms import Terms
from halfyear.intake.layout.paragraphs import Paragraph
from halfyear.intake.proposal import Proposal
from halfyear.intake.reader.context import WORDS
from halfyear.intake.reason import Reason
from halfyear.period import Period

_LIST = re.compile(
    r"[0-9]+\s*/\s*[0-9]+\s+(?:chỉ tiêu|tiêu chí)[^.:;]*?\b(?P<word>đạt và vượt|đạt, vượt|vượt"
    r"|chưa đạt|không đạt|đạt)\b[^.;:]*:(?P<items>[^.]*)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[^;]+")
_ORDINAL = re.compile(r"\s*(?:\([0-9]{1,2}\)|[-+])?\s*")


def read(
    paragraph: Paragraph, number: int, terms: Terms, report: Period, names: tuple[str, ...]
) -> Iterator[Proposal]:
    """Propose one claim for each indicator of a list; items not surely named are left out."""
    plain = paragraph.plain
    for match in _LIST.finditer(plain):
        times = list(timewords.find(plain[: match.start("items")], report))
        named = next((time.period for time in reversed(times) if time.period), report)
        word = " ".join(match["word"].casefold().split())
        for item in _ITEM.finditer(match["items"]):
            start = match.start("items") + item.start()
            code, term = _named(plain[start : match.start("items") + item.end()], terms, names)
            if code:
                yield Proposal(
                    "claims",
                    paragraph.line(match.start("word")),
                    None,
                    plain[match.start("word") : match.end("word")],
                    section=paragraph.section,
                    paragraph=number,
                    first=start,
                    last=match.start("items") + item.end(),
                    indicator=code,
                    term=term,
                    kind="verdict_word" if WORDS[word] == "misses" else "verdict_list",
                    time_period=str(named),
                    word=WORDS[word],
                    confidence=0.9 if times else 0.7,
                    reasons=[Reason.of("listed")],
                )


def _named(item: str, terms: Terms, names: tuple[str, ...]) -> tuple[str, str]:
    text = _ORDINAL.sub("", item, count=1)
    mentions = [one for one in terms.find(text, names) if one.whole]
    if not mentions or mentions[0].share < 1 or len(mentions[0].whole) > 1:
        return "", ""
    first = mentions[0]
    rest = residue(text[first.end :].partition("(")[0])
    if rest or residue(text[: first.start]):
        return "", ""
    return first.whole[0], text[first.start : first.end]
