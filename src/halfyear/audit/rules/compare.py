"""Comparisons that several rules share: of targets and goals, of shares and roundings."""

from decimal import ROUND_FLOOR, Decimal

from halfyear.audit.finding import Row
from halfyear.audit.rows import Facts
from halfyear.data.numeral import numerals
from halfyear.interval import Interval

HUNDRED = Decimal(100)
NEAR = Decimal("0.006")


def within(facts: Facts, row: Row, unit: str) -> Interval:
    """All values a row's rounding allows, in a unit."""
    half = facts.half(row)
    value: Decimal = row["value"]
    return Interval(*(facts.convert(v, row["unit"], unit) for v in (value - half, value + half)))


def ratio(facts: Facts, part: Row, whole: Decimal, unit: str) -> Interval:
    """A part in per cent of a whole, within the part's rounding."""
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


def rounded(one: Row, other: Row) -> bool:
    """Whether one value is the other's, rounded or cut off at the digits it is printed with."""
    for exact, rough in ((one, other), (other, one)):
        printed = numerals(str(rough["printed"]))
        if not printed or exact["low"] is None:
            continue
        plain = rough["low"].normalize()
        step = Decimal(1).scaleb(int(plain.as_tuple().exponent))
        cut = (exact["low"] / step).to_integral_value(ROUND_FLOOR) * step
        if rough["low"] == cut or abs(exact["low"] - rough["low"]) <= step / 2:
            return bool(rough["low"] and abs(exact["low"] / rough["low"] - 1) < NEAR)
    return False


def unequal(rows: list[Row]) -> list[Row]:
    kept: list[Row] = []
    for row in rows:
        alike = [r for r in kept if r["indicator"] == row["indicator"]]
        if not any(r["low"] == row["low"] or rounded(r, row) for r in alike):
            kept.append(row)
    return kept
