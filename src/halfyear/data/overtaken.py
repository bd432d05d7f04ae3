"""Overtaken figures: estimates that a count of the same document already passes, and slips."""

from datetime import date

import pandas as pd

ESTIMATES = frozenset({"E", "F"})
SLIP = "slip"


def current(rows: pd.DataFrame, levels: pd.DataFrame) -> pd.DataFrame:
    """Keep the publications of one figure that stand: of one cut-off, without registered slips.

    rows: all publications of one measure of an indicator in a period; levels: those of its level
    where it is a flow, else empty. The latest cut-off goes first, an estimate to the period's end
    too, unless a count of the same document to an earlier day is already above it: then what is
    printed to that day stands, for the level and for every measure of it, and nothing else.
    """
    rows, levels = _sound(rows), _sound(levels)
    if rows.empty or max(len(rows), len(levels)) == 1:
        return rows
    day = passed(levels)
    return rows[rows["cutoff"] == (max(rows["cutoff"]) if day is None else day)]


def passed(levels: pd.DataFrame) -> date | None:
    """The latest day to which a document counts more than it estimates for the whole period."""
    if len(levels) < 2:
        return None
    last = levels["cutoff"] == max(levels["cutoff"])
    estimates = levels[last & levels["obs_status"].isin(ESTIMATES)]
    counts = levels[~last & ~levels["obs_status"].isin(ESTIMATES)]
    days = [
        count.cutoff
        for count in counts.itertuples()
        for estimate in estimates.itertuples()
        if count.source == estimate.source and count.value > estimate.value
    ]
    return max(days, default=None)


def _sound(rows: pd.DataFrame) -> pd.DataFrame:
    if SLIP not in rows or not (slips := rows[SLIP].to_numpy(bool)).any():
        return rows
    return rows[~slips]
