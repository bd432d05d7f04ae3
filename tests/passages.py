"""The hand-written passages: reads each one and tells what is right, missed and wrong."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from halfyear import yamlfile
from halfyear.data.frames import Tables
from halfyear.document.reader import Document
from halfyear.intake.proposal import Proposal
from halfyear.intake.reader import reading
from halfyear.intake.sheet import ticks
from halfyear.period import Period
from prose import codelist

FILE = Path(__file__).with_name("intake_passages.yml")
USUAL = "2026-9M"
TABLES = {"obs": "observations", "scn": "scenarios", "plan": "plan"}


@dataclass
class Outcome:
    """What a passage gave: rows found, rows missed, ticked proposals that are wrong."""

    text: str
    found: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    proposals: int = 0
    ticked: int = 0


def entries() -> list[dict[str, Any]]:
    """The passages as they stand in the file."""
    loaded: list[dict[str, Any]] = yamlfile.parse(FILE.read_text(encoding="utf-8"))
    return loaded


def outcome(entry: dict[str, Any], tables: Tables) -> Outcome:
    """Read a passage and compare with what it expects."""
    report = Period.parse(entry.get("period", USUAL))
    lines = tuple(entry["text"].split("\n"))
    document = Document(Path("passage.txt"), "", lines, (0,) * len(lines))
    found = reading.read(document, tables, report, final=True, codelist=codelist(tables)).proposals
    ticked = ticks.tick(found, tables, "kh184_2026")
    expected = list(entry.get("rows", []))
    made = Outcome(entry["text"], proposals=len(found), ticked=sum(ticked))
    told = [describe(row) for row in found]
    for row in expected:
        (made.found if any(matches(row, one) for one in told) else made.missed).append(row)
    for row, one, on in zip(found, told, ticked, strict=True):
        if on and not any(matches(wanted, one) for wanted in expected):
            made.wrong.append(f"{one} {row.printed!r}")
        if on and row.printed in entry.get("open", []):
            made.wrong.append(f"{row.printed!r} should be left open")
    return made


def matches(expected: str, told: str) -> bool:
    """Tell whether a proposal is the one expected; a cutoff counts only where it is expected."""
    return told == expected or told.startswith(f"{expected} ")


def describe(row: Proposal) -> str:
    """Write a proposal as the file writes rows."""
    short = {table: name for name, table in TABLES.items()}.get(row.table, "")
    value = _plain(row.value)
    if row.table == "observations":
        where = f"{row.indicator} {row.measure} {row.time_period} {value} {row.obs_status}"
        return f"{short} {where} {row.cutoff}"
    if row.table == "scenarios":
        return f"{short} {row.indicator} {row.measure} {row.time_period} {value}"
    if row.table == "plan":
        ends = value if row.high is None else f"{value}-{_plain(row.high)}"
        return f"{short} {row.indicator} {row.measure} {row.time_period[:4]} {ends}"
    if row.kind in ("verdict_word", "verdict_list"):
        name = row.kind.replace("verdict_", "")
        return f"{name} {row.word} {row.indicator} {row.time_period} {row.measure}"
    if row.kind == "count":
        return f"count {value}/{_plain(row.total)} {row.time_period}"
    return f"claim {row.kind} {row.indicator} {row.time_period} {value}".strip()


def _plain(value: Decimal | None) -> str:
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
