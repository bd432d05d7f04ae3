"""Parity: two languages of one edition say the same with the same numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from halfyear import yamlfile
from halfyear.edition import Edition
from halfyear.errors import Problem
from halfyear.proofs.page import BODY, PROVENANCE, Block, Number, Page
from halfyear.results import Results
from halfyear.view import View

PAIRS = (("rise", "fall"), ("over", "under"))
POINT = {"vi": ",", "en": "."}
_NUMERAL = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_SENTENCE = re.compile(r"(?<=[.;:])\s+")
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\w+|[^\w\s]+")


@dataclass
class Parity:
    """What two pages share, and where they differ; names are words of proper names by count."""

    numbers: int = 0
    sentences: int = 0
    headings: int = 0
    tables: int = 0
    figures: int = 0
    names: Counter[str] = field(default_factory=Counter)
    quotes: int = 0
    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.numbers} numbers with the same ids, values, units and signs in each text; "
            f"{self.sentences} sentences with the same direction; {self.headings} headings, "
            f"{self.tables} tables, {self.figures} figures; {self.names.total()} words of proper "
            f"names and {self.quotes} printed figures in another language; "
            f"{len(self.problems)} differences"
        )


def compare(one: Page, two: Page, names: Sequence[str]) -> Parity:
    """Compare two pages; `names` are proper names, the same in every language, longest first."""
    found = Parity()
    found.problems += _numbers(one, two, found)
    found.problems += _shape(one, two, found)
    found.problems += _directions(one, two, found)
    for page in (one, two):
        found.problems += _strangers(page, names, found)
        found.quotes += sum(len(source.quotes) for source in page.sources)
    return found


def values(text: str, lang: str) -> list[Decimal]:
    """Numbers of a text as a language writes them, without signs."""
    other = "." if POINT[lang] == "," else ","
    plain = (n.replace(other, "").replace(",", ".") for n in _NUMERAL.findall(text))
    return [Decimal(n) for n in plain]


def signs(text: str) -> str:
    """Signs of a number's text."""
    return "".join(re.findall(r"(?:^|(?<=[\s–]))[+−]", text))


def _numbers(one: Page, two: Page, found: Parity) -> Iterator[Problem]:
    """Numbers of each block by id; their order within a block is the language's own."""
    ours, theirs = _blocks(one), _blocks(two)
    if len(ours) != len(theirs):
        what = "another number of texts with numbers in the other language"
        yield Problem(what, expected=str(len(ours)), found=str(len(theirs)))
    for a, b in zip(ours, theirs, strict=False):
        first, second = _sorted(a), _sorted(b)
        if [(n.id, n.styles) for n in first] != [(n.id, n.styles) for n in second]:
            what = "other numbers in the other language"
            yield Problem(what, expected=_told(a), found=_told(b))
            continue
        found.numbers += len(first)
        for x, y in zip(first, second, strict=True):
            if _said(x, one.lang) != _said(y, two.lang):
                what = "a number with another value, sign or unit in the other language"
                yield Problem(what, column=x.id, expected=x.text, found=y.text)


def _blocks(page: Page) -> list[Block]:
    return [block for block in page.blocks if block.zone == BODY and block.numbers]


def _sorted(block: Block) -> list[Number]:
    return sorted(block.numbers, key=lambda number: (number.id, number.styles))


def _said(number: Number, lang: str) -> tuple[list[Decimal], str, bool]:
    return values(number.text, lang), signs(number.text), "%" in number.text


def _told(block: Block) -> str:
    return ", ".join(f"{number.id} ({number.text})" for number in block.numbers)


def _shape(one: Page, two: Page, found: Parity) -> Iterator[Problem]:
    found.headings, found.tables = len(one.headings), len(one.tables)
    found.figures = len(one.figures)
    for what, ours, theirs in (
        ("headings", _outline(one), _outline(two)),
        ("tables", one.tables, two.tables),
        ("figures", one.figures, two.figures),
        ("pictures", len(one.spoken), len(two.spoken)),
    ):
        if ours != theirs:
            yield Problem(
                f"other {what} in the other language", expected=f"{ours}", found=f"{theirs}"
            )


def _outline(page: Page) -> list[tuple[int, str]]:
    return [(level, id) for level, id, _ in page.headings]


def _directions(one: Page, two: Page, found: Parity) -> Iterator[Problem]:
    for ours, theirs in zip(_spoken(one), _spoken(two), strict=False):
        if [n.id for n in _sorted(ours)] != [n.id for n in _sorted(theirs)]:
            continue
        pairs = list(zip(sentences(ours), sentences(theirs), strict=False))
        for (a, ids), (b, others) in pairs:
            if sorted(ids) != sorted(others):
                continue
            found.sentences += 1
            for up, down in PAIRS:
                here, there = _sides(a, one.lang, up, down), _sides(b, two.lang, up, down)
                if here and there and here != there:
                    yield Problem("another direction in the other language", expected=a, found=b)


def _spoken(page: Page) -> list[Block]:
    return [b for b in page.blocks if b.zone == BODY and b.numbers and not b.drawing]


def sentences(block: Block) -> list[tuple[str, list[str]]]:
    """Sentences of a block that hold numbers, each with its text and its ids in order."""
    marked = "".join(p if isinstance(p, str) else f"\ufffc{p.text}\ufffd" for p in block.pieces)
    ids = iter(number.id for number in block.numbers)
    parts, depth = [], ""
    for piece in _SENTENCE.split(marked):
        depth = f"{depth} {piece}".strip()
        if depth.count("\ufffc") == depth.count("\ufffd"):
            parts.append(depth)
            depth = ""
    told = [
        (re.sub("[\ufffc\ufffd]", "", p), [next(ids) for _ in range(p.count("\ufffc"))])
        for p in parts
    ]
    return [(text, given) for text, given in told if given]


def _sides(text: str, lang: str, up: str, down: str) -> frozenset[str]:
    """Directions a text tells; the bound of a figure (more than 50%) is none."""
    words = _known()[lang]["directions"]
    bounds = "|".join(re.escape(bound) for bound in _known()[lang]["bounds"])
    low = re.sub(rf"\b(?:{bounds})\s+(?=[0-9])", " ", text.lower())
    return frozenset(
        side
        for side in (up, down)
        if any(re.search(rf"\b{re.escape(w)}\b", low) for w in words[side])
    )


def against_signs(page: Page, negative: frozenset[str]) -> list[Problem]:
    """Numbers shown without their sign in a text without a word of its direction.

    `negative` are the ids of results below zero.
    """
    problems = []
    for block in _spoken(page):
        sides = frozenset[str]().union(*(_sides(block.text, page.lang, *pair) for pair in PAIRS))
        for id in sorted({n.id for n in block.numbers if "abs" in n.styles}):
            if not sides & ({"fall", "under"} if id in negative else {"rise", "over"}):
                what = "a number without sign and without a word for it"
                problems.append(Problem(what, column=id, found=block.text))
    return problems


def _strangers(page: Page, names: Sequence[str], found: Parity) -> Iterator[Problem]:
    """Words of another language outside elements that say so and outside proper names."""
    others = [lang for lang in _known() if lang != page.lang]
    for block in page.blocks:
        if block.lang != page.lang or block.zone == PROVENANCE:
            continue
        text = block.text
        for name in names:
            words = [w for w in _WORD.findall(name) if any(foreign(w, lang) for lang in others)]
            for word in words:
                found.names[word] += text.count(name)
            text = text.replace(name, " ")
        for word in _WORD.findall(text):
            if any(foreign(word, lang) for lang in others):
                what, where = f"a word of another language in {page.lang}", block.text[:80]
                yield Problem(what, found=f"{word} in “{where}”")


def prove(edition: Edition, results: Results, folder: Path) -> dict[str, Parity]:
    """Compare the built pages of the first language with those of every other one."""
    first, *others = edition.params.languages
    views = [View.of(edition, results, lang) for lang in edition.params.languages]
    known = sorted({edition.params.place, *edition.tables.observations["place"]})
    places = [[view.place(id) for id in known] for view in views]
    names = names_of(edition, list(zip(*places, strict=True)))
    page = Page.read(folder / f"briefing.{first}.html")
    return {
        f"{first}-{lang}": compare(page, Page.read(folder / f"briefing.{lang}.html"), names)
        for lang in others
    }


def names_of(edition: Edition, places: Sequence[Sequence[str]]) -> list[str]:
    """Proper names of an edition: issuers and numbers of its sources, its places and those told of.

    `places` are the names of each place in each language; what the languages of a place or of a
    statement share is a proper name.
    """
    statements = edition.tables.statements
    told = zip(*(statements[f"text_{lang}"] for lang in edition.params.languages), strict=True)
    shared = {name for texts in (*places, *told) for name in _shared(texts)}
    sources = edition.sources.values()
    found = {*shared, *(s.issuer for s in sources), *(s.number for s in sources)}
    return sorted(filter(None, found), key=lambda name: (-len(name), name))


def _shared(texts: Sequence[str]) -> Iterator[str]:
    """Runs of capitalised words of the first text that stand in all others too."""
    for capitalised, words in groupby(_TOKEN.findall(texts[0]), lambda word: word[:1].isupper()):
        name = " ".join(words)
        if capitalised and all(re.search(rf"\b{re.escape(name)}\b", text) for text in texts[1:]):
            yield name


def foreign(word: str, lang: str) -> bool:
    """Whether a word can only be one of a language."""
    known = _known()[lang]
    letters = set(known["own_letters"])
    return bool(letters & set(word.lower())) or word.lower() in known["own_words"]


@cache
def _known() -> dict[str, Any]:
    return dict(yamlfile.packed("halfyear.proofs", "languages.yml"))
