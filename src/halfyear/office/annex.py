"""The annex of an edition: every table behind the briefing, one a sheet."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from halfyear.analysis.growth import Growth
from halfyear.analysis.ledger import Ledger
from halfyear.analysis.scorecard import Line, Scorecard
from halfyear.audit import Audit
from halfyear.edition import Edition
from halfyear.key import Kind
from halfyear.office.book import Book
from halfyear.office.sheet import Cell, Sheet, Words, ends, figure, flat, one, plain, text
from halfyear.results import Quantity, Results
from halfyear.study import opened
from halfyear.texts import Texts
from halfyear.view import View

VIEWED = ("masthead", "provenance", "words")  # of the files of texts that the annex is worded with
NOTES = ("tables", "empty", "ends", "units", "sources", "licence")
FIGURES = {
    "observations": ("time_period", "cutoff", "value", "bound", "obs_status"),
    "scenarios": ("time_period", "value", "low", "high", "set_by"),
    "plan": ("year", "comparator", "low", "high", "stretch", "scope", "set_by", "status"),
    "goals": ("period", "comparator", "low", "high", "basis"),
}
HEADS = {"time_period": "period", "obs_status": "status", "basis": "basis_goal"}
PLACE = ("source", "section", "line", "printed", "known_at")
Row = Mapping[Any, Any]


def book(edition: Edition, results: Results, template_dir: Path) -> Book:
    """The annex in the languages of the edition, as it stands in annex.xlsx."""
    folder = template_dir / "texts"
    views = [View.of(edition, results, lang, folder, VIEWED) for lang in edition.params.languages]
    annex = Annex(edition, results, views, folder)
    first, words = views[0], annex.words
    lines = [
        line
        for view, text in zip(views, words.texts, strict=True)
        for line in (annex.line(view, text), *(text.say(f"notes.{note}") for note in NOTES))
    ]
    return Book(
        [sheet for sheet in annex.sheets() if sheet.rows],
        title=words.both("contents"),
        heads=[words.both("sheet"), words.both("rows")],
        lines=lines,
        day=first.edition.params.edition_date,
        back=words.both("back"),
    )


class Annex:
    """The sheets of one edition in the languages of its views."""

    def __init__(
        self, edition: Edition, results: Results, views: Sequence[View], folder: Path
    ) -> None:
        self.edition, self.results, self.views, self.folder = edition, results, views, folder
        self.words = Words([Texts.load(folder, view.lang, "annex", "bounds") for view in views])
        self.scorecard = opened(results, Scorecard)
        self.card = self.scorecard.whole.lines

    @staticmethod
    def line(view: View, words: Texts) -> str:
        """One line on the edition in one language."""
        return words.say(
            "edition",
            title=view.say("masthead.title", period=view.when(view.period)),
            date=view.date(str(view.edition.params.edition_date)),
            status=view.say(f"status.{view.edition.sources[view.edition.params.report].status}"),
        )

    def sheets(self) -> Iterator[Sheet]:
        """All sheets in their order; one without rows has nothing to show."""
        yield self._headline()
        yield self._growth()
        yield self._shares()
        yield self._rest()
        yield self._path()
        for name, columns in FIGURES.items():
            yield self._figures(name, columns)
        yield self._audit()
        yield self._results()
        yield self._sources()

    def _names(self, indicator: str) -> list[Cell]:
        known = self.edition.indicators.get(indicator)
        return [known.name[view.lang] if known else indicator for view in self.views]

    def _listed(self, indicators: Sequence[str]) -> list[Cell]:
        names = [self._names(indicator) for indicator in indicators]
        return [", ".join(map(str, each)) for each in zip(*names, strict=True)] or [""] * len(
            self.views
        )

    def _say(self, key: str) -> list[Cell]:
        return [view.say(key) for view in self.views]

    def _unit(self, unit: str) -> list[Cell]:
        """A unit in each language; one without a sign by its name."""
        return [
            view.formatter.symbols.full.get(unit) or (words.say(key) if words.has(key) else unit)
            for view, words in zip(self.views, self.words.texts, strict=True)
            for key in (f"codes.unit.{unit or 'none'}",)
        ]

    def _get(self, kind: Kind, key: str) -> Quantity | None:
        return self.results.get(kind.named(key, self.edition.period))

    def _headline(self) -> Sheet:
        def row(order: int, line: Line) -> list[Cell]:
            item = line.verdict
            measured = line.scenario if line.actual.absent else line.actual
            target = self.edition.target(line.indicator.id, line.measure)
            return flat(
                (
                    [order],
                    self._names(line.indicator.id),
                    self._unit(line.indicator.unit if measured.absent else measured.unit),
                    ends(line.actual),
                    ends(line.scenario),
                    self._say(f"verdict.{item.outcome}"),
                    [self.words.code("basis", item.basis.value)],
                    ends(self._get(Kind.GAP, line.key)),
                    ends(target),
                    ends(self._get(Kind.REST, line.key)),
                    ends(self._get(Kind.NEEDED, line.key)),
                )
            )

        columns = ["order", "name+", "unit+", "actual..", "scenario..", "verdict+", "basis"]
        columns += ["gap..", "target..", "left..", "needed.."]
        rows = [row(order, line) for order, line in enumerate(self.card, 1)]
        return self.words.sheet("headline", columns, rows)

    def _growth(self) -> Sheet:
        rates = opened(self.results, Growth).whole
        keys = [line.key for line in rates.lines] if rates else []
        period, quarter = self.edition.period, self.edition.period.last_quarter()
        kinds = (
            (Kind.OBS, period),
            (Kind.SCN, period),
            (Kind.GAP, period),
            (Kind.GAP, quarter),
            (Kind.GAP_PART, period),
        )
        rows = [
            flat(
                (
                    self._names(key.partition(".")[0]),
                    *(ends(self.results.get(kind.named(key, when))) for kind, when in kinds),
                )
            )
            for key in keys
        ]
        columns = ["name+", "actual..", "scenario..", "gap..", "gap_quarter..", "gap_part.."]
        return self.words.sheet("growth", columns, rows)

    def _shares(self) -> Sheet:
        rows = []
        for line in self.card:
            plan = self.scorecard.plan(line)
            for n, share in enumerate(plan.shares):
                target = self.results[share.operands[1]]
                names = self._names(line.indicator.id), self._unit(target.unit)
                by: list[Cell] = [target.key.instrument]
                said = [one(plan.stated if n == 0 else None)]
                rows.append(flat((*names, by, ends(target), ends(share), said)))
        columns = ["name+", "unit+", "set_by", "target..", "share..", "stated"]
        return self.words.sheet("shares", columns, rows)

    def _rest(self) -> Sheet:
        kinds = (
            Kind.REST,
            Kind.MULTIPLE,
            Kind.LAST_MULTIPLE,
            Kind.MONTHLY_NEEDED,
            Kind.MONTHLY_LAST_QUARTER,
            Kind.EFFORT,
        )
        rows = [
            flat(
                (
                    self._names(line.indicator.id),
                    self._unit(line.indicator.unit),
                    *(ends(self._get(kind, line.key)) for kind in kinds),
                )
            )
            for line in self.card
            if self._get(Kind.MULTIPLE, line.key)
        ]
        columns = ["name+", "unit+", "left..", "multiple..", "last_multiple..", "monthly.."]
        return self.words.sheet("rest", [*columns, "monthly_done..", "effort.."], rows)

    def _path(self) -> Sheet:
        rows: list[list[Cell]] = [
            flat(
                (
                    [self.words.code("reading", entry.reading.key.variant)],
                    *map(ends, (entry.reading, entry.needed, entry.added)),
                )
            )
            for entry in opened(self.results, Ledger).entries
            if entry.needed.interval is not None
        ]
        return self.words.sheet("path", ["reading", "rate..", "needed..", "added.."], rows)

    def _figures(self, name: str, columns: Sequence[str]) -> Sheet:
        frame: pd.DataFrame = getattr(self.edition.tables, name)
        heads = ["id", "place", "indicator", "name+", "measure", "unit"]
        rows = [self._figure(row, columns) for row in frame.to_dict("records")]
        shown = [HEADS.get(column, column) for column in (*columns, *PLACE)]
        return self.words.sheet(name, [*heads, *shown], rows)

    def _figure(self, row: Row, columns: Sequence[str]) -> list[Cell]:
        def shown(column: str) -> Cell:
            value = row.get(column)
            if column == "place":
                return self._place(text(value))
            return self.words.code(HEADS.get(column, column), text(value)) or plain(value)

        known: list[Cell] = [text(row["id"]), shown("place"), text(row["indicator"])]
        unit: Cell = " / ".join(dict.fromkeys(map(str, self._unit(str(row["unit"])))))
        cells = [shown(column) for column in (*columns, *PLACE)]
        return [*known, *self._names(str(row["indicator"])), shown("measure"), unit, *cells]

    def _place(self, id: str) -> str:
        """Name of a place in every language; of a former one, that it is."""
        place = self.edition.places[id]
        key = "former" if place.until else "place"
        return " / ".join(
            dict.fromkeys(
                words.say(f"codes.{key}", name=place.name[words.lang]) for words in self.words.texts
            )
        )

    def _audit(self) -> Sheet:
        fields = ["kind", "severity", "source_a", "line_a", "figure_a"]
        fields += ["source_b", "line_b", "figure_b", "recomputed"]
        named = [Texts.load(self.folder, view.lang, "audit").entries for view in self.views]
        rows: list[list[Cell]] = []
        for finding in self.views[0].study(Audit).findings:
            cells: list[Cell] = [figure(text(getattr(finding, name))) for name in fields[2:]]
            said = [
                " / ".join(words[f"word_{word}"] for words in named)
                for word in (finding.kind, finding.severity)
            ]
            notes: list[Cell] = [getattr(finding, f"note_{view.lang}") for view in self.views]
            rows.append([finding.id, *self._listed(finding.indicators), *said, *cells, *notes])
        columns = ["id", "name+", *(name.removesuffix("_a") for name in fields[:4])]
        return self.words.sheet("audit", [*columns, *fields[4:], "note+"], rows)

    def _results(self) -> Sheet:
        rows = [
            flat(
                (
                    [quantity.id],
                    ends(quantity),
                    self._unit(quantity.unit),
                    [
                        quantity.formula,
                        "; ".join(quantity.operands),
                        self.words.code("bound", text(quantity.bound)),
                    ],
                )
            )
            for quantity in sorted(self.results, key=lambda quantity: quantity.id)
        ]
        columns = ["id", "value..", "unit+", "formula", "operands", "bound"]
        return self.words.sheet("results", columns, rows)

    def _sources(self) -> Sheet:
        rows: list[list[Cell]] = []
        for row in self.edition.tables.sources.to_dict("records"):
            if row["id"] not in self.edition.documents:
                continue
            titles = [text(row[f"title_{view.lang}"]) for view in self.views]
            status = self.words.code("status", text(row["status"]))
            number, issuer, date, url = (
                text(row.get(n)) for n in ("number", "issuer", "date", "url")
            )
            rows.append([text(row["id"]), *titles, number, issuer, date, status, url])
        columns = ["id", "title+", "number", "issuer", "date", "status", "url"]
        return self.words.sheet("sources", columns, rows)
