"""Comparisons that several rules share: of targets and goals, of shares and roundings."""

from collections.abc import Iterable
from decimal import Decimal

from halfyear.analysis.restated import rounded
from halfyear.analysis.vintage import growth_of
from halfyear.audit.finding import Number, Row
from halfyear.audit.rows import Facts
from halfyear.interval import Interval
from halfyear.period import Period

HUNDRED = Decimal(100)


def within(facts: Facts, row: Row, unit: str) -> Interval:
    """All values a row's rounding and bound allow, in a unit."""
    span = facts.span(row)
    return Interval(*(facts.convert(end, row["unit"], unit) for end in (span.low, span.high)))


def ratio(facts: Facts, part: Row, whole: Decimal, unit: str) -> Interval:
    """A part in per cent of a whole, within the part's rounding and bound."""
    return within(facts, part, unit) / whole * HUNDRED


def stated(facts: Facts, claim: Row) -> Interval:
    """All values the rounding of a claim allows."""
    return Interval(claim["value"] - facts.half(claim), claim["value"] + facts.half(claim))


def order(facts: Facts, indicator: str, one: Decimal, other: Decimal) -> int:
    """Whether one is worse (-1), as good (0) or better (1) than the other."""
    described = facts.edition.indicators[indicator]
    sign = -1 if described.direction == "down" or described.kind == "rank" else 1
    return ((one > other) - (one < other)) * sign


def alike(goal: Row, row: Row) -> bool:
    return all(goal[name] == row[name] for name in ("indicator", "measure", "place"))


def same_targets(facts: Facts, goal: Row) -> list[Row]:
    year = facts.edition.period.year
    rows = [
        r
        for r in facts.rows["plan"]
        if alike(goal, r) and r["year"] == year and r["low"] is not None
    ]
    return sorted(
        rows, key=lambda r: (r["set_by"] != facts.edition.params.plan, r["known_at"], r["line"])
    )


def unequal(rows: list[Row]) -> list[Row]:
    kept: list[Row] = []
    for row in rows:
        alike = [r for r in kept if r["indicator"] == row["indicator"]]
        if not any(r["low"] == row["low"] or rounded(r, row) for r in alike):
            kept.append(row)
    return kept


def grouped(facts: Facts, names: Iterable[str]) -> tuple[str, ...]:
    """Indicators of one note, each once: the headline ones first, in their order."""
    named = list(dict.fromkeys(names))
    order = [indicator.id for indicator, _ in facts.edition.headline()]
    return tuple(sorted(named, key=lambda n: order.index(n) if n in order else len(order)))


def growth_slot(facts: Facts, indicator: str, period: Period, printed: Row) -> Row | Number:
    """Growth for a note: as printed, but of a ratio ("90.7 per cent of") the growth it means."""
    growth = growth_of(facts.edition, indicator, period)
    if growth.absent or printed["measure"] != "ratio_yoy":
        return printed
    return Number.rate(growth.value, growth.formula, printed, decimals=growth.decimals)
