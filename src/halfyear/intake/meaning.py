"""Meaning: what the words around a figure say that it is."""

import re
from dataclasses import dataclass

from halfyear.intake.figure import Printed

_YEAR_AGO = re.compile(r"cùng kỳ|năm trước|năm ngoái|cùng thời (?:điểm|gian)|(?:so|với) năm 20")
_YEAR_START = re.compile(
    r"(?:so|với|từ) (?:với )?(?:thời điểm )?(?:cuối|đầu) năm|(?:với|so) 31 12|thời điểm 31 12"
)
_OTHER_TIME = re.compile(
    r"(?:so|với) (?:với )?(?:tháng|quý) (?:trước|liền|[0-9ivx])|tháng liền kề|bình quân"
)
_PLAN = re.compile(
    r"kế hoạch|dự toán|chỉ tiêu (?:giao|năm|nghị|kế|đề|hội)|\bkh\b|mục tiêu|nghị quyết|kịch bản"
)
_SCENARIO = re.compile(r"kịch bản")
_SAYS = re.compile(r"(?:kịch bản|kế hoạch|mục tiêu|chỉ tiêu|dự toán)[^,;]*$")
_AIM = re.compile(
    r"phấn đấu|đặt mục tiêu|mục tiêu|nhu cầu|đến năm 20[0-9]{2}|tầm nhìn|định hướng"
    r"|tối thiểu|ít nhất|không quá|chậm nhất"
)
_GROWTH_NAME = re.compile(r"(?:tốc độ|mức) (?:tăng|tăng trưởng)|tăng trưởng")
_DONE = re.compile(r"\b(?:đạt|hoàn thành|bằng|thực hiện|giải ngân)\b")
RANKS = ("đứng thứ", "xếp thứ", "thứ", "top", "nhóm")


@dataclass(frozen=True)
class Meaning:
    """What a figure is: a role, how sure, and the reason in words.

    role is a measure, or scenario, target, share_of_plan, excess_of_plan, ratio, rank, count
    or open.
    """

    role: str
    certainty: float
    reason: str


def classify(figure: Printed, lead: str, tail: str) -> Meaning:
    """Tell what a figure is from the folded words before it and after it, up to the next break."""
    if figure.sign in RANKS and not figure.units:
        return Meaning("rank", 0.9, f'a rank ("{figure.sign}")')
    if figure.slash:
        return Meaning("count", 0.9, "one number of another")
    if figure.sign == "gấp" or "times" in figure.units:
        return _multiple(lead, tail)
    told = _told(figure, lead, tail)
    if told is not None:
        return told
    if "pct" in figure.units:
        return _per_cent(figure, lead, tail)
    return _level(figure, lead)


def _told(figure: Printed, lead: str, tail: str) -> Meaning | None:
    says = _SAYS.search(lead)
    share = "pct" in figure.units and (_DONE.search(lead) or figure.sign in ("bằng", "vượt"))
    if says and not (share and re.search(r"so (?:với )?(?:kịch bản|kế|dự|chỉ|mục)", lead)):
        if _SCENARIO.search(says.group()):
            return Meaning("scenario", 0.95, "the words before it name a scenario")
        if re.search(r"\b(?:là|giao|năm|:)$", says.group()) and not _PLAN.search(tail):
            return Meaning("target", 0.6, "the words before it name a plan")
    if _AIM.search(lead):
        return Meaning("target", 0.5, "the words before it name an aim")
    return None


def _multiple(lead: str, tail: str) -> Meaning:
    if _YEAR_AGO.search(tail) or _YEAR_AGO.search(lead):
        return Meaning("multiple_yoy", 0.97, "a multiple of the same period a year ago")
    return Meaning("open", 0.3, "a multiple that does not say of what")


def _per_cent(figure: Printed, lead: str, tail: str) -> Meaning:
    near = f"{lead} | {tail}"
    if figure.sign == "vượt":
        return Meaning("excess_of_plan", 0.9 if _PLAN.search(near) else 0.4, "above a plan")
    compared = bool(_YEAR_AGO.search(near))
    if _PLAN.search(tail) or (_PLAN.search(lead) and re.search(r"\bso\b", lead)):
        if figure.sign in ("tăng", "giảm"):
            return Meaning("excess_of_plan", 0.5, "above or below a plan")
        return Meaning("share_of_plan", 0.95, "a share of a plan")
    if figure.sign in ("tăng", "giảm", "tăng trưởng", "tăng thêm"):
        return _growth(near, compared)
    if figure.sign == "bằng" and compared:
        return Meaning("ratio_yoy", 0.97, "a ratio to the same period a year ago")
    if figure.sign == "bằng" or re.search(r"\bchiếm\b", lead):
        return Meaning("ratio", 0.6, "a share of another figure")
    return _percentage(near, lead, compared)


def _percentage(near: str, lead: str, compared: bool) -> Meaning:
    """Tell what a percentage is that no sign word stands before."""
    if re.search(r"\b(?:còn|lên|xuống)(?: (?:mức|khoảng))?$", lead):
        return Meaning("level", 0.9, "a percentage of its own")
    if _GROWTH_NAME.search(lead) or re.search(r"\b(?:tăng|giảm)\b", lead):
        return _growth(near, compared)
    if compared:
        return Meaning("open", 0.3, "compared with a year ago, but not in words that are known")
    return Meaning("level", 0.9, "a percentage of its own")


def _growth(near: str, compared: bool) -> Meaning:
    if _YEAR_START.search(near):
        return Meaning("growth_ytd", 0.97, "growth since the end of last year")
    if compared:
        return Meaning("growth_yoy", 1.0, "growth on the same period a year ago")
    if _OTHER_TIME.search(near):
        return Meaning("open", 0.3, "growth over another span than a year")
    return Meaning("growth_yoy", 0.93, "growth, taken as on the same period a year ago")


def _level(figure: Printed, lead: str) -> Meaning:
    if figure.sign in ("tăng", "giảm", "tăng thêm", "vượt"):
        return Meaning("open", 0.3, f'a change ("{figure.sign}") in the unit itself')
    if re.search(r"\b(?:tăng|giảm)(?: thêm)?$", lead):
        return Meaning("open", 0.3, "a change in the unit itself")
    if not figure.units:
        return Meaning("level", 0.7, "no unit is printed")
    return Meaning("level", 1.0, "a level")
