"""Places of figures in the text of a document."""

import re
from collections.abc import Iterator, Sequence

from halfyear.data.numeral import NUMERAL, numerals

_MONTHS = r"(?:tháng|Tháng)"
CAPITALS = "A-ZÀÁẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬĐÈÉẺẼẸÊẾỀỂỄỆÌÍỈĨỊÒÓỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÙÚỦŨỤƯỨỪỬỮỰỲÝỶỸỴ"
_NO_COUNT_BEFORE = r"(?<![Tt]ổng\s)(?<![Tt]rong\s)"
_NO_COUNT_AFTER = rf"(?=\s*$|[.,;:](?![0-9])|\s*[(\"“”]|\s+(?:[{CAPITALS}]|(?:ngày|của|về)\b))"
PATTERNS: dict[str, re.Pattern[str]] = {
    "date": re.compile(
        r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|(?:ngày|tháng|kỳ)\s+[0-9]{1,2}\s*/\s*[0-9]{1,4}"
        r"|ngày\s+[0-9]{1,2}(?:\s+tháng\s+[0-9]{1,2})?(?:\s+năm\s+[0-9]{4})?"
        r"|(?<![0-9.,/])[0-9]{1,2}/20[0-9]{2}(?![0-9])"
        rf"|(?:năm|Năm|giai đoạn|thời kỳ|nhiệm kỳ|kỳ|/)\s*(?:19|20)[0-9]{{2}}"
        r"(?:\s*[-–]\s*(?:19|20)[0-9]{2})?"
        r"|(?<![0-9.,])(?:19|20)[0-9]{2}\s*[-–]\s*(?:19|20)[0-9]{2}(?![0-9])"
        rf"|{_MONTHS}\s+[0-9]{{1,2}}(?:\s+năm\s+[0-9]{{4}})?(?![0-9.,]*[0-9])"
        r"|(?<![0-9.,])(?:0?[2-9]|1[0-2])\s+tháng"
    ),
    "document number": re.compile(
        r"(?:số|Số)\s+[0-9]+(?:/[0-9]{4})?\s?[-/][A-ZĐ][^\s,;.)]*"
        rf"|{_NO_COUNT_BEFORE}(?:số|Số)\s+[0-9]+{_NO_COUNT_AFTER}"
        r"|(?<![0-9.,])[0-9]+(?:/[0-9]{4})?[-/](?:[0-9]{4}/)?"
        r"[A-ZĐ][A-ZĐa-zđ0-9]*(?:[-/][A-ZĐa-z]+)*"
        r"|(?:Nghị quyết|Đề án|Luật|Quy định|Quốc lộ|đường tỉnh)\s+[0-9]+"
        r"(?:/[0-9]{4}/[A-Z]+[0-9]+)?"
    ),
    "list number": re.compile(
        r"^\s*(?:\*\*)?[0-9]+(?:\.[0-9]+)*\.(?=\s)|\([0-9]{1,2}\)|^\|\s*[0-9]+(?:\.[0-9]+)*\s*\|"
        r"|^[0-9]{1,2}\t"
    ),
}


def recognised(line: str) -> set[int]:
    """Tell which numerals of a line are dates, document numbers or list numbers (from 1)."""
    spans = [m.span() for pattern in PATTERNS.values() for m in pattern.finditer(line)]
    return {
        nth
        for nth, match in enumerate(NUMERAL.finditer(line), 1)
        if any(start <= match.start() and match.end() <= end for start, end in spans)
    }


def claimed(printed: str, nth: int) -> Iterator[int]:
    """Yield the numerals of the line that a printed figure takes, from its nth on."""
    yield from range(nth, nth + len(numerals(printed)))


def mismatch(lines: Sequence[str], line: int, nth: int, printed: str) -> str:
    """Tell why a printed figure does not stand at its place; empty where it does.

    A range may run over to the next line.
    """
    if not 1 <= line <= len(lines):
        return f"line {line} does not exist"
    standing = numerals(lines[line - 1])
    following = [numeral for other in lines[line : line + 1] for numeral in numerals(other)]
    wanted = numerals(printed)
    found = [*standing, *following][nth - 1 : nth - 1 + len(wanted)]
    if nth > len(standing) or found != wanted:
        return f"numeral {nth} of line {line} is {found if nth <= len(standing) else 'not there'}"
    return ""
