"""An edition that finds its rows by an index and remembers what it was asked."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from halfyear.edition import Edition
from halfyear.period import Period
from halfyear.results import Quantity

T = TypeVar("T")


class Indexed(Edition):
    """The same edition, for the many questions of the audit."""

    @cached_property
    def _asked(self) -> dict[tuple[object, ...], Any]:
        return {}

    @cached_property
    def _index(self) -> dict[tuple[str, ...], "pd.Index[Any]"]:
        columns = ["place", "indicator", "measure", "time_period"]
        groups: dict[Any, pd.Index[Any]] = self.tables.observations.groupby(columns).groups
        return groups

    def rows(self, indicator: str, measure: str, period: Period, place: str = "") -> pd.DataFrame:
        """All visible observations of one figure, every vintage and cut-off."""
        key = (place or self.params.place, indicator, measure, str(period))
        return self.tables.observations.loc[self._index.get(key, [])]

    def fact(
        self, indicator: str, measure: str, period: Period, place: str = ""
    ) -> Quantity | None:
        """The figure the edition takes among its vintages; None where none is printed."""
        ask = super().fact
        key = ("fact", indicator, measure, period, place)
        return self._once(key, lambda: ask(indicator, measure, period, place))

    def targets(self, indicator: str, measure: str, year: int) -> list[Quantity]:
        """The annual target as each instrument states it, the params' instrument first."""
        ask = super().targets
        key = ("targets", indicator, measure, year)
        return self._once(key, lambda: ask(indicator, measure, year))

    def _once(self, key: tuple[object, ...], ask: Callable[[], T]) -> T:
        if key not in self._asked:
            self._asked[key] = ask()
        found: T = self._asked[key]
        return found
