"""Verbs that prove: coverage, verify."""

import sys
from pathlib import Path

import click

from halfyear.commands import speech
from halfyear.commands.guard import built, last_build, usual
from halfyear.errors import BuildError
from halfyear.project import Project


@click.command()
@click.argument("period", default=usual)
def coverage(period: str) -> None:
    """Prove that every figure of PERIOD leads to a result, in PDF, HTML and every language."""
    from halfyear.proofs import coverage as proof
    from halfyear.proofs import parity

    edition, results = last_build(period)
    folder = built(period)
    found = proof.prove(edition, results, folder)
    for one in found:
        click.echo(f"{period} {one}")
    problems = [problem for one in found for problem in one.problems]
    for name, pair in parity.prove(edition, results, folder).items():
        click.echo(f"{period} {name}: {pair}")
        problems += pair.problems
    if problems:
        raise BuildError(*problems)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def verify(folder: Path) -> None:
    """Make the build in FOLDER again elsewhere and compare every file with its manifest.

    Exit code 1 where a file differs, 2 where this machine or project cannot make it again.
    """
    from halfyear.proofs import rebuild

    hindered, differences = rebuild.verify(Project.find().root, folder)
    speech.complain((*hindered, *differences))
    if hindered:
        click.echo(f"{folder}: cannot be made again here", err=True)
        sys.exit(2)
    if differences:
        sys.exit(1)
    outputs = rebuild.read(folder)["outputs"]
    for name, digest in outputs.items():
        click.echo(f"{digest}  {name}")
    click.echo(f"{folder}: {len(outputs)} files made again, every one the same")
