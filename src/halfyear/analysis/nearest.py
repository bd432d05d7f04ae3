"""The weights nearest to known ones that give printed totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

REACH = Decimal("0.03")
DIGITS = 12
SMALL = 1e-9


@dataclass(frozen=True)
class Solution:
    """Weights that add up to 1; exact where they give every total as printed."""

    weights: tuple[Decimal, ...]
    exact: bool


def weights(
    start: Sequence[Decimal],
    rates: Sequence[Sequence[Decimal]],
    totals: Sequence[Decimal],
    slacks: Sequence[Decimal],
) -> Solution | None:
    """Weights nearest to the start (least squares) that give every total from its rates.

    start: weights between 0 and 1; rates: one row a total, per cent; slacks: how far each total
    may lie off by rounding, points. No weight moves by more than REACH or falls below 0. Where
    the totals cannot be given exactly, the nearest weights that give them within the slacks;
    None where there are none: then the rates contradict each other.

    w = w0 + A^+ (b - A w0), with a row of ones in A and 1 in b for the sum.
    """
    near = np.array(start, dtype=float)
    known = np.array([[float(rate) for rate in row] for row in rates])
    aims = np.array(totals, dtype=float)
    low = np.maximum(near - float(REACH), 0)
    high = np.minimum(near + float(REACH), 1)
    rows, ends = np.vstack([np.ones(len(near)), known]), np.array([1.0, *aims])
    found = near + np.linalg.pinv(rows) @ (ends - rows @ near)
    inside = bool((found >= low - SMALL).all() and (found <= high + SMALL).all())
    if inside and bool(np.abs(rows @ found - ends).max() < SMALL):
        return Solution(_decimals(found), exact=True)
    rough = _within((near, low, high), known, aims, np.array(slacks, dtype=float))
    return None if rough is None else Solution(_decimals(rough), exact=False)


def _within(
    box: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
    rates: NDArray[np.float64],
    totals: NDArray[np.float64],
    slacks: NDArray[np.float64],
) -> NDArray[np.float64] | None:
    """The nearest weights in a box that give the totals within their slacks; None for none."""
    from scipy.optimize import linprog, minimize

    near, low, high = box
    bounds = list(zip(low, high, strict=True))
    feasible = linprog(
        np.zeros(len(near)),
        A_ub=np.vstack([rates, -rates]),
        b_ub=np.concatenate([totals + slacks, slacks - totals]),
        A_eq=np.ones((1, len(near))),
        b_eq=[1],
        bounds=bounds,
    )
    if not feasible.success:
        return None
    solved = minimize(
        lambda w: float(((w - near) ** 2).sum()),
        feasible.x,
        bounds=bounds,
        constraints=[
            {"type": "eq", "fun": lambda w: float(w.sum()) - 1},
            {"type": "ineq", "fun": lambda w: totals + slacks - rates @ w},
            {"type": "ineq", "fun": lambda w: rates @ w - totals + slacks},
        ],
        method="SLSQP",
        options={"maxiter": 500, "ftol": 1e-14},
    )
    found: NDArray[np.float64] = solved.x if solved.success else feasible.x
    return found


def _decimals(found: NDArray[np.float64]) -> tuple[Decimal, ...]:
    return tuple(Decimal(f"{value:.{DIGITS}f}") + 0 for value in found)
