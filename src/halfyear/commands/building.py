"""Verbs that build: report, editions, preview, compose, notebooks."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from halfyear.commands import speech
from halfyear.commands.guard import built_of_these, last_build, tell_older, usual
from halfyear.errors import BuildError
from halfyear.project import Project

if TYPE_CHECKING:
    from halfyear.cluster.fleet import Event
    from halfyear.identity import Identity

ENGINE = click.option(
    "--engine",
    default="auto",
    type=click.Choice(["auto", "quarto", "embedded"]),
    help="What renders the pages.",
)


@click.command()
@click.argument("period", default=usual)
@ENGINE
@click.option("--jobs", default=2, type=click.IntRange(1), help="Steps done at once.")
def report(period: str, engine: str, jobs: int) -> None:
    """Build the briefing of a PERIOD into build/PERIOD."""
    from halfyear import build, interruption
    from halfyear.render.engine import choose

    project, chosen = Project.find(), choose(engine)
    tell_older(project)
    speech.progress(
        speech.said("rendering", period=period, name=chosen.name, version=chosen.version)
    )
    with interruption.ending(speech.said("build_interrupted", period=period)):
        folder = build.report(project, period, chosen, speech.progress, jobs)
    click.echo(f"{period}: {folder}")


@click.command()
@click.argument("names", nargs=-1, metavar="[EDITION]...")
@click.option("--all", "every", is_flag=True, help="Every edition that has a params file.")
@click.option("--scheduler", default="", metavar="ADDRESS", help="A Dask scheduler that runs.")
@click.option("--workers", default=0, type=click.IntRange(0), help="Workers on this machine.")
@ENGINE
def editions(names: Sequence[str], every: bool, scheduler: str, workers: int, engine: str) -> None:
    """Build many EDITIONS at once on a Dask cluster; those that stand are skipped."""
    from halfyear import interruption, startpage
    from halfyear.cluster.refusal import refusal
    from halfyear.render.engine import choose

    if bool(names) == every:
        raise click.UsageError(speech.said("which_editions"))
    try:
        from halfyear.cluster import fleet
    except ModuleNotFoundError as error:
        raise BuildError(refusal("no_dask")) from error
    project = Project.find()
    chosen = _chosen(project, names)
    events = fleet.editions(
        project,
        chosen,
        choose(engine),
        speech.language(),
        fleet.Cluster(scheduler, workers),
    )
    counts: dict[str, int] = {"Built": 0, "Skipped": 0, "Failed": 0}
    with interruption.ending(speech.said("editions_interrupted")):
        for event in events:
            kind = type(event).__name__
            if kind in counts:
                counts[kind] += 1
            _tell(event, sum(counts.values()), len(chosen))
    startpage.write(project)
    click.echo(speech.said("editions_done", **counts))
    if counts["Failed"]:
        sys.exit(1)


def _chosen(project: Project, names: Sequence[str]) -> "list[Identity]":
    """The editions that are named, each once, or all of the project."""
    from halfyear.periods import listed

    if names:
        return list(dict.fromkeys(map(project.named, names)))
    return listed.editions(project)


def _tell(event: "Event", done: int, of: int) -> None:
    """Tell what happens to the editions and the workers."""
    from halfyear.cluster.fleet import Failed, Refused

    if isinstance(event, Refused):
        speech.complain([event.problem])
    elif isinstance(event, Failed):
        speech.remark(speech.said("edition_failed", name=event.name, done=done, of=of))
        speech.complain(event.problems)
        for line in event.lines:
            speech.remark(f"  {line}")
    else:
        words = {**vars(event), "done": done, "of": of}
        speech.progress(speech.said(f"edition_{type(event).__name__.lower()}", **words))


@click.command()
@click.argument("period", default=usual)
@click.option("--lang", default=speech.language, type=click.Choice(speech.LANGUAGES))
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="Port of the page.")
@click.option("--browser/--no-browser", default=True, help="Open the page in a browser.")
@ENGINE
def preview(period: str, lang: str, port: int, browser: bool, engine: str) -> None:
    """Show the page of a PERIOD, and make it anew whenever texts, data or templates are saved."""
    import asyncio

    from halfyear import interruption, params
    from halfyear.commands.door import problems
    from halfyear.preview import draft, server
    from halfyear.render.engine import choose

    project, chosen = Project.find(), choose(engine)
    params.read(project.choices(project.named(period)))  # no page for a period without params

    def make() -> server.Made:
        begun = time.monotonic()
        try:
            page = draft.draw(project, period, lang, chosen, speech.progress)
        except Exception as error:
            wrong = problems(error, "preview")
            speech.complain(wrong)
            return None, [speech.shown(speech.line(problem)) for problem in wrong]
        speech.progress(speech.said("preview_made", seconds=time.monotonic() - begun))
        return page, []

    def ready(address: str) -> None:
        click.echo(speech.said("preview_ready", address=address))
        if browser:
            click.launch(address)

    folders = [project.report, project.data, project.params, project.notebooks]
    with interruption.ending(speech.said("preview_ended")):
        asyncio.run(server.serve(folders, make, ready, lang=lang, title=period, port=port))


@click.command()
@click.argument("period", default=usual)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder to write into.")
def compose(period: str, out: Path) -> None:
    """Compose the source of the briefing from the last build's results into the folder OUT."""
    from halfyear.compose import briefing

    edition, results = last_build(period)
    with built_of_these(period):
        briefing.write(edition, results, out)


@click.command(hidden=True)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, resolve_path=True))
def finish(files: tuple[Path, ...]) -> None:
    """Finish FILES that Quarto made of a composed source."""
    from halfyear import rendered
    from halfyear.render.layout import Layout

    layout = Layout(Project.find().report)
    for file in files:
        click.echo(rendered.finish(file, layout))


@click.command()
@click.argument("period", default=usual)
def notebooks(period: str) -> None:
    """Execute the notebooks for a PERIOD in place, to be committed with their outputs."""
    from halfyear import execution, params

    project = Project.find()
    known = params.read(project.choices(project.named(period)))
    given = {"period": period, "edition_date": str(known.edition_date)}
    for notebook in sorted(project.notebooks.glob("[0-9][0-9]_*.ipynb")):
        speech.progress(f"  {notebook.stem}")
        execution.run_in_place(notebook, given, project.root)


@click.command()
@click.argument("periods", nargs=-1, metavar="[PERIOD]...")
def site(periods: tuple[str, ...]) -> None:
    """Lay out the Quarto website of built editions in build/site, and render it."""
    from halfyear import site as website
    from halfyear.render import quarto

    folder = website.lay_out(Project.find(), periods or (usual(),))
    found = quarto.version()
    if found is None or not quarto.recent(found):
        click.echo(speech.said("site_laid_out", folder=str(folder)))
        return
    quarto.render(folder)
    click.echo(folder / website.PAGES / "index.html")
