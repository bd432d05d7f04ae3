"""Rules about claims: ratios, sums, growth and figures printed twice."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from halfyear.audit.finding import Draft, Number, Row
from halfyear.audit.rows import Facts
from halfyear.audit.rules.compare import ratio, stated, within
from halfyear.data import second
from halfyear.interval import Interval

HUNDRED = Decimal(100)
SLIP = Decimal("0.001")
NEAR = Decimal(1)
SHARE = "part / whole * 100"


def ratios(facts: Facts) -> Iterator[Draft]:
    """A ratio printed beside its counts, or counts printed beside their share."""
    for claim in facts.claims("ratio"):
        operands = [rows[0] for rows in facts.operands(claim) if rows]
        if claim["total"] is not None and operands:
            yield from _counts(facts, claim, operands[0])
        elif len(operands) == 2 and claim["unit"] == "pct" and operands[1]["value"]:
            part, whole = operands
            if not ratio(facts, part, whole["value"], whole["unit"]).overlaps(stated(facts, claim)):
                share = facts.convert(part["value"], part["unit"], whole["unit"]) / whole["value"]
                yield _off("ratio", claim, part, Number.rate(share * HUNDRED, SHARE, part, whole))


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
            kind = "typographical" if apart <= SLIP else "inconsistency"
            printed = facts.number(facts.convert(value, claim["unit"], row["unit"]), row)
            apart = (claim, row)
            yield Draft("restatement", kind, claim["indicator"], claim, row, printed, apart=apart)


def sums(facts: Facts) -> Iterator[Draft]:
    """Parts against their printed total; a bound ("hơn") leaves the values above it open."""
    for claim in facts.claims("sum"):
        operands = [rows[0] for rows in facts.operands(claim) if rows]
        if len(operands) < 2 or any(row.get("value") is None for row in operands):
            continue
        total, parts = (operands[0], operands[1:]) if claim["value"] is None else (claim, operands)
        spans = [within(facts, part, total["unit"]) for part in parts]
        if not sum(spans, Interval.of(0)).overlaps(within(facts, total, total["unit"])):
            values = (facts.convert(part["value"], part["unit"], total["unit"]) for part in parts)
            yield Draft(
                "sum",
                "inconsistency",
                claim["indicator"],
                total,
                parts[0],
                facts.number(sum(values, Decimal(0)), total, "sum of the parts", *parts),
                {"parts": tuple(part["indicator"] for part in parts)},
            )


def growths(facts: Facts) -> Iterator[Draft]:
    """A growth rate printed beside both of its levels."""
    for claim in facts.claims("growth"):
        operands = [rows[0] for rows in facts.operands(claim) if rows]
        if len(operands) != 3 or not operands[2]["value"]:
            continue
        rate, now, before = operands
        if now.get("bound") and before.get("bound"):
            continue
        spans = [within(facts, row, now["unit"]) for row in (now, before)]
        found = (spans[0] / spans[1] - 1) * HUNDRED
        if not found.overlaps(facts.span(rate)):
            grown = facts.convert(now["value"], now["unit"], before["unit"]) / before["value"]
            rise = (grown - 1) * HUNDRED
            number = Number.rate(rise, "(now / before - 1) * 100", now, before)
            yield _off("growth", rate, before, number)


def _counts(facts: Facts, claim: Row, row: Row) -> Iterator[Draft]:
    said = row["low"] if row.get("value") is None else row["value"]
    if said is None or not claim["total"]:
        return
    found = claim["value"] / claim["total"] * HUNDRED
    needed = (claim["total"] * said / HUNDRED).to_integral_value(ROUND_CEILING)
    if abs(found - said) > facts.half(row) and needed != claim["value"]:
        total = {**claim, "id": second.beside(claim["id"], second.TOTAL)}
        number = Number.rate(found, SHARE, claim, total)
        yield replace(_off("counts", claim, row, number), apart=(row, number))


def _off(rule: str, claim: Row, row: Row, found: Number) -> Draft:
    said = claim["value"] if claim["unit"] == "pct" else row.get("value") or row.get("low")
    near = said is not None and abs(found.value - said) <= NEAR
    kind = "typographical" if near else "inconsistency"
    return Draft(rule, kind, claim["indicator"], claim, row, found)


def _again(facts: Facts, claim: Row, row: Row, value: Decimal) -> bool:
    room = facts.half(claim) + facts.convert(facts.half(row), row["unit"], claim["unit"])
    return bool(value == claim["value"] or abs(value - claim["value"]) < room)
