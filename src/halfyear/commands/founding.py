"""Verbs that begin a project and keep it up with the package: init, upgrade."""

from pathlib import Path

import click

from halfyear.commands import speech
from halfyear.project import Project


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--place", "places", required=True, multiple=True, help="Code of the place.")
@click.option("--lang", default=speech.language, type=click.Choice(speech.LANGUAGES))
def init(folder: Path, places: tuple[str, ...], lang: str) -> None:
    """Begin a project for a place in a FOLDER that is new or empty."""
    from halfyear.periods import founding

    files = founding.found(folder, places, founding.First(lang))
    click.echo(speech.said("founded", count=len(files), folder=folder))
    click.echo(speech.said("founded_next", folder=folder))


@click.command()
@click.option("--dry-run", is_flag=True, help="Tell what would be taken, and change nothing.")
def upgrade(dry_run: bool) -> None:
    """Take the newer notebooks, texts, templates and codelists of the installed package."""
    from halfyear.periods import upgrade as newer

    found = newer.take(Project.find(), dry=dry_run)
    for key, names in (("newer", found.fresh), ("beside", found.both), ("gone", found.gone)):
        for name in names:
            click.echo(speech.said(f"kit_{key}", name=name, ending=newer.BESIDE))
    if not (found.fresh or found.both or found.gone):
        click.echo(speech.said("kit_same"))
    elif dry_run:
        click.echo(speech.said("kit_dry"))
