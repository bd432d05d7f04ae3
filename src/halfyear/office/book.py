"""A book of sheets as plain data, kept in a file until a workbook is made of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from halfyear.office.sheet import Cell, Number, Sheet


@dataclass(frozen=True)
class Book:
    """Sheets, and the contents before them.

    `heads` are those of the contents (sheet, rows), after its title; `lines` stand above the
    list: what the edition is, and notes. `back` are the words that lead back to the contents.
    """

    sheets: Sequence[Sheet]
    title: str
    heads: Sequence[str]
    lines: Sequence[str]
    day: date
    back: str = field(default="↩")

    def save(self, path: Path) -> None:
        """Write the book to a file, numbers as text so that no digit is lost."""
        content = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        content["sheets"] = [vars(sheet) for sheet in self.sheets]
        text = json.dumps(content, ensure_ascii=False, default=_plain)
        path.write_text(text, encoding="utf-8", newline="\n")

    @classmethod
    def load(cls, path: Path) -> "Book":
        """Read a book from a file."""
        content = json.loads(path.read_text(encoding="utf-8"), object_hook=_cell)
        return cls(**{**content, "sheets": [Sheet(**sheet) for sheet in content["sheets"]]})


def _plain(cell: Number | date) -> Mapping[str, object]:
    if isinstance(cell, Number):
        return {"number": str(cell.value), "decimals": cell.decimals}
    return {"date": cell.isoformat()}


def _cell(content: dict[str, Any]) -> "Cell | dict[str, Any]":
    if content.keys() == {"number", "decimals"}:
        return Number(Decimal(content["number"]), content["decimals"])
    if content.keys() == {"date"}:
        return date.fromisoformat(content["date"])
    return content
