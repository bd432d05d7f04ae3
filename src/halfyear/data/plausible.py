"""Plausible figures: a figure held against what is known of its indicator at its place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from halfyear.data.checks.rows import records
from halfyear.data.frames import Tables
from halfyear.data.places import Places
from halfyear.data.units import Units
from halfyear.errors import PeriodError, UnitError
from halfyear.period import Period

LEVEL, GROWTH, RATIO, SHARE = "level", "growth_yoy", "ratio_yoy", "share"
SLIP = Decimal(100)
FEW = 1000
HUNDRED = Decimal(100)
NEAR = (Decimal(80), Decimal(135))
CALM = Decimal(50)
SLACK = Decimal("1.5")
REVISED = Decimal("0.98")
MANY = 3  # digits; figures of fewer may well stay the same over a year


@dataclass(frozen=True)
class Known:
    """A figure that is known: its fact, measure and period, its value in the indicator's unit."""

    fact: str
    measure: str
    period: Period
    value: Decimal
    rank: tuple[str, int] = ("", 0)
    bound: str = ""
    planned: bool = False


@dataclass(frozen=True)
class Doubt:
    """Why a figure is not plausible: the code of the fault, what fills its text, the facts."""

    code: str
    values: Mapping[str, str]
    beside: str = ""


@dataclass
class Memory:
    """What is known of the indicators of every place, and how their figures behave."""

    units: Units
    own: Mapping[str, str]
    kinds: Mapping[str, str]
    summed: frozenset[str]
    places: Places
    known: dict[tuple[str, str], list[Known]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, tables: Tables) -> "Memory":
        """Remember the observations, scenarios and annual targets of the tables."""
        rows = records(tables.indicators)
        memory = cls(
            Units.from_frame(tables.units),
            {row["id"]: row["unit"] for row in rows},
            {row["id"]: row["kind"] for row in rows},
            frozenset(row["id"] for row in rows if row["aggregation"] == "sum"),
            Places.of(tables.places),
        )
        order = {source: n for n, source in enumerate(tables.sources["id"])}
        for row in (*records(tables.observations), *_planned(tables)):
            found = memory.figure(row, (str(row["known_at"]), order.get(row["source"], len(order))))
            if found is not None:
                memory.known[row["place"], row["indicator"]].append(found)
        return memory

    def figure(self, row: Mapping[str, Any], rank: tuple[str, int] = ("9", 0)) -> Known | None:
        """Take a row as a figure; None for one without a value, a period or a fitting unit."""
        own = self.own.get(row["indicator"], "")
        if row["value"] is None:
            return None
        try:
            period = Period.parse(str(row["time_period"]))
            value = row["value"]
            if row["measure"] == LEVEL:
                value = self.units.convert(value, row["unit"], own)
        except (PeriodError, UnitError):
            return None
        fact, planned = str(row.get("id", "")), not row.get("obs_status")
        return Known(
            fact, row["measure"], period, value, rank, str(row.get("bound") or ""), planned
        )

    def doubts(self, place: str, indicator: str, one: Known) -> Iterator[Doubt]:
        """Tell what is not plausible of a figure, given what was known before it."""
        before = [k for k in self.known[place, indicator] if k.rank < one.rank and k is not one]
        if one.measure == LEVEL:
            yield from self._rank(indicator, one)
            yield from self._share(indicator, one)
            levels = [k for k in before if k.measure == LEVEL]
            found = [*self._scale(indicator, one, levels)]
            yield from found or self._falls(indicator, one, levels)
            yield from self._repeats(indicator, one, levels)
        elif one.measure == SHARE and not 0 <= one.value <= HUNDRED:
            yield Doubt("share_beyond", {})
        elif one.measure in (GROWTH, RATIO):
            levels = [k for k in self.known[place, indicator] if k.measure == LEVEL]
            yield from _compared(one, levels, before, self._calm(indicator))

    def _rank(self, indicator: str, one: Known) -> Iterator[Doubt]:
        if self.kinds.get(indicator) != "rank":
            return
        most = self.places.count(one.period.end)
        if one.value > most:
            yield Doubt("rank_beyond", {"count": str(most)})

    def _share(self, indicator: str, one: Known) -> Iterator[Doubt]:
        if self.kinds.get(indicator) == "share" and not 0 <= one.value <= HUNDRED:
            yield Doubt("share_beyond", {})

    def _scale(self, indicator: str, one: Known, levels: Sequence[Known]) -> Iterator[Doubt]:
        """Doubt a level a hundred times above or below everything known of it, month by month."""
        if self.kinds.get(indicator) in ("rank", "index", "share") or one.value <= 0:
            return
        rates = [(self._rate(indicator, k), k) for k in levels if k.value > 0]
        own = self._rate(indicator, one)
        if not rates or _few([one, *(k for _, k in rates)]):
            return
        factors = [max(own / rate, rate / own) for rate, _ in rates]
        if min(factors) < SLIP:
            return
        rate, nearest = min(rates, key=lambda pair: max(own / pair[0], pair[0] / own))
        code = "scale_above" if own > rate else "scale_below"
        yield Doubt(code, {"times": _rounded(min(factors))}, nearest.fact)

    def _falls(self, indicator: str, one: Known, levels: Sequence[Known]) -> Iterator[Doubt]:
        """Doubt a sum since January that is below the one of fewer months of its year."""
        if indicator not in self.summed or not one.period.is_cumulative:
            return
        if one.bound or one.planned:
            return
        for known in levels:
            same = known.period.year == one.period.year and known.period.is_cumulative
            if not same or known.planned or known.bound:
                continue
            longer = one.period.elapsed - known.period.elapsed
            less = one.value < known.value * REVISED if longer > 0 else False
            more = known.value < one.value * REVISED if longer < 0 else False
            if less or more:
                yield Doubt("cumulative_falls", {"value": _rounded(known.value)}, known.fact)
                return

    def _repeats(self, indicator: str, one: Known, levels: Sequence[Known]) -> Iterator[Doubt]:
        """Doubt a sum that is, to the last of many digits, that of the year before."""
        if indicator not in self.summed or one.bound or one.planned or _digits(one.value) < MANY:
            return
        for known in levels:
            same = known.period == one.period.shift(-1) and known.value == one.value
            if same and not known.planned and not known.bound:
                yield Doubt("year_ago_again", {"value": _rounded(known.value)}, known.fact)
                return

    def _rate(self, indicator: str, one: Known) -> Decimal:
        first, last = one.period.months
        return one.value / (last - first + 1) if indicator in self.summed else one.value

    def _calm(self, indicator: str) -> bool:
        """Tell whether an indicator is an index or a total that never doubles in a year."""
        unit = self.own.get(indicator, "")
        return self.kinds.get(indicator) == "index" or unit.endswith("_2010")


def _digits(value: Decimal) -> int:
    """Count the digits of a figure that are no noughts at its ends."""
    return len(value.normalize().as_tuple().digits)


def _few(figures: Sequence[Known]) -> bool:
    """Tell whether figures only count things of which there are few."""
    return all(one.value == int(one.value) and one.value < FEW for one in figures)


def _planned(tables: Tables) -> Iterator[dict[str, Any]]:
    for row in records(tables.scenarios):
        yield {**row, "value": row["value"] if row["value"] is not None else row["low"]}
    for row in records(tables.plan):
        if row["scope"] == "year":
            yield {**row, "time_period": f"{row['year']}-FY", "value": row["low"]}


def _compared(
    one: Known, levels: Iterable[Known], before: Sequence[Known], calm: bool
) -> Iterator[Doubt]:
    """Doubt growth that is a ratio to last year, and a ratio that is growth."""
    of = {level.period: level.value for level in levels}
    now, base = of.get(one.period), of.get(one.period.shift(-1))
    other = HUNDRED if one.measure == GROWTH else -HUNDRED
    code = "growth_like_ratio" if one.measure == GROWTH else "ratio_like_growth"
    if now is not None and base:
        real = HUNDRED * now / base - (HUNDRED if one.measure == GROWTH else 0)
        if abs(one.value - real) > SLACK and abs(one.value - other - real) <= SLACK:
            yield Doubt(code, {"value": _rounded(one.value - other)})
        return
    rates = [k.value if k.measure == GROWTH else k.value - HUNDRED for k in before]
    rates = [rate for rate, k in zip(rates, before, strict=True) if k.measure in (GROWTH, RATIO)]
    quiet = calm or (bool(rates) and all(abs(rate) < CALM for rate in rates))
    growth = one.measure == GROWTH and NEAR[0] <= one.value <= NEAR[1]
    ratio = one.measure == RATIO and abs(one.value) < CALM
    if quiet and (growth or ratio):
        yield Doubt(code, {"value": _rounded(one.value - other)})


def _rounded(value: Decimal) -> str:
    return f"{value:.0f}" if abs(value) >= HUNDRED else f"{value.normalize():f}"
