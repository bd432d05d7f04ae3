"""The part of the annex on the audit: the findings that matter most, by theme."""

from halfyear.audit import Audit
from halfyear.audit.finding import Evidence
from halfyear.audit.notes import templates
from halfyear.audit.tally import ten
from halfyear.compose.chapter import Chapter
from halfyear.compose.markup import BR, DASH, styled
from halfyear.compose.noted import Noted
from halfyear.compose.tree import Column
from halfyear.number import TIGHT_UNITS
from halfyear.project import Project
from halfyear.results import Quantity
from halfyear.texts import escape
from halfyear.view import View


def audited(chapter: Chapter) -> None:
    """The ten findings that matter most, by theme; all of them are in workbook and notebook."""
    view = chapter.view
    findings = ten(view.study(Audit).findings)
    if not findings:
        return
    noted = Noted(view, templates(Project.find(), view.lang))
    chapter.part("audit")
    chapter.add(view.say("audited.text"))
    columns = [
        Column(view.say("audited.col_theme"), "26"),
        Column(view.say("audited.col_finding"), "1fr"),
        Column(view.say("audited.col_figures"), "46"),
        Column(view.say("audited.col_recomputed"), "28"),
    ]
    rows, told = [], ""
    for finding in findings:
        evidence = finding.evidence
        if evidence is None:
            continue
        theme = escape(noted.words[f"word_theme_{finding.theme}"])
        kind = escape(noted.words[f"word_{finding.kind}"])
        rows.append(
            (
                "" if theme == told else theme,
                f"{noted.note(finding, evidence)} {styled(kind, 'muted')}",
                noted.sides(evidence),
                _found(view, evidence),
            )
        )
        told = theme
    chapter.table("audit-findings", "audited.findings", columns, rows)


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
