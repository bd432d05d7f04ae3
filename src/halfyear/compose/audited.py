"""The part of the annex on the audit: findings counted, the grave in full, the rest by class."""

from collections.abc import Mapping, Sequence

from halfyear import audit
from halfyear.audit.finding import CLASSES, SEVERITIES, Evidence, Finding
from halfyear.audit.notes import templates
from halfyear.compose.chapter import Chapter, cell
from halfyear.compose.markup import BR, DASH, Column, styled
from halfyear.compose.noted import Noted
from halfyear.number import TIGHT_UNITS
from halfyear.project import Project
from halfyear.results import Quantity
from halfyear.texts import escape
from halfyear.view import View

LISTED = ("high", "medium")
GROUPED = "low"


def audited(chapter: Chapter) -> None:
    """Findings counted by class and severity, those of some weight in full, the rest by class."""
    view = chapter.view
    every = view.results.get(f"audit:all@{view.period}")
    if every is None or every.value == 0:
        return
    words = templates(Project.find(), view.lang)
    chapter.part("audit")
    high, low = (view.num(f"audit:{name}@{view.period}") for name in ("high", GROUPED))
    chapter.add(view.say("audited.text", all=view.span(every), high=high, low=low))
    _counts(chapter, words)
    noted, findings = Noted(view, words), audit.run(view.edition)
    _grave(chapter, noted, findings)
    _light(chapter, noted, findings)


def _counts(chapter: Chapter, words: Mapping[str, str]) -> None:
    view = chapter.view
    columns = [
        Column(view.say("audited.col_class"), "1fr"),
        *(Column(escape(words[f"word_{severity}"]), "30", "r") for severity in SEVERITIES),
        Column(view.say("audited.col_all"), "30", "r"),
    ]
    names = [k for k in CLASSES if view.results[f"audit:{k}@{view.period}"].value > 0]
    rows = [
        (
            escape(words[f"word_{kind}"]),
            *(cell(view, f"audit:{kind}_{severity}@{view.period}") for severity in SEVERITIES),
            cell(view, f"audit:{kind}@{view.period}"),
        )
        for kind in names
    ]
    chapter.table("audit-counts", "audited.counts", columns, rows)


def _grave(chapter: Chapter, noted: Noted, findings: Sequence[Finding]) -> None:
    view = chapter.view
    columns = [
        Column(view.say("audited.col_finding"), "1fr"),
        Column(view.say("audited.col_figures"), "54"),
        Column(view.say("audited.col_recomputed"), "32"),
    ]
    rows = []
    for finding in findings:
        evidence = finding.evidence
        if evidence is None or finding.severity not in LISTED:
            continue
        weight = (noted.words[f"word_{word}"] for word in (finding.severity, finding.kind))
        rule = finding.id.partition("/")[0]
        note = noted.note(rule, finding.indicator, evidence)
        rows.append(
            (
                f"{note} {styled(escape(' · '.join(weight)), 'muted')}",
                noted.sides(evidence),
                _found(view, evidence),
            )
        )
    chapter.table("audit-findings", "audited.findings", columns, rows)


def _light(chapter: Chapter, noted: Noted, findings: Sequence[Finding]) -> None:
    view = chapter.view
    columns = [
        Column(view.say("audited.col_class"), "36"),
        Column(view.say("audited.col_count"), "18", "r"),
        Column(view.say("audited.col_names"), "1fr"),
    ]
    names: dict[str, dict[str, None]] = {}
    for finding in findings:
        if finding.severity not in LISTED:
            names.setdefault(finding.kind, {})[noted.name(finding.indicator)] = None
    rows = [
        (
            escape(noted.words[f"word_{kind}"]),
            cell(view, f"audit:{kind}_{GROUPED}@{view.period}"),
            "; ".join(names[kind]),
        )
        for kind in CLASSES
        if kind in names
    ]
    chapter.table("audit-low", "audited.light", columns, rows)


def _found(view: View, evidence: Evidence) -> str:
    """What is recomputed and the gap, each on a line of its own; a dash for neither."""
    lines = [_number(view, evidence.recomputed)] if evidence.recomputed else []
    if evidence.gap:
        lines.append(view.say("audited.gap", gap=_number(view, evidence.gap)))
    return BR.join(lines) or DASH


def _number(view: View, quantity: Quantity) -> str:
    """A number whose unit may go to the next line, since some units are long."""
    symbol = view.unit(quantity.unit)
    tight = not symbol or symbol in TIGHT_UNITS
    return view.span(quantity, "short") if tight else f"{view.span(quantity)} {symbol}"
