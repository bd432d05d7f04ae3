"""Units of figures and how they convert."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from halfyear.errors import Problem, UnitError


@dataclass(frozen=True)
class Unit:
    """A unit: `multiplier` base units, with its names and symbols."""

    id: str
    base: str
    multiplier: Decimal
    name_vi: str = ""
    name_en: str = ""
    symbol_vi: str = ""
    symbol_en: str = ""


@dataclass(frozen=True)
class Units:
    """The units of units.csv by id."""

    by_id: Mapping[str, Unit]

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> "Units":
        """Take the units of a frame with the columns of units.csv that have a multiplier."""
        names = list(Unit.__dataclass_fields__)
        whole = [number is not None and number > 0 for number in frame["multiplier"]]
        rows = frame.loc[whole, names].to_dict("records")
        return cls({row["id"]: Unit(**{str(name): row[name] for name in row}) for row in rows})

    def __getitem__(self, unit: str) -> Unit:
        """Give a unit; raises UnitError where units.csv lacks it."""
        if unit not in self.by_id:
            raise UnitError(
                Problem(
                    "unknown unit",
                    file="units.csv",
                    expected="an id of units.csv",
                    found=repr(unit),
                    mend="write a known unit or add a row to units.csv",
                )
            )
        return self.by_id[unit]

    def compatible(self, one: str, other: str) -> bool:
        """Tell whether two units measure the same thing; raises UnitError for an unknown one."""
        return self[one].base == self[other].base

    def convert(self, value: Decimal, from_id: str, to_id: str) -> Decimal:
        """Convert a value exactly; raises UnitError where the bases differ."""
        if not self.compatible(from_id, to_id):
            raise UnitError(
                Problem(
                    "units measure different things",
                    expected=f"a unit of {self[from_id].base}, as {from_id} is",
                    found=f"{to_id}, a unit of {self[to_id].base}",
                    mend="name the unit the figure is printed in",
                )
            )
        return value * self[from_id].multiplier / self[to_id].multiplier
