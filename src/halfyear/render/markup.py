"""Reading of finished HTML: headings, attributes, and what a page must not do."""

import re
from collections import Counter
from typing import Any

from lxml import html

LOADED = {"src", "srcset", "data", "poster", "action", "background", "formaction"}
_OUTSIDE = re.compile(r"^\s*(https?:)?//", re.IGNORECASE)
_STYLE = re.compile(r"@import|url\(\s*(?![\"']?\s*(?:data:|#))[^)]{0,80}", re.IGNORECASE)


def headings(text: str) -> list[tuple[int, str, str]]:
    """Headings in order: level, id (may be empty) and text."""
    return [
        (int(element.tag[1]), element.get("id", ""), " ".join(element.text_content().split()))
        for element in _read(text).iter("h1", "h2", "h3", "h4", "h5", "h6")
    ]


def attributes(tag: str) -> dict[str, str]:
    """Attributes of one start tag, unescaped."""
    return dict(html.fragment_fromstring(tag).attrib)


def problems(text: str) -> list[tuple[str, str]]:
    """What a page must not do, each with where: reach a network, repeat an id, link nowhere."""
    page = _read(text)
    ids = Counter(page.xpath("//@id"))
    links = {str(link)[1:] for link in page.xpath("(//a | //use)/@href[starts-with(., '#')]")}
    return [
        *(("loaded from a network", address) for address in _loaded(page)),
        *(("an id given twice", str(id)) for id, count in ids.items() if count > 1),
        *(("a link that leads nowhere", f"#{id}") for id in sorted(links) if id and id not in ids),
    ]


def _loaded(page: Any) -> list[str]:
    """What a page loads from elsewhere: addresses of elements, and rules of styles, in order."""
    found: list[str] = []
    for element in page.iter("*"):
        names = LOADED | ({"href"} if element.tag != "a" else set())
        given = element.attrib
        found += [at for name, at in given.items() if name in names and _OUTSIDE.match(at)]
        found += _STYLE.findall(given.get("style", ""))
        if element.tag == "style":
            found += _STYLE.findall(element.text or "")
    return found


def _read(text: str) -> Any:
    return html.document_fromstring(text)
