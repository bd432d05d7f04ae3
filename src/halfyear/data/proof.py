"""Proof: every figure stands at its place, and every numeral of the sections is accounted for."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pandas as pd

from halfyear.data import checks, documents
from halfyear.data.checks.figures import Slot, plain, taken
from halfyear.data.checks.rows import Row, at, records
from halfyear.data.faults import Fault, fault
from halfyear.data.frames import Tables
from halfyear.data.numeral import numerals
from halfyear.data.place import claimed, mismatch, recognised
from halfyear.data.units import Units
from halfyear.document import reader
from halfyear.document.step import Step
from halfyear.errors import IntakeError, Problem
from halfyear.project import Project


def verify(
    project: Project, folder: Path, progress: Callable[[Step], None] = lambda _: None
) -> list[Problem]:
    """List every figure that does not stand at its place in the documents of a folder.

    Lines of Word and PDF files count as intake counts them. The tables' own checks run first: they
    prove that values parse from the printed figures and that no numeral serves two facts.
    """
    tables, found = checks.examine(project)
    sources = records(tables.sources)
    held = [row for row in sources if row["medium"] in ("text", "facts")]
    paths = documents.find(folder, [row["sha256"] for row in held])
    found += [
        at(row, "proof_file_missing", "sha256", found=folder, sha256=row["sha256"])
        for row in held
        if row["sha256"] not in paths
    ]
    there = {row["id"]: paths[row["sha256"]] for row in held if row["sha256"] in paths}
    media = {row["id"]: row["medium"] for row in held}
    texts: dict[str, Sequence[str]] = {}
    for source in (source for source in there if media[source] == "text"):
        try:
            texts[source] = reader.read(there[source], progress).lines
        except IntakeError as error:
            found += error.problems
    facts = {s: documents.facts(path) for s, path in there.items() if media[s] == "facts"}
    return [
        *found,
        *_places(tables, texts),
        *_facts(tables, facts),
        *_statements(tables, texts),
        *_uncovered(project, tables, texts),
    ]


def _places(tables: Tables, texts: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    for row, slot in taken(tables):
        if row["source"] in texts:
            wrong = _misplaced(row, slot, texts[row["source"]])
            if wrong:
                yield wrong


def _misplaced(row: Row, slot: Slot, text: Sequence[str]) -> Fault | None:
    line, nth, printed = row["line"], row[slot.nth], row[slot.printed]
    if nth is not pd.NA:
        wrong = mismatch(text, line, nth, printed)
        if wrong:
            place = {"printed": printed, "line": line, "nth": nth}
            return at(row, "proof_not_there", slot.printed, found=wrong, **place)
    if not documents.stands(text, line, printed):
        return at(row, "proof_words_not_there", slot.printed, printed=printed, line=line)
    return None


def _statements(tables: Tables, texts: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    for row in records(tables.statements):
        line, printed = row["line"], row["printed"]
        whole = line is not pd.NA and printed and row["source"] in texts
        if whole and not documents.stands(texts[row["source"]], line, printed):
            yield at(row, "proof_words_not_there", "printed", printed=printed, line=line)


def _facts(tables: Tables, facts: Mapping[str, dict[int, dict[str, str]]]) -> Iterator[Fault]:
    units = Units.from_frame(tables.units)
    for row, slot in taken(tables):
        if row["source"] not in facts:
            continue
        entry = facts[row["source"]].get(row["line"])
        if entry is None:
            yield at(row, "proof_fact_differs", "line", expected="a line of the facts file")
            continue
        if entry["printed"] != row[slot.printed]:
            yield at(row, "proof_fact_differs", slot.printed, expected=entry["printed"])
        if slot.low and row[slot.low] is not None:
            value = units.convert(Decimal(entry["value"]), entry["unit"], row["unit"])
            if value != row[slot.low]:
                yield at(row, "proof_fact_differs", slot.low, expected=plain(value))


def _uncovered(
    project: Project, tables: Tables, texts: Mapping[str, Sequence[str]]
) -> Iterator[Fault]:
    covered: dict[tuple[str, int], set[int]] = defaultdict(set)
    for row, slot in taken(tables):
        if row[slot.nth] is not pd.NA:
            covered[row["source"], row["line"]].update(claimed(row[slot.printed], row[slot.nth]))
    for source, span in documents.sections(project):
        text = texts.get(source, [])
        for line in span:
            standing = text[line - 1] if line <= len(text) else ""
            known = covered[source, line] | recognised(standing)
            for nth, numeral in enumerate(numerals(standing), 1):
                if nth not in known:
                    found = f"{numeral} at {source} line {line}, numeral {nth}"
                    yield fault("proof_uncovered", file=documents.COVERAGE, found=found)
