"""Meaning: what the words around a figure say that it is."""

import re
from dataclasses import dataclass

from halfyear.intake.language.figures import Printed
from halfyear.intake.reason import Reason

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
    """What a figure is: a role, how sure, and why.

    role is a measure, or scenario, target, share_of_plan, excess_of_plan, ratio, rank, count
    or open.
    """

    role: str
    certainty: float
    reason: Reason


def classify(figure: Printed, lead: str, tail: str) -> Meaning:
    """Tell what a figure is from the folded words before it and after it, up to the next break."""
    if figure.sign in RANKS and not figure.units:
        return Meaning("rank", 0.9, Reason.of("rank", sign=figure.sign))
    if figure.slash:
        return Meaning("count", 0.9, Reason.of("count"))
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
            return Meaning("scenario", 0.95, Reason.of("scenario_named"))
        if re.search(r"\b(?:là|giao|năm|:)$", says.group()) and not _PLAN.search(tail):
            return Meaning("target", 0.6, Reason.of("plan_named"))
    if _AIM.search(lead):
        return Meaning("target", 0.5, Reason.of("aim_named"))
    return None


def _multiple(lead: str, tail: str) -> Meaning:
    if _YEAR_AGO.search(tail) or _YEAR_AGO.search(lead):
        return Meaning("multiple_yoy", 0.97, Reason.of("multiple_year_ago"))
    return Meaning("open", 0.3, Reason.of("multiple_unclear"))


def _per_cent(figure: Printed, lead: str, tail: str) -> Meaning:
    near = f"{lead} | {tail}"
    if figure.sign == "vượt":
        return Meaning(
            "excess_of_plan", 0.9 if _PLAN.search(near) else 0.4, Reason.of("above_plan")
        )
    compared = bool(_YEAR_AGO.search(near))
    if _PLAN.search(tail) or (_PLAN.search(lead) and re.search(r"\bso\b", lead)):
        if figure.sign in ("tăng", "giảm"):
            return Meaning("excess_of_plan", 0.5, Reason.of("off_plan"))
        return Meaning("share_of_plan", 0.95, Reason.of("share_of_plan"))
    if figure.sign in ("tăng", "giảm", "tăng trưởng", "tăng thêm"):
        return _growth(near, compared)
    if figure.sign == "bằng" and compared:
        return Meaning("ratio_yoy", 0.97, Reason.of("ratio_year_ago"))
    if figure.sign == "bằng" or re.search(r"\bchiếm\b", lead):
        return Meaning("ratio", 0.6, Reason.of("share_of_other"))
    return _percentage(near, lead, compared)


def _percentage(near: str, lead: str, compared: bool) -> Meaning:
    """Tell what a percentage is that no sign word stands before."""
    if re.search(r"\b(?:còn|lên|xuống)(?: (?:mức|khoảng))?$", lead):
        return Meaning("level", 0.9, Reason.of("percentage"))
    if _GROWTH_NAME.search(lead) or re.search(r"\b(?:tăng|giảm)\b", lead):
        return _growth(near, compared)
    if compared:
        return Meaning("open", 0.3, Reason.of("comparison_unclear"))
    return Meaning("level", 0.9, Reason.of("percentage"))


def _growth(near: str, compared: bool) -> Meaning:
    if _YEAR_START.search(near):
        return Meaning("growth_ytd", 0.97, Reason.of("growth_year_end"))
    if compared:
        return Meaning("growth_yoy", 1.0, Reason.of("growth_year_ago"))
    if _OTHER_TIME.search(near):
        return Meaning("open", 0.3, Reason.of("growth_other_span"))
    return Meaning("growth_yoy", 0.93, Reason.of("growth_assumed"))


def _level(figure: Printed, lead: str) -> Meaning:
    if figure.sign in ("tăng", "giảm", "tăng thêm", "vượt"):
        return Meaning("open", 0.3, Reason.of("change_signed", sign=figure.sign))
    if re.search(r"\b(?:tăng|giảm)(?: thêm)?$", lead):
        return Meaning("open", 0.3, Reason.of("change"))
    if not figure.units:
        return Meaning("level", 0.7, Reason.of("unit_missing"))
    return Meaning("level", 1.0, Reason.of("level"))
