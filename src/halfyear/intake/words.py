"""Words of the review sheet, its page and the command, in Vietnamese or English."""

from functools import cache
from typing import Any, cast

from halfyear import yamlfile


@cache
def texts(name: str) -> Any:
    """Give a file of texts of this package."""
    return yamlfile.packed("halfyear.intake", name)


def catalogue() -> dict[str, dict[str, dict[str, str]]]:
    """Give all words: section, then code, then language."""
    return cast("dict[str, dict[str, dict[str, str]]]", texts("words.yml"))


def say(lang: str, key: str, **slots: object) -> str:
    """Fill the gaps of a text, named as section.code."""
    section, _, code = key.partition(".")
    return catalogue()[section][code][lang].format_map(slots)


def choose(lang: str, section: str, code: str) -> str:
    """Give the words of a section for a code, or the code itself."""
    found = catalogue()[section].get(code)
    return found[lang] if found else code
