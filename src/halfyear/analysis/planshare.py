"""Shares of the annual plan, for flows only, against every instrument that states one."""

from decimal import Decimal

from halfyear.analysis import runrate
from halfyear.edition import FLOWS, Edition
from halfyear.interval import Interval, places, rounded
from halfyear.key import Kind
from halfyear.period import Period
from halfyear.results import Quantity

SHARE_DECIMALS = 1


def shares(edition: Edition, indicator: str, period: Period) -> list[Quantity]:
    """Share of the plan reached by a flow, per cent, one for each target of `stated_targets`.

    Empty for anything but a flow, and where the actual or the plan is not printed.
    """
    actual = edition.fact(indicator, "level", period)
    if edition.indicators[indicator].kind not in FLOWS or actual.absent or actual.bound:
        return []
    return [
        Quantity(
            id=str(Kind.SHARE.of(indicator, "level", period, instrument=target.key.instrument)),
            interval=runrate.share(actual.value, target.known),
            unit="pct",
            decimals=SHARE_DECIMALS,
            formula="actual / plan * 100",
            operands=(actual.id, target.id),
        )
        for target in stated_targets(edition, indicator, "level", period.year)
        if target.known.low > 0
    ]


def stated_targets(edition: Edition, indicator: str, measure: str, year: int) -> list[Quantity]:
    """Targets that differ once shown with the decimals of the first, which is the params' one.

    Of instruments that state the same target the first is taken; press counts only where no
    document states a target.
    """
    targets = edition.targets(indicator, measure, year)
    official = [t for t in targets if edition.sources[edition.source_of(t.id)].status != "press"]
    kept: dict[tuple[Decimal, Decimal], Quantity] = {}
    for target in official or targets:
        step = targets[0].decimals
        kept.setdefault((round(target.known.low, step), round(target.known.high, step)), target)
    return list(kept.values())


def stated(edition: Edition, indicator: str, period: Period) -> Quantity | None:
    """The share of the plan as the document states it, per cent; None where it states none."""
    claims = edition.tables.claims
    rows = claims[
        (claims["kind"] == "share_of_plan")
        & (claims["indicator"] == indicator)
        & (claims["time_period"] == str(period))
        & claims["value"].notna()
    ]
    if rows.empty:
        return None
    row = edition.best(rows).iloc[0]
    value: Decimal = row["value"]
    return Quantity(
        id=str(row["id"]),
        interval=Interval.of(value),
        unit="pct",
        decimals=places(value),
    )


def excess(edition: Edition, indicator: str, period: Period) -> Quantity | None:
    """By how much the document says the plan of the period itself is passed, per cent."""
    claims = edition.tables.claims
    rows = claims[
        (claims["kind"] == "excess_of_plan")
        & (claims["indicator"] == indicator)
        & (claims["place"] == edition.params.place)
        & (claims["time_period"] == str(period))
        & (claims["unit"] == "pct")
        & claims["value"].notna()
    ]
    if rows.empty:
        return None
    value: Decimal = rows.iloc[0]["value"]
    return Quantity(str(rows.iloc[0]["id"]), Interval.of(value), "pct", places(value))


def implied_plan(edition: Edition, indicator: str, period: Period) -> Quantity | None:
    """The plan a stated share implies: actual / stated share, within the share's rounding.

    It has no more decimals than the width of the range leaves a meaning.
    """
    actual = edition.fact(indicator, "level", period)
    share = stated(edition, indicator, period)
    if actual.absent or share is None:
        return None
    interval = Interval.of(actual.value) / (rounded(share.value, share.decimals) / 100)
    usual = max(2, edition.indicators[indicator].decimals - 1)
    return Quantity(
        id=str(Kind.IMPLIED_PLAN.of(indicator, "level", period)),
        interval=interval,
        unit=actual.unit,
        decimals=min(usual, max(0, -(interval.high - interval.low).adjusted())),
        formula="actual / stated share",
        operands=(actual.id, share.id),
    )
