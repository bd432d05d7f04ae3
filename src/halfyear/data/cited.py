"""Cited documents: those that params name must be in the table of sources."""

from halfyear.data.frames import Tables
from halfyear.errors import ParamsError, Problem
from halfyear.params import Params


def check(params: Params, tables: Tables) -> None:
    """Refuse params that name a document sources.csv does not hold."""
    known = set(tables.sources["id"])
    unknown = [
        Problem(
            "the params name a document that is not there",
            file=f"params/{params.period}.yml",
            column=name,
            expected="an id of sources.csv",
            found=id,
            mend="enter the document in sources.csv, or correct the id",
        )
        for name, id in (("report", params.report), ("scenario", params.scenario))
        if id and id not in known
    ]
    if unknown:
        raise ParamsError(*unknown)
