"""The audit: every claim recomputed, every document held against the others."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from typing import ClassVar

from halfyear.analysis import accounting, base, parts, planshare
from halfyear.analysis.vintage import growth_of
from halfyear.audit import tally
from halfyear.audit.finding import COLUMNS, SEVERITIES, Draft, Finding
from halfyear.audit.notes import Notes
from halfyear.audit.rows import Facts
from halfyear.audit.rules import RULES
from halfyear.edition import Edition
from halfyear.period import Period
from halfyear.project import Project
from halfyear.results import Quantity
from halfyear.study import Study

__all__ = ["Audit", "Finding", "run", "study", "write"]


@dataclass(frozen=True)
class Audit(Study):
    """What the audit of an edition comes to, and the figures it is judged by.

    findings, in the order of `run`; counts of them by class and severity;
    figures: all that they compute. By headline indicator: levels of the period and growths, per
    cent; bases, the level of a year earlier that both imply; published, the one published then;
    gaps, how far the two lie apart where they do. shares: each stated share of plan, then what
    its figures give; totals: growth of a total as its parts give it at last year's weights, and
    what that leaves.
    """

    topic: ClassVar[str] = "audit"

    period: Period
    findings: tuple[Finding, ...]
    counts: tuple[Quantity, ...]
    figures: tuple[Quantity, ...]
    levels: dict[str, Quantity]
    growths: dict[str, Quantity]
    bases: dict[str, Quantity]
    published: dict[str, Quantity]
    gaps: dict[str, Quantity]
    shares: tuple[Quantity, ...]
    totals: tuple[Quantity, ...]


def study(edition: Edition) -> Audit:
    """Audit the documents of an edition."""
    period, findings = edition.period, run(edition)
    names = [indicator.id for indicator, measure in edition.headline() if measure == "level"]
    bases = _known(names, lambda name: base.implied(edition, name, period))
    return Audit(
        period=period,
        findings=tuple(findings),
        counts=tuple(tally.counts(findings, period)),
        figures=tuple(tally.figures(findings)),
        levels=_known(bases, lambda name: edition.fact(name, "level", period)),
        growths=_known(bases, lambda name: growth_of(edition, name, period)),
        bases=bases,
        published=_known(bases, lambda name: edition.fact(name, "level", period.shift(-1))),
        gaps=_known(bases, lambda name: base.disagreement(edition, name, period)),
        shares=tuple(_shares(edition, names)),
        totals=tuple(_totals(edition)),
    )


def _known(names: Iterable[str], ask: Callable[[str], Quantity | None]) -> dict[str, Quantity]:
    answers = {name: ask(name) for name in names}
    return {name: q for name, q in answers.items() if q is not None and not q.absent}


def _shares(edition: Edition, names: Iterable[str]) -> Iterator[Quantity]:
    for name in names:
        stated = planshare.stated(edition, name, edition.period)
        implied = planshare.implied_plan(edition, name, edition.period)
        yield from (quantity for quantity in (stated, implied) if quantity is not None)
        yield from planshare.shares(edition, name, edition.period)


def _totals(edition: Edition) -> Iterator[Quantity]:
    total, last = parts.total(edition), edition.period.shift(-1)
    if total is not None:
        for period in dict.fromkeys((last, last.full_year())):
            yield from accounting.identity(edition, total, edition.period, period)
        yield from accounting.targets(edition, total, last.full_year())


def run(edition: Edition) -> list[Finding]:
    """Hold the documents of an edition against themselves and each other.

    Every rule sees all figures visible at the edition's date; findings come by severity, then
    by what is at stake, then by rule and place.
    """
    return list(edition.once("audit", lambda: _held(edition)))


def _held(edition: Edition) -> list[Finding]:
    facts = Facts(edition)
    notes = Notes(facts, Project.find())
    drafts: Iterator[tuple[str, Draft]] = (
        (theme, draft) for theme, rules in RULES.items() for rule in rules for draft in rule(facts)
    )
    findings = {finding.id: finding for finding in starmap(notes.finding, drafts)}
    return sorted(findings.values(), key=lambda f: (SEVERITIES.index(f.severity), -f.weight, f.id))


def write(findings: Iterable[Finding], path: Path) -> None:
    """Write the findings as CSV, UTF-8; text that looks like a formula is made harmless."""
    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(finding.cells() for finding in findings)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(buffer.getvalue(), encoding="utf-8", newline="\n")
