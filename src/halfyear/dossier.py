"""A dossier: the studies of one edition as the notebooks left them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from halfyear.errors import BuildError, Problem
from halfyear.results import Results
from halfyear.study import Study

STUDIES = "studies"
S = TypeVar("S", bound=Study)


@dataclass(frozen=True)
class Dossier:
    """Studies by their topic, in plain form until they are asked for."""

    content: Mapping[str, Any]

    @classmethod
    def load(cls, files: Iterable[Path]) -> "Dossier":
        """Read the studies that the notebooks saved; raises BuildError for a topic saved twice."""
        content: dict[str, Any] = {}
        for path in files:
            saved = json.loads(path.read_text(encoding="utf-8")).get(STUDIES, {})
            twice = sorted(content.keys() & saved.keys())
            if twice:
                raise BuildError(
                    Problem(
                        f"the study {twice[0]} is saved by two notebooks",
                        file=path.name,
                        mend="let one notebook save it",
                    )
                )
            content |= saved
        return cls(content)

    @classmethod
    def of(cls, *studies: Study) -> "Dossier":
        """A dossier of studies that were just made."""
        return cls({study.topic: study.as_json() for study in studies})

    def study(self, kind: type[S]) -> S:
        """The study of a topic; raises BuildError where no notebook saved it."""
        try:
            content = self.content[kind.topic]
        except KeyError:
            raise BuildError(
                Problem(
                    f"no notebook saved the study {kind.topic}",
                    expected=kind.topic,
                    found=", ".join(sorted(self.content)),
                )
            ) from None
        return kind.from_json(content)


def save(path: Path, results: Results, studies: Iterable[Study]) -> None:
    """Write the results of a notebook and its studies into one file."""
    results.save(path)
    document = json.loads(path.read_text(encoding="utf-8"))
    document[STUDIES] = {study.topic: study.as_json() for study in studies}
    text = json.dumps(document, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
