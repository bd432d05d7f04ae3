"""Sectors: which indicators belong together, and what a period says about each."""

from collections.abc import Iterable
from dataclasses import dataclass

from halfyear.analysis import planshare
from halfyear.analysis.vintage import growth_of
from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.period import Period
from halfyear.results import Quantity


@dataclass(frozen=True)
class Row:
    """An indicator of a group with what is printed of it, None where nothing is."""

    group: str
    indicator: str
    level: Quantity | None
    growth: Quantity | None
    quarter_growth: Quantity | None
    share: Quantity | None

    @property
    def quantities(self) -> list[Quantity]:
        """The figures there are."""
        every = (self.level, self.growth, self.quarter_growth, self.share)
        return [quantity for quantity in every if quantity is not None]


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
            if row.level is not None or row.growth is not None:
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
        if row.growth is not None
        and known[row.indicator].direction == "up"
        and known[row.indicator].kind in ("flow", "index")
        and not known[row.indicator].parent
    ]
    return sorted(kept, key=lambda row: -_rate(row).known.middle)


def counts(found: list[Row], period: Period) -> list[Quantity]:
    """How many of the compared indicators there are, rose and fell."""
    rates = [_rate(row) for row in found]
    sides = {
        "compared": rates,
        "rising": [rate for rate in rates if rate.known.low > 0],
        "falling": [rate for rate in rates if rate.known.high < 0],
    }
    return [
        Quantity(
            f"count:{name}@{period}",
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


def _rate(row: Row) -> Quantity:
    assert row.growth is not None
    return row.growth
