"""The identity of an edition: its period, and its place where that is not the project's own."""

import re
from dataclasses import dataclass, replace

from halfyear.errors import PeriodError, Problem
from halfyear.period import Period

_CODE = re.compile(r"[A-Z][A-Za-z]*(_old)?")


@dataclass(frozen=True)
class Identity:
    """What an edition is called: "2026-H1", or "QN/2026-H1" for a second place of a project.

    place is the code of that place, and "" for the project's own. The name is that of the params
    file and of the folder that is built.
    """

    period: Period
    place: str = ""

    @classmethod
    def parse(cls, text: str) -> "Identity":
        """Read a name; raises PeriodError where its period, or the code of its place, is none."""
        place, mark, period = text.rpartition("/")
        if mark and not _CODE.fullmatch(place):
            expected, mend = "a period, or PLACE/PERIOD, as in QN/2026-H1", "write it in that form"
            raise PeriodError(Problem("no edition", expected=expected, found=text, mend=mend))
        return cls(Period.parse(period), place)

    def __str__(self) -> str:
        return f"{self.place}/{self.period}" if self.place else str(self.period)

    def at(self, period: Period) -> "Identity":
        """The edition of the same place in another period."""
        return replace(self, period=period)
