"""The draft of an edition: the tasks of a build that lead to one language's page, and no others."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from halfyear import apart, tasks, workplace
from halfyear.build import Build
from halfyear.errors import BuildError, Problem
from halfyear.project import Project
from halfyear.render.engine import Engine
from halfyear.tasks import Record, Task


@dataclass
class Draft(Build):
    """An edition on its way to the page of one language."""

    def tasks(self) -> Iterator[Task]:
        """The checks and notebooks of a build, then source and page of the language."""
        for task in super().tasks():
            if task.name.partition(" ")[0] not in ("annex", "pdf", "publish", "typeset"):
                yield task

    def apart(self, step: apart.Step, *_: str) -> apart.Step:
        """Nothing is done apart: what this process has loaded serves the next draft."""
        return step

    def _warm_done(self, *_: object) -> bool:
        return False

    def pictures(self, svgs: Mapping[str, str], folder: Path) -> None:
        """A draft has no Word document to draw them for."""

    def word(self, composed: Path, folder: Path, lang: str) -> None:
        """A draft has no Word document."""


def draw(
    project: Project, period: str, lang: str, engine: Engine, say: Callable[[str], None]
) -> Path:
    """Make the page of an edition in one language, and give its path.

    Only what has changed since the last time is made anew. Raises what stopped it; the last page
    stays.
    """
    known = project.named(period)
    work = project.work / "preview" / f"{known}.{lang}"
    with workplace.prepared(project, known, work, say) as (taken, chosen):
        if lang not in chosen.languages:
            raise BuildError(
                Problem(
                    "the edition is not in this language",
                    file=str(project.choices(known)),
                    expected=" or ".join(chosen.languages),
                    found=lang,
                    vi=Problem(
                        "kỳ này không có bản bằng ngôn ngữ đó",
                        file=str(project.choices(known)),
                        expected=" hoặc ".join(chosen.languages),
                        found=lang,
                    ),
                )
            )
        draft = Draft(taken, replace(chosen, languages=(lang,)), engine, work, work / "out")
        with draft.ending:
            tasks.run(draft.tasks(), Record(work / "record.json"), say, taken.disturbed)
    return work / "page" / lang / f"briefing.{lang}.html"
