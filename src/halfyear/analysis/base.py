"""Last year's base: as published, or implied by this year's level and growth."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from halfyear.analysis.vintage import (
    HUNDRED,
    growth_of,
    growth_within,
    margin,
    within,
)
from halfyear.edition import FLOWS, Edition
from halfyear.interval import Interval
from halfyear.key import Kind
from halfyear.period import Period
from halfyear.results import PRINTED, Quantity

TURNED = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge", "just_under": "approx"}


def published(edition: Edition, indicator: str, period: Period) -> list[Quantity]:
    """The published level of a past period: the later of two publications governs.

    An interval where two publications of one rank and day differ; empty where there is none.
    period is the past period itself, not the one a year later.
    """
    fact = edition.fact(indicator, "level", period)
    return [] if fact.absent else [fact]


def implied(edition: Edition, indicator: str, period: Period) -> Quantity | None:
    """Level of a year earlier that a printed level and its printed growth imply.

    level / (1 + growth / 100), as the interval both roundings allow; unit of the level. None
    where level or growth is not printed, or the growth leaves no positive base.
    """
    level = edition.fact(indicator, "level", period)
    growth = growth_of(edition, indicator, period)
    if level.absent or growth.absent or growth.value <= -HUNDRED:
        return None
    half = margin(edition, level.id)
    value = Interval(level.known.low - half, level.known.high + half)
    return Quantity(
        id=str(Kind.IMPLIED.of(indicator, "level", period.shift(-1))),
        interval=value / (growth_within(edition, growth) / HUNDRED + 1),
        unit=level.unit,
        decimals=edition.indicators[indicator].decimals,
        formula="level / (1 + growth / 100), within the rounding of both",
        operands=(level.id, *((growth.id,) if growth.formula == PRINTED else growth.operands)),
    )


def bases(edition: Edition, indicator: str, period: Period) -> list[Quantity]:
    """Every base of a year before a period that stands on its own, the working one first.

    A publication goes first; a bounded one ("over 86") gives way to an implied base that agrees
    with it; an implied base that disagrees stands beside it.
    """
    printed = published(edition, indicator, period.shift(-1))
    computed = implied(edition, indicator, period)
    if computed is None:
        return printed
    if not printed:
        return [computed]
    if not agrees(edition, printed[0], computed):
        return [*printed, computed]
    return [computed, *printed[1:]] if printed[0].bound else printed


def agrees(edition: Edition, printed: Quantity, computed: Quantity) -> bool:
    """Whether a published and an implied base share a value."""
    return within(edition, printed).overlaps(computed.known)


def disagreement(edition: Edition, indicator: str, period: Period) -> Quantity | None:
    """Implied less published base in per cent of the published one, where the two disagree."""
    printed = published(edition, indicator, period.shift(-1))
    computed = implied(edition, indicator, period)
    if computed is None or not printed or agrees(edition, printed[0], computed):
        return None
    return Quantity(
        id=str(Kind.BASE_GAP.of(indicator, "level", period.shift(-1))),
        interval=(computed.known / printed[0].known - 1) * HUNDRED,
        unit="pct",
        decimals=1,
        formula="(implied / published - 1) * 100",
        operands=(computed.id, printed[0].id),
    )


def part_of_last_year(edition: Edition, indicator: str, period: Period) -> Quantity:
    """The working base of a period: a level of a year before it, absent where there is none."""
    last = edition.fact(indicator, "level", period.shift(-1))
    return next(iter(bases(edition, indicator, period)), last)


def last_year(edition: Edition, indicator: str, period: Period) -> Quantity:
    """The level of the full year before a period that governs, absent where there is none."""
    last = edition.fact(indicator, "level", period.shift(-1).full_year())
    return next(iter(full_year(edition, indicator, period.year - 1)), last)


def full_year(edition: Edition, indicator: str, year: int) -> list[Quantity]:
    """Levels of a full past year that stand; of a former place, marked, where none is held."""
    printed = published(edition, indicator, Period(year, "FY"))
    return printed or former(edition, indicator, year)


def former(edition: Edition, indicator: str, year: int) -> list[Quantity]:
    """The level of a flow in a full year for the one former place that has it.

    Taken from the tables of results at the end of the last goal period; the id names the place.
    Marked approximate unless the other former places are known to have none of it. Empty for
    anything but a flow and where two former places have a figure.
    """
    frame = edition.tables.baseline
    if edition.indicators[indicator].kind not in FLOWS:
        return []
    rows = frame[
        frame["place"].isin(edition.former)
        & (frame["indicator"] == indicator)
        & (frame["measure"] == "level")
        & (frame["scope"] == f"year_{year}")
        & frame["value"].notna()
    ]
    rows = rows if rows["place"].nunique() > 1 else edition.best(rows)
    if len(rows) != 1 or edition.indicators[indicator].unit != rows.iloc[0]["unit"]:
        return []
    row = rows.iloc[0]
    return [
        Quantity(
            id=str(row["id"]),
            interval=Interval.of(row["value"]),
            unit=str(row["unit"]),
            decimals=edition.indicators[indicator].decimals,
            bound=str(row["bound"]) or ("" if _alone(edition, row.to_dict()) else "approx"),
        )
    ]


def whole(edition: Edition, base: Quantity) -> bool:
    """Whether a base is one of the present place: its own, or of a part that alone has any."""
    row = edition.figures.get(base.id, {})
    return str(row.get("place", "")) not in edition.former or _alone(edition, row)


def _alone(edition: Edition, row: Mapping[Any, Any]) -> bool:
    """Whether all former places but that of a row have none of its indicator."""
    frame = edition.tables.absent
    without = set(frame.loc[frame["indicator"] == row["indicator"], "place"])
    return set(edition.former) - {row["place"]} <= without


def growth_so_far(edition: Edition, indicator: str, period: Period) -> Quantity:
    """Growth of a flow over a year earlier, per cent: as printed, else from both levels.

    A base printed as "more than" leaves growth "at most", one printed as "less than" leaves it
    "at least". Absent where neither is printed.
    """
    printed = growth_of(edition, indicator, period)
    if not printed.absent:
        return printed
    level = edition.fact(indicator, "level", period)
    before = edition.fact(indicator, "level", period.shift(-1))
    if level.absent or before.absent or before.known.low <= 0:
        return printed
    return Quantity(
        id=str(Kind.GROWTH.of(indicator, when=period)),
        interval=(level.known / before.known - 1) * HUNDRED,
        unit="pct",
        decimals=1,
        formula="(now / before - 1) * 100",
        operands=(level.id, before.id),
        bound=level.bound or TURNED.get(before.bound, before.bound),
    )


def shares_of_year(edition: Edition, indicator: str, cut: Period) -> list[Quantity]:
    """Last year's share of the elapsed part in its full year, per cent, one for each base year.

    cut is this year's period. The working one first: an interval over all bases of the part.
    Empty list never: without figures it holds one quantity that names what is missing.
    """
    key = Kind.SHARE_OF_YEAR.of(indicator, "level", cut.shift(-1))
    empty = Quantity.frame(key, "pct", 1, "part of last year / last year * 100")
    parts = bases(edition, indicator, cut)
    wholes = full_year(edition, indicator, cut.year - 1)
    lacking = _lacking(indicator, cut, parts, wholes)
    if lacking:
        return [replace(empty, missing=lacking)]
    span = Interval.of(*(part.known for part in parts))
    return [
        replace(
            empty,
            id=str(replace(key, source=variant(edition, whole)) if number else key),
            interval=span / whole.known * HUNDRED,
            operands=(*(part.id for part in parts), whole.id),
            bound=whole.bound,
        )
        for number, whole in enumerate(wholes)
        if whole.known.low > 0
    ] or [replace(empty, missing=("the base is not positive",))]


def pairs(edition: Edition, indicator: str, cut: Period) -> list[tuple[str, Quantity, Quantity]]:
    """Every pair of last year's part and full year that stand, with the source in its keys.

    The working pair first, without one; the others have what differs, joined by "~".
    """
    parts = bases(edition, indicator, cut)
    wholes = full_year(edition, indicator, cut.year - 1)
    return [
        (
            "~".join(
                variant(edition, item)
                for item, first in ((whole, wholes[0]), (part, parts[0]))
                if item is not first
            ),
            part,
            whole,
        )
        for whole, part in product(wholes, parts)
    ]


def variant(edition: Edition, base: Quantity) -> str:
    """Short name of a base in the id of what is computed on it."""
    kind = base.key.kind
    return edition.source_of(base.id) if kind is Kind.OBS else kind.value


def _lacking(
    indicator: str, cut: Period, parts: list[Quantity], wholes: list[Quantity]
) -> tuple[str, ...]:
    last = cut.shift(-1)
    missing = [when for when, held in ((last, parts), (last.full_year(), wholes)) if not held]
    return tuple(str(Kind.OBS.of(indicator, "level", when)) for when in missing)
