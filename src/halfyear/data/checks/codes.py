"""Codes: indicators, units, sources and the headline list, each by its own rules."""

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from halfyear.data.checks.rows import Row, at, records, where
from halfyear.data.faults import Fault
from halfyear.data.frames import Tables

SHORT = 45


def faults(tables: Tables, broken: frozenset[str]) -> Iterator[Fault]:
    """List what is wrong with the lists of codes; a list that is not whole is not counted."""
    yield from _indicators(tables.indicators)
    yield from _terms(tables.indicators, "name_vi", "name_en")
    yield from _terms(tables.indicators, "name_en", "name_vi")
    yield from _terms(tables.units, "name_vi", "name_en")
    yield from _terms(tables.units, "name_en", "name_vi")
    for row in where(tables.units, lambda r: r["multiplier"] is not None and r["multiplier"] <= 0):
        yield at(row, "multiplier_not_positive", "multiplier")
    if "headline" not in broken:
        yield from _headline(tables.headline)
    yield from _sources(tables.sources)


def _indicators(frame: pd.DataFrame) -> Iterator[Fault]:
    rows = records(frame)
    parents = {row["id"]: row["parent"] for row in rows}
    owners: dict[str, str] = {}
    for row in rows:
        if circular(row["id"], parents):
            yield at(row, "own_parent", "parent")
        for column in ("name_short_vi", "name_short_en"):
            if len(row[column]) > SHORT:
                yield at(row, "name_too_long", column, limit=SHORT)
        for synonym in {word.strip() for word in row["synonyms"].split(";") if word.strip()}:
            owner = owners.setdefault(synonym.casefold(), row["id"])
            if owner != row["id"]:
                yield at(row, "synonym_twice", "synonyms", found=synonym, other=owner)


def circular(start: str, parents: dict[str, str]) -> bool:
    """Whether the chain of parents from an id comes back to it."""
    seen, here = {start}, parents[start]
    while here in parents:
        if here in seen:
            return here == start
        seen.add(here)
        here = parents[here]
    return False


def _terms(frame: pd.DataFrame, term: str, translation: str) -> Iterator[Fault]:
    first: dict[str, Row] = {}
    for row in records(frame):
        other = first.setdefault(row[term].casefold(), row)
        if row[term] and other[translation].casefold() != row[translation].casefold():
            yield at(
                row,
                "term_two_ways",
                translation,
                term=row[term],
                other=other["row"],
                translation=other[translation],
            )


def _headline(frame: pd.DataFrame) -> Iterator[Fault]:
    rows = [r for r in records(frame) if r["year"] is not pd.NA and r["order"] is not pd.NA]
    counts = Counter((row["place"], row["year"]) for row in rows)
    taken: set[tuple[str, int, int]] = set()
    for row in rows:
        rank, count = (row["place"], row["year"], row["order"]), counts[row["place"], row["year"]]
        if rank in taken or not 1 <= row["order"] <= count:
            yield at(row, "headline_order", "order", year=row["year"], count=count)
        taken.add(rank)


def _sources(frame: pd.DataFrame) -> Iterator[Fault]:
    rows = records(frame)
    earlier = {row["id"]: row["supersedes"] for row in rows}
    first: dict[str, str] = {}
    for row in rows:
        other = first.setdefault(row["sha256"], row["id"]) if row["medium"] == "text" else ""
        if row["sha256"] and other and other != row["id"]:
            yield at(row, "source_twice", "sha256", name=other)
        if row["medium"] == "cited" and row["sha256"]:
            yield at(row, "hash_of_cited", "sha256")
        if row["medium"] in ("text", "facts") and not row["sha256"]:
            yield at(row, "hash_missing", "sha256")
        if row["supersedes"] and circular(row["id"], earlier):
            yield at(row, "supersedes_itself", "supersedes")
