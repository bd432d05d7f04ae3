"""Tables of indicators: each figure by its column, its row, its unit and the row's arithmetic."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from halfyear.data.checks.figures import COMPARISONS
from halfyear.intake.language import cells, figures
from halfyear.intake.language.bilingual import native
from halfyear.intake.language.cells import Amount, Cell
from halfyear.intake.language.figures import Printed, UnitWords
from halfyear.intake.language.syllables import folded
from halfyear.intake.language.terms import Terms
from halfyear.intake.layout.blocks import Block, Row
from halfyear.intake.proposal import Proposal, key
from halfyear.intake.reader import arithmetic, columns, grounds
from halfyear.intake.reader.arithmetic import Meant
from halfyear.intake.reader.columns import Column, Heading
from halfyear.intake.reader.drafts import Drafting
from halfyear.intake.reader.labels import CONSTANT_UNITS, Labels, Named
from halfyear.intake.reader.turned import turned
from halfyear.intake.reason import Reason
from halfyear.period import Period

_GROWTH = re.compile(r"(?:tốc độ|mức) tăng|^tăng trưởng|^tăng ")
_AVERAGE = re.compile(r"bình quân(?:\s*/?\s*năm)?\s*(?:$|[%(])|bình quân/năm", re.IGNORECASE)
_DITTO = re.compile(r"[\"“”″〃'’/,-]*\s*(?:nt|như trên)?\s*[\"“”″〃'’/-]*", re.IGNORECASE)
CONSTANT = "constant_2010"
UNSURE = 0.4
COMPARING = ("compared", "share_of_plan")
_CELLS = {
    "cell_crowded": Reason.of("cell_crowded"),
    "number_unclear": Reason.of("number_unclear"),
    "number_ambiguous": Reason.of("number_ambiguous"),
}
_COLUMNS = {
    "column_unclear": Reason.of("column_unclear"),
    "comparison_mixed": Reason.of("comparison_mixed"),
    "around_hundred": Reason.of("around_hundred"),
}


@dataclass
class Line:
    """A row being read: its label, what that names, its unit and its figures by column."""

    row: Row
    label: str
    named: Named = field(default_factory=Named)
    units: tuple[str, ...] = ()
    cells: dict[int, Cell] = field(default_factory=dict)
    made: dict[int, Proposal] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)

    @property
    def growth(self) -> bool:
        """Whether the row itself is a rate of growth."""
        return bool(_GROWTH.search(folded(self.label)))


@dataclass
class Grid:
    """Reads the tables of a text; a heading holds on the next page where a table goes on."""

    terms: Terms
    unit_words: UnitWords
    drafting: Drafting
    report: Period
    names: tuple[str, ...] = ()
    heading: Heading | None = None
    above: str = ""
    units: tuple[str, ...] = ()
    labels: Labels = field(init=False)
    rates: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.labels = Labels(self.terms, self.names)

    def read(self, block: Block) -> Iterator[Proposal]:
        """Propose a row for each figure of a table."""
        if not block.goes_on:
            self.heading, self.above, self.units = None, "", ()
        self.above = " ".join(block.above) or self.above
        units = self.units
        for one in turned(block, self.unit_words) or [block]:
            self.units = units
            yield from self._read(one)

    def _read(self, block: Block) -> Iterator[Proposal]:
        above = filter(None, (self._told(text) for text in reversed(block.above)))
        self.units = next(above, self.units)
        for heads, body, told in self._sections(block.rows):
            self.units = told or self.units
            found = columns.heading(heads, body, self.unit_words, self.report)
            if found is not None and found.known:
                self.heading, self.rates = found, set()
                self.labels = Labels(self.terms, self.names)
                for text in block.above:
                    self.labels.head(text)
            elif heads or self.heading is None or not _agrees(self.heading, body):
                self.heading = None
            yield from self._body(body, self.units)

    def _told(self, text: str) -> tuple[str, ...]:
        return columns.told_unit(native(text), self.unit_words)

    def _sections(
        self, rows: Sequence[Row]
    ) -> Iterator[tuple[list[Row], list[Row], tuple[str, ...]]]:
        """Part a table where a heading begins: its heading rows, its rows, the unit it names."""
        heads: list[Row] = []
        body: list[Row] = []
        units: tuple[str, ...] = ()
        for row in rows:
            if columns.is_rule(row) or columns.is_index(row):
                continue
            texts = [text for text in row.texts if text]
            if len(texts) == 1 and self._told(texts[0]):
                units = self._told(texts[0])
            elif columns.opens(row) and body:
                yield heads, body, units
                heads, body, units = [row], [], ()
            elif body or columns.is_body(row) or (heads and _is_group(row)):
                body.append(row)
            elif not heads and self._is_rest(row):
                continue
            else:
                heads.append(row)
        if body:
            yield heads, body, units

    def _is_rest(self, row: Row) -> bool:
        """Tell whether a row that opens a page is only the rest of a name on the page before."""
        name = self.heading.name if self.heading else -1
        return all(bool(text) == (number == name) for number, text in enumerate(row.texts))

    def _body(self, body: Sequence[Row], units: tuple[str, ...]) -> Iterator[Proposal]:
        lines: list[Line] = []
        for row in body:
            line = self._line(row, lines[-1].units if lines else (), units)
            lines.append(line)
        if self.heading is None:
            for line in lines:
                yield from self._headless(line)
            return
        self.heading = self._shares(lines, self.heading)
        meanings = self._meanings(lines, self.heading)
        for line in lines:
            line.settled = self._settled(line, self.heading)
        for line in lines:
            line.named = self.labels.enter(line.label)
            for column in self.heading.columns:
                if column.number in line.cells:
                    line.made[column.number] = self._row(line, column, meanings)
            self._arithmetic(line, self.heading)
            yield from line.made.values()

    def _line(self, row: Row, before: tuple[str, ...], units: tuple[str, ...]) -> Line:
        """Read the label of a row, its unit and the cells with figures."""
        at = self.heading.name if self.heading else _first_words(row)
        label = row.texts[at] if 0 <= at < len(row.texts) else ""
        own, name = columns.bracketed_unit(label, self.unit_words)
        wanted = [c.number for c in self.heading.columns] if self.heading else range(len(row.cells))
        line = Line(row, name)
        for number in wanted:
            if number != at and number < len(row.cells):
                found = cells.read(row.cells[number][1], self.unit_words)
                if found is not None:
                    line.cells[number] = found
        column = self._unit_column(row, before)
        line.units = _one(own, column) or units
        return line

    def _unit_column(self, row: Row, before: tuple[str, ...]) -> tuple[str, ...]:
        at = self.heading.unit if self.heading else -1
        text = row.texts[at] if 0 <= at < len(row.texts) else ""
        if text and _DITTO.fullmatch(text):
            return before
        return columns.whole_unit(text, self.unit_words) or (("?",) if text else ())

    def _headless(self, line: Line) -> Iterator[Proposal]:
        line.named = self.labels.read(line.label)
        for number, cell in line.cells.items():
            made = Proposal("", 0, None, "", indicator=line.named.code, term=line.label)
            made.value = cell.amount.value if cell.amount else None
            made.doubt(0.3, Reason.of("table_headless"))
            self._place(made, line.row, number, cell.printed)
            yield made

    def _shares(self, lines: Sequence[Line], heading: Heading) -> Heading:
        """Take a column of percentages for shares of the plan where every row shows that it is."""
        found = []
        for one in heading.columns:
            share = replace(one, role="share_of_plan")
            loose = one.role == "compared" and not one.year_ago
            amounts = [self._amounts(line, share, heading) for line in lines] if loose else []
            told = [arithmetic.agrees(*three) for three in amounts if three is not None]
            found.append(share if told and all(told) else one)
        return replace(heading, columns=tuple(found))

    def _settled(self, line: Line, heading: Heading) -> set[int]:
        """Give the columns of a row whose figures its arithmetic proves by one that is clear.

        A ratio of two figures is the same whether a comma in both parts thousands or decimals.
        """
        found: set[int] = set()
        for one in heading.columns:
            amounts = self._amounts(line, one, heading) if one.role in COMPARING else None
            if amounts is None or not self._proved(one, amounts):
                continue
            beside = [column.number for column in self._columns(one, heading)[1:] if column]
            if any(not line.cells[number].doubt for number in beside):
                found.update(beside)
        return found

    def _proved(self, column: Column, amounts: tuple[Amount, Amount, Amount]) -> bool:
        if column.role == "compared":
            return bool(arithmetic.measure(*amounts))
        return arithmetic.agrees(*amounts)

    def _meanings(self, lines: Sequence[Line], heading: Heading) -> dict[int, Meant]:
        """Tell what each column of comparisons holds, by its rows and by its heading."""
        compared = [one for one in heading.columns if one.role == "compared"]
        values = [
            cell.amount.value
            for line in lines
            for column in compared
            if (cell := line.cells.get(column.number)) and cell.amount
            if column.year_ago
        ]
        return {
            one.number: arithmetic.meant(
                [self._shown(line, one, heading) for line in lines],
                one.measure,
                one.year_ago,
                values,
            )
            for one in compared
        }

    def _shown(self, line: Line, column: Column, heading: Heading) -> str:
        """Give what the arithmetic of a row shows a comparison to be; empty where it does not."""
        amounts = self._amounts(line, column, heading)
        if amounts is None or line.units == ("pct",):
            return ""
        return arithmetic.measure(*amounts)

    def _amounts(
        self, line: Line, column: Column, heading: Heading
    ) -> tuple[Amount, Amount, Amount] | None:
        """Give the amounts of a comparison; None where any of its cells is empty or unclear."""
        found = [cell.amount for cell in self._beside(line, column, heading) if cell is not None]
        amounts = [amount for amount in found if amount is not None]
        return (amounts[0], amounts[1], amounts[2]) if len(amounts) == 3 else None

    def _beside(
        self, line: Line, column: Column, heading: Heading
    ) -> tuple[Cell | None, Cell | None, Cell | None]:
        """Give the cells of a comparison: itself, what is compared, and with what."""
        found = self._columns(column, heading)
        told = [line.cells.get(one.number) if one else None for one in found]
        return told[0], told[1], told[2]

    def _columns(
        self, column: Column, heading: Heading
    ) -> tuple[Column, Column | None, Column | None]:
        """Give the columns of a comparison: itself, what is compared, and with what."""
        period, _ = self._compared(column, heading)
        plan = column.role == "share_of_plan"
        base = _plan(heading) if plan else _level(heading, period.shift(-1))
        return column, _level(heading, period), base

    def _compared(self, column: Column, heading: Heading) -> tuple[Period, float]:
        """Give the period a comparison is of: that of its heading, or of the one level beside."""
        if column.period is not None:
            return column.period, column.certainty
        levels = [one for one in heading.columns if one.role == "level" and one.certainty > UNSURE]
        own = [one.period or self.report for one in levels]
        current = {one for one in own if one.year == self.report.year}
        if len(current) == 1:
            return current.pop(), 1.0
        return self.report, 1.0 if not current else 0.5

    def _row(self, line: Line, column: Column, meanings: dict[int, Meant]) -> Proposal:
        cell = line.cells[column.number]
        made = Proposal(
            "", 0, None, "", indicator=line.named.code, term=" ".join(line.label.split())
        )
        made.doubt(line.named.certainty, line.named.reason)
        self._place(made, line.row, column.number, cell.printed)
        if cell.doubt:
            settled = cell.doubt == "number_ambiguous" and column.number in line.settled
            unsure = 1.0 if settled else 0.5 if cell.doubt == "number_ambiguous" else 0.3
            made.doubt(unsure, None if settled else _CELLS[cell.doubt])
        if cell.amount is None:
            return made
        made.value = cell.amount.value
        meaning = meanings.get(column.number, Meant("", 1.0))
        if column.role == "open" or (column.role == "compared" and not meaning.measure):
            made.doubt(0.3, _COLUMNS[meaning.reason or "column_unclear"])
            return made
        if cell.printed.second:
            ranged = cells.read(cell.printed.second, self.unit_words)
            made.high = ranged.amount.value if ranged and ranged.amount else None
        if column.role == "compared":
            made.doubt(meaning.certainty, _COLUMNS[meaning.reason] if meaning.reason else None)
            made.measure = meaning.measure
            self._table(made, column)
            self._fill(made, cell.printed, ("pct",))
        elif column.role == "level" and self.labels.measure:
            self._captioned(made, column, cell.printed, line)
        else:
            self._level(made, line, column, cell.printed)
        grounds.of_table(made, cell.printed, column, line.units)
        return made

    def _captioned(self, made: Proposal, column: Column, one: Printed, line: Line) -> None:
        """Take a figure for what the line above the table says that all of them are."""
        told, certainty = self._units(line, column, one)
        made.measure = self.labels.measure
        fits = certainty == 1 and told in ((), ("pct",)) and made.measure != "contribution"
        whole = made.measure == "share" and not self.terms.parents.get(made.indicator)
        if not fits or whole:
            made.doubt(0.3, Reason.of("caption_says"))
        self._table(made, column)
        self._fill(made, one, ("pct",))

    def _level(self, made: Proposal, line: Line, column: Column, one: Printed) -> None:
        told, certainty = self._units(line, column, one)
        if "?" in told:
            told = ()
            made.doubt(0.3, Reason.of("unit_unknown"))
        made.measure = "growth_yoy" if line.growth and "pct" in told else "level"
        own = self.terms.units.get(made.indicator, "")
        if own == "pp" and "pct" in told:
            made.measure, told = "level", ("pp",)
        if not told and made.indicator and self.terms.parents.get(made.indicator) in self.rates:
            made.measure, told = "growth_yoy", ("pct",)
            made.doubt(0.85, Reason.of("unit_from_rows"))
        if made.measure == "level" and "pct" in told and own not in ("", "pct"):
            fits = own == "index" and column.role == "plan" and (made.value or Decimal(0)) < 2
            made.measure = "level" if fits else "growth_yoy"
            large = abs(made.value or Decimal(0)) >= arithmetic.MOST_GROWTH
            made.doubt(0.5 if large else 0.85, Reason.of("percentage_as_growth"))
        if made.measure == "growth_yoy" and column.role == "plan":
            parent = self.terms.parents.get(made.indicator, "")
            self.rates.update({made.indicator, parent} - {""})
        if column.role != "share_of_plan":
            told = self._priced(made, line, told)
            made.doubt(certainty, None if certainty == 1 else Reason.of("units_several"))
        self._table(made, column)
        self._fill(made, one, told)
        if not told and made.measure == "level" and made.table != "claims":
            made.doubt(0.8, Reason.of("unit_nowhere"))

    def _units(self, line: Line, column: Column, one: Printed) -> tuple[tuple[str, ...], float]:
        """Give the unit of a figure from its cell, row or column, less sure if they differ."""
        grounds = [units for units in (one.units, line.units, column.units) if units]
        if not grounds:
            return (), 1.0
        shared = set(grounds[0]).intersection(*grounds[1:])
        nearest = grounds[0]
        if shared:
            return tuple(unit for unit in nearest if unit in shared), 1.0
        return nearest, 0.3

    def _priced(self, made: Proposal, line: Line, told: tuple[str, ...]) -> tuple[str, ...]:
        """Let a value at constant prices be in the unit of such values, where the table says so."""
        if self.labels.constant(made.indicator, f"{line.label} {self.above}"):
            made.price_base = CONSTANT
            return tuple(CONSTANT_UNITS.get(unit, unit) for unit in told)
        return told

    def _table(self, made: Proposal, column: Column) -> None:
        heading = self.heading
        assert heading is not None
        if column.role in ("compared", "share_of_plan"):
            period, certainty = self._compared(column, heading)
        else:
            period, certainty = column.period or self.report, column.certainty
        made.time_period = str(period)
        if certainty < 1:
            made.doubt(certainty, Reason.of("column_period"))
        if column.role == "plan":
            made.table, made.time_period = "plan", str(period.full_year())
            if period.year - self.report.year not in (0, 1):
                made.doubt(0.3, Reason.of("column_period"))
        elif column.role == "share_of_plan":
            made.table, made.kind, made.measure = "claims", "share_of_plan", ""
        else:
            self._observation(made, column, period)

    def _observation(self, made: Proposal, column: Column, period: Period) -> None:
        made.table = "observations"
        made.obs_status, made.cutoff = column.status or "P", period.end
        made.comparison = COMPARISONS.get(made.measure, "")
        if made.measure == "growth_yoy" and self.terms.family(made.indicator)[-1] == "grdp":
            made.price_base = CONSTANT
        if period.end > self.report.end:
            made.doubt(0.4, Reason.of("time_later"))
        if made.high is not None:
            made.doubt(0.5, Reason.of("range_unheld"))

    def _fill(self, made: Proposal, one: Printed, told: tuple[str, ...]) -> None:
        if made.table == "claims":
            made.unit = made.printed_unit = "pct"
            return
        self.drafting.unit(made, replace(one, units=told))
        made.bound = figures.BOUNDS.get(one.bound, "")
        if _AVERAGE.search(made.term):
            made.doubt(0.97, Reason.of("average"))

    def _arithmetic(self, line: Line, heading: Heading) -> None:
        """Hold the percentages of a row against its figures, and doubt all that do not agree."""
        for column in heading.columns:
            made = line.made.get(column.number)
            if made is None or column.role not in ("compared", "share_of_plan"):
                continue
            if column.role == "share_of_plan":
                self._share(made, line, heading, column)
            amounts = self._amounts(line, column, heading)
            if amounts is None or line.units == ("pct",):
                continue
            less = arithmetic.HUNDRED * (made.measure == arithmetic.GROWTH)
            named = column.year_ago or column.role == "share_of_plan"
            agrees = arithmetic.agrees(*amounts, less)
            beside = [one.number for one in self._columns(column, heading) if one]
            for number, one in line.made.items():
                if agrees and number in beside:
                    one.grounds["figures"] = Reason.of("row_agrees")
                elif named and not agrees:
                    one.doubt(UNSURE, Reason.of("row_arithmetic"))

    def _share(self, made: Proposal, line: Line, heading: Heading, column: Column) -> None:
        """Let a share of the plan name the figure it is of; without the plan beside it is open."""
        period, _ = self._compared(column, heading)
        level, plan = _level(heading, period), _plan(heading)
        host = line.made.get(level.number) if level else None
        if host is not None and host.table == "observations":
            made.operands = key(host)
        if plan is None or plan.number not in line.cells or host is None:
            made.doubt(0.6, Reason.of("share_in_columns"))

    def _place(self, made: Proposal, row: Row, number: int, one: Printed) -> None:
        start, place = row.cells[number][0], row.place(number)
        paragraph = place.paragraph
        made.paragraph, made.section = place.number, paragraph.section
        made.line = paragraph.line(start + one.start)
        made.nth = paragraph.nth(start + one.start)
        made.first, made.last = start + one.first, start + one.last
        made.printed = " ".join(paragraph.text[made.first : made.last].split())


def _agrees(heading: Heading, body: Sequence[Row]) -> bool:
    """Tell whether rows without a heading of their own can go on under one.

    They have as many cells, names where the names stand and no figure where the units do.
    """
    if any(len(row.cells) != heading.width for row in body):
        return False
    if heading.unit >= 0 and any(cells.holds_number(row.texts[heading.unit]) for row in body):
        return False
    return all(_wordy(row.texts[heading.name]) for row in body if columns.is_body(row))


def _wordy(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 3


def _is_group(row: Row) -> bool:
    """Tell whether a row only names a group: words in its first cells and nothing after them."""
    return not any(row.texts[2:]) and any(map(_wordy, row.texts))


def _first_words(row: Row) -> int:
    texts = enumerate(row.texts)
    return next((n for n, text in texts if _wordy(text)), 0)


def _one(own: tuple[str, ...], column: tuple[str, ...]) -> tuple[str, ...]:
    """Give the unit of a row that its name and its column of units agree on."""
    if own and column and not set(own) & set(column):
        return ("?",)
    return column or own


def _level(heading: Heading | None, period: Period) -> Column | None:
    found = [
        one
        for one in (heading.columns if heading else ())
        if one.role == "level" and (one.period == period or one.period is None)
    ]
    dated = [one for one in found if one.period == period]
    return dated[0] if len(dated) == 1 else found[0] if len(found) == 1 else None


def _plan(heading: Heading) -> Column | None:
    found = [one for one in heading.columns if one.role == "plan"]
    return found[0] if len(found) == 1 else None
