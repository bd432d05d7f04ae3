"""Rules about periods of one year: what is left of the half-year, months in quarters, cut-offs."""

from collections.abc import Iterator
from decimal import Decimal

from halfyear.analysis.vintage import growth_of, growth_within
from halfyear.audit.finding import RATE_DECIMALS, Draft, Number, Row, keys
from halfyear.audit.rows import Facts
from halfyear.audit.rules.compare import grouped, growth_slot
from halfyear.errors import NotComputable, Problem
from halfyear.interval import Interval
from halfyear.key import Kind
from halfyear.period import Period
from halfyear.results import PRINTED

HUNDRED = Decimal(100)
NOTABLE = Decimal("0.01")
JUMP = Decimal(25)
WILD = Decimal(50)
QUIET, BUSY = Decimal("0.8"), Decimal("1.7")


def first_part_by_scenario(facts: Facts) -> Iterator[Draft]:
    """Indicators whose scenario leaves another first part of the year than the actual figures.

    A scenario set after that part rests on its estimate of then; where what it leaves differs by
    more than the rounding, the part was revised since: one note. Levels: cumulative less quarter.
    Rates: (g - v q) / (1 - v) for every share v of the quarter in the cumulative part that the
    assumed weights allow.
    """
    cut = facts.edition.period
    quarter, before = cut.last_quarter(), cut.before_last_quarter()
    if before is None:
        return
    revised: dict[str, Row] = {}
    for row in facts.rows["scenarios"]:
        if row["time_period"] != str(cut) or row["set_on"] <= before.end or row["value"] is None:
            continue
        four = _four(facts, row, quarter)
        if four is None:
            continue
        level = row["measure"] == "level"
        if _levels_differ(facts, *four) if level else _rates_differ(facts, before, *four):
            revised.setdefault(row["indicator"], row)
    names = grouped(facts, revised)
    if names:
        first = revised[names[0]]
        values = {"names": names, "day": first["set_on"], "part": f"part_{before.part}"}
        yield Draft("first_part", "update", names[0], first, None, None, values, also=names[1:])


def first_part_growth(facts: Facts) -> Iterator[Draft]:
    """Growth that the first part of the year must have had, far from that of the whole."""
    edition, cut = facts.edition, facts.edition.period
    quarter = cut.last_quarter()
    for indicator in edition.indicators:
        whole = _one(facts, indicator, cut)
        last = _one(facts, indicator, quarter)
        if whole is None or last is None:
            continue
        rates = [growth_of(edition, indicator, p) for p in (cut, quarter)]
        if any(rate.absent for rate in rates):
            continue
        spans = [growth_within(edition, rate) for rate in rates]
        try:
            grown = _first_growth(facts, whole, last, *spans)
        except NotComputable:
            continue
        middle = spans[0].middle
        if min(abs(grown.low), abs(grown.high)) > WILD and not _near(grown, middle):
            other = facts.row((rates[1].operands or (rates[1].id,))[0])
            found = Number(
                grown.middle,
                0,
                "pct",
                "(first part / its base - 1) * 100",
                (*keys(whole, last), *(id for r in rates for id in r.operands or (r.id,))),
            )
            printed = rates[0].operands or (rates[0].id,)
            grown_by = Number(middle, RATE_DECIMALS, "pct", PRINTED, printed[:1])
            before = cut.before_last_quarter()
            values: dict[str, object] = {"rate": _growth(facts, indicator, cut, printed[0])}
            values |= {"part": f"part_{before.part}" if before else ""}
            yield Draft(
                "first_part_growth",
                "to_verify",
                indicator,
                whole,
                other or last,
                found,
                values,
                apart=(grown_by, found),
            )


def months(facts: Facts) -> Iterator[Draft]:
    """A part of the year above its whole, and a month out of line with its quarter."""
    cut = facts.edition.period
    quarter = cut.last_quarter()
    month = Period(cut.year, f"{cut.elapsed:02d}")
    for indicator in facts.edition.indicators.values():
        if indicator.kind != "flow":
            continue
        rows = [_one(facts, indicator.id, p) for p in (month, quarter, cut)]
        for small, large in ((rows[0], rows[1]), (rows[1], rows[2]), (rows[0], rows[2])):
            if small and large and facts.span(small).low > facts.span(large).high:
                yield Draft("part_above_whole", "inconsistency", indicator.id, small, large)
        if rows[0] and rows[1] and rows[1]["value"] > rows[0]["value"]:
            others = (rows[1]["value"] - rows[0]["value"]) / 2
            ratio = rows[0]["value"] / others
            if not QUIET <= ratio <= BUSY:
                rest = facts.number(others, rows[0], "(quarter - month) / 2", rows[1], rows[0])
                yield Draft(
                    "month",
                    "to_verify",
                    indicator.id,
                    rows[0],
                    rows[1],
                    rest,
                    {"month": rows[0]},
                    apart=(rows[0], rest),
                    whole=rows[2] or rows[1],
                )


def cutoffs(facts: Facts) -> Iterator[Draft]:
    """An estimate for all of a period that the count to an earlier day has overtaken."""
    for row in facts.rows["observations"]:
        if row["measure"] != "level" or row["cutoff"] >= Period.parse(row["time_period"]).end:
            continue
        if facts.edition.indicators[row["indicator"]].kind != "flow":
            continue
        for other in facts.observations(
            row["indicator"], "level", row["time_period"], row["place"]
        ):
            if other["cutoff"] > row["cutoff"] and facts.span(row).low > facts.span(other).high:
                yield Draft("cutoff", "update", row["indicator"], other, row)


def _four(facts: Facts, row: Row, quarter: Period) -> tuple[Row, Row, Row, Row] | None:
    key = (row["indicator"], row["measure"])
    actual = next(iter(facts.observations(*key, row["time_period"])), None)
    last = next(iter(facts.observations(*key, quarter)), None)
    expected = facts.row(Kind.SCN.of(*key, quarter))
    if actual is None or last is None or expected is None or expected["value"] is None:
        return None
    return actual, last, row, expected


def _levels_differ(facts: Facts, whole: Row, last: Row, goal: Row, goal_last: Row) -> bool:
    left = whole["value"] - last["value"]
    expected = goal["value"] - goal_last["value"]
    slack = sum((facts.half(row) for row in (whole, last, goal, goal_last)), Decimal(0))
    return bool(left > 0 and abs(left - expected) > slack and abs(expected / left - 1) >= NOTABLE)


def _rates_differ(
    facts: Facts, before: Period, whole: Row, last: Row, goal: Row, goal_last: Row
) -> bool:
    shares = quarter_shares(facts, before)
    if shares is None:
        return False
    halves = sum((facts.half(row) for row in (whole, last, goal, goal_last)), Decimal(0))
    gaps, slacks = [], []
    for v in (shares.low, shares.high):
        left, expected = (
            (a["value"] - v * b["value"]) / (1 - v) for a, b in ((whole, last), (goal, goal_last))
        )
        gaps.append(expected - left)
        slacks.append(halves / (1 - v))
    clear = all(abs(gap) > slack for gap, slack in zip(gaps, slacks, strict=True))
    return bool(clear and gaps[0] * gaps[1] > 0)


def quarter_shares(facts: Facts, before: Period) -> Interval | None:
    """Share of the last quarter in the cumulative part, from the assumed weights of the params."""
    weights = facts.edition.params.elapsed_weight
    part, whole = weights.get(before.part), weights.get(facts.edition.period.part)
    if part is None or whole is None:
        return None
    return Interval.of(1 - part.high / whole.low, 1 - part.low / whole.high)


def _one(facts: Facts, indicator: str, period: Period) -> Row | None:
    rows = [r for r in facts.observations(indicator, "level", period) if not r["bound"]]
    return max(rows, key=lambda row: row["cutoff"]) if rows else None


def _first_growth(
    facts: Facts, whole: Row, last: Row, rate: Interval, rate_last: Interval
) -> Interval:
    base = facts.span(whole) / (rate / HUNDRED + 1)
    base_last = facts.span(last) / (rate_last / HUNDRED + 1)
    left, left_before = facts.span(whole) - facts.span(last), base - base_last
    if left_before.low <= 0:
        raise NotComputable(Problem("no base is left"))
    return (left / left_before - 1) * HUNDRED


def _growth(facts: Facts, indicator: str, period: Period, id: str) -> object:
    row = facts.row(id)
    return growth_slot(facts, indicator, period, row) if row else ""


def _near(grown: Interval, middle: Decimal) -> bool:
    return grown.low <= middle + JUMP and grown.high >= middle - JUMP
