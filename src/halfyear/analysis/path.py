"""The path from what is known to a goal of several years."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from halfyear.errors import NotComputable, Problem
from halfyear.interval import Interval, spread

HUNDRED = Decimal(100)
TOLERANCE = Decimal("0.25")


class Standing(StrEnum):
    """Where the needed pace lies against the goal's own pace."""

    AHEAD = "ahead"
    ON_PATH = "on_path"
    BEHIND = "behind"


def _factor(rate: Decimal) -> Decimal:
    return 1 + rate / HUNDRED


def needed_average(goal: Interval, known: Sequence[Interval], years: int) -> Interval:
    """Average growth the remaining years need, per cent a year.

    ((1+m)^n / prod(1+g))^(1/(n-k)) - 1 at both ends of the goal m, for k known years of n.
    """
    left = years - len(known)
    if left <= 0:
        raise NotComputable(Problem("no year is left", found=f"{len(known)} of {years} known"))

    def formula(mean: Decimal, *rates: Decimal) -> Decimal:
        done = Decimal(1)
        for rate in rates:
            done *= _factor(rate)
        if done <= 0:
            raise NotComputable(Problem("growth of -100 % or less", found=str(rates)))
        return ((_factor(mean) ** years / done) ** (Decimal(1) / left) - 1) * HUNDRED

    low, high = (spread(formula, Interval.of(end), *known) for end in (goal.low, goal.high))
    return Interval.of(low, high)


def compound_rate(start: Decimal, end: Interval, years: int) -> Interval:
    """Growth a year that leads from a start to an end, per cent: (end/start)^(1/n) - 1."""
    if start <= 0 or end.low <= 0:
        raise NotComputable(Problem("a level is not positive", found=f"{start} to {end.low}"))
    if years <= 0:
        raise NotComputable(Problem("no year is left", found=str(years)))
    power = Decimal(1) / years
    return spread(lambda a, b: ((b / a) ** power - 1) * HUNDRED, Interval.of(start), end)


def standing(needed: Interval, goal: Interval) -> Standing:
    """Compare the needed pace with the goal's own, end by end, within 0.25 points."""
    excess = max(needed.low - goal.low, needed.high - goal.high)
    if excess > TOLERANCE:
        return Standing.BEHIND
    if max(goal.low - needed.low, goal.high - needed.high) > TOLERANCE:
        return Standing.AHEAD
    return Standing.ON_PATH


def cumulative_pace(base: Decimal, goal: Decimal, years: int) -> Decimal:
    """Growth m a year, per cent, that solves base * sum_{i=1..n} (1+m)^i = goal (bisection)."""
    if base <= 0 or goal <= 0:
        raise NotComputable(Problem("a level is not positive", found=f"{base}, {goal}"))
    low, high = Decimal(-99), Decimal(1000)
    for _ in range(120):
        middle = (low + high) / 2
        total = sum((_factor(middle) ** i for i in range(1, years + 1)), Decimal(0)) * base
        low, high = (middle, high) if total < goal else (low, middle)
    return (low + high) / 2
