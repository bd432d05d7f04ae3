"""Evidence: the rows a finding compares, and what it computes from them as named results."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from halfyear.audit.finding import Draft, Evidence, Number, Row, Side
from halfyear.audit.rows import Facts
from halfyear.data.described import Source
from halfyear.interval import Interval, places
from halfyear.key import Kind
from halfyear.results import PRINTED, Quantity

T = TypeVar("T")
GAP = "|first - second|"
MOST = 3
RATES = frozenset({"pct", "pp"})
_ODD = re.compile(r"[^0-9A-Za-z_.-]+")
ENDS = (("value", "value_high"), ("low", "high"))


def evidence(facts: Facts, draft: Draft) -> Evidence:
    """The evidence of a finding; ids audit_<what>:<indicator>.<rule>@<period>/<row>[/<row>]."""
    named = {
        name: _quantity(facts, draft, name, value)
        for name, value in (*draft.values.items(), ("recomputed", draft.recomputed))
        if isinstance(value, Number) and value.formula
    }
    recomputed = named.pop("recomputed", None)
    gap = _gap(facts, draft, {**named, "recomputed": recomputed})
    values: dict[str, object] = {"one": draft.one, "other": draft.other, **draft.values, **named}
    return Evidence(
        one=str(draft.one["id"]),
        other=str(draft.other["id"]) if draft.other is not None else None,
        recomputed=recomputed,
        gap=gap,
        rows={name: str(row["id"]) for name, row in _all(values, dict)},
        numbers=_numbers(draft, {**named, "recomputed": recomputed, "gap": gap}),
        names=dict(_all(values, tuple)),
        documents={name: source.id for name, source in _all(values, Source)},
        days=dict(_all(values, date)),
        words={name: str(value) for name, value in values.items() if isinstance(value, str | int)},
        stake=_stake(facts, draft, gap) if gap else Decimal(0),
    )


def _all(values: Mapping[str, object], kind: type[T]) -> list[tuple[str, T]]:
    return [(name, value) for name, value in values.items() if isinstance(value, kind)]


def _numbers(draft: Draft, named: Mapping[str, Quantity | None]) -> dict[str, Quantity]:
    """The numbers of a note; the gap is one where the note has a place for it."""
    return {
        name: quantity
        for name, quantity in named.items()
        if quantity is not None and (name != "gap" or "gap" in draft.values)
    }


def _stake(facts: Facts, draft: Draft, gap: Quantity) -> Decimal:
    """How much a gap is: points for rates, else per cent of the whole or of the larger side."""
    if gap.unit in RATES:
        return gap.value
    sides = [draft.whole] if draft.whole else [side for pair in _pairs(draft) for side in pair]
    sizes = [size for side in sides if (size := _size(facts, side, gap.unit))]
    return gap.value / max(sizes) * 100 if sizes else Decimal(0)


def _size(facts: Facts, side: Side, unit: str) -> Decimal:
    if isinstance(side, Number):
        return abs(facts.convert(side.value, side.unit, unit))
    ends = [abs(end) for names in ENDS for end in _known(side, names)]
    return facts.convert(max(ends), str(side["unit"] or unit), unit) if ends else Decimal(0)


def _quantity(facts: Facts, draft: Draft, name: str, number: Number) -> Quantity:
    unit = _unit(facts, draft, number)
    scale = facts.convert(Decimal(1), number.unit, unit).adjusted()
    value = facts.convert(number.value, number.unit, unit)
    decimals = max(0, number.decimals - scale)
    formula, operands = number.formula, number.operands
    return Quantity(
        _id(draft, name),
        Interval.of(value),
        unit,
        decimals,
        formula,
        tuple(dict.fromkeys(operands)),
    )


def _unit(facts: Facts, draft: Draft, number: Number) -> str:
    """The unit of a number as the figures beside it are shown in: that of their rows."""
    rows = [row for row in (draft.one, draft.other) if row is not None]
    if not number.unit:
        return str(rows[0].get("unit") or "")
    alike = (str(row["unit"]) for row in rows if row.get("unit") in facts.units)
    base = facts.units[number.unit][0]
    return next((unit for unit in alike if facts.units[unit][0] == base), number.unit)


def _id(draft: Draft, name: str) -> str:
    periods = (draft.one.get(key) for key in ("time_period", "year", "period", "scope"))
    when = next((str(period) for period in periods if period), "")
    rows = (draft.one, draft.other or draft.one)
    own = dict.fromkeys(_ODD.sub("-", str(row["id"])) for row in rows)
    kind = Kind[f"audit_{name}".upper()]
    return str(kind.of(draft.indicator or "all", draft.rule, when, base="/".join(own)))


def _gap(facts: Facts, draft: Draft, named: dict[str, Quantity | None]) -> Quantity | None:
    """How far apart the two sides are; None where they are not in one unit, or are equal.

    Ranges that do not meet are held apart by their nearer ends, others by the ends that differ.
    """
    for pair in _pairs(draft):
        sides = [side for item in pair if (side := _side(facts, draft, item, named)) is not None]
        if len(sides) < 2 or not _alike(facts, sides[0].unit, sides[1].unit):
            continue
        unit = sides[0].unit or sides[1].unit
        one, other = (side.converted(facts, unit) for side in sides)
        apart = max(one.span.low - other.span.high, other.span.low - one.span.high)
        if apart <= 0:
            low, high = one.span.low - other.span.low, one.span.high - other.span.high
            apart = max(abs(low), abs(high))
        if not apart:
            return None
        shown = "pp" if unit == "pct" else unit
        decimals = max(one.decimals, other.decimals)
        if not round(apart, decimals):
            decimals = min(places(apart), MOST)
        number = Number(apart, decimals, shown, GAP, (one.id, other.id))
        return _quantity(facts, draft, "gap", number)
    return None


@dataclass(frozen=True)
class _Held:
    """One side of a comparison: the id of its row or result, all it may be, unit and decimals."""

    id: str
    span: Interval
    unit: str
    decimals: int

    def converted(self, facts: Facts, unit: str) -> "_Held":
        own, span = self.unit or unit, self.span
        low, high = (facts.convert(end, own, unit) for end in (span.low, span.high))
        scale = facts.convert(Decimal(1), own, unit).adjusted()
        return replace(self, span=Interval(low, high), decimals=max(0, self.decimals - scale))


def _side(
    facts: Facts, draft: Draft, side: Side, named: dict[str, Quantity | None]
) -> _Held | None:
    if isinstance(side, Number):
        id = _id_of(draft, side, named)
        return _Held(id, Interval.of(side.value), side.unit, side.decimals)
    ends = next((found for names in ENDS if (found := _known(side, names))), [])
    if not ends:
        return None
    decimals = max(map(places, ends))
    described = facts.edition.indicators.get(str(side.get("indicator")))
    if described and side.get("measure") == "level":
        decimals = min(decimals, described.decimals)
    return _Held(str(side["id"]), Interval.of(*ends), str(side["unit"] or ""), decimals)


def _known(row: Row, names: tuple[str, ...]) -> list[Decimal]:
    return [row[name] for name in names if row.get(name) is not None]


def _pairs(draft: Draft) -> list[tuple[Side, Side]]:
    if draft.apart is not None:
        return [(draft.apart[0], draft.apart[1])] if draft.apart else []
    sides = [draft.recomputed] if draft.recomputed and draft.recomputed.formula else []
    return [(draft.one, side) for side in (*sides, draft.other) if side is not None]


def _id_of(draft: Draft, number: Number, named: dict[str, Quantity | None]) -> str:
    if number.formula == PRINTED:
        return number.operands[0]
    every = {"recomputed": draft.recomputed, **draft.values}
    found = (named.get(name) for name, value in every.items() if value is number)
    return next((quantity.id for quantity in found if quantity), "")


def _alike(facts: Facts, one: str, other: str) -> bool:
    if not one or not other or one == other:
        return True
    known = one in facts.units and other in facts.units
    return known and facts.units[one][0] == facts.units[other][0]
