"""Statements: texts in both languages with a place, whose numbers are figures of the tables."""

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from halfyear.data import ids, second
from halfyear.data.checks.rows import Row, at, records
from halfyear.data.faults import Fault
from halfyear.data.frames import Reading, Tables

WORDS = 6
LETTERS = 160
TEXTS = ("text_vi", "text_en")
_SLOT = re.compile(r"\{([0-9]+)\}")
_DIGITS = re.compile(r"[0-9]+")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b|\b[0-9]{1,2} tháng\b")
_FACTS = ("observations", "scenarios", "plan", "goals", "baseline", "projects", "claims")


def faults(tables: Tables, reading: Reading) -> Iterator[Fault]:
    """List statements without a whole text, place or standing, and numbers nobody owns.

    Numbers wait until every document, whose own number they may be, was read.
    """
    media = dict(zip(tables.sources["id"], tables.sources["medium"], strict=True))
    numbers = sorted({str(n) for n in tables.sources["number"] if n}, key=len, reverse=True)
    whole = len(tables.sources) == len(reading.tables.sources) and "sources" not in reading.broken
    for row in records(tables.statements):
        yield from _standing(row)
        yield from _place(row, media)
        for column in TEXTS if whole else ():
            yield from _text(row, column, numbers)


def operands(tables: Tables) -> Iterator[Fault]:
    """List the figures that statements name and no row holds; every row must be sound."""
    known = {str(fact) for name in _FACTS for fact in getattr(tables, name)["id"]}
    known |= {str(row["id"]) for row in second.rows(tables)}
    for row in records(tables.statements):
        unknown = [fact for fact in ids.operands(row["figures"]) if fact not in known]
        yield from (at(row, "unknown_operand", "figures", found=f, near="") for f in unknown)


def _standing(row: Row) -> Iterator[Fault]:
    if row["kind"] and row["status"] and (row["kind"] == "proposal") == (row["status"] == "stated"):
        yield at(row, "statement_status", "status", kind=row["kind"])
    if bool(row["lead_vi"]) != bool(row["lead_en"]):
        yield at(row, "statement_lead", "lead_vi" if row["lead_en"] else "lead_en")


def _place(row: Row, media: Mapping[str, str]) -> Iterator[Fault]:
    if media.get(row["source"]) == "cited":
        yield at(row, "source_cited", "source")
    if row["line"] is not pd.NA and row["line"] < 1:
        yield at(row, "place_not_positive", "line")
    if len(row["printed"].split()) > WORDS:
        yield at(row, "statement_quotes", "printed", limit=WORDS)


def _text(row: Row, column: str, numbers: list[str]) -> Iterator[Fault]:
    text, figures = row[column], ids.operands(row["figures"])
    if len(text) > LETTERS:
        yield at(row, "statement_long", column, limit=LETTERS)
    wanted = [str(n) for n in range(1, len(figures) + 1)]
    if text and sorted(set(_SLOT.findall(text))) != wanted:
        shown = " ".join(f"{{{n}}}" for n in wanted) or "-"
        yield at(row, "statement_slots", column, slots=shown)
    bare = _SLOT.sub("", text)
    for number in numbers:
        bare = bare.replace(number, "")
    for digits in _DIGITS.findall(_YEAR.sub("", bare)):
        yield at(row, "statement_number", column, found=digits)
