"""The verb that lists editions: list."""

import json
import re

import click

from halfyear.commands import speech
from halfyear.commands.guard import changed
from halfyear.errors import HalfyearError
from halfyear.identity import Identity
from halfyear.project import Project


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for a script.")
def editions(as_json: bool) -> None:
    """List the editions with their state."""
    from halfyear.periods import listed

    project = Project.find()
    rows = [_edition(project, edition) for edition in listed.editions(project)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    click.echo(speech.said("editions"))
    for row in rows:
        told = str(speech.words()["states"][row["state"]][speech.language()])
        state = told.format(period=row["period"])
        click.echo(f"{row['period']:<12}{row['edition_date']:<12}{row['place']:<7}{state}")


def _edition(project: Project, edition: Identity) -> dict[str, str]:
    from halfyear import params

    try:
        known = params.read(project.choices(edition))
    except HalfyearError:
        return {"period": str(edition), "edition_date": "", "place": "", "state": "faulty"}
    dated = {"edition_date": str(known.edition_date), "place": known.place}
    return {"period": str(edition), **dated, "state": _state(project, edition, known.place)}


def _state(project: Project, edition: Identity, place: str) -> str:
    from halfyear import manifest

    folder = project.build / str(edition)
    if (folder / manifest.NAME).is_file():
        return "stale" if changed(project, folder, code=False) else "built"
    figures = project.data / "observations" / f"{edition.period}.csv"
    text = figures.read_text(encoding="utf-8-sig") if figures.is_file() else ""
    held = any(re.split("[,;]", line)[0] == place for line in text.splitlines()[1:])
    return "unbuilt" if held else "empty"
