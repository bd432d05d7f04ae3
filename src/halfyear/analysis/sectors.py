"""Sectors: which indicators belong together, and what a period says about each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from halfyear.analysis import planshare
from halfyear.analysis.vintage import growth_of
from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.key import Kind
from halfyear.period import Period
from halfyear.results import Quantity
from halfyear.study import Study


@dataclass(frozen=True)
class Row:
    """An indicator of a group with what is printed of it."""

    group: str
    indicator: str
    level: Quantity
    growth: Quantity
    quarter_growth: Quantity
    share: Quantity | None

    @property
    def turn(self) -> str:
        """Growth of the last quarter beside the period's: slower, faster, same; "" for unknown."""
        if self.growth.absent or self.quarter_growth.absent:
            return ""
        whole, last = self.growth.known, self.quarter_growth.known
        if last.high < whole.low:
            return "slower"
        return "faster" if last.low > whole.high else "same"


@dataclass(frozen=True)
class Sectors(Study):
    """What a period prints of every grouped indicator, and how many of the wholes grew.

    order names the compared indicators, the fastest first; counts are of these: compared,
    rising and falling.
    """

    topic: ClassVar[str] = "sectors"

    rows: tuple[Row, ...]
    order: tuple[str, ...]
    counts: dict[str, Quantity]

    def of(self, group: str) -> list[Row]:
        """The rows of a group, a part behind its whole."""
        return [row for row in self.rows if row.group == group]

    @property
    def compared(self) -> list[Row]:
        """The rows of the compared indicators, the fastest first."""
        known = {row.indicator: row for row in self.rows}
        return [known[indicator] for indicator in self.order]


def study(edition: Edition) -> Sectors:
    """Study what an edition's period prints, sector by sector; empty where nothing is printed."""
    every = rows(edition, edition.period)
    ordered = compared(edition, every)
    return Sectors(
        rows=tuple(every),
        order=tuple(row.indicator for row in ordered),
        counts={quantity.key.subject: quantity for quantity in counts(ordered, edition.period)},
    )


def groups(edition: Edition) -> dict[str, list[str]]:
    """Indicators by group, in the order of groups.csv; a part follows its whole."""
    frame = edition.tables.groups
    found: dict[str, list[str]] = {str(group): [] for group in frame["group"]}
    children: dict[str, list[str]] = {}
    for indicator in edition.indicators.values():
        children.setdefault(indicator.parent, []).append(indicator.id)
    for group, indicator in zip(frame["group"], frame["indicator"], strict=True):
        found[str(group)] += _family(str(indicator), children)
    return found


def rows(edition: Edition, period: Period) -> list[Row]:
    """Every grouped indicator with a level or growth in a period, group by group."""
    frame = edition.tables.observations
    printed = set(frame.loc[frame["time_period"] == str(period), "indicator"])
    found = []
    for group, members in groups(edition).items():
        for indicator in (member for member in members if member in printed):
            row = _row(edition, group, indicator, period)
            if not (row.level.absent and row.growth.absent):
                found.append(row)
    return found


def compared(edition: Edition, every: Iterable[Row]) -> list[Row]:
    """Wholes that tell how the economy does: flows and indices with a growth, more being better.

    Sorted by growth, the fastest first; parts of another indicator are left out.
    """
    known = edition.indicators
    kept = [
        row
        for row in every
        if not row.growth.absent
        and known[row.indicator].direction == "up"
        and known[row.indicator].kind in ("flow", "index")
        and not known[row.indicator].parent
    ]
    return sorted(kept, key=lambda row: -row.growth.known.middle)


def counts(found: list[Row], period: Period) -> list[Quantity]:
    """How many of the compared indicators there are, rose and fell."""
    rates = [row.growth for row in found]
    sides = {
        "compared": rates,
        "rising": [rate for rate in rates if rate.known.low > 0],
        "falling": [rate for rate in rates if rate.known.high < 0],
    }
    return [
        Quantity(
            str(Kind.COUNT.of(name, when=period)),
            Interval.of(len(members)),
            "count",
            0,
            "number of indicators",
            tuple(rate.id for rate in members),
        )
        for name, members in sides.items()
    ]


def _row(edition: Edition, group: str, indicator: str, period: Period) -> Row:
    shares = planshare.shares(edition, indicator, period)
    return Row(
        group,
        indicator,
        edition.fact(indicator, "level", period),
        growth_of(edition, indicator, period),
        growth_of(edition, indicator, period.last_quarter()),
        shares[0] if shares else None,
    )


def _family(indicator: str, children: dict[str, list[str]]) -> list[str]:
    return [indicator, *(d for c in children.get(indicator, ()) for d in _family(c, children))]
