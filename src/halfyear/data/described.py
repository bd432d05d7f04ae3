"""Indicators and documents as the codelists describe them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from halfyear.data import ids
from halfyear.data.frames import Tables
from halfyear.params import LANGUAGES


@dataclass(frozen=True)
class Indicator:
    """An indicator as the codelist describes it."""

    id: str
    parent: str
    name: dict[str, str]
    short: dict[str, str]
    unit: str
    kind: str
    direction: str
    decimals: int


@dataclass(frozen=True)
class Source:
    """A document as the table of sources describes it; date may be partial."""

    id: str
    title: dict[str, str]
    number: str
    issuer: str
    date: str
    status: str


@dataclass(frozen=True)
class Statement:
    """What a document states in words: a difficulty, cause, task or proposal.

    kind is difficulty, cause_objective, cause_subjective, task or proposal; status is stated, or
    for a proposal proposed, adopted or rejected. text is in our own words, its {1}, {2} ... stand
    for the figures of the ids in `figures`; lead is the unit named, "" where none is.
    """

    id: str
    kind: str
    status: str
    indicator: str
    text: dict[str, str]
    figures: tuple[str, ...]
    lead: dict[str, str]
    source: str
    section: str
    line: int


def statement(row: Mapping[str, Any]) -> Statement:
    """Read a row of the table of statements."""
    return Statement(
        **{name: str(row[name]) for name in ("id", "kind", "status", "indicator", "source")},
        section=str(row["section"]),
        text={lang: str(row[f"text_{lang}"]) for lang in LANGUAGES},
        figures=tuple(ids.operands(str(row["figures"]))),
        lead={lang: str(row[f"lead_{lang}"]) for lang in LANGUAGES},
        line=int(row["line"]),
    )


def indicators(tables: Tables) -> dict[str, Indicator]:
    """Read the indicators, by id."""
    found = {}
    for row in tables.indicators.to_dict("records"):
        found[str(row["id"])] = Indicator(
            id=str(row["id"]),
            parent=str(row["parent"]),
            name={lang: str(row[f"name_{lang}"]) for lang in LANGUAGES},
            short={lang: str(row[f"name_short_{lang}"]) for lang in LANGUAGES},
            unit=str(row["unit"]),
            kind=str(row["kind"]),
            direction=str(row["direction"]),
            decimals=int(row["decimals"]),
        )
    return found


def sources(tables: Tables) -> dict[str, Source]:
    """Read the documents, by id, in the table's order."""
    found = {}
    for row in tables.sources.to_dict("records"):
        found[str(row["id"])] = Source(
            id=str(row["id"]),
            title={lang: str(row[f"title_{lang}"]) for lang in LANGUAGES},
            number=str(row["number"]),
            issuer=str(row["issuer"]),
            date=str(row["date"]),
            status=str(row["status"]),
        )
    return found
