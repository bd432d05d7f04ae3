"""Completed rows: what follows from the few cells that an analyst fills in a row of their own."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from halfyear.data.checks.figures import COMPARISONS, MEASURE_UNITS
from halfyear.errors import PeriodError
from halfyear.identity import Identity
from halfyear.period import Period
from halfyear.periods.filled import Entered

Cells = dict[str, str]


def complete(
    table: str, row: Entered, edition: Identity, report: str, units: Mapping[str, str]
) -> Entered:
    """Fill the empty cells of a row that follow from the others and from the edition.

    units gives the unit of each indicator, and report is the id of the edition's report. A level
    is meant where no measure is named, an estimate where no standing is.
    """
    making = _COMPLETING.get(table)
    if making is None:
        return row
    return replace(row, cells=making(dict(row.cells), edition, report, units))


def _filled(cells: Cells, **usual: str) -> Cells:
    return {**cells, **{name: cells.get(name) or cell for name, cell in usual.items()}}


def _figure(cells: Cells, edition: Identity, report: str, units: Mapping[str, str]) -> Cells:
    cells = _filled(cells, measure="level", time_period=str(edition.period), source=report)
    own = units.get(cells["indicator"], "")
    unit = own if cells["measure"] == "level" else MEASURE_UNITS.get(cells["measure"], "")
    cells = _filled(cells, unit=unit)
    return _filled(cells, printed_unit=cells["unit"])


def _observation(cells: Cells, edition: Identity, report: str, units: Mapping[str, str]) -> Cells:
    cells = _figure(cells, edition, report, units)
    return _filled(
        cells,
        obs_status="E",
        cutoff=_end(cells["time_period"]),
        comparison=COMPARISONS.get(cells["measure"], ""),
    )


def _claim(cells: Cells, edition: Identity, report: str, _units: Mapping[str, str]) -> Cells:
    return _filled(cells, time_period=str(edition.period), source=report)


def _end(period: str) -> str:
    try:
        return str(Period.parse(period).end)
    except PeriodError:
        return ""


_COMPLETING: dict[str, Callable[[Cells, Identity, str, Mapping[str, str]], Cells]] = {
    "observations": _observation,
    "scenarios": _figure,
    "claims": _claim,
}
