"""Periods of a year: months, quarters, half-year, nine months, full year."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from halfyear.errors import PeriodError, Problem

_FORM = re.compile(r"(?P<year>[0-9]{4})-(?P<part>0[1-9]|1[0-2]|Q[1-4]|H1|9M|FY)")
_SPANS = {"Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}
_CUTS = {"Q1": (1, 3), "H1": (1, 6), "9M": (1, 9), "FY": (1, 12)}
EDITIONS = tuple(_CUTS)


@dataclass(frozen=True)
class Period:
    """A month, quarter or cumulative part of a year, written YYYY-MM, -Qn, -H1, -9M, -FY."""

    year: int
    part: str

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read a period; raises PeriodError for anything else, path parts included."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise PeriodError(
                Problem(
                    "not a period",
                    expected="YYYY-MM, YYYY-Q1..Q4, YYYY-H1, YYYY-9M or YYYY-FY",
                    found=repr(text),
                    mend="write for example 2026-H1",
                )
            )
        return cls(int(match["year"]), match["part"])

    def __str__(self) -> str:
        return f"{self.year}-{self.part}"

    @property
    def months(self) -> tuple[int, int]:
        """First and last month, 1 to 12."""
        if self.part.isdigit():
            return int(self.part), int(self.part)
        return _SPANS.get(self.part) or _CUTS[self.part]

    @property
    def end(self) -> date:
        """Last day."""
        last = self.months[1]
        return date(self.year, last, calendar.monthrange(self.year, last)[1])

    @property
    def is_edition(self) -> bool:
        """Whether an edition can be cut here: it starts in January and ends a quarter."""
        return self.part in _CUTS

    @property
    def elapsed(self) -> int:
        """Months from January to the last month."""
        return self.months[1]

    def shift(self, years: int) -> "Period":
        """Give the same part of another year."""
        return Period(self.year + years, self.part)

    def full_year(self) -> "Period":
        """Give the year the period belongs to."""
        return Period(self.year, "FY")

    def last_quarter(self) -> "Period":
        """Give the quarter that ends with the period; a month or quarter gives its own quarter."""
        return Period(self.year, f"Q{(self.months[1] + 2) // 3}")

    def before_last_quarter(self) -> "Period | None":
        """Give the cumulative part of the year before the last quarter; None before Q2."""
        parts = {3: None, 6: "Q1", 9: "H1", 12: "9M"}
        part = parts.get(self.months[1])
        return Period(self.year, part) if part else None
