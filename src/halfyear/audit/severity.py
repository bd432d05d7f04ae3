"""Severity: what a finding puts at stake, whatever its class."""

from decimal import Decimal

from halfyear.audit.finding import DOUBT, Draft
from halfyear.audit.rows import Facts, key_of
from halfyear.key import Kind

IMPORTANT = Decimal(10)
NOTABLE = Decimal("2.5")
HEADLINE = 2
OPEN = frozenset({"no_basis", "break"})


def weight(facts: Facts, draft: Draft, stake: Decimal) -> Decimal:
    """What a finding puts at stake: how far apart its sides are, HEADLINE times for a headline.

    stake is in points for rates, else in per cent of the figure in question.
    """
    return stake * (HEADLINE if _headline(facts, draft) else 1)


def severity(facts: Facts, draft: Draft, weight: Decimal) -> str:
    """Weigh a finding: important, notable or minor.

    Important is what changes a headline verdict, or on which side of last year's result a target
    lies, and a doubt from IMPORTANT on; notable is a smaller doubt from NOTABLE on, any doubt
    about a headline figure, and a headline figure that nothing can be held against. The record
    of a past term and what is no doubt at all are notable from IMPORTANT on, and never
    important. Rounding is minor.
    """
    if draft.kind == "rounding":
        return "minor"
    doubt = draft.kind in DOUBT and not past(facts, draft)
    if draft.moves or (doubt and weight >= IMPORTANT):
        return "important"
    if weight >= (NOTABLE if doubt else IMPORTANT):
        return "notable"
    noted = draft.kind in OPEN or (doubt and weight > 0)
    return "notable" if noted and _headline(facts, draft) else "minor"


def _headline(facts: Facts, draft: Draft) -> bool:
    return any(name in facts.headline for name in draft.about)


def past(facts: Facts, draft: Draft) -> bool:
    """Whether a finding is only about the record of a past term, in the former places."""
    rows = [row for row in (draft.one, draft.other) if row is not None]
    home = facts.edition.params.place
    return all(
        key_of(row).kind is Kind.BASE or (key_of(row).kind is Kind.CLAIM and row["place"] != home)
        for row in rows
    )
