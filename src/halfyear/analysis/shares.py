"""Shares of plan as stated and as computed, and the plans and scenarios that figures imply."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from halfyear.analysis import planshare
from halfyear.analysis.attempt import attempt
from halfyear.analysis.vintage import margin
from halfyear.data import ids
from halfyear.edition import FLOWS, Edition
from halfyear.interval import Interval, places, rounded
from halfyear.key import Key, Kind
from halfyear.period import Period
from halfyear.results import Quantity
from halfyear.study import Study

HUNDRED = Decimal(100)
SHARE, EXCESS = "share_of_plan", "excess_of_plan"


@dataclass(frozen=True)
class Stated:
    """A share of plan as a document states it, per cent, and what it implies.

    figure is the figure it is the share of; plan the plan behind both, rest what is left of that
    plan and multiple the same over what is done, all approximate; None where nothing gives them.
    """

    value: Quantity
    figure: Quantity | None
    plan: Quantity | None
    rest: Quantity | None
    multiple: Quantity | None


@dataclass(frozen=True)
class PlanShare:
    """The shares of one plan that are reached in a period, per cent.

    computed against each target that is stated, the governing one first; stated in the order of
    the document. agrees: whether the first stated share lies within the rounding of its operands
    against an end of the plan; None where one of the two lacks, or the share is of a figure that
    is overtaken.
    """

    indicator: str
    period: Period
    computed: tuple[Quantity, ...]
    stated: tuple[Stated, ...]
    agrees: bool | None

    @property
    def shown(self) -> Quantity | None:
        """The share to show: as stated where that is right or alone, else as computed."""
        if self.stated and (self.agrees or not self.computed):
            return self.stated[0].value
        return self.computed[0] if self.computed else None


@dataclass(frozen=True)
class Shares(Study):
    """Shares of plan in the period and its last quarter, and expectations that are implied.

    expected holds, by indicator, the plan of the period that no document prints: approximate, no
    scenario, and never what a verdict counts as verified.
    """

    topic: ClassVar[str] = "shares"

    shares: tuple[PlanShare, ...]
    expected: dict[str, Quantity]

    def of(self, indicator: str, period: Period) -> PlanShare | None:
        """The shares of an indicator in a period."""
        return next(
            (s for s in self.shares if (s.indicator, s.period) == (indicator, period)), None
        )


def study(edition: Edition) -> Shares:
    """Gather every share of plan, stated or computed, and what figures imply of plans."""
    cut = edition.period
    periods = dict.fromkeys((cut, cut.last_quarter()))
    found = [
        share
        for period in periods
        for indicator in _indicators(edition, period)
        if (share := share_of(edition, indicator, period)) is not None
    ]
    expected = {
        name: plan
        for name in edition.indicators
        if (plan := expectation(edition, name)) is not None
    }
    return Shares(tuple(found), expected)


def share_of(edition: Edition, indicator: str, period: Period) -> PlanShare | None:
    """The shares of an indicator's plan in a period; None where none is stated or computed."""
    computed = tuple(planshare.shares(edition, indicator, period))
    stated = tuple(_stated(edition, indicator, period))
    if not computed and not stated:
        return None
    return PlanShare(indicator, period, computed, stated, _agrees(edition, computed, stated))


def expectation(edition: Edition, indicator: str) -> Quantity | None:
    """The plan of the period for a flow that is implied, in its unit; None where one is printed.

    By a stated excess: level / (1 + excess / 100), within its rounding. Else what was done before
    the last quarter and what the scenario expected of that quarter.
    """
    cut = edition.period
    if not edition.scenario(indicator, "level", cut).absent:
        return None
    if edition.indicators[indicator].kind not in FLOWS:
        return None
    return _by_excess(edition, indicator) or _by_quarter(edition, indicator)


def _indicators(edition: Edition, period: Period) -> list[str]:
    """Indicators with a stated share in a period, and those with a target and a level."""
    claims = edition.tables.claims
    rows = claims[(claims["kind"] == SHARE) & (claims["time_period"] == str(period))]
    named = set(rows.loc[rows["place"] == edition.params.place, "indicator"])
    plan = edition.tables.plan
    levels = (plan["measure"] == "level") & (plan["year"] == period.year)
    planned = set(plan.loc[levels, "indicator"])
    return [name for name in edition.indicators if name in named | planned]


def _stated(edition: Edition, indicator: str, period: Period) -> list[Stated]:
    claims = edition.claims(indicator, period)
    if claims.empty:
        return []
    rows = claims[
        (claims["kind"] == SHARE)
        & (claims["place"] == edition.params.place)
        & claims["value"].notna()
    ]
    found = []
    for row in rows.drop_duplicates("value").to_dict("records"):
        figure = _figure(edition, str(row["operands"]))
        claim = Key.parse(str(row["id"]))
        key = Kind.IMPLIED_SHARE_PLAN.of(
            indicator, "level", period, base=claim.name, source=claim.source
        )
        found.append(_implied(str(claim), key, row["value"], figure))
    return found


def _implied(id: str, key: Key, value: Decimal, figure: Quantity | None) -> Stated:
    share = Quantity(id, Interval.of(value), "pct", places(value))
    if figure is None or value <= 0:
        return Stated(share, figure, None, None, None)
    unit, decimals = figure.unit, figure.decimals
    frame = Quantity.frame(key, unit, decimals, "actual / stated share")
    half = rounded(value, places(value)) / HUNDRED
    plan = _approx(attempt(frame, lambda a, _: a / half, figure, share))
    rest = attempt(
        Quantity.frame(key.to(Kind.IMPLIED_SHARE_REST), unit, decimals, "plan - done"),
        lambda whole, done: whole - done,
        plan,
        figure,
    )
    multiple = attempt(
        Quantity.frame(key.to(Kind.IMPLIED_SHARE_MULTIPLE), "times", 2, "rest / done"),
        lambda left, done: left / done,
        rest,
        figure,
    )
    return Stated(share, figure, plan, rest, multiple)


def _agrees(
    edition: Edition, computed: tuple[Quantity, ...], stated: tuple[Stated, ...]
) -> bool | None:
    if not computed or not stated or stated[0].figure is None:
        return None
    figure, value = stated[0].figure, stated[0].value
    if figure.id not in computed[0].operands:
        return None
    target = next(iter(planshare.stated_targets(edition, *_subject(computed[0]))), None)
    if target is None:
        return None
    half = margin(edition, figure.id)
    span = Interval(figure.known.low - half, figure.known.high + half)
    said = rounded(value.value, value.decimals)
    ends = (target.known.low, target.known.high)
    return any((span / end * HUNDRED).overlaps(said) for end in ends)


def _subject(share: Quantity) -> tuple[str, str, int]:
    key = share.key
    return key.subject, key.measure, Period.parse(key.when).year


def _by_excess(edition: Edition, indicator: str) -> Quantity | None:
    claims = edition.tables.claims
    rows = claims[
        (claims["kind"] == EXCESS)
        & (claims["place"] == edition.params.place)
        & (claims["indicator"] == indicator)
        & (claims["time_period"] == str(edition.period))
        & (claims["unit"] == "pct")
        & claims["value"].notna()
    ]
    if rows.empty:
        return None
    row = rows.iloc[0]
    figure = _figure(edition, str(row["operands"]))
    if figure is None:
        return None
    grown = rounded(row["value"], places(row["value"])) / HUNDRED + 1
    return Quantity(
        str(Kind.IMPLIED_SCENARIO.of(indicator, "level", edition.period)),
        figure.known / grown,
        figure.unit,
        figure.decimals,
        "actual / (1 + excess / 100)",
        (figure.id, str(row["id"])),
        bound="approx",
    )


def _by_quarter(edition: Edition, indicator: str) -> Quantity | None:
    cut = edition.period
    before, quarter = cut.before_last_quarter(), cut.last_quarter()
    expected = edition.scenario(indicator, "level", quarter)
    if before is None:
        return None
    done = edition.fact(indicator, "level", before)
    if expected.absent or done.absent or expected.unit != done.unit:
        return None
    return Quantity(
        str(Kind.IMPLIED_SCENARIO.of(indicator, "level", cut)),
        done.known + expected.known,
        done.unit,
        max(done.decimals, expected.decimals),
        "done before the quarter + scenario of the quarter",
        (done.id, expected.id),
        bound="approx",
    )


def _figure(edition: Edition, operands: str) -> Quantity | None:
    """The figure a claim is about, as the document prints it; None where it names none."""
    names = ids.operands(operands)
    row = edition.figures.get(names[0]) if names else None
    value = row.get("value") if row else None
    if row is None or not isinstance(value, Decimal):
        return None
    decimals = min(places(value), edition.indicators[str(row["indicator"])].decimals)
    bound = str(row.get("bound") or "")
    return Quantity(str(row["id"]), Interval.of(value), str(row["unit"]), decimals, bound=bound)


def _approx(quantity: Quantity) -> Quantity:
    return replace(quantity, bound="approx")
