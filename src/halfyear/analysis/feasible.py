"""Weights that printed totals allow: the range of each."""

from collections.abc import Sequence
from decimal import Decimal

from halfyear.analysis.vintage import margin
from halfyear.analysis.weights import SHARE, by_part, weights
from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.key import Kind
from halfyear.period import Period
from halfyear.results import Quantity

DIGITS = 4
NONE = "no weights satisfy the printed totals"


def implied(edition: Edition, parent: str, period: Period, base: Period) -> list[Quantity]:
    """Weights of the parts that the totals printed for a period allow, between 0 and 1.

    The actual and the scenario's growth of a period stand on the same base, so the same weights
    must give both totals, each within the rounding of the total and of its parts. Ids
    implied_weight:.., the range linear programming finds; without interval where no weights do.
    """
    by = by_part(weights(edition, parent, base))
    rows, totals, slacks, used = _totals(edition, parent, period, tuple(by))
    names = [str(Kind.IMPLIED_WEIGHT.of(part, when=base, base=str(period))) for part in by]
    if not rows:
        lacking = (str(Kind.OBS.of(parent, "growth_yoy", period)),)
        return [Quantity(name, None, "", SHARE, missing=lacking) for name in names]
    ranges = _ranges(rows, totals, slacks)
    if ranges is None:
        return [Quantity(name, None, "", SHARE, operands=used, missing=(NONE,)) for name in names]
    return [
        Quantity(name, span, "", SHARE, "linear programming over the printed totals", used)
        for name, span in zip(names, ranges, strict=True)
    ]


def _totals(
    edition: Edition, parent: str, period: Period, parts: Sequence[str]
) -> tuple[list[list[float]], list[float], list[float], tuple[str, ...]]:
    """Growth rates of the parts, total, tolerance of each printed total, and the ids used."""
    rows, totals, slacks, used = [], [], [], []
    for take in (edition.fact, edition.scenario):
        whole = take(parent, "growth_yoy", period)
        rates = [take(part, "growth_yoy", period) for part in parts]
        if not parts or any(fact.absent for fact in (whole, *rates)):
            continue
        half = margin(edition, whole.id) or Decimal("0.005")
        rows.append([float(rate.known.middle) for rate in rates])
        totals.append(float(whole.known.middle))
        slacks.append(float(2 * half))
        used += [whole.id, *(rate.id for rate in rates)]
    return rows, totals, slacks, tuple(used)


def _ranges(
    rows: list[list[float]], totals: list[float], slacks: list[float]
) -> list[Interval] | None:
    from scipy.optimize import linprog

    size = len(rows[0])
    upper = [t + s for t, s in zip(totals, slacks, strict=True)]
    lower = [s - t for t, s in zip(totals, slacks, strict=True)]
    found = []
    for part in range(size):
        ends = []
        for sign in (1, -1):
            aim = [sign if i == part else 0 for i in range(size)]
            solved = linprog(
                aim,
                A_ub=[*rows, *([-g for g in row] for row in rows)],
                b_ub=[*upper, *lower],
                A_eq=[[1] * size],
                b_eq=[1],
                bounds=(0, 1),
            )
            if not solved.success:
                return None
            ends.append(_decimal(sign * solved.fun))
        found.append(Interval.of(*ends))
    return found


def _decimal(value: float) -> Decimal:
    return Decimal(f"{value:.{DIGITS}f}") + 0
