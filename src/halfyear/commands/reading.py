"""Verbs that read reports: intake, accept."""

from functools import partial
from pathlib import Path

import click

from halfyear.commands.guard import readable
from halfyear.project import Project


@click.command()
@click.argument("report", type=click.Path(path_type=Path))
@click.option("--period", required=True, help="Edition the report is of, such as 2026-H1.")
@click.option("--source", required=True, help="Id the document has or gets in sources.csv.")
@click.option("--place", default="", help="Code of the place, where the head names another.")
@click.option("--supersedes", default="", help="Id of the document that this one replaces.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the review sheet.")
@click.option("--again", is_flag=True, help="Replace a review sheet that is there already.")
@readable
def intake(
    report: Path,
    period: str,
    source: str,
    place: str,
    supersedes: str,
    out: Path | None,
    again: bool,
) -> None:
    """Read a REPORT (.docx, .pdf, .txt) and write a review sheet of proposed rows."""
    from halfyear.intake import session
    from halfyear.period import Period

    project = Project.find()
    folder = out or project.build / "intake" / session.known(source)
    session.spare(folder, again)
    wish = session.Wish(Period.parse(period), source, place, supersedes)
    done = session.run(project, report, wish, folder, partial(click.echo, err=True))
    for warning in done.warnings:
        click.echo(f"warning: {warning}", err=True)
    page = done.folder / "review.html"
    click.echo(f"{done.proposals} proposals, {done.ticked} ticked beforehand: {page}")
    click.echo(f"tick rows in review.xlsx or review.csv, then: halfyear accept {done.folder}")


@click.command()
@click.argument("sheet", type=click.Path(path_type=Path, exists=True))
@readable
def accept(sheet: Path) -> None:
    """Take the ticked rows of a review SHEET (.csv, .xlsx or its folder) into the data."""
    from halfyear.intake import acceptance

    done = acceptance.accept(Project.find(), sheet)
    for file, count in done.counts.items():
        click.echo(f"{count} rows added to data/{file}")
