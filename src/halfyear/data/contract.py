"""The contract of a sheet: pandera checks made from the schema, told as faults."""

import re
from collections.abc import Callable, Hashable
from difflib import get_close_matches
from functools import cache

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from halfyear.data.cells import Habit
from halfyear.data.faults import Fault, fault
from halfyear.data.schema import Column, Table
from halfyear.data.sheet import Sheet

_PATTERN_FAULTS = {"time_period": "not_a_period", "sha256": "not_a_hash", "date": "not_a_date"}


def faults(table: Table, sheet: Sheet) -> list[Fault]:
    """List everything in a sheet that breaks the schema of its table."""
    try:
        _schema(table, sheet.habit).validate(sheet.frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        columns = cases[cases["schema_context"] == "DataFrameSchema"]
        cells = cases[cases["schema_context"] == "Column"]
        return [*_columns(table, sheet, columns), *_cells(table, sheet, cells)]
    return []


@cache
def _schema(table: Table, habit: Habit) -> pa.DataFrameSchema:
    columns = {
        column.name: pa.Column(checks=[_check(column, habit)], nullable=True)
        for column in table.columns
    }
    return pa.DataFrameSchema(columns, strict=True)


def _check(column: Column, habit: Habit) -> pa.Check:
    test = test_of(column, habit)

    def passes(cells: pd.Series) -> pd.Series:
        wrong = {cell for cell in set(cells) if test(cell)}
        return pd.Series([cell not in wrong for cell in cells], index=cells.index, dtype=bool)

    return pa.Check(passes, name=column.name)


def test_of(column: Column, habit: Habit) -> Callable[[str], str]:
    """Give the function that names the fault of a column's cell, empty where there is none."""
    pattern = re.compile(column.pattern) if column.pattern else None

    def test(cell: str) -> str:
        if not cell:
            return "value_missing" if column.required else ""
        if column.enum and cell not in column.enum:
            return "not_in_codelist"
        if pattern is not None and pattern.fullmatch(cell) is None:
            return _PATTERN_FAULTS.get(column.name, "not_in_form")
        return _wrong_type(column.type, cell, habit)

    return test


def _wrong_type(kind: str, cell: str, habit: Habit) -> str:
    if kind == "date" and habit.day(cell) is None:
        return habit.wrong_day(cell)
    if kind == "number" and habit.number(cell) is None:
        return habit.wrong_number(cell)
    if kind == "integer" and habit.integer(cell) is None:
        return "not_an_integer" if habit.number(cell) is not None else habit.wrong_number(cell)
    return ""


def _columns(table: Table, sheet: Sheet, cases: pd.DataFrame) -> list[Fault]:
    missing = list(cases.loc[cases["check"] == "column_in_dataframe", "failure_case"])
    extra = list(cases.loc[cases["check"] == "column_in_schema", "failure_case"])
    found: list[Fault] = []
    for name in missing:
        near = get_close_matches(name, extra, n=1)
        if near:
            extra.remove(near[0])
            place = {"file": sheet.file, "row": 1, "column": name}
            found.append(fault("column_renamed", **place, found=near[0], name=name))
        else:
            found.append(fault("column_missing", file=sheet.file, row=1, column=name, name=name))
    names = ", ".join(table.names)
    return found + [
        fault("column_extra", file=sheet.file, row=1, column=name, found=name, names=names)
        for name in extra
    ]


def _cells(table: Table, sheet: Sheet, cases: pd.DataFrame) -> list[Fault]:
    tests = {column.name: (column, test_of(column, sheet.habit)) for column in table.columns}
    referred = {reference.column: reference.table for reference in table.references}

    def told(name: str, cell: str, row: Hashable) -> Fault:
        column, test = tests[name]
        code = test(cell)
        return fault(
            "not_an_id" if code == "not_in_form" and name in referred else code,
            file=sheet.file,
            row=int(str(row)),
            column=name,
            found=cell,
            name=name,
            codes=" | ".join(column.enum),
            pattern=column.pattern,
            table=referred.get(name, ""),
        )

    return [
        told(name, cell, row)
        for name, cell, row in zip(
            cases["column"], cases["failure_case"], cases["index"], strict=True
        )
    ]
