"""Restatements: the same figure printed again is a claim about the first, not a second fact."""

from decimal import Decimal

from halfyear.intake.proposal import Proposal, key, scenario_key
from halfyear.intake.reason import Reason

LEAST = 0.6
ROUND = Decimal("0.05")
FACTS = {"observations": key, "scenarios": scenario_key}


def mark(made: list[Proposal]) -> None:
    """Turn figures printed again into claims, and doubt those printed again differently."""
    first: dict[tuple[str, ...], Proposal] = {}
    for row in made:
        if row.table not in FACTS or not row.indicator or row.value is None:
            continue
        earlier = first.setdefault(row.key, row)
        if earlier is row:
            continue
        if earlier.value == row.value and earlier.unit == row.unit:
            row.operands = FACTS[row.table](earlier)
            row.table, row.kind = "claims", "restatement"
            row.doubt(earlier.confidence, Reason.of("printed_before", line=earlier.line))
        else:
            _differ(earlier, row)


def _differ(earlier: Proposal, row: Proposal) -> None:
    """Doubt the later of two figures of one fact, and both where neither is a round form."""
    plausible = row.confidence >= LEAST
    row.doubt(0.4, Reason.of("printed_otherwise", line=earlier.line))
    if plausible and _apart(earlier, row):
        earlier.doubt(0.7, Reason.of("printed_otherwise", line=row.line))
    elif earlier.confidence < row.confidence * 2:
        earlier.doubt(0.85, Reason.of("printed_otherwise", line=row.line))


def _apart(earlier: Proposal, row: Proposal) -> bool:
    """Tell whether two values are further apart than one and its round form."""
    assert earlier.value is not None
    assert row.value is not None
    return abs(earlier.value - row.value) > ROUND * max(abs(earlier.value), abs(row.value))
