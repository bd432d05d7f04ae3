"""An edition: the figures visible at its date, chosen among their vintages."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from halfyear import params as params_file
from halfyear import reads
from halfyear.data import (
    cited,
    described,
    overtaken,
    placed,
    second,
    shown,
    succession,
    taken,
)
from halfyear.data.checks import times
from halfyear.data.described import Indicator, Source, Statement
from halfyear.data.places import Places
from halfyear.data.shown import FIGURE, Figures, Shown
from halfyear.data.succession import DATED
from halfyear.data.tables import Tables, load
from halfyear.data.taken import HELD
from halfyear.errors import DataError, Problem
from halfyear.figure import blank, has_figure, quantity, together
from halfyear.interval import places
from halfyear.key import Key, Kind
from halfyear.params import Params
from halfyear.period import Period
from halfyear.project import Project
from halfyear.results import Quantity

FIGURES = ("observations", "scenarios", "plan", "goals", "baseline", "claims")
FLOWS = frozenset({"flow", "cumulative"})
T = TypeVar("T")


@dataclass(frozen=True)
class Edition:
    """One edition: its params and the rows known at its date."""

    params: Params
    tables: Tables

    @classmethod
    def open(cls, name: str, edition_date: str | date | None = None) -> "Edition":
        """Open an edition of the project by its name; edition_date overrides the params file's.

        The name is a period, as in 2026-H1; for a second place QN/2026-H1.

        Raises PeriodError, ParamsError or DataError.
        """
        reads.note("places")  # which names the place that an edition is of by itself
        with reads.unnoted():
            project = Project.find()
            params = params_file.read(project.choices(project.named(name)))
            tables = load(project)
        if edition_date is not None:
            params = replace(params, edition_date=date.fromisoformat(str(edition_date)))
        reads.opened(str(params.identity), params.edition_date)
        cited.check(params, tables)
        named = (params.report, params.scenario, params.plan)
        kept = placed.of(succession.visible(tables, params.edition_date), params.place, named)
        return cls(params, Shown(**dict(taken.named(kept, params.scenario).items())))

    def reads(self) -> dict[str, str]:
        """A hash of what each read of the edition shows: see reads."""
        return reads.digests(shown.everything(self.tables, self._held))

    @cached_property
    def _all(self) -> Tables:
        """The tables, where what is read of them is noted row by row."""
        return shown.plain(self.tables)

    @property
    def period(self) -> Period:
        """The period of the edition."""
        return self.params.period

    @cached_property
    def places(self) -> Places:
        """All places."""
        return Places.of(self.tables.places)

    @cached_property
    def former(self) -> tuple[str, ...]:
        """Ids of the places that were merged into the edition's own."""
        return self.places.former(self.params.place)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """All indicators by id."""
        return described.indicators(self.tables)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """All documents by id, in the table's order."""
        return described.sources(self.tables)

    @cached_property
    def figures(self) -> Figures:
        """Every visible row that holds a printed figure, by its id; second figures too.

        A key without a source gives the row the edition takes, unless several differ.
        """
        return Figures(self._held)

    @cached_property
    def _held(self) -> dict[str, dict[str, object]]:
        rows = (row for name in HELD for row in getattr(self._all, name).to_dict("records"))
        held = {
            str(row["id"]): {str(k): None if blank(v) else v for k, v in row.items()}
            for row in (*rows, *second.rows(self._all))
        }
        return held | {key: held[ids[0]] for key, ids in self._behind.items() if len(ids) == 1}

    @cached_property
    def _behind(self) -> dict[str, tuple[str, ...]]:
        return taken.behind(self._all)

    def printed_as(self, id: str) -> Quantity:
        """The figure of one printed row, second figures too; raises DataError for none."""
        if id not in self.figures:
            raise DataError(Problem(f"no row is called {id}"))
        return quantity(pd.Series(self.figures[id], dtype=object), self.indicators)

    def own(self, id: str) -> str:
        """Id of the row behind a figure; an id of no row, or of several, stays as it is."""
        reads.note(reads.FIGURE, id)
        ids = self._behind.get(id, ())
        return ids[0] if len(ids) == 1 else id

    def headline(self) -> list[tuple[Indicator, str]]:
        """Headline indicators of the plan year with the measure they are judged by, in order."""
        pairs = zip(self._headline["indicator"], self._headline["measure"], strict=True)
        return [(self.indicators[str(indicator)], str(measure)) for indicator, measure in pairs]

    @cached_property
    def _headline(self) -> pd.DataFrame:
        frame = self.tables.headline
        own = (frame["year"] == self.period.year) & (frame["place"] == self.params.place)
        return frame[own].sort_values("order")

    def rank(self, indicator: str, measure: str) -> Quantity | None:
        """The rank among provinces that the headline list sets beside an indicator."""
        for name, of in self.beside(indicator, measure):
            rank = self.fact(name, of, self.period)
            if self.indicators[name].kind == placed.RANK and not rank.absent:
                return rank
        return None

    def beside(self, indicator: str, measure: str) -> list[tuple[str, str]]:
        """What the headline list sets beside an indicator on page 1: indicators with measures."""
        frame = self._headline
        rows = frame[(frame["indicator"] == indicator) & (frame["measure"] == measure)]
        keys = str(rows.iloc[0]["beside"]).split(";") if len(rows) else []
        return [(name, of) for name, _, of in (key.partition(".") for key in keys) if name]

    @cached_property
    def _answers(self) -> dict[Hashable, Any]:
        return {}

    def once(self, question: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question about this edition, worked out when it is first asked."""
        if question not in self._answers:
            self._answers[question] = answer()
        known: T = self._answers[question]
        return known

    def rows(self, indicator: str, measure: str, period: Period, place: str = "") -> pd.DataFrame:
        """All visible observations of one figure, every vintage and cut-off."""
        key = (place or self.params.place, indicator, measure, str(period))
        frame = self._all.observations
        reads.note("observations", *key)
        where = self.once("observations", lambda: _where(frame, *FIGURE))
        if key not in where:
            return self.once("no observation", lambda: frame.iloc[:0])
        return _numbered(frame.iloc[where[key]])

    def observed(self, indicator: str) -> pd.DataFrame:
        """All visible observations of an indicator, of every measure, period and place."""
        frame = self._all.observations
        reads.note("observations", indicator)
        where = self.once("observed", lambda: _where(frame, "indicator"))
        return _numbered(frame.iloc[where.get((indicator,), [])])

    def records(self, table: str, rows: pd.DataFrame) -> list[Any]:
        """Rows of a table as named tuples, each made once: a frame is slow to ask row by row."""

        def made() -> dict[str, Any]:
            return {row.id: row for row in getattr(self._all, table).itertuples(index=False)}

        held = self.once(("records", table), made)
        for id in rows["id"]:
            reads.note(reads.FIGURE, id)
        return [held[id] for id in rows["id"]]

    def current(
        self, indicator: str, measure: str, period: Period, place: str = ""
    ) -> pd.DataFrame:
        """The observations of one figure that stand: see overtaken.current."""

        def stand() -> pd.DataFrame:
            rows = self.rows(indicator, measure, period, place)
            if rows.empty:
                return rows
            described = self.indicators.get(indicator)
            flow = described is not None and described.kind in FLOWS
            levels = self.rows(indicator, "level", period, place) if flow else rows.iloc[:0]
            return overtaken.current(rows, levels)

        return self.once(("current", indicator, measure, period, place), stand)

    def fact(self, indicator: str, measure: str, period: Period, place: str = "") -> Quantity:
        """The figure the edition takes among its vintages; absent where none is printed.

        A cut-off at the period's end goes before an earlier one, unless what is counted to that
        one passes the estimate; issued goes before draft before press; later goes before earlier.
        Same rank and date but different figures: an interval. A registered slip is no figure.
        """

        def take() -> Quantity:
            rows = self.current(indicator, measure, period, place)
            away = "" if place == self.params.place else place
            sought = Kind.OBS.of(indicator, measure, period, place=away)
            return self._taken("observations", rows, sought)

        return self.once(("fact", indicator, measure, period, place), take)

    def claims(self, indicator: str, period: Period) -> pd.DataFrame:
        """What documents claim of an indicator in a period, of every place and kind."""
        frame = self.tables.claims
        where = self.once("claims", lambda: _where(frame, "indicator", "time_period"))
        return frame.iloc[where.get((indicator, str(period)), [])]

    def scenario(self, indicator: str, measure: str, period: Period) -> Quantity:
        """What the scenario of the params expected; absent where none is printed."""
        question = ("scenario", indicator, measure, period)
        return self.once(question, lambda: self._scenario(indicator, measure, period))

    def _scenario(self, indicator: str, measure: str, period: Period) -> Quantity:
        key = (self.params.scenario, self.params.place, indicator, measure, str(period))
        where = self.once("scenarios", lambda: _where(self.tables.scenarios, "plan", *FIGURE))
        rows = self.tables.scenarios.iloc[where.get(key, [])]
        return self._taken("scenarios", rows, Kind.SCN.of(indicator, measure, period))

    def targets(self, indicator: str, measure: str, year: int) -> list[Quantity]:
        """The annual target as each instrument states it, the params' instrument first."""
        question = ("targets", indicator, measure, year)
        return list(self.once(question, lambda: self._targets(indicator, measure, year)))

    def _targets(self, indicator: str, measure: str, year: int) -> list[Quantity]:
        key = (self.params.place, indicator, measure, str(year))
        where = self.once("plan", lambda: _where(self._planned, *FIGURE[:-1], "year"))
        if key not in where:
            return []
        rows = self._planned.iloc[where[key]]
        if len(rows) == 1:
            return [quantity(row, self.indicators) for row in self.records("plan", rows)]
        by = rows.groupby("set_by")["known_at"]
        ordered = rows.assign(
            first=rows["set_by"] != self.params.plan,
            since=by.transform("min"),
            told=rows["source"] != rows["set_by"],
            rank=[taken.RANKS[self._standing[source]] for source in rows["source"]],
            age=[-day.toordinal() for day in rows["known_at"]],
        ).sort_values(["first", "since", "set_by", "told", "rank", "age", "id"])
        return [quantity(row, self.indicators) for row in self.records("plan", ordered)]

    @cached_property
    def _planned(self) -> pd.DataFrame:
        return self.tables.plan[self.tables.plan["low"].notna()]

    def target(self, indicator: str, measure: str) -> Quantity:
        """The annual target by the params' instrument, else by the first that states one.

        Absent where none does.
        """
        year = self.period.year
        unprinted = Quantity.unprinted(Kind.PLAN.of(indicator, measure, year))
        return next(iter(self.targets(indicator, measure, year)), unprinted)

    def goal(self, indicator: str, measure: str) -> Quantity:
        """The goal of the params' goal period; absent where none is printed."""
        key = Kind.GOAL.of(indicator, measure, self.params.goal_period)
        return self._taken("goals", self._goal_rows(indicator, measure), key)

    def goal_row(self, indicator: str, measure: str) -> "pd.Series[Any] | None":
        """The row of a goal, with its basis."""
        rows = self._goal_rows(indicator, measure)
        return None if rows.empty else self.best(rows).iloc[0]

    def _goal_rows(self, indicator: str, measure: str) -> pd.DataFrame:
        key = (self.params.goal_period, self.params.place, indicator, measure)
        where = self.once("goals", lambda: _where(self._aims, "period", *FIGURE[:-1]))
        return self._aims.iloc[where.get(key, [])]

    @cached_property
    def _aims(self) -> pd.DataFrame:
        return self.tables.goals[self.tables.goals["low"].notna()]

    @cached_property
    def documents(self) -> frozenset[str]:
        """Ids of the documents known at the edition's date and not replaced, or named by a row."""
        day, params = self.params.edition_date, self.params
        named = {params.report, params.scenario, params.plan}
        for name in DATED:
            frame = getattr(self.tables, name)
            for column in {"source", "set_by", "plan"} & set(frame):
                named |= set(frame[column])
        ends = {id: times.end(source.date) for id, source in self.sources.items()}
        early = {id for id, end in ends.items() if end is not None and end <= day}
        return frozenset(named | (early - self._replaced))

    @cached_property
    def _replaced(self) -> frozenset[str]:
        """Documents another one supersedes whose figures this edition shows."""
        shown = {source for name in DATED for source in getattr(self.tables, name)["source"]}
        return succession.behind(self.tables.sources, shown)

    def best(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Keep the publications that go first: of the highest rank, of these the latest."""
        return taken.best(rows, self._standing)

    @cached_property
    def _standing(self) -> dict[str, str]:
        return {source.id: source.status for source in self.sources.values()}

    def statements(self, *kinds: str, indicator: str | None = None) -> list[Statement]:
        """What the edition's period is said in words, of some kinds, in the documents' order.

        indicator narrows to one; "" gives what concerns no indicator alone.
        """
        return [
            said
            for said in self._statements
            if (not kinds or said.kind in kinds) and indicator in (None, said.indicator)
        ]

    @cached_property
    def _statements(self) -> list[Statement]:
        frame = self.tables.statements
        rows = frame[
            (frame["time_period"] == str(self.period)) & (frame["place"] == self.params.place)
        ].sort_values(["source", "line"], kind="stable")
        return [
            described.statement({str(name): cell for name, cell in row.items()})
            for row in rows.to_dict("records")
        ]

    def section(self, source: str, path: str, lang: str) -> str:
        """Name of a section of a document, else of the nearest above it; "" where none has one."""
        frame = self.tables.sections
        rows = frame[frame["source"] == source]
        names = dict(zip(rows["section"], rows[f"name_{lang}"], strict=True))
        while path and path not in names:
            path = path.rpartition("/")[0]
        return str(names.get(path, ""))

    def decimals(self, indicator: str, measure: str, source: str) -> int:
        """Usual decimals of a figure in one document: the most it prints for it."""
        question = ("decimals", indicator, measure, source)
        return self.once(question, lambda: self._decimals(indicator, measure, source))

    def _decimals(self, indicator: str, measure: str, source: str) -> int:
        frame = self.observed(indicator)
        rows = frame[(frame["source"] == source) & (frame["measure"] == measure)]
        return max((places(value) for value in rows["value"].dropna()), default=0)

    def source_of(self, id: str) -> str:
        """Document a printed figure stands in."""
        if id not in self.figures:
            raise DataError(Problem(f"no row is called {id}"))
        return str(self.figures[id]["source"])

    def printed(self) -> list[Quantity]:
        """Every visible figure of the documents, claims included, and those taken among them."""
        reads.note("sources")  # whose standing says which publication is taken
        rows: list[object] = [
            row for name in FIGURES for row in getattr(self.tables, name).itertuples()
        ]
        rows += [pd.Series(row, dtype=object) for row in second.rows(self.tables)]
        figures = (quantity(row, self.indicators) for row in rows if has_figure(row))
        held = {figure.id: figure for figure in figures}
        behind = (
            (key, [held[id] for id in ids if id in held]) for key, ids in self._behind.items()
        )
        return [*held.values(), *(together(key, own) for key, own in behind if own)]

    def _taken(self, table: str, rows: pd.DataFrame, sought: Key) -> Quantity:
        """The figure taken among publications of one key, or the interval of those that differ.

        Without any the key that was sought names what no row holds.
        """
        if rows.empty:
            return Quantity.unprinted(sought)
        chosen = self.records(table, self.best(rows))
        return together(str(chosen[0].key), [quantity(row, self.indicators) for row in chosen])


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows under numbers of their own, which hang on no other row of their table."""
    rows.index = pd.RangeIndex(len(rows))
    return rows


def _where(frame: pd.DataFrame, *columns: str) -> dict[tuple[str, ...], list[int]]:
    """Where the rows of each key stand: searching all rows for each figure is slow."""
    found: dict[tuple[str, ...], list[int]] = {}
    for n, key in enumerate(zip(*(frame[name] for name in columns), strict=True)):
        found.setdefault(tuple(map(str, key)), []).append(n)
    return found
