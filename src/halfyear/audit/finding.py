"""Findings: what the audit has to say about two figures, and where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from halfyear.results import Quantity

Row = Mapping[str, Any]

CLASSES = (
    "contradiction",
    "slip",
    "implausible",
    "break",
    "unverifiable",
    "revision",
    "rounding",
)
SEVERITIES = ("high", "medium", "low")
GRAVE = frozenset({"contradiction", "slip", "implausible"})
RATE_DECIMALS = 2


def keys(*rows: Row) -> tuple[str, ...]:
    """Ids of rows, in order."""
    return tuple(str(row["id"]) for row in rows)


@dataclass(frozen=True)
class Number:
    """A number of a note: value, decimals shown, unit id, formula and the ids it came from."""

    value: Decimal
    decimals: int
    unit: str = ""
    formula: str = ""
    operands: tuple[str, ...] = ()

    @classmethod
    def rate(
        cls,
        value: Decimal,
        formula: str,
        *rows: Row,
        decimals: int = RATE_DECIMALS,
        unit: str = "pct",
    ) -> "Number":
        """A rate computed from rows."""
        return cls(value, decimals, unit, formula, keys(*rows))


Side: TypeAlias = Row | Number


@dataclass(frozen=True)
class Draft:
    """A finding before it is put into words.

    rule names the template of its note; kind is one of CLASSES; one and other are the rows it
    holds against each other; moves tells that it changes a headline verdict or share of plan.
    apart are the two the gap lies between: by default the first figure and what is recomputed,
    or else the other figure; empty where there is no gap to tell.
    """

    rule: str
    kind: str
    indicator: str
    one: Row
    other: Row | None = None
    recomputed: Number | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    moves: bool = False
    apart: tuple[Side, ...] | None = None


@dataclass(frozen=True)
class Evidence:
    """What a finding rests on: the rows it compares, and what it computes, as named results.

    slots fill the places of its note: a row, a named result, names of indicators, or a word.
    """

    one: Row
    other: Row | None
    recomputed: Quantity | None
    gap: Quantity | None
    slots: Mapping[str, object]

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """All named results of the finding, each once."""
        inside = (item for item in self.slots.values() if isinstance(item, Quantity))
        found = (self.recomputed, *inside, self.gap)
        return tuple(dict.fromkeys(item for item in found if item is not None))


@dataclass(frozen=True)
class Finding:
    """One line of the audit: the columns of audit.csv in order, then what the line rests on."""

    id: str
    kind: str
    severity: str
    indicator: str
    source_a: str
    line_a: str
    figure_a: str
    source_b: str
    line_b: str
    figure_b: str
    recomputed: str
    note_vi: str
    note_en: str
    evidence: Evidence | None = None

    def cells(self) -> list[str]:
        """Give the cells; text that a spreadsheet would run as a formula is made harmless."""
        return [_harmless(str(getattr(self, name))) for name in _FIELDS]


_FIELDS = [name for name in Finding.__dataclass_fields__ if name != "evidence"]
COLUMNS = ["id", "class", *_FIELDS[2:]]


def _harmless(text: str) -> str:
    if not text or text[0] not in "=+-@\t\r":
        return text
    try:
        Decimal(text)
    except ArithmeticError:
        return f"'{text}"
    return text
