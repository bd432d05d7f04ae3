"""The verb that begins a project: init."""

from pathlib import Path

import click

from halfyear.commands import speech


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--place", "places", required=True, multiple=True, help="Code of the place.")
@click.option("--lang", default=speech.language, type=click.Choice(speech.LANGUAGES))
def init(folder: Path, places: tuple[str, ...], lang: str) -> None:
    """Begin a project for a place in a FOLDER that is new or empty."""
    from halfyear.periods import founding

    files = founding.found(folder, places, lang)
    click.echo(speech.said("founded", count=len(files), folder=folder))
    click.echo(speech.said("founded_next", folder=folder))
