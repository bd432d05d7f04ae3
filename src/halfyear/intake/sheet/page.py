"""The review page: the text with each figure marked, the proposals beside it in words.

One file serves twice: opened from disk it saves review.csv, opened from the server it saves each
change and asks the package what is wrong with a row.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from halfyear.intake import words
from halfyear.intake.layout.paragraphs import Paragraph
from halfyear.intake.proposal import Proposal
from halfyear.intake.sheet.cards import Card, cards, marked
from halfyear.intake.sheet.choices import figure
from halfyear.intake.sheet.review import COLUMNS, Sheet
from halfyear.intake.sheet.telling import Telling

SHOWN = 60
FILTERS = ("all", "open", "ticked", "doubtful")
DOCUMENTED = ("title_vi", "title_en", "number", "issuer", "date", "status", "supersedes")


@dataclass(frozen=True)
class Top:
    """What a page says first: the period, the file and what to run."""

    period: str
    file: str
    command: str
    notices: tuple[str, ...] = ()


def page(
    telling: Telling,
    top: Top,
    paragraphs: Sequence[Paragraph],
    made: Sequence[Proposal],
    sheet: Sheet,
    offered: Mapping[str, Any],
) -> Iterator[str]:
    """Give the page as HTML that needs nothing else, in pieces; row numbers are the sheet's.

    offered is what cells may be set to, from `choices`.
    """
    ticked = [bool(row["accept"]) for row in sheet.rows]
    told = cards(telling, made, ticked)
    style, script = _part("page.css"), _part("page.js")
    environment = Environment(
        loader=FunctionLoader(_part),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html").generate(
        lang=telling.lang,
        say=telling.say,
        policy=_policy(style, script),
        source=sheet.source,
        title=sheet.source[f"title_{telling.lang}"] or sheet.source["title_vi"],
        facts=_facts(telling, top, sheet.source),
        notices=top.notices,
        command=top.command,
        counts={"all": len(told), "ticked": sum(ticked), "open": len(told) - sum(ticked)},
        keys=words.catalogue()["key"],
        fields=words.catalogue()["field"],
        filters=FILTERS,
        documented=DOCUMENTED,
        left=[card for card in told if not card.ticked],
        shown=SHOWN,
        sections=_sections(telling, paragraphs, told),
        style=Markup(style),
        script=Markup(script),
        given=map(Markup, _given(telling, top, sheet, offered)),
    )


def _part(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Let the page load nothing, run only its own script, and ask only whence it came."""
    styled, scripted = map(_hash, (style, script))
    return (
        f"default-src 'none'; style-src {styled}; script-src {scripted}; img-src data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _facts(telling: Telling, top: Top, source: Mapping[str, str]) -> dict[str, str]:
    standing = telling.choose("standing", source["status"])
    about = (source["number"], source["issuer"], telling.day(source["date"]), standing)
    return {
        "report": " · ".join(part for part in about if part),
        "period": telling.period(top.period),
        "source": source["id"],
        "file": top.file,
    }


def _sections(
    telling: Telling, paragraphs: Sequence[Paragraph], told: Sequence[Card]
) -> Iterator[dict[str, Any]]:
    """Give the paragraphs that hold figures, and the headings, each with its cards."""
    own: dict[int, list[Card]] = {}
    for card in told:
        own.setdefault(card.paragraph, []).append(card)
    for number, one in enumerate(paragraphs):
        if number in own or one.kind == "heading":
            yield {
                "kind": one.kind,
                "tag": "h2" if one.kind == "heading" else "div",
                "where": _where(telling, one),
                "parts": list(marked(one.text, own.get(number, []))),
                "cards": own.get(number, []),
            }


def _where(telling: Telling, one: Paragraph) -> str:
    line = telling.say("page.line", line=one.starts[0][1])
    named = telling.say("page.section", section=one.section) if one.section else ""
    return " · ".join(part for part in (named, line) if part)


def _given(telling: Telling, top: Top, sheet: Sheet, offered: Mapping[str, Any]) -> Iterator[str]:
    """Give what the script needs as one JSON object, in pieces: the rows one by one."""
    yield '{"rows":{'
    for number, row in enumerate(sheet.rows, 2):
        yield f'{"," if number > 2 else ""}"{number}":{_json(_cells(row))}'
    told, fields = words.catalogue()["desk"], words.catalogue()["field"]
    rest = {
        "lang": telling.lang,
        "command": top.command,
        "columns": COLUMNS,
        "source": dict(sheet.source),
        "figures": {str(n): figure(row["printed"]) for n, row in enumerate(sheet.rows, 2)},
        "fields": {code: text[telling.lang] for code, text in fields.items()},
        "words": {code: text[telling.lang] for code, text in told.items()},
        **offered,
    }
    yield "}," + _json(rest)[1:]


def _cells(row: Mapping[str, str]) -> dict[str, str]:
    return {name: row.get(name, "") for name in COLUMNS}


def _json(content: object) -> str:
    """Write JSON that ends no script element."""
    return json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")
