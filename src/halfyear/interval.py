"""Closed intervals of exact decimals; a single number is an interval of no width."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from halfyear.errors import NotComputable, Problem

UNBOUNDED = Decimal("Infinity")
OPEN = ("gt", "ge", "lt", "le")  # codes of bounds that say where a figure starts or ends


@dataclass(frozen=True)
class Interval:
    """All values from low to high."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"low end {self.low} above high end {self.high}")

    @classmethod
    def of(cls, *values: "Decimal | int | str | Interval") -> "Interval":
        """Span the given values."""
        ends = [
            end
            for value in values
            for end in (
                (value.low, value.high) if isinstance(value, Interval) else (Decimal(value),)
            )
        ]
        return cls(min(ends), max(ends))

    @property
    def exact(self) -> bool:
        """Whether it is a single number."""
        return self.low == self.high

    @property
    def middle(self) -> Decimal:
        """Midpoint."""
        return (self.low + self.high) / 2

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share a value."""
        return self.low <= other.high and other.low <= self.high

    def contains(self, other: "Interval") -> bool:
        """Whether all of another interval lies inside."""
        return self.low <= other.low and other.high <= self.high

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low)

    def __add__(self, other: "Interval | Decimal | int") -> "Interval":
        right = Interval.of(other)
        return Interval(self.low + right.low, self.high + right.high)

    def __sub__(self, other: "Interval | Decimal | int") -> "Interval":
        return self + -Interval.of(other)

    def __mul__(self, other: "Interval | Decimal | int") -> "Interval":
        return spread(lambda a, b: a * b, self, Interval.of(other))

    def __truediv__(self, other: "Interval | Decimal | int") -> "Interval":
        right = Interval.of(other)
        if right.low <= 0 <= right.high:
            raise NotComputable(Problem("division by zero", found=f"{right.low} to {right.high}"))
        return spread(lambda a, b: a / b, self, right)


def spread(formula: Callable[..., Decimal], *operands: Interval) -> Interval:
    """Evaluate a formula that is monotonic in each operand at all ends of the operands."""
    corners = product(*((o.low,) if o.exact else (o.low, o.high) for o in operands))
    return Interval.of(*(formula(*corner) for corner in corners))


def bounded(value: Decimal, bound: str, half: Decimal) -> Interval:
    """Give all values a printed figure may stand for, by the words before it.

    bound is a code of the column `bound`, "" for none; half is half a unit of the last printed
    digit. "more than" and "at least" are open above, "less than" and "at most" below; "about" is
    half a unit of the last digit that is not zero each way, "nearly" the same downwards only.
    """
    if bound in OPEN[:2]:
        return Interval(value, UNBOUNDED)
    if bound in OPEN[2:]:
        return Interval(-UNBOUNDED, value)
    if bound in ("approx", "just_under"):
        half = max(half, Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) / 2)
    return Interval(value - half, value if bound == "just_under" else value + half)


def rounded(value: Decimal, decimals: int) -> Interval:
    """Give all values that round to the printed one: half a unit of its last digit each way."""
    half = Decimal(1).scaleb(-decimals) / 2
    return Interval(value - half, value + half)


def places(value: Decimal) -> int:
    """Decimals a number is written with, trailing zeros dropped."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -int(exponent))
