"""The verb that lists editions: list."""

import json
from pathlib import Path

import click

from halfyear.commands import speech
from halfyear.errors import HalfyearError
from halfyear.period import Period
from halfyear.project import Project


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON for a script.")
def editions(as_json: bool) -> None:
    """List the editions with their state."""
    from halfyear.periods import renewal

    project = Project.find()
    rows = [_edition(project, period) for period in renewal.editions(project)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    click.echo(speech.said("editions"))
    for row in rows:
        told = str(speech.words()["states"][row["state"]][speech.language()])
        state = told.format(period=row["period"])
        click.echo(f"{row['period']:<12}{row['edition_date']:<12}{row['place']:<7}{state}")


def _edition(project: Project, period: Period) -> dict[str, str]:
    from halfyear import params

    try:
        known = params.read(project.params / f"{period}.yml")
    except HalfyearError:
        return {"period": str(period), "edition_date": "", "place": "", "state": "faulty"}
    dated = {"edition_date": str(known.edition_date), "place": known.place}
    return {"period": str(period), **dated, "state": _state(project, period)}


def _state(project: Project, period: Period) -> str:
    from halfyear import manifest

    folder = project.build / str(period)
    if (folder / manifest.NAME).is_file():
        inputs: dict[str, str] = manifest.read(folder)["inputs"]
        own = {name: digest for name, digest in inputs.items() if not name.startswith("src/")}
        same = all(_digest(project.root / name) == digest for name, digest in own.items())
        return "built" if same else "stale"
    figures = project.data / "observations" / f"{period}.csv"
    lines = figures.read_text(encoding="utf-8-sig").splitlines() if figures.is_file() else []
    return "unbuilt" if len(lines) > 1 else "empty"


def _digest(path: Path) -> str:
    from halfyear import manifest

    return manifest.digest(path) if path.is_file() else ""
