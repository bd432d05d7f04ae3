"""Telling: what a proposal holds, in the words and the number format of a language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.dates import format_date

from halfyear.data import ids
from halfyear.data.frames import Tables
from halfyear.errors import PeriodError
from halfyear.intake import words
from halfyear.intake.proposal import SURE, Proposal
from halfyear.intake.reason import Reason
from halfyear.interval import Interval
from halfyear.number import Formatter, Symbols
from halfyear.period import Period
from halfyear.results import Quantity

CERTAIN = 0.95
MOST_DECIMALS = 12


@dataclass(frozen=True)
class Telling:
    """Tells proposals in a language; names are the short names of indicators by their codes."""

    lang: str
    names: Mapping[str, str]
    formatter: Formatter

    @classmethod
    def of(cls, tables: Tables, lang: str) -> "Telling":
        """Take names and unit symbols of a language, "vi" or "en", from the tables."""
        indicators, units = tables.indicators, tables.units
        names = dict(zip(indicators["id"], indicators[f"name_short_{lang}"], strict=True))
        symbols = dict(zip(units["id"], units[f"symbol_{lang}"], strict=True))
        formatter = Formatter(lang, Symbols(symbols, symbols), words.say(lang, "range.to"))
        return cls(lang, names, formatter)

    def say(self, key: str, **slots: object) -> str:
        """Give a text with its gaps filled."""
        return words.say(self.lang, key, **slots)

    def choose(self, section: str, code: str) -> str:
        """Give the words for a code, or the code itself."""
        return words.choose(self.lang, section, code)

    def name(self, code: str) -> str:
        """Give the short name of an indicator."""
        return self.names.get(code, code) or self.say("page.unnamed")

    def what(self, row: Proposal) -> str:
        """Give what a row is: its kind, its measure, its period and its standing."""
        return " · ".join(part for part in self._what(row) if part)

    def _what(self, row: Proposal) -> Iterator[str]:
        yield self.choose("table", row.table or "none")
        yield self.choose("kind", row.kind) if row.kind else self.choose("measure", row.measure)
        yield self.choose("word", row.word) if row.value is not None else ""
        yield self.choose("state", row.state) if row.table == "projects" else ""
        yield self.period(row.time_period)
        if row.cutoff is not None and row.cutoff != Period.parse(row.time_period).end:
            yield self.say("page.until", day=self.day(str(row.cutoff)))
        yield self.choose("obs_status", row.obs_status)

    def line(self, cells: Mapping[str, str]) -> str:
        """Give a row of the sheet in one line: its name, what it is, its period, as printed."""
        kind = ("kind", cells["kind"]) if cells["kind"] else ("measure", cells["measure"])
        parts = (
            self.name(cells["indicator"]) if cells["indicator"] else cells["term"],
            self.choose("table", cells["table"] or "none"),
            self.choose(*kind),
            self.period(cells["time_period"]),
        )
        told = ", ".join(part for part in parts if part)
        return f"{told}: {cells['printed']}" if cells["printed"] else told

    def value(self, row: Proposal) -> str:
        """Give the value of a row with its unit, the verdict of one in words, else as printed."""
        if row.value is None:
            return self.choose("word", row.word) or row.printed
        if not row.table:
            return row.printed
        text = self._number(row.unit, row.value if row.high is None else row.high, row.value)
        if row.total is not None:
            text = f"{self._number('', row.value)}/{self._number(row.unit, row.total)}"
        return f"{self.choose('bound', row.bound)} {text}".strip()

    def _number(self, unit: str, *ends: Decimal) -> str:
        known = Interval.of(min(ends), max(ends))
        return self.formatter.text(Quantity("", known, unit, MOST_DECIMALS), "unit")

    def confidence(self, row: Proposal) -> str:
        """Give how sure a row is, in words and as a number from 0 to 1."""
        sure = "sure" if row.confidence >= CERTAIN else "fairly"
        word = self.say(f"confidence.{sure if row.confidence >= SURE else 'look'}")
        return f"{word} {self.formatter.plain(Decimal(str(row.confidence)), 2)}"

    def reasons(self, row: Proposal) -> list[str]:
        """Give the reasons of a row."""
        return [self.reason(one) for one in row.reasons]

    def grounds(self, row: Proposal) -> list[str]:
        """Give what a row rests on, each aspect by its name."""
        return [
            self.say("page.ground", aspect=self.choose("ground", name), text=self.reason(one))
            for name, one in row.grounds.items()
        ]

    def reason(self, one: Reason) -> str:
        """Give a reason, the indicators and facts in it by their names."""
        slots = dict(one.slots)
        told = {}
        if "indicators" in slots:
            told["indicators"] = ", ".join(map(self.name, slots["indicators"].split()))
        if "fact" in slots:
            told["fact"] = self.fact(slots["fact"])
        if "period" in slots:
            told["period"] = self.period(slots["period"])
        if "growth" in slots:
            told["growth"] = self.formatter.plain(Decimal(slots["growth"]), 1)
        return one.say(self.lang, **told)

    def operands(self, row: Proposal) -> str:
        """Give the facts that a claim is about, empty where it names none."""
        facts = "; ".join(map(self.fact, ids.operands(row.operands)))
        return self.say("page.about", facts=facts) if facts else ""

    def fact(self, key: str) -> str:
        """Give a fact, known by its key, by its name, measure and period."""
        kind, _, rest = key.partition(":")
        what, _, when = rest.partition("@")
        code, _, measure = what.partition(".")
        parts = (self.name(code), self.choose("measure", measure), self.period(when.split("/")[0]))
        return self.say(f"fact.{kind}", name=", ".join(part for part in parts if part))

    def period(self, text: str) -> str:
        """Give the name of a period, or of a year alone."""
        try:
            period = Period.parse(f"{text}-FY" if text.isdigit() else text)
        except PeriodError:
            return text
        return self.say(f"period.{period.naming}", year=period.year, month=period.months[1])

    def day(self, text: str) -> str:
        """Give a date, perhaps partial (YYYY, YYYY-MM, YYYY-MM-DD), as the language writes it."""
        parts = [int(part) for part in text.split("-")]
        pattern = self.say(f"date.{('year', 'month', 'day')[len(parts) - 1]}")
        return format_date(date(*[*parts, 1, 1][:3]), format=pattern, locale=self.lang)
