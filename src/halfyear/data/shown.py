"""What an edition shows of the tables: the rows visible in it, each read of them noted."""

from collections.abc import Iterator, Mapping
from typing import Any

from halfyear import reads
from halfyear.data.frames import NAMES, Tables
from halfyear.data.taken import HELD

FIGURE = ("place", "indicator", "measure", "time_period")
WHERE = ["file", "row"]  # where a row stands, which hangs on the rows before it
Row = dict[str, object]


class Shown(Tables):
    """Tables of which each is noted as read when it is asked for."""

    def __getattribute__(self, name: str) -> Any:
        """Give a frame, or what else tables have."""
        if name in NAMES:
            reads.note(name)
        return super().__getattribute__(name)


class Figures(Mapping[str, Row]):
    """Rows by their ids, each noted as read when it is asked for, and so is its lack."""

    def __init__(self, rows: Mapping[str, Row]) -> None:
        self._rows = rows

    def __getitem__(self, id: str) -> Row:
        """The row of an id; raises KeyError for none."""
        reads.note(reads.FIGURE, id)
        return self._rows[id]

    def __iter__(self) -> Iterator[str]:
        """All ids."""
        self._whole()
        return iter(self._rows)

    def __len__(self) -> int:
        """How many rows there are."""
        self._whole()
        return len(self._rows)

    def _whole(self) -> None:
        for table in (*HELD, "sources"):  # whose standing says which publication is taken
            reads.note(table)

    def __bool__(self) -> bool:
        """Whether there is any row: where none is, no other read shows what it did."""
        return bool(self._rows)


def plain(tables: Tables) -> Tables:
    """The same tables for whoever notes by himself what he reads of them.

    They do not tell where a row stands: that is no part of the row.
    """
    frames = {name: vars(tables)[name] for name in NAMES}
    return Tables(**{n: frame.drop(columns=WHERE, errors="ignore") for n, frame in frames.items()})


def everything(tables: Tables, rows: Mapping[str, Row]) -> Iterator[tuple[tuple[str, ...], object]]:
    """What every read shows of the tables of an edition and of its rows by id."""
    for name in NAMES:
        for cells in vars(tables)[name].itertuples(index=False, name=None):
            yield (name,), cells
    frame, name = plain(tables).observations, "observations"
    keys = zip(*(frame[column].map(str) for column in FIGURE), strict=True)
    for key, cells in zip(keys, frame.itertuples(index=False, name=None), strict=True):
        yield (name, *key), cells
        yield (name, key[FIGURE.index("indicator")]), cells
    for id, row in rows.items():
        yield (reads.FIGURE, id), row
