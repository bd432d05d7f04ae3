"""An attempt to compute: a result, or a result that says what it lacks."""

from collections.abc import Callable
from dataclasses import replace

from halfyear.errors import NotComputable
from halfyear.interval import Interval
from halfyear.results import Quantity


def attempt(
    frame: Quantity, formula: Callable[..., Interval], *operands: tuple[str, Quantity | None]
) -> Quantity:
    """Fill a quantity by a formula over the intervals of its operands.

    An operand is the id it would have and the quantity, if there is one. Where one is missing,
    or the formula cannot be computed, the quantity stays without interval and says why. A bound
    on any operand makes the result approximate.
    """
    missing = tuple(name for id, operand in operands for name in _lacking(id, operand))
    known = [operand for _, operand in operands if operand is not None]
    ids = tuple(operand.id for operand in known)
    if missing:
        return replace(frame, interval=None, operands=ids, missing=tuple(dict.fromkeys(missing)))
    try:
        interval = formula(*(operand.known for operand in known))
    except NotComputable as error:
        reasons = tuple(problem.what for problem in error.problems)
        return replace(frame, interval=None, operands=ids, missing=reasons)
    bound = "approx" if any(operand.bound for operand in known) else frame.bound
    return replace(frame, interval=interval, operands=ids, bound=bound)


def _lacking(id: str, operand: Quantity | None) -> tuple[str, ...]:
    if operand is None:
        return (id,)
    return () if operand.interval is not None else operand.missing or (operand.id,)
