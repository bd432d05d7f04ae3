"""Titles of charts: a finding whose numbers keep their ids."""

from collections.abc import Mapping
from dataclasses import dataclass

from halfyear.texts import escape
from halfyear.view import View


@dataclass(frozen=True)
class Title:
    """The same words twice: bare for alt texts, and as Markdown whose numbers carry ids."""

    plain: str
    marked: str


def title(view: View, key: str, numbers: Mapping[str, tuple[str, ...]], **slots: str) -> Title:
    """Fill a text with numbers, each an id and its styles, and with words."""
    plain = {name: view.plain(*number) for name, number in numbers.items()}
    marked = {name: view.num(*number) for name, number in numbers.items()}
    escaped = {name: escape(word) for name, word in slots.items()}
    return Title(view.say(key, **plain, **slots), view.say(key, **marked, **escaped))


def short(view: View, key: str) -> str:
    """Bare short name of the indicator of a key `indicator.measure`."""
    return view.edition.indicators[key.partition(".")[0]].short[view.lang]


def inside(name: str) -> str:
    """A name as it stands inside a sentence: small unless it is an abbreviation."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
