"""An edition: the figures visible at its date, chosen among their vintages."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import pandas as pd

from halfyear import params as params_file
from halfyear.data import cited, described, second, succession
from halfyear.data.described import Indicator, Source, Statement
from halfyear.data.tables import Tables, load
from halfyear.errors import DataError, Problem
from halfyear.interval import Interval
from halfyear.params import Params
from halfyear.period import Period
from halfyear.project import Project
from halfyear.results import Quantity

RANKS = {"issued": 0, "draft": 1, "press": 2}
HELD = ("observations", "scenarios", "plan", "goals", "baseline", "claims", "projects")
DATED = (*HELD, "statements")
FIGURES = ("observations", "scenarios", "plan", "goals", "baseline", "claims")
GROWTH_DECIMALS = 2


@dataclass(frozen=True)
class Edition:
    """One edition: its params and the rows known at its date."""

    params: Params
    tables: Tables

    @classmethod
    def open(cls, period: str, edition_date: str | date | None = None) -> "Edition":
        """Open an edition of the project; edition_date overrides the params file's.

        Raises PeriodError, ParamsError or DataError.
        """
        project = Project.find()
        known = Period.parse(period)
        params = params_file.read(project.params / f"{known}.yml")
        if edition_date is not None:
            params = replace(params, edition_date=date.fromisoformat(str(edition_date)))
        tables = load(project)
        cited.check(params, tables)
        return cls(params, visible(tables, params.edition_date))

    @property
    def period(self) -> Period:
        """The period of the edition."""
        return self.params.period

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """All indicators by id."""
        return described.indicators(self.tables)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """All documents by id, in the table's order."""
        return described.sources(self.tables)

    @cached_property
    def figures(self) -> dict[str, dict[str, object]]:
        """Every visible row that holds a printed figure, by its id; second figures too."""
        rows = (row for name in HELD for row in getattr(self.tables, name).to_dict("records"))
        return {
            str(row["id"]): {str(k): v for k, v in row.items()}
            for row in (*rows, *second.rows(self.tables))
        }

    def headline(self) -> list[tuple[Indicator, str]]:
        """Headline indicators of the plan year with the measure they are judged by, in order."""
        rows = self.tables.headline.query("year == @self.period.year").sort_values("order")
        pairs = zip(rows["indicator"], rows["measure"], strict=True)
        return [(self.indicators[str(indicator)], str(measure)) for indicator, measure in pairs]

    def rows(self, indicator: str, measure: str, period: Period, place: str = "") -> pd.DataFrame:
        """All visible observations of one figure, every vintage and cut-off."""
        key = (place or self.params.place, indicator, measure, str(period))
        return self.tables.observations.iloc[self._places_of_rows.get(key, [])]

    @cached_property
    def _places_of_rows(self) -> dict[tuple[str, str, str, str], list[int]]:
        """Where the rows of each figure stand: searching all rows for each figure is slow."""
        frame = self.tables.observations
        found: dict[tuple[str, str, str, str], list[int]] = {}
        columns = ("place", "indicator", "measure", "time_period")
        for n, key in enumerate(zip(*(frame[name] for name in columns), strict=True)):
            found.setdefault(tuple(map(str, key)), []).append(n)  # type: ignore[arg-type]
        return found

    def fact(
        self, indicator: str, measure: str, period: Period, place: str = ""
    ) -> Quantity | None:
        """The figure the edition takes among its vintages; None where none is printed.

        A cut-off at the period's end goes before an earlier one; issued goes before draft before
        press; later goes before earlier. Same rank and date but different figures: an interval.
        """
        rows = self.rows(indicator, measure, period, place)
        if rows.empty:
            return None
        rows = rows[rows["cutoff"] == max(rows["cutoff"])]
        ranks = rows["source"].map(lambda id: RANKS[self.sources[id].status])
        rows = rows[ranks == ranks.min()]
        rows = rows[rows["known_at"] == max(rows["known_at"])]
        quantities = [self._quantity(row) for row in rows.itertuples()]
        if len({q.interval for q in quantities}) == 1:
            return quantities[0]
        return replace(
            quantities[0],
            id=quantities[0].id.split("~")[0] + "~all",
            interval=Interval.of(*(q.known for q in quantities)),
            decimals=max(q.decimals for q in quantities),
            formula="interval of differing publications",
            operands=tuple(q.id for q in quantities),
        )

    def scenario(self, indicator: str, measure: str, period: Period) -> Quantity | None:
        """What the scenario of the params expected; None where none is printed."""
        frame = self.tables.scenarios
        return self._only(
            frame[
                (frame["plan"] == self.params.scenario)
                & (frame["place"] == self.params.place)
                & (frame["indicator"] == indicator)
                & (frame["measure"] == measure)
                & (frame["time_period"] == str(period))
            ]
        )

    def targets(self, indicator: str, measure: str, year: int) -> list[Quantity]:
        """The annual target as each instrument states it, the params' instrument first."""
        frame = self.tables.plan
        rows = frame[
            (frame["place"] == self.params.place)
            & (frame["indicator"] == indicator)
            & (frame["measure"] == measure)
            & (frame["year"] == year)
            & frame["low"].notna()
        ]
        ordered = rows.assign(first=rows["set_by"] != self.params.plan).sort_values(
            ["first", "known_at", "id"]
        )
        return [self._quantity(row) for row in ordered.itertuples()]

    def target(self, indicator: str, measure: str) -> Quantity | None:
        """The annual target by the params' instrument, else by the first that states one."""
        found = self.targets(indicator, measure, self.period.year)
        return found[0] if found else None

    def goal(self, indicator: str, measure: str) -> Quantity | None:
        """The goal of the params' goal period; None where none is printed."""
        row = self.goal_row(indicator, measure)
        return None if row is None else self._quantity(row)

    def goal_row(self, indicator: str, measure: str) -> "pd.Series[Any] | None":
        """The row of a goal, with its basis."""
        frame = self.tables.goals
        rows = frame[
            (frame["period"] == self.params.goal_period)
            & (frame["place"] == self.params.place)
            & (frame["indicator"] == indicator)
            & (frame["measure"] == measure)
            & frame["low"].notna()
        ]
        return None if rows.empty else rows.iloc[0]

    def statements(self, *kinds: str, indicator: str | None = None) -> list[Statement]:
        """What the edition's period is said in words, of some kinds, in the documents' order.

        indicator narrows to one; "" gives what concerns no indicator alone.
        """
        frame = self.tables.statements
        rows = frame[
            (frame["time_period"] == str(self.period)) & (frame["place"] == self.params.place)
        ].sort_values(["source", "line"], kind="stable")
        found = [
            described.statement({str(name): cell for name, cell in row.items()})
            for row in rows.to_dict("records")
        ]
        return [
            said
            for said in found
            if (not kinds or said.kind in kinds) and indicator in (None, said.indicator)
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
        frame = self.tables.observations
        rows = frame[
            (frame["source"] == source)
            & (frame["indicator"] == indicator)
            & (frame["measure"] == measure)
        ]
        return max((places(value) for value in rows["value"].dropna()), default=0)

    def source_of(self, id: str) -> str:
        """Document a printed figure stands in."""
        if id not in self.figures:
            raise DataError(Problem(f"no row is called {id}"))
        return str(self.figures[id]["source"])

    def printed(self) -> list[Quantity]:
        """Every visible figure of the documents, claims included."""
        rows: list[object] = [
            row for name in FIGURES for row in getattr(self.tables, name).itertuples()
        ]
        rows += [pd.Series(row, dtype=object) for row in second.rows(self.tables)]
        return [
            self._quantity(row)
            for row in rows
            if _cell(row, "value") is not None or _cell(row, "low") is not None
        ]

    def _only(self, rows: pd.DataFrame) -> Quantity | None:
        return None if rows.empty else self._quantity(rows.iloc[-1])

    def _quantity(self, row: object) -> Quantity:
        low = _cell(row, "value")
        low = _cell(row, "low") if low is None else low
        if low is None:
            raise DataError(Problem(f"{_cell(row, 'id')} has no figure"))
        high = next((h for n in ("high", "value_high") if (h := _cell(row, n)) is not None), None)
        indicator = self.indicators.get(str(_cell(row, "indicator")))
        level = indicator is not None and _cell(row, "measure") == "level"
        cap = indicator.decimals if indicator and level else GROWTH_DECIMALS
        interval = Interval(low, low if high is None else high)
        return Quantity(
            id=str(_cell(row, "id")),
            interval=interval,
            unit=str(_cell(row, "unit") or ""),
            decimals=min(max(places(interval.low), places(interval.high)), cap),
            bound=str(_cell(row, "bound") or ""),
        )


def visible(tables: Tables, day: date) -> Tables:
    """Keep the rows that could be known on a day and whose document still stood on it."""
    replaced = succession.replaced(tables, day)
    return replace(
        tables,
        **{
            name: frame[(frame["known_at"] <= day) & ~frame["source"].isin(replaced)]
            for name in DATED
            for frame in (getattr(tables, name),)
        },
    )


def places(value: Decimal) -> int:
    """Decimals a number is written with, trailing zeros dropped."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -int(exponent))


def _cell(row: object, name: str) -> "Decimal | None":
    value = row.get(name) if isinstance(row, pd.Series) else getattr(row, name, None)
    return None if value is None or value is pd.NA or value != value else value
