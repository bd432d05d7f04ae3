"""Succession of documents: which of them a later one has replaced by a day."""

from datetime import date

from halfyear.data.frames import Tables

FIGURES = ("observations", "scenarios", "plan", "goals", "baseline", "claims", "projects")


def replaced(tables: Tables, day: date) -> frozenset[str]:
    """Ids of the documents that another one, whose figures were known on the day, supersedes.

    A successor counts only once a row holds a figure of it: entering the document alone, before
    its figures, takes nothing away.
    """
    known = {
        str(source)
        for name in FIGURES
        for frame in (getattr(tables, name),)
        for source in frame.loc[frame["known_at"] <= day, "source"].unique()
    }
    earlier = dict(zip(tables.sources["id"], tables.sources["supersedes"], strict=True))
    gone: set[str] = set()
    for source in known:
        before = earlier.get(source, "")
        while before and before not in gone:
            gone.add(before)
            before = earlier.get(before, "")
    return frozenset(gone)
