"""The difference between two editions, or between two days of one edition."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from halfyear import key as keys
from halfyear.analysis.vintage import conflicting, vintages
from halfyear.data import succession
from halfyear.data.checks.rows import records
from halfyear.edition import Edition
from halfyear.errors import PeriodError, Problem
from halfyear.interval import Interval
from halfyear.key import Kind as Kinds
from halfyear.period import Period
from halfyear.results import Quantity

HUNDRED = Decimal(100)
_KEYS = {
    "scenarios": ("plan", "place", "indicator", "measure", "time_period"),
    "plan": ("set_by", "place", "indicator", "measure", "year"),
    "goals": ("period", "place", "indicator", "measure"),
}
_WHEN = {"observations": "time_period", "scenarios": "time_period", "plan": "year"}


class Kind(StrEnum):
    """How a figure differs."""

    NEW = "new"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    CONTRADICTORY = "contradictory"


@dataclass(frozen=True)
class Change:
    """One figure that differs: what it is about, and what was and is published.

    For a newly contradictory one `others` are the publications that do not fit `after`.
    """

    kind: Kind
    table: str
    place: str
    indicator: str
    measure: str
    when: str
    before: Quantity | None
    after: Quantity | None
    others: tuple[Quantity, ...] = ()

    @property
    def by(self) -> Quantity | None:
        """How much a revised figure moved: points of a rate, else per cent of what it was."""
        if self.kind is not Kind.REVISED or self.before is None or self.after is None:
            return None
        was, now = self.before, self.after
        rate = was.unit == "pct"
        if not rate and was.known.low <= 0:
            return None
        moved = now.known - was.known if rate else (now.known / was.known - 1) * HUNDRED
        return Quantity(
            id=str(replace(now.key, kind=Kinds.REVISED)),
            interval=moved,
            unit="pp" if rate else "pct",
            decimals=max(was.decimals, now.decimals) if rate else 1,
            formula="after - before" if rate else "(after / before - 1) * 100",
            operands=(was.id, now.id),
        )


Key = tuple[str, str, str, str, str, str]


def between(before: Edition, after: Edition) -> list[Change]:
    """List what is new, revised, withdrawn or newly contradictory, in that order of kinds."""
    was, now = dict(_figures(before)), dict(_figures(after))
    changes = [_change(Kind.NEW, key, None, now[key]) for key in now if key not in was]
    changes += [
        _change(Kind.REVISED, key, was[key], now[key])
        for key in now
        if key in was and was[key].interval != now[key].interval
    ]
    changes += [_change(Kind.WITHDRAWN, key, was[key], None) for key in was if key not in now]
    return [*changes, *_contradictory(before, after, now)]


def as_of(period: str, first: str, second: str) -> tuple[Edition, Edition]:
    """Open one edition as of two days, written YYYY-MM-DD."""
    for day in (first, second):
        try:
            date.fromisoformat(day)
        except ValueError:
            raise PeriodError(Problem("not a day", expected="YYYY-MM-DD", found=day)) from None
    return Edition.open(period, first), Edition.open(period, second)


def _figures(edition: Edition) -> Iterator[tuple[Key, Quantity]]:
    for place, indicator, measure, when in _observed(edition):
        fact = edition.fact(indicator, measure, Period.parse(when), place)
        if not fact.absent:
            yield ("observations", "", place, indicator, measure, when), fact
    printed = {quantity.id: quantity for quantity in edition.printed()}
    first = succession.first(edition.tables.sources)
    for table, names in _KEYS.items():
        for row in records(getattr(edition.tables, table)):
            if row["key"] in printed:
                when = str(row[_WHEN.get(table, "period")])
                by = str(row[names[0]])
                key = (table, first.get(by, by), row["place"], row["indicator"])
                yield (*key, row["measure"], when), printed[row["key"]]


def _observed(edition: Edition) -> list[tuple[str, str, str, str]]:
    frame = edition.tables.observations
    columns = (frame[name] for name in ("place", "indicator", "measure", "time_period"))
    return list(dict.fromkeys(zip(*columns, strict=True)))


def _contradictory(before: Edition, after: Edition, now: dict[Key, Quantity]) -> Iterator[Change]:
    for place, indicator, measure, when in _observed(after):
        period = Period.parse(when)
        others = _others(after, indicator, measure, period, place)
        if others and not _others(before, indicator, measure, period, place):
            key = ("observations", "", place, indicator, measure, when)
            change = _change(Kind.CONTRADICTORY, key, None, now[key])
            yield replace(change, others=tuple(others))


def _others(
    edition: Edition, indicator: str, measure: str, period: Period, place: str
) -> list[Quantity]:
    published = vintages(edition, indicator, measure, period, place)
    chosen = edition.fact(indicator, measure, period, place)
    if not (chosen.absent or chosen.known.exact):
        return [q for q in published if q.id in chosen.operands]
    exact = [q for q in published if not q.bound or q is published[0]]
    return conflicting(edition, exact)


def _change(kind: Kind, key: Key, before: Quantity | None, after: Quantity | None) -> Change:
    table, _, place, indicator, measure, when = key
    return Change(kind, table, place, indicator, measure, when, before, after)


def counts(changes: list[Change], before: Edition, after: Edition) -> list[Quantity]:
    """Count the changes of each kind between two editions."""
    span = f"{before.period}..{after.period}"
    return [
        Quantity(
            id=str(keys.Kind.COUNT.of(kind, when=span)),
            interval=Interval.of(len(found)),
            unit="count",
            decimals=0,
            formula="number of figures",
        )
        for kind in Kind
        for found in ([change for change in changes if change.kind is kind],)
    ]
