"""Rules about claims: shares, ratios, sums, growth and figures printed twice."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from halfyear.audit.facts import Facts
from halfyear.audit.finding import Draft, Number, Row
from halfyear.data.numeral import numerals
from halfyear.interval import Interval

HUNDRED = Decimal(100)
SLIP = Decimal("0.001")
NEAR = Decimal(1)


def shares_of_plan(facts: Facts) -> Iterator[Draft]:
    """A stated share of a plan against actual / plan, at both ends of every plan it may mean."""
    loose: dict[str, list[tuple[Row, Row]]] = defaultdict(list)
    for claim in facts.claims("share_of_plan"):
        parts, *plans = facts.operands(claim) or [[]]
        part = next((row for row in parts if row.get("value") is not None), None)
        if part is None or not claim["value"]:
            continue
        named = sorted(plans[0], key=facts.foreign) if plans else [part]
        ends = [(row, end) for row in named for end in _ends(row)]
        if ends:
            yield from _share(facts, claim, part, ends)
        else:
            loose[claim["indicator"]].append((claim, part))
            yield _unverifiable(facts, claim, part, part["value"] / claim["value"] * HUNDRED)
    for pairs in loose.values():
        yield from _two_plans(facts, pairs)


def excesses(facts: Facts) -> Iterator[Draft]:
    """A stated excess over a plan that no document prints: the plan it implies."""
    for claim in facts.claims("excess_of_plan"):
        part = next((row for rows in facts.operands(claim)[:1] for row in rows), None)
        if part is None or part["value"] is None or (claim["value"] or -HUNDRED) <= -HUNDRED:
            continue
        implied = part["value"] - claim["value"]
        if claim["unit"] == "pct":
            implied = part["value"] / (1 + claim["value"] / HUNDRED)
        yield _unverifiable(facts, claim, part, implied)


def ratios(facts: Facts) -> Iterator[Draft]:
    """A ratio printed beside its counts, or counts printed beside their share."""
    for claim in facts.claims("ratio"):
        operands = [rows[0] for rows in facts.operands(claim) if rows]
        if claim["total"] is not None and operands:
            yield from _counts(facts, claim, operands[0])
        elif len(operands) == 2 and claim["unit"] == "pct" and operands[1]["value"]:
            part, whole = operands
            found = _ratio(facts, part, whole["value"], whole["unit"])
            if not found.overlaps(_stated(facts, claim)):
                yield _off("ratio", claim, part, found.middle)


def restatements(facts: Facts) -> Iterator[Draft]:
    """A figure that is printed again, otherwise."""
    for claim in facts.claims("restatement"):
        rows = [row for found in facts.operands(claim) for row in found]
        if claim["value"] is None or not rows:
            continue
        meant = [
            (row, facts.convert(row[name], row["unit"], claim["unit"]))
            for row in rows
            for name in ("value", "value_high", "low", "high")
            if row.get(name) is not None
        ]
        if meant and not any(_again(facts, claim, row, value) for row, value in meant):
            row, value = meant[0]
            apart = abs(claim["value"] / value - 1) if value else NEAR
            kind = "slip" if apart <= SLIP else "contradiction"
            printed = facts.number(facts.convert(value, claim["unit"], row["unit"]), row)
            yield Draft("restatement", kind, claim["indicator"], claim, row, printed)


def sums(facts: Facts) -> Iterator[Draft]:
    """Parts against their printed total, and the bases of the parts against the total's."""
    for claim in facts.claims("sum"):
        operands = [rows[0] for rows in facts.operands(claim) if rows]
        if len(operands) < 2 or any(row.get("value") is None for row in operands):
            continue
        total, parts = (operands[0], operands[1:]) if claim["value"] is None else (claim, operands)
        spans = [_in(facts, part, total["unit"]) for part in parts]
        added = sum(spans, Interval.of(0))
        if not added.overlaps(_in(facts, total, total["unit"])):
            yield Draft(
                "sum",
                "contradiction",
                claim["indicator"],
                total,
                parts[0],
                facts.number(added.middle, total),
                {"parts": tuple(part["indicator"] for part in parts)},
            )


def growths(facts: Facts) -> Iterator[Draft]:
    """A growth rate printed beside both of its levels."""
    for claim in facts.claims("growth"):
        operands = [rows[0] for rows in facts.operands(claim) if rows]
        if len(operands) != 3 or not operands[2]["value"]:
            continue
        rate, now, before = operands
        found = (_in(facts, now, now["unit"]) / _in(facts, before, now["unit"]) - 1) * HUNDRED
        if not found.overlaps(facts.span(rate)):
            yield _off("growth", rate, before, found.middle)


def twins(facts: Facts) -> Iterator[Draft]:
    """One stated share for two denominators on one line."""
    seen: dict[tuple[object, ...], Row] = {}
    for claim in facts.claims("share_of_plan"):
        key = (claim["source"], claim["line"], claim["indicator"], claim["printed"])
        first = seen.setdefault(key, claim)
        if first is not claim and first["operands"] != claim["operands"]:
            yield Draft("twin_share", "unverifiable", claim["indicator"], first, claim)


def _share(facts: Facts, claim: Row, part: Row, ends: list[tuple[Row, Decimal]]) -> Iterator[Draft]:
    stated = _stated(facts, claim)
    found = [(row, _ratio(facts, part, end, row["unit"])) for row, end in ends]
    if any(stated.overlaps(Interval.of(span.middle)) for _, span in found):
        return
    if _beside(facts, claim, stated):
        return
    row, nearest = min(found, key=lambda pair: abs(pair[1].middle - claim["value"]))
    values = {
        "low": Number(min(span.middle for _, span in found), 2, "pct"),
        "high": Number(max(span.middle for _, span in found), 2, "pct"),
        "implied": facts.number(part["value"] / claim["value"] * HUNDRED, part),
    }
    if any(stated.overlaps(span) for _, span in found) or _cut(claim, nearest.middle):
        yield Draft(
            "share_rounding",
            "rounding",
            claim["indicator"],
            claim,
            row,
            Number(nearest.middle, 2, "pct"),
            values,
        )
        return
    yield Draft(
        "share" if len(found) == 1 else "share_range",
        "contradiction",
        claim["indicator"],
        claim,
        row,
        Number(nearest.middle, 2, "pct"),
        values,
        moves=claim["indicator"] in facts.headline and _current(facts, claim),
    )


def _beside(facts: Facts, claim: Row, stated: Interval) -> bool:
    """Whether counts printed on the same line, "16,779/15,500", give the stated share."""
    return any(
        other["total"]
        and all(other[name] == claim[name] for name in ("source", "line", "indicator"))
        and stated.overlaps(Interval.of(other["value"] / other["total"] * HUNDRED))
        for other in facts.claims("restatement")
    )


def _counts(facts: Facts, claim: Row, row: Row) -> Iterator[Draft]:
    stated = row["low"] if row.get("value") is None else row["value"]
    if stated is None or not claim["total"]:
        return
    found = claim["value"] / claim["total"] * HUNDRED
    needed = (claim["total"] * stated / HUNDRED).to_integral_value(ROUND_CEILING)
    if abs(found - stated) > facts.half(row) and needed != claim["value"]:
        yield _off("counts", claim, row, found)


def _two_plans(facts: Facts, pairs: list[tuple[Row, Row]]) -> Iterator[Draft]:
    """Shares of one unprinted plan must imply one plan."""
    for number, (claim, part) in enumerate(pairs):
        for other, whole in pairs[number + 1 :]:
            one, two = (_plan(facts, c, p) for c, p in ((claim, part), (other, whole)))
            if not one.overlaps(two):
                values = {
                    "first": facts.number(one.middle, part),
                    "second": facts.number(two.middle, whole),
                }
                yield Draft(
                    "two_plans",
                    "contradiction",
                    claim["indicator"],
                    claim,
                    other,
                    values["second"],
                    values,
                )


def _plan(facts: Facts, claim: Row, part: Row) -> Interval:
    return facts.span(part) / _stated(facts, claim) * HUNDRED


def _unverifiable(facts: Facts, claim: Row, part: Row, implied: Decimal) -> Draft:
    number = facts.number(implied, part)
    return Draft("plan_unprinted", "unverifiable", claim["indicator"], claim, part, number)


def _off(rule: str, claim: Row, row: Row, found: Decimal) -> Draft:
    stated = claim["value"] if claim["unit"] == "pct" else row.get("value") or row.get("low")
    kind = "slip" if stated is not None and abs(found - stated) <= NEAR else "contradiction"
    return Draft(rule, kind, claim["indicator"], claim, row, Number(found, 2, "pct"))


def _ratio(facts: Facts, part: Row, whole: Decimal, unit: str) -> Interval:
    return _in(facts, part, unit) / whole * HUNDRED


def _in(facts: Facts, row: Row, unit: str) -> Interval:
    half = facts.half(row)
    value: Decimal = row["value"]
    return Interval(*(facts.convert(v, row["unit"], unit) for v in (value - half, value + half)))


def _stated(facts: Facts, claim: Row) -> Interval:
    return Interval(claim["value"] - facts.half(claim), claim["value"] + facts.half(claim))


def _again(facts: Facts, claim: Row, row: Row, value: Decimal) -> bool:
    room = facts.half(claim) + facts.convert(facts.half(row), row["unit"], claim["unit"])
    return bool(value == claim["value"] or abs(value - claim["value"]) < room)


def _cut(claim: Row, found: Decimal) -> bool:
    """Whether a share was cut off instead of rounded."""
    printed = numerals(claim["printed"])
    step = Decimal(1).scaleb(-len(printed[0].partition(",")[2])) if printed else Decimal(1)
    return bool(found.quantize(step, rounding=ROUND_FLOOR) == claim["value"])


def _current(facts: Facts, claim: Row) -> bool:
    return str(claim["time_period"]).startswith(f"{facts.edition.period.year}-")


def _ends(row: Row) -> list[Decimal]:
    names = ("low", "high") if "low" in row else ("target_low", "target_high")
    return [row[name] for name in names if row.get(name)]
