"""Places: provinces, cities, regions and the nation, as they stand on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

PROVINCIAL = frozenset({"city", "province"})
HOME = "yes"


@dataclass(frozen=True)
class Place:
    """A place: kind is city, province, region or nation.

    part_of is the id of what it lies in; of a former place, of what it was merged into. since and
    until are its first and last day; None where it has always been, or still is, there.
    """

    id: str
    name: dict[str, str]
    kind: str
    part_of: str
    since: date | None
    until: date | None

    def stands(self, day: date) -> bool:
        """Whether the place exists on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    @property
    def provincial(self) -> bool:
        """Whether it is a province or a city of that rank."""
        return self.kind in PROVINCIAL


@dataclass(frozen=True)
class Places:
    """All places by id, in the order of places.csv; home is the id of the project's own."""

    by_id: dict[str, Place]
    home: str

    @classmethod
    def of(cls, frame: pd.DataFrame) -> "Places":
        """Read the table of places, which has been checked."""
        found = {str(row["id"]): _place(row) for row in frame.to_dict("records")}
        return cls(found, home(frame))

    def __getitem__(self, id: str) -> Place:
        """Give a place by its id."""
        return self.by_id[id]

    def __contains__(self, id: object) -> bool:
        """Whether there is a place of an id."""
        return id in self.by_id

    def __iter__(self) -> Iterator[Place]:
        """Give every place."""
        return iter(self.by_id.values())

    def former(self, id: str) -> tuple[str, ...]:
        """Ids of the places that were merged into one, in the order of the table."""
        return self._former.get(id, ())

    @cached_property
    def _former(self) -> dict[str, tuple[str, ...]]:
        merged: dict[str, tuple[str, ...]] = {}
        for place in self:
            into = self.by_id.get(place.part_of)
            if place.until is not None and into is not None and into.provincial:
                merged[into.id] = (*merged.get(into.id, ()), place.id)
        return merged

    def around(self, id: str) -> frozenset[str]:
        """A place and those that were merged into it."""
        return frozenset({id, *self.former(id)})

    def then(self, id: str, day: date) -> str:
        """Id of a place as it was on a day: its former self of the same name, where it had one."""
        if id not in self or self[id].stands(day):
            return id
        namesakes = (one for one in self.former(id) if self[one].name == self[id].name)
        return next((one for one in namesakes if self[one].stands(day)), id)

    def count(self, day: date) -> int:
        """How many provinces and cities of that rank there are on a day."""
        return sum(place.provincial and place.stands(day) for place in self)


def home(frame: pd.DataFrame) -> str:
    """Id of the project's own place; "" where the table does not name exactly one."""
    named = frame.loc[frame["home"] == HOME, "id"].tolist()
    return str(named[0]) if len(named) == 1 else ""


def _place(row: dict[object, object]) -> Place:
    since, until = row["from"], row["until"]
    return Place(
        id=str(row["id"]),
        name={lang: str(row[f"name_{lang}"]) for lang in ("vi", "en")},
        kind=str(row["kind"]),
        part_of=str(row["part_of"]),
        since=since if isinstance(since, date) else None,
        until=until if isinstance(until, date) else None,
    )
