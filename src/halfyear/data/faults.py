"""Faults of the data: problems with a code, told in Vietnamese or English."""

from dataclasses import dataclass
from functools import cache
from typing import cast

from halfyear import yamlfile
from halfyear.errors import Problem

LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Fault(Problem):
    """A problem whose texts come from faults.yml by code."""

    code: str = ""
    values: tuple[tuple[str, str], ...] = ()

    def say(self, lang: str) -> Problem:
        """Tell the problem in a language, "vi" or "en"."""
        texts = catalogue()[self.code]
        values = dict(self.values)
        return Problem(
            what=texts["what"][lang].format_map(values),
            file=self.file,
            row=self.row,
            column=self.column,
            expected=texts["expected"][lang].format_map(values),
            found=self.found,
            mend=texts["mend"][lang].format_map(values),
        )


@cache
def catalogue() -> dict[str, dict[str, dict[str, str]]]:
    """Give the texts of every fault: code, then what / expected / mend, then language."""
    return cast(
        "dict[str, dict[str, dict[str, str]]]", yamlfile.packed("halfyear.data", "faults.yml")
    )


def fault(
    code: str,
    *,
    file: str = "",
    row: int | None = None,
    column: str = "",
    found: object = "",
    **values: object,
) -> Fault:
    """Make the fault of a code at a place; `values` fill the gaps of its texts."""
    bare = Fault(
        what=code,
        file=file,
        row=row,
        column=column,
        found=str(found),
        code=code,
        values=tuple((name, str(value)) for name, value in values.items()),
    )
    told = bare.say("en")
    return Fault(
        what=told.what,
        file=file,
        row=row,
        column=column,
        expected=told.expected,
        found=str(found),
        mend=told.mend,
        code=code,
        values=bare.values,
    )
