"""The HTML page: one file with the body, its charts, its fonts, its style and its script."""

import json
import re
import string
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from halfyear import entry, origin, yamlfile
from halfyear.errors import Problem, RenderError
from halfyear.render import markup, svg, webfonts
from halfyear.render.layout import Layout
from halfyear.render.shade import dark, variable

HEAD = ("title", "place", "status", "date", "home")


def assemble(body: str, *, composed: Path, lang: str, layout: Layout, served: bool = False) -> str:
    """Assemble the page of one language from the body that an engine made of `composed`.

    A page `served` by a preview may load from that server, which tells it when to load anew.
    Raises RenderError for a chart that is missing, a link that leads nowhere, an id given twice,
    or anything that would be loaded from a network.
    """
    colours: set[str] = set()
    main = _between(body, composed)

    def part(name: str) -> str:
        return layout.text(layout.templates / name)

    environment = Environment(
        loader=FunctionLoader(lambda name: (part(name), name, None)),
        autoescape=True,
        undefined=StrictUndefined,
    )
    words = layout.words(lang)
    shell = environment.get_template("page.html").render(
        head=_head(composed),
        lang=lang,
        served=served,
        words=words,
        editions=[{"lang": each, **layout.words(each)} for each in layout.languages()],
        contents=_contents(main),
        body=Markup(
            origin.link(
                _with_charts(main, composed, colours),
                origin.read(composed.with_name(origin.NAME)),
                lang,
                escape(words["notebook"]),
            )
        ),
        provenance=entry.load(entry.file(composed.parent, lang)),
        style=Markup(part("page.css")),
        dark=Markup(part("dark.css")),
        shades=Markup("".join(f"{variable(c)}:{dark(c)};" for c in sorted(colours))),
        script=Markup(part("page.js")),
        data=Markup(_json(words["script"])),
    )
    problems = markup.problems(shell)
    if problems:
        raise RenderError(*(Problem(what, str(composed), found=where) for what, where in problems))
    faces = webfonts.faces(layout.fonts, shell + string.printable, layout.kept)
    return shell.replace("/*fonts*/", "\n".join(faces), 1)


def _between(body: str, composed: Path) -> str:
    """The part of an engine's page that the filter wrote."""
    found = re.search(r"<!--briefing-->(.*)<!--/briefing-->", body, re.DOTALL)
    if found is None:
        raise RenderError(Problem("the engine lost the body of the page", str(composed)))
    return found[1].strip()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")


def _head(composed: Path) -> dict[str, str]:
    text = composed.read_text(encoding="utf-8")
    parts = re.split(r"^---\s*$", text, maxsplit=2, flags=re.MULTILINE)
    if len(parts) < 3:
        raise RenderError(Problem("no YAML head", str(composed), expected="--- on the first line"))
    head = yamlfile.parse(parts[1]) or {}
    return {key: str(head.get(key, "")) for key in HEAD}


def day(composed: Path) -> date:
    """Edition date in the head of `composed`."""
    return date.fromisoformat(_head(composed)["date"])


def _contents(main: str) -> list[dict[str, str]]:
    """Sections for the contents: id, number (may be empty), text, group `part` or `annex`."""
    entries = []
    for level, id, text in markup.headings(main):
        if level != 2 or not id:
            continue
        number = re.match(r"([0-9A-Z]{1,2})\.\s+", text)
        annex = bool(number and number[1].isalpha())
        entries.append(
            {
                "id": id,
                "number": number[1] if number else "",
                "text": text[number.end() :] if number else text,
                "group": "annex" if annex else "part",
            }
        )
    return entries


def _with_charts(main: str, composed: Path, colours: set[str]) -> str:
    """Put each chart in the page, and the figures behind it where a CSV stands beside it."""

    def chart(tag: re.Match[str]) -> str:
        given = markup.attributes(tag.group())
        path = composed.parent / given["src"]
        drawn = svg.inline(path, alt=given["alt"], colours=colours)
        data = path.with_suffix(".csv")
        if not data.is_file():
            return drawn
        text = escape(data.read_text(encoding="utf-8"))
        return drawn.replace("<svg ", f'<svg data-csv="{text}" ', 1)

    return re.sub(r"<img\b(?:[^>\"]|\"[^\"]*\")*>", chart, main)
