"""Grids: rows of a table of indicators, each value column read by its heading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from halfyear.data.checks.figures import COMPARISONS
from halfyear.data.numeral import NUMERAL, read_number
from halfyear.errors import NumeralError
from halfyear.intake.language import figures, timewords
from halfyear.intake.language.figures import Printed, UnitWords
from halfyear.intake.language.plainwords import residue
from halfyear.intake.language.syllables import folded
from halfyear.intake.language.terms import Mention, Terms
from halfyear.intake.layout.paragraphs import Paragraph
from halfyear.intake.proposal import Proposal
from halfyear.intake.reader.drafts import Drafting
from halfyear.intake.reason import Reason
from halfyear.period import Period

_ORDINAL = re.compile(r"(?:stt|tt|số tt|số thứ tự)")
_NAME = re.compile(r"chỉ tiêu|nội dung|tên|danh mục|lĩnh vực|hạng mục")
_UNIT = re.compile(r"đơn vị|đvt|đv tính")
_PLAN = re.compile(r"kế hoạch|mục tiêu|chỉ tiêu năm|dự toán|chỉ tiêu giao|\bkh\b|nghị quyết")
_DONE = re.compile(r"thực hiện|ước|kết quả|\bth\b")
_CHANGE = re.compile(r"so (?:với )?|tăng|tốc độ|%")
_GROWTH = re.compile(r"(?:tốc độ|mức) tăng|^tăng trưởng|^tăng ")
_AVERAGE = re.compile(r"bình quân(?:\s*/?\s*năm)?\s*(?:$|[%(])|bình quân/năm", re.IGNORECASE)
_RULE = re.compile(r"[\s|:-]*")
_ONE_NUMBER = re.compile(rf"\s*(?P<all>(?P<minus>[-−–]\s*)?(?P<number>{NUMERAL.pattern}))\s*")


@dataclass(frozen=True)
class Column:
    """A value column: what its heading says."""

    number: int
    role: str
    period: Period | None
    status: str


@dataclass
class Grid:
    """Reads the rows of tables; a heading row holds until another comes."""

    terms: Terms
    unit_words: UnitWords
    drafting: Drafting
    report: Period
    names: tuple[str, ...] = ()
    columns: list[Column] = field(default_factory=list)
    name: int = 1
    unit: int = -1
    topic: str = ""
    last: int = -2
    rates: set[str] = field(default_factory=set)

    def read(self, paragraph: Paragraph, number: int) -> Iterator[Proposal]:
        """Propose a row for each value of a table's row."""
        cells = _cells(paragraph.plain)
        if number > self.last + 3:
            self.columns = []
        self.last = number
        if _RULE.fullmatch(paragraph.plain) or not cells:
            return
        if self._heading(cells):
            return
        if not self.columns or self.name >= len(cells):
            return
        yield from self._values(paragraph, number, cells)

    def _heading(self, cells: list[tuple[int, str]]) -> bool:
        told = [folded(text) for _, text in cells]
        name = next((n for n, text in enumerate(told) if _NAME.match(text)), -1)
        if name < 0 or any(_figures(text) for n, (_, text) in enumerate(cells) if n <= name):
            return False
        self.name = name
        self.unit = next((n for n, text in enumerate(told) if _UNIT.match(text)), -1)
        plain = [
            n
            for n in range(len(cells))
            if n > name and n != self.unit and not _ORDINAL.fullmatch(told[n])
        ]
        self.columns = [self._column(n, told[n], cells[n][1]) for n in plain if told[n]]
        self.topic, self.rates = "", set()
        return True

    def _column(self, number: int, told: str, text: str) -> Column:
        period = timewords.period(text, self.report)
        done = bool(_DONE.search(told))
        if _CHANGE.search(told) and ("so" in told.split() or "tăng" in told):
            role = "share_of_plan" if _PLAN.search(told) else "growth_yoy"
            return Column(
                number, role if "kỳ" in told or _PLAN.search(told) else "open", period, ""
            )
        if _PLAN.search(told) and not done:
            return Column(number, "plan", period or self.report.full_year(), "")
        status = "E" if "ước" in told else "P"
        return Column(number, "level" if done or period else "open", period, status)

    def _values(
        self, paragraph: Paragraph, number: int, cells: list[tuple[int, str]]
    ) -> Iterator[Proposal]:
        label = cells[self.name][1]
        code, certainty, reason = self._indicator(label)
        if code and (certainty > 0.9 or not self.topic):
            self.topic = code
        growth = bool(_GROWTH.search(folded(label)))
        for column in self.columns:
            if column.number >= len(cells):
                continue
            start, text = cells[column.number]
            found = _bare(text) or figures.find(text, self.unit_words)
            for one in found[:1]:
                made = self._row(one, column, code, label, growth, cells)
                made.doubt(certainty, reason)
                if len(found) > 1 or residue(text[: one.first]):
                    made.doubt(0.5, Reason.of("cell_crowded"))
                self._place(made, paragraph, number, start, one)
                yield made

    def _row(
        self,
        one: Printed,
        column: Column,
        code: str,
        label: str,
        growth: bool,
        cells: list[tuple[int, str]],
    ) -> Proposal:
        made = Proposal("", 0, None, "", indicator=code, term=" ".join(label.split()))
        told = self._unit(cells, one)
        try:
            made.value = read_number(one.number)
            made.value = -made.value if one.sign == "giảm" else made.value
            made.high = read_number(one.second) if one.second else None
        except NumeralError:
            made.doubt(0.1, Reason.of("number_unclear"))
            return made
        if column.role == "open":
            made.doubt(0.3, Reason.of("column_unclear"))
            return made
        made.measure = "growth_yoy" if growth and "pct" in told else "level"
        if not told and code and self.terms.parents.get(code, "") in self.rates:
            made.measure, told = "growth_yoy", ("pct",)
            made.doubt(0.85, Reason.of("unit_from_rows"))
        own = self.terms.units.get(code, "")
        if made.measure == "level" and "pct" in told and own not in ("", "pct"):
            fits = own == "index" and column.role == "plan"
            made.measure = "level" if fits and made.value < 2 else "growth_yoy"
            made.doubt(0.85, Reason.of("percentage_as_growth"))
        if column.role == "growth_yoy":
            made.measure, told = "growth_yoy", ("pct",)
        if made.measure == "growth_yoy" and column.role == "plan":
            self.rates.update({code, self.terms.parents.get(code, "")} - {""})
        self._table(made, column)
        self._fill(made, one, told)
        return made

    def _table(self, made: Proposal, column: Column) -> None:
        period = column.period or self.report
        made.time_period = str(period)
        if column.role == "plan":
            made.table, made.time_period = "plan", str(period.full_year())
        elif column.role == "share_of_plan":
            made.table, made.kind = "claims", "share_of_plan"
            made.doubt(0.6, Reason.of("share_in_columns"))
        else:
            made.table = "observations"
            made.obs_status, made.cutoff = column.status or "P", period.end
            made.comparison = COMPARISONS.get(made.measure, "")

    def _fill(self, made: Proposal, one: Printed, told: tuple[str, ...]) -> None:
        unitless = Printed(
            one.first, one.start, one.end, one.last, one.number, one.second, units=told
        )
        self.drafting.unit(made, unitless)
        made.bound = figures.BOUNDS.get(one.bound, "")
        if _AVERAGE.search(made.term):
            made.doubt(0.97, Reason.of("average"))

    def _unit(self, cells: list[tuple[int, str]], one: Printed) -> tuple[str, ...]:
        if one.units:
            return one.units
        text = cells[self.unit][1] if 0 <= self.unit < len(cells) else ""
        ids, _ = self.unit_words.after(text, 0)
        return ids

    def _indicator(self, label: str) -> tuple[str, float, Reason | None]:
        text = label.strip(" -+•")
        mentions = self.terms.find(text, self.names)
        if not mentions:
            return "", 0.3, Reason.of("row_unlisted")
        whole = max(mentions, key=lambda one: one.end - one.start)
        rest = residue(text[: whole.start] + " " + text[whole.end :])
        code, certainty = self._choice(whole)
        if rest:
            return code, certainty * 0.6, Reason.of("words_beside_name", words=rest)
        return code, certainty * min(1.0, whole.share + 0.15), None

    def _choice(self, mention: Mention) -> tuple[str, float]:
        near = set(self.terms.family(self.topic)) if self.topic else set()
        parts = [p for p in mention.parts if set(self.terms.family(p)[1:]) & near]
        inside = [p for p in mention.whole if set(self.terms.family(p)[1:]) & near]
        for group, certainty in (
            (sorted({*parts, *inside}), 1.0),
            (list(mention.whole), 1.0),
            (list(mention.parts), 0.5),
        ):
            if group:
                nearest = [p for p in group if self.terms.parents[p] in near] or group
                return nearest[0], certainty if len(nearest) == 1 else 0.5
        return "", 0.3

    def _place(
        self, made: Proposal, paragraph: Paragraph, number: int, start: int, one: Printed
    ) -> None:
        made.paragraph, made.section = number, paragraph.section
        made.line = paragraph.line(start + one.start)
        made.nth = paragraph.nth(start + one.start)
        made.first, made.last = start + one.first, start + one.last
        made.printed = " ".join(paragraph.text[made.first : made.last].split())


def _cells(row: str) -> list[tuple[int, str]]:
    """Give the cells of "| a | b |" with their offsets."""
    found, at = [], row.find("|") + 1
    for text in row[at:].split("|"):
        found.append((at, text))
        at += len(text) + 1
    return found[:-1] if found and not found[-1][1].strip() else found


def _figures(text: str) -> bool:
    return bool(re.fullmatch(r"\s*[0-9.,]+\s*", text))


def _bare(text: str) -> list[Printed]:
    """Give the one number of a cell that holds nothing else, with the minus before it."""
    match = _ONE_NUMBER.fullmatch(text)
    if match is None:
        return []
    first, end = match.start("all"), match.end("number")
    sign = "giảm" if match["minus"] else ""
    return [Printed(first, match.start("number"), end, end, match["number"], sign=sign)]
