"""Rules about shares of plan: stated against recomputed, and the plans that shares imply."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal

from halfyear.audit.finding import Draft, Number, Row
from halfyear.audit.rows import Facts
from halfyear.audit.rules.compare import ratio, stated
from halfyear.data import second
from halfyear.data.numeral import numerals
from halfyear.interval import Interval

HUNDRED = Decimal(100)
SHARE = "actual / plan * 100"
IMPLIED = "actual / stated share"


def shares_of_plan(facts: Facts) -> Iterator[Draft]:
    """A stated share of a plan against actual / plan, at both ends of every plan it may mean."""
    loose: dict[str, list[tuple[Row, Row]]] = defaultdict(list)
    for claim in facts.claims("share_of_plan"):
        parts, *plans = facts.operands(claim) or [[]]
        part = next((row for row in parts if row.get("value") is not None), None)
        if part is None or not claim["value"]:
            continue
        named = sorted(plans[0], key=facts.foreign) if plans else [part]
        ends = [(row, end) for row in map(_target, named) for end in _ends(row)]
        if ends:
            yield from _share(facts, claim, part, ends)
        else:
            loose[claim["indicator"]].append((claim, part))
            implied = part["value"] / claim["value"] * HUNDRED
            yield _unverifiable(facts, claim, part, implied, IMPLIED)
    for pairs in loose.values():
        yield from _two_plans(facts, pairs)


def excesses(facts: Facts) -> Iterator[Draft]:
    """A stated excess over a plan that no document prints: the plan it implies."""
    for claim in facts.claims("excess_of_plan"):
        part = next((row for rows in facts.operands(claim)[:1] for row in rows), None)
        if part is None or part["value"] is None or (claim["value"] or -HUNDRED) <= -HUNDRED:
            continue
        implied, formula = part["value"] - claim["value"], "actual - excess"
        if claim["unit"] == "pct":
            implied = part["value"] / (1 + claim["value"] / HUNDRED)
            formula = "actual / (1 + excess / 100)"
        yield _unverifiable(facts, claim, part, implied, formula)


def twins(facts: Facts) -> Iterator[Draft]:
    """One stated share for two denominators on one line."""
    seen: dict[tuple[object, ...], Row] = {}
    for claim in facts.claims("share_of_plan"):
        key = (claim["source"], claim["line"], claim["indicator"], claim["printed"])
        first = seen.setdefault(key, claim)
        if first is not claim and first["operands"] != claim["operands"]:
            yield Draft("twin_share", "unverifiable", claim["indicator"], first, claim, apart=())


def _share(facts: Facts, claim: Row, part: Row, ends: list[tuple[Row, Decimal]]) -> Iterator[Draft]:
    said = stated(facts, claim)
    found = [(row, ratio(facts, part, end, row["unit"])) for row, end in ends]
    if any(said.overlaps(Interval.of(span.middle)) for _, span in found):
        return
    if _beside(facts, claim, said):
        return
    shares = [(row, Number.rate(span.middle, SHARE, part, row)) for row, span in found]
    row, nearest = min(shares, key=lambda pair: abs(pair[1].value - claim["value"]))
    numbers = [number for _, number in shares]
    implied = part["value"] / claim["value"] * HUNDRED
    values = {"implied": facts.number(implied, part, IMPLIED, part, claim)}
    if len(numbers) > 1:
        values["low"] = min(numbers, key=lambda number: number.value)
        values["high"] = max(numbers, key=lambda number: number.value)
    if any(said.overlaps(span) for _, span in found) or _cut(claim, nearest.value):
        yield Draft(
            "share_rounding",
            "rounding",
            claim["indicator"],
            claim,
            row,
            nearest,
            values,
        )
        return
    yield Draft(
        "share" if len(found) == 1 else "share_range",
        "contradiction",
        claim["indicator"],
        claim,
        row,
        nearest,
        values,
        moves=claim["indicator"] in facts.headline and _current(facts, claim),
    )


def _beside(facts: Facts, claim: Row, said: Interval) -> bool:
    """Whether counts printed on the same line, "16,779/15,500", give the stated share."""
    return any(
        other["total"]
        and all(other[name] == claim[name] for name in ("source", "line", "indicator"))
        and said.overlaps(Interval.of(other["value"] / other["total"] * HUNDRED))
        for other in facts.claims("restatement")
    )


def _two_plans(facts: Facts, pairs: list[tuple[Row, Row]]) -> Iterator[Draft]:
    """Shares of one unprinted plan must imply one plan."""
    for number, (claim, part) in enumerate(pairs):
        for other, whole in pairs[number + 1 :]:
            one, two = (_plan(facts, c, p) for c, p in ((claim, part), (other, whole)))
            if not one.overlaps(two):
                values = {
                    "first": facts.number(one.middle, part, IMPLIED, part, claim),
                    "second": facts.number(two.middle, whole, IMPLIED, whole, other),
                }
                yield Draft(
                    "two_plans",
                    "contradiction",
                    claim["indicator"],
                    claim,
                    other,
                    values["second"],
                    values,
                    apart=(values["first"], values["second"]),
                )


def _plan(facts: Facts, claim: Row, part: Row) -> Interval:
    return facts.span(part) / stated(facts, claim) * HUNDRED


def _unverifiable(facts: Facts, claim: Row, part: Row, implied: Decimal, formula: str) -> Draft:
    number = facts.number(implied, part, formula, part, claim)
    rule = "plan_unprinted"
    return Draft(rule, "unverifiable", claim["indicator"], claim, part, number, apart=())


def _cut(claim: Row, found: Decimal) -> bool:
    """Whether a share was cut off instead of rounded."""
    printed = numerals(claim["printed"])
    step = Decimal(1).scaleb(-len(printed[0].partition(",")[2])) if printed else Decimal(1)
    return bool(found.quantize(step, rounding=ROUND_FLOOR) == claim["value"])


def _current(facts: Facts, claim: Row) -> bool:
    return str(claim["time_period"]).startswith(f"{facts.edition.period.year}-")


def _ends(row: Row) -> list[Decimal]:
    return [row[name] for name in ("low", "high") if row.get(name)]


def _target(row: Row) -> Row:
    """The target a row states, or prints beside its result."""
    beside = "target_low" in row and "low" not in row
    return second.target(row) if beside else row
