"""Wanting figures: ticked statements whose figure is ticked nowhere and stands in no data."""

from collections.abc import Iterator, Mapping

from halfyear.data.faults import Fault
from halfyear.errors import Problem
from halfyear.intake.refusal import refusal
from halfyear.intake.sheet.review import Sheet
from halfyear.key import Kind

CODE = "unknown_operand"
_KINDS = {"observations": Kind.OBS, "scenarios": Kind.SCN}


def told(problem: Problem, sheet: Sheet) -> Problem:
    """Tell of a statement without its figure at which row of the sheet that figure waits.

    The problem stands at its row of the sheet already; every other one is given as it is.
    """
    if not isinstance(problem, Fault) or problem.code != CODE:
        return problem
    missing, file, row = problem.found, problem.file, problem.row
    for other in sheet.open:
        if missing in _keys(other):
            slots = {"other": other["row"], "printed": other["printed"]}
            return refusal(
                "operand_open", file=file, row=row, column=problem.column, key=missing, **slots
            )
    near = dict(problem.values)["near"]
    return refusal(
        "operand_nowhere", file=file, row=row, column=problem.column, key=missing, near=near
    )


def _keys(row: Mapping[str, str]) -> Iterator[str]:
    """The names under which a statement may know the figure of a row."""
    kind = _KINDS.get(row["table"])
    if kind is not None:
        plain = str(kind.of(row["indicator"], row["measure"], row["time_period"]))
        yield from (plain, f"{plain}/{row['cutoff']}")
