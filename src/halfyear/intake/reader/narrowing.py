"""Narrowing: plain words beside a name that make it the name of something else."""

import re
from collections.abc import Iterable

from halfyear.intake.language.syllables import folded
from halfyear.intake.language.terms import Terms

_EACH = r"(?:đầu người|người|hộ|lao động|doanh nghiệp|dự án|ngày|tháng|quý)\b"
_MEAN = re.compile(
    rf"\b(?:bình quân|trung bình)(?: (?:một|mỗi|1|hàng|hằng|trên|theo))* {_EACH}"
    rf"|(?<!mười )\b(?:một|mỗi) {_EACH}"
)
_LEVEL = re.compile(r"\bcấp (?:tỉnh|thành phố|huyện|quận|xã|phường|trung ương)\b")
_DAYS = re.compile(r"\bngày$")
_DONE = re.compile(r"(?<!\bước )\b(?:thực hiện|giải ngân)\b")
_GAINED = re.compile(r"\btrong (?:năm|kỳ|quý|tháng)\b")
_FALL = re.compile(r"(?<!\btăng )\bgiảm\b")
_CHANGE = re.compile(r"\b(?:tăng thêm|mức tăng|tăng|giảm)\b")
ATTRACTED = ("thu", "hút")


def narrowed(before: str, after: str, code: str, terms: Terms) -> str:
    """Give the words before and after a name that make it name another thing; empty for none.

    A mean for each person or month, a level of government, days of visitors, capital paid in
    where the indicator is what is attracted, what is gained in a year where it is a stock; none
    where the indicator's own name holds the words.
    """
    words = held(terms.keys[code])
    lead, tail = folded(before), folded(after)
    stock = terms.kinds.get(code) == "stock"
    attracted = set(ATTRACTED) <= words and terms.units[code].endswith(("usd", "vnd"))
    found = (
        None if "quân" in words else _MEAN.search(lead) or _MEAN.search(tail),
        None if "cấp" in words else _LEVEL.search(lead) or _LEVEL.search(tail),
        _DAYS.search(lead),
        _DONE.search(tail) if attracted else None,
        _GAINED.search(tail) if stock else None,
    )
    return next((match.group() for match in found if match), "")


def changed(beside: str, code: str, terms: Terms) -> str:
    """Give the words of a row's label that make it a change of what it names; empty for none.

    Growth of what is no percentage is read as growth, a fall has lost its sign.
    """
    if "giảm" in held(terms.keys[code]):
        return ""
    told = folded(beside)
    match = (_CHANGE if terms.units.get(code) == "pct" else _FALL).search(told)
    return match.group() if match else ""


def held(keys: Iterable[tuple[str, ...]]) -> set[str]:
    """Give the words of the names of an indicator."""
    return {word for key in keys for word in key}
