"""Ids: stable names of facts, made from their keys."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeAlias

import pandas as pd

from halfyear.errors import PeriodError
from halfyear.key import Key
from halfyear.period import Period

_UNFIT = re.compile(r"[^a-z0-9]+")
Texts: TypeAlias = "pd.Series[str]"
Row: TypeAlias = Mapping[str, Any]


def near(word: str, known: Collection[str]) -> str:
    """The known id or code most like a word, as " (it?)" for an error; "" where none is."""
    alike = [code for code in known if abs(len(code) - len(word)) < 8]
    close = get_close_matches(word, alike, n=1, cutoff=0.75)
    return f" ({close[0]}?)" if close else ""


def claim(row: Mapping[str, str], used: set[str]) -> str:
    """Name a claim by what it says, of what, when and where; `used` holds the names there are."""
    about = row["indicator"] or "indicators"
    name = f"{row['kind']}_{about}_{row['time_period']}_l{row['line']}_{row['source']}".lower()
    stem = _UNFIT.sub("_", name).strip("_")
    given = next(
        name for n in range(1, 1000) if (name := stem if n == 1 else f"{stem}_{n}") not in used
    )
    used.add(given)
    return given


def numbered(name: str, frame: pd.DataFrame, order: Sequence[str], at_home: str) -> pd.DataFrame:
    """Add the columns `key` and `id` to the frame of a table, where it is one of figures.

    `key` names a figure whoever publishes it, `id` the row: the first row known of a key keeps
    the key alone, a later source's row of the same key gets "~source": so a revision never changes
    the id of an older figure. "#2" separates what nothing else does. Rows known on one day stand
    in the order of sources.csv, whose ids `order` lists. Scenarios have `stem`, the key without its
    plan, too.
    """
    if name not in _KEYS:
        return frame
    ranks = {source: rank for rank, source in enumerate(order)}
    return _numbered(name, frame, _KEYS[name](frame, at_home), ranks)


def operands(cell: str) -> list[str]:
    """Split the operands of a claim."""
    return [operand.strip() for operand in cell.split(";") if operand.strip()]


def stems(fact: str) -> Iterator[str]:
    """Give the shorter names an operand may use; see Key.stems."""
    return map(str, Key.parse(fact).stems())


class Names:
    """Rows by what operands may call them: their ids, and the shorter keys of Key.stems."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._called: dict[str, list[Row]] = {}
        for row in rows:
            for name in (row["id"], *stems(str(row["id"]))):
                self._called.setdefault(str(name), []).append(row)

    def called(self, operand: str, source: str) -> list[Row]:
        """The rows an operand names: those of the claim's own document, where it prints some."""
        rows = self._called.get(operand, [])
        return [row for row in rows if row["source"] == source] or rows


def _numbered(
    name: str, frame: pd.DataFrame, plain: Texts, order: Mapping[str, int]
) -> pd.DataFrame:
    stem = {"stem": plain} if name == "scenarios" else {}
    if frame.empty:
        empty = pd.Series([], dtype=object)
        return frame.assign(key=empty, id=empty, **dict.fromkeys(stem, empty))
    table = pd.DataFrame(
        {
            "id": plain,
            "known": [str(day) for day in frame["known_at"]],
            "rank": frame["source"].map(order).fillna(len(order)),
            "plan": frame["plan"] if stem else "",
            "source": frame["source"],
            "line": frame["line"].fillna(0),
            "nth": frame["nth"].fillna(0) if "nth" in frame else 0,
        }
    ).sort_values(["id", "known", "rank", "plan", "source", "line", "nth"], kind="stable")
    for holder in ("plan", "source"):
        table["key"] = table["id"] if holder == "source" else ""
        first = table.groupby("id", sort=False)[holder].transform("first")
        own = table["id"] + "~" + table[holder]
        table["id"] = table["id"].where(table[holder] == first, own)
    if name not in _NAMED:
        turn = table.groupby("id", sort=False).cumcount() + 1
        table["id"] = table["id"].where(turn == 1, table["id"] + "#" + turn.astype(str))
    ordered = table.reindex(frame.index)
    return frame.assign(key=ordered["key"], id=ordered["id"], **stem)


def _head(frame: pd.DataFrame, kind: str, period: str) -> Texts:
    return (
        kind + ":" + frame["indicator"] + "." + frame["measure"] + "@" + frame[period].astype(str)
    )


def _away(frame: pd.DataFrame, at_home: str) -> Texts:
    return ("~" + frame["place"]).where(frame["place"] != at_home, "")


def _observation(frame: pd.DataFrame, at_home: str) -> Texts:
    ends = {text: _end(text) for text in set(frame["time_period"])}
    cutoffs = frame["cutoff"].map(str)
    own = cutoffs != frame["time_period"].map(ends)
    return (
        _head(frame, "obs", "time_period") + ("/" + cutoffs).where(own, "") + _away(frame, at_home)
    )


def _end(text: str) -> str:
    try:
        return str(Period.parse(text).end)
    except PeriodError:
        return ""


def _plan(frame: pd.DataFrame, at_home: str) -> Texts:
    second = ("~" + frame["source"]).where(frame["source"] != frame["set_by"], "")
    return _head(frame, "plan", "year") + "/" + frame["set_by"] + _away(frame, at_home) + second


def _baseline(frame: pd.DataFrame, _: str) -> Texts:
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


def _project(frame: pd.DataFrame, at_home: str) -> Texts:
    return (
        "prj:"
        + frame["group"]
        + "."
        + frame["measure"]
        + "."
        + frame["state"]
        + "@"
        + frame["time_period"]
        + _away(frame, at_home)
    )


_NAMED = ("claims", "statements")
_KEYS: dict[str, Callable[[pd.DataFrame, str], Texts]] = {
    "observations": _observation,
    "scenarios": lambda frame, at_home: _head(frame, "scn", "time_period") + _away(frame, at_home),
    "plan": _plan,
    "goals": lambda frame, at_home: _head(frame, "goal", "period") + _away(frame, at_home),
    "baseline": _baseline,
    "claims": lambda frame, _: "claim:" + frame["id"].astype(str),
    "statements": lambda frame, _: "stm:" + frame["id"].astype(str),
    "projects": _project,
}
