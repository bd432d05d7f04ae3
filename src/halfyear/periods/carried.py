"""Carried rows: what the last edition held, as rows still to be filled for a new period."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from halfyear.data import ids
from halfyear.data.checks.rows import Row, records
from halfyear.data.frames import Tables
from halfyear.period import Period

CLAIMS = ("share_of_plan", "excess_of_plan", "verdict_word", "verdict_list", "count")


@dataclass(frozen=True)
class Carried:
    """A row to be filled: its known cells, and what the last periods held beside it."""

    cells: dict[str, Any]
    beside: dict[str, Any]


def carried(
    tables: Tables, last: Period | None, new: Period, report: str
) -> dict[str, list[Carried]]:
    """Give the rows of a new period by table, empty where the analyst must fill them.

    Figures, scenarios and project counts follow the last edition's; targets and the headline list
    are carried only into a new plan year. last is None for the first edition of a place, whose rows
    are all to be written; report is the id of the new report.
    """
    if last is None:
        kept = ("observations", "scenarios", "plan", "projects", "claims", "indicators", "headline")
        return {"sources": [Carried(_report(report), {})], **{name: [] for name in kept}}
    fresh = new.year != last.year
    found = {
        "sources": [Carried(_report(report), {})],
        "observations": list(_observations(tables, last, new, report)),
        "scenarios": list(_scenarios(tables, last, new, report)),
        "plan": list(_plan(tables, last, new, report)) if fresh else [],
        "projects": list(_projects(tables, last, new, report)),
        "claims": list(_claims(tables, last, new, report)),
        "indicators": [],
    }
    return {**found, "headline": list(_headline(tables, last, new))} if fresh else found


def moved(text: str, last: Period, new: Period) -> str:
    """Give the period that plays in the new edition the part of one in the last; "" for none."""
    roles: tuple[Callable[[Period], str], ...] = (
        str,
        lambda p: str(p.last_quarter()),
        lambda p: f"{p.year}-{p.months[1]:02d}",
    )
    return next((role(new) for role in roles if role(last) == text), "")


def _report(report: str) -> Row:
    return {"id": report, "status": "draft", "medium": "text"}


def _observations(tables: Tables, last: Period, new: Period, report: str) -> Iterator[Carried]:
    frame = tables.observations
    names = ("place", "indicator", "measure", "unit", "comparison", "price_base", "printed_unit")
    year_ago = {_key(row): row["value"] for row in records(frame)}
    for row, period in _once(frame[frame["edition"] == str(last)], last, new, names[:3]):
        cells = {name: row[name] for name in names} | {"time_period": period}
        cells |= {"obs_status": "E", "cutoff": Period.parse(period).end, "source": report}
        before = {**row, "time_period": str(Period.parse(period).shift(-1))}
        beside = {
            "name": _name(tables, row["indicator"]),
            "last": row["value"],
            "year_ago": year_ago.get(_key(before)),
        }
        yield Carried(cells, beside)


def _scenarios(tables: Tables, last: Period, new: Period, report: str) -> Iterator[Carried]:
    names = ["place", "indicator", "measure", "unit", "printed_unit"]
    if new.year == last.year:
        names += ["plan", "set_by", "set_on"]
    for row, period in _once(tables.scenarios, last, new, ("place", "indicator", "measure")):
        cells = {name: row[name] for name in names} | {"time_period": period, "source": report}
        shown = row["value"] if row["value"] is not None else row["low"]
        yield Carried(cells, {"name": _name(tables, row["indicator"]), "last": shown})


def _plan(tables: Tables, last: Period, new: Period, report: str) -> Iterator[Carried]:
    names = ("place", "indicator", "measure", "comparator", "unit", "scope", "printed_unit")
    seen = set()
    for row in records(tables.plan[tables.plan["year"] == last.year]):
        key = (row["place"], row["indicator"], row["measure"])
        if key not in seen:
            seen.add(key)
            cells = {name: row[name] for name in names} | {"year": new.year, "source": report}
            cells["status"] = "adopted"
            yield Carried(cells, {"name": _name(tables, row["indicator"]), "last": row["low"]})


def _projects(tables: Tables, last: Period, new: Period, report: str) -> Iterator[Carried]:
    frame = tables.projects[tables.projects["edition"] == str(last)]
    names = ("place", "group", "measure", "state", "printed_unit")
    for row, period in _once(frame, last, new, names[:4]):
        cells = {name: row[name] for name in names} | {"time_period": period}
        yield Carried({**cells, "obs_status": "E", "source": report}, {"last": row["count"]})


def _claims(tables: Tables, last: Period, new: Period, report: str) -> Iterator[Carried]:
    """Carry shares of plan, verdicts and counts that speak of the last period."""
    frame = tables.claims[tables.claims["kind"].isin(CLAIMS)]
    names = ("place", "indicator", "kind", "unit", "printed_unit")
    for row, period in _once(frame, last, new, ("place", "indicator", "kind", "operands")):
        cells = {name: row[name] for name in names} | {"time_period": period, "source": report}
        cells["operands"] = _moved_operands(row["operands"], last, new)
        shown = row["word"] if row["value"] is None else row["value"]
        yield Carried(cells, {"name": _name(tables, row["indicator"]), "last": shown})


def _moved_operands(operands: str, last: Period, new: Period) -> str:
    """Let the figures that a claim is about be those of the new period; "" where one is not."""
    told = []
    for key in ids.operands(operands):
        fact, mark, when = key.partition("@")
        period = str(new.year) if when == str(last.year) else moved(when, last, new)
        if mark and not period:
            return ""
        told.append(f"{fact}{mark}{period}")
    return ";".join(told)


def _headline(tables: Tables, last: Period, new: Period) -> Iterator[Carried]:
    frame = tables.headline
    for row in records(frame[frame["year"] == last.year].sort_values("order")):
        cells = {name: row[name] for name in ("place", "order", "indicator", "measure")}
        name = _name(tables, row["indicator"])
        yield Carried({**cells, "year": new.year}, {"name": name})


def _once(
    frame: pd.DataFrame, last: Period, new: Period, names: tuple[str, ...]
) -> Iterator[tuple[Row, str]]:
    seen = set()
    for row in records(frame):
        period = moved(row["time_period"], last, new)
        key = (period, *(row[name] for name in names))
        if period and key not in seen:
            seen.add(key)
            yield row, period


def _key(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in ("place", "indicator", "measure", "time_period"))


def _name(tables: Tables, indicator: str) -> str:
    names = dict(zip(tables.indicators["id"], tables.indicators["name_vi"], strict=True))
    return str(names.get(indicator, indicator))
