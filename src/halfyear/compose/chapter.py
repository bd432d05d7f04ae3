"""A chapter under way: it numbers sections, figures and tables, and places the charts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress

from halfyear.analysis.scorecard import Line
from halfyear.charts.chart import Chart
from halfyear.compose.markup import BR, DASH, styled, symbol
from halfyear.compose.tree import Column, Figure, Heading, Node, Table, block
from halfyear.key import Key, Kind
from halfyear.period import Period
from halfyear.texts import escape
from halfyear.verdict import Basis
from halfyear.view import View

ANNEX = "A"


@dataclass
class Chapter:
    """The text behind page 1, in order."""

    view: View
    charts: Mapping[str, Chart] = field(default_factory=dict)
    parts: list[Node] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def head(self, key: str, title: str = "", **slots: str) -> None:
        """Open a numbered section; title names another text than that of its key."""
        n = self._next("section")
        title = self.view.say(f"sections.{title or key}", **slots)
        self.parts.append(Heading(f"{n}. {title}", f"sec-{key}"))

    def annex(self) -> None:
        """Open the annex on a new page."""
        self.parts.append(block("pagebreak"))
        self.parts.append(Heading(self.view.say("sections.annex"), "sec-annex"))

    def part(self, key: str) -> None:
        """Open a numbered part of the annex."""
        n = self._next("part")
        title = self.view.say(f"sections.{key}")
        self.parts.append(Heading(f"{ANNEX}.{n}. {title}", f"sec-{key}", level=2))

    def add(self, node: Node) -> None:
        """Add a paragraph, which starts with a capital, a block or a list; nothing for no text."""
        if node:
            self.parts.append(sentences(node) if isinstance(node, str) else node)

    def figure(self, name: str) -> None:
        """Add a chart as a numbered figure; none where the edition has no such chart."""
        chart = self.charts.get(name)
        if chart is None:
            return
        n = str(self._next("figure"))
        title = f"{self.view.say('figure', n=n)}. {chart.heading or escape(chart.title)}"
        self.parts.append(Figure(chart, n, title))

    def table(
        self, id: str, key: str, columns: list[Column], rows: Sequence[Sequence[str]], **slots: str
    ) -> None:
        """Add a numbered table without its empty columns; without rows there is none."""
        if not rows:
            return
        kept = [n == 0 or bool({row[n] for row in rows} - {"", DASH}) for n in range(len(columns))]
        shown = [tuple(compress(row, kept)) for row in rows]
        n = str(self._next("table"))
        caption = self.view.say(key, label=self.view.say("table", n=n), **slots)
        drawn = tuple(compress(columns, kept))
        self.parts.append(Table(f"tbl-{id}", drawn, tuple(shown), number=n, caption=caption))

    def has(self, key: str) -> bool:
        """Whether there is a section or part of a key."""
        return self._anchored(f"sec-{key}")

    def tabled(self, id: str) -> bool:
        """Whether there is a table of an id."""
        return self._anchored(f"tbl-{id}")

    def _anchored(self, anchor: str) -> bool:
        return any(getattr(part, "anchor", None) == anchor for part in self.parts)

    def _next(self, kind: str) -> int:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return self.counts[kind]


def sentences(*texts: str) -> str:
    """Sentences as one paragraph, each with a capital; what is not said is left out."""
    return " ".join(_capital(text) for text in texts if text)


def _capital(text: str) -> str:
    """The same with a capital, behind marks that make its beginning bold."""
    start = len(text) - len(text.lstrip("*"))
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def cell(view: View, id: str, *styles: str) -> str:
    """A number in a table, a dash where there is none."""
    found = view.results.get(id)
    return view.span(found, *styles) if found else DASH


def named(view: View, key: str, unit: bool = True) -> str:
    """Short name of the indicator of a key `indicator.measure`, with its unit in grey."""
    indicator, _, measure = key.partition(".")
    described = view.edition.indicators[indicator]
    symbol_of = view.unit_of(described) if measure == "level" else view.unit("pct")
    return view.name(described) + (styled(f", {symbol_of}", "muted") if unit and symbol_of else "")


def inside(view: View, key: str) -> str:
    """Short name of an indicator inside a sentence."""
    name = view.name(view.edition.indicators[key.split(".")[0]])
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def ahead(view: View, indicator: str) -> bool:
    """Whether it is known how fast an indicator must grow in the rest of the year."""
    return bool(view.results.get(Kind.NEEDED.of(indicator, "growth_yoy", view.period)))


def lacking(view: View, id: str) -> str:
    """The figure a not computable result lacks, in words, without its indicator."""
    key = Key.parse(id)
    measure = "level" if key.measure == "level" else "growth"
    return view.say(f"lacking.{measure}", period=view.when(Period.parse(key.when)))


def verdict(view: View, line: Line) -> str:
    """Symbol and word of a verdict, with its basis where it is not recomputed."""
    item = line.verdict
    text = f"{symbol(item.outcome, item.basis)} {view.say(f'verdict.{item.outcome}')}"
    if item.basis is Basis.BY_OMISSION:
        return text + BR + styled(view.say("basis.by_omission"), "em")
    if item.basis in (Basis.STATED_WORD, Basis.STATED_LIST):
        return text + BR + styled(view.say("basis.stated"), "em")
    return text
