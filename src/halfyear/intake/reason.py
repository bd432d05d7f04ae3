"""Reasons: what a proposal rests on and what makes it doubtful, told in Vietnamese or English."""

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from halfyear.intake.words import texts


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason whose texts come from reasons.yml by code; slots fill the gaps of its texts."""

    code: str
    slots: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def of(code: str, **slots: object) -> "Reason":
        """Make the reason of a code; equal ones are one object."""
        return _made(code, tuple((name, str(slot)) for name, slot in slots.items()))

    def say(self, lang: str, **told: str) -> str:
        """Tell the reason in a language; told replaces slots, such as codes by their names."""
        return catalogue()[self.code][lang].format_map({**dict(self.slots), **told})


@lru_cache(maxsize=4096)
def _made(code: str, slots: tuple[tuple[str, str], ...]) -> Reason:
    return Reason(code, slots)


def catalogue() -> dict[str, dict[str, str]]:
    """Give the texts of every reason: code, then language."""
    return cast("dict[str, dict[str, str]]", texts("reasons.yml"))
