"""Places: what lies in what and from when until when, one home, no figure before its place."""

from collections.abc import Iterator, Mapping

import pandas as pd

from halfyear.data.checks.codes import circular
from halfyear.data.checks.rows import Row, at, records
from halfyear.data.faults import Fault, fault
from halfyear.data.frames import Tables
from halfyear.data.places import HOME, PROVINCIAL, Places

FILE = "data/places.csv"
WITHIN = {"nation": (), "region": ("nation",)}


def faults(tables: Tables, broken: frozenset[str]) -> Iterator[Fault]:
    """List what is wrong with the places; a table that is not whole is not counted."""
    rows = records(tables.places)
    known = {row["id"]: row for row in rows}
    parents = {row["id"]: row["part_of"] for row in rows}
    for row in rows:
        if circular(row["id"], parents):
            yield at(row, "place_in_itself", "part_of")
        elif row["part_of"] in known:
            yield from _within(row, known[row["part_of"]])
        if row["from"] is not None and row["until"] is not None and row["until"] < row["from"]:
            yield at(row, "place_ends_first", "until", day=row["from"])
    if "places" not in broken:
        yield from _home(rows)
    for _, frame in tables.items():  # noqa: PERF102 - Tables has no values
        if {"place", "known_at"} <= set(frame):
            yield from _early(frame, known)
    yield from _belonging(tables)


def _within(row: Row, whole: Row) -> Iterator[Fault]:
    """A place lies in a wider one; a former one may lie in the province it was merged into."""
    wider = WITHIN.get(row["kind"], ("region", "nation"))
    merged = row["kind"] in PROVINCIAL and whole["kind"] in PROVINCIAL
    if merged and row["until"] is None:
        yield at(row, "place_merged_without_end", "until")
    elif merged and whole["from"] is not None and row["until"] >= whole["from"]:
        yield at(row, "place_after_merger", "until", day=whole["from"])
    elif not merged and whole["kind"] not in wider:
        yield at(row, "place_in_narrower", "part_of", kinds=" | ".join(wider) or "-")


def _home(rows: list[Row]) -> Iterator[Fault]:
    named = [row for row in rows if row["home"] == HOME]
    if not named:
        yield fault("home_missing", file=FILE, column="home")
    for row in named[1:]:
        yield at(row, "home_twice", "home", found=row["id"], other=named[0]["id"])


def _belonging(tables: Tables) -> Iterator[Fault]:
    """A part belongs where its whole does, and a figure to no report but its indicator's own."""
    places, rows = Places.of(tables.places), records(tables.indicators)
    owners = {row["id"]: row["belongs_to"] for row in rows}
    for row in rows:
        whole = owners.get(row["parent"], "")
        if whole and row["belongs_to"] != whole:
            yield at(row, "part_belongs_wider", "belongs_to", place=whole, whole=row["parent"])
    for _, frame in tables.items():  # noqa: PERF102 - Tables has no values
        if {"place", "indicator"} <= set(frame):
            for row in records(frame):
                owner = owners.get(row["indicator"], "")
                if owner and row["place"] not in places.around(owner):
                    yield at(row, "indicator_elsewhere", "indicator", place=owner)


def _early(frame: pd.DataFrame, known: Mapping[str, Row]) -> Iterator[Fault]:
    for row in records(frame):
        place = known.get(row["place"])
        since = place["from"] if place else None
        if since is not None and row["known_at"] is not None and row["known_at"] < since:
            yield at(row, "place_not_yet", "place", day=since)
