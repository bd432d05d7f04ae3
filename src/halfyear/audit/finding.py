"""Findings: what the audit has to say about two figures, and where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

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


@dataclass(frozen=True)
class Number:
    """A number of a note: value, decimals shown, unit id."""

    value: Decimal
    decimals: int
    unit: str = ""


@dataclass(frozen=True)
class Draft:
    """A finding before it is put into words.

    rule names the template of its note; kind is one of CLASSES; one and other are the rows it
    holds against each other; moves tells that it changes a headline verdict or share of plan.
    """

    rule: str
    kind: str
    indicator: str
    one: Row
    other: Row | None = None
    recomputed: Number | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    moves: bool = False


@dataclass(frozen=True)
class Finding:
    """One line of the audit; the fields are the columns of audit.csv, in order."""

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

    def cells(self) -> list[str]:
        """Give the cells; text that a spreadsheet would run as a formula is made harmless."""
        return [_harmless(str(getattr(self, name))) for name in self.__dataclass_fields__]


COLUMNS = ["id", "class", *list(Finding.__dataclass_fields__)[2:]]


def _harmless(text: str) -> str:
    if not text or text[0] not in "=+-@\t\r":
        return text
    try:
        Decimal(text)
    except ArithmeticError:
        return f"'{text}"
    return text
