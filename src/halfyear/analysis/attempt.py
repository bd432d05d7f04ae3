"""An attempt to compute: a result, or a result that says what it lacks."""

from collections.abc import Callable
from dataclasses import replace

from halfyear.errors import NotComputable
from halfyear.interval import Interval
from halfyear.results import Quantity


def attempt(frame: Quantity, formula: Callable[..., Interval], *operands: Quantity) -> Quantity:
    """Fill a quantity by a formula over the intervals of its operands.

    Where one lacks, or the formula cannot be computed, the quantity stays without interval and
    says why; a figure that no row holds is named as missing, not as an operand. A bound on any
    operand makes the result approximate.
    """
    missing = tuple(name for operand in operands for name in _lacking(operand))
    ids = tuple(operand.id for operand in operands if not operand.absent)
    if missing:
        return replace(frame, interval=None, operands=ids, missing=tuple(dict.fromkeys(missing)))
    try:
        interval = formula(*(operand.known for operand in operands))
    except NotComputable as error:
        reasons = tuple(problem.what for problem in error.problems)
        return replace(frame, interval=None, operands=ids, missing=reasons)
    bound = "approx" if any(operand.bound for operand in operands) else frame.bound
    return replace(frame, interval=interval, operands=ids, bound=bound)


def _lacking(operand: Quantity) -> tuple[str, ...]:
    return () if operand.interval is not None else operand.missing or (operand.id,)
