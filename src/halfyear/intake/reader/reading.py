"""Reading: a whole document, from lines to proposals."""

from collections.abc import Callable
from dataclasses import dataclass

from halfyear.data.checks.rows import records
from halfyear.data.frames import Tables
from halfyear.data.places import Places
from halfyear.data.units import Units
from halfyear.document.reader import Document
from halfyear.document.step import Step
from halfyear.intake.language.figures import UnitWords
from halfyear.intake.language.terms import Terms
from halfyear.intake.layout import blocks
from halfyear.intake.layout.paragraphs import Paragraph, paragraphs
from halfyear.intake.proposal import Proposal
from halfyear.intake.reader import agreement, lists, restatements
from halfyear.intake.reader.drafts import Drafting
from halfyear.intake.reader.guesses import Guesses
from halfyear.intake.reader.sentences import Clauses
from halfyear.intake.reader.subjects import Subjects
from halfyear.intake.reader.tables import Grid
from halfyear.intake.reader.verdicts import Judging
from halfyear.period import Period

EVERY = 500


@dataclass(frozen=True)
class Reading:
    """What was read: the paragraphs and the proposals in the order of the text."""

    paragraphs: list[Paragraph]
    proposals: list[Proposal]


@dataclass(frozen=True)
class Codelist:
    """The names of indicators and units, made ready for reading; one serves many documents."""

    terms: Terms
    units: Units
    words: UnitWords
    guesses: Guesses
    headline: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, tables: Tables) -> "Codelist":
        """Take the names of the tables."""
        terms = Terms.of(records(tables.indicators))
        units = Units.from_frame(tables.units)
        words = UnitWords.of([row for row in records(tables.units) if row["id"] in units.by_id])
        headline = frozenset((row["indicator"], row["measure"]) for row in records(tables.headline))
        return cls(terms, units, words, Guesses.of(terms, units), headline)


def read(
    document: Document,
    tables: Tables,
    report: Period,
    names: tuple[str, ...] = (),
    final: bool = False,
    progress: Callable[[Step], None] = lambda _: None,
    codelist: Codelist | None = None,
) -> Reading:
    """Propose rows for every figure of a document.

    names are the names of the place, which tell nothing about an indicator; final tells that
    the document is issued, so that figures of finished years stand.
    """
    known = codelist or Codelist.of(tables)
    terms, units, words = known.terms, known.units, known.words
    judging = Judging(units, report, known.headline)
    places = Places.of(tables.places)
    drafting = Drafting(terms, units, judging, places, report, final)
    clauses = Clauses(terms, words, Subjects(terms, units), drafting, report, names)
    grid = Grid(terms, words, drafting, report, names)
    found = paragraphs(document)
    made: list[Proposal] = []
    for number, one in enumerate(found):
        if number and number % EVERY == 0:
            progress(Step("paragraph", number, len(found)))
        if one.kind in ("text", "note"):
            rows = clauses.read(one, number)
            known.guesses.fill(rows, one)
            made.extend(rows)
            made.extend(lists.read(one, number, terms, report, names))
    for block in blocks.blocks(found, document.pages):
        made.extend(grid.read(block))
    made.sort(key=lambda row: row.paragraph)
    agreement.check(made, terms.kinds)
    restatements.mark(made)
    for row in made:
        row.page = document.pages[row.line - 1]
    return Reading(found, made)
