"""A sheet of the annex: bilingual heads over rows of texts, numbers and days."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from halfyear.interval import places
from halfyear.results import Quantity
from halfyear.texts import Texts


@dataclass(frozen=True)
class Number:
    """A number as a sheet holds it: its value and the decimals it is shown with."""

    value: Decimal
    decimals: int


Cell: TypeAlias = "str | int | date | Number | None"


@dataclass
class Sheet:
    """One table: its key among the texts, its columns in the languages, its rows.

    `fields` are the columns by their keys, where a reader finds sources and addresses.
    """

    key: str
    title: str
    columns: list[str]
    rows: list[list[Cell]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)

    @property
    def frozen(self) -> int:
        """Columns that stay in view: up to a name at the front, else one."""
        return self.fields[:2].index("name") + 1 if "name" in self.fields[:2] else 1


BOUNDED = ("bound", "comparator")
GAP = "…"


@dataclass(frozen=True)
class Words:
    """The words of the annex in every language of the edition, joined where a head has both."""

    texts: Sequence[Texts]

    def both(self, key: str) -> str:
        """A word in all languages, "vi / en"."""
        return " / ".join(dict.fromkeys(text.say(key) for text in self.texts))

    def code(self, column: str, value: str) -> str | None:
        """A code of a column in words of all languages, or nothing where it has no words."""
        key, bound = f"codes.{column}.{value}", f"bounded.{value}"
        if column in BOUNDED and all(text.has(bound) for text in self.texts):
            told = (text.say(bound, number=GAP).strip(f" {GAP}") for text in self.texts)
            return " / ".join(dict.fromkeys(told))
        return self.both(key) if value and all(text.has(key) for text in self.texts) else None

    def sheet(self, key: str, columns: Iterable[str], rows: Iterable[Sequence[Cell]]) -> Sheet:
        """A sheet with bilingual heads; a column `name+` stands once in every language.

        A column `name..` is a low and a high end, or one column where they are the same in all.
        """
        kept, heads, fields, place = [list(row) for row in rows], list[str](), list[str](), 0
        for column in columns:
            found = self._heads(column)
            if column.endswith("..") and all(row[place] == row[place + 1] for row in kept):
                found = [self.both(f"columns.{column.removesuffix('..')}")]
                for row in kept:
                    del row[place + 1]
            heads += found
            fields += [column.rstrip("+.")] * len(found)
            place += len(found)
        return Sheet(key, self.both(f"sheets.{key}"), heads, kept, fields)

    def _heads(self, column: str) -> list[str]:
        if column.endswith("+"):
            key = f"columns.{column.removesuffix('+')}"
            return [f"{text.say(key)} ({text.lang})" for text in self.texts]
        if column.endswith(".."):
            name = self.both(f"columns.{column.removesuffix('..')}")
            return [f"{name}: {self.both(f'columns.{end}')}" for end in ("low", "high")]
        return [self.both(f"columns.{column}")]


def ends(quantity: Quantity | None) -> list[Cell]:
    """Low and high end of a quantity as two cells; empty where it has no value."""
    if quantity is None or quantity.interval is None:
        return [None, None]
    return [number(end, quantity.decimals) for end in (quantity.known.low, quantity.known.high)]


def one(quantity: Quantity | None) -> Cell:
    """The single value of a quantity; empty for none, and for an interval its middle is no value.

    Raises NotComputable for an interval.
    """
    if quantity is None or quantity.interval is None:
        return None
    return number(quantity.value, quantity.decimals)


def number(value: object, decimals: int | None = None) -> Cell:
    """A cell with a number; empty for a missing one. Decimals are its own unless given."""
    if not isinstance(value, Decimal):
        return None
    return Number(value, places(value) if decimals is None else decimals)


def text(value: object) -> str:
    """A cell with text; a missing value is empty."""
    missing = value is None or value != value or str(value) in ("<NA>", "NaT")
    return "" if missing else str(value)


def figure(value: str) -> Cell:
    """A cell with a number where a text is nothing but a number in the data's form, else text."""
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
        return number(Decimal(value), len(value.partition(".")[2]))
    return value


def plain(value: object) -> Cell:
    """A cell for a value of the data: a number, a day, or the text of anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    return number(value) or (value if isinstance(value, date) else text(value))


def flat(parts: Iterable[Sequence[Cell]]) -> list[Cell]:
    """Cells of several parts as one row."""

    def every() -> Iterator[Cell]:
        for part in parts:
            yield from part

    return list(every())
