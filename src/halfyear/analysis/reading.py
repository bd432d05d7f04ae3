"""Readings of a year against a goal, by what the goal is."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from halfyear.analysis import evenpath
from halfyear.analysis.attempt import attempt
from halfyear.analysis.base import full_year, growth_so_far
from halfyear.analysis.evenpath import Years
from halfyear.analysis.standing import Standing, plan_standing, result_standing
from halfyear.edition import FLOWS, Edition
from halfyear.interval import Interval
from halfyear.key import Key, Kind
from halfyear.period import Period
from halfyear.results import Quantity

GROWTH = "growth_yoy"


@dataclass(frozen=True)
class Assessment:
    """One reading of the year against the path of a goal.

    rate is what the reading comes to: per cent a year for what grows, points a year for shares,
    else an amount; beside what stands in the place of the path where the reading covers a part of
    the year only. standing is None where the two cannot be compared. needed is the rate the years
    left then need, None where nothing tells.
    """

    rate: Quantity | None
    standing: Standing | None
    needed: Quantity | None
    beside: Quantity | None = None


@dataclass(frozen=True)
class Reading:
    """A goal with what is known of it, to be read by its basis."""

    edition: Edition
    indicator: str
    measure: str
    basis: str
    goal: Quantity
    target: Quantity

    def named(self, kind: Kind, variant: str = "") -> Key:
        """The key of a kind for the goal's indicator in the year."""
        year = self.edition.period.year
        return kind.of(self.indicator, self.measure, year, variant=variant)

    @property
    def years(self) -> Years:
        """First and last year of the goal period, and the year of the edition."""
        first, last = self.edition.params.goal_years
        return Years(first, last, self.edition.period.year)

    @property
    def down(self) -> bool:
        """Whether less is better."""
        described = self.edition.indicators[self.indicator]
        return described.direction == "down" or described.kind == "rank"

    @property
    def flow(self) -> bool:
        """Whether the indicator adds up over the year."""
        return self.edition.indicators[self.indicator].kind in FLOWS and self.measure == "level"

    @property
    def last_year(self) -> Quantity | None:
        """The level of the full year before the edition's, where it is one of the place."""
        if self.measure != "level":
            return None
        found = full_year(self.edition, self.indicator, self.edition.period.year - 1)
        return found[0] if found and not (found[0].bound and self.flow) else None

    @property
    def growth(self) -> Quantity:
        """Growth so far."""
        if self.measure == GROWTH:
            return self.edition.fact(self.indicator, GROWTH, self.edition.period)
        return growth_so_far(self.edition, self.indicator, self.edition.period)

    def read(self) -> tuple[Quantity | None, Assessment, Assessment]:
        """Path, plan and result by the basis of the goal."""
        if self.basis == "average":
            return self._average()
        if self.basis == "each_year":
            return self._each_year()
        if self.basis == "cumulative":
            return self._sum()
        return self._level() if self._grows else self._steps()

    @property
    def _grows(self) -> bool:
        unit = self.edition.indicators[self.indicator].unit
        return unit != "pct"

    def _average(self) -> tuple[Quantity | None, Assessment, Assessment]:
        path = evenpath.average(self.edition, self.indicator, self.measure, self.goal)
        held = self.growth
        after_plan = self.named(Kind.NEEDED_AFTER, "plan")
        after_result = self.named(Kind.NEEDED_AFTER, "result")
        return (
            path,
            Assessment(
                self.target,
                plan_standing(self.target, path, self.down),
                evenpath.average_after(self.edition, self.goal, self.target, after_plan),
            ),
            Assessment(
                held,
                result_standing(held, path, self.goal, self.down),
                evenpath.average_after(self.edition, self.goal, held, after_result),
            ),
        )

    def _level(self) -> tuple[Quantity | None, Assessment, Assessment]:
        last, growth = self.last_year, self.growth if self.flow else None
        path = evenpath.level(self.named(Kind.PATH), last, self.goal, self.years.with_this)
        planned = evenpath.growth(self.named(Kind.PLAN_GROWTH), self.target, last)
        reached = evenpath.grown(self.named(Kind.REACHED), last, growth)
        return (
            path,
            Assessment(
                planned or (None if self.flow else self.target),
                evenpath.by_start(last, self.target, self.goal, self.years.with_this, self.down),
                evenpath.level(
                    self.named(Kind.NEEDED_AFTER, "plan"), self.target, self.goal, self.years.left
                ),
            ),
            Assessment(
                growth,
                result_standing(growth, path, self.goal, self.down),
                evenpath.level(
                    self.named(Kind.NEEDED_AFTER, "result"), reached, self.goal, self.years.left
                ),
            ),
        )

    def _steps(self) -> tuple[Quantity | None, Assessment, Assessment]:
        """A share: points a year, from last year where it is known."""
        last, years = self.last_year, self.years
        now = self.edition.fact(self.indicator, self.measure, self.edition.period)
        path = evenpath.step(self.named(Kind.PATH), last, self.goal, years.with_this)
        planned = evenpath.step(self.named(Kind.PLAN_STEP), last, self.target, 1)
        after = evenpath.step(
            self.named(Kind.NEEDED_AFTER, "plan"), self.target, self.goal, years.left
        )
        return (
            path,
            Assessment(planned or self.target, plan_standing(planned, path, self.down), after),
            Assessment(now, None, None),
        )

    def _each_year(self) -> tuple[Quantity | None, Assessment, Assessment]:
        if self.edition.indicators[self.indicator].kind == "rank":
            return self._rank()
        last, growth = self.last_year, self.growth
        reached = evenpath.grown(self.named(Kind.REACHED), last, growth) if self.flow else None
        now = self.edition.fact(self.indicator, self.measure, self.edition.period)
        held = reached if self.flow else now
        standing = plan_standing(self.target, self.goal, self.down, relative=self.flow)
        return (
            self.goal,
            Assessment(self.target, standing, None if self.target.absent else self.goal),
            Assessment(
                held,
                result_standing(held, self.goal, self.goal, self.down, relative=self.flow),
                None if held is None or held.absent else self.goal,
            ),
        )

    def _rank(self) -> tuple[Quantity | None, Assessment, Assessment]:
        """A rank: the plan with its stretch, and the last result that is known."""
        further = stretch(self.edition, self.target)
        strives = further is not None and further.known.high <= self.goal.known.high
        standing = None if strives else plan_standing(self.target, self.goal, down=True)
        return (
            self.goal,
            Assessment(self.target, standing, None if self.target.absent else self.goal),
            Assessment(_last_rank(self.edition, self.indicator, self.measure), None, None),
        )

    def _sum(self) -> tuple[Quantity | None, Assessment, Assessment]:
        left = evenpath.left(self.edition, self.indicator, self.measure, self.goal)
        last = self.last_year
        if last is None or left.interval is None:
            return self._amounts(left)
        enough = last.known.high * self.years.with_this >= left.known.low
        return self._amounts(left) if enough else self._growing(left, last)

    def _growing(
        self, left: Quantity, last: Quantity
    ) -> tuple[Quantity | None, Assessment, Assessment]:
        """A sum that last year's amount, repeated, does not reach: it must grow."""
        years, growth = self.years, self.growth
        path = evenpath.growing(self.named(Kind.PATH), last, left, years.with_this)
        planned = evenpath.growth(self.named(Kind.PLAN_GROWTH), self.target, last)
        reached = evenpath.grown(self.named(Kind.REACHED), last, growth)
        return (
            path,
            Assessment(
                planned,
                plan_standing(planned, path, self.down),
                evenpath.growing_after(
                    self.named(Kind.NEEDED_AFTER, "plan"), self.target, left, years.left
                ),
            ),
            Assessment(
                growth,
                result_standing(growth, path, self.goal, self.down),
                evenpath.growing_after(
                    self.named(Kind.NEEDED_AFTER, "result"), reached, left, years.left
                ),
            ),
        )

    def _amounts(self, left: Quantity) -> tuple[Quantity | None, Assessment, Assessment]:
        """A sum that needs no growth: the same amount each year."""
        years, cut = self.years, self.edition.period
        path = evenpath.amount(self.named(Kind.PATH), left, years.with_this)
        done = self.edition.fact(self.indicator, self.measure, cut)
        beside = attempt(
            Quantity.frame(
                self.named(Kind.PATH_PART), left.unit, left.decimals, "even amount by now"
            ),
            lambda whole: whole * cut.elapsed / 12,
            path,
        )
        after = attempt(
            Quantity.frame(
                self.named(Kind.NEEDED_AFTER, "plan"),
                left.unit,
                left.decimals,
                "(left - plan) / years",
            ),
            lambda whole, plan: evenpath.over(whole - plan, years.left),
            left,
            self.target,
        )
        return (
            path,
            Assessment(self.target, plan_standing(self.target, path, self.down, True), after),
            Assessment(
                done, result_standing(done, beside, self.goal, self.down, True), None, beside
            ),
        )


def stretch(edition: Edition, target: Quantity) -> Quantity | None:
    """What a target strives for beyond itself; None where it states nothing."""
    row: Mapping[str, object] = edition.figures.get(target.id, {})
    value = row.get("stretch")
    if not isinstance(value, Decimal):
        return None
    return Quantity(
        str(target.key.to(Kind.STRETCH)),
        Interval.of(value),
        target.unit,
        target.decimals,
        "stretch printed beside the target",
        (target.id,),
    )


def _last_rank(edition: Edition, indicator: str, measure: str) -> Quantity | None:
    """The latest rank that is printed, of the period or of the year before; a claim of one last."""
    before = Period(edition.period.year - 1, "FY")
    for period in (edition.period, before):
        fact = edition.fact(indicator, measure, period)
        if not fact.absent:
            return fact
    claims = edition.tables.claims
    rows = claims[
        (claims["kind"] == "rank")
        & (claims["place"] == edition.params.place)
        & (claims["indicator"] == indicator)
        & (claims["time_period"] == str(before))
        & claims["value"].notna()
    ]
    if rows.empty:
        return None
    row = rows.iloc[-1]
    key = Kind.READING.of(indicator, measure, before.year, variant="top")
    known = Interval.of(row["value"])
    return Quantity(str(key), known, "rank", 0, "among the first", (str(row["id"]),), bound="le")
