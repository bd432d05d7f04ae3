"""Claims that can be recomputed: sums and shares against the figures they are about."""

from collections.abc import Iterator
from decimal import Decimal

from halfyear.data import ids
from halfyear.data.checks.figures import plain
from halfyear.data.checks.rows import Row, at, records
from halfyear.data.corrections import Violation
from halfyear.data.frames import Tables
from halfyear.data.numeral import numerals
from halfyear.data.units import Units
from halfyear.errors import NumeralError, UnitError

FACTS = ("observations", "scenarios", "plan", "goals", "baseline")
SHARES = ("share_of_plan", "ratio")


def violations(tables: Tables) -> Iterator[Violation]:
    """List sums, shares and restatements that their own figures do not give within rounding.

    A sum without a value names its total first, then the parts. A share of several plans, or
    of a range, must fit one of them.
    """
    units = Units.from_frame(tables.units)
    names = ids.Names(row for name in FACTS for row in records(getattr(tables, name)))
    for claim in records(tables.claims):
        operands = [
            _meant(operand, [dict(row) for row in names.called(operand, claim["source"])])
            for operand in ids.operands(claim["operands"])
        ]
        try:
            single = operands and all(len(found) == 1 for found in operands)
            if claim["kind"] == "sum" and single:
                yield from _sum(claim, [found[0] for found in operands], units)
            if claim["kind"] in SHARES and claim["unit"] == "pct" and len(operands) == 2:
                yield from _share(claim, operands[0], operands[1], units)
            if claim["kind"] == "restatement":
                yield from _restatement(claim, [row for found in operands for row in found], units)
        except (NumeralError, UnitError):
            continue


def _meant(operand: str, rows: list[Row]) -> list[Row]:
    """The row that bears the very id, else all of the same beginning."""
    return [row for row in rows if row["id"] == operand] or rows


def _sum(claim: Row, operands: list[Row], units: Units) -> Iterator[Violation]:
    if claim["value"] is None:
        total, parts = operands[0], operands[1:]
    else:
        total, parts = claim, operands
    terms = [_term(row, row["value"], total["unit"], units) for row in (total, *parts)]
    whole, added = terms[0][0], sum((value for value, _ in terms[1:]), Decimal(0))
    slack = sum((half for _, half in terms), Decimal(0))
    if abs(added - whole) > slack:
        facts = frozenset([claim["id"], *(row["id"] for row in operands)])
        values = {"found": plain(added), "total": plain(whole), "slack": plain(slack)}
        yield Violation(
            "parts_not_total", facts, at(claim, "parts_not_total", "operands", **values)
        )


def _share(claim: Row, parts: list[Row], wholes: list[Row], units: Units) -> Iterator[Violation]:
    stated, half = _term(claim, claim["value"], "pct", units)
    ends = [
        100 * (value + side * slack) / base
        for part in parts
        for value, slack in [_term(part, part.get("value"), part["unit"], units)]
        for whole in wholes
        for name in ("value", "low", "high")
        if (end := whole.get(name)) is not None
        for base in [units.convert(end, whole["unit"], part["unit"])]
        if base
        for side in (-1, 1)
    ]
    fits = any(
        low - half <= stated <= high + half for low, high in zip(ends[::2], ends[1::2], strict=True)
    )
    if ends and not fits:
        facts = frozenset([claim["id"], *(row["id"] for row in parts)])
        low, high = (plain(round(end, 2)) for end in (min(ends), max(ends)))
        told = at(claim, "share_not_recomputed", "value", low=low, high=high)
        yield Violation("share_not_recomputed", facts, told)


def _restatement(claim: Row, operands: list[Row], units: Units) -> Iterator[Violation]:
    if claim["value"] is None or not operands:
        return
    stated, half = _term(claim, claim["value"], claim["unit"], units)
    meant = [
        _term({**row, "bound": ""}, row[name], claim["unit"], units)
        for row in operands
        for name in ("value", "low", "high", "value_high")
        if row.get(name) is not None
    ]
    if meant and not any(abs(stated - value) <= half + slack for value, slack in meant):
        facts = frozenset([claim["id"], *(row["id"] for row in operands)])
        place = {"value": plain(meant[0][0]), "unit": claim["unit"], "fact": operands[0]["id"]}
        told = at(claim, "restated_otherwise", "value", **place)
        yield Violation("restated_otherwise", facts, told)


def _term(row: Row, value: Decimal | None, unit: str, units: Units) -> tuple[Decimal, Decimal]:
    """Give a figure in a unit, and half a unit of its last printed digit.

    Counts, which are printed whole in a base unit, are exact.
    """
    if value is None or row.get("bound"):
        raise NumeralError("not one exact figure")
    own = row["unit"] or unit
    printed_unit = row["printed_unit"] or own
    decimals = numerals(row["printed"])[0].partition(",")[2] if numerals(row["printed"]) else ""
    exact = not decimals and units[printed_unit].multiplier == 1 and printed_unit != "pct"
    half = Decimal(0) if exact else Decimal("0.5").scaleb(-len(decimals))
    return units.convert(value, own, unit), units.convert(half, printed_unit, unit)
