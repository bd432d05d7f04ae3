"""The build of one edition: its steps as tasks, each with all that it reads, published whole."""

import json
import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

from halfyear import (
    apart,
    essay,
    manifest,
    memory,
    publication,
    reads,
    startpage,
    tasks,
    workplace,
)
from halfyear.apart import Step
from halfyear.charts import chart
from halfyear.errors import BuildError, Problem
from halfyear.params import spoken
from halfyear.progress import Line
from halfyear.project import Project
from halfyear.render.engine import Engine
from halfyear.stage import BOOK, CHARTS, PART, PICTURES, RESULTS, SHOWN, Sitting, qmd
from halfyear.steps import Steps
from halfyear.tasks import Record, Task

TORN = Line(
    "  the record of the last build is torn: everything is built again",
    "  ghi chép của lần làm trước bị hỏng: làm lại từ đầu",
)
# Parts of the package that a kind of task never loads: a change in them does not concern it.
LATER = (
    *("apart", "build", "cli", "cluster", "commands", "document", "intake", "interruption"),
    *("manifest", "preview", "proofs", "publication", "site", "snapshot", "startpage"),
    *("tasks", "workplace"),
)
NOT_EXECUTED = (*LATER, "office", "render")
NOT_COMPOSED = (*LATER, "execution", "forking", "kernel", "notebook", "render")
NOT_RENDERED = (
    *(part for part in LATER if part != "proofs"),
    *("analysis", "audit", "charts", "compose", "execution", "forking", "kernel", "notebook"),
    "periods",
)
# What notebooks say, and the audit, whose findings they save.
NOTEBOOK_TEXTS = tuple(f"report/texts/{name}." for name in (*essay.TEXTS, "audit", "glossary"))
# What the annex is worded with.
ANNEX_TEXTS = tuple(
    f"report/texts/{name}."
    for name in ("annex", "audit", "bounds", "masthead", "provenance", "words")
)
PAGE_TEXTS = "report/texts/ui."  # words of the page itself, which no notebook and no text uses
# What rendering reads beside the composed source, and what of it a form does not.
LAYOUT = ("report/templates/", "report/filters/", "report/fonts/", "report/texts/ui.")
WEBSITE = ("report/templates/site.", "report/templates/start.")
COMPOSING = "halfyear.compose.briefing"  # what loads all that is loaded to compose
LOADED = ("halfyear.render.briefing", "halfyear.proofs.limits")  # by what renders
BEFORE = {"page": "parse", "pdf": "typeset"}  # the step that a form follows
UNREAD = {
    "page": (*WEBSITE, *map("report/{}.".format, ("templates/briefing", "templates/layout"))),
    "pdf": (*WEBSITE, *map("report/{}.".format, ("templates/page", "templates/dark"))),
}


@dataclass
class Build(Steps):
    """One edition on its way from a snapshot of its inputs to the folder it is published in."""

    composed: int = 0  # languages
    processes: apart.Processes = field(default_factory=partial(apart.Processes, __name__))

    def tasks(self) -> Iterator[Task]:
        """Describe the work as tasks, each with all that it reads."""
        data = self._files("data/")
        described = {name: hash for name, hash in data.items() if not name.endswith(reads.TABLE)}
        chosen, written = self._files("params/"), self._files("report/texts/", "report/fonts/")
        yield Task(
            "check",
            self.apart(self.check),
            {**data, **chosen, **self._code(*LATER)},
            folder=self._checked,
        )
        yield Task("wording", self.apart(self.wording), {**chosen, **written, **self._code(*LATER)})
        for sitting in self.sittings:
            yield Task(
                sitting.task,
                partial(self.execute, sitting),
                {
                    **described,
                    **self._files("params/", *NOTEBOOK_TEXTS, "report/fonts/"),
                    **self._files(f"notebooks/{sitting.notebook.name}"),
                    **self._code(*NOT_EXECUTED),
                },
                {"check": (), "wording": ()},
                self._made(sitting),
                partial(self._read, sitting),
            )
        known = {**data, **chosen, **self._code(*NOT_COMPOSED)}
        yield Task(
            "gather",
            self.beside(self.gather),
            {**known, **self._files(*ANNEX_TEXTS)},
            {"check": (), **{sitting.task: (sitting.results,) for sitting in self.sittings}},
            self._gathered,
        )
        for lang in self.params.languages:
            worded = (f"report/texts/{name}.{lang}." for name in chart.TEXTS)
            yield Task(
                f"draw {lang}",
                self.beside(partial(self.draw, lang)),
                {**known, **self._files(*worded, "report/fonts/")},
                {"gather": (RESULTS,)},
                self._drawn(lang),
            )
            yield Task(
                f"compose {lang}",
                self.beside(partial(self.compose, lang)),
                {**known, **self._texts(lang)},
                {"gather": (RESULTS,), f"draw {lang}": (CHARTS,)},
                self._composed(lang),
                settled=self._settled,
            )
        for lang in self.editions[len(self.params.languages) :]:
            yield Task(
                f"compose {lang}",
                self.join,
                self._code(*NOT_RENDERED),
                {f"compose {each}": (PART,) for each in spoken(lang)},
                self._composed(lang),
            )
        yield Task(
            "annex",
            self.apart(self.annex),
            self._code(*NOT_RENDERED),
            {"gather": (BOOK,)},
            self.work / "annex",
        )
        for lang in self.params.languages:
            yield Task(
                f"parse {lang}",
                partial(self.parse, lang),
                {
                    **self._files("report/templates/reader."),
                    **self._code(*NOT_RENDERED),
                    "engine": self._engine,
                },
                {f"compose {lang}": (qmd(lang),)},
                self._parsed(lang),
            )
            yield Task(
                f"typeset {lang}",
                partial(self.typeset, lang),
                {
                    **self._files("report/filters/", "report/templates/", but=UNREAD["pdf"]),
                    **self._code(*NOT_RENDERED),
                    "engine": self._engine,
                },
                {**self._sources("pdf", lang), f"parse {lang}": ("*",)},
                self._typeset(lang).parent,
            )
        steps = {"page": self.page, "pdf": self.pdf}
        rendered = list(self._rendered())
        for form, lang in rendered:
            yield Task(
                f"{form} {lang}",
                self.apart(partial(steps[form], lang), *LOADED),
                {
                    **self._files(*LAYOUT, but=UNREAD[form]),
                    **self._code(*NOT_RENDERED),
                    "engine": self._engine,
                    "edition_date": str(self.params.edition_date),
                },
                {
                    **self._sources(form, lang),
                    **({f"draw {lang}": (f"{PICTURES}/*",)} if form == "page" else {}),
                    **{f"{BEFORE[form]} {each}": ("*",) for each in spoken(lang)},
                },
                self.work / form / lang,
            )
        yield Task(
            "publish",
            self.publish,
            {**self.snapshot.hashes, "engine": self._engine},
            {
                **{sitting.task: ("*",) for sitting in self.sittings},
                "gather": (RESULTS, manifest.AUDIT),
                "annex": ("*",),
                **{f"{form} {lang}": ("*",) for form, lang in rendered},
            },
            self.out,
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Go to another process without what is open in this one."""
        return type(self), (self.snapshot, self.params, self.engine, self.work, self.out)

    def apart(self, step: Step, *modules: str) -> Step:
        """A step as it is done apart, so that several at once never add up their memory.

        `modules` are what it loads that others load, too.
        """
        return lambda folder: self.processes.run(step, folder, *modules)

    def beside(self, step: Step) -> Step:
        """A step as it is done beside the kernels, if there were any: they have loaded the same."""

        def done(folder: Path) -> None:
            memory.give_back()  # of what executed the notebooks
            if not self._warm_done(step, folder):
                self.apart(step, COMPOSING)(folder)

        return done

    def _settled(self) -> None:
        """End the kernels' server after the last language: nothing is forked from it any more."""
        self.composed += 1
        if self.composed == len(self.params.languages):
            self.ending.close()

    def _warm_done(self, step: Step, folder: Path) -> bool:
        """Do a step in a process forked from that of the kernels; whether it could be forked."""
        if not self.warmed:
            return False
        from halfyear.kernel import warm

        return bool(warm.SERVERS) and apart.forked(warm.SERVERS[-1], step, folder)

    def _read(self, sitting: Sitting) -> dict[str, str]:
        """What the last execution of a notebook read, as it is now; else all tables."""
        names = reads.kept(self._reads(sitting), self.name, self.params.edition_date)
        if names is None:
            return self._files("data/")
        inputs = {f"{reads.INPUT} {name}": digest for name, digest in self._files("").items()}
        known = {**self._shown, **inputs}
        return {name: known.get(name, "") for name in names}

    @cached_property
    def _shown(self) -> dict[str, str]:
        """What each read of the tables shows, as checking has left it."""
        shown: dict[str, str] = json.loads((self._checked / SHOWN).read_text(encoding="utf-8"))
        return shown

    def _files(self, *beginnings: str, but: str | tuple[str, ...] = ()) -> dict[str, str]:
        """Hashes of the inputs whose names begin so."""
        return {
            name: digest
            for name, digest in self.snapshot.files.items()
            if name.startswith(beginnings) and not name.startswith(but)
        }

    def _texts(self, lang: str) -> dict[str, str]:
        """Hashes of the texts that pages in a language are composed of: its own, and of none."""
        texts = self._files("report/texts/", but=PAGE_TEXTS)
        return {
            name: digest
            for name, digest in texts.items()
            if Path(name).suffixes[:-1] in ([], [f".{lang}"])
        }

    def _code(self, *without: str) -> dict[str, str]:
        """Hash of the package but for some of its parts."""
        parts = {
            name: digest
            for name, digest in self.snapshot.code.items()
            if Path(name).parts[2].removesuffix(".py") not in without
        }
        return {"code": tasks.digest(parts)}


def report(
    project: Project,
    period: str,
    engine: Engine,
    say: Callable[[str], None],
    jobs: int = tasks.WORKERS,
) -> Path:
    """Build one edition, `jobs` tasks at once, and give its folder.

    Raises what stopped it, everything left as it was.
    """
    known = project.named(period)
    work, out = project.work / str(known), project.build / str(known)
    with workplace.prepared(project, known, work, say) as (taken, chosen):
        publication.recover(out)
        build = Build(taken, chosen, engine, work, out)
        if not build.notebooks():
            raise BuildError(Problem("no notebook", file=str(project.notebooks)))
        record = Record(work / "record.json")
        if record.torn:
            say(TORN)
        try:
            with build.ending, build.processes:
                tasks.run(build.tasks(), record, say, taken.disturbed, jobs)
        finally:
            _log(out, build, record.seconds)
    startpage.write(project)
    return out


def _log(out: Path, build: Build, seconds: Mapping[str, float]) -> None:
    """Keep how long each step of this run took beside the edition, whose bytes hang on no time."""
    content = {
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "engine": f"{build.engine.name} {build.engine.version}",
        "python": platform.python_version(),
        "seconds": {name: round(time, 2) for name, time in seconds.items() if time >= 0},
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.with_name(f"{out.name}.run.json").write_text(f"{text}\n", encoding="utf-8")
