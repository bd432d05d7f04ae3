"""Verbs of periods: new, import, diff, review."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from halfyear.commands import speech
from halfyear.commands.guard import usual
from halfyear.project import Project

if TYPE_CHECKING:
    from halfyear.intake.placing import Placing
    from halfyear.periods.returned import Emptied

WHAT = ("kind", "indicator", "group", "time_period", "year")  # tell an emptied row to a reader


@click.command()
@click.argument("coming", metavar="PERIOD")
def new(coming: str) -> None:
    """Start a new PERIOD: its params file, its empty data files and its workbook."""
    from halfyear.periods import renewal

    project = Project.find()
    written = renewal.begin(project, coming)
    for path in written:
        click.echo(speech.said("written", path=path.relative_to(project.root)))
    click.echo(speech.said("fill", period=written[-1].stem))


@click.command("import")
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--report", type=click.Path(path_type=Path), help="File that prints the figures.")
@click.option("--take-back", is_flag=True, help="Take emptied rows out of the data.")
@click.option("--lang", default=speech.language, type=click.Choice(speech.LANGUAGES))
def take(workbook: Path, report: Path | None, take_back: bool, lang: str) -> None:
    """Take the filled WORKBOOK of a period into the data: all of it or, with any problem, none."""
    from halfyear.data import checks
    from halfyear.periods import returned

    project = Project.find()
    read = _placing(project, workbook, report) if report else None
    gone = returned.emptied(project, workbook)
    problems, counts = returned.take(project, workbook, read, take_back=take_back)
    if problems:
        click.echo(checks.listing([problem.say(lang) for problem in problems], lang))
        sys.exit(1)
    for one in gone:
        click.echo(_told(one, take_back=take_back))
    for table, (added, changed) in counts.items():
        click.echo(speech.said("taken", table=table, added=added, changed=changed))
    if not counts and not (take_back and any(one.sure for one in gone)):
        click.echo(speech.said("unchanged", name=workbook.name))
    elif set(counts) <= {"sources"} and not gone:
        click.echo(speech.said("unfilled", name=workbook.name))


def _told(one: "Emptied", *, take_back: bool) -> str:
    """Tell of an emptied row what the data hold for it, and what becomes of that."""
    cells = one.row.cells
    key = ("taken_back" if take_back else "emptied") if one.sure else "emptied_unsure"
    return speech.said(
        key,
        sheet=one.row.sheet,
        row=one.row.row,
        what=" ".join(filter(None, map(cells.get, WHAT))),
        file=one.file,
        lines=", ".join(map(str, one.lines)),
    )


def _placing(project: Project, workbook: Path, report: Path) -> "Placing":
    """Read the report whose figures a workbook holds; warn where it may be of another place."""
    from halfyear.document.step import Step
    from halfyear.intake import words
    from halfyear.intake.placing import Placing
    from halfyear.periods import returned

    def tell(step: Step) -> None:
        key = step.what if step.of else f"{step.what}_alone"
        speech.aside(words.say(speech.language(), f"command.{key}", done=step.done, of=step.of))

    read = Placing.of(project, report, returned.edition_of(project, workbook), tell)
    if read.unsure:
        lang = speech.language()
        speech.remark(words.say(lang, "command.warning", warning=read.unsure.say(lang)))
    return read


@click.command()
@click.option("--anyones", is_flag=True, help="Take the change back though another made it.")
def undo(anyones: bool) -> None:
    """Take back the last change of the data that new, import or accept made."""
    from halfyear.data import change

    done = change.undo(Project.find(), anyones=anyones)
    click.echo(speech.said("undone", what=done.what))
    for entry in done.entries:
        click.echo(speech.said("undone_file", name=entry.name))
    click.echo(speech.said("redo"))


@click.command()
@click.argument("before")
@click.argument("after")
@click.option("--as-of", is_flag=True, help="BEFORE and AFTER are days of one edition.")
@click.option("--period", default=usual, help="The edition that --as-of looks at.")
@click.option("--lang", default=speech.language, type=click.Choice(speech.LANGUAGES))
def diff(before: str, after: str, as_of: bool, period: str, lang: str) -> None:
    """List what is new, revised, withdrawn or contradictory from edition BEFORE to AFTER."""
    from halfyear.analysis import changes
    from halfyear.edition import Edition
    from halfyear.periods import diff as difference

    if as_of:
        first, second = difference.as_of(period, before, after)
    else:
        first, second = Edition.open(before), Edition.open(after)
    click.echo(difference.listing(changes.between(first, second), second, lang))


@click.command()
@click.argument("period", default=usual)
@click.pass_context
def review(context: click.Context, period: str) -> None:
    """Make every check of a built PERIOD again and pack it for the reviewer."""
    from halfyear.proofs import review as pack

    known = context.parent.command if context.parent else context.command
    verbs = known.list_commands(context) if isinstance(known, click.Group) else []
    packed, outcomes, found = pack.run(Project.find(), period, verbs, speech.progress)
    for outcome in outcomes:
        click.echo(f"{outcome.check}: {outcome.state}")
    for state in dict.fromkeys(one.state for one in found):
        count = sum(one.state == state for one in found)
        click.echo(f"figures and tables {state}: {count}")
    click.echo(f"{period}: {packed}")
    if pack.failed(outcomes, found):
        sys.exit(1)
