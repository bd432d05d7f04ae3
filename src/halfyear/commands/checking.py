"""Verbs that check: check, verify-sources."""

import json
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from halfyear.commands import speech
from halfyear.commands.guard import newest, tell_older
from halfyear.data.faults import Fault
from halfyear.project import Project


@click.command()
@click.argument("period", default=newest)
@click.option("--lang", default=speech.language, type=click.Choice(speech.LANGUAGES))
@click.option("--json", "as_json", is_flag=True, help="Write JSON for a script.")
def check(period: str, lang: str, as_json: bool) -> None:
    """Check the params of PERIOD, every table and the texts, and list all problems at once."""
    from halfyear import params
    from halfyear.data import checks, cited, wording
    from halfyear.periods import listed

    project = Project.find()
    tell_older(project)
    known = params.read(project.choices(project.named(period))) if period else None
    tables, problems = checks.examine(project)
    if known is not None and not problems:
        problems += [*cited.faults(known, tables)] or [*cited.visible(known, tables)]
    problems += listed.stray(project)
    problems += wording.faults(project, known.languages if known else params.LANGUAGES)
    told = [p.say(lang) if isinstance(p, Fault) else p for p in problems]
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in told], ensure_ascii=False, indent=1))
    else:
        click.echo(speech.shown(checks.listing(told, lang)))
    if problems:
        sys.exit(1)


@click.command("verify-sources")
@click.argument("folder", type=click.Path(path_type=Path))
def verify_sources(folder: Path) -> None:
    """Prove that every figure stands on its line of the documents in FOLDER."""
    from halfyear.data import proof

    problems = proof.verify(Project.find(), folder, partial(click.echo, err=True))
    speech.complain(problems)
    if problems:
        sys.exit(1)
    click.echo("every figure stands at its place, and every numeral is accounted for")
