"""Verbs that build: report, compose, notebooks."""

from pathlib import Path

import click

from halfyear.commands import speech
from halfyear.commands.guard import built_of_these, last_build, usual
from halfyear.project import Project


@click.command()
@click.argument("period", default=usual)
@click.option(
    "--engine",
    default="auto",
    type=click.Choice(["auto", "quarto", "embedded"]),
    help="What renders the pages.",
)
def report(period: str, engine: str) -> None:
    """Build the briefing of a PERIOD into build/PERIOD."""
    from halfyear import build, interruption
    from halfyear.render.engine import choose

    chosen = choose(engine)
    speech.progress(
        speech.said("rendering", period=period, name=chosen.name, version=chosen.version)
    )
    with interruption.ending(speech.said("build_interrupted", period=period)):
        folder = build.report(Project.find(), period, chosen, speech.progress)
    click.echo(f"{period}: {folder}")


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
