"""Findings: what the audit has to say about two figures, and where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from halfyear.results import Quantity

Row = Mapping[str, Any]

CLASSES = (
    "inconsistency",
    "typographical",
    "to_verify",
    "break",
    "update",
    "rounding",
    "no_basis",
)
SEVERITIES = ("important", "notable", "minor")
DOUBT = frozenset({"inconsistency", "typographical", "to_verify"})
RECORD = "record"
JOINED = ";"
RATE_DECIMALS = 2
UNWRITTEN = ("theme", "weight", "sections", "evidence")


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
    holds against each other; moves tells that it changes a headline verdict, or on which side of
    last year's result a target lies. also names further indicators the same note is about.
    apart are the two the gap lies between: by default the first figure and what is recomputed,
    or else the other figure; empty where there is no gap to tell. whole is the figure the gap is
    weighed against, where it is not the larger of the two.
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
    also: tuple[str, ...] = ()
    whole: Row | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """The indicators the finding is about; none for one about a list or a document."""
        return tuple(name for name in (self.indicator, *self.also) if name)


@dataclass(frozen=True)
class Evidence:
    """What a finding rests on: the ids of the rows it compares, and what it computes.

    What fills the places of its note, by place: rows (their ids), numbers, names of indicators,
    documents, days, and words. stake is how far apart the two sides are: percentage points for
    rates, else per cent of the figure in question; 0 where there is no gap to tell.
    """

    one: str
    other: str | None
    recomputed: Quantity | None
    gap: Quantity | None
    rows: dict[str, str]
    numbers: dict[str, Quantity]
    names: dict[str, tuple[str, ...]]
    documents: dict[str, str]
    days: dict[str, date]
    words: dict[str, str]
    stake: Decimal = Decimal(0)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """All named results of the finding, each once."""
        results = (self.recomputed, *self.numbers.values(), self.gap)
        return tuple(dict.fromkeys(item for item in results if item is not None))


@dataclass(frozen=True)
class Finding:
    """One line of the audit: the columns of audit.csv in order, then what is not written there.

    indicator joins the ids of several indicators by JOINED. weight is what the finding puts at
    stake (severity.weight), sections the heading paths of its two figures; evidence what it
    rests on.
    """

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
    theme: str = ""
    weight: Decimal = Decimal(0)
    sections: tuple[str, str] = ("", "")
    evidence: Evidence | None = None

    @property
    def rule(self) -> str:
        """The rule that raised it."""
        return self.id.partition("/")[0]

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators it is about; none for one about a list or a document."""
        return tuple(name for name in self.indicator.split(JOINED) if name)

    def cells(self) -> list[str]:
        """Give the cells; text that a spreadsheet would run as a formula is made harmless."""
        return [_harmless(str(getattr(self, name))) for name in _FIELDS]


_FIELDS = [name for name in Finding.__dataclass_fields__ if name not in UNWRITTEN]
COLUMNS = ["id", "class", *_FIELDS[2:]]


def _harmless(text: str) -> str:
    if not text or text[0] not in "=+-@\t\r":
        return text
    try:
        Decimal(text)
    except ArithmeticError:
        return f"'{text}"
    return text
