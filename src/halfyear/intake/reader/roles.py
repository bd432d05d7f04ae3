"""Roles: what the words around a figure say that it is."""

import re
from dataclasses import dataclass

from halfyear.intake.language import timewords
from halfyear.intake.language.figures import Printed
from halfyear.intake.reason import Reason
from halfyear.period import Period

_YEAR_AGO = re.compile(
    r"cùng kỳ|năm trước|năm ngoái|cùng thời (?:điểm|gian)|ckn?t|(?:so|với) năm 20"
)
_YEAR_START = re.compile(
    r"(?:so|với|từ) (?:với )?(?:thời điểm )?(?:cuối|đầu) năm|(?:với|so) (?:ngày )?31 12"
    r"|thời điểm 31 12|(?:với|so) tháng 12(?: năm)? 20"
)
_SINCE = re.compile(r"(?:tính )?từ đầu năm(?: (?:20[0-9]{2} )?(?:đến|tới) \w+)?")  # a span of time
_RATED = re.compile(r"\bmức tăng\b[^,;.]*|\b(?:cao|thấp) hơn\b[^,;.]*")  # compares rates
_OTHER_TIME = re.compile(
    r"(?:so|với) (?:với )?(?:tháng|quý) (?:trước|liền)|tháng liền kề|bình quân"
    r"|(?:so|với) (?:với )?(?:bình quân|kịch bản|kế hoạch|dự toán|giai đoạn)"
)
_NAMED_TIME = re.compile(
    r"so\s+(?:với\s+)?(?P<time>(?:tháng\s+(?:[0-9]{1,2}|"
    + timewords.MONTHS
    + r")|quý\s+(?:[IV]+|[1-4])|0?[0-9]{1,2}\s+tháng)[^,;.()]{0,24})",
    re.IGNORECASE,
)
_PLAN_NOUN = r"(?:kế hoạch|dự toán|mục tiêu|chỉ tiêu|nghị quyết|kịch bản|\bkh\b)"
_PLAN = re.compile(
    r"kế hoạch|dự toán|chỉ tiêu (?:giao|năm|nghị|kế|đề|hội)|\bkh\b|mục tiêu|nghị quyết|kịch bản"
)
_CARRIER = (
    r"(?: (?:vốn|thu|chi|tăng trưởng|phát triển|đề ra|đặt ra|đặt mục tiêu|được|giao|cả"
    r"|năm|quý|tháng|đầu|tăng|giảm|là|đạt|phải|phấn đấu|khoảng|trên|từ|mức|của|thành phố|tỉnh"
    r"|kế hoạch|mục tiêu|i+v?|[0-9]+))*"
)
_PLAN_SAYS = re.compile(rf"(?P<before>(?:\w+ ){{0,2}}){_PLAN_NOUN}{_CARRIER}$")
_PLAN_IS = re.compile(rf"{_PLAN_NOUN}.*\b(?:là|giao)$")
_JUDGES = re.compile(r"(?:không |chưa )?(?:vượt|đạt|hoàn thành|cao hơn|thấp hơn)\b")
_AND = re.compile(r"\b(?:và|đồng thời|nhưng)\b")
_NAMED_YEAR = re.compile(r"(?:cùng kỳ(?: năm)?|(?:so|với) năm) (?P<year>20[0-9]{2})")
_SCENARIO = re.compile(r"kịch bản")
_AIM = re.compile(
    r"phấn đấu|đặt mục tiêu|mục tiêu|nhu cầu|đến năm 20[0-9]{2}|tầm nhìn|định hướng"
    r"|tối thiểu|ít nhất|không quá|chậm nhất|dự kiến cả năm"
)
_GROWTH_NAME = re.compile(r"(?:tốc độ|mức) (?:tăng|tăng trưởng)|tăng trưởng")
_DONE = re.compile(r"\b(?:đạt|hoàn thành|bằng|thực hiện|giải ngân)\b")
_SHARE = re.compile(r"\bchiếm\b|\btỷ trọng\b|\bcơ cấu\b")
_GIVES = re.compile(r"\bđóng góp\b|\blàm (?:tăng|giảm)\b")
_MAKES = re.compile(r"\b(?:làm cho|làm|kéo|khiến)\b")
_VERBS = re.compile(r"\b(?:đạt|bằng|tăng|giảm)\b")
_REACHED = re.compile(r"\b(?:chỉ )?đạt(?: khoảng)?$")
_FELL = re.compile(r"\bgiảm\b")
RANKS = ("đứng thứ", "xếp thứ", "cao thứ", "thứ", "top", "nhóm")
RATIOS = ("bằng", "tương đương")
CHANGES = ("tăng", "giảm", "tăng trưởng", "tăng thêm")


@dataclass(frozen=True)
class Meaning:
    """What a figure is: a role, how sure, and why.

    role is a measure, or scenario, target, share_of_plan, excess_of_plan, ratio, rank, count
    or open.
    """

    role: str
    certainty: float
    reason: Reason


@dataclass(frozen=True)
class Words:
    """The folded words around a figure: up to the break before, up to the break after.

    outside are those before the bracket that holds the figure, raw the text after it as it
    stands; later are those after it in the sentence, sofar those before it; aside tells that it
    stands in a bracket.
    """

    lead: str
    tail: str
    outside: str = ""
    raw: str = ""
    later: str = ""
    sofar: str = ""
    aside: bool = False
    period: Period | None = None


def classify(figure: Printed, words: Words) -> Meaning:
    """Tell what a figure is from the words around it."""
    if figure.sign in RANKS and not figure.units:
        return Meaning("rank", 0.9, Reason.of("rank", sign=figure.sign))
    if figure.slash:
        return Meaning("count", 0.9, Reason.of("count"))
    if figure.sign == "gấp" or "times" in figure.units:
        return _multiple(figure.sign, words)
    told = _planned(figure, words)
    if told is not None:
        return told
    if "pp" in figure.units:
        return _points(figure, words)
    if "pct" in figure.units:
        return _per_cent(figure, words)
    return _level(figure, words.lead)


def _planned(figure: Printed, words: Words) -> Meaning | None:
    """Tell a figure that a plan or a scenario sets, not one that is compared with it."""
    lead = f"{words.outside} {words.lead}".strip()
    full = f"{lead} {figure.sign if figure.sign in CHANGES else ''}".strip()
    says = _PLAN_SAYS.search(full)
    if says is not None and not (_sharing(figure, full, says) and not words.outside):
        noun = says.group()[len(says["before"]) :]
        if _SCENARIO.search(noun):
            return Meaning("scenario", 0.95, Reason.of("scenario_named"))
        if not _PLAN.search(words.tail):
            return Meaning("target", 0.6, Reason.of("plan_named"))
    if _PLAN_IS.search(lead) and not _PLAN.search(words.tail):
        return Meaning("target", 0.6, Reason.of("plan_named"))
    if _AIM.search(words.lead):
        return Meaning("target", 0.5, Reason.of("aim_named"))
    return None


def _sharing(figure: Printed, full: str, says: "re.Match[str]") -> bool:
    """Tell whether a percentage is a share of the plan before it: "so với kế hoạch đạt 70%"."""
    if "pct" not in figure.units:
        return False
    if full.endswith(" là"):
        return False
    compared = re.search(r"(?:so|với|vượt|hơn) $", says["before"]) is not None
    return compared or (figure.sign in ("bằng", "vượt") or full.endswith("hoàn thành"))


def _multiple(sign: str, words: Words) -> Meaning:
    told = _YEAR_AGO.search(words.tail) or _YEAR_AGO.search(words.lead)
    if told and _last_year(words.tail, words.period):
        sure = 0.97 if sign == "gấp" else 0.6
        return Meaning("multiple_yoy", sure, Reason.of("multiple_year_ago"))
    return Meaning("open", 0.3, Reason.of("multiple_unclear"))


def _points(figure: Printed, words: Words) -> Meaning:
    """Tell what percentage points are: a contribution to growth, else a difference."""
    made = figure.sign in CHANGES and _MAKES.search(words.lead)
    if made or _GIVES.search(words.lead):
        certain = 0.95 if re.search(r"\bđóng góp\b", words.lead) else 0.75
        return Meaning("contribution", certain, Reason.of("contribution"))
    return Meaning("open", 0.3, Reason.of("points_unclear"))


def _per_cent(figure: Printed, words: Words) -> Meaning:
    planned = _of_plan(figure, words)
    if planned is not None:
        return planned
    if re.search(r"\bđóng góp\b", words.lead):
        return Meaning("open", 0.3, Reason.of("contribution_share"))
    if figure.sign in CHANGES:
        return _growth(words)
    compared = bool(_YEAR_AGO.search(f"{words.lead} | {words.tail}")) or _year_ago(words)
    reached = figure.sign in RATIOS or _REACHED.search(words.lead)
    if reached and compared and not _GROWTH_NAME.search(words.lead):
        return Meaning("ratio_yoy", 0.97 if figure.sign else 0.9, Reason.of("ratio_year_ago"))
    if _SHARE.search(words.lead) and not re.search(r"tỷ lệ", words.lead):
        told = re.search(r"tỷ trọng|cơ cấu", words.lead)
        return Meaning("share", 0.95 if told else 0.85, Reason.of("share"))
    return _percentage(figure, words, compared)


def _of_plan(figure: Printed, words: Words) -> Meaning | None:
    """Tell a percentage of a plan, or one above or below it; None where no plan is spoken of."""
    lead, tail = words.lead, words.tail
    if figure.sign == "vượt":
        sure = 0.9 if _PLAN.search(f"{lead} | {tail}") else 0.4
        return Meaning("excess_of_plan", sure, Reason.of("above_plan"))
    if _JUDGES.match(tail):
        return None
    near = _AND.split(lead)[-1]
    if _PLAN.search(_AND.split(tail)[0]) or (_PLAN.search(near) and re.search(r"\bso\b", near)):
        if figure.sign in CHANGES:
            return Meaning("excess_of_plan", 0.5, Reason.of("off_plan"))
        return Meaning("share_of_plan", 0.95, Reason.of("share_of_plan"))
    return None


def _percentage(figure: Printed, words: Words, compared: bool) -> Meaning:
    """Tell what a percentage is that no sign word stands before."""
    lead = words.lead
    if figure.sign in RATIOS:
        return Meaning("ratio", 0.6, Reason.of("share_of_other"))
    if re.search(r"\b(?:còn|lên|xuống)(?: (?:mức|khoảng))?$", lead):
        return Meaning("level", 0.9, Reason.of("percentage"))
    if _GROWTH_NAME.search(lead) or re.search(r"\b(?:tăng|giảm)\b", lead):
        made = _growth(words)
        lost = _FELL.search(lead) or re.search(r"\bâm\b", lead)
        return Meaning(made.role, 0.4, Reason.of("sign_unclear")) if lost else made
    if compared:
        verbs = _VERBS.findall(words.sofar) if re.search(r"\bvà$", lead) else []
        if verbs and verbs[-1] in ("đạt", "bằng"):
            return Meaning("ratio_yoy", 0.7, Reason.of("ratio_year_ago"))
        return Meaning("open", 0.3, Reason.of("comparison_unclear"))
    return Meaning("level", 0.9, Reason.of("percentage"))


def _year_ago(words: Words) -> bool:
    """Tell whether the time after "so với" is the same part of the year before."""
    match = _NAMED_TIME.search(words.raw)
    if match is None or words.period is None:
        return False
    named = timewords.period(match["time"], words.period)
    return named is not None and named == words.period.shift(-1)


def _last_year(tail: str, period: Period | None) -> bool:
    """Tell whether a year that a comparison names, if any, is the one before."""
    named = _NAMED_YEAR.search(tail)
    return named is None or period is None or int(named["year"]) == period.year - 1


def _growth(words: Words) -> Meaning:
    near = f"{_SINCE.sub(' ', words.lead)} | {words.tail}"
    beside = _first(words.tail)
    if not _last_year(words.tail, words.period):
        return Meaning("open", 0.3, Reason.of("growth_other_span"))
    if beside == "other":
        return Meaning("open", 0.3, Reason.of("growth_other_span"))
    if beside == "year_ago" or _year_ago(words):
        return Meaning("growth_yoy", 1.0, Reason.of("growth_year_ago"))
    if _YEAR_START.search(near):
        return Meaning("growth_ytd", 0.97, Reason.of("growth_year_end"))
    if _NAMED_TIME.search(words.raw) or _OTHER_TIME.search(near):
        return Meaning("open", 0.3, Reason.of("growth_other_span"))
    if _YEAR_AGO.search(near):
        return Meaning("growth_yoy", 1.0, Reason.of("growth_year_ago"))
    return _assumed(words)


def _assumed(words: Words) -> Meaning:
    """Tell a growth that names no comparison: that of the figures after it in the sentence."""
    told = _last(_SINCE.sub(" ", words.sofar))
    if told in ("year_start", "other"):
        role = "growth_ytd" if told == "year_start" else "growth_yoy"
        sure = 0.9 if words.aside and told == "year_start" else 0.6
        return Meaning(role, sure, Reason.of("growth_as_before"))
    basis = _first(_RATED.sub(" ", words.later))
    if basis == "year_start":
        return Meaning("growth_ytd", 0.7, Reason.of("growth_year_end"))
    if basis == "other":
        return Meaning("growth_yoy", 0.5, Reason.of("growth_other_span"))
    if basis == "year_ago":
        return Meaning("growth_yoy", 0.97, Reason.of("growth_year_ago"))
    monthly = words.period is not None and words.period.part.isdigit()
    return Meaning("growth_yoy", 0.7 if monthly else 0.93, Reason.of("growth_assumed"))


def _first(text: str) -> str:
    """Name the comparison that a text names first, empty where it names none."""
    found = {name: places[0] for name, places in _compared(text).items()}
    return min(found, key=lambda name: found[name], default="")


def _last(text: str) -> str:
    """Name the comparison that a text names last, empty where it names none."""
    found = {name: places[-1] for name, places in _compared(text).items()}
    return max(found, key=lambda name: found[name], default="")


def _compared(text: str) -> dict[str, list[int]]:
    spans = {"year_start": _YEAR_START, "other": _OTHER_TIME, "year_ago": _YEAR_AGO}
    found = {name: [match.start() for match in one.finditer(text)] for name, one in spans.items()}
    return {name: places for name, places in found.items() if places}


def _level(figure: Printed, lead: str) -> Meaning:
    if figure.sign in (*CHANGES[:2], "tăng thêm", "vượt"):
        return Meaning("open", 0.3, Reason.of("change_signed", sign=figure.sign))
    if re.search(r"\b(?:tăng|giảm)(?: thêm)?$", lead):
        return Meaning("open", 0.3, Reason.of("change"))
    if not figure.units:
        return Meaning("level", 0.7, Reason.of("unit_missing"))
    return Meaning("level", 1.0, Reason.of("level"))
