"""Tracked groups of projects: their states, and how many of them are on track."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

import pandas as pd

from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.key import Key, Kind
from halfyear.period import Period
from halfyear.results import Quantity
from halfyear.study import Study

STATES = (
    "done",
    "essentially_done",
    "ahead",
    "on_target",
    "rescheduled",
    "reschedule_proposed",
    "behind",
    "unknown",
    "not_reported",
)
FINISHED = STATES[:2]
ON_TRACK = frozenset(STATES[:4])
SILENT = frozenset({"unknown", "not_reported"})
UNIT = "projects"


@dataclass(frozen=True)
class Group:
    """A tracked group under one measure: its counts by state, in the order of STATES.

    shares are the on-track ones, per cent: of all, and of those whose state is known.
    """

    group: str
    measure: str
    period: Period
    states: dict[str, Quantity]
    total: Quantity
    scenario: Quantity | None
    shares: tuple[Quantity, ...]

    @property
    def key(self) -> str:
        """Id of the total, which tells group, measure and period."""
        return self.total.id

    @property
    def finished(self) -> tuple[str, Quantity] | None:
        """State and count of the projects finished to date, essentially or wholly."""
        found = [(state, self.states[state]) for state in FINISHED if state in self.states]
        return found[-1] if found else None


@dataclass(frozen=True)
class Projects(Study):
    """The groups of projects that a report tracks, in its order; empty where it tracks none."""

    topic: ClassVar[str] = "projects"

    groups: tuple[Group, ...]

    @property
    def ranked(self) -> list[Group]:
        """Groups by their on-track share of all, the lowest first."""
        return ranked(self.groups)


def study(edition: Edition) -> Projects:
    """Study the groups of projects of an edition."""
    return Projects(tuple(groups(edition)))


def groups(edition: Edition) -> list[Group]:
    """The groups the edition's report tracks, in the order of the table; empty where none is."""
    frame = edition.tables.projects
    periods = {str(edition.period), str(edition.period.last_quarter())}
    rows = frame[frame["time_period"].isin(periods)]
    return [
        _group(edition.best(part), str(group), str(measure), Period.parse(str(period)))
        for (group, measure, period), part in rows.groupby(
            ["group", "measure", "time_period"], sort=False
        )
    ]


def ranked(found: Sequence[Group]) -> list[Group]:
    """Groups by their on-track share of all, the lowest first."""
    known = [group for group in found if group.shares[0].interval is not None]
    return sorted(known, key=lambda group: group.shares[0].known.middle)


def _group(rows: pd.DataFrame, group: str, measure: str, period: Period) -> Group:
    key = Kind.PRJ_TOTAL.of(group, measure, period)
    counts = {
        str(row["state"]): Quantity(
            str(row["key"]),
            Interval.of(int(row["count"])),
            UNIT,
            0,
            operands=() if row["id"] == row["key"] else (str(row["id"]),),
        )
        for row in rows.to_dict("records")
    }
    first = rows.iloc[0]
    total = Quantity(
        str(key),
        Interval.of(int(first["total"])),
        UNIT,
        0,
        "total printed beside the counts",
        (str(first["key"]),),
    )
    expected = rows[rows["scenario_count"].notna()]
    scenario = None
    if not expected.empty:
        row = expected.iloc[0]
        scenario = Quantity(
            str(key.to(Kind.PRJ_SCENARIO, state=str(row["state"]))),
            Interval.of(int(row["scenario_count"])),
            UNIT,
            0,
            "scenario printed beside the count",
            (str(row["key"]),),
        )
    ordered = {state: counts[state] for state in STATES if state in counts}
    shares = _shares(key, ordered, total)
    return Group(group, measure, period, ordered, total, scenario, shares)


def _shares(key: Key, states: dict[str, Quantity], total: Quantity) -> tuple[Quantity, ...]:
    """On-track shares, per cent: of all, and of those whose state is known."""
    good = [quantity for state, quantity in states.items() if state in ON_TRACK]
    silent = [quantity for state, quantity in states.items() if state in SILENT]
    known = total.value - sum((quantity.value for quantity in silent), Decimal(0))
    on_track = sum((quantity.value for quantity in good), Decimal(0))
    ids = (*(quantity.id for quantity in good), total.id)
    return (
        _share(key.to(Kind.ON_TRACK), on_track, total.value, ids),
        _share(key.to(Kind.ON_TRACK_KNOWN), on_track, known, (*ids, *(q.id for q in silent))),
    )


def _share(key: Key, part: Decimal, whole: Decimal, operands: tuple[str, ...]) -> Quantity:
    of = "known" if key.kind is Kind.ON_TRACK_KNOWN else "total"
    id, formula = str(key), f"on track / {of} * 100"
    if whole <= 0:
        return Quantity(id, None, "pct", 1, formula, operands, missing=("no state is known",))
    return Quantity(id, Interval.of(part / whole * 100), "pct", 1, formula, operands)
