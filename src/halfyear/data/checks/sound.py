"""Sound rows: those that no problem names."""

from collections.abc import Iterable
from dataclasses import replace

from halfyear.data.frames import Tables
from halfyear.errors import Problem

HEAD = (None, 1)


def rows(tables: Tables, problems: Iterable[Problem]) -> Tables:
    """Keep the rows that no problem names, and none of a file whose head is wrong."""
    named = {(problem.file, problem.row) for problem in problems}
    whole = {file for file, row in named if row in HEAD}
    kept = {
        name: frame[
            [
                file not in whole and (file, row) not in named
                for file, row in zip(frame["file"], frame["row"], strict=True)
            ]
        ]
        for name, frame in tables.items()
        if whole.union(file for file, _ in named).intersection(frame["file"])
    }
    return replace(tables, **kept) if kept else tables
