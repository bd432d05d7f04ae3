"""Texts of the briefing, one file a language, with named places for numbers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.lists import format_list

from halfyear.data import wording
from halfyear.errors import Problem, TextError
from halfyear.number import Symbols

if TYPE_CHECKING:
    from halfyear.data.tables import Tables

LISTS = {"en": "en_GB"}  # no comma before the last "and"
_SLOT = re.compile(r"\{([a-z_0-9]+)\}")
_SPAN = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\{[^{}]*\}")
_ESCAPED = re.compile(r"\\(.)")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>$~^@'\"-])")


def escape(text: str) -> str:
    """Make Markdown show data text as it stands."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def listed(items: Sequence[str], lang: str) -> str:
    """Items as the prose of a language lists them: "a, b and c"; "" for none.

    Where an item itself holds the word that joins, all stand apart by semicolons.
    """
    locale = LISTS.get(lang, lang)
    joining = format_list(["", ""], style="standard", locale=locale)
    if len(items) > 1 and any(joining in item for item in items):
        return "; ".join(items)
    return format_list(list(items), style="standard", locale=locale)


def bare(markdown: str) -> str:
    """Give the words of composed Markdown: spans without their marks, nothing escaped."""
    while (inner := _SPAN.sub(r"\1", markdown)) != markdown:
        markdown = inner
    return _ESCAPED.sub(r"\1", markdown)


@dataclass(frozen=True)
class Texts:
    """The texts of one language under dotted keys."""

    lang: str
    entries: dict[str, Any]
    file: str

    @classmethod
    def load(cls, folder: Path, lang: str, *names: str) -> "Texts":
        """Read the text files of a language, such as briefing.vi.yml, into one.

        A section may stand in several of them. Raises TextError where a file is missing or
        broken, or a text stands in two.
        """
        entries: dict[str, Any] = {}
        for name in names:
            file = f"{name}.{lang}.yml"
            _join(entries, wording.read(folder / file), file)
        return cls(lang, entries, f"{'+'.join(names)}.{lang}.yml")

    def has(self, key: str) -> bool:
        """Whether there is a text under a key."""
        return self._find(key) is not None

    def say(self, key: str, **slots: str) -> str:
        """Fill the named places of a text; raises TextError where text and slots differ."""
        found = self._find(key)
        if not isinstance(found, str):
            raise TextError(Problem("no such text", file=self.file, column=key, mend=f"add {key}"))
        wanted = set(_SLOT.findall(found))
        if wanted - set(slots):
            raise TextError(
                Problem(
                    "a place in the text has nothing to fill it",
                    file=self.file,
                    column=key,
                    expected=", ".join(sorted(slots)) or "no place",
                    found=", ".join(sorted(wanted - set(slots))),
                )
            )
        return _SLOT.sub(lambda match: slots[match[1]], found.strip())

    def choose(self, section: str, text: str) -> str:
        """Give what a section says for a text, or the text itself."""
        found = self._find(section)
        return str(found.get(text, text)) if isinstance(found, dict) else text

    def symbols(self, tables: "Tables") -> Symbols:
        """Unit symbols of the language: from the units table, short ones from the texts."""
        units = tables.units
        full = dict(zip(units["id"], units[f"symbol_{self.lang}"], strict=True))
        short, one = self._find("units.short") or {}, self._find("units.one") or {}
        ordinals = self._find("ordinals") or {}
        return Symbols(full=full, short={**full, **short}, one=one, ordinals=ordinals)

    def _find(self, key: str) -> Any:
        node: Any = self.entries
        for part in key.split("."):
            node = node.get(part) if isinstance(node, dict) else None
        return node


def _join(entries: dict[str, Any], more: Mapping[str, Any], file: str, above: str = "") -> None:
    for key, text in more.items():
        if isinstance(text, dict) and isinstance(entries.setdefault(key, {}), dict):
            _join(entries[key], text, file, f"{above}{key}.")
        elif key in entries:
            raise TextError(
                Problem(
                    "the text stands in another file, too",
                    file=file,
                    column=f"{above}{key}",
                    mend="keep it in one of them",
                )
            )
        else:
            entries[key] = text
