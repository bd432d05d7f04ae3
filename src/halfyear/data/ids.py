"""Ids: stable names of facts, made from their keys."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

import pandas as pd

from halfyear.errors import PeriodError
from halfyear.period import Period

Texts: TypeAlias = "pd.Series[str]"
HOME = "HP"


def with_ids(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Add the column `id` to the frames of figures.

    The first row known of a key keeps the plain id, a later source's row of the same key gets
    "~source": so a revision never changes the id of an older figure. "#2" separates what
    nothing else does. Rows known on one day stand in the order of sources.csv.
    """
    order = {source: rank for rank, source in enumerate(frames["sources"]["id"])}
    given = dict(frames)
    for name, (plain, holder) in _KEYS.items():
        given[name] = _numbered(frames[name], plain(frames[name]), holder, order)
    for name, kind in _NAMED.items():
        given[name] = frames[name].assign(id=f"{kind}:" + frames[name]["id"].astype(str))
    return given


def operands(cell: str) -> list[str]:
    """Split the operands of a claim."""
    return [operand.strip() for operand in cell.split(";") if operand.strip()]


def stems(fact: str) -> Iterator[str]:
    """Give the shorter names an operand may use: without repetition, source, body or cutoff.

    A place is never left out: "obs:grdp.growth_yoy@2025-H1" does not name a former province.
    """
    stem = fact
    while (cut := max(stem.rfind(mark) for mark in "/~#")) > 0 and not stem[cut + 1].isupper():
        stem = stem[:cut]
        yield stem


def resolve(operand: str, facts: Iterable[str]) -> list[str]:
    """Give the ids an operand names: the id itself, else those it is the beginning of."""
    every = list(facts)
    return [operand] if operand in every else [f for f in every if operand in stems(f)]


def _numbered(
    frame: pd.DataFrame, plain: Texts, holder: str, order: Mapping[str, int]
) -> pd.DataFrame:
    if frame.empty:
        return frame.assign(id=pd.Series([], dtype=object))
    table = pd.DataFrame(
        {
            "plain": plain,
            "known": [str(day) for day in frame["known_at"]],
            "rank": frame["source"].map(order).fillna(len(order)),
            "source": frame[holder],
            "line": frame["line"].fillna(0),
            "nth": frame["nth"].fillna(0),
        }
    ).sort_values(["plain", "known", "rank", "source", "line", "nth"], kind="stable")
    first = table.groupby("plain", sort=False)["source"].transform("first")
    later = table["source"] != first
    table["id"] = table["plain"].where(~later, table["plain"] + "~" + table["source"])
    turn = table.groupby("id", sort=False).cumcount() + 1
    table["id"] = table["id"].where(turn == 1, table["id"] + "#" + turn.astype(str))
    return frame.assign(id=table["id"].reindex(frame.index))


def _head(frame: pd.DataFrame, kind: str, period: str) -> Texts:
    return (
        kind + ":" + frame["indicator"] + "." + frame["measure"] + "@" + frame[period].astype(str)
    )


def _away(frame: pd.DataFrame) -> Texts:
    return ("~" + frame["place"]).where(frame["place"] != HOME, "")


def _observation(frame: pd.DataFrame) -> Texts:
    ends = {text: _end(text) for text in set(frame["time_period"])}
    cutoffs = frame["cutoff"].map(str)
    own = cutoffs != frame["time_period"].map(ends)
    return _head(frame, "obs", "time_period") + ("/" + cutoffs).where(own, "") + _away(frame)


def _end(text: str) -> str:
    try:
        return str(Period.parse(text).end)
    except PeriodError:
        return ""


def _plan(frame: pd.DataFrame) -> Texts:
    second = ("~" + frame["source"]).where(frame["source"] != frame["set_by"], "")
    return _head(frame, "plan", "year") + "/" + frame["set_by"] + _away(frame) + second


def _baseline(frame: pd.DataFrame) -> Texts:
    return (
        "base:"
        + frame["place"]
        + "."
        + frame["indicator"]
        + "."
        + frame["measure"]
        + "@"
        + frame["scope"]
    )


def _project(frame: pd.DataFrame) -> Texts:
    return (
        "prj:"
        + frame["group"]
        + "."
        + frame["measure"]
        + "."
        + frame["state"]
        + "@"
        + frame["time_period"]
    )


_NAMED = {"claims": "claim", "statements": "stm"}
_KEYS: dict[str, tuple[Callable[[pd.DataFrame], Texts], str]] = {
    "observations": (_observation, "source"),
    "scenarios": (lambda frame: _head(frame, "scn", "time_period") + _away(frame), "plan"),
    "plan": (_plan, "source"),
    "goals": (lambda frame: _head(frame, "goal", "period") + _away(frame), "source"),
    "baseline": (_baseline, "source"),
    "projects": (_project, "source"),
}
