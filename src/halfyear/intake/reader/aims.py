"""Aims: where a text begins to tell what is to be reached, not what has been."""

import re

from halfyear.intake.language.syllables import folded
from halfyear.intake.layout.paragraphs import Paragraph
from halfyear.period import Period

_NOUN = r"(?:mục tiêu|chỉ tiêu|kế hoạch|phương hướng|nhiệm vụ|dự toán|định hướng)"
_AIMS = re.compile(rf"\b{_NOUN}\b")
_AHEAD = re.compile(
    r"\bquý (?P<quarter>iv|iii|ii|i)\b|\b(?:tháng|thời gian|năm|quý|kỳ) (?:tới|sau)\b"
    r"|\btháng cuối năm\b|\btháng còn lại\b|\bnăm (?P<year>20[0-9]{2})\b"
)
_DONE = re.compile(r"\b(?:kết quả|thực hiện|tình hình|đánh giá|hoàn thành|kiểm điểm)\b")
_LATER = re.compile(
    rf"\b{_NOUN}\b[^.;:()]{{0,70}}?\b(?:năm|giai đoạn|nhiệm kỳ)\s+(?P<year>20[0-9]{{2}})",
    re.IGNORECASE,
)
_QUARTERS = {"i": 3, "ii": 6, "iii": 9, "iv": 12}


def begin(paragraph: Paragraph, report: Period) -> int:
    """Give where figures of a paragraph begin to be aims; past its end where none are.

    A heading that speaks of aims or of the time ahead, or words that name an aim of a later year.
    """
    if paragraph.kind == "text" and _headed(folded(paragraph.heading), report):
        return 0
    for match in _LATER.finditer(paragraph.plain):
        if int(match["year"]) > report.year:
            return match.end()
    return len(paragraph.text) + 1


def _headed(heading: str, report: Period) -> bool:
    if not _AIMS.search(heading):
        return False
    ahead = any(_comes(match, report) for match in _AHEAD.finditer(heading))
    return ahead or not _DONE.search(heading)


def _comes(match: "re.Match[str]", report: Period) -> bool:
    """Tell whether a time of a heading lies after the report's."""
    if match["year"]:
        return int(match["year"]) > report.year
    if match["quarter"]:
        return _QUARTERS[match["quarter"]] > report.months[1]
    return True
