"""Succession of documents: which of them a later one has replaced by a day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pandas as pd

from halfyear.data.frames import Tables
from halfyear.data.taken import HELD

DATED = (*HELD, "statements")


def replaced(tables: Tables, day: date) -> frozenset[str]:
    """Ids of the documents that another one, whose figures were known on the day, supersedes.

    A successor counts only once a row holds a figure of it: entering the document alone, before
    its figures, takes nothing away.
    """
    known = {
        str(source)
        for name in HELD
        for frame in (getattr(tables, name),)
        for source in frame.loc[frame["known_at"] <= day, "source"].unique()
    }
    return behind(tables.sources, known)


def visible(tables: Tables, day: date) -> Tables:
    """Keep the rows that could be known on a day and whose document still stood on it."""
    gone = replaced(tables, day)
    return replace(
        tables,
        **{
            name: frame[(frame["known_at"] <= day) & ~frame["source"].isin(gone)]
            for name in DATED
            for frame in (getattr(tables, name),)
        },
    )


def behind(sources: pd.DataFrame, later: Iterable[str]) -> frozenset[str]:
    """Ids of the documents that some others supersede, directly or through one another."""
    earlier = dict(zip(sources["id"], sources["supersedes"], strict=True))
    gone: set[str] = set()
    for source in later:
        before = earlier.get(source, "")
        while before and before not in gone:
            gone.add(before)
            before = earlier.get(before, "")
    return frozenset(gone)


def first(sources: pd.DataFrame) -> dict[str, str]:
    """The first document of each one's line of succession: itself where it supersedes none."""
    earlier = dict(zip(sources["id"], sources["supersedes"], strict=True))

    def start(source: str) -> str:
        seen = {source}
        while (before := earlier.get(source, "")) and before not in seen:
            seen.add(before)
            source = before
        return source

    return {source: start(source) for source in earlier}
