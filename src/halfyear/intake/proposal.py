"""Proposals: rows a reading offers to the analyst, with place, confidence and reason."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from halfyear.intake.reason import Reason
from halfyear.key import Key, Kind
from halfyear.period import Period

SURE = 0.8
NEEDED = ("indicator", "measure", "period", "unit")
FIGURES = ("observations", "scenarios", "plan")
TABLES = ("observations", "scenarios", "plan", "claims", "projects", "")


@dataclass(slots=True)
class Proposal:
    """A row offered for a table, or a figure left open where table is empty.

    grounds tell, by aspect, what the row rests on; reasons pull the confidence down from 1. At
    SURE and above, and with every ground it needs, a row is ticked beforehand.
    line and nth are its place, first and last its stretch in the paragraph's text.
    """

    table: str
    line: int
    nth: int | None
    printed: str
    section: str = ""
    paragraph: int = 0
    first: int = 0
    last: int = 0
    page: int = 0
    indicator: str = ""
    term: str = ""
    measure: str = ""
    kind: str = ""
    time_period: str = ""
    cutoff: date | None = None
    obs_status: str = ""
    value: Decimal | None = None
    high: Decimal | None = None
    total: Decimal | None = None
    unit: str = ""
    printed_unit: str = ""
    bound: str = ""
    comparison: str = ""
    price_base: str = ""
    word: str = ""
    state: str = ""
    operands: str = ""
    confidence: float = 1.0
    grounds: dict[str, Reason] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)

    def doubt(self, factor: float, reason: Reason | None = None) -> None:
        """Lower the confidence by a factor, saying why."""
        self.confidence *= factor
        if reason and reason not in self.reasons:
            self.reasons.append(reason)

    def lean(self, other: "Proposal") -> None:
        """Be less sure of a row that is about another one, saying so where that one is not sure."""
        self.doubt(other.confidence, None if other.sure else Reason.of("host_unsure"))

    @property
    def sure(self) -> bool:
        """Whether the row is ticked beforehand."""
        return bool(self.table) and self.confidence >= SURE

    @property
    def wanting(self) -> list[str]:
        """The aspects of a figure that rest on nothing."""
        return (
            [name for name in NEEDED if name not in self.grounds] if self.table in FIGURES else []
        )

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two figures the same fact."""
        return (self.table, self.indicator, self.measure, self.time_period, str(self.cutoff))


def key(row: Proposal) -> str:
    """Give the key of an observation."""
    end = Period.parse(row.time_period).end
    own = str(row.cutoff) if row.cutoff is not None and row.cutoff != end else ""
    return str(Key(Kind.OBS, row.indicator, row.measure, row.time_period, cutoff=own))


def scenario_key(row: Proposal) -> str:
    """Give the key of a scenario's figure."""
    return str(Key(Kind.SCN, row.indicator, row.measure, row.time_period))
