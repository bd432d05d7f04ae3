"""The one door of every verb: its language, its errors as lines to read, its exit codes."""

import os
import select
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import click

from halfyear import signals
from halfyear.commands import causes, speech
from halfyear.errors import HalfyearError, Problem
from halfyear.project import Project

INPUT = 1
USAGE = 2  # click's own
PROGRAM = 3
INTERRUPTED = 130
_CHANGING = ".changing-data"


class Door(click.Group):
    """A group whose verbs stand in the order of work and share options, errors and exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own name
        """Give the verbs in the order of work."""
        return list(self.commands)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a verb, with the options that every verb has."""
        own = {option for param in cmd.params for option in param.opts}
        cmd.params += [option for option in _common() if not own.intersection(option.opts)]
        super().add_command(cmd, name)

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one line a verb, none cut short."""
        rows = [
            (name, (verb.help or "").partition("\n")[0]) for name, verb in self.commands.items()
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def main(self, args: Sequence[str] | None = None, *given: Any, **named: Any) -> Any:
        """Run a verb in the language asked for."""
        asked = list(sys.argv[1:] if args is None else args)
        speech.begin(asked)
        with signals.handled(signals.interrupt):  # a closed terminal stops the work as Ctrl-C does
            try:
                _speak(self)
                return super().main(asked, *given, **named)
            except KeyboardInterrupt:
                _interrupted()

    def make_context(self, *given: Any, **named: Any) -> click.Context:
        """Read the words of the command line."""
        try:
            return super().make_context(*given, **named)
        except KeyboardInterrupt:
            _interrupted()

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb; whatever stops it becomes lines to read and an exit code."""
        try:
            if (problem := causes.clock()) is not None:
                raise HalfyearError(problem)
            _recover()
            return super().invoke(ctx)
        except HalfyearError as error:
            speech.complain(error.problems)
            sys.exit(INPUT)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except (KeyboardInterrupt, click.Abort):
            _interrupted()
        except Exception as error:
            if isinstance(error, BrokenPipeError) and _unheard():
                raise  # click's own way to end when its reader has had enough
            _fail(error, ctx.invoked_subcommand or "halfyear")


def _unheard() -> bool:
    """Has whoever reads what this command prints gone away?"""
    with suppress(OSError, ValueError, AttributeError):  # no such look on Windows
        look = select.poll()
        for stream in (sys.stdout, sys.stderr):
            look.register(stream.fileno(), 0)
        return any(event & select.POLLERR for _, event in look.poll(0))
    return False


def _interrupted() -> NoReturn:
    speech.remark(speech.said("interrupted"))
    sys.exit(INTERRUPTED)


def problems(error: Exception, verb: str) -> tuple[Problem, ...]:
    """Tell whatever stopped a verb as problems; the traceback of what none expects is kept."""
    if isinstance(error, HalfyearError):
        return error.problems
    return (causes.problem(error, _log(error, verb)),)


def _fail(error: Exception, verb: str) -> NoReturn:
    speech.complain(problems(error, verb))
    sys.exit(PROGRAM if causes.kind(error) == causes.INTERNAL else INPUT)


def _log(error: Exception, verb: str) -> str:
    """Keep the traceback in a file, in build/logs or, where that cannot be, a temporary one."""
    text = "".join(traceback.format_exception(error))
    name = f"{verb}-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    folders: list[Callable[[], Path]] = [
        lambda: Project.find().build / "logs",
        lambda: Path(tempfile.gettempdir()),
    ]
    for folder in folders:
        with suppress(OSError, HalfyearError):
            path = folder() / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
            return str(path)
    return "-"


def _recover() -> None:
    """Finish or put back a change of the data that was cut off, and say so."""
    try:
        project = Project.find()
    except HalfyearError:
        return
    if (project.root / _CHANGING).exists():
        from halfyear.data import change

        recovery = change.recover(project)
        if recovery is not None:
            speech.remark(speech.said(f"change_{recovery.state}", what=recovery.what))


def _common() -> list[click.Option]:
    languages = click.Choice(speech.LANGUAGES)
    return [
        click.Option(
            ["--lang"], type=languages, expose_value=False, help="Language, else the locale's."
        ),
        click.Option(
            ["-q", "--quiet"], is_flag=True, expose_value=False, help="Tell results only."
        ),
    ]


def _speak(group: click.Group) -> None:
    """Let help speak the language of the command."""
    lang, words = speech.language(), speech.words()
    texts = words["options"]
    for name, verb in (("halfyear", group), *group.commands.items()):
        verb.help = words["help"][name][lang]
        for param in verb.params:
            own = texts.get(f"{name}.{param.name}") or texts.get(param.name)
            if own and isinstance(param, click.Option):
                param.help = own[lang]
