"""Cited rows: what params name must be in the tables."""

from collections.abc import Iterator

from halfyear.data import ids
from halfyear.data.faults import Fault, fault
from halfyear.data.frames import Tables
from halfyear.errors import ParamsError
from halfyear.params import Params

_DOCUMENTS = ("report", "scenario", "plan")
_PLACED = ("observations", "plan", "goals")


def check(params: Params, tables: Tables) -> None:
    """Refuse params that name a document, a place or goals the tables do not hold."""
    unknown = list(faults(params, tables))
    if unknown:
        raise ParamsError(*unknown)


def faults(params: Params, tables: Tables) -> Iterator[Fault]:
    """List what params name and no table holds, with the name that was perhaps meant."""
    file = f"params/{params.period}.yml"
    sources = set(tables.sources["id"])
    for name in _DOCUMENTS:
        id = getattr(params, name)
        if id and id not in sources:
            near = ids.near(id, sources)
            yield fault("params_document", file=file, column=name, found=id, near=near)
    places = {place for name in _PLACED for place in getattr(tables, name)["place"]}
    if places and params.place not in places:
        known = " | ".join(sorted(places))
        yield fault("params_place", file=file, column="place", found=params.place, places=known)
    yield from _goals(params, tables, file)


def _goals(params: Params, tables: Tables, file: str) -> Iterator[Fault]:
    """Goals must be of the years the edition is in; where the table has such, they are meant."""
    first, last = params.goal_years
    year = params.period.year
    spans = {str(period) for period in tables.goals["period"]}
    covering = [span for span in sorted(spans) if year in _years(span)]
    meant = not covering or params.goal_period in covering
    if not first <= year <= last or not meant:
        known = " | ".join(covering) or f"{year}"
        found = params.goal_period
        yield fault("params_goals", file=file, column="goal_period", found=found, periods=known)


def _years(span: str) -> range:
    ends = [int(part) for part in span.split("-") if part.isdigit()]
    return range(min(ends), max(ends) + 1) if ends else range(0)
