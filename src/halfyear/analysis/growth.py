"""Growth: rates beside their scenario, targets and goals of the parts, what the rest needs."""

from dataclasses import dataclass
from typing import ClassVar

from halfyear.analysis import accounting, effort, feasible, parts, scorecard
from halfyear.analysis.scorecard import Line
from halfyear.analysis.weights import percent, weights
from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.key import Kind
from halfyear.period import Period
from halfyear.results import Quantity
from halfyear.study import Study

MEASURE = "growth_yoy"


@dataclass(frozen=True)
class Rates:
    """The rates of a total and its parts in one period, per cent, each with its verdict.

    gaps are actual less scenario in points, by indicator; below counts the parts that fell short.
    """

    period: Period
    lines: tuple[Line, ...]
    gaps: dict[str, Quantity]
    below: Quantity | None

    @property
    def actual(self) -> dict[str, Quantity]:
        """Growth by indicator, per cent."""
        return {line.indicator.id: line.actual for line in self.lines}

    @property
    def scenario(self) -> dict[str, Quantity]:
        """What the scenario expected, by indicator, per cent."""
        return {line.indicator.id: line.scenario for line in self.lines}


@dataclass(frozen=True)
class Growth(Study):
    """The growth of the headline total and its parts in a period and its last quarter.

    Everything is empty where no headline indicator is judged by a growth rate that is known.
    weights and ranges in per cent of the total; sums are what the targets, the goals and the
    rates of the parts give for the total, with the difference to what is printed for it.
    """

    topic: ClassVar[str] = "growth"

    total: str
    whole: Rates | None
    quarter: Rates | None
    weights: tuple[Quantity, ...]
    ranges: tuple[Quantity, ...]
    identities: tuple[Quantity, ...]
    targets: tuple[Quantity, ...]
    goals: tuple[Quantity, ...]
    needed: tuple[Quantity, ...]


def study(edition: Edition) -> Growth:
    """Study the growth of an edition; raises nothing where there is none."""
    total = parts.total(edition)
    if total is None:
        return Growth("", None, None, (), (), (), (), (), ())
    now, quarter = edition.period, edition.period.last_quarter()
    last = now.shift(-1)
    year = last.full_year()
    weighed = [*weights(edition, total, year), *weights(edition, total, last)]
    allowed = [
        weight for when in (now, quarter) for weight in feasible.implied(edition, total, when, year)
    ]
    return Growth(
        total=total,
        whole=_rates(edition, total, now),
        quarter=_rates(edition, total, quarter),
        weights=_percent(weighed),
        ranges=_percent(allowed),
        identities=tuple(
            item for base in (year, last) for item in accounting.identity(edition, total, now, base)
        ),
        targets=tuple(accounting.targets(edition, total, year)),
        goals=tuple(accounting.goals(edition, total, year)),
        needed=tuple(effort.effort(edition, total, MEASURE)),
    )


def _rates(edition: Edition, total: str, when: Period) -> Rates:
    lines = [
        scorecard.line(edition, name, MEASURE, when)
        for name in (total, *parts.parts(edition, total))
    ]
    found = {line.indicator.id: scorecard.gap(line, when) for line in lines}
    gaps = {name: gap for name, gap in found.items() if gap is not None}
    short = tuple(gap.id for name, gap in gaps.items() if name != total and gap.known.high < 0)
    below = None
    if len(gaps) > 1:
        below = Quantity(
            str(Kind.COUNT.of("parts_below", when=when)),
            Interval.of(len(short)),
            "count",
            0,
            "number of parts",
            short,
        )
    return Rates(when, tuple(lines), gaps, below)


def _percent(quantities: list[Quantity]) -> tuple[Quantity, ...]:
    return tuple(percent(quantity) for quantity in quantities if quantity.interval is not None)
