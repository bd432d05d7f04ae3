"""Doubts: figures of a review sheet that do not fit what is known and that nobody confirmed."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from halfyear.data.checks import plausibility
from halfyear.data.faults import Fault, fault
from halfyear.data.plausible import Doubt, Memory
from halfyear.intake.sheet import ticked


def problems(rows: Iterable[Mapping[str, str]], memory: Memory) -> list[Fault]:
    """List the observations among these rows that are not plausible, each at its row."""
    return [
        fault(
            doubt.code,
            file=row["sheet"],
            row=int(row["row"]),
            column="value",
            found=row["value"],
            beside=doubt.beside,
            **doubt.values,
        )
        for row in rows
        if row["table"] == "observations" and row["confirmed"].casefold() not in ticked.YES
        for doubt in _doubts(row, memory)
        if doubt.code not in plausibility.ELSEWHERE
    ]


def _doubts(row: Mapping[str, str], memory: Memory) -> Iterator[Doubt]:
    figure = memory.figure({**row, "value": _number(row["value"])})
    if figure is not None:
        yield from memory.doubts(row["place"], row["indicator"], figure)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
