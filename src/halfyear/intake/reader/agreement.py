"""Agreement: the level of a period, its growth and the level a year before bear each other out."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from itertools import permutations

from halfyear.data.numeral import numerals
from halfyear.intake.proposal import Proposal
from halfyear.intake.reason import Reason
from halfyear.period import Period

HUNDRED = Decimal(100)
BORNE_OUT = 1.1
LEAST = 0.6
NEAR, FAR = Decimal("0.3"), Decimal(3)  # percentage points of growth; between them figures revised


def check(made: list[Proposal], kinds: Mapping[str, str]) -> None:
    """Doubt levels and changes that the text itself contradicts; be surer of those that agree.

    A level, its growth and the level a year before agree where the growth that the levels give
    is the one printed, within the rounding of all three. kinds are those of the indicators.
    """
    levels = _levels(made)
    _apart(list(levels.values()), kinds)
    for row in _changes(made):
        now = levels.get((row.indicator, row.time_period))
        before = levels.get((row.indicator, str(Period.parse(row.time_period).shift(-1))))
        if now is None or before is None or not _exact(row) or not before.value:
            continue
        _bear_out((now, before, row), _agree(now, before, row))


def _apart(levels: list[Proposal], kinds: Mapping[str, str]) -> None:
    """Doubt a level as large as that of a longer time which holds its own, or larger."""
    alike: dict[str, list[Proposal]] = defaultdict(list)
    for row in levels:
        alike[row.indicator].append(row)
    for row, other in (pair for rows in alike.values() for pair in permutations(rows, 2)):
        part, whole = Period.parse(row.time_period), Period.parse(other.time_period)
        if not _within(part, whole):
            continue
        if row.value == other.value and part.months[0] > whole.months[0]:
            row.doubt(0.7, Reason.of("longer_alike", period=other.time_period))
        elif kinds.get(row.indicator) == "flow" and _exceeds(row, other):
            for one in (row, other):
                one.doubt(0.5, Reason.of("part_above_whole", period=other.time_period))


def _exceeds(row: Proposal, other: Proposal) -> bool:
    return row.value is not None and other.value is not None and row.value > other.value > 0


def _within(part: Period, whole: Period) -> bool:
    """Tell whether a time is part of another, longer one."""
    inside = whole.months[0] <= part.months[0] and part.months[1] <= whole.months[1]
    return whole.year == part.year and part.months != whole.months and inside


def hold(made: list[Proposal], known: Mapping[tuple[str, str], Decimal]) -> None:
    """Hold levels and their growth against the levels of the year before that the data hold.

    known gives levels in the unit of the indicator, by indicator and period.
    """
    levels = _levels(made)
    for row in _changes(made):
        now = levels.get((row.indicator, row.time_period))
        before = known.get((row.indicator, str(Period.parse(row.time_period).shift(-1))))
        if now is None or now.value is None or row.value is None or not before:
            continue
        growth = row.value - (HUNDRED if row.measure == "ratio_yoy" else 0)
        given = now.value / before * HUNDRED - HUNDRED
        apart = abs(given - growth)
        for one in (now, row):
            if apart <= NEAR:
                one.grounds["figures"] = Reason.of("data_agree")
            elif apart > FAR:
                one.doubt(0.5, Reason.of("data_disagree", growth=f"{given:.1f}"))


def _bear_out(rows: tuple[Proposal, ...], agree: bool) -> None:
    for row in rows:
        if not agree:
            row.doubt(0.5, Reason.of("figures_disagree"))
        elif row.confidence >= LEAST:
            row.confidence = min(1.0, row.confidence * BORNE_OUT)
            row.grounds["figures"] = Reason.of("figures_agree")


def _exact(row: Proposal) -> bool:
    return row.value is not None and row.high is None and not row.bound and bool(row.indicator)


def _agree(now: Proposal, before: Proposal, change: Proposal) -> bool:
    """Tell whether the ends of the printed figures leave room for one true set."""
    ends = [_ends(row) for row in (now, before, change)]
    (low_now, high_now), (low_before, high_before), (low, high) = ends
    least, most = low_now / high_before * HUNDRED, high_now / low_before * HUNDRED
    if change.measure == "growth_yoy":
        least, most = least - HUNDRED, most - HUNDRED
    return least <= high and low <= most


def _ends(row: Proposal) -> tuple[Decimal, Decimal]:
    assert row.value is not None
    printed = numerals(row.printed)
    decimals = len(printed[0].partition(",")[2]) if printed else 0
    scale = row.value / _number(printed[0]) if printed and _number(printed[0]) else Decimal(1)
    half = abs(Decimal("0.5").scaleb(-decimals) * scale)
    return row.value - half, row.value + half


def _number(numeral: str) -> Decimal:
    return Decimal(numeral.replace(".", "").replace(",", "."))


def _levels(made: list[Proposal]) -> dict[tuple[str, str], Proposal]:
    """The first exact level of each indicator and period."""
    return {
        (row.indicator, row.time_period): row
        for row in reversed(made)
        if row.table == "observations" and row.measure == "level" and _exact(row)
    }


def _changes(made: list[Proposal]) -> list[Proposal]:
    """The rows that tell a change over a year, as growth or as a ratio."""
    told = ("growth_yoy", "ratio_yoy")
    return [row for row in made if row.table == "observations" and row.measure in told]
