"""What notebooks need of their surroundings: where to save, how to show."""

import os
from pathlib import Path

import pandas as pd

from halfyear.number import Formatter
from halfyear.results import Results

OUT = "HALFYEAR_OUT"


def save(results: Results, name: str) -> None:
    """Save the results of a notebook for the briefing; without a build there is nothing to do."""
    folder = os.environ.get(OUT)
    if folder:
        results.save(Path(folder) / f"{name}.json")


def table(results: Results, formatter: Formatter, ids: list[str]) -> pd.DataFrame:
    """Show named results as a table: id, value with its unit, how it was computed."""
    rows = []
    for id in ids:
        item = results[id]
        text = formatter.text(item, "unit") if item.interval else "not computable"
        rows.append((id, text, item.formula, "; ".join(item.operands or item.missing)))
    columns = ["id", "value", "how", "from"]
    return pd.DataFrame(rows, columns=columns).set_index("id")
