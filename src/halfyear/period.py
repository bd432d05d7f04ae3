"""Periods of a year: months, quarters, and months since January up to the full year."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from halfyear.errors import PeriodError, Problem

_FORM = re.compile(r"(?P<year>[0-9]{4})-(?P<part>0[1-9]|1[0-2]|Q[1-4]|H1|9M|FY|M0[24578]|M1[01])")
_SPANS = {"Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}
_CUTS = {"Q1": (1, 3), "H1": (1, 6), "9M": (1, 9), "FY": (1, 12)}
EDITIONS = tuple(_CUTS)
_SINCE = {last: part for part, (_, last) in _CUTS.items()}


@dataclass(frozen=True)
class Period:
    """A month, quarter or cumulative part of a year, written YYYY-MM, -Qn, -H1, -9M, -FY.

    Months since January that end no quarter are written -M02, -M04 and so on, as in 2026-M08.
    """

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
                    expected="YYYY-MM, YYYY-Q1..Q4, YYYY-H1, YYYY-9M, YYYY-FY or YYYY-M08",
                    found=repr(text),
                    mend="write for example 2026-H1",
                )
            )
        return cls(int(match["year"]), match["part"])

    @classmethod
    def since_january(cls, year: int, months: int) -> "Period":
        """Give the first months of a year, 1 to 12; raises PeriodError for another number."""
        part = f"{months:02}" if months == 1 else _SINCE.get(months, f"M{months:02}")
        return cls.parse(f"{year}-{part}")

    def __str__(self) -> str:
        return f"{self.year}-{self.part}"

    @property
    def months(self) -> tuple[int, int]:
        """First and last month, 1 to 12."""
        if self.part.isdigit():
            return int(self.part), int(self.part)
        if self.part[0] == "M":
            return 1, int(self.part[1:])
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
    def is_cumulative(self) -> bool:
        """Whether it runs from January on."""
        return self.months[0] == 1

    @property
    def edition(self) -> "Period":
        """The first edition that holds what is known at its end: of 2026-M08 it is 2026-9M."""
        last = next(last for last in _SINCE if last >= self.months[1])
        return Period(self.year, _SINCE[last])

    @property
    def naming(self) -> str:
        """What texts call its form: month, months (since January), or its part such as H1."""
        if self.part.isdigit():
            return "month"
        return "months" if self.part[0] == "M" else self.part

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
