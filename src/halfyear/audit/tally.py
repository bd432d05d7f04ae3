"""A tally of findings: how many of which class, as named results and as a table."""

from collections.abc import Sequence

import pandas as pd

from halfyear.audit.finding import CLASSES, SEVERITIES, Finding
from halfyear.interval import Interval
from halfyear.period import Period
from halfyear.results import Quantity

UNIT = "count"


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
        Quantity(f"audit:{name}@{period}", Interval.of(len(group)), UNIT, 0, "number of findings")
        for name, group in groups.items()
    ]


def figures(findings: Sequence[Finding]) -> list[Quantity]:
    """What the findings compute: each recomputed figure, gap and figure of a note."""
    known = (finding.evidence for finding in findings)
    return [quantity for evidence in known if evidence for quantity in evidence.quantities]


def table(findings: Sequence[Finding], *rules: str, lang: str = "en") -> pd.DataFrame:
    """Show findings, of the named rules only if any are named: class, severity, places, note."""
    rows = [
        {
            "class": finding.kind,
            "severity": finding.severity,
            "where": _where(finding),
            "finding": finding.note_en if lang == "en" else finding.note_vi,
        }
        for finding in findings
        if not rules or finding.id.partition("/")[0] in rules
    ]
    return pd.DataFrame(rows, columns=["class", "severity", "where", "finding"])


def _where(finding: Finding) -> str:
    places = ((finding.source_a, finding.line_a), (finding.source_b, finding.line_b))
    return "; ".join(dict.fromkeys(f"{source}:{line}" for source, line in places if source))
