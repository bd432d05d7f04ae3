"""Completed rows: what follows from the few cells that an analyst fills in a row of their own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from halfyear.data.checks.figures import COMPARISONS, MEASURE_UNITS
from halfyear.errors import PeriodError
from halfyear.identity import Identity
from halfyear.period import Period
from halfyear.periods.filled import Entered

Cells = dict[str, str]


@dataclass(frozen=True)
class Known:
    """What is known when a row is completed.

    report is the id of the edition's report, units the unit of each indicator, and scenario the
    cells that say whose a figure of the edition's scenario is; empty where it has none.
    """

    edition: Identity
    report: str
    units: Mapping[str, str]
    scenario: Mapping[str, str]


def complete(table: str, row: Entered, known: Known) -> Entered:
    """Fill the empty cells of a row that follow from the others and from the edition.

    A level is meant where no measure is named, an estimate where no standing is, the edition's
    scenario where none is.
    """
    making = _COMPLETING.get(table)
    if making is None:
        return row
    return replace(row, cells=making(dict(row.cells), known))


def _filled(cells: Cells, **usual: str) -> Cells:
    return {**cells, **{name: cells.get(name) or cell for name, cell in usual.items()}}


def _figure(cells: Cells, known: Known) -> Cells:
    period = str(known.edition.period)
    cells = _filled(cells, measure="level", time_period=period, source=known.report)
    own = known.units.get(cells["indicator"], "")
    unit = own if cells["measure"] == "level" else MEASURE_UNITS.get(cells["measure"], "")
    cells = _filled(cells, unit=unit)
    return _filled(cells, printed_unit=cells["unit"])


def _scenario(cells: Cells, known: Known) -> Cells:
    cells = _figure(cells, known)
    own = cells.get("plan") in ("", None, known.scenario.get("plan"))
    return _filled(cells, **known.scenario) if own else cells


def _observation(cells: Cells, known: Known) -> Cells:
    cells = _figure(cells, known)
    return _filled(
        cells,
        obs_status="E",
        cutoff=_end(cells["time_period"]),
        comparison=COMPARISONS.get(cells["measure"], ""),
    )


def _claim(cells: Cells, known: Known) -> Cells:
    return _filled(cells, time_period=str(known.edition.period), source=known.report)


def _end(period: str) -> str:
    try:
        return str(Period.parse(period).end)
    except PeriodError:
        return ""


_COMPLETING: dict[str, Callable[[Cells, Known], Cells]] = {
    "observations": _observation,
    "scenarios": _scenario,
    "claims": _claim,
}
