"""The build of one edition: notebooks, composition, rendering, published whole."""

import os
import shutil
from calendar import timegm
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from halfyear import audit, manifest, params, progress, publication
from halfyear.data import tables
from halfyear.edition import Edition
from halfyear.errors import BuildError, HalfyearError, Problem, RenderError
from halfyear.notebook import OUT
from halfyear.office import annex, word
from halfyear.params import Params
from halfyear.period import Period
from halfyear.project import Project
from halfyear.proofs import limits
from halfyear.render import briefing as pages
from halfyear.render import density
from halfyear.render.engine import Engine
from halfyear.results import Results

RESULTS = "results.json"
PICTURES = "pictures"  # for the READMEs, no part of an edition


@dataclass
class Build:
    """One edition on its way from inputs to build/<period>; `say` tells the progress."""

    project: Project
    params: Params
    engine: Engine
    say: Callable[[str], None]
    errors: list[HalfyearError] = field(default_factory=list)

    @property
    def period(self) -> str:
        """Period of the edition."""
        return str(self.params.period)

    @property
    def work(self) -> Path:
        """Scratch folder, kept between runs so that only what changed is made again."""
        return self.project.build / ".work" / self.period

    @property
    def out(self) -> Path:
        """Folder the edition is published in."""
        return self.project.build / self.period

    @property
    def package(self) -> Path:
        """Folder of this package, which need not stand in the project's."""
        return Path(__file__).parent

    @property
    def editions(self) -> list[str]:
        """Languages to render, the one with all of them last."""
        languages = list(self.params.languages)
        return languages + (["-".join(languages)] if len(languages) > 1 else [])

    def notebooks(self) -> list[Path]:
        """Notebooks of the project, in order."""
        return sorted(self.project.notebooks.glob("[0-9][0-9]_*.ipynb"))

    def inputs(self) -> list[Path]:
        """Every file the edition depends on, but the notebooks."""
        root, found = self.project, list[Path]()
        for folder, pattern in (
            (root.params, "*.yml"),
            (root.data, "**/*.csv"),
            (root.data, "*.json"),
            (root.data, "*.yml"),
            (root.report, "**/*.*"),
            (self.package, "**/*.py"),
            (self.package, "**/*.yml"),
        ):
            found += [path for path in folder.glob(pattern) if path.is_file()]
        return sorted({path for path in found if path.parent != root.report / PICTURES})

    def tasks(self) -> Iterator[dict[str, Any]]:
        """Describe the work as tasks with their inputs and outputs."""
        inputs = [str(path) for path in self.inputs()]
        names = [path.stem for path in self.notebooks()]
        yield {
            "name": "check",
            "file_dep": inputs,
            "actions": [self._guarded(tables.load, self.project)],
        }
        for notebook in self.notebooks():
            yield {
                "name": f"notebook {notebook.stem}",
                "file_dep": [*inputs, str(notebook)],
                "task_dep": ["edition:check"],
                "targets": [str(path) for path in self._left_by(notebook.stem)],
                "actions": [self._guarded(self.execute, notebook)],
            }
        composed = self.work / "composed"
        extras = [self.work / "pages" / name for name in (annex.NAME, audit.NAME)]
        yield {
            "name": "compose",
            "file_dep": [*inputs, *(str(self.work / "results" / f"{n}.json") for n in names)],
            "targets": [
                str(self.work / RESULTS),
                *map(str, extras),
                *(str(composed / f"briefing.{lang}.qmd") for lang in self.editions),
            ],
            "actions": [self._guarded(self.compose)],
        }
        for lang in self.editions:
            yield {
                "name": f"render {lang}",
                "file_dep": [
                    *inputs,
                    str(composed / f"briefing.{lang}.qmd"),
                    str(self.work / RESULTS),
                ],
                "targets": [str(self.work / "pages" / name) for name in self._pages(lang)],
                "actions": [self._guarded(self.render, lang)],
                "uptodate": [progress.same(f"{self.engine.name} {self.engine.version}")],
            }
        parts = [self.work / RESULTS, *extras]
        parts += [p for n in names for p in self._left_by(n)[:2]]
        parts += [
            self.work / "pages" / name for lang in self.editions for name in self._pages(lang)
        ]
        yield {
            "name": "publish",
            "file_dep": [*inputs, *map(str, parts), *map(str, self.notebooks())],
            "targets": [str(self.out / self._place(part)) for part in parts]
            + [str(self.out / manifest.NAME)],
            "actions": [self._guarded(self.publish, parts)],
        }

    def execute(self, notebook: Path) -> None:
        """Execute one notebook and convert it."""
        from halfyear import execution

        executed, html, _ = self._left_by(notebook.stem)
        given = {"period": self.period, "edition_date": str(self.params.edition_date)}
        execution.run(notebook, executed, given, self.project.root)
        execution.as_html(executed, html)

    def compose(self) -> None:
        """Merge the results and compose every edition's source."""
        from halfyear.compose import briefing  # slow to load, too

        results = Results()
        for notebook in self.notebooks():
            results.merge(Results.load(self.work / "results" / f"{notebook.stem}.json"))
        edition = Edition.open(self.period)
        results.add(*edition.printed())
        folder = self.work / "composed"
        shutil.rmtree(folder, ignore_errors=True)
        briefing.write(edition, results, folder)
        annex.write(edition, results, self.work / "pages", self.project.report)
        audit.write(audit.run(edition), self.work / "pages" / audit.NAME)
        results.save(self.work / RESULTS)

    def render(self, lang: str) -> None:
        """Render one language's pages, or of all in one; closer set where they would run over."""
        composed, folder = self.work / "composed" / f"briefing.{lang}.qmd", self.work / "pages"
        pdf = folder / f"briefing.{lang}.pdf"
        self._render(composed, folder, lang)
        try:
            limits.check(composed, pdf)
        except RenderError:
            if not density.tighten(composed):
                raise
            self._render(composed, folder, lang)
            limits.check(composed, pdf)
        if "-" not in lang:
            word.write(composed, folder, lang=lang, template_dir=self.project.report)

    def publish(self, parts: list[Path]) -> None:
        """Put all files and their manifest in place at once."""

        def described(fresh: Path) -> None:
            content = manifest.describe(
                self.period,
                str(self.params.edition_date),
                f"{self.engine.name} {self.engine.version}",
                manifest.digests(
                    self.project.root, [*self.inputs(), *self.notebooks()], self.package
                ),
                manifest.digests(fresh, (p for p in fresh.rglob("*") if p.is_file())),
            )
            manifest.write(fresh, content)

        publication.replace(self.out, {self._place(part): part for part in parts}, described)

    def _render(self, composed: Path, folder: Path, lang: str) -> None:
        pages.render(
            composed,
            folder,
            lang=lang,
            engine=self.engine,
            timestamp=timegm(self.params.edition_date.timetuple()),
            template_dir=self.project.report,
        )

    def _left_by(self, name: str) -> tuple[Path, Path, Path]:
        notebooks = self.work / "notebooks"
        return (
            notebooks / f"{name}.ipynb",
            notebooks / f"{name}.html",
            self.work / "results" / f"{name}.json",
        )

    def _pages(self, lang: str) -> list[str]:
        kinds = ["pdf"] if "-" in lang else ["pdf", "html", "docx"]
        return [f"briefing.{lang}.{kind}" for kind in kinds]

    def _place(self, part: Path) -> Path:
        inner = part.relative_to(self.work)
        return Path(*inner.parts[1:]) if inner.parts[0] == "pages" else inner

    def _guarded(self, step: Callable[..., object], *given: Any) -> Callable[[], bool]:
        def action() -> bool:
            try:
                step(*given)
            except HalfyearError as error:
                self.errors.append(error)
                return False
            return True

        return action


def report(project: Project, period: str, engine: Engine, say: Callable[[str], None]) -> Path:
    """Build one edition and give its folder; raises what stopped it, everything left as it was."""
    known = params.read(project.params / f"{Period.parse(period)}.yml")
    build = Build(project, known, engine, say)
    if not build.notebooks():
        raise BuildError(Problem("no notebook", file=str(project.notebooks)))
    (build.work / "results").mkdir(parents=True, exist_ok=True)
    os.environ[OUT] = str(build.work / "results")
    os.environ["HALFYEAR_ROOT"] = str(project.root)
    done = progress.run("edition", build.tasks, build.work / "state", say)
    if build.errors:
        raise BuildError(*(p for error in build.errors for p in error.problems))
    if not done:
        raise BuildError(Problem("the build stopped", mend="the messages above say where"))
    return build.out
