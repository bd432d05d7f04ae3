"""The ledger of a five-year goal: what this year leaves to the years after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from halfyear.analysis import parts, path
from halfyear.analysis.attempt import attempt
from halfyear.analysis.path import Standing
from halfyear.data import second
from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.key import Kind
from halfyear.period import Period
from halfyear.results import Quantity
from halfyear.study import Study

RATE = 2


@dataclass(frozen=True)
class Entry:
    """One line of the ledger: a reading of the year, what it needs afterwards and adds to it.

    standing compares the needed pace with the goal's own; above_record tells whether even the
    low end lies above the fastest growth these documents record for the place, None where they
    record none.
    """

    reading: Quantity
    needed: Quantity
    added: Quantity
    standing: Standing | None
    above_record: bool | None


@dataclass(frozen=True)
class Before:
    """What a place planned and reached on average over the goal period before, per cent a year."""

    place: str
    planned: Quantity
    reached: Quantity


@dataclass(frozen=True)
class Ledger(Study):
    """The ledger of the goal for the headline growth; empty where there is none."""

    topic: ClassVar[str] = "ledger"

    goal: Quantity | None
    record: Quantity | None
    entries: tuple[Entry, ...]
    before: tuple[Before, ...] = ()


def study(edition: Edition) -> Ledger:
    """Draw up the ledger of the headline total, with the fastest growth on record."""
    total = parts.total(edition)
    if total is None:
        return Ledger(None, None, ())
    goal = edition.goal(total, "growth_yoy")
    entries = tuple(ledger(edition, total))
    return Ledger(goal, record(edition, total), entries, tuple(before(edition, total)))


def before(edition: Edition, indicator: str, measure: str = "growth_yoy") -> Iterator[Before]:
    """Plan and result of the goal period before, for each place whose documents print both."""
    frame = edition.tables.baseline
    rows = frame[
        (frame["indicator"] == indicator)
        & (frame["measure"] == measure)
        & (frame["scope"] == "average")
        & frame["value"].notna()
        & frame["target_low"].notna()
    ]
    for _, row in rows.drop_duplicates("place", keep="last").iterrows():
        printed = {str(name): cell for name, cell in row.items()}
        yield Before(
            place=str(row["place"]),
            planned=edition.printed_as(str(second.target(printed)["id"])),
            reached=edition.printed_as(str(row["id"])),
        )


def readings(edition: Edition, indicator: str, measure: str = "growth_yoy") -> list[Quantity]:
    """What the edition's year may come to, per cent: the pace held, the carry-over, the plan.

    The carry-over is this part's growth plus last year's full-year growth less last year's
    growth of the same part.
    """
    cut = edition.period
    last = cut.shift(-1)

    def named(kind: str, formula: str, same: Quantity | None = None) -> Quantity:
        decimals = RATE if same is None or same.absent else same.decimals
        key = Kind.READING.of(indicator, measure, cut.year, variant=kind)
        return Quantity.frame(key, "pct", decimals, formula)

    def fact(period: Period) -> Quantity:
        return edition.fact(indicator, measure, period)

    now, target = fact(cut), edition.target(indicator, measure)
    return [
        attempt(named("pace", "growth so far, held", now), lambda g: g, now),
        attempt(
            named("carry_over", "growth so far + last year - same part of last year"),
            lambda g, year, part: g + year - part,
            now,
            fact(last.full_year()),
            fact(last),
        ),
        attempt(named("plan", "annual target", target), lambda g: g, target),
    ]


def record(edition: Edition, indicator: str, measure: str = "growth_yoy") -> Quantity:
    """The fastest full-year growth these documents record for the place, per cent."""
    frame = edition.observed(indicator)
    rows = frame[
        (frame["place"] == edition.params.place)
        & (frame["measure"] == measure)
        & frame["time_period"].str.endswith("-FY")
    ]
    years = sorted({Period.parse(text) for text in rows["time_period"]}, key=str)
    facts = [edition.fact(indicator, measure, year) for year in years]
    held = [fact for fact in facts if not fact.absent]
    unprinted = Quantity.unprinted(Kind.OBS.of(indicator, measure))
    best = max(held, key=lambda fact: fact.known.high, default=unprinted)
    key = Kind.RECORD.of(indicator, measure)
    return attempt(Quantity.frame(key, "pct", RATE, "fastest year on record"), lambda g: g, best)


def ledger(edition: Edition, indicator: str, measure: str = "growth_yoy") -> list[Entry]:
    """The ledger of a goal for average growth, one entry for each reading of the year.

    needed: average growth of the years left, per cent a year, see path.needed_average; added:
    needed less the goal's own pace, points a year, end by end.
    """
    goal = edition.goal(indicator, measure)
    first, last = edition.params.goal_years
    years = range(first, edition.period.year)
    past = [edition.fact(indicator, measure, Period(year, "FY")) for year in years]
    best = record(edition, indicator, measure)

    def needed(wanted: Interval, *known: Interval) -> Interval:
        return path.needed_average(wanted, known, last - first + 1)

    def added(pace: Interval, wanted: Interval) -> Interval:
        return Interval.of(pace.low - wanted.low, pace.high - wanted.high)

    entries = []
    for reading in readings(edition, indicator, measure):
        formula = "((1 + m)^n / prod(1 + g))^(1 / (n - k)) - 1"
        pace = attempt(
            Quantity.frame(reading.key.to(Kind.NEEDED_PATH), "pct", RATE, formula),
            needed,
            goal,
            *past,
            reading,
        )
        extra = attempt(
            Quantity.frame(reading.key.to(Kind.ADDED), "pp", RATE, "needed - goal"),
            added,
            pace,
            goal,
        )
        place = None
        if pace.interval is not None:
            place = path.standing(pace.interval, goal.known)
        entries.append(Entry(reading, pace, extra, place, _above(pace, best)))
    return entries


def _above(pace: Quantity, best: Quantity) -> bool | None:
    if pace.interval is None or best.interval is None:
        return None
    return pace.interval.low > best.interval.high
