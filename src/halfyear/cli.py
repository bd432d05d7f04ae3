"""The one command, `halfyear`."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from halfyear.errors import HalfyearError
from halfyear.project import Project

DEFAULT_PERIOD = "2026-H1"


def readable(step: Callable[..., None]) -> Callable[..., None]:
    """Turn the package's errors into lines on stderr and exit code 1."""

    @wraps(step)
    def guarded(*given: Any, **named: Any) -> None:
        try:
            step(*given, **named)
        except HalfyearError as error:
            for problem in error.problems:
                click.echo(f"error: {problem}", err=True)
            sys.exit(1)

    return guarded


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Compare a period's outcomes with scenarios, targets and goals, and report on them."""


@main.command()
@click.argument("period", default=DEFAULT_PERIOD)
@click.option("--engine", default="auto", type=click.Choice(["auto", "quarto", "embedded"]))
@readable
def report(period: str, engine: str) -> None:
    """Build the briefing of a PERIOD into build/PERIOD."""
    from halfyear import build
    from halfyear.render.engine import choose

    chosen = choose(engine)
    click.echo(f"{period}: rendering with {chosen.name} {chosen.version}")
    folder = build.report(Project.find(), period, chosen, click.echo)
    click.echo(f"{period}: {folder}")


@main.command()
@click.option("--lang", default="en", type=click.Choice(["vi", "en"]))
@readable
def check(lang: str) -> None:
    """Check every table and list all problems at once."""
    from halfyear import checks

    problems = checks.problems(Project.find())
    click.echo(checks.listing(problems, lang))
    if problems:
        sys.exit(1)


@main.command("verify-sources")
@click.argument("folder", type=click.Path(path_type=Path))
@readable
def verify_sources(folder: Path) -> None:
    """Prove that every figure stands on its line of the documents in FOLDER."""
    from halfyear import proof

    problems = proof.verify(Project.find(), folder)
    for problem in problems:
        click.echo(f"error: {problem}", err=True)
    if problems:
        sys.exit(1)
    click.echo("every figure stands at its place, and every numeral is accounted for")


@main.command()
@click.argument("period", default=DEFAULT_PERIOD)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@readable
def compose(period: str, out: Path) -> None:
    """Compose the source of the briefing from the last build's results into the folder OUT."""
    from halfyear.compose import briefing
    from halfyear.edition import Edition
    from halfyear.results import Results

    results = Results.load(Project.find().build / period / "results.json")
    briefing.write(Edition.open(period), results, out)


@main.command()
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
