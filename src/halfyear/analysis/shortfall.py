"""The shortfall: what each part of a total adds to its gap, signed as gaps are."""

from dataclasses import replace
from decimal import Decimal

from halfyear.analysis import accounting
from halfyear.edition import Edition
from halfyear.period import Period
from halfyear.results import Quantity

SHARE_DECIMALS = 1


def parts(edition: Edition, parent: str, period: Period, base: Period) -> list[Quantity]:
    """What each part adds to the gap of its total, points, the deepest first: w (g - s).

    Ids gap_part:.. with the weights of the base; below zero where the part pulls the total under
    its scenario. The counterpart of accounting.gap, whose shares are positive for a shortfall.
    """
    return [
        replace(
            share,
            id=share.id.replace("gap_share:", "gap_part:", 1),
            interval=-share.interval if share.interval else None,
            formula="weight * (actual - scenario)",
        )
        for share in accounting.gap(edition, parent, period, base)[:-1]
    ]


def percent(weight: Quantity) -> Quantity:
    """A weight between 0 and 1 as per cent; "weight" in its id becomes "percent"."""
    return replace(
        weight,
        id=weight.id.replace("weight:", "percent:", 1),
        interval=weight.interval * Decimal(100) if weight.interval else None,
        unit="pct",
        decimals=SHARE_DECIMALS,
    )
