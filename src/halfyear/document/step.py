"""Steps: how far the reading of a long document is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A page or paragraph that is done, and of how many; of is 0 where that is unknown."""

    what: str
    done: int
    of: int = 0

    def __str__(self) -> str:
        return f"{self.what} {self.done} of {self.of}" if self.of else f"{self.what} {self.done}"
