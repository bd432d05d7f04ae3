"""Rules about parts and wholes: sums of parts, growth of parts, figures that bound one another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from halfyear import yamlfile
from halfyear.analysis.base import implied
from halfyear.audit.finding import Draft, Number, Row
from halfyear.audit.rows import Facts
from halfyear.interval import Interval
from halfyear.period import Period

HUNDRED = Decimal(100)
RESIDUE = Decimal(2)
DRIFT = Decimal(5)
SHARE = "part / whole * 100"


def parts(facts: Facts) -> Iterator[Draft]:
    """Parts that add up to more than their whole.

    A part printed as a lower bound ("hơn") counts with that bound: where the bounds alone are
    above the total, the parts contradict it all the more.
    """
    for row in _levels(facts):
        children = _children(facts, row) if _adds_up(facts, row) else []
        if len(children) > 1 and _least(facts, children, row) > facts.span(row).high:
            added = _added(facts, children, row)
            yield Draft(
                "parts_above",
                "inconsistency",
                row["indicator"],
                row,
                children[0],
                facts.number(added, row, "sum of the parts", *children),
                {"parts": tuple(child["indicator"] for child in children)},
            )


def remainders(facts: Facts) -> Iterator[Draft]:
    """A remainder of a whole that changes much from one period to the next.

    Not where the year's plan leaves a remainder like the larger one.
    """
    groups: dict[str, list[_Remainder]] = {}
    for row in _levels(facts):
        children = _children(facts, row) if _adds_up(facts, row) else []
        exact = not row["bound"] and not any(child["bound"] for child in children)
        if len(children) > 1 and row["value"] and exact:
            left = row["value"] - _added(facts, children, row)
            key = f"{row['indicator']}/{len(children)}"
            rest = _Remainder(left / row["value"] * HUNDRED, left, row, tuple(children))
            groups.setdefault(key, []).append(rest)
    for found in groups.values():
        low, high = min(found, key=lambda r: r.share), max(found, key=lambda r: r.share)
        if high.share - low.share > RESIDUE and not _planned(facts, high):
            shares = [
                Number.rate(
                    rest.share, "(whole - parts) / whole * 100", rest.whole, *rest.parts, decimals=1
                )
                for rest in (high, low)
            ]
            yield Draft(
                "remainder",
                "to_verify",
                high.whole["indicator"],
                high.whole,
                low.whole,
                facts.number(high.left, high.whole, "whole - parts", high.whole, *high.parts),
                {"share": shares[0], "other_share": shares[1]},
                apart=(shares[0], shares[1]),
            )


@dataclass(frozen=True)
class _Remainder:
    """What the parts of a whole leave: per cent of it, in its unit, the whole and its parts."""

    share: Decimal
    left: Decimal
    whole: Row
    parts: tuple[Row, ...]


def part_bases(facts: Facts) -> Iterator[Draft]:
    """Growth of a whole against the growth of its parts, through the bases they imply."""
    for claim in facts.claims("sum"):
        rows = [found[0] for found in facts.operands(claim) if found]
        if claim["value"] is not None or len(rows) < 3 or rows[0].get("measure") != "level":
            continue
        if "time_period" not in rows[0]:  # a result of five years has no year before
            continue
        period = Period.parse(rows[0]["time_period"])
        if not all(_grows(facts, row) for row in rows):
            continue
        found = [implied(facts.edition, row["indicator"], period) for row in rows]
        if any(item is None for item in found):
            continue
        known = [item for item in found if item]
        spans = [item.known for item in known]
        added = sum(spans[1:], Interval.of(0))
        if not added.overlaps(spans[0]):
            middle = facts.number(added.middle, rows[0])
            below = tuple(item.id for item in known[1:])
            number = replace(middle, formula="sum of the parts", operands=below)
            whole = facts.number(spans[0].middle, rows[0])
            base = replace(whole, formula=known[0].formula, operands=known[0].operands)
            values = {"implied": base}
            yield Draft(
                "part_bases",
                "inconsistency",
                rows[0]["indicator"],
                rows[0],
                rows[1],
                number,
                values,
                apart=(base, number),
            )


def related(facts: Facts) -> Iterator[Draft]:
    """Figures that bound one another by what they mean, as relations.yml lists them."""
    relations = _relations()
    for small, large in relations["at_most"]:
        for one, other in _pairs(facts, small, large):
            if facts.span(one).low > facts.span(other).high:
                yield Draft("at_most", "to_verify", small, other, one, values={"bound": (large,)})
    for small, large in relations["steady_ratio"]:
        for one, other in _pairs(facts, small, large):
            yield from _drift(facts, one, other)


def _drift(facts: Facts, one: Row, other: Row) -> Iterator[Draft]:
    """A ratio that the growth of both figures moves too far from a year earlier."""
    period = Period.parse(one["time_period"])
    before = [implied(facts.edition, row["indicator"], period) for row in (one, other)]
    if before[0] is None or before[1] is None or not other["value"]:
        return
    if before[1].known.low <= 0:
        return
    now = one["value"] / other["value"] * HUNDRED
    then = before[0].known.middle / before[1].known.middle * HUNDRED
    if abs(now - then) > DRIFT:
        past = Number(then, 1, "pct", SHARE, (*before[0].operands, *before[1].operands))
        values = {"then": past, "bound": (other["indicator"],)}
        number = Number.rate(now, SHARE, one, other, decimals=1)
        yield Draft(
            "steady_ratio",
            "to_verify",
            one["indicator"],
            other,
            one,
            number,
            values,
            apart=(past, number),
        )


def shares(facts: Facts) -> Iterator[Draft]:
    """Shares of one whole that add up to more than all of it."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for table, when in (("observations", "time_period"), ("baseline", "scope")):
        for row in facts.rows[table]:
            if row["measure"] == "share" and row["value"] is not None:
                parent = facts.edition.indicators[row["indicator"]].parent
                groups.setdefault((row["place"], parent, row[when], row["source"]), []).append(row)
    for rows in groups.values():
        added = sum((facts.span(row) for row in rows), Interval.of(0))
        if len(rows) > 1 and added.low > HUNDRED:
            number = Number.rate(added.middle, "sum of the parts", *rows)
            rule, first = "shares", rows[0]
            yield Draft(rule, "inconsistency", first["indicator"], first, rows[1], number, apart=())


@cache
def _relations() -> dict[str, list[tuple[str, str]]]:
    relations = yamlfile.packed("halfyear.audit.rules", "relations.yml")
    return {name: [(pair[0], pair[1]) for pair in pairs] for name, pairs in relations.items()}


def _levels(facts: Facts) -> Iterator[Row]:
    place = facts.edition.params.place
    for row in facts.rows["observations"]:
        if row["place"] == place and row["measure"] == "level":
            yield row


def _added(facts: Facts, children: Sequence[Row], whole: Row) -> Decimal:
    """The parts' printed values in the unit of the whole, added up."""
    values = (facts.convert(row["value"], row["unit"], whole["unit"]) for row in children)
    return sum(values, Decimal(0))


def _least(facts: Facts, children: Sequence[Row], whole: Row) -> Decimal:
    """The least that the parts add up to within their rounding and bounds."""
    values = (facts.convert(facts.span(row).low, row["unit"], whole["unit"]) for row in children)
    return sum(values, Decimal(0))


def _planned(facts: Facts, rest: "_Remainder") -> bool:
    """Whether a plan of the year leaves a remainder like this one."""
    year = Period.parse(rest.whole["time_period"]).year
    plan = [
        row
        for row in facts.rows["plan"]
        if row["year"] == year and row["measure"] == "level" and row["low"] is not None
    ]
    for whole in plan:
        if whole["indicator"] != rest.whole["indicator"] or not whole["low"]:
            continue
        names = {part["indicator"] for part in rest.parts}
        parts = [r for r in plan if r["indicator"] in names and r["set_by"] == whole["set_by"]]
        if {row["indicator"] for row in parts} == names:
            share = (1 - sum(row["low"] for row in parts) / whole["low"]) * HUNDRED
            if abs(share - rest.share) <= RESIDUE:
                return True
    return False


def _children(facts: Facts, row: Row) -> list[Row]:
    names = [i.id for i in facts.edition.indicators.values() if i.parent == row["indicator"]]
    keys = ("time_period", "cutoff", "source", "place", "line")
    return [
        child
        for name in names
        for child in facts.observations(name, "level", row["time_period"])
        if all(child[key] == row[key] for key in keys)
        and facts.units[child["unit"]][0] == facts.units[row["unit"]][0]
    ]


def _adds_up(facts: Facts, row: Row) -> bool:
    kinds = ("flow", "stock", "count", "cumulative")
    return facts.edition.indicators[row["indicator"]].kind in kinds


def _grows(facts: Facts, row: Row) -> bool:
    measures = ("growth_yoy", "ratio_yoy", "multiple_yoy")
    return any(facts.observations(row["indicator"], m, row["time_period"]) for m in measures)


def _pairs(facts: Facts, small: str, large: str) -> Iterator[tuple[Row, Row]]:
    for one in _levels(facts):
        if one["indicator"] == small and not one["bound"]:
            for other in facts.observations(large, "level", one["time_period"]):
                yield one, other
