"""A tally of findings: how many of which class, and the ten that matter."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

import pandas as pd

from halfyear.audit.finding import CLASSES, RECORD, SEVERITIES, Finding
from halfyear.audit.notes import document, place, templates
from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.key import Kind
from halfyear.period import Period
from halfyear.project import Project
from halfyear.results import Quantity

UNIT = "count"
MOST = 10
AT_ONCE = 3


def counts(findings: Sequence[Finding], period: Period) -> list[Quantity]:
    """Count findings: audit:all, audit:<severity>, audit:<class> and audit:<class>_<severity>."""
    groups = {"all": list(findings)}
    for severity in SEVERITIES:
        groups[severity] = [f for f in findings if f.severity == severity]
    for kind in CLASSES:
        groups[kind] = [f for f in findings if f.kind == kind]
        for severity in SEVERITIES:
            groups[f"{kind}_{severity}"] = [f for f in groups[kind] if f.severity == severity]
    return [
        Quantity(
            str(Kind.AUDIT.of(name, when=period)),
            Interval.of(len(group)),
            UNIT,
            0,
            "number of findings",
        )
        for name, group in groups.items()
    ]


def figures(findings: Sequence[Finding]) -> list[Quantity]:
    """What the findings compute: each recomputed figure, gap and figure of a note."""
    known = (finding.evidence for finding in findings)
    return [quantity for evidence in known if evidence for quantity in evidence.quantities]


def ten(findings: Sequence[Finding], most: int = MOST) -> list[Finding]:
    """The findings that matter most, at most so many, by theme.

    The important come first; then each other theme gives its weightiest notable finding, the
    record of a past term last; then the next notable ones. No more than AT_ONCE are of one
    theme, and no indicator is told twice within a theme. Themes stand in the order of the
    weightiest finding each has.
    """
    told: list[Finding] = []
    ranked = sorted(findings, key=_rank)
    important = [f for f in ranked if f.severity == SEVERITIES[0]]
    notable = [f for f in ranked if f.severity == SEVERITIES[1]]
    themes = {f.theme for f in important}
    first = list({f.theme: f for f in reversed(notable) if f.theme not in themes}.values())
    for finding in (*important, *sorted(first, key=_rank), *notable):
        alike = [f for f in told if f.theme == finding.theme]
        again = any(f.indicators == finding.indicators for f in alike)
        if len(told) < most and len(alike) < AT_ONCE and not again:
            told.append(finding)
    order = list(dict.fromkeys(f.theme for f in told))
    return sorted(told, key=lambda f: order.index(f.theme))


def _rank(finding: Finding) -> tuple[int, bool, Decimal, str]:
    severity = SEVERITIES.index(finding.severity)
    return severity, finding.theme == RECORD, -finding.weight, finding.id


def lines(findings: Sequence[Finding], edition: Edition, lang: str) -> list[tuple[str, ...]]:
    """Findings for reading, each: severity, class, what it says, where its figures stand."""
    words = templates(Project.find(), lang)
    return [
        (
            words[f"word_{finding.severity}"],
            words[f"word_{finding.kind}"],
            finding.note_vi if lang == "vi" else finding.note_en,
            "; ".join(_places(finding, edition, words, lang)),
        )
        for finding in findings
    ]


def classes(findings: Sequence[Finding]) -> pd.DataFrame:
    """How many findings there are of each class (rows) and severity (columns)."""
    kinds = [kind for kind in CLASSES if any(f.kind == kind for f in findings)]
    cells = Counter((f.kind, f.severity) for f in findings)
    rows = [[cells[kind, severity] for severity in SEVERITIES] for kind in kinds]
    return pd.DataFrame(rows, index=kinds, columns=list(SEVERITIES))


def documents(findings: Sequence[Finding]) -> pd.DataFrame:
    """How many findings hold each document (rows) against each (columns), by id of the source.

    A finding within one document stands on the diagonal.
    """
    pairs = [(f.source_a, f.source_b or f.source_a) for f in findings]
    names = list(dict.fromkeys(name for pair in pairs for name in pair))
    cells = Counter(tuple(sorted(pair, key=names.index)) for pair in pairs)
    rows = [[cells[first, second] for first in names] for second in names]
    return pd.DataFrame(rows, index=names, columns=names)


def _places(
    finding: Finding, edition: Edition, words: Mapping[str, str], lang: str
) -> dict[str, None]:
    sides = zip(
        (finding.source_a, finding.source_b),
        finding.sections,
        (finding.line_a, finding.line_b),
        strict=True,
    )
    told: dict[str, None] = {}
    for source, section, line in sides:
        if source:
            name = document(edition.sources[source], lang)
            told[", ".join(filter(None, (name, place(section, line, words))))] = None
    return told
