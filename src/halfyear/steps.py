"""The steps of a build: what each of its tasks does, and the folders they leave to one another."""

import json
import shutil
from calendar import timegm
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from halfyear import entry, essay, manifest, memory, reads, shared, tasks
from halfyear.errors import BuildError, Problem, RenderError
from halfyear.origin import NAME as ORIGINS
from halfyear.params import Params
from halfyear.project import Project
from halfyear.render.engine import Engine
from halfyear.results import OUT, Results
from halfyear.snapshot import Snapshot
from halfyear.workplace import ROOT

if TYPE_CHECKING:
    from halfyear.edition import Edition

RESULTS = "results.json"
BOOK = "annex.json"  # the tables of the annex, of which the workbook is made
CHARTS, PICTURES = "charts.json", "pictures"  # charts, and those of them for Word
PART = "part.md"  # what a language gives to the source in all languages
SHOWN = "shown.json"  # what each read of the tables shows
READS = "reads.json"  # what an execution of a notebook read of them
UNTOLD = "en"  # language of a notebook that does not say which it has


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
class Steps:
    """What the tasks of an edition do, each in the folder that it fills."""

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

    def check(self, folder: Path) -> None:
        """Check tables, and what the params name in them, before anything slow; leave them."""
        from halfyear.data import cited, tables
        from halfyear.edition import Edition

        known = tables.load(self.project)
        wrong: list[Problem] = [*cited.faults(self.params, known)]
        wrong += wrong or cited.visible(self.params, known)
        if wrong:
            raise BuildError(*wrong)
        tables.save(self.project, folder / self._tables.name)
        shown = json.dumps(Edition.open(self.name).reads(), indent=1)
        (folder / SHOWN).write_text(shown, encoding="utf-8", newline="\n")

    def wording(self, _: Path) -> None:
        """Check texts and fonts, before anything slow."""
        from halfyear.data import wording
        from halfyear.render import glyphs

        wrong: list[Problem] = [*wording.faults(self.project, self.params.languages)]
        wrong += glyphs.faults(self.project.report / "fonts")
        if wrong:
            raise BuildError(*wrong)

    def execute(self, sitting: Sitting, folder: Path) -> None:
        """Execute one notebook and convert it; its results must come from this execution."""
        memory.spare_a_grammar()
        from halfyear import execution
        from halfyear.kernel.client import Limits

        with self.turn:
            if not self.warmed:
                self._warm()
                self.warmed = True
        notebook, executed = sitting.notebook, folder / sitting.notebook.name
        given = {"period": self.name, "edition_date": str(self.params.edition_date)}
        if sitting.bilingual:
            given["language"] = sitting.language
        saved = folder / "saved"
        saved.mkdir()
        noting = {}
        if reads.trusted(notebook):
            studies = self.work / "tmp" / "studies" / notebook.stem
            studies.mkdir(parents=True, exist_ok=True)
            noting = {reads.FILE: str(folder / READS), shared.FOLDER: str(studies)}
        execution.run(
            notebook,
            executed,
            given,
            self.project.root,
            environment={
                OUT: str(saved),
                ROOT: str(self.project.root),
                **noting,
            },
            limits=Limits(
                self.params.cell_seconds,
                self.params.notebook_seconds,
                self.params.output_megabytes,
            ),
            trace=folder.parent / f"{notebook.stem}.traceback.txt",
            readers=sitting.language if sitting.bilingual else "",
        )
        language = sitting.language if sitting.bilingual else UNTOLD
        execution.as_html(executed, executed.with_suffix(".html"), language)
        results = execution.saved(notebook, saved)
        results.replace(folder / results.name)
        saved.rmdir()

    def _warm(self) -> None:
        """Let kernels be forked from one process that has loaded what all notebooks load."""
        from halfyear.kernel import surroundings, warm
        from halfyear.kernel.forked import SAVED

        named = warm.imported(self.notebooks())
        given = {ROOT: str(self.project.root), SAVED: str(self._tables)}
        environment = surroundings.shielded(given, self.work / "tmp")
        self.ending.enter_context(warm.kernels(named, environment, self.project.root))

    def gather(self, folder: Path) -> None:
        """Merge the results, with the audit and the tables of the annex."""
        from halfyear import audit, origin
        from halfyear.dossier import dossier
        from halfyear.office import annex
        from halfyear.study import opened

        edition = self._edition()
        saved = {notebook.stem: self._results(notebook) for notebook in self.notebooks()}
        results = dossier(edition, saved.values())
        origin.write(saved, folder / origin.NAME)
        annex.book(edition, results, self.project.report).save(folder / BOOK)
        audit.write(opened(results, audit.Audit).findings, folder / manifest.AUDIT)
        results.save(folder / RESULTS)

    def draw(self, lang: str, folder: Path) -> None:
        """Draw the charts of one language, and their pictures for Word."""
        from halfyear.charts import chart, gallery
        from halfyear.office import pictures
        from halfyear.render.layout import Layout
        from halfyear.view import View

        results = Results.load(self._gathered / RESULTS)
        drawn = gallery.gallery(View.of(self._edition(), results, lang, names=gallery.TEXTS))
        chart.save(drawn, folder / CHARTS)
        svgs = {f"{name}.{lang}": each.svg for name, each in drawn.items()}
        pictures.draw(svgs, Layout(self.project.report).fonts, folder / PICTURES)

    def compose(self, lang: str, folder: Path) -> None:
        """Compose one language's source, and its part of the source in all languages."""
        from halfyear.charts import chart
        from halfyear.compose import briefing

        results = Results.load(self._gathered / RESULTS)
        charts = chart.load(self._drawn(lang) / CHARTS)
        composed = briefing.compose(self._edition(), results, lang, charts)
        briefing.save(composed, folder)
        part = briefing.part(composed, first=lang == self.params.languages[0])
        (folder / PART).write_text(part, encoding="utf-8", newline="\n")

    def join(self, folder: Path) -> None:
        """Write the source in all languages, of the part of each."""
        languages = self.params.languages
        parts = [(self._composed(each) / PART).read_text(encoding="utf-8") for each in languages]
        path = folder / qmd("-".join(languages))
        path.write_text("".join(parts), encoding="utf-8", newline="\n")

    def _edition(self) -> "Edition":
        """The edition, on the tables that were checked."""
        from halfyear.data import tables
        from halfyear.edition import Edition

        tables.restore(self.project, self._tables)
        return Edition.open(self.name)

    def parse(self, lang: str, folder: Path) -> None:
        """Parse one language's source, for all that is rendered of it."""
        from halfyear.render import embedded
        from halfyear.render.layout import Layout

        embedded.parsed(self._composed(lang) / qmd(lang), Layout(self.project.report), folder)

    def typeset(self, lang: str, folder: Path) -> None:
        """Write the Typst source of one language."""
        from halfyear.render.layout import Layout

        composed, layout = self._source("typeset", lang), Layout(self.project.report)
        text = self.engine.convert(composed, "typst", layout)
        name = self._typeset(lang).name
        (folder / name).write_text(text, encoding="utf-8", newline="\n")

    def page(self, lang: str, folder: Path) -> None:
        """Render one language's page and its Word document."""
        from halfyear.render.layout import Layout

        composed = self._source("page", lang)
        layout = Layout(self.project.report, self.work / "fonts")
        body = self.engine.convert(composed, "html", layout)

        self.word(composed, folder, lang)  # before what assembles a page: Pandoc wants the memory

        from halfyear.render import briefing as pages

        pages.finish_html(body, composed, folder, lang=lang, layout=layout)

    def word(self, composed: Path, folder: Path, lang: str) -> None:
        """Write one language's Word document."""
        from halfyear.office import word

        drawn = self._drawn(lang) / PICTURES
        word.write(composed, folder, lang=lang, template_dir=self.project.report, drawn=drawn)

    def pdf(self, lang: str, folder: Path) -> None:
        """Render the PDF of one language, or of all in one; closer set where it would run over."""
        from halfyear.proofs import limits
        from halfyear.render import briefing as pages
        from halfyear.render import density
        from halfyear.render.layout import Layout

        composed, made = self._source("pdf", lang), folder / f"briefing.{lang}.pdf"
        layout, day = Layout(self.project.report), timegm(self.params.edition_date.timetuple())

        def make(text: str) -> None:
            composed.with_suffix(".typ").write_text(text, encoding="utf-8", newline="\n")
            pages.finish_pdf(composed, folder, lang=lang, timestamp=day, layout=layout)

        make(self._text(lang))
        try:
            limits.check(composed, made)
        except RenderError:
            if not density.tighten(composed):
                raise
            make(self.engine.convert(composed, "typst", layout))
            limits.check(composed, made)

    def annex(self, folder: Path) -> None:
        """Write the workbook of the tables that composing has left."""
        from halfyear.office import workbook
        from halfyear.office.book import Book

        workbook.write(Book.load(self._gathered / BOOK), folder / manifest.WORKBOOK)

    def publish(self, folder: Path) -> None:
        """Gather all files and their manifest."""
        for place, file in self._published():
            target = folder / place
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        content = manifest.describe(
            self.name,
            str(self.params.edition_date),
            self._engine,
            self.snapshot.hashes,
            tasks.written(folder),
        )
        manifest.write(folder, content)

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
        charts = {f"compose {each}": ("charts/*",) for each in lang.split("-")}
        own = (qmd(lang), *charts.get(f"compose {lang}", ()))
        if form != "page":
            return {**charts, f"compose {lang}": own}
        told = entry.file(Path(), lang).name
        return {f"compose {lang}": (*own, told), "gather": (ORIGINS,)}

    def _parsed(self, lang: str) -> Path:
        return self.work / "parsed" / lang

    def _typeset(self, lang: str) -> Path:
        return self.work / "typeset" / lang / f"briefing.{lang}.typ"

    def _text(self, lang: str) -> str:
        """The Typst source of one language, or of all in one."""
        from halfyear.render.together import together

        first, *others = lang.split("-")
        texts = {each: self._typeset(each).read_text(encoding="utf-8") for each in (first, *others)}
        return together(texts.pop(first), texts)

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
