"""Coverage: every numeral of a page has an id, and the id leads to exactly that text."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path

from halfyear.charts.style import axis_value
from halfyear.edition import Edition
from halfyear.entry import anchor
from halfyear.errors import NotComputable, Problem
from halfyear.number import Formatter
from halfyear.proofs import printed
from halfyear.proofs.numbering import NAMES, Numbering, numerals
from halfyear.proofs.page import BODY, PROVENANCE, Number, Page
from halfyear.results import Quantity, Results
from halfyear.view import View

AXIS = "axis:"


@dataclass
class Coverage:
    """Numerals of one page: owned by an id, of a pattern, in the provenance, in alt texts."""

    lang: str
    owned: int = 0
    patterns: Counter[str] = field(default_factory=Counter)
    sourced: int = 0
    spoken: int = 0
    printed: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def every(self) -> int:
        """Numerals a reader sees outside the provenance."""
        return self.owned + self.patterns.total() + self.orphans

    @property
    def orphans(self) -> int:
        """Numerals with neither an id nor a pattern."""
        return sum(1 for problem in self.problems if problem.what == "a numeral without an id")

    def __str__(self) -> str:
        of = ", ".join(f"{name} {self.patterns[name]}" for name in NAMES)
        figures = self.owned + self.orphans
        share = 100 * self.owned / figures if figures else 100
        return (
            f"{self.lang}: {self.owned} of {figures} figures lead to a result ({share:.1f}%); "
            f"{self.patterns.total()} more numerals of {self.every} need none ({of}); "
            f"{self.sourced} in the provenance, {self.spoken} in alt texts; "
            f"{self.printed} held against the PDF in order"
        )


@dataclass(frozen=True)
class Reader:
    """What a page is held against: results, formatter and numbering of its language."""

    results: Results
    formatter: Formatter
    numbering: Numbering

    @classmethod
    def of(cls, edition: Edition, results: Results, lang: str) -> "Reader":
        """The reader of an edition's page in a language."""
        sources = edition.sources.values()
        documents = [name for s in sources for name in (s.number, *s.title.values())]
        documents += [*edition.tables.indicators[f"name_short_{lang}"]]
        named = [*results.quantities, *results.verdicts]
        numbering = Numbering(named, documents, edition.tables.units["id"])
        return cls(results, View.of(edition, results, lang).formatter, numbering)

    def quantity(self, id: str) -> Quantity | None:
        """The result behind an id; an axis value is its own."""
        if id.startswith(AXIS):
            end = id.removeprefix(AXIS)
            return axis_value(int(end)) if end.lstrip("-").isdigit() else None
        return self.results.get(id)


def measure(page: Page, reader: Reader, name: str = "") -> Coverage:
    """Hold a page against the results; `name` is the file that problems name."""
    found = Coverage(page.lang)
    for block in page.blocks:
        if block.zone == PROVENANCE:
            found.sourced += len(numerals(block.text))
            continue
        counts, orphans = reader.numbering.sift(block)
        found.patterns.update(counts)
        found.owned += sum(len(numerals(number.text)) for number in block.numbers)
        found.problems += [_orphan(numeral, block.text, name) for numeral in orphans]
        found.problems += [p for number in block.numbers for p in _differs(number, reader, name)]
    found.problems += _unsourced(page, reader, name)
    found.problems += _misspoken(page, reader, name)
    found.spoken = sum(len(numerals(text)) for text in page.spoken)
    return found


def _orphan(numeral: str, text: str, name: str) -> Problem:
    return Problem(
        "a numeral without an id",
        name,
        expected="a number through the formatter",
        found=f"{numeral} in “{_shortened(text)}”",
        mend="let the text name a result, or say it in words",
    )


def _differs(number: Number, reader: Reader, name: str) -> Iterator[Problem]:
    quantity = reader.quantity(number.id)
    if quantity is None:
        yield Problem("an id that no result has", name, found=f"{number.id}: {number.text}")
        return
    try:
        expected = reader.formatter.text(quantity, *number.styles)
    except NotComputable as error:
        yield Problem("a number that cannot be formatted", name, found=f"{number.id}: {error}")
        return
    if number.text != expected:
        what = "a number that its id does not give"
        yield Problem(what, name, expected=f"{expected} for {number.id}", found=number.text)
    if number.href and number.href != f"#{anchor(number.id)}":
        what = "a number that leads to another's provenance"
        yield Problem(what, name, expected=f"#{anchor(number.id)}", found=number.href)


def _unsourced(page: Page, reader: Reader, name: str) -> Iterator[Problem]:
    """Numbers without provenance, and operands of the provenance that do not re-format."""
    known = {source.id for source in page.sources}
    behind = {f"#{source.anchor}": source.id for source in page.sources}
    shown = {number.id for number in page.numbers() if not number.id.startswith(AXIS)}
    for id in sorted(shown - known):
        yield Problem("a number without provenance", name, found=id)
    for source in page.sources:
        if reader.quantity(source.id) is None:
            yield Problem("a provenance of no result", name, found=source.id)
        for text, link in source.operands:
            quantity = reader.quantity(behind.get(link, ""))
            expected = reader.formatter.text(quantity, "unit") if quantity else "a result"
            if text != expected:
                what = "an operand that its id does not give"
                yield Problem(what, name, expected=f"{expected} at {link}", found=text)


def _misspoken(page: Page, reader: Reader, name: str) -> Iterator[Problem]:
    """Numerals of alt texts that no result gives and no pattern explains."""
    given = {n for q in reader.results if q.interval for n in numerals(reader.formatter.text(q))}
    given |= {n for number in page.numbers() for n in numerals(number.text)}
    for text in page.spoken:
        for _, rule in reader.numbering.rules:
            text = rule.sub(" ", text)
        for numeral in numerals(text):
            if numeral not in given:
                yield _orphan(numeral, text, name)


def order(page: list[str], pdf: list[str], name: str) -> list[Problem]:
    """Differences between the numerals of texts of a page and of its PDF, in order."""
    ours = [(n, text) for text in page for n in numerals(text)]
    theirs = [(n, text) for text in pdf for n in numerals(text)]
    matcher = SequenceMatcher(None, [n for n, _ in ours], [n for n, _ in theirs], autojunk=False)
    problems = []
    for kind, i, k, j, m in matcher.get_opcodes():
        if kind == "equal":
            continue
        near = (ours[i : i + 1] or theirs[j : j + 1] or [("", "")])[0][1]
        problems.append(
            Problem(
                "numerals of the PDF differ from those of the page",
                name,
                expected=f"{' '.join(n for n, _ in ours[i:k]) or 'none'} in “{_shortened(near)}”",
                found=" ".join(n for n, _ in theirs[j:m]) or "none",
            )
        )
    return problems


def _shortened(text: str, most: int = 90) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def body(page: Page) -> list[str]:
    """Texts of a page that its PDF has too."""
    shown = (block for block in page.blocks if block.zone == BODY)
    found = []
    for drawing, blocks in groupby(shown, key=lambda block: block.drawing):
        texts = [block.text for block in blocks]
        found += [printed.joined(texts)] if drawing else texts
    return found


def prove(edition: Edition, results: Results, folder: Path) -> list[Coverage]:
    """Measure every page of a build and hold its PDFs against it, the joint one too."""
    found, texts = [], {}
    for lang in edition.params.languages:
        page = Page.read(folder / f"briefing.{lang}.html")
        coverage = measure(page, Reader.of(edition, results, lang), f"briefing.{lang}.html")
        texts[lang] = body(page)
        pdf = folder / f"briefing.{lang}.pdf"
        coverage.problems += order(texts[lang], printed.lines(pdf), pdf.name)
        coverage.printed = sum(len(numerals(text)) for text in texts[lang])
        found.append(coverage)
    joint = folder / f"briefing.{'-'.join(texts)}.pdf"
    if len(texts) > 1:
        every = [text for lang in texts for text in texts[lang]]
        found[0].problems += order(every, printed.lines(joint), joint.name)
    return found
