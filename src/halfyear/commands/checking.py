"""Verbs that check: check, verify-sources."""

import sys
from functools import partial
from pathlib import Path

import click

from halfyear.commands import speech
from halfyear.commands.guard import DEFAULT_PERIOD
from halfyear.project import Project


@click.command()
@click.argument("period", default=DEFAULT_PERIOD)
@click.option("--lang", default=speech.language, type=click.Choice(speech.LANGUAGES))
def check(period: str, lang: str) -> None:
    """Check the params of PERIOD and every table, and list all problems at once."""
    from halfyear import params
    from halfyear.data import checks
    from halfyear.period import Period

    project = Project.find()
    params.read(project.params / f"{Period.parse(period)}.yml")
    problems = checks.problems(project)
    click.echo(checks.listing(problems, lang))
    if problems:
        sys.exit(1)


@click.command("verify-sources")
@click.argument("folder", type=click.Path(path_type=Path))
def verify_sources(folder: Path) -> None:
    """Prove that every figure stands on its line of the documents in FOLDER."""
    from halfyear.data import proof

    problems = proof.verify(Project.find(), folder, partial(click.echo, err=True))
    for problem in problems:
        click.echo(f"error: {problem}", err=True)
    if problems:
        sys.exit(1)
    click.echo("every figure stands at its place, and every numeral is accounted for")
