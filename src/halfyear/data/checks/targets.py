"""Targets and claims: comparators, ranges, words and counts that fit each other."""

from collections.abc import Iterator

import pandas as pd

from halfyear.data import ids
from halfyear.data.checks.rows import Row, at, records
from halfyear.data.faults import Fault
from halfyear.data.frames import Tables

OPERANDS = {"share_of_plan": 1, "excess_of_plan": 1, "growth": 1, "sum": 2, "restatement": 1}
WORDS = ("verdict_word", "verdict_list")


def faults(tables: Tables) -> Iterator[Fault]:
    """List targets, claims and counts that contradict themselves."""
    for frame in (tables.plan, tables.goals):
        for row in records(frame):
            yield from _target(row, "comparator", "low", "high")
            if row["comparator"] == "text" and not (row["text_vi"] and row["text_en"]):
                yield at(row, "text_missing", "text_vi")
    for row in records(tables.baseline):
        yield from _baseline(row)
    for row in records(tables.scenarios):
        yield from _scenario(row)
    for row in records(tables.claims):
        yield from _claim(row)
    for row in records(tables.projects):
        yield from _project(row)


def _target(row: Row, comparator: str, low: str, high: str) -> Iterator[Fault]:
    kind = row[comparator]
    if kind == "range":
        yield from _range(row, low, high)
    elif row[high] is not None:
        yield at(row, "high_without_range", high, comparator=kind)
    elif kind and kind != "text" and row[low] is None:
        yield at(row, "target_missing", low)


def _range(row: Row, low: str, high: str) -> Iterator[Fault]:
    if row[low] is None or row[high] is None:
        yield at(row, "range_incomplete", high if row[high] is None else low)
    elif row[low] > row[high]:
        yield at(row, "low_above_high", low, low=low, high=f"{high}, {row[high]}")


def _baseline(row: Row) -> Iterator[Fault]:
    yield from _target(row, "target_comparator", "target_low", "target_high")
    if row["value_high"] is not None:
        yield from _range(row, "value", "value_high")
    if row["target_low"] is None and row["value"] is None and not row["printed"]:
        yield at(row, "result_missing", "value")


def _scenario(row: Row) -> Iterator[Fault]:
    ends = [row["low"], row["high"]]
    if row["value"] is not None and ends == [None, None]:
        return
    if row["value"] is not None or ends == [None, None]:
        yield at(row, "value_or_range", "value")
    else:
        yield from _range(row, "low", "high")


def _claim(row: Row) -> Iterator[Fault]:
    least = OPERANDS.get(row["kind"], 0)
    if len(ids.operands(row["operands"])) < least:
        yield at(row, "operands_missing", "operands", count=least)
    if row["kind"] in WORDS and not row["word"]:
        yield at(row, "word_missing", "word")
    if row["kind"] in ("count", "ratio"):
        yield from _count(row, "value")


def _project(row: Row) -> Iterator[Fault]:
    for column in ("count", "scenario_count"):
        yield from _count(row, column)


def _count(row: Row, column: str) -> Iterator[Fault]:
    count, total = (row[name] if row[name] is not pd.NA else None for name in (column, "total"))
    if count is not None and count < 0:
        yield at(row, "negative_count", column)
    elif count is not None and total is not None and count > total:
        yield at(row, "count_above_total", column, total=total)
