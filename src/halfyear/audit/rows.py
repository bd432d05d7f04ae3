"""The rows of an edition, indexed for the rules of the audit."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from halfyear.audit.finding import Number, Row, keys
from halfyear.data import ids, second
from halfyear.data.checks.rows import records
from halfyear.data.numeral import numerals, read_number
from halfyear.edition import Edition
from halfyear.errors import NumeralError
from halfyear.interval import Interval, bounded
from halfyear.key import Key, Kind
from halfyear.period import Period

T = TypeVar("T")
TABLES = ("observations", "scenarios", "plan", "goals", "baseline")
TEN_THOUSAND = Decimal(10000)


def key_of(row: Row) -> Key:
    """The key of a row."""
    return Key.parse(str(row["id"]))


class Facts:
    """The figures of an edition by id, by key and by what a claim calls them."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.rows = {
            name: _records(getattr(edition.tables, name))
            for name in (*TABLES, "claims", "projects")
        }
        self.by_id = {row["id"]: row for name in TABLES for row in self.rows[name]}
        self._names = ids.Names(self.by_id.values())

    @cached_property
    def headline(self) -> set[str]:
        """Indicators of the headline list of the year."""
        return {indicator.id for indicator, _ in self.edition.headline()}

    @cached_property
    def units(self) -> dict[str, tuple[str, Decimal]]:
        """Base and multiplier of each unit."""
        frame = self.edition.tables.units
        return {
            str(u): (str(b), Decimal(m))
            for u, b, m in zip(frame["id"], frame["base"], frame["multiplier"], strict=True)
        }

    def claims(self, *kinds: str) -> Iterator[Row]:
        """Claims of some kinds."""
        return (row for row in self.rows["claims"] if row["kind"] in kinds)

    def operands(self, claim: Row) -> list[list[Row]]:
        """The rows each operand of a claim names; the target of a baseline row as a plan.

        Of several publications it is that of the claim's own document.
        """
        return [self._operand(name, claim["source"]) for name in ids.operands(claim["operands"])]

    def _operand(self, name: str, source: str) -> list[Row]:
        key = Key.parse(name)
        beside = key.base == second.TARGET
        rows = self._names.called(str(replace(key, base="")) if beside else name, source)
        return [dict(second.target(row)) if beside else dict(row) for row in rows]

    def observations(
        self, indicator: str, measure: str, period: Period | str, place: str = ""
    ) -> list[Row]:
        """All publications of one figure."""
        key = (place or self.edition.params.place, indicator, measure, str(period))
        return self._observed.get(key, [])

    @cached_property
    def _observed(self) -> dict[tuple[str, str, str, str], list[Row]]:
        found: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
        for row in self.rows["observations"]:
            found[row["place"], row["indicator"], row["measure"], row["time_period"]].append(row)
        return found

    def foreign(self, row: Row) -> bool:
        """Whether a target is another instrument's than the one of the params."""
        return bool(row.get("set_by") != self.edition.params.plan)

    def row(self, id: str | Key) -> Row | None:
        """The row of an id, or the one taken under a key; None for what is computed."""
        return self.by_id.get(self.edition.own(str(id)))

    def half(self, row: Row) -> Decimal:
        """Half a unit of the last printed digit, in the row's unit; none for counts, scenarios."""
        if key_of(row).kind is Kind.SCN:
            return Decimal(0)
        printed = numerals(str(row["printed"] or ""))
        decimals = len(printed[0].partition(",")[2]) if printed else 0
        unit, shown = row["unit"], row.get("printed_unit") or row["unit"]
        if not decimals and shown not in ("pct", "pp", "times") and self._whole(shown):
            return Decimal(0)
        if not decimals and key_of(row).kind is Kind.OBS:
            decimals = self._usual[_kind(row)]
        return self.convert(Decimal("0.5").scaleb(-decimals), shown, unit)

    @cached_property
    def _usual(self) -> dict[tuple[str, ...], int]:
        """Most decimals a document prints for a figure of one kind."""
        found: dict[tuple[str, ...], int] = defaultdict(int)
        for row in self.rows["observations"]:
            printed = numerals(row["printed"])
            decimals = len(printed[0].partition(",")[2]) if printed else 0
            found[_kind(row)] = max(found[_kind(row)], decimals)
        return found

    def _whole(self, unit: str) -> bool:
        return unit in self.units and self.units[unit][1] == 1

    def span(self, row: Row) -> Interval:
        """All values a printed figure may stand for: its rounding, or up to its bound."""
        return bounded(row["value"], str(row.get("bound") or ""), self.half(row))

    def convert(self, value: Decimal, unit: str, to: str) -> Decimal:
        """Convert between units of one base; anything else stays as it is."""
        if unit == to or unit not in self.units or to not in self.units:
            return value
        one, other = self.units[unit], self.units[to]
        return value * one[1] / other[1] if one[0] == other[0] else value

    def number(
        self, value: Decimal, row: Row, formula: str = "", *rows: Row, lang: str = "vi"
    ) -> Number:
        """A number for a note, in the unit and with the decimals of a row's printed figure.

        formula and rows tell how it was computed; a printed figure has none. Tens of thousands,
        a unit English has not, are told in the unit of the row.
        """
        found = numerals(str(row["printed"] or ""))
        shown = row.get("printed_unit") or row["unit"]
        decimals = len(found[0].partition(",")[2]) if found else 0
        if lang != "vi" and self.units.get(shown, ("", Decimal(1)))[1] == TEN_THOUSAND:
            shown, decimals = row["unit"], 0
        told = self.convert(value, row["unit"], shown)
        same = (n for n in found if _reads(n, told))
        decimals = next((len(n.partition(",")[2]) for n in same), decimals)
        return Number(told, min(decimals, 3), shown, formula, keys(*rows))


def _reads(numeral: str, value: Decimal) -> bool:
    try:
        return read_number(numeral) == value
    except NumeralError:
        return False


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    lost = frame.isna().to_numpy().tolist()
    return [
        {
            name: None if gone else cell
            for (name, cell), gone in zip(row.items(), blank, strict=True)
        }
        for row, blank in zip(records(frame), lost, strict=True)
    ]


def _kind(row: Row) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("source", "indicator", "measure", "printed_unit"))
