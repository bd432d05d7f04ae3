"""Standing of a plan or a result against a path, within a tolerance."""

from decimal import Decimal
from enum import StrEnum

from halfyear.interval import Interval, bounded
from halfyear.results import Quantity

TOLERANCE = Decimal("0.25")


class Standing(StrEnum):
    """Where a plan (below, on, above) or a result (behind, low end, on, ahead) stands."""

    BELOW = "below"
    ABOVE = "above"
    BEHIND = "behind"
    LOW_END = "low_end"
    ON = "on"
    AHEAD = "ahead"


def plan_standing(
    rate: Quantity | None, path: Quantity | None, down: bool = False, relative: bool = False
) -> Standing | None:
    """Where a plan stands against a path: a quarter of a point either way is on it.

    rate and path in one unit; relative: the quarter is one of a per cent of the path, for
    amounts. down: less is better. None where either has no figure or the two ends disagree.
    """
    if rate is None or path is None or rate.interval is None or path.interval is None:
        return None
    side = _side(_turned(stands_for(rate), down), _turned(path.known, down), _room(path, relative))
    return {-1: Standing.BELOW, 0: Standing.ON, 1: Standing.ABOVE, None: None}[side]


def result_standing(
    rate: Quantity | None,
    path: Quantity | None,
    goal: Quantity,
    down: bool = False,
    relative: bool = False,
) -> Standing | None:
    """Where a result stands against a path; at the low end of one that is a range by its goal.

    See plan_standing; a rate printed or computed with a bound stands for all values up to it.
    """
    if rate is None or path is None or rate.interval is None or path.interval is None:
        return None
    here, way, room = stands_for(rate), path.known, _room(path, relative)
    side = _side(_turned(here, down), _turned(way, down), room)
    at_low = not goal.known.exact and not down and abs(here.middle - way.low) <= room
    if side == 0 and here.exact and at_low:
        return Standing.LOW_END
    return {-1: Standing.BEHIND, 0: Standing.ON, 1: Standing.AHEAD, None: None}[side]


def stands_for(quantity: Quantity) -> Interval:
    """All values a rate may have: its interval, or everything up to its bound."""
    known = quantity.known
    if not quantity.bound or quantity.bound in ("approx", "just_under"):
        return known
    low = bounded(known.low, quantity.bound, Decimal(0))
    high = bounded(known.high, quantity.bound, Decimal(0))
    return Interval(low.low, high.high)


def _side(rate: Interval, path: Interval, room: Decimal) -> int | None:
    """Below (-1), on (0) or above (1) a path; None where the rate may be on either side of it."""
    if rate.high < path.low - room:
        return -1
    if rate.low > path.high + room:
        return 1
    inside = rate.low >= path.low - room and rate.high <= path.high + room
    return 0 if inside else None


def _room(path: Quantity, relative: bool) -> Decimal:
    return abs(path.known.middle) * TOLERANCE / 100 if relative else TOLERANCE


def _turned(interval: Interval, down: bool) -> Interval:
    return -interval if down else interval
