"""The steps of a build: what each of its tasks does."""

import json
import shutil
from calendar import timegm
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from halfyear import manifest, memory, reads, shared, tasks
from halfyear.errors import BuildError, Problem, RenderError
from halfyear.params import spoken
from halfyear.results import OUT, Results
from halfyear.stage import BOOK, CHARTS, PART, PICTURES, READS, RESULTS, SHOWN, Sitting, Stage, qmd
from halfyear.workplace import ROOT

if TYPE_CHECKING:
    from halfyear.edition import Edition

UNTOLD = "en"  # language of a notebook that does not say which it has


@dataclass
class Steps(Stage):
    """What the tasks of an edition do, each in the folder that it fills."""

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
        from halfyear.view import View

        results = Results.load(self._gathered / RESULTS)
        drawn = gallery.gallery(View.of(self._edition(), results, lang, names=chart.TEXTS))
        chart.save(drawn, folder / CHARTS)
        svgs = {f"{name}.{lang}": each.svg for name, each in drawn.items()}
        self.pictures(svgs, folder / PICTURES)

    def pictures(self, svgs: Mapping[str, str], folder: Path) -> None:
        """Draw charts, by their names, as Word shows them."""
        from halfyear.office import pictures

        pictures.draw(svgs, self.project.report / "fonts", folder)

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
        """Write the workbook of the tables that were gathered."""
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

    def _text(self, lang: str) -> str:
        """The Typst source of one language, or of all in one."""
        from halfyear.render.together import together

        first, *others = spoken(lang)
        texts = {each: self._typeset(each).read_text(encoding="utf-8") for each in (first, *others)}
        return together(texts.pop(first), texts)
