"""Cards of the review page: one proposal each, in words, beside the text it was read from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from halfyear.intake.proposal import Proposal
from halfyear.intake.sheet.telling import CERTAIN, Telling


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal in words, with its row in the sheet and the open row after it, 0 for none."""

    number: int
    ticked: bool
    after: int
    doubtful: bool
    name: str
    indicator: str
    value: str
    what: str
    about: str
    confidence: str
    grounds: Sequence[str]
    reasons: Sequence[str]
    paragraph: int
    first: int
    last: int

    @property
    def kind(self) -> str:
        """The class that colours it."""
        return "sure" if self.ticked else "open"

    @property
    def title(self) -> str:
        """Name, kind and value in one line."""
        return " · ".join(part for part in (self.name, self.what, self.value) if part)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text: plain, or the figure of a card; without text a card's place alone."""

    text: str
    card: Card | None = None


def cards(telling: Telling, made: Sequence[Proposal], ticked: Sequence[bool]) -> list[Card]:
    """Give a card for each proposal; the first row of the sheet is its heading."""
    told: list[Card] = []
    after = 0
    for number in range(len(made), 0, -1):
        on = ticked[number - 1]
        told.append(_card(telling, made[number - 1], number + 1, on, after))
        after = after if on else number + 1
    return told[::-1]


def marked(text: str, own: Iterable[Card]) -> Iterator[Part]:
    """Cut a paragraph's text at the figures of its cards."""
    at = 0
    for card in sorted(own, key=lambda one: one.first):
        if card.first < at:
            yield Part("", card)
            continue
        yield Part(text[at : card.first])
        yield Part(text[card.first : card.last], card)
        at = card.last
    yield Part(text[at:])


def _card(telling: Telling, row: Proposal, number: int, ticked: bool, after: int) -> Card:
    return Card(
        number=number,
        ticked=ticked,
        after=after,
        doubtful=row.confidence < CERTAIN,
        name=_name(telling, row),
        indicator=row.indicator,
        value=telling.value(row),
        what=telling.what(row),
        about=telling.operands(row),
        confidence=telling.confidence(row),
        grounds=telling.grounds(row),
        reasons=_notes(telling, row),
        paragraph=row.paragraph,
        first=row.first,
        last=row.last,
    )


def _notes(telling: Telling, row: Proposal) -> list[str]:
    """Give the reasons of a row that its grounds do not tell already."""
    told = {telling.reason(ground) for ground in row.grounds.values()}
    return [reason for reason in telling.reasons(row) if reason not in told]


def _name(telling: Telling, row: Proposal) -> str:
    if row.indicator:
        return telling.name(row.indicator)
    if row.kind == "count" or row.table == "projects":
        return ""
    return f"? {row.term}" if row.term else telling.say("page.unnamed")
