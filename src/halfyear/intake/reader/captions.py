"""Captions: what the lines above a table say that all its figures are."""

import re
from dataclasses import dataclass

from halfyear.intake.language.bilingual import native
from halfyear.intake.language.syllables import folded

_NUMBERED = re.compile(
    r"^\W*(?:(?:biểu|bảng|phụ lục)\s*(?:số\s*)?)?[0-9IVX.]*[.:)]?\s*", re.IGNORECASE
)
_BY = re.compile(r"\b(?:phân theo|chia theo)\b.*", re.IGNORECASE | re.DOTALL)
_INDEX = re.compile(r"^chỉ số phát triển\s+", re.IGNORECASE)
_HUNDRED = re.compile(
    r"\(?\s*(?:năm trước|cùng kỳ(?:\s+năm\s+trước)?)\s*=\s*100\s*%?\s*\)?", re.IGNORECASE
)
_STARTS = (
    ("share", re.compile(r"^(?:cơ cấu|tỷ trọng|tỉ trọng)(?:\s+(?:của\s+)?|$)", re.IGNORECASE)),
    (
        "growth_yoy",
        re.compile(r"^(?:tốc độ|mức)\s+tăng(?:\s+trưởng)?\s+(?:của\s+)?", re.IGNORECASE),
    ),
    ("contribution", re.compile(r"^(?:điểm phần trăm\s+)?đóng góp\b.*?(?=GRDP|tổng|$)", re.I)),
)
_UNIT = re.compile(r"^\(?(?:đơn vị|đvt|đv tính)", re.IGNORECASE)


@dataclass(frozen=True)
class Caption:
    """What a line above a table names, and the measure that it says all figures are of."""

    name: str
    measure: str = ""


def caption(line: str) -> Caption | None:
    """Read a line above a table; None for one that only tells the unit."""
    text = _NUMBERED.sub("", native(line)).strip()
    if not text or _UNIT.match(folded(text)):
        return None
    indexed = _HUNDRED.search(text) is not None
    text = _BY.sub("", _HUNDRED.sub(" ", text)).strip()
    if indexed:
        return Caption(_INDEX.sub("", text).strip(), "ratio_yoy")
    for measure, starts in _STARTS:
        found = starts.match(text)
        if found is not None:
            return Caption(text[found.end() :].strip(), measure)
    return Caption(text)
