"""The stage of a build: one edition, and the folders in which its tasks leave what they make."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from threading import Lock

from halfyear import entry, essay, manifest
from halfyear.errors import BuildError, Problem
from halfyear.origin import NAME as ORIGINS
from halfyear.params import Params, spoken
from halfyear.project import Project
from halfyear.render.engine import Engine
from halfyear.results import Results
from halfyear.snapshot import Snapshot

RESULTS = "results.json"
BOOK = "annex.json"  # the tables of the annex, of which the workbook is made
CHARTS, PICTURES = "charts.json", "pictures"  # charts, and those of them for Word
PART = "part.md"  # what a language gives to the source in all languages
SHOWN = "shown.json"  # what each read of the tables shows
READS = "reads.json"  # what an execution of a notebook read of them


@dataclass(frozen=True)
class Sitting:
    """One execution of a notebook, for the readers of one language where it has several."""

    notebook: Path
    language: str
    bilingual: bool

    @property
    def task(self) -> str:
        """Name of the task."""
        told = f" {self.language}" if self.bilingual else ""
        return f"notebook {self.notebook.stem}{told}"

    @property
    def results(self) -> str:
        """Name of the file of its results."""
        return f"{self.notebook.stem}.json"


@dataclass
class Stage:
    """One edition on its way, and what the tasks of its build leave to one another."""

    snapshot: Snapshot
    params: Params
    engine: Engine
    work: Path
    out: Path
    ending: ExitStack = field(default_factory=ExitStack)  # what is to be closed after the build
    turn: Lock = field(default_factory=Lock)
    warmed: bool = False

    @property
    def name(self) -> str:
        """Name of the edition."""
        return str(self.params.identity)

    @property
    def project(self) -> Project:
        """The snapshot as a project."""
        return Project(self.snapshot.root)

    @property
    def editions(self) -> list[str]:
        """Languages to render, the one with all of them last."""
        languages = list(self.params.languages)
        return languages + (["-".join(languages)] if len(languages) > 1 else [])

    def notebooks(self) -> list[Path]:
        """Notebooks of the project, in order."""
        return sorted(self.project.notebooks.glob("*.ipynb"))

    @cached_property
    def sittings(self) -> list[Sitting]:
        """Executions of the notebooks: once a language, or once where they have none.

        Those of a language together: the next then finds the studies of the first.
        """
        return [
            Sitting(notebook, language, bilingual)
            for language in self.params.languages
            for notebook in self.notebooks()
            for bilingual in (essay.bilingual(notebook),)
            if bilingual or language == self.params.languages[0]
        ]

    @property
    def _tables(self) -> Path:
        """Where checked tables are left for the steps that follow."""
        return self._checked / "tables.pickle"

    @property
    def _checked(self) -> Path:
        return self.work / "checked"

    @property
    def _gathered(self) -> Path:
        return self.work / "gathered"

    def _drawn(self, lang: str) -> Path:
        return self.work / "drawn" / lang

    def _composed(self, lang: str) -> Path:
        return self.work / "composed" / lang

    def _reads(self, sitting: Sitting) -> Path:
        return self._made(sitting) / READS

    def _made(self, sitting: Sitting) -> Path:
        return self.work / "notebooks" / sitting.language / sitting.notebook.stem

    def _results(self, notebook: Path) -> Results:
        """What a notebook saved, which is the same in whatever language it was executed."""
        files = {
            sitting.language: self._made(sitting) / sitting.results
            for sitting in self.sittings
            if sitting.notebook == notebook
        }
        first, *others = files
        for other in others:
            if files[other].read_bytes() != files[first].read_bytes():
                raise BuildError(
                    Problem(
                        "the results of a notebook hang on its language",
                        file=notebook.name,
                        expected=f"the same in {first} and {other}",
                        found=_differing(files[first], files[other]),
                        mend="compute before anything is put into words",
                    )
                )
        return Results.load(files[first])

    def _published(self) -> Iterator[tuple[Path, Path]]:
        """Where each file stands in the published folder, and where it is now."""
        yield Path(manifest.WORKBOOK), self.work / "annex" / manifest.WORKBOOK
        for name in (RESULTS, manifest.AUDIT):
            yield Path(name), self._gathered / name
        for sitting in self.sittings:
            for language in (sitting.language,) if sitting.bilingual else self.params.languages:
                for name in (sitting.notebook.name, f"{sitting.notebook.stem}.html"):
                    yield Path("notebooks", language, name), self._made(sitting) / name
        for form, lang in self._rendered():
            for file in sorted((self.work / form / lang).iterdir()):
                yield Path(file.name), file

    def _rendered(self) -> Iterator[tuple[str, str]]:
        """What is rendered, forms with languages; that which takes most memory comes last."""
        yield from (("page", lang) for lang in self.params.languages)
        yield from (("pdf", lang) for lang in self.editions)

    def _source(self, form: str, lang: str) -> Path:
        """Copy the composed source of an edition, with its charts, to be set closer if need be."""
        folder = self.work / "sources" / form / lang
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "charts").mkdir(parents=True)
        places = {"gather": self._gathered}
        for task, patterns in self._sources(form, lang).items():
            made = places.get(task) or self._composed(task.partition(" ")[2])
            for path in (path for pattern in patterns for path in made.glob(pattern)):
                shutil.copyfile(path, folder / path.relative_to(made))
        for tree in self._parsed(lang).glob("*"):
            shutil.copyfile(tree, folder / tree.name)
        return folder / qmd(lang)

    def _sources(self, form: str, lang: str) -> dict[str, tuple[str, ...]]:
        """What a form is made of: patterns of the files by the task that leaves them."""
        charts = {f"compose {each}": ("charts/*",) for each in spoken(lang)}
        own = (qmd(lang), *charts.get(f"compose {lang}", ()))
        if form != "page":
            return {**charts, f"compose {lang}": own}
        told = entry.file(Path(), lang).name
        return {f"compose {lang}": (*own, told), "gather": (ORIGINS,)}

    def _parsed(self, lang: str) -> Path:
        return self.work / "parsed" / lang

    def _typeset(self, lang: str) -> Path:
        return self.work / "typeset" / lang / f"briefing.{lang}.typ"

    @property
    def _engine(self) -> str:
        return f"{self.engine.name} {self.engine.version}"


def qmd(lang: str) -> str:
    """Name of the composed source of a language, or of all."""
    return f"briefing.{lang}.qmd"


def _differing(one: Path, other: Path) -> str:
    """The first line in which two files of results differ, as each has it."""
    pairs = zip_longest(*(path.read_text(encoding="utf-8").splitlines() for path in (one, other)))
    differing = next(((left, right) for left, right in pairs if left != right), ("", ""))
    return " and ".join((line or "nothing").strip() for line in differing)
