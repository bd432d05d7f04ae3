"""The part of the annex on the audit: findings by class, and the grave ones with their figures."""

from collections.abc import Mapping

from halfyear import audit
from halfyear.audit.finding import CLASSES, SEVERITIES, Finding
from halfyear.audit.notes import templates
from halfyear.compose.chapter import Chapter, cell
from halfyear.compose.markup import DASH, Column
from halfyear.project import Project
from halfyear.texts import escape
from halfyear.view import View

LISTED = ("high", "medium")
Places = dict[tuple[str, str, str], str]


def audited(chapter: Chapter) -> None:
    """Findings counted by class and severity, then those of some weight, the gravest first."""
    view = chapter.view
    every = view.results.get(f"audit:all@{view.period}")
    if every is None or every.value == 0:
        return
    words = templates(Project.find(), view.lang)
    chapter.part("audit")
    high = view.num(f"audit:high@{view.period}")
    chapter.add(view.say("audited.text", all=view.span(every), high=high))
    _counts(chapter, words)
    _grave(chapter, words)


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


def _grave(chapter: Chapter, words: Mapping[str, str]) -> None:
    view = chapter.view
    columns = [
        Column(view.say("audited.col_name"), "1fr"),
        Column(view.say("audited.col_severity"), "16"),
        Column(view.say("audited.col_class"), "29"),
        Column(view.say("audited.col_figure"), "42", "r"),
        Column(view.say("audited.col_against"), "42", "r"),
    ]
    places = _places(view)
    rows = [
        (
            view.name(view.edition.indicators[finding.indicator]),
            escape(words[f"word_{finding.severity}"]),
            escape(words[f"word_{finding.kind}"]),
            *figures,
        )
        for finding in audit.run(view.edition)
        if finding.severity in LISTED and finding.indicator in view.edition.indicators
        if (figures := _figures(view, finding, places)) != (DASH, DASH)
    ]
    chapter.table("audit-findings", "audited.findings", columns, rows)


def _places(view: View) -> Places:
    """Ids of the figures that are results, by the place and the form they are printed in."""
    return {
        (str(row["source"]), str(row["line"]), str(row["printed"])): id
        for id, row in view.edition.figures.items()
        if view.results.get(id) is not None
    }


def _figures(view: View, finding: Finding, places: Places) -> tuple[str, str]:
    one = places.get((finding.source_a, finding.line_a, finding.figure_a), "")
    other = places.get((finding.source_b, finding.line_b, finding.figure_b), "")
    return cell(view, one), cell(view, other)
