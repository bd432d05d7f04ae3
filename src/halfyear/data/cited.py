"""Cited rows: what params name must be in the tables."""

from collections.abc import Iterator
from functools import partial

from halfyear.data import ids
from halfyear.data.faults import Fault, fault
from halfyear.data.frames import Tables
from halfyear.data.places import Places
from halfyear.errors import ParamsError
from halfyear.params import Params

_DOCUMENTS = ("report", "scenario", "plan")


def check(params: Params, tables: Tables) -> None:
    """Refuse params that name a document, a place or goals the tables do not hold."""
    unknown = list(faults(params, tables))
    if unknown:
        raise ParamsError(*unknown)


def faults(params: Params, tables: Tables) -> Iterator[Fault]:
    """List what params name and no table holds, with the name that was perhaps meant."""
    file = f"params/{params.identity}.yml"
    sources = set(tables.sources["id"])
    for name in _DOCUMENTS:
        id = getattr(params, name)
        if id and id not in sources:
            near = ids.near(id, sources)
            yield fault("params_document", file=file, column=name, found=id, near=near)
    yield from placed(params, tables, file)
    yield from _goals(params, tables, file)


def visible(params: Params, tables: Tables) -> Iterator[Fault]:
    """Something of the place must be known by the day of the edition, for a report to tell of."""
    file, place, day = f"params/{params.identity}.yml", params.place, params.edition_date
    told = partial(fault, file=file, column="edition_date", found=day)
    rows = tables.observations[tables.observations["place"] == place]
    own = rows.loc[rows["time_period"] == str(params.period), "known_at"].dropna()
    if len(own) and own.min() > day:
        yield told("params_not_yet", day=own.min())
    elif not any(
        ((frame["place"] == place) & (frame["known_at"] <= day)).any()
        for _, frame in tables.items()
        if {"place", "known_at"} <= set(frame)
    ):
        yield told("params_nothing", place=place)


def placed(params: Params, tables: Tables, file: str) -> Iterator[Fault]:
    """The place must be known, stand on the day of the edition, and be that of the folder."""
    places, id = Places.of(tables.places), params.place
    told = partial(fault, file=file, column="place", found=id)
    if id not in places:
        yield told("params_place", near=ids.near(id, places.by_id))
    elif not places[id].provincial:
        yield told("params_place_kind", kind=places[id].kind)
    elif not places[id].stands(params.edition_date):
        since, until = places[id].since, places[id].until
        days = " – ".join(str(day) if day else "…" for day in (since, until))
        yield told("params_place_day", days=days)
    elif not params.folder and id not in places.around(places.home):
        yield told("params_home", home=places.home, place=id)


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
