"""Entries: ticked rows as rows of the project's tables."""

from collections.abc import Mapping
from typing import Any

from halfyear.data import ids
from halfyear.data.checks import times
from halfyear.data.checks.rows import records
from halfyear.data.frames import Tables
from halfyear.errors import IntakeError, Problem
from halfyear.intake.refusal import refusal

ACCEPTED = ("observations", "scenarios", "plan", "claims", "projects")


def entries(
    ticked: list[dict[str, str]], source: Mapping[str, str], tables: Tables
) -> dict[str, list[dict[str, str]]]:
    """Give the rows to append to each table; raises IntakeError naming every unfit row."""
    known_at = str(times.end(source["date"]) or "")
    sources = {row["id"]: row for row in records(tables.sources)}
    used = set(tables.claims["id"].str.removeprefix("claim:"))
    made: dict[str, list[dict[str, str]]] = {name: [] for name in ACCEPTED}
    problems: list[Problem] = []
    for row in ticked:
        if row["table"] not in ACCEPTED:
            problems.append(_unfit("row_unfit", row, "table", expected=" | ".join(ACCEPTED)))
            continue
        common = {**row, "known_at": known_at, "source": source["id"]}
        if row["table"] == "scenarios" and row["instrument"] not in sources:
            problems.append(_unfit("row_without_instrument", row, "instrument"))
            continue
        made[row["table"]].append(_MAKERS[row["table"]](common, sources, used))
    if problems:
        raise IntakeError(*problems)
    return made


def _unfit(code: str, row: Mapping[str, str], column: str, expected: str = "") -> Problem:
    return refusal(
        code,
        file=row["sheet"],
        row=int(row["row"]),
        column=column,
        found=row[column],
        expected=expected,
    )


def _observation(row: dict[str, str], _sources: dict[str, Any], _used: set[str]) -> dict[str, str]:
    return row


def _scenario(row: dict[str, str], sources: dict[str, Any], _used: set[str]) -> dict[str, str]:
    plan = sources[row["instrument"]]
    ends = {"value": "", "low": row["value"], "high": row["high"]} if row["high"] else {"low": ""}
    return {**row, "plan": plan["id"], "set_by": plan["issuer"], "set_on": plan["date"], **ends}


def _target(row: dict[str, str], _sources: dict[str, Any], _used: set[str]) -> dict[str, str]:
    own = row["instrument"] or row["source"]
    return {
        **row,
        "year": row["time_period"][:4],
        "comparator": "range" if row["high"] else row["bound"] or "eq",
        "low": row["value"],
        "scope": row["scope"] or "year",
        "set_by": own,
        "status": "unclear" if own == row["source"] else "cited",
    }


def _claim(row: dict[str, str], _sources: dict[str, Any], used: set[str]) -> dict[str, str]:
    return {**row, "id": ids.claim(row, used)}


def _project(row: dict[str, str], _sources: dict[str, Any], _used: set[str]) -> dict[str, str]:
    return {**row, "count": row["value"], "measure": row["measure"] or "progress"}


_MAKERS = {
    "observations": _observation,
    "scenarios": _scenario,
    "plan": _target,
    "claims": _claim,
    "projects": _project,
}
