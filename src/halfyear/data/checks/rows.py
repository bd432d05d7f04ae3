"""Rows that fail: from a frame to faults at their places."""

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from halfyear.data.faults import Fault, fault

Row = dict[str, Any]


def where(frame: pd.DataFrame, test: Callable[[Row], object]) -> Iterator[Row]:
    """Give the rows of a frame for which a test holds."""
    for row in records(frame):
        if test(row):
            yield row


def records(frame: pd.DataFrame) -> list[Row]:
    """Give a frame's rows as dictionaries by column."""
    names = [str(name) for name in frame.columns]
    cells = frame.to_numpy(dtype=object).tolist()
    return [dict(zip(names, row, strict=True)) for row in cells]


def at(row: Row, code: str, column: str, **values: object) -> Fault:
    """Make the fault of a cell; `found` is the cell unless given."""
    cell = row.get(column, "")
    shown = values.pop("found", "" if cell is None or cell is pd.NA else cell)
    return fault(code, file=row["file"], row=int(row["row"]), column=column, found=shown, **values)
