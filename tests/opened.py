"""The edition of the first half of 2026, opened once, and ways to change its data in memory."""

from dataclasses import replace
from functools import cache

import pandas as pd

from halfyear.edition import Edition
from halfyear.results import Quantity


@cache
def edition() -> Edition:
    """Open the edition of the committed data."""
    return Edition.open("2026-H1", "2026-06-30")


def altered(table: str, change, base: Edition | None = None) -> Edition:
    """Give the edition with one table changed by a function of its frame."""
    opened = base or edition()
    frame = change(getattr(opened.tables, table).copy())
    return replace(opened, tables=replace(opened.tables, **{table: frame}))


def without(table: str, base: Edition | None = None, **values: str) -> Edition:
    """Give the edition without the rows that have the given values."""

    def drop(frame: pd.DataFrame) -> pd.DataFrame:
        hit = pd.Series(True, index=frame.index)
        for name, value in values.items():
            hit &= frame[name].astype(str) == value
        assert hit.any(), values
        return frame[~hit]

    return altered(table, drop, base)


def changed(
    table: str, column: str, value: object, base: Edition | None = None, **values: str
) -> Edition:
    """Give the edition with one cell set in the rows that have the given values."""

    def put(frame: pd.DataFrame) -> pd.DataFrame:
        hit = pd.Series(True, index=frame.index)
        for name, wanted in values.items():
            hit &= frame[name].astype(str) == wanted
        assert hit.any(), values
        frame[column] = [value if h else old for h, old in zip(hit, frame[column], strict=True)]
        return frame

    return altered(table, put, base)


def ends(quantity: Quantity, digits: int) -> tuple[float, float]:
    """Give both ends of a quantity as a reader sees them."""
    return round(float(quantity.known.low), digits), round(float(quantity.known.high), digits)


def named(quantities: list[Quantity]) -> dict[str, Quantity]:
    """Give quantities by id."""
    return {quantity.id: quantity for quantity in quantities}
