"""A study: what one topic of an edition comes to, as named fields in no language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, ClassVar, Self, TypeVar, cast

from pydantic import TypeAdapter

from halfyear.errors import BuildError, Problem
from halfyear.results import Quantity, Results, Verdict

S = TypeVar("S", bound="Study")


@dataclass(frozen=True)
class Study:
    """Base of the studies: frozen dataclasses whose fields hold quantities, verdicts and names.

    `topic` names the study in the files of an edition; it is the name of its module.
    """

    topic: ClassVar[str]

    def results(self) -> Results:
        """Every quantity and verdict of the study's fields, however deep, and itself.

        A figure that no row holds is none of them.
        """
        results = Results(studies={self.topic: self.as_json()})
        results.add(*(item for item in _held(self) if isinstance(item, Verdict) or not item.absent))
        return results

    def as_json(self) -> Any:
        """Give the plain form, numbers as text so that no digit is lost."""
        return TypeAdapter(type(self)).dump_python(self, mode="json")

    @classmethod
    def from_json(cls, content: Any) -> Self:
        """Read the plain form; raises pydantic's ValidationError where a field does not fit."""
        return TypeAdapter(cls).validate_python(content)


def opened(results: Results, kind: type[S]) -> S:
    """The study of a topic as a notebook left it, read once; raises BuildError where none is."""
    try:
        content = results.studies[kind.topic]
    except KeyError:
        known = ", ".join(sorted(results.studies))
        problem = Problem(f"no notebook saved the study {kind.topic}", found=known)
        raise BuildError(problem) from None
    held, study = results.opened.get(kind.topic, (None, None))
    if held is not content:
        study = kind.from_json(content)
        results.opened[kind.topic] = content, study
    return cast(S, study)


def _held(value: object) -> Iterator[Quantity | Verdict]:
    if isinstance(value, Quantity | Verdict):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _held(item)
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from _held(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from _held(getattr(value, part.name))
