"""Reach: which of the flows that can be projected come to their annual plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from halfyear.analysis.outlook import outlook
from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.key import Key, Kind
from halfyear.results import Quantity, Results
from halfyear.study import Study


@dataclass(frozen=True)
class Outlook(Study):
    """What the year comes to under mechanical readings; none of them a forecast.

    outlooks in the unit of their indicator, every one that can be named; projected are the
    headline flows ("exports.level") whose outlook and plan are both computable; counts says how
    many of them reach their plan. slipping are those that reach it at the pace so far, but no
    longer at the rate of the last quarter.
    """

    topic: ClassVar[str] = "outlook"

    outlooks: tuple[Quantity, ...]
    projected: tuple[str, ...]
    counts: tuple[Quantity, ...]
    slipping: tuple[str, ...] = ()


def study(edition: Edition) -> Outlook:
    """Read the year ahead for every headline indicator."""
    found = [q for i, measure in edition.headline() for q in outlook(edition, i.id, measure)]
    results = Results()
    results.add(*found)
    flows = projected(edition, results)
    year = edition.period.year
    counted = counts(results, flows, year)
    slipping = [
        key
        for key in flows
        if _reaches(results, "pace", key, year)
        and _reaches(results, "alternative", key, year) is False
    ]
    return Outlook(tuple(found), tuple(flows), tuple(counted), tuple(slipping))


def projected(edition: Edition, results: Results) -> list[str]:
    """Headline flows ("exports.level") whose outlook and plan are both computable."""
    year = edition.period.year
    keys = [f"{i.id}.{m}" for i, m in edition.headline() if m == "level"]
    return [
        key
        for key in keys
        if all(results.get(_named(kind, key, year)) is not None for kind in ("pace", "plan"))
    ]


def counts(results: Results, keys: Iterable[str], year: int) -> list[Quantity]:
    """How many flows there are, and how many reach the low end of their plan in each outlook.

    Ids count:projected@year and count:reach_pace@year, .._low@year; an outlook that is an interval
    reaches its plan only where its low end does.
    """
    keys = list(keys)
    every = [results[_named("pace", key, year)] for key in keys]
    found = [_count("projected", every, year)]
    for kind in ("pace", "low"):
        reaching = [
            outlook
            for key in keys
            if (outlook := results.get(_named(kind, key, year)))
            and _reaches(results, kind, key, year)
        ]
        found.append(_count(f"reach_{kind}", reaching, year))
    return found


def _reaches(results: Results, kind: str, key: str, year: int) -> bool | None:
    """Whether an outlook reaches the low end of the plan; None where it is not computable."""
    outlook = results.get(_named(kind, key, year))
    if outlook is None or outlook.absent:
        return None
    return outlook.known.low >= results[_named("plan", key, year)].known.low


def _named(kind: str, key: str, year: int) -> Key:
    return Kind.OUTLOOK.named(key, year, variant=kind)


def _count(name: str, members: list[Quantity], year: int) -> Quantity:
    ids = tuple(member.id for member in members)
    number = Interval.of(len(members))
    return Quantity(
        str(Kind.COUNT.of(name, when=year)), number, "count", 0, "number of indicators", ids
    )
