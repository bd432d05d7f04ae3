"""Named results: every number and verdict the briefing may show, with how it came about."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from halfyear import buildfile
from halfyear.errors import BuildError, NotComputable, Problem
from halfyear.interval import Interval
from halfyear.key import Key, Kind
from halfyear.verdict import Basis, Outcome

OUT = "HALFYEAR_OUT"  # where the environment says in which folder a notebook saves its results
PRINTED = "printed"
DIGITS = 12


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, its shown decimals, its formula and its operands' ids.

    interval is None where it is not computable; missing then names what lacks.
    formula is "printed" for a figure that stands in a document.
    """

    id: str
    interval: Interval | None
    unit: str
    decimals: int
    formula: str = PRINTED
    operands: tuple[str, ...] = ()
    bound: str = ""
    missing: tuple[str, ...] = ()

    @classmethod
    def frame(cls, key: Key, unit: str, decimals: int, formula: str, bound: str = "") -> Self:
        """A quantity that is yet to be computed."""
        return cls(str(key), None, unit, decimals, formula, bound=bound)

    @classmethod
    def unprinted(cls, key: Key) -> Self:
        """A figure that no row holds: it names itself as missing."""
        return cls(str(key), None, "", 0, missing=(str(key),))

    @property
    def key(self) -> Key:
        """The id, read; raises DataError where it is no key."""
        return Key.parse(self.id)

    @property
    def absent(self) -> bool:
        """Whether no row holds the figure, so that it lacks nothing but itself."""
        return self.missing == (self.id,)

    @property
    def known(self) -> Interval:
        """The interval; raises NotComputable naming what lacks."""
        if self.interval is None:
            raise NotComputable(
                Problem(f"{self.id} is not computable", found=f"missing {', '.join(self.missing)}")
            )
        return self.interval

    @property
    def value(self) -> Decimal:
        """The single number; raises NotComputable for an interval or a missing value."""
        if not self.known.exact:
            raise NotComputable(Problem(f"{self.id} is an interval, not one number"))
        return self.known.low

    def as_json(self) -> dict[str, Any]:
        """Give the plain form, numbers as text so that no digit is lost."""
        ends = [_plain(e) for e in (self.interval.low, self.interval.high)] if self.interval else []
        return {
            "id": self.id,
            "value": ends[0] if ends and ends[0] == ends[1] else None,
            "low": ends[0] if ends else None,
            "high": ends[1] if ends else None,
            "unit": self.unit,
            "decimals": self.decimals,
            "formula": self.formula,
            "operands": list(self.operands),
            "bound": self.bound,
            "missing": list(self.missing),
        }

    @classmethod
    def from_json(cls, item: dict[str, Any]) -> "Quantity":
        """Read the plain form."""
        low, high = item["low"], item["high"]
        return cls(
            id=item["id"],
            interval=None if low is None else Interval(Decimal(low), Decimal(high)),
            unit=item["unit"],
            decimals=item["decimals"],
            formula=item["formula"],
            operands=tuple(item["operands"]),
            bound=item["bound"],
            missing=tuple(item["missing"]),
        )


@dataclass(frozen=True)
class Verdict:
    """A verdict on one indicator for one period, with its basis and what it rests on."""

    id: str
    outcome: Outcome
    basis: Basis
    operands: tuple[str, ...] = ()
    stated: Outcome | None = None

    def as_json(self) -> dict[str, Any]:
        """Give the plain form."""
        return {
            "id": self.id,
            "outcome": self.outcome.value,
            "basis": self.basis.value,
            "operands": list(self.operands),
            "stated": self.stated.value if self.stated else None,
        }

    @classmethod
    def from_json(cls, item: dict[str, Any]) -> "Verdict":
        """Read the plain form."""
        return cls(
            id=item["id"],
            outcome=Outcome(item["outcome"]),
            basis=Basis(item["basis"]),
            operands=tuple(item["operands"]),
            stated=Outcome(item["stated"]) if item["stated"] else None,
        )


def _plain(value: Decimal) -> str:
    short = value.normalize() if abs(value.adjusted()) > DIGITS else +value
    text = f"{short:.{DIGITS}f}" if -short.as_tuple().exponent > DIGITS else f"{short:f}"  # type: ignore[operator]
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass
class Results:
    """Quantities and verdicts under unique ids, in the order they were added.

    studies are the studies of the notebooks by their topic, in plain form (see study.Study);
    opened keeps those that were read, each with the plain form it was read from.
    """

    quantities: dict[str, Quantity] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    studies: dict[str, Any] = field(default_factory=dict)
    opened: dict[str, tuple[Any, Any]] = field(default_factory=dict, compare=False, repr=False)

    def add(self, *items: Quantity | Verdict) -> None:
        """Add named results; one id never holds two different ones, told apart as saved."""
        for item in items:
            kept: dict[str, Any] = self.quantities if isinstance(item, Quantity) else self.verdicts
            held = kept.get(item.id, item)
            if held != item and held.as_json() != item.as_json():
                raise BuildError(Problem(f"two different results are called {item.id}"))
            kept[item.id] = held

    def merge(self, other: "Results") -> None:
        """Take over the results of another notebook."""
        self.add(*other.quantities.values(), *other.verdicts.values())
        for topic, study in other.studies.items():
            if self.studies.setdefault(topic, study) != study:
                raise BuildError(Problem(f"two different studies are called {topic}"))

    def __getitem__(self, id: str | Key) -> Quantity:
        try:
            return self.quantities[str(id)]
        except KeyError:
            raise BuildError(Problem(f"no notebook computed {id} and no row holds it")) from None

    def get(self, id: str | Key) -> Quantity | None:
        """Give a quantity that has a value, else None."""
        quantity = self.quantities.get(str(id))
        return quantity if quantity is not None and quantity.interval is not None else None

    def all(
        self, kind: Kind, name: str = "", when: object = "", variant: str = ""
    ) -> list[Quantity]:
        """Every quantity of a kind that has a value, in the order they were added.

        name, "exports.level", when and variant narrow it.
        """
        return [
            quantity
            for quantity in self.quantities.values()
            if quantity.interval is not None
            for key in (quantity.key,)
            if key.kind is kind
            and (not name or key.name == name)
            and (not when or key.when == str(when))
            and (not variant or key.variant == variant)
        ]

    def __iter__(self) -> Iterator[Quantity]:
        return iter(self.quantities.values())

    def save(self, path: Path) -> None:
        """Write as JSON, sorted by id."""
        document = {
            "quantities": [self.quantities[k].as_json() for k in sorted(self.quantities)],
            "verdicts": [self.verdicts[k].as_json() for k in sorted(self.verdicts)],
            "studies": {k: self.studies[k] for k in sorted(self.studies)},
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(document, ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")

    @classmethod
    def load(cls, path: Path) -> "Results":
        """Read what `save` wrote; raises BuildError where the file is broken."""
        return buildfile.read(path, cls._of)

    @classmethod
    def _of(cls, document: dict[str, Any]) -> "Results":
        results = cls()
        results.add(*(Quantity.from_json(item) for item in document["quantities"]))
        results.add(*(Verdict.from_json(item) for item in document["verdicts"]))
        results.studies = dict(document["studies"])
        return results
