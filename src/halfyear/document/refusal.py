"""Refusals: why a file is not read, told in Vietnamese and English."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, cast

from halfyear import yamlfile
from halfyear.errors import Problem

LANGUAGES = ("en", "vi")
Texts = dict[str, dict[str, str]]


@cache
def catalogue(package: str = "halfyear.document") -> dict[str, Texts]:
    """Give the texts of a package's refusals.yml: code, then what or mend, then language."""
    return cast("dict[str, Texts]", yamlfile.packed(package, "refusals.yml"))


def refusal(
    code: str, *, file: str = "", row: int | None = None, column: str = "", **slots: object
) -> Problem:
    """Tell why a document is refused; slots fill the gaps of the texts."""
    return tell(code, Problem("", file, row, column), slots)


def tell(
    code: str, place: Problem, slots: Mapping[str, object], package: str = "halfyear.document"
) -> Problem:
    """Tell a refusal of a package at a place, in both languages."""
    texts = catalogue(package)[code]
    english, vietnamese = (replace(place, **_told(texts, lang, slots)) for lang in LANGUAGES)
    return replace(english, vi=vietnamese)


def _told(texts: Texts, lang: str, slots: Mapping[str, object]) -> dict[str, Any]:
    filled = {name: _named(str(value), lang) for name, value in slots.items()}
    return {part: text[lang].format_map(filled) for part, text in texts.items()}


def _named(value: str, lang: str) -> str:
    """Give a slot as it is, or the words for the kind of file that it names."""
    kind, _, ending = value.partition("kind:")
    kinds = catalogue()["kinds"]
    return kinds[ending][lang] if not kind and ending in kinds else ending or value
