"""A desk: where a notebook opens an edition's studies, shows them and saves them."""

import html
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
from IPython.display import HTML, Markdown, display
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator

from halfyear import essay, reads, shared
from halfyear.charts.chart import Chart
from halfyear.charts.style import drawn
from halfyear.edition import Edition
from halfyear.errors import NotebookError, ParamsError, Problem
from halfyear.params import LANGUAGES
from halfyear.results import OUT, Quantity, Results
from halfyear.study import Study
from halfyear.texts import bare
from halfyear.view import View

DECIMALS = 2
PACKAGE = __name__.partition(".")[0]
UNSCALED = {"", "pct", "pp", "times", "index"}
S = TypeVar("S", bound=Study)
_NUMERAL = re.compile(r"\W{0,2}\d")


@dataclass
class Desk:
    """One edition in one language, with what the notebook has studied so far."""

    view: View
    opened: Edition | None = None  # the edition as it was opened, nothing in it altered
    asked: int = 0  # how many studies were asked for

    @property
    def edition(self) -> Edition:
        """The edition that lies open."""
        return self.view.edition

    def study(self, study: Callable[[Edition], S]) -> S:
        """Make a study of the edition, keep it for `save`, and give it."""
        made = self._made(study)
        self.view.results.merge(made.results())
        return made

    def _made(self, study: Callable[[Edition], S]) -> S:
        """A study; one of the package is shared with the other languages of the notebook."""
        self.asked += 1
        module, name = getattr(study, "__module__", ""), getattr(study, "__name__", "")
        own = getattr(sys.modules.get(module), name, None) is study
        if self.edition is not self.opened or not own or module.split(".")[0] != PACKAGE:
            return study(self.edition)
        params = self.edition.params
        edition = f"{params.identity} {params.edition_date}"
        return shared.once(f"{self.asked} {module}.{name} {edition}", lambda: study(self.edition))

    def say(self, key: str, **slots: str) -> Markdown:
        """A sentence of the texts in the desk's language, numbers as a reader sees them."""
        return Markdown(bare(self.view.say(key, **slots)))  # type: ignore[no-untyped-call]

    def quantities(self, quantities: Iterable[Quantity | None]) -> "Shown":
        """A table of figures: what each is, its value with unit, and how it came about.

        A figure given twice stands once. One that cannot be computed says what it lacks; without
        figures a sentence says so.
        """
        rows = [
            (
                bare(self.view.describe(item.id)),
                bare(self.view.span(item, "unit")),
                bare(self.view.formula(item.formula)),
            )
            for item in {q.id: q for q in quantities if q and not q.absent}.values()
        ]
        heads = [self.head(name) for name in ("figure", "value", "formula")]
        return self._table(heads, rows)

    def frame(self, **columns: Mapping[str, Quantity | None]) -> pd.DataFrame:
        """Named columns of numbers for a formula in pandas, a row for each key of the first.

        Keys are indicators, with or without measure. A quantity that is a range fills two
        columns, `name_low` and `name_high`; what is not known is left empty. The unit of a row
        that is not a rate and the digits of its figures go with the frame, for `show`.
        """
        content: dict[str, dict[str, float]] = {}
        scales: dict[str, Quantity] = {}
        levels: set[str] = set()
        for name, items in columns.items():
            known = {key: q.interval for key, q in items.items() if q and q.interval}
            if all(interval.exact for interval in known.values()):
                content[name] = {key: float(i.low) for key, i in known.items()}
            else:
                content[f"{name}_low"] = {key: float(i.low) for key, i in known.items()}
                content[f"{name}_high"] = {key: float(i.high) for key, i in known.items()}
            scaled = {key: q for key, q in items.items() if q and q.unit not in UNSCALED}
            scales = {**scaled, **scales}
            levels |= {name, f"{name}_low", f"{name}_high"} if scaled else set()
        index = list(next(iter(columns.values()), {}))
        frame = pd.DataFrame(content, index=index, dtype=float)
        frame.attrs = {
            "units": {key: bare(self.view.unit(q.unit)) for key, q in scales.items()},
            "digits": {key: q.decimals for key, q in scales.items()},
            "levels": sorted(levels),
        }
        return frame

    def show(self, frame: pd.DataFrame, decimals: int = DECIMALS) -> "Shown":
        """A frame as a reader sees it: names for keys, heads in words, numbers in their habit.

        Where levels are shown, a row names their unit and gives them the digits of its figure;
        every other column has `decimals`.
        """
        frame = frame.dropna(axis="columns", how="all")
        columns = [str(column) for column in frame.columns]
        if not columns:
            return self._table([], [])
        levels = set(frame.attrs.get("levels", ())) & set(columns)
        digits = frame.attrs.get("digits", {})
        units = frame.attrs.get("units", {}) if levels else {}
        rows = [
            (
                ", ".join(word for word in (self.name(str(key)), units.get(key)) if word),
                *(
                    self._cell(value, digits.get(key, decimals) if column in levels else decimals)
                    for column, value in zip(columns, values, strict=True)
                ),
            )
            for key, *values in frame.itertuples(name=None)
        ]
        return self._table(["", *(self.head(name) for name in columns)], rows)

    def draw(self, axes: Axes, name: str) -> Chart:
        """A picture of the notebook, named and described in the desk's language.

        Its axes bear what `notebook.charts.<name>` says; numbers stand in the language's habit.
        """
        words = {
            part: self.view.say(f"notebook.charts.{name}.{part}") for part in ("title", "x", "y")
        }
        axes.set(xlabel=words["x"].strip("–"), ylabel=words["y"].strip("–"))
        if not isinstance(axes.xaxis.get_major_locator(), FixedLocator):
            axes.xaxis.set_major_formatter(lambda value, _: self._tick(value))
        return Chart(
            name,
            drawn(axes, f"{name}-{self.view.lang}"),
            alt=words["title"],
            title=words["title"],
        )

    def _tick(self, value: float) -> str:
        return self.view.formatter.plain(Decimal(f"{value:.6f}"), 0 if value % 1 == 0 else 1)

    def lines(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> "Shown":
        """A table of words: columns by the keys of their heads, rows as they are told."""
        return self._table([self.head(name) for name in columns], [tuple(row) for row in rows])

    def rows(self, rows: Mapping[str, Mapping[str, Any]]) -> "Shown":
        """A table of words, numbers and figures: named rows, columns under their heads."""
        columns = list(dict.fromkeys(name for row in rows.values() for name in row))
        cells = [
            (self.name(key), *(self._cell(row.get(name), DECIMALS) for name in columns))
            for key, row in rows.items()
        ]
        return self._table(["", *(self.head(name) for name in columns)], cells)

    def word(self, section: str, code: object) -> str:
        """What a section of the texts calls a code; empty for none."""
        return self.view.say(f"{section}.{code}") if code is not None else ""

    def head(self, name: str) -> str:
        """Head of a column in words; a word that is no name of a column stands for itself."""
        text = f"notebook.columns.{name}"
        return self.view.say(text) if self.view.texts.has(text) else name

    def name(self, key: str) -> str:
        """Short name of the indicator of a key, with or without measure, else the key's text."""
        indicator = self.edition.indicators.get(key.split(".")[0])
        if indicator is not None:
            return indicator.short[self.view.lang]
        text = f"notebook.rows.{key}"
        return self.view.say(text) if self.view.texts.has(text) else key

    def agree(self, column: "pd.Series[float]", quantities: Mapping[str, Quantity | None]) -> str:
        """Hold a column that the notebook computed against the package's results.

        Gives a sentence that says for how many figures both are the same; raises NotebookError
        naming the first that differs by more than the rounding of floating point.
        """
        known = {key: q.interval for key, q in quantities.items() if q and q.interval}
        if not known:
            return self.view.say("notebook.nothing")
        for key, interval in known.items():
            slack = max(1e-9, abs(float(interval.high)) * 1e-9)
            if (
                not float(interval.low) - slack
                <= float(column[key])
                <= float(interval.high) + slack
            ):
                raise NotebookError(
                    Problem(
                        f"the notebook's formula and the package differ on {key}",
                        column=str(column.name),
                        expected=f"{interval.low} to {interval.high}",
                        found=str(column[key]),
                    )
                )
        return self.view.say("notebook.agree", n=str(len(known)))

    def save(self, name: str) -> None:
        """Save the studies for the briefing; without a build there is nothing to do."""
        folder = os.environ.get(OUT)
        if folder:
            self.view.results.save(Path(folder) / f"{name}.json")
            reads.keep()

    def _cell(self, value: Any, decimals: int) -> str:
        if isinstance(value, Quantity):
            return "" if value.absent else bare(self.view.span(value, "unit"))
        if value is None or pd.isna(value):
            return ""
        if isinstance(value, int | float | Decimal):
            return self.view.formatter.plain(Decimal(str(value)), decimals)
        return str(value)

    def _table(self, heads: list[str], rows: Sequence[tuple[str, ...]]) -> "Shown":
        return Shown(tuple(heads), tuple(rows), self.view.say("notebook.nothing"))


@dataclass(frozen=True)
class Shown:
    """A table for reading: heads and rows of text; words stand to the left, numbers right."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    nothing: str

    def __repr__(self) -> str:
        if not self.rows:
            return self.nothing
        left = self._left()
        widths = [
            max(len(row[n]) for row in (self.heads, *self.rows)) for n in range(len(self.heads))
        ]
        lines = [
            "  ".join(
                cell.ljust(width) if n in left else cell.rjust(width)
                for n, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in (self.heads, *self.rows)
        ]
        return "\n".join(lines)

    def _left(self) -> set[int]:
        """The first column and those of words: most of their cells have no digit in front."""
        return {0} | {
            n
            for n in range(1, len(self.heads))
            if sum(bool(_NUMERAL.match(row[n])) for row in self.rows) * 2
            < sum(bool(row[n]) for row in self.rows)
        }

    def _repr_html_(self) -> str:
        if not self.rows:
            return f"<p>{html.escape(self.nothing)}</p>"

        left = self._left()

        def line(tag: str, row: tuple[str, ...]) -> str:
            cells = (
                f'<{tag} style="text-align:{"left" if n in left else "right"}">'
                f"{html.escape(cell)}</{tag}>"
                for n, cell in enumerate(row)
            )
            return f"<tr>{''.join(cells)}</tr>"

        body = "\n".join(line("td", row) for row in self.rows)
        return (
            f"<table>\n<thead>{line('th', self.heads)}</thead>\n<tbody>\n{body}\n</tbody>\n</table>"
        )


def open_desk(period: str, edition_date: str = "", language: str = LANGUAGES[0]) -> Desk:
    """Open an edition in a language; without a date it is the params file's.

    Raises ParamsError for an unknown language or a date before every figure, PeriodError or
    ParamsError for a period without a params file. The prose of the other languages is hidden
    where the notebook is opened by hand.
    """
    if language not in LANGUAGES:
        raise ParamsError(
            Problem(
                "no such language",
                column="language",
                expected=" or ".join(LANGUAGES),
                found=repr(language),
            )
        )
    edition = Edition.open(period, edition_date or None)
    if not edition.figures:
        raise ParamsError(
            Problem(
                "no figure was published by then",
                column="edition_date",
                expected="a day on which a document of data/sources.csv was known",
                found=edition_date,
                mend="give a later day, or none: the params file has one",
            )
        )
    display(HTML(_only(language)))  # type: ignore[no-untyped-call]
    return Desk(View.of(edition, Results(), language, names=essay.TEXTS), edition)


def _only(language: str) -> str:
    """A style that hides the cells whose prose is marked as being in another language."""
    others = ",".join(
        f'.jp-MarkdownCell:has([lang="{other}"]),.markup:has(>[lang="{other}"])'
        for other in LANGUAGES
        if other != language
    )
    return f"<style>{others}{{display:none}}</style>"
