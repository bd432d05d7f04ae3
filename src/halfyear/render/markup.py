"""Reading of finished HTML: headings, attributes, and what a page must not do."""

import re
from collections import Counter
from html.parser import HTMLParser

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LOADED = {"src", "srcset", "data", "poster", "action", "background", "formaction"}
FOLLOWED = LOADED | {"href"}  # but in a link
_HEADING = re.compile(r"<h([1-6])\b.*?</h\1\s*>", re.DOTALL | re.IGNORECASE)
_OUTSIDE = re.compile(r"^\s*(https?:)?//", re.IGNORECASE)
_STYLE = re.compile(r"@import|url\(\s*(?![\"']?\s*(?:data:|#))[^)]{0,80}", re.IGNORECASE)


class _Reader(HTMLParser):
    """Collects headings, ids, local links and addresses of a page in one pass."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[tuple[int, str, list[str]]] = []
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.loaded: list[str] = []  # from elsewhere
        self.open: list[str] | None = None
        self.raw = ""
        self.given: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = self.given = {key: value or "" for key, value in attrs}
        if tag in HEADINGS:
            self.open = []
            self.headings.append((int(tag[1]), given.get("id", ""), self.open))
        if "id" in given:
            self.ids[given["id"]] += 1
        if tag in ("a", "use") and given.get("href", "").startswith("#"):
            self.links.append(given["href"][1:])
        names = LOADED if tag == "a" else FOLLOWED
        self.loaded += [at for key, at in given.items() if key in names and _OUTSIDE.match(at)]
        if "style" in given:
            self.loaded += _STYLE.findall(given["style"])
        self.raw = tag

    def handle_endtag(self, tag: str) -> None:
        if tag in HEADINGS:
            self.open = None
        self.raw = ""

    def handle_data(self, data: str) -> None:
        if self.open is not None:
            self.open.append(data)
        if self.raw == "style":
            self.loaded += _STYLE.findall(data)


def _read(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader


def headings(text: str) -> list[tuple[int, str, str]]:
    """Headings in order: level, id (may be empty) and text."""
    heads = "".join(found[0] for found in _HEADING.finditer(text))
    return [
        (level, id, " ".join("".join(parts).split())) for level, id, parts in _read(heads).headings
    ]


def attributes(tag: str) -> dict[str, str]:
    """Attributes of one start tag, unescaped."""
    return _read(tag).given


def problems(text: str) -> list[tuple[str, str]]:
    """What a page must not do, each with where: reach a network, repeat an id, link nowhere."""
    reader = _read(text)
    return [
        *(("loaded from a network", address) for address in reader.loaded),
        *(("an id given twice", id) for id, count in reader.ids.items() if count > 1),
        *(
            ("a link that leads nowhere", f"#{id}")
            for id in sorted(set(reader.links))
            if id and id not in reader.ids
        ),
    ]
