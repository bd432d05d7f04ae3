"""A view: one edition's results in one language, ready to be put into words and pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from babel.dates import format_date

from halfyear import essay
from halfyear.data.described import Indicator
from halfyear.data.overtaken import ESTIMATES
from halfyear.edition import Edition
from halfyear.errors import DataError, PeriodError
from halfyear.key import Key, Kind
from halfyear.number import Formatter
from halfyear.period import Period
from halfyear.project import Project
from halfyear.results import PRINTED, Quantity, Results
from halfyear.study import Study, opened
from halfyear.texts import Texts, escape, listed

S = TypeVar("S", bound=Study)
TEXTS = (*essay.TEXTS, "briefing", "chapters", "editions", "masthead")


@dataclass(frozen=True)
class View:
    """Results of an edition with the texts and the number habit of one language."""

    edition: Edition
    results: Results
    texts: Texts
    formatter: Formatter

    @classmethod
    def of(
        cls,
        edition: Edition,
        results: Results,
        lang: str,
        folder: Path | None = None,
        names: Sequence[str] = TEXTS,
    ) -> "View":
        """Open a view in a language; the texts come from files of report/texts of the project."""
        texts = Texts.load(folder or Project.find().report / "texts", lang, *names)
        formatter = Formatter(lang, texts.symbols(edition.tables), texts.say("range_word"))
        return cls(edition, results, texts, formatter)

    @property
    def lang(self) -> str:
        """Language of the view."""
        return self.texts.lang

    @property
    def period(self) -> Period:
        """Period of the edition."""
        return self.edition.period

    def study(self, kind: type[S]) -> S:
        """The study of a topic, as a notebook left it."""
        return opened(self.results, kind)

    def num(self, id: str | Key, *styles: str) -> str:
        """A number as a Markdown span with its id; a not computable one says so in words."""
        return self.span(self.results[id], *styles)

    def span(self, quantity: Quantity, *styles: str) -> str:
        """A quantity as a Markdown span with its id; a not computable one says so in words."""
        if quantity.interval is None:
            return self._lacking(quantity)
        return self.formatter.span(quantity, *styles)

    def _lacking(self, quantity: Quantity) -> str:
        reasons = [
            self.say(f"reasons.{text}") for text in quantity.missing if self._is_reason(text)
        ]
        keys = [Key.parse(text) for text in quantity.missing if not self._is_reason(text)]
        if not keys:
            return self.say("not_computable_because", reason=", ".join(reasons))
        periods: dict[str, list[str]] = {}
        for key in keys:
            periods.setdefault(self._figure(key), []).append(
                self._span(key.when) if key.when else ""
            )
        named = [f"{name} {self.join(when)}".rstrip() for name, when in periods.items()]
        return self.say("not_computable", missing="; ".join((*named, *reasons)))

    def _is_reason(self, text: str) -> bool:
        return self.texts.has(f"reasons.{text}")

    def _figure(self, key: Key) -> str:
        """A missing figure by the name of its indicator, with its kind where it is not observed."""
        known = self.edition.indicators.get(key.subject)
        name = self.name(known) if known else escape(key.name)
        if key.measure == "contribution":
            return self.say("contributions_to", name=name)
        kind = self.say(f"provenance.kind.{key.kind}")
        return name if key.kind is Kind.OBS else self.say("lacking_kind", name=name, kind=kind)

    def bounded(self, bound: str, number: str) -> str:
        """A number with the words of its bound or comparator; codes without words add none."""
        key = f"bounded.{bound}"
        return self.say(key, number=number) if self.texts.has(key) else number

    def estimated(self, quantity: Quantity) -> bool:
        """Whether a figure is one that its document estimates or expects."""
        status = self.edition.figures.get(quantity.id, {}).get("obs_status")
        return status in ESTIMATES

    def stated(self, quantity: Quantity, *styles: str) -> str:
        """A quantity as a span with the words of its bound; what is only implied has a ≈."""
        implied = quantity.bound == "approx" and quantity.formula != PRINTED
        return self.bounded("implied" if implied else quantity.bound, self.span(quantity, *styles))

    def plain(self, id: str | Key, *styles: str) -> str:
        """A number as bare text, for alt texts and tables of data."""
        return self.formatter.text(self.results[id], *styles)

    def say(self, key: str, **slots: str) -> str:
        """A text of the language with its places filled."""
        return self.texts.say(key, **slots)

    def name(self, indicator: Indicator) -> str:
        """Short name of an indicator, escaped."""
        return escape(indicator.short[self.lang])

    def place(self, id: str, form: str = "name") -> str:
        """Name of a place: form "name", or "full" with what it is; a former one says so.

        Form "rank" is what it is alone, inside a sentence.
        """
        place = self.edition.places[id]
        if form == "rank":
            return self.say(f"place_rank.{place.kind}")
        name, key = place.name[self.lang], f"place.{place.kind}"
        if place.until is not None and place.until < self.edition.params.edition_date:
            return self.say("place.former", name=escape(name))
        if form == "name" or not self.texts.has(key) or self.say(key, name="").strip() in name:
            return escape(name)
        return self.say(key, name=escape(name))

    def unit(self, unit: str) -> str:
        """Symbol of a unit as tables show it, escaped."""
        return escape(self.formatter.symbols.short.get(unit, ""))

    def unit_of(self, indicator: Indicator) -> str:
        """Symbol of an indicator's unit beside its short name; "" where the name says it."""
        symbol = self.unit(indicator.unit)
        return "" if symbol.casefold() in self.name(indicator).casefold() else symbol

    def when(self, period: Period, form: str = "name") -> str:
        """Name of a period: form "name", "short", "rest" (of the year) or "short_rest"."""
        key = f"period.{form}.{period.naming}"
        slots = {"year": str(period.year), "month": str(period.months[1])}
        return self.say(key, **slots)

    def date(self, text: str) -> str:
        """A date, perhaps partial (YYYY, YYYY-MM, YYYY-MM-DD), as the language writes it."""
        parts = [int(part) for part in text.split("-")]
        pattern = self.say(f"date.{('year', 'month', 'day')[len(parts) - 1]}")
        full = date(*[*parts, 1, 1][:3])
        return format_date(full, format=pattern, locale=self.lang)

    def formula(self, text: str) -> str:
        """A formula in the words of the language; formulas of signs alone stay as they are."""
        return self.texts.choose("formulas", text)

    def describe(self, id: str) -> str:
        """What a number is, in words: its kind, indicator, period, and instrument where named."""
        try:
            key = Key.parse(id)
        except DataError:
            return self.say("provenance.describe_bare", kind=self.say("provenance.kind.other"))
        word = self._kind(key)
        if self.texts.has(f"projects.group.{key.subject}"):
            return self._projects(key, word)
        counted = f"notebook.rows.{key.subject}"
        if key.kind is Kind.COUNT and self.texts.has(counted):
            slots = {"name": self.say(counted), "period": self._span(key.when)}
            return self.say("provenance.describe_count", **slots)
        row = self.edition.figures.get(id, {})
        indicator = self.edition.indicators.get(str(row.get("indicator") or key.subject))
        if indicator is None:
            return self.say("provenance.describe_bare", kind=word)
        when = key.when or str(row.get("time_period") or "")
        slots = {"kind": word, "name": self.name(indicator), "period": self._span(when)}
        if not when:
            return self.say("provenance.describe_ever", **slots)
        place = str(row.get("place") or self.edition.params.place)
        if place != self.edition.params.place:
            return self.say("provenance.describe_by", by=self.place(place), **slots)
        source = self.edition.sources.get(key.instrument or key.base)
        if source is None:
            return self.say("provenance.describe", **slots)
        number = escape(source.number.partition(" ")[0] or source.title[self.lang])
        return self.say("provenance.describe_by", by=number, **slots)

    def _kind(self, key: Key) -> str:
        """What sort of number a key names; of an outlook, on which assumption."""
        text = f"provenance.kind.{key.kind}"
        word = self.say(text if self.texts.has(text) else "provenance.kind.other")
        assumed = f"charts.prospects.kind.{key.variant}"
        if key.kind is Kind.OUTLOOK and self.texts.has(assumed):
            return f"{word}, {self.say(assumed)}"
        return word

    def _projects(self, key: Key, word: str) -> str:
        """A number about a group of projects: what is measured, the state, and the group."""
        if key.state:
            word = self.say(f"projects.state.{key.state}")
        named = [
            self.say(f"projects.{kind}.{code}")
            for kind, code in (("group", key.subject), ("measure", key.measure))
            if self.texts.has(f"projects.{kind}.{code}")
        ]
        slots = {"kind": word, "name": ", ".join(named), "period": self._span(key.when)}
        return self.say("provenance.describe", **slots)

    def _span(self, text: str) -> str:
        scope = f"provenance.scope.{text}"
        if self.texts.has(scope):
            return self.say(scope)
        if ".." in text:
            return " – ".join(self._span(end) for end in text.split(".."))
        text = text.removeprefix("year_")
        try:
            return self.when(Period.parse(text))
        except PeriodError:
            return escape(text)

    def join(self, items: Sequence[str]) -> str:
        """Join items as prose does: "a, b and c"."""
        return listed(items, self.lang)
