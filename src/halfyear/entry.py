"""Entries of the provenance: what a page tells of the number behind an id."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

_OTHER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Operand:
    """What a number rests on: its own number, if it has one, the anchor of that and its name."""

    name: str
    number: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Fact:
    """One thing told of a number, under a label: words, a quotation in `lang`, or a formula."""

    label: str
    text: str = ""
    lang: str = ""
    formula: bool = False
    operands: tuple[Operand, ...] = ()


@dataclass(frozen=True)
class Entry:
    """All that is told of the number behind an id, in plain text."""

    id: str
    facts: tuple[Fact, ...]

    @property
    def anchor(self) -> str:
        """Where the entry stands on the page."""
        return anchor(self.id)


_ENTRIES = TypeAdapter(tuple[Entry, ...])


def anchor(id: str) -> str:
    """Anchor of the entry for an id."""
    return f"p-{_OTHER.sub('-', id.lower()).strip('-')}"


def file(folder: Path, lang: str) -> Path:
    """The file of the entries of a language, beside its composed source."""
    return folder / f"provenance.{lang}.json"


def save(entries: Iterable[Entry], path: Path) -> None:
    """Write entries, in order."""
    text = _ENTRIES.dump_json(tuple(entries), indent=0, exclude_defaults=True).decode()
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def load(path: Path) -> tuple[Entry, ...]:
    """Read entries; none where the source was not composed from an edition."""
    return _ENTRIES.validate_json(path.read_bytes()) if path.is_file() else ()
