"""Taken figures: which publication of each figure stands for it on a day."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from halfyear.data import second
from halfyear.data.frames import Tables
from halfyear.data.overtaken import SLIP

RANKS = {"issued": 0, "draft": 1, "press": 2}
HELD = ("observations", "scenarios", "plan", "goals", "baseline", "claims", "projects")
_VALUES = ("value", "low", "high", "value_high", "total", "count", "word")


def best(rows: pd.DataFrame, status: Mapping[str, str]) -> pd.DataFrame:
    """Keep the publications that go first: issued before draft before press, then the latest.

    status gives the standing of each document. A registered slip goes after everything else.
    Several are left where they are of one rank and day; what one document prints twice counts
    once, but for observations of two standings.
    """
    if len(rows) > 1 and SLIP in rows and not rows[SLIP].all():
        rows = rows[~rows[SLIP].astype(bool)]
    if len(rows) < 2:
        return rows
    ranks = rows["source"].map(lambda source: RANKS[status[source]])
    rows = rows[ranks == ranks.min()]
    rows = rows[rows["known_at"] == max(rows["known_at"])]
    return rows if "obs_status" in rows else rows.drop_duplicates(["key", "source"])


def named(tables: Tables, scenario: str) -> Tables:
    """Call the rows of an edition so that a key without a source is free for the figure taken.

    Where another publication is taken than the first one known, or several differ, the first gets
    its source behind its key like any later one. Of scenarios the plan that judges the edition
    goes without its name.
    """
    tables = replace(tables, scenarios=_of_plan(tables.scenarios, scenario))
    status = dict(zip(tables.sources["id"], tables.sources["status"], strict=True))
    frames = {name: _freed(getattr(tables, name), status) for name in HELD}
    return replace(tables, **frames)


def behind(tables: Tables) -> dict[str, tuple[str, ...]]:
    """The rows behind each key that no row bears by itself: the one taken, or those that differ.

    The targets and totals printed beside figures follow their figures.
    """
    status = dict(zip(tables.sources["id"], tables.sources["status"], strict=True))
    rows_of: dict[str, tuple[str, ...]] = {}
    for name in HELD:
        frame = getattr(tables, name)
        free = frame[~frame["key"].isin(set(frame["id"]))]
        for key, rows in free.groupby("key", sort=False):
            chosen = best(rows, status)
            ids = tuple(map(str, chosen["id"]))
            rows_of[str(key)] = ids[:1] if _agree(chosen) else ids
    held = {str(row["id"]) for row in second.rows(tables)}
    for key, ids in list(rows_of.items()):
        for mark in (second.TARGET, second.TOTAL):
            printed = (second.beside(id, mark) for id in ids)
            beside = tuple(id for id in printed if id in held)
            rows_of |= {second.beside(key, mark): beside} if beside else {}
    return rows_of


def _of_plan(frame: pd.DataFrame, scenario: str) -> pd.DataFrame:
    """Name scenarios by the plan of the edition; those of another plan carry its name."""
    own = frame["plan"] == scenario
    key = frame["stem"].where(own, frame["stem"] + "~" + frame["plan"])
    moved = key != frame["key"]
    if not moved.any():
        return frame
    id = frame["id"].where(~moved, key + "~" + frame["source"])
    return frame.assign(key=key, id=id)


def _freed(frame: pd.DataFrame, status: Mapping[str, str]) -> pd.DataFrame:
    several = frame[frame["key"].duplicated(keep=False)]
    renamed: dict[object, str] = {}
    for key, rows in several.groupby("key", sort=False):
        first = rows.index[rows["id"] == key]
        chosen = best(rows, status)
        if len(first) and not (_agree(chosen) and first[0] == chosen.index[0]):
            renamed[first[0]] = f"{key}~{rows.loc[first[0], 'source']}"
    if not renamed:
        return frame
    return frame.assign(id=frame["id"].where(~frame.index.isin(renamed), pd.Series(renamed)))


def _agree(rows: pd.DataFrame) -> bool:
    cells = rows[[name for name in _VALUES if name in rows]].itertuples(index=False, name=None)
    return len({tuple(None if pd.isna(cell) else cell for cell in row) for row in cells}) == 1
