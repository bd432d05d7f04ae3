"""Verbs that read reports: intake, accept."""

import os
import sys
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from halfyear.commands import speech
from halfyear.document.step import Step
from halfyear.project import Project


@click.command()
@click.argument("report", type=click.Path(path_type=Path))
@click.option("--period", required=True, help="Edition the report is of, such as 2026-H1.")
@click.option("--source", required=True, help="Id the document has or gets in sources.csv.")
@click.option("--place", default="", help="Code of the place, where the head names another.")
@click.option("--supersedes", default="", help="Id of the document that this one replaces.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the review sheet.")
@click.option("--again", is_flag=True, help="Replace a review sheet that is there already.")
@click.option("--serve", is_flag=True, help="Open the review in the browser.")
@click.option("--no-browser", is_flag=True, help="With --serve: tell the address only.")
@click.option("--lang", default=speech.language, type=click.Choice(speech.LANGUAGES))
def intake(
    report: Path,
    period: str,
    source: str,
    place: str,
    supersedes: str,
    out: Path | None,
    again: bool,
    serve: bool,
    no_browser: bool,
    lang: str,
) -> None:
    """Read a REPORT (.docx, .pdf, .xlsx, .txt) and write a review sheet of proposed rows."""
    from halfyear.intake import session, words
    from halfyear.period import Period

    project = Project.find()
    folder = out or project.build / "intake" / session.known(source)
    if serve and not again and session.resumes(folder, report):
        click.echo(words.say(lang, "command.resumed"))
        _serve(project, folder, lang, not no_browser)
        return
    session.spare(folder, again)
    wish = session.Wish(Period.parse(period), source, place, supersedes, lang)

    def tell(step: Step) -> None:
        key = step.what if step.of else f"{step.what}_alone"
        speech.aside(words.say(lang, f"command.{key}", done=step.done, of=step.of))

    done = session.run(project, report, wish, folder, tell)
    for warning in done.warnings:
        click.echo(words.say(lang, "command.warning", warning=warning), err=True)
    page = done.folder / "review.html"
    counts = {"all": done.proposals, "ticked": done.ticked}
    click.echo(words.say(lang, "command.done", page=page, **counts))
    if serve:
        _serve(project, folder, lang, not no_browser)
    else:
        click.echo(words.say(lang, "command.next", folder=done.folder))


def _serve(project: Project, folder: Path, lang: str, browse: bool) -> None:
    """Serve a review until Ctrl-C, and say then where its rows are."""
    from halfyear.intake import doorway, server, words
    from halfyear.intake.desk import Desk

    def opened(address: str) -> None:
        click.echo(words.say(lang, "command.served", address=address))
        sys.stdout.flush()
        if browse and _screen():
            shown = doorway.write(folder, address).as_uri()
            # Some browsers return only when they are closed: the page must be served meanwhile.
            threading.Thread(target=webbrowser.open, args=(shown,), daemon=True).start()

    try:
        with suppress(KeyboardInterrupt):
            server.serve(Desk.open(project, folder, lang), opened)
        click.echo(words.say(lang, "command.ended", folder=folder))
    finally:
        doorway.remove(folder)


def _screen() -> bool:
    """Tell whether there is a screen for a browser; a terminal is no place for one."""
    screen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return screen or sys.platform in ("win32", "darwin")


@click.command()
@click.argument("sheet", type=click.Path(path_type=Path, exists=True))
@click.option("--place", default="", help="Code of the place, where intake was not sure of it.")
@click.option("--dry-run", is_flag=True, help="Tell what would be taken in, and change nothing.")
def accept(sheet: Path, place: str, dry_run: bool) -> None:
    """Take the ticked rows of a review SHEET (.csv, .xlsx or its folder) into the data."""
    from halfyear.data import frames
    from halfyear.intake import acceptance
    from halfyear.intake.sheet.telling import Telling

    project = Project.find()
    done = acceptance.accept(project, sheet, place, dry=dry_run)
    if dry_run:
        telling = Telling.of(frames.read(project).tables, speech.language())
        for row in done.rows:
            click.echo(speech.said("row_taken", row=row["row"], what=telling.line(row)))
    for file, count in done.counts.items():
        key = "rows_to_add" if dry_run else "rows_added"
        click.echo(speech.said(key, count=count, file=file))
    if dry_run:
        click.echo(speech.said("dry_run"))
