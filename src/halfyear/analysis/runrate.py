"""What the rest of the year must deliver."""

from decimal import Decimal

from halfyear.errors import NotComputable, Problem
from halfyear.interval import Interval, spread

HUNDRED = Decimal(100)


def share(actual: Decimal, plan: Interval) -> Interval:
    """Share of the annual plan reached, per cent, against both ends of the plan."""
    if plan.low <= 0:
        raise NotComputable(Problem("the plan is not positive", found=str(plan.low)))
    return Interval.of(actual) / plan * HUNDRED


def remaining(actual: Decimal, plan: Interval) -> Interval:
    """What is left of the plan, in the unit of the plan; negative once it is passed."""
    return plan - actual


def multiple(rest: Interval, done: Decimal) -> Interval:
    """The rest as a multiple of what is done, times."""
    if done <= 0:
        raise NotComputable(Problem("nothing is done yet", found=str(done)))
    return rest / done


def growth(value: Interval, base: Interval) -> Interval:
    """Growth of a value over its base, per cent."""
    if base.low <= 0:
        raise NotComputable(Problem("the base is not positive", found=str(base.low)))
    return (value / base - 1) * HUNDRED


def needed_growth(target: Interval, so_far: Interval, weight: Interval) -> Interval:
    """Growth the rest of the year needs, per cent: g_rest = (G - w g) / (1 - w).

    target and so_far are growth rates in per cent; weight is the share of the elapsed part in
    last year's level at constant prices, between 0 and 1. Identity of a weighted mean.
    """
    if not 0 < weight.low <= weight.high < 1:
        raise NotComputable(Problem("the weight is not between 0 and 1", found=str(weight)))

    def formula(goal: Decimal, pace: Decimal, w: Decimal) -> Decimal:
        return (goal - w * pace) / (1 - w)

    return spread(formula, target, so_far, weight)


def monthly(amount: Interval, months: int) -> Interval:
    """Monthly average of an amount over a number of months."""
    if months <= 0:
        raise NotComputable(Problem("no month is left", found=str(months)))
    return amount / months
