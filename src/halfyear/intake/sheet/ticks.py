"""Ticks: which proposals are complete and sure enough to be ticked beforehand."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from halfyear.data import ids
from halfyear.data.checks.rows import records
from halfyear.data.frames import Tables
from halfyear.data.numeral import numerals, read_figure
from halfyear.data.plausible import Doubt, Memory
from halfyear.data.units import Units
from halfyear.errors import NumeralError, UnitError
from halfyear.intake.layout.paragraphs import Paragraph
from halfyear.intake.proposal import Proposal, key, scenario_key
from halfyear.intake.reason import Reason
from halfyear.key import Kind

NUMBERS = ("observations", "scenarios", "plan", "projects")
FACTS = ("observations", "scenarios", "plan", "goals", "baseline", "projects")
IMPLAUSIBLE = 0.3
UNGROUNDED = 0.7
MOST_OF_PLAN = 300  # per cent
_UNFIT: dict[str, Callable[[Doubt], Reason]] = {
    "scale_above": lambda d: Reason.of("scale_above", times=d.values["times"], fact=d.beside),
    "scale_below": lambda d: Reason.of("scale_below", times=d.values["times"], fact=d.beside),
    "cumulative_falls": lambda d: Reason.of("cumulative_falls", fact=d.beside),
    "year_ago_again": lambda d: Reason.of("year_ago_again", fact=d.beside),
    "growth_like_ratio": lambda d: Reason.of("growth_like_ratio", value=d.values["value"]),
    "ratio_like_growth": lambda d: Reason.of("ratio_like_growth", value=d.values["value"]),
    "rank_beyond": lambda d: Reason.of("rank_beyond", count=d.values["count"]),
    "share_beyond": lambda _: Reason.of("share_beyond"),
}
_NUMBERED = re.compile(r"[0-9]+/[A-ZĐ]+-[A-ZĐa-z]+")


def scenario_plan(paragraphs: Iterable[Paragraph], tables: Tables) -> str:
    """Give the latest plan of sources.csv that the text names beside the word "kịch bản"."""
    known = {row["number"]: row for row in records(tables.sources) if row["number"]}
    named = [
        known[number]
        for one in paragraphs
        if "kịch bản" in one.text.casefold()
        for number in _NUMBERED.findall(one.text)
        if number in known
    ]
    return max(named, key=lambda row: str(row["date"]))["id"] if named else ""


def tick(made: list[Proposal], tables: Tables, instrument: str, place: str = "") -> list[bool]:
    """Tell for each proposal whether it is ticked; doubts what acceptance would refuse.

    place is the one whose figures they are held against; none where it is not known.
    """
    units = Units.from_frame(tables.units)
    _link(made, tables)
    if place:
        memory = Memory.of(tables)
        for row in made:
            _hold(row, place, memory)
    for row in made:
        _proofread(row, units)
        _ground(row)
        if row.table == "scenarios" and not instrument:
            row.doubt(0.7, Reason.of("instrument_missing"))
    taken: set[tuple[int, int]] = set()
    ticked = [row.sure and _free(row, taken) for row in made]
    for row, on in zip(made, ticked, strict=True):
        if row.sure and not on:
            row.reasons.append(Reason.of("numeral_taken"))
    if any(row.operands for row in made):
        _leave_without(made, ticked, tables)
    return ticked


def _leave_without(made: list[Proposal], ticked: list[bool], tables: Tables) -> None:
    """Untick rows that rest on a fact neither the data hold nor another tick offers."""
    known = {fact for name in FACTS for fact in getattr(tables, name)["id"]}
    known |= {stem for fact in known for stem in ids.stems(fact)}
    offered = known | {
        key for row, on in zip(made, ticked, strict=True) if on for key in _offers(row)
    }
    for number, row in enumerate(made):
        wanting = [one for one in ids.operands(row.operands) if one not in offered]
        if ticked[number] and wanting:
            ticked[number] = False
            row.reasons.append(Reason.of("operand_open", fact=wanting[0]))


def _hold(row: Proposal, place: str, memory: Memory) -> None:
    """Doubt a figure that does not fit what is known of its indicator."""
    if row.kind == "share_of_plan" and row.value is not None and row.value > MOST_OF_PLAN:
        row.doubt(IMPLAUSIBLE, Reason.of("plan_share_beyond", most=MOST_OF_PLAN))
    if row.table not in ("observations", "plan", "scenarios"):
        return
    cells = {name: getattr(row, name) for name in ("indicator", "measure", "time_period", "value")}
    status = row.obs_status if row.table == "observations" else ""
    figure = memory.figure({**cells, "unit": row.unit, "bound": row.bound, "obs_status": status})
    for doubt in memory.doubts(place, row.indicator, figure) if figure else ():
        row.doubt(IMPLAUSIBLE, _UNFIT[doubt.code](doubt))


def _ground(row: Proposal) -> None:
    """Doubt a row whose indicator, measure, period or unit rests on nothing."""
    if row.wanting:
        row.doubt(UNGROUNDED, Reason.of("ground_missing"))


def _offers(row: Proposal) -> list[str]:
    if row.table == "observations":
        plain = str(Kind.OBS.of(row.indicator, row.measure, row.time_period))
        return [plain, f"{plain}/{row.cutoff}"]
    return [scenario_key(row)] if row.table == "scenarios" else []


def _free(row: Proposal, taken: set[tuple[int, int]]) -> bool:
    """Tell whether no other ticked row takes the same numerals."""
    if row.nth is None:
        return True
    places = {(row.line, row.nth + step) for step in range(len(numerals(row.printed)))}
    free = not places & taken
    taken |= places
    return free


def _link(made: list[Proposal], tables: Tables) -> None:
    """Let claims name the scenario or the target they speak of, where there is one."""
    scenarios = {scenario_key(row) for row in made if row.table == "scenarios"}
    scenarios |= set(tables.scenarios["id"])
    targets = {stem for fact in tables.plan["id"] for stem in (fact, *ids.stems(fact))}
    facts = {
        (row.indicator, row.time_period): key(row)
        for row in reversed(made)
        if row.table == "observations" and row.sure
    }
    for row in made:
        if row.kind in ("verdict_word", "verdict_list") and not row.operands:
            row.operands = facts.get((row.indicator, row.time_period), "")
        if row.table != "claims" or not row.operands.startswith("obs:"):
            continue
        wanted = "scn:" + row.operands.removeprefix("obs:").split("/")[0]
        target = str(Kind.PLAN.of(row.indicator, "level", row.time_period[:4]))
        if row.kind in ("verdict_word", "verdict_list") and wanted in scenarios:
            row.operands = f"{row.operands};{wanted}"
        if row.kind == "share_of_plan" and target in targets:
            row.operands = f"{row.operands};{target}"


def _proofread(row: Proposal, units: Units) -> None:
    """Doubt a row whose value does not parse from its printed figure."""
    if row.value is None or row.kind in ("verdict_word", "verdict_list", "sum"):
        return
    try:
        figure = read_figure(row.printed)
        factor = Decimal(1)
        if row.unit and row.printed_unit:
            factor = units.convert(Decimal(1), row.printed_unit, row.unit)
    except (NumeralError, UnitError):
        row.doubt(0.3, Reason.of("value_unproven"))
        return
    if figure.low * factor != row.value or figure.bound != row.bound:
        row.doubt(0.3, Reason.of("value_unproven"))
