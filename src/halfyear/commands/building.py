"""Verbs that build: report, compose, notebooks."""

import sys
from functools import partial
from pathlib import Path

import click

from halfyear.commands.guard import DEFAULT_PERIOD, last_build, readable
from halfyear.project import Project


@click.command()
@click.argument("period", default=DEFAULT_PERIOD)
@click.option("--engine", default="auto", type=click.Choice(["auto", "quarto", "embedded"]))
@readable
def report(period: str, engine: str) -> None:
    """Build the briefing of a PERIOD into build/PERIOD."""
    from halfyear import build, interruption
    from halfyear.render.engine import choose

    chosen = choose(engine)
    click.echo(f"{period}: rendering with {chosen.name} {chosen.version}")
    say = partial(click.echo, file=sys.stdout)
    with interruption.ending(f"{period}: interrupted; the last build is as it was"):
        folder = build.report(Project.find(), period, chosen, say)
    click.echo(f"{period}: {folder}")


@click.command()
@click.argument("period", default=DEFAULT_PERIOD)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@readable
def compose(period: str, out: Path) -> None:
    """Compose the source of the briefing from the last build's results into the folder OUT."""
    from halfyear.compose import briefing

    edition, results = last_build(period)
    briefing.write(edition, results, out)


@click.command()
@click.argument("period", default=DEFAULT_PERIOD)
@readable
def notebooks(period: str) -> None:
    """Execute the notebooks for a PERIOD in place, to be committed with their outputs."""
    from halfyear import execution, params
    from halfyear.period import Period

    project = Project.find()
    known = params.read(project.params / f"{Period.parse(period)}.yml")
    given = {"period": period, "edition_date": str(known.edition_date)}
    for notebook in sorted(project.notebooks.glob("[0-9][0-9]_*.ipynb")):
        click.echo(f"  {notebook.stem}")
        execution.run_in_place(notebook, given, project.root)
