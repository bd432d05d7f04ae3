"""Passages of prose by kind of fault: reads each one and tells what is right, missed and wrong."""

from collections.abc import Iterator
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

FOLDER = Path(__file__).parent
OPEN, HELD = FOLDER / "prose_open.yml", FOLDER / "prose_held.yml"
USUAL = "2026-9M"
INSTRUMENT = "kh184_2026"
FOLLOWING = ("sum", "restatement")  # claims that follow from rows judged by themselves
_ready: dict[int, reading.Codelist] = {}


@dataclass(frozen=True)
class Passage:
    """A text with the rows it must give, and those that are right where they are proposed.

    names are the names of the place, as the head of a report gives them.
    """

    kind: str
    text: str
    rows: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    period: str = USUAL
    names: tuple[str, ...] = ()


@dataclass
class Judged:
    """What a passage gave: rows found, rows missed, each proposal with whether it is right."""

    passage: Passage
    found: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    proposals: list[tuple[Proposal, bool, bool]] = field(default_factory=list)

    @property
    def ticked(self) -> int:
        """How many proposals are ticked beforehand."""
        return sum(on for _, on, _ in self.proposals)

    @property
    def wrong(self) -> list[str]:
        """The ticked proposals that are not right, in words."""
        return [
            f"{' '.join(_named(row))} {row.printed!r} at {row.confidence:.2f}"
            for row, on, right in self.proposals
            if on and not right
        ]


_judged: dict[tuple[Passage, int], Judged] = {}


def passages(path: Path) -> Iterator[Passage]:
    """The passages of a file: a list under each kind, or one list with a kind in each."""
    loaded = yamlfile.parse(path.read_text(encoding="utf-8"))
    groups: dict[str, list[dict[str, Any]]] = (
        loaded if isinstance(loaded, dict) else {path.stem: loaded}
    )
    for kind, entries in groups.items():
        for entry in entries:
            held = {name: tuple(entry.get(name, ())) for name in ("rows", "may", "open", "names")}
            yield Passage(
                entry.get("kind", kind), entry["text"], period=entry.get("period", USUAL), **held
            )


def codelist(tables: Tables) -> reading.Codelist:
    """The names of a set of tables, made ready for reading once in a process."""
    if id(tables) not in _ready:
        _ready[id(tables)] = reading.Codelist.of(tables)
    return _ready[id(tables)]


def judge(passage: Passage, tables: Tables) -> Judged:
    """Read a passage, once in a process, and compare with what it expects."""
    kept = _judged.get((passage, id(tables)))
    if kept is not None:
        return kept
    lines = tuple(passage.text.split("\n"))
    document = Document(Path("passage.txt"), "", lines, (0,) * len(lines))
    rows = reading.read(
        document,
        tables,
        Period.parse(passage.period),
        names=passage.names,
        final=True,
        codelist=codelist(tables),
    ).proposals
    on = ticks.tick(rows, tables, INSTRUMENT)
    judged = _judged[passage, id(tables)] = Judged(passage)
    for wanted in passage.rows:
        hit = any(matches(wanted, row) for row in rows)
        (judged.found if hit else judged.missed).append(wanted)
    good = (*passage.rows, *passage.may)
    for row, ticked in zip(rows, on, strict=True):
        if row.table and row.kind not in FOLLOWING:
            judged.proposals.append((row, ticked, any(matches(one, row) for one in good)))
    return judged


def matches(expected: str, row: Proposal) -> bool:
    """Tell whether a proposal is the row expected and says what else that asks for."""
    wanted, named = expected.split(), _named(row)
    held = {row.obs_status, row.price_base, row.bound, str(row.cutoff), row.measure}
    return wanted[: len(named)] == named and set(wanted[len(named) :]) <= held


def _named(row: Proposal) -> list[str]:
    """Name a proposal as the files name rows."""
    value = _plain(row.value)
    if row.kind.startswith("verdict_"):
        return ["word", row.word, row.indicator, row.time_period]
    if row.table == "claims":
        return ["claim", row.kind, row.indicator, row.time_period, value]
    short = {"observations": "obs", "scenarios": "scn", "plan": "plan"}.get(row.table, row.table)
    when = row.time_period[:4] if row.table == "plan" else row.time_period
    ends = value if row.high is None else f"{value}-{_plain(row.high)}"
    return [short, row.indicator, row.measure, when, ends]


def _plain(value: Decimal | None) -> str:
    text = "" if value is None else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
