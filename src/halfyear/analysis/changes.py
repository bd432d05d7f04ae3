"""What changed since an earlier edition, and what that one said of the time after it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from halfyear.analysis import said, scorecard
from halfyear.analysis.said import Pair
from halfyear.analysis.vintage import conflicting, vintages
from halfyear.data import succession
from halfyear.data.checks.rows import records
from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.key import Kind
from halfyear.period import Period
from halfyear.results import Quantity, Results
from halfyear.study import Study

HUNDRED = Decimal(100)
_KEYS = {
    "scenarios": ("plan", "place", "indicator", "measure", "time_period"),
    "plan": ("set_by", "place", "indicator", "measure", "year"),
    "goals": ("period", "place", "indicator", "measure"),
}
_WHEN = {"observations": "time_period", "scenarios": "time_period", "plan": "year"}


class Difference(StrEnum):
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

    kind: Difference
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
        if self.kind is not Difference.REVISED or self.before is None or self.after is None:
            return None
        was, now = self.before, self.after
        rate = was.unit == "pct"
        if not rate and was.known.low <= 0:
            return None
        moved = now.known - was.known if rate else (now.known / was.known - 1) * HUNDRED
        return Quantity(
            id=str(now.key.to(Kind.REVISED)),
            interval=moved,
            unit="pp" if rate else "pct",
            decimals=max(was.decimals, now.decimals) if rate else 1,
            formula="after - before" if rate else "(after / before - 1) * 100",
            operands=(was.id, now.id),
        )


@dataclass(frozen=True)
class Changes(Study):
    """What differs from the edition that the params name, and what that one said.

    period and day are that edition's, None where none is named. counts by difference, in their
    order; changes the figures that are not merely new, with what was published under a key of
    said. said holds what it said of the time after it beside what came; met and headline are its
    own counts where it closed a year and said nothing of the time after it.
    """

    topic: ClassVar[str] = "changes"

    period: Period | None = None
    day: date | None = None
    counts: tuple[Quantity, ...] = ()
    changes: tuple[Change, ...] = ()
    said: tuple[Pair, ...] = ()
    met: Quantity | None = None
    headline: Quantity | None = None

    def results(self) -> Results:
        """Those of every study, and by how much each figure was revised."""
        results = super().results()
        results.add(*(change.by for change in self.changes if change.by is not None))
        return results


_Figure = tuple[str, str, str, str, str, str]


def study(edition: Edition) -> Changes:
    """Hold an edition against the one its params name.

    Of an edition that replaces an earlier one of its own period nothing was said of the time
    after it.
    """
    earlier = edition.params.compared_with
    if earlier is None:
        return Changes()
    last = Edition.open(str(edition.params.identity.at(earlier.period)), earlier.day)
    differences = between(last, edition)
    changed = Changes(
        period=last.period,
        day=last.params.edition_date,
        counts=tuple(counts(differences, last, edition)),
        changes=tuple(
            replace(change, before=change.before and said.quoted(change.before, last))
            for change in differences
            if change.kind is not Difference.NEW
        ),
    )
    if last.period == edition.period:
        return changed
    pairs = tuple(said.pairs(last, edition))
    if pairs or last.period != last.period.full_year():
        return replace(changed, said=pairs)
    counted = scorecard.card(last, last.period).counts
    return replace(changed, met=counted["met"], headline=counted["headline"])


def between(before: Edition, after: Edition) -> list[Change]:
    """List what is new, revised, withdrawn or newly contradictory, in that order of kinds."""
    was, now = dict(_figures(before)), dict(_figures(after))
    changes = [_change(Difference.NEW, key, None, now[key]) for key in now if key not in was]
    changes += [
        _change(Difference.REVISED, key, was[key], now[key])
        for key in now
        if key in was and was[key].interval != now[key].interval
    ]
    changes += [_change(Difference.WITHDRAWN, key, was[key], None) for key in was if key not in now]
    return [*changes, *_contradictory(before, after, was, now)]


def _figures(edition: Edition) -> Iterator[tuple[_Figure, Quantity]]:
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
    """The figures that documents on the place tell; a peer's own report changes nothing here."""
    frame = edition.tables.observations
    own = frame["place"].isin(edition.places.around(edition.params.place))
    told = frame[own | frame["source"].isin(frame.loc[own, "source"])]
    columns = (told[name] for name in ("place", "indicator", "measure", "time_period"))
    return list(dict.fromkeys(zip(*columns, strict=True)))


def _contradictory(
    before: Edition,
    after: Edition,
    was: dict[_Figure, Quantity],
    now: dict[_Figure, Quantity],
) -> Iterator[Change]:
    for place, indicator, measure, when in _observed(after):
        period = Period.parse(when)
        others = _others(after, indicator, measure, period, place)
        if others and not _others(before, indicator, measure, period, place):
            key = ("observations", "", place, indicator, measure, when)
            change = _change(Difference.CONTRADICTORY, key, was.get(key), now[key])
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


def _change(
    kind: Difference, key: _Figure, before: Quantity | None, after: Quantity | None
) -> Change:
    table, _, place, indicator, measure, when = key
    return Change(kind, table, place, indicator, measure, when, before, after)


def counts(changes: list[Change], before: Edition, after: Edition) -> list[Quantity]:
    """Count the changes of each kind between two editions."""
    span = f"{before.period}..{after.period}"
    return [
        Quantity(
            id=str(Kind.COUNT.of(kind, when=span)),
            interval=Interval.of(len(found)),
            unit="count",
            decimals=0,
            formula="number of figures",
        )
        for kind in Difference
        for found in ([change for change in changes if change.kind is kind],)
    ]
