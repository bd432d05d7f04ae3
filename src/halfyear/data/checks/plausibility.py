"""Plausibility: figures that do not fit what was known of their indicator before them."""

from collections.abc import Iterator

from halfyear.data.checks.rows import at, records
from halfyear.data.corrections import Violation
from halfyear.data.frames import Tables
from halfyear.data.plausible import Memory

ELSEWHERE = ("share_beyond",)  # told by the identities as share_outside


def violations(tables: Tables) -> Iterator[Violation]:
    """List the observations that are not plausible, each against what was known before it."""
    memory = Memory.of(tables)
    rows = {row["id"]: row for row in records(tables.observations)}
    for (place, indicator), known in memory.known.items():
        for one in known:
            for doubt in memory.doubts(place, indicator, one) if one.fact in rows else ():
                if doubt.code in ELSEWHERE:
                    continue
                fault = at(rows[one.fact], doubt.code, "value", beside=doubt.beside, **doubt.values)
                yield Violation(doubt.code, frozenset((one.fact,)), fault)
