"""Turned tables: rows that are times under heads that are indicators, as rows of indicators."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from halfyear.intake.language import cells
from halfyear.intake.language.bilingual import native
from halfyear.intake.language.figures import UnitWords
from halfyear.intake.language.syllables import folded
from halfyear.intake.layout.blocks import Block, Place, Row
from halfyear.intake.reader import columns
from halfyear.intake.reader.captions import caption
from halfyear.intake.reader.labels import TOTALS

_YEAR = r"20[0-9]{2}"
_STATE = r"(?:sơ bộ|ước(?: tính| thực hiện)?|chính thức|thực hiện|prel|est|năm)"
_TIME = re.compile(
    rf"(?:{_STATE}[\s.()/-]*)*(?:(?:19|20)[0-9]{{2}}|cả năm(?:\s+{_YEAR})?"
    rf"|(?:quý\s+(?:IV|I{{1,3}}|[1-4])|tháng\s+[0-9]{{1,2}})(?:\s*(?:/|năm)?\s*{_YEAR})?"
    rf"|[0-9]{{1,2}}\s+tháng(?:\s+đầu)?(?:\s+năm)?(?:\s*/?\s*{_YEAR})?)"
    rf"(?:[\s.()/-]*{_STATE})*[\s.()-]*",
    re.IGNORECASE,
)
_MEAN = re.compile(r"(?:bình quân|giai đoạn|thời kỳ)\b|20[0-9]{2}\s*[-–]\s*20[0-9]{2}", re.I)
_GROUP = re.compile(r"(?:chia ra|trong đó|of which|gồm)[\s:-]*(?:of which)?[\s:]*", re.IGNORECASE)
_AMOUNT = re.compile(r"(?:giá trị|trị giá|số lượng|tổng trị giá|total)?")
_GROWTH = re.compile(r"(?:tốc độ|mức)?\s*tăng(?:,? giảm)?(?:\s+trưởng)?(?:\s+so .*)?")
_YEARS = re.compile(rf"(?<![0-9]){_YEAR}(?![0-9])")
FEWEST = 2


@dataclass
class Section:
    """Rows of one kind: the line above them that names their unit or measure, and the year."""

    rows: list[Row]
    label: str = ""
    years: tuple[str, ...] = ()


def turned(block: Block, words: UnitWords) -> list[Block]:
    """Give a table whose rows are times as tables whose rows are indicators; else nothing.

    A time without a year belongs to the one year of the row above or the lines above the table;
    rows under a line that names neither a unit nor a measure are left out and stay as they are.
    """
    rows = [row for row in block.rows if not columns.is_rule(row) and not columns.is_index(row)]
    first = next((n for n, row in enumerate(rows) if columns.is_body(row)), 0)
    heads = [row for row in rows[:first] if len(_told(row)) > 1]
    body = [row for row in rows[first:] if columns.is_body(row)]
    if not heads or len(body) < FEWEST or not all(_timed(row) for row in body):
        return []
    labels = _labels(heads, max(len(row.cells) for row in rows), words)
    found: list[Block] = []
    for section in _sections([row for row in rows if row not in heads], " ".join(block.above)):
        said = _said(section.label, words)
        if said is None or not section.rows:
            return []
        if not all(map(_dated, section.years)):
            return []
        above = [*block.above, *filter(None, [said])]
        found.append(Block(_turn(section, labels, heads[0]), above))
    return found


def _told(row: Row) -> list[str]:
    return [text for text in row.texts if text]


def _timed(row: Row) -> bool:
    text = row.texts[0]
    return bool(_TIME.fullmatch(text) or _MEAN.match(text))


def _dated(text: str) -> bool:
    return bool(re.search(r"(?:19|20)[0-9]{2}", text) or _MEAN.match(text))


def _sections(rows: Sequence[Row], above: str) -> Iterator[Section]:
    """Part the rows where a row of one cell names the unit, the measure or the year of the next."""
    years = set(_YEARS.findall(above))
    year = next(iter(years)) if len(years) == 1 else ""
    section = Section([])
    for row in rows:
        texts = _told(row)
        if columns.is_body(row):
            time = row.texts[0]
            named = time if _dated(time) or not year else f"{time} năm {year}"
            section.rows.append(row)
            section.years += (named,)
        elif len(texts) == 1 and _TIME.fullmatch(texts[0]) and _YEARS.search(texts[0]):
            year = _YEARS.findall(texts[0])[0]
        elif texts:
            if section.rows:
                yield section
            section = Section([], " ".join(texts))
    yield section


def _said(label: str, words: UnitWords) -> str | None:
    """Give the line above the table that a row of one cell stands for; None if not understood."""
    text = native(label).strip()
    if not text or columns.told_unit(text, words):
        return text
    if columns.whole_unit(text.strip("()"), words):
        return f"Đơn vị tính: {text.strip('()')}"
    _, bare = columns.bracketed_unit(text, words)
    told = caption(bare)
    return text if told is not None and told.measure else None


def _labels(heads: Sequence[Row], width: int, words: UnitWords) -> list[str]:
    """Give what the heads above each column name, with its unit in brackets."""
    texts = [[native(text) for text in row.texts] for row in heads]
    return [_label(columns.parts(texts, number), words) for number in range(width)]


def _label(told: Sequence[str], words: UnitWords) -> str:
    unit = ""
    names: list[str] = []
    for part in told:
        units, name = columns.bracketed_unit(part, words)
        unit = part.removeprefix(name).strip() or unit if units else unit
        if columns.whole_unit(part, words):
            unit = f"({part.strip()})"
        elif _GROUP.sub("", name).strip():
            names.append(name.strip())
    if not names:
        return ""
    last, above = names[-1], names[-2] if len(names) > 1 else ""
    if above and (folded(last) in TOTALS or _AMOUNT.fullmatch(folded(last))):
        last = above
    elif above and _GROWTH.fullmatch(folded(last)):
        last = f"Tốc độ tăng {above}"
    return f"{last} {unit}".strip()


def _turn(section: Section, labels: Sequence[str], head: Row) -> list[Row]:
    """Turn rows of times: a heading of times, then a row for each column with its figures."""
    times = [(0, "Chỉ tiêu"), *((0, text) for text in section.years)]
    found = [replace(head, cells=tuple(times))]
    for number, label in enumerate(labels):
        if number == 0 or not label:
            continue
        held = [row.cells[number] if number < len(row.cells) else (0, "") for row in section.rows]
        places = (Place(head.number, head.paragraph), *(row.place(number) for row in section.rows))
        found.append(Row(head.number, head.paragraph, ((0, label), *held), places))
    return [found[0], *(row for row in found[1:] if any(map(cells.holds_number, row.texts[1:])))]
