"""Speech: in which language the command speaks, how much it says, and its words."""

import os
import re
import time
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import click

from halfyear import yamlfile
from halfyear.errors import Problem
from halfyear.progress import Line

LANGUAGES = ("vi", "en")
# Controls of the terminal, and marks that turn the direction of writing.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Speech:
    """The language of what the command says, and whether it leaves out how far it has come."""

    lang: str
    quiet: bool = False
    began: float = field(default_factory=time.monotonic)


_USUAL = Speech("en")
_SPEECH: ContextVar[Speech] = ContextVar("speech", default=_USUAL)


def begin(words: Sequence[str]) -> None:
    """Take language and quiet from the words of the command line, else from the locale."""
    asked = re.search(r"(?:^|\0)--lang[=\0](vi|en)(?:\0|$)", "\0".join(words))
    _SPEECH.set(Speech(asked[1] if asked else of_locale(), bool({"-q", "--quiet"} & set(words))))


def of_locale() -> str:
    """Give the language of the user's locale: Vietnamese, else English."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "vi" if next((name for name in names if name), "").lower().startswith("vi") else "en"


def language() -> str:
    """Give the language the command speaks, "vi" or "en"."""
    return _SPEECH.get().lang


@cache
def words() -> dict[str, Any]:
    """Give the words of the command, from words.yml."""
    content: dict[str, Any] = yamlfile.packed("halfyear.commands", "words.yml")
    return content


def said(key: str, **slots: object) -> str:
    """Give what the command says under a key of `said`."""
    return str(words()["said"][key][language()]).format_map(slots)


def progress(text: str) -> None:
    """Tell how far the work has come, unless quiet is asked for."""
    if not _SPEECH.get().quiet:
        click.echo(shown(text.say(language()) if isinstance(text, Line) else text))


def aside(text: str) -> None:
    """Tell how far the work has come beside the result, with the time since the command began."""
    if not _SPEECH.get().quiet:
        click.echo(shown(f"{text} ({said('seconds', count=_seconds())})"), err=True)


def _seconds() -> str:
    """Give the seconds since the command began to speak, in the habit of the language."""
    text = f"{time.monotonic() - _SPEECH.get().began:.1f}"
    return text.replace(".", ",") if language() == "vi" else text


def remark(text: str) -> None:
    """Tell something beside the result."""
    click.echo(shown(text), err=True)


def complain(problems: Sequence[Problem]) -> None:
    """Tell problems, one a line: place, what is wrong, what was expected and found, the mend."""
    for problem in problems:
        click.echo(f"{said('error')}: {shown(line(problem))}", err=True)


def line(problem: Problem) -> str:
    """Tell a problem in one line."""
    told = problem.say(language())
    if language() == "en":
        return " ".join(str(told).split())
    place = ", ".join(
        part
        for part in (
            told.file,
            said("row", row=told.row) if told.row is not None else "",
            said("column", column=told.column) if told.column else "",
        )
        if part
    )
    details = "; ".join(
        said(name, text=text)
        for name, text in (("expected", told.expected), ("found", told.found), ("mend", told.mend))
        if text
    )
    head = f"{place}: {told.what}" if place else told.what
    return " ".join((f"{head} ({details})" if details else head).split())


def shown(text: str) -> str:
    """Show controls of the terminal as what they are, and run none of them."""
    return _UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)
