"""Errors of the package, all of them readable by the person who can mend them.

HalfyearError
├── DataError        a table breaks its contract
├── ParamsError      a params file breaks its contract
├── PeriodError      a text is not a period
├── NumeralError     a text is not surely one number
├── UnitError        units are unknown or do not match
├── NotComputable    an operand is missing, so nothing is computed
├── IntakeError      a report cannot be read or a review sheet cannot be accepted
├── NotebookError    a notebook stopped
├── TextError        a text of the briefing is missing or broken
├── RenderError      a page could not be rendered or fails its check
└── BuildError       the build could not be published
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where it stands, and how to mend it; `vi` tells it in Vietnamese."""

    what: str
    file: str = ""
    row: int | None = None
    column: str = ""
    expected: str = ""
    found: str = ""
    mend: str = ""
    vi: "Problem | None" = None

    def say(self, lang: str) -> "Problem":
        """Tell the problem in a language, "vi" or "en", as far as it has been written in it."""
        return self.vi if lang == "vi" and self.vi is not None else self

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.file,
                f"row {self.row}" if self.row is not None else "",
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        details = "; ".join(
            part
            for part in (
                f"expected {self.expected}" if self.expected else "",
                f"found {self.found}" if self.found else "",
                f"mend: {self.mend}" if self.mend else "",
            )
            if part
        )
        head = f"{place}: {self.what}" if place else self.what
        return f"{head} ({details})" if details else head


class HalfyearError(Exception):
    """Base of all errors; carries one or more problems."""

    def __init__(self, *problems: Problem | str) -> None:
        self.problems = tuple(p if isinstance(p, Problem) else Problem(p) for p in problems)
        super().__init__("\n".join(str(p) for p in self.problems))


class DataError(HalfyearError):
    """A table breaks its contract."""


class ParamsError(HalfyearError):
    """A params file breaks its contract."""


class PeriodError(HalfyearError):
    """A text is not a period."""


class NumeralError(HalfyearError):
    """A text is not surely one number."""


class UnitError(HalfyearError):
    """Units are unknown or do not match."""


class NotComputable(HalfyearError):
    """An operand is missing, so nothing is computed."""


class IntakeError(HalfyearError):
    """A report cannot be read or a review sheet cannot be accepted."""


class NotebookError(HalfyearError):
    """A notebook stopped."""


class TextError(HalfyearError):
    """A text of the briefing is missing or broken."""


class RenderError(HalfyearError):
    """A page could not be rendered or fails its check."""


class BuildError(HalfyearError):
    """The build could not be published."""
