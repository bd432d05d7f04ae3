"""Indicators and documents as the codelists describe them."""

from dataclasses import dataclass

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
