"""Keys: no fact twice, no code without its row, no claim about a figure that is not there."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pandas as pd

from halfyear.data import ids
from halfyear.data.checks.rows import Row, at, records
from halfyear.data.faults import Fault
from halfyear.data.frames import Reading, Tables
from halfyear.data.schema import Table

FACTS = ("observations", "scenarios", "plan", "goals", "baseline", "projects")
MANY = 3


def faults(schema: Mapping[str, Table], tables: Tables, reading: Reading) -> Iterator[Fault]:
    """List repeated keys and unknown codes in rows; codes of a table that is not whole wait."""
    for name, frame in tables.items():
        if name in schema:
            yield from _repeated(schema[name], frame)
            yield from _unknown(schema[name], frame, reading)


def _repeated(table: Table, frame: pd.DataFrame) -> Iterator[Fault]:
    first: dict[tuple[str, ...], tuple[str, int]] = {}
    for row in records(frame):
        key = tuple(str(row[name]) for name in table.key)
        if key in first:
            place, line = first[key]
            columns = ", ".join(table.key)
            shown = " | ".join(key)
            yield at(
                row,
                "same_key",
                table.key[-1],
                found=shown,
                columns=columns,
                other=line,
                where=place,
            )
        else:
            first[key] = (row["file"], row["row"])


def _unknown(table: Table, frame: pd.DataFrame, reading: Reading) -> Iterator[Fault]:
    for reference in table.references:
        if reference.table in reading.broken:
            continue
        known = set(getattr(reading.tables, reference.table)["id"])
        told: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in records(frame):
            if row[reference.column] and row[reference.column] not in known:
                told[row["file"], row[reference.column]].append(row)
        for (_, code), rows in told.items():
            more = f" × {len(rows)}" if len(rows) > MANY else ""
            for row in rows[:1] if more else rows:
                values = {"table": reference.table, "near": ids.near(code, known)}
                yield at(row, "unknown_code", reference.column, found=f"{code}{more}", **values)


def operands(tables: Tables) -> Iterator[Fault]:
    """List what claims are about and no row holds; every row must be sound."""
    known = {fact for name in FACTS for fact in getattr(tables, name)["id"]}
    known |= {f"{fact}/target" for fact in tables.baseline["id"]}
    known |= set(tables.claims["id"])
    stems = known | {stem for fact in known for stem in ids.stems(fact)}
    for row in records(tables.claims):
        for operand in ids.operands(row["operands"]):
            if operand not in stems:
                near = ids.near(operand, stems)
                yield at(row, "unknown_operand", "operands", found=operand, near=near)
