"""The book of five-year goals: each goal by what it is, and where the year leaves it."""

from dataclasses import dataclass

from halfyear.analysis import goalpath, ledger, path
from halfyear.analysis.vintage import growth_of
from halfyear.edition import Edition
from halfyear.key import Key, Kind
from halfyear.results import Quantity, Results

TOLD = (Kind.NEEDED_PATH, Kind.SUM_SHARE, Kind.SUM_EXPECTED)


@dataclass(frozen=True)
class Entry:
    """A goal, the quantities that tell what it asks, and its standing.

    basis is average, level, each_year or cumulative. standing is ahead, on_path or behind, for a
    goal of each year the outcome of the annual plan against it, and empty where nothing
    tells or the start is a former place's.
    """

    key: str
    basis: str
    goal: Quantity
    quantities: tuple[Quantity, ...]
    standing: str

    @property
    def known(self) -> bool:
        """Whether anything but the goal itself can be said."""
        told = [q for q in self.quantities if q.key.kind in TOLD]
        return bool(self.standing) or any(q.interval is not None for q in told)


def entries(edition: Edition) -> list[Entry]:
    """Every goal of the params' goal period that is printed as a figure, in the table's order."""
    frame = edition.tables.goals
    rows = frame[(frame["period"] == edition.params.goal_period) & frame["low"].notna()]
    rows = rows[rows["place"] == edition.params.place]
    keys = dict.fromkeys(zip(rows["indicator"], rows["measure"], strict=True))
    found = [_entry(edition, str(indicator), str(measure)) for indicator, measure in keys]
    return [entry for entry in found if entry is not None]


def note(results: Results, found: list[Entry], name: str) -> None:
    """Add a book of goals to the results; its order, bases and standings as lists."""
    for entry in found:
        results.add(entry.goal, *entry.quantities)
        results.rank(f"goal_basis:{entry.key}", [entry.basis])
        results.rank(f"goal_standing:{entry.key}", [entry.standing] if entry.standing else [])
    results.rank(name, [entry.key for entry in found if entry.known])


def _entry(edition: Edition, indicator: str, measure: str) -> Entry | None:
    goal, row = edition.goal(indicator, measure), edition.goal_row(indicator, measure)
    if goal is None or row is None:
        return None
    basis = str(row["basis"])
    told = {
        "average": _average,
        "level": _level,
        "cumulative": _cumulative,
        "each_year": _each_year,
    }[basis]
    quantities, standing = told(edition, indicator, measure)
    return Entry(f"{indicator}.{measure}", basis, goal, tuple(quantities), standing)


def _average(edition: Edition, indicator: str, measure: str) -> tuple[list[Quantity], str]:
    found = {e.reading.key.variant: e for e in ledger.ledger(edition, indicator, measure)}
    held, planned = found["pace"], found["plan"]
    shown = [held.reading, held.needed, planned.reading, planned.needed]
    chosen = held if held.standing else planned
    return shown, chosen.standing.value if chosen.standing else ""


def _level(edition: Edition, indicator: str, measure: str) -> tuple[list[Quantity], str]:
    found = goalpath.level_path(edition, indicator, measure)
    start, plan = found[0], found[-1]
    pace = growth_of(edition, indicator, edition.period)
    shown = [*found, *([pace] if pace else [])]
    former = any(Key.parse(id).kind is Kind.BASE for id in start.operands)
    if former or start.interval is None or plan.interval is None:
        return shown, ""
    return shown, path.standing(plan.interval, start.interval).value


def _cumulative(edition: Edition, indicator: str, measure: str) -> tuple[list[Quantity], str]:
    found = goalpath.cumulative(edition, indicator, measure)
    standing = goalpath.sum_standing(found)
    return found, standing.value if standing else ""


def _each_year(edition: Edition, indicator: str, measure: str) -> tuple[list[Quantity], str]:
    target = edition.target(indicator, measure)
    outcome = goalpath.each_year(edition, indicator, measure)
    return [target] if target else [], outcome.value if outcome else ""
