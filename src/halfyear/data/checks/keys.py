"""Keys: no fact twice, no code without its row, no claim about a figure that is not there."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

import pandas as pd

from halfyear.data import ids
from halfyear.data.checks.rows import at, records
from halfyear.data.faults import Fault
from halfyear.data.frames import Reading, Tables
from halfyear.data.schema import Table

FACTS = ("observations", "scenarios", "plan", "goals", "baseline", "projects")


def faults(schema: Mapping[str, Table], reading: Reading) -> Iterator[Fault]:
    """List repeated keys, unknown codes and unknown operands of claims."""
    for name, frame in reading.tables.items():
        if name in schema:
            yield from _repeated(schema[name], frame)
            yield from _unknown(schema[name], frame, reading)
    if not reading.broken.intersection(FACTS):
        yield from _operands(reading.tables)


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
        for row in records(frame):
            if not row[reference.column] or row[reference.column] in known:
                continue
            near = _near(row[reference.column], known)
            yield at(row, "unknown_code", reference.column, table=reference.table, near=near)


def _operands(tables: Tables) -> Iterator[Fault]:
    known = {fact for name in FACTS for fact in getattr(tables, name)["id"]}
    known |= {f"{fact}/target" for fact in tables.baseline["id"]}
    known |= set(tables.claims["id"])
    stems = known | {stem for fact in known for stem in ids.stems(fact)}
    for row in records(tables.claims):
        for operand in ids.operands(row["operands"]):
            if operand not in stems:
                near = _near(operand, stems)
                yield at(row, "unknown_operand", "operands", found=operand, near=near)


def _near(word: str, known: set[str]) -> str:
    alike = [code for code in known if code[:4] == word[:4] and abs(len(code) - len(word)) < 8]
    close = get_close_matches(word, alike, n=1, cutoff=0.8)
    return f" ({close[0]}?)" if close else ""
