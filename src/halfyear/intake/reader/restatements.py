"""Restatements: the same figure printed again is a claim about the first, not a second fact."""

from halfyear.intake.proposal import Proposal, key, scenario_key
from halfyear.intake.reason import Reason

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
            row.doubt(0.4, Reason.of("printed_otherwise", line=earlier.line))
            if earlier.confidence < row.confidence * 2:
                earlier.doubt(0.85, Reason.of("printed_otherwise", line=row.line))
