"""A finding as text: its note, figures and places, every number with the id it leads to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from halfyear.audit.finding import Evidence, Finding
from halfyear.audit.notes import day, document, line, place
from halfyear.compose.markup import BR, styled
from halfyear.data.second import TOTAL, beside
from halfyear.texts import escape
from halfyear.view import View

Row = Mapping[str, Any]
BOUNDS = ("bound", "comparator")


@dataclass(frozen=True)
class Noted:
    """The findings of an edition in the words of the audit."""

    view: View
    words: Mapping[str, str]

    def note(self, finding: Finding, evidence: Evidence) -> str:
        """The note of a finding, opened by the name of its indicator where it has one."""
        slots = self._slots(evidence)
        name = styled(self.name(next(iter(finding.indicators), "")), "strong")
        return self.words[finding.rule].format_map({**slots, "name": name}).strip()

    def sides(self, evidence: Evidence) -> str:
        """The figures of a finding as printed, each with its place."""
        rows = [self.view.edition.figures[id] for id in (evidence.one, evidence.other) if id]
        return BR.join(f"{self.figure(row)} {self.place(row)}" for row in rows)

    def figure(self, row: Row) -> str:
        """A printed figure with its unit and bound; a word that is no figure, as printed."""
        found = self.view.results.get(str(row["id"]))
        if found is None:
            return self._quoted(row)
        id = str(row["id"])
        total = self.view.results.get(beside(id, TOTAL)) if row.get("total") is not None else None
        if total is not None:
            return f"{self.view.span(found)}/{self.view.span(total)}"
        bound = next((str(row[name]) for name in BOUNDS if row.get(name)), "")
        return self.view.bounded(bound, self.view.span(found, "unit"))

    def place(self, row: Row) -> str:
        """Document, section and line of a figure, in grey."""
        source = self.view.edition.sources[str(row["source"])]
        at = place(str(row.get("section") or ""), line(row), self.words)
        if source.id == self.view.edition.params.report:
            name = self.view.say("audited.report")
        else:
            name = escape(document(source, self.view.lang))
        return styled(f"({name}, {escape(at)})" if at else f"({name})", "muted")

    def name(self, indicator: str) -> str:
        """Short name of an indicator; of none, what stands for all."""
        described = self.view.edition.indicators.get(indicator)
        return self.view.name(described) if described else escape(self.words["word_all"])

    def _slots(self, evidence: Evidence) -> dict[str, str]:
        """What fills the places of a note."""
        view, rows = self.view, self.view.edition.figures
        told = {name: self.words.get(f"word_{word}", word) for name, word in evidence.words.items()}
        told |= {name: day(when, view.lang) for name, when in evidence.days.items()}
        told |= {
            name: document(view.edition.sources[id], view.lang)
            for name, id in evidence.documents.items()
        }
        return {
            "other": "",
            "recomputed": "",
            **{name: escape(text) for name, text in told.items()},
            **{n: view.join([*map(self.name, names)]) for n, names in evidence.names.items()},
            **{name: self.figure(rows[id]) for name, id in evidence.rows.items()},
            **{name: view.span(number, "unit") for name, number in evidence.numbers.items()},
        }

    def _quoted(self, row: Row) -> str:
        printed = f"[{escape(str(row['printed'] or ''))}]{{lang=vi}}"
        word = self.words.get(f"word_{row.get('word')}", "")
        return printed if self.view.lang == "vi" or not word else f"{printed} ({escape(word)})"
