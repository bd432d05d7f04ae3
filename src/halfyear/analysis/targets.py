"""The targets of the year: the list the plan sets, beside that of the report, and what is known."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

import pandas as pd

from halfyear.analysis.restated import same
from halfyear.analysis.scorecard import STATED, Line, line
from halfyear.data import second
from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.key import Kind
from halfyear.results import Quantity
from halfyear.study import Study
from halfyear.verdict import MET

NUMBER = re.compile(r"\(?(\d+)\)?")


class State(StrEnum):
    """What the documents of a period tell about a target."""

    MEASURED = "measured"  # a figure
    STATED = "stated"  # only that it was met or missed
    SILENT = "silent"  # nothing yet


@dataclass(frozen=True)
class Target:
    """A target under its number in the list, with what a period and its last quarter came to.

    restated is what the report's own list sets instead, None where it sets the same or nothing.
    """

    number: int
    indicator: str
    measure: str
    plan: Quantity
    restated: Quantity | None
    whole: Line
    quarter: Line

    @property
    def key(self) -> str:
        """Indicator and measure, as ids write them."""
        return f"{self.indicator}.{self.measure}"

    @property
    def state(self) -> State:
        """Measured where a figure of the period is known, else stated or silent."""
        if not self.whole.actual.absent:
            return State.MEASURED
        return State.STATED if self.whole.verdict.basis in STATED else State.SILENT


@dataclass(frozen=True)
class Targets(Study):
    """The numbered list of targets of the plan, and what the report's list adds to it.

    plan and report are the documents of the lists, "" where a document has none. counts are of
    numbers for the plan's list (all, measured, stated, silent), of rows for what the report's
    list sets otherwise (restated), adds (added) and knows of that (added_measured). last is how
    many targets of the year before were reported as met, and of how many; None where nobody says.
    """

    topic: ClassVar[str] = "targets"

    plan: str
    report: str
    targets: tuple[Target, ...]
    added: tuple[Target, ...]
    counts: dict[str, Quantity]
    last: tuple[Quantity, Quantity] | None = None

    def of(self, state: State) -> list[Target]:
        """The targets of the plan's list in a state, in its order."""
        return [target for target in self.targets if target.state is state]


def study(edition: Edition) -> Targets:
    """Study the targets of an edition's year; empty where the plan is no numbered list."""
    plan, report = edition.params.plan or "", edition.params.report or ""
    leading = _list(edition, plan)
    beside = _list(edition, report) if leading else []
    restated = {_named(row): row for row, _ in beside}
    targets = [_target(edition, row, number, restated.get(_named(row))) for row, number in leading]
    listed = {_named(row) for row, _ in leading}
    added = [_target(edition, row, number) for row, number in beside if _named(row) not in listed]
    return Targets(
        plan=plan if leading else "",
        report=report if beside else "",
        targets=tuple(targets),
        added=tuple(added),
        counts={
            quantity.key.subject: quantity
            for quantity in _counts(targets, added, str(edition.period))
        },
        last=_last(edition) if leading else None,
    )


def numbered(sections: Iterable[str]) -> dict[str, int]:
    """Number of each section in the longest numbered list among them, {} where none is a list.

    A list is what stands under one heading and is numbered there: `V/1/5` and `V/1/1/1.1` are
    numbers 5 and 1 of the list `V/1`. Of two as long the one under the deeper heading is taken.
    """
    lists: dict[str, dict[str, int]] = {}
    for section in sections:
        parts = section.split("/")
        for depth in range(1, len(parts)):
            number = NUMBER.fullmatch(parts[depth])
            if number:
                lists.setdefault("/".join(parts[:depth]), {})[section] = int(number[1])
    longest = max(lists, key=lambda h: (len(set(lists[h].values())), h.count("/")), default="")
    numbers = lists.get(longest, {})
    return numbers if len(set(numbers.values())) > 1 else {}


def _list(edition: Edition, source: str) -> list[tuple["pd.Series[Any]", int]]:
    """The rows of a document's own list of targets for the year, with their numbers."""
    frame = edition.tables.plan
    rows = frame[
        (frame["source"] == source)
        & (frame["set_by"] == source)
        & (frame["place"] == edition.params.place)
        & (frame["year"] == edition.period.year)
    ]
    numbers = numbered(rows["section"])
    listed = rows[rows["section"].isin(numbers) & rows["low"].notna()].sort_values("line")
    return [(row, numbers[str(row["section"])]) for _, row in listed.iterrows()]


def _named(row: "pd.Series[Any]") -> tuple[str, str]:
    return str(row["indicator"]), str(row["measure"])


def _target(
    edition: Edition,
    row: "pd.Series[Any]",
    number: int,
    restated: "pd.Series[Any] | None" = None,
) -> Target:
    indicator, measure = _named(row)
    set_as = {q.id: q for q in edition.targets(indicator, measure, edition.period.year)}
    plan = set_as[str(row["id"])]
    other = set_as[str(restated["id"])] if restated is not None else None
    return Target(
        number=number,
        indicator=indicator,
        measure=measure,
        plan=plan,
        restated=other if other is not None and not _same(edition, plan, other) else None,
        whole=line(edition, indicator, measure, edition.period),
        quarter=line(edition, indicator, measure, edition.period.last_quarter()),
    )


def _same(edition: Edition, plan: Quantity, other: Quantity) -> bool:
    return same(edition.figures[plan.id], edition.figures[other.id])


def _counts(targets: list[Target], added: list[Target], period: str) -> Iterator[Quantity]:
    """Count the plan's list by number, each by the most that is known of its parts."""
    best = {target.number: State.SILENT for target in targets}
    for target in targets:
        best[target.number] = min(best[target.number], target.state, key=list(State).index)
    for state in (None, *State):
        members = [target for target in targets if state in (None, best[target.number])]
        name = f"targets_{state}" if state else "targets"
        yield _count(name, len({target.number for target in members}), members, period)
    changed = [target for target in targets if target.restated is not None]
    yield _count("targets_restated", len(changed), changed, period)
    known = [target for target in added if target.state is State.MEASURED]
    yield _count("targets_added", len(added), added, period)
    yield _count("targets_added_measured", len(known), known, period)


def _count(name: str, value: int, members: list[Target], period: str) -> Quantity:
    return Quantity(
        str(Kind.COUNT.of(name, when=period)),
        Interval.of(value),
        "count",
        0,
        "number of targets",
        tuple(target.plan.id for target in members),
    )


def _last(edition: Edition) -> tuple[Quantity, Quantity] | None:
    """How many of all targets of last year were reported as met, as the latest document says."""
    claims = edition.tables.claims
    rows = claims[
        (claims["kind"] == "count")
        & (claims["indicator"] == "")
        & (claims["place"] == edition.params.place)
        & (claims["time_period"] == str(edition.period.shift(-1).full_year()))
        & claims["word"].isin(MET)
        & claims["total"].notna()
    ]
    if rows.empty:
        return None
    id = str(edition.best(rows).iloc[-1]["id"])
    return edition.printed_as(id), edition.printed_as(second.beside(id, second.TOTAL))
