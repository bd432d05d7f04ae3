"""The audit: every claim recomputed, every document held against the others."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from halfyear.audit.finding import COLUMNS, SEVERITIES, Draft, Finding
from halfyear.audit.notes import Notes
from halfyear.audit.rows import Facts
from halfyear.audit.rules import RULES
from halfyear.edition import Edition
from halfyear.project import Project

__all__ = ["NAME", "Finding", "run", "write"]

NAME = "audit.csv"


def run(edition: Edition) -> list[Finding]:
    """Hold the documents of an edition against themselves and each other.

    Every rule sees all figures visible at the edition's date; findings come by severity, then
    by rule and place.
    """
    facts = Facts(edition)
    notes = Notes(facts, Project.find())
    drafts: Iterator[Draft] = (draft for rule in RULES for draft in rule(facts))
    found = {finding.id: finding for finding in map(notes.finding, drafts)}
    return sorted(found.values(), key=lambda f: (SEVERITIES.index(f.severity), f.id))


def write(findings: Iterable[Finding], path: Path) -> None:
    """Write the findings as CSV, UTF-8; text that looks like a formula is made harmless."""
    buffer = io.StringIO()
    table = csv.writer(buffer, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(finding.cells() for finding in findings)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(buffer.getvalue(), encoding="utf-8", newline="\n")
