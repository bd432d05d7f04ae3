"""Rows of a place: what of the tables concerns it and those that were merged into it."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import pandas as pd

from halfyear.data.frames import Tables
from halfyear.data.places import Places

RANK = "rank"


def of(tables: Tables, place: str, named: Collection[str] = ()) -> Tables:
    """Keep what is about a place or those merged into it, and the growth of its peers.

    Of other places only the figures stay that a rank compares: those of the indicators that the
    headline list sets a rank beside. Indicators that belong to the report of another place are
    left out, and so are documents that tell of other places alone, but for those named.
    """
    places = Places.of(tables.places)
    around = places.around(place)
    kept = {
        name: frame[frame["place"].isin(around)]
        for name, frame in tables.items()
        if "place" in frame
    }
    frame, ranked = tables.observations, _ranked(tables)
    pairs = zip(frame["indicator"], frame["measure"], strict=True)
    compared = pd.Series([pair in ranked for pair in pairs], frame.index, dtype=bool)
    kept["observations"] = frame[frame["place"].isin(around) | compared]
    kept["sources"] = _documents(tables, kept, named)
    kept["indicators"] = common(tables.indicators, places, place)
    kept["groups"] = tables.groups[tables.groups["indicator"].isin(kept["indicators"]["id"])]
    return replace(tables, **kept)


def _documents(
    tables: Tables, kept: Mapping[str, pd.DataFrame], named: Collection[str]
) -> pd.DataFrame:
    """The documents but for those that rows name of which none is kept."""
    told = {name: frame for name, frame in tables.items() if "source" in frame}
    every = {id for frame in told.values() for id in frame["source"]}
    own = {id for name, frame in told.items() for id in kept.get(name, frame)["source"]}
    elsewhere = every - own - set(named)
    return tables.sources[~tables.sources["id"].isin(elsewhere)]


def common(indicators: pd.DataFrame, places: Places, place: str) -> pd.DataFrame:
    """Rows of the indicators that any place may report, and of those that belong to one place."""
    owners = indicators["belongs_to"]
    own = {owner for owner in set(owners) if not owner or place in places.around(owner)}
    return indicators[owners.isin(own)]


def rank_beside(tables: Tables, cell: str) -> str:
    """The indicator of kind rank among those of a cell `beside`; "" where none is."""
    kinds = dict(zip(tables.indicators["id"], tables.indicators["kind"], strict=True))
    names = (key.partition(".")[0] for key in cell.split(";"))
    return next((name for name in names if kinds.get(name) == RANK), "")


def _ranked(tables: Tables) -> set[tuple[str, str]]:
    frame = tables.headline
    rows = zip(frame["indicator"], frame["measure"], frame["beside"], strict=True)
    return {(name, measure) for name, measure, cell in rows if rank_beside(tables, cell)}
