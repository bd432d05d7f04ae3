"""Columns of a table: what the rows of its heading together say of each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from halfyear.errors import PeriodError
from halfyear.intake.language import cells, timewords
from halfyear.intake.language.figures import UnitWords
from halfyear.intake.language.syllables import folded
from halfyear.intake.layout.blocks import Row
from halfyear.period import Period

ORDINAL = re.compile(r"(?:stt|tt|số tt|số thứ tự)")
NAME = re.compile(
    r"(?:các |tên |một số )*(?:chỉ tiêu|nội dung|danh mục|lĩnh vực|hạng mục|ngành|tên|mặt hàng)\b"
)
UNIT = re.compile(r"đơn vị|đvt|đv tính|đơn vị tính")
_TOLD_UNIT = re.compile(
    r"(?:đơn vị(?: tính)?|đvt|đv tính)\s*(?:[-/]\s*unit)?\s*:?\s*(?P<unit>[^);]+)", re.IGNORECASE
)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_INDEX = re.compile(r"[A-Z]|\(?[0-9]{1,2}\)?|\(?[0-9]{1,2}\)?\s*=.+")
_RULE = re.compile(r"[\s|:-]*")
_PLAN = re.compile(
    r"kế hoạch|mục tiêu|chỉ tiêu (?:năm|giao)|dự toán|\b(?:kh|dt)\b|nghị quyết|\bnq\b"
)
_DONE = re.compile(r"thực hiện|ước|kết quả|\bth\b|chính thức|sơ bộ|số liệu|đạt được")
_BESIDE = re.compile(r"ghi chú|cơ quan|đơn vị (?:chủ trì|thực hiện|báo cáo)|đánh giá|chủ trì")
_OTHER = re.compile(
    r"tỷ trọng|cơ cấu|đóng góp|điểm phần trăm|chênh lệch|kịch bản|giai đoạn|bình quân|kỳ gốc"
    r"|(?:tháng|quý) (?:trước|liền)|so (?:với )?(?:thời điểm )?(?:cuối|đầu|tháng 12)"
    r"|đến năm 20[0-9]{2}"
)
_SHARE = re.compile(
    r"%\s*(?:so|kh|kế|dự|nq|nghị|thực|hoàn|đạt|dt)|đạt\s*%|tỷ lệ|tỉ lệ|hoàn thành|\bso\b"
    r"|(?:th|hiện|ước)[^/]*/\s*(?:kh|kế|dt|dự|nq)",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\bso\b|so sánh|tăng|giảm|tốc độ|= ?100|[12][0-9]{3}\s*/\s*[12][0-9]{3}")
_YEAR_AGO = re.compile(r"cùng kỳ|\bck\b|năm trước|năm ngoái")
_GROWS = re.compile(r"tăng|giảm|tốc độ")
_RATIO = re.compile(r"=\s*100|chỉ số|bằng\s*%")
_RANGE = re.compile(r"20[0-9]{2}\s*[-–]\s*20[0-9]{2}")
_YEARS = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_SO = re.compile(r"\bso\s+(?:với|sánh|cùng)|\bso\b|(?<=20[0-9]{2})\s*/", re.IGNORECASE)
_AGO = re.compile(r"cùng kỳ(?:\s+năm(?:\s+(?:trước|ngoái))?)?|năm (?:trước|ngoái)", re.IGNORECASE)
_AGO_IN = re.compile(r"cùng kỳ(?:\s+năm)?\s+20[0-9]{2}", re.IGNORECASE)
_SHORT = (
    (re.compile(r"tháng\s+(?=20[0-9]{2})", re.IGNORECASE), "tháng năm "),
    (re.compile(r"(?<!\w)([0-9]{1,2})T(?=\W|$)"), r"\1 tháng "),
    (re.compile(r"(?<!\w)T([0-9]{1,2})(?=\W|$)"), r"tháng \1 "),
    (re.compile(r"(?<!\w)Q([IV]{1,3}|[1-4])(?=\W|$)"), r"quý \1 "),
)


_SPELLED = (
    (re.compile(r"^1\.?000\.?000\s+", re.IGNORECASE), "triệu "),
    (re.compile(r"^1\.?000\s+", re.IGNORECASE), "nghìn "),
    (re.compile(r"^tr\.?\s*(?=đ|usd|con|lượt|tấn)", re.IGNORECASE), "triệu "),
    (re.compile(r"^(triệu|tỷ|tỉ|nghìn tỷ)\s*\.?\s*đ\.?$", re.IGNORECASE), r"\1 đồng"),
    (re.compile(r"^t[ỷỉ]\s*\.\s*", re.IGNORECASE), "tỷ "),
)


@dataclass(frozen=True)
class Column:
    """A value column: what its heading says.

    role is level, plan, share_of_plan, compared (with another column) or open; certainty tells
    how sure the period is. measure is growth_yoy or ratio_yoy where the heading says which, and
    year_ago whether it names the year before as what is compared with.
    """

    number: int
    text: str
    role: str
    period: Period | None = None
    certainty: float = 1.0
    status: str = ""
    units: tuple[str, ...] = ()
    measure: str = ""
    year_ago: bool = False


@dataclass(frozen=True)
class Heading:
    """The heading of a table: the columns of names and units, and those of values."""

    name: int
    unit: int
    columns: tuple[Column, ...]
    width: int

    @property
    def known(self) -> bool:
        """Whether any column of values is understood."""
        return any(column.role != "open" for column in self.columns)


def is_body(row: Row) -> bool:
    """Tell whether a row holds figures: cells that are neither years nor numbers of columns."""
    texts = row.texts
    return not is_index(row) and any(cells.holds_number(text) for text in texts[1:])


def is_index(row: Row) -> bool:
    """Tell whether a row only numbers the columns, as in "A | B | 1 | 2 | 3=2/1"."""
    texts = [text for text in row.texts if text]
    numbers = [text.strip("()") for text in texts if text.strip("()").isdigit()]
    rising = [str(n) for n in range(1, len(texts) + 1)]
    return len(texts) > 1 and all(map(_INDEX.fullmatch, texts)) and _begins(numbers, rising)


def _begins(numbers: Sequence[str], rising: Sequence[str]) -> bool:
    return all(one in rising for one in numbers) and numbers[:1] in (["1"], [])


def is_rule(row: Row) -> bool:
    """Tell whether a row is blank or a line of dashes."""
    return all(map(_RULE.fullmatch, row.texts))


def opens(row: Row) -> bool:
    """Tell whether a row begins a heading: it names its columns and holds no figure."""
    texts = row.texts
    named = any(NAME.match(folded(text)) for text in texts[:3])
    return named and sum(map(bool, texts)) > 1 and not is_body(row)


def told_unit(text: str, words: UnitWords) -> tuple[str, ...]:
    """Give the unit that a text names after "Đơn vị tính:"; nothing where it names several."""
    match = _TOLD_UNIT.search(text)
    return whole_unit(match["unit"], words) if match else ()


def whole_unit(text: str, words: UnitWords) -> tuple[str, ...]:
    """Give the units a text may mean where it is nothing but a unit."""
    plain = text.strip(" .:")
    for pattern, full in _SPELLED:
        plain = pattern.sub(full, plain)
    ids, end = words.after(plain, 0)
    return ids if ids and not plain[end:].strip(" .") else ()


def bracketed_unit(text: str, words: UnitWords) -> tuple[tuple[str, ...], str]:
    """Give the unit in brackets of a name, and the name without it."""
    for match in _BRACKETS.finditer(text):
        ids = told_unit(match[1], words) or whole_unit(match[1], words)
        if ids:
            return ids, f"{text[: match.start()]} {text[match.end() :]}".strip()
    return (), text


def heading(
    rows: Sequence[Row], body: Sequence[Row], words: UnitWords, report: Period
) -> Heading | None:
    """Read the heading rows of a table, the rows below telling where names stand."""
    width = max((len(row.cells) for row in (*rows, *body)), default=0)
    heads = [parts([row.texts for row in rows], number) for number in range(width)]
    texts = [" ".join(one) for one in heads]
    told = [folded(text) for text in texts]
    name = _name_column(told, body)
    if name < 0 or not rows:
        return None
    units = (n for n, one in enumerate(heads) if any(UNIT.match(folded(part)) for part in one))
    unit = next((n for n in units if n != name), -1)
    if unit >= 0 and _BESIDE.search(told[unit]):
        unit = -1
    columns = tuple(
        column
        for n in range(width)
        if n not in (name, unit) and n > min(name, unit if unit >= 0 else name) and told[n]
        if not ORDINAL.fullmatch(told[n])
        if (column := _column(n, heads[n], words, report)) is not None
    )
    return Heading(name, unit, _alike(columns), width)


def parts(rows: Sequence[Sequence[str]], number: int) -> list[str]:
    """Give what stands above a column, row by row; a head over several columns counts for each."""
    found: list[str] = []
    for depth, row in enumerate(rows):
        text = row[number] if number < len(row) else ""
        if not text and _below(rows, depth, number):
            text = _spanning(rows, depth, number)
        if text and text not in found:
            found.append(text)
    return found


def _below(rows: Sequence[Sequence[str]], depth: int, number: int) -> bool:
    return any(number < len(row) and row[number] for row in rows[depth + 1 :])


def _spanning(rows: Sequence[Sequence[str]], depth: int, number: int) -> str:
    row = rows[depth]
    left = next((n for n in range(number - 1, -1, -1) if n < len(row) and row[n]), -1)
    return row[left] if left >= 0 and _below(rows, depth, left) else ""


def _name_column(told: Sequence[str], body: Sequence[Row]) -> int:
    named = next((n for n, text in enumerate(told) if NAME.match(text)), -1)
    if named >= 0:
        return named
    for number, text in enumerate(told):
        texts = [row.texts[number] for row in body if number < len(row.texts)]
        wordy = [one for one in texts if sum(map(str.isalpha, one)) > 3]
        if not UNIT.match(text) and len(wordy) > len(texts) / 2:
            return number
    return -1


def _column(number: int, parts: Sequence[str], words: UnitWords, report: Period) -> Column | None:
    text = " ".join(parts)
    low, told = text.casefold(), folded(text)
    if _BESIDE.search(told):
        return None
    units = next(iter(_units(parts, words)), ())
    role = _role(low, told)
    if role == "open":
        return Column(number, text, role)
    compares = role in ("compared", "share_of_plan")
    own = _AGO.sub(" ", _SO.split(text, maxsplit=1)[0]) if compares else text
    period, certainty = _when(own, report, role)
    if compares:
        years = _YEARS.findall(text)
        ago = bool(_YEAR_AGO.search(told)) or (len(set(years)) == 2 and years[0] > years[-1])
        return Column(
            number, text, role, period, certainty, "", ("pct",), _measure(low, units), ago
        )
    return Column(number, text, role, period, certainty, _status(told), units)


def _units(parts: Sequence[str], words: UnitWords) -> Iterator[tuple[str, ...]]:
    for part in parts:
        yield from filter(None, (told_unit(part, words), whole_unit(part, words)))
        yield from filter(None, (bracketed_unit(part, words)[0],))


def _role(low: str, told: str) -> str:
    planned = bool(_PLAN.search(told))
    if planned and _SHARE.search(low):
        return "share_of_plan"
    if _OTHER.search(told) or "điểm %" in low or "+/-" in low.replace(" ", ""):
        return "open"
    if _COMPARED.search(low) or low.strip(" ()") in ("%", "tỷ lệ", "tỷ lệ (%"):
        return "compared"
    if planned and not _DONE.search(told):
        return "plan"
    return "level" if _DONE.search(told) or _dated(low) else "open"


def _dated(low: str) -> bool:
    return bool(_YEAR_AGO.search(low) or _YEARS.search(low) or re.search(r"tháng|quý|năm", low))


def _measure(low: str, units: tuple[str, ...]) -> str:
    if _RATIO.search(low):
        return "ratio_yoy"
    return "growth_yoy" if _GROWS.search(low) and units in ((), ("pct",)) else ""


def _status(told: str) -> str:
    if re.search(r"dự kiến|dự báo", told):
        return "F"
    if "chính thức" in told:
        return "A"
    return "E" if "ước" in told.split() else "P"


def _when(text: str, report: Period, role: str) -> tuple[Period | None, float]:
    """Give the period a heading names and how sure it is; None where it names none or several."""
    for pattern, full in _SHORT:
        text = pattern.sub(full, text)
    years = set(_YEARS.findall(text))
    specific = _parts_of_year(text, report)
    if _RANGE.search(text) or len(years) > 1 or len(specific) > 1:
        return None, 0.3
    year = _year(text, years, report)
    if role == "plan":
        return Period(year, "FY"), 1.0 if specific <= {"FY"} else 0.3
    if specific:
        return _period(year, next(iter(specific)))
    if "cùng kỳ" in text.casefold():
        return Period(year, report.part), 1.0
    if role == "compared":
        return None, 1.0
    if years or _AGO.search(text):
        whole = year < report.year or report.part == "FY"
        return Period(year, "FY"), 1.0 if whole else 0.4
    return None, 1.0


def _parts_of_year(text: str, report: Period) -> set[str]:
    """Give the parts of a year that a heading names, such as 9M; FY only where it says so."""
    found = [one.period for one in timewords.find(text, report) if one.period is not None]
    specific = {one.part for one in found if one.part != "FY"}
    whole = re.search(r"cả\s+năm", text, re.IGNORECASE)
    return specific | {"FY"} if whole else specific


def _year(text: str, years: set[str], report: Period) -> int:
    """Give the year a heading names; the year before it where it says "cùng kỳ năm trước"."""
    ago = bool(_AGO.search(text)) and not _AGO_IN.search(text)
    year = int(next(iter(years))) if years else report.year
    return year - 1 if ago and year >= report.year else year


def _period(year: int, part: str) -> tuple[Period | None, float]:
    try:
        return Period.parse(f"{year}-{part}"), 1.0
    except PeriodError:
        return None, 0.3


def _alike(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Be unsure of levels that share a period, and of years alone beside the report's own year."""
    levels = [one for one in columns if one.role == "level"]
    periods = [one.period for one in levels]
    vague = any(one.certainty < 0.5 and one.period is not None for one in levels)

    def unsure(one: Column) -> bool:
        if one.role not in ("level", "plan"):
            return False
        twice = one.role == "level" and periods.count(one.period) > 1
        alone = vague and one.period is not None and one.period.part == "FY"
        return twice or (alone and one.role == "level" and not re.search("cả", one.text, re.I))

    return tuple(
        Column(**{**one.__dict__, "certainty": min(one.certainty, 0.4)}) if unsure(one) else one
        for one in columns
    )
