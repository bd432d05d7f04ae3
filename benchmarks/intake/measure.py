"""Measures the reader: recall and precision on the committed data and on hand-written passages.

    python benchmarks/intake/measure.py [FOLDER OF THE DOCUMENTS] [--missed] [--texts FILE ...]

A committed row is found when a proposal at its place agrees in every column compared. A proposal
is right when it is such a row; only proposals ticked beforehand count for precision. Rows whose
words stand at no numeral are compared by indicator, kind and time. The passages of prose are told
by kind with every wrong tick, and how often a confidence is right; --texts names more files of
passages (as tests/prose_open.yml), such as reports keyed by hand. Nothing is written.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

import passages  # noqa: E402
import prose  # noqa: E402
from halfyear.data import documents, frames  # noqa: E402
from halfyear.data.checks.rows import records  # noqa: E402
from halfyear.data.frames import Tables  # noqa: E402
from halfyear.document import reader  # noqa: E402
from halfyear.intake.layout import head  # noqa: E402
from halfyear.intake.proposal import Proposal  # noqa: E402
from halfyear.intake.reader import reading  # noqa: E402
from halfyear.intake.sheet import ticks  # noqa: E402
from halfyear.period import Period  # noqa: E402
from halfyear.project import Project  # noqa: E402

SOURCE, REPORT = "report_2026_h1", Period.parse("2026-H1")
COMPARED = {
    "observations": (
        "indicator",
        "measure",
        "time_period",
        "cutoff",
        "obs_status",
        "value",
        "unit",
        "bound",
        "comparison",
    ),
    "scenarios": ("indicator", "measure", "time_period", "value", "unit"),
    "plan": ("indicator", "measure", "low", "high", "unit"),
    "claims": ("kind", "indicator", "time_period", "value", "total", "word"),
    "projects": ("state", "count", "total"),
    "goals": ("indicator", "measure", "low"),
}
ALIAS = {"low": "value", "count": "value"}
Place = tuple[Any, ...]


def main() -> None:
    """Print the figures of both measures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--texts", nargs="*", type=Path, default=[])
    given = parser.parse_args()
    tables = frames.read(Project(ROOT)).tables
    on_passages(tables)
    judged = [
        prose.judge(one, tables)
        for path in (prose.OPEN, prose.HELD, *given.texts)
        for one in prose.passages(path)
    ]
    by_kind(judged, given.missed)
    reliability(judged)
    if given.folder is None:
        print("committed data: not measured, no folder of the documents is given")
        return
    row = next(row for row in records(tables.sources) if row["id"] == SOURCE)
    path = documents.find(given.folder, [row["sha256"]]).get(row["sha256"])
    if path is None:
        print(f"committed data: not measured, {given.folder} holds no file of {SOURCE}")
        return
    on_document(path, tables, given.missed)


def on_passages(tables: Tables) -> None:
    """Measure on the hand-written passages."""
    done = [passages.outcome(entry, tables) for entry in passages.entries()]
    found, missed = sum(len(one.found) for one in done), sum(len(one.missed) for one in done)
    ticked, wrong = sum(one.ticked for one in done), sum(len(one.wrong) for one in done)
    print(f"{len(done)} hand-written passages")
    print(f"  recall    {share(found, found + missed)}")
    print(f"  precision {share(ticked - wrong, ticked)} of what is ticked beforehand")


def by_kind(judged: list[prose.Judged], listed: bool) -> None:
    """Tell for each kind of prose what is found and what is ticked, with every wrong tick."""
    print(f"{len(judged)} passages of prose{' ' * 9}rows found   ticked and right")
    for kind in dict.fromkeys(one.passage.kind for one in judged):
        own = [one for one in judged if one.passage.kind == kind]
        _line(kind, own)
        for one in own:
            for row in one.wrong:
                print("    wrong tick:", row)
            for row in one.missed if listed else ():
                print("    missed:", row)
    _line("all", judged)


def _line(name: str, judged: list[prose.Judged]) -> None:
    found, missed = sum(len(one.found) for one in judged), sum(len(one.missed) for one in judged)
    ticked, wrong = sum(one.ticked for one in judged), sum(len(one.wrong) for one in judged)
    rates = share(found, found + missed), share(ticked - wrong, ticked)
    print(f"  {name:24} {rates[0]:>20} {rates[1]:>20}")


def reliability(judged: list[prose.Judged]) -> None:
    """Tell how many proposals of each confidence are right, and what ticking from there gives."""
    rows = [(row.confidence, right) for one in judged for row, _, right in one.proposals]
    print("  confidence        right          right from here on")
    for low in (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
        high = {0.0: 0.2, 0.2: 0.4, 0.8: 0.85, 0.85: 0.9, 0.9: 0.95, 0.95: 1.01}.get(low, low + 0.1)
        here = [right for sure, right in rows if low <= sure < high]
        above = [right for sure, right in rows if sure >= low]
        told = f"{share(sum(here), len(here)):>18} {share(sum(above), len(above)):>20}"
        print(f"  {low:.2f} to {min(high, 1):.2f} {told}")


def on_document(path: Path, tables: Tables, listed: bool) -> None:
    """Measure on a document against the rows that people entered from it."""
    read = reader.read(path)
    told = head.read(read.lines)
    found = reading.read(read, tables, REPORT, names=told.places, final=not told.draft)
    ticked = ticks.tick(found.proposals, tables, ticks.scenario_plan(found.paragraphs, tables))
    truth = dict(committed(tables))
    offered = {place(row.line, row.nth, row): row for row in found.proposals}
    total, hits = Counter[str](), Counter[str]()
    for where, (table, row) in truth.items():
        name = kind(table, row)
        total[name] += 1
        right = where in offered and not differing(offered[where], table, row)
        hits[name] += right
        if listed and not right:
            print("  missed", where[0], name, row.get("indicator", ""))
    sure, wrong = Counter[str](), []
    for row, on in zip(found.proposals, ticked, strict=True):
        if on:
            name = f"{row.table} {row.kind or row.measure}"
            where = place(row.line, row.nth, row)
            known = truth.get(where)
            good = known is not None and not differing(row, *known)
            sure[name] += 1
            if not good:
                wrong.append((name, row.line, row.indicator, row.printed))
    bad = Counter(name for name, *_ in wrong)
    print(f"{SOURCE}: {len(found.proposals)} proposals, {sum(ticked)} ticked beforehand")
    for name in sorted({*total, *sure}):
        right = f"{sure[name] - bad[name]}/{sure[name]}"
        print(f"  {name:28} recall {hits[name]:4}/{total[name]:<4} ticked and right {right}")
    print(f"  recall    {share(sum(hits.values()), sum(total.values()))}")
    print(f"  precision {share(sum(sure.values()) - len(wrong), sum(sure.values()))}")
    for one in wrong:
        print("  ticked but not as entered:", *one)


def committed(tables: Tables) -> Iterator[tuple[Place, tuple[str, dict[str, Any]]]]:
    """Give the rows that people entered from the document, by their place."""
    for table in COMPARED:
        for row in records(getattr(tables, table)):
            if row["source"] == SOURCE:
                nth = None if row["nth"] is pd.NA else row["nth"]
                yield place(row["line"], nth, row), (table, row)


def place(line: int, nth: int | None, row: Any) -> Place:
    """Give what tells a row's place: its numeral, else what it is about."""
    if nth is not None:
        return (int(line), int(nth))
    get = row.get if isinstance(row, dict) else lambda name, _="": getattr(row, name, "")
    kind = (
        str(get("kind", "")).replace("verdict_list", "verdict").replace("verdict_word", "verdict")
    )
    return (int(line), get("indicator", ""), kind, str(get("time_period", "")))


def kind(table: str, row: dict[str, Any]) -> str:
    """Name the kind of a committed row."""
    return f"{table} {row['kind'] if table == 'claims' else row['measure']}"


def differing(made: Proposal, table: str, row: dict[str, Any]) -> list[str]:
    """List the columns in which a proposal differs from a committed row."""
    if made.table != table:
        return ["table"]
    return [
        name
        for name in COMPARED[table]
        if _plain(getattr(made, ALIAS.get(name, name))) != _plain(row[name])
    ]


def share(part: int, whole: int) -> str:
    """Write a share with its counts."""
    return f"{part / whole if whole else 0:.3f} ({part}/{whole})"


def _plain(value: Any) -> str:
    if value is None or value is pd.NA:
        return ""
    if isinstance(value, int | Decimal):
        return f"{Decimal(value).normalize():f}"
    return str(value)


if __name__ == "__main__":
    main()
