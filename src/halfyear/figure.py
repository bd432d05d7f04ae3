"""A figure: a row of the tables as a quantity, and several publications of one figure as one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from halfyear.data.described import Indicator
from halfyear.errors import DataError, Problem
from halfyear.interval import Interval, places
from halfyear.results import Quantity

GROWTH_DECIMALS = 2


def quantity(row: object, indicators: Mapping[str, Indicator]) -> Quantity:
    """The figure that a row prints, a series or a named tuple; raises DataError for none.

    A level has no more decimals than its indicator, a rate no more than two.
    """
    low = _cell(row, "value")
    low = _cell(row, "low") if low is None else low
    if low is None:
        raise DataError(Problem(f"{_cell(row, 'id')} has no figure"))
    high = next((h for n in ("high", "value_high") if (h := _cell(row, n)) is not None), None)
    indicator = indicators.get(str(_cell(row, "indicator")))
    level = indicator is not None and _cell(row, "measure") == "level"
    cap = indicator.decimals if indicator and level else GROWTH_DECIMALS
    interval = Interval(low, low if high is None else high)
    return Quantity(
        id=str(_cell(row, "id")),
        interval=interval,
        unit=str(_cell(row, "unit") or ""),
        decimals=min(max(places(interval.low), places(interval.high)), cap),
        bound=str(_cell(row, "bound") or ""),
    )


def together(key: str, published: Sequence[Quantity]) -> Quantity:
    """Publications under their common key, an interval where they differ.

    Its operands are the rows of another id.
    """
    first = published[0]
    if len({quantity.interval for quantity in published}) == 1:
        return first if first.id == key else replace(first, id=key, operands=(first.id,))
    return replace(
        first,
        id=key,
        interval=Interval.of(*(quantity.known for quantity in published)),
        decimals=max(quantity.decimals for quantity in published),
        formula="interval of differing publications",
        operands=tuple(quantity.id for quantity in published),
    )


def has_figure(row: object) -> bool:
    """Whether a row prints a figure."""
    return _cell(row, "value") is not None or _cell(row, "low") is not None


def blank(cell: object) -> bool:
    """Whether a cell of a frame holds nothing."""
    return cell is None or cell is pd.NA or cell != cell


def _cell(row: object, name: str) -> Any:
    cell = row.get(name) if isinstance(row, pd.Series) else getattr(row, name, None)
    return None if blank(cell) else cell
