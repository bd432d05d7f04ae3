"""How doit runs the tasks of a build and tells what runs and what is unchanged."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from doit.cmd_base import ModuleTaskLoader
from doit.doit_cmd import DoitMain
from doit.exceptions import TaskFailed
from doit.reporter import ConsoleReporter
from doit.tools import config_changed

WORKERS = 2


def run(
    name: str,
    tasks: Callable[[], Iterator[dict[str, Any]]],
    state: Path,
    say: Callable[[str], None],
) -> bool:
    """Run the tasks of a name and tell whether all went well; `state` keeps content hashes."""
    settings = {
        "dep_file": str(state),
        "backend": "json",
        "num_process": WORKERS,
        "par_type": "thread",
        "verbosity": 1,
        "reporter": _reporter(say),
    }
    loader = ModuleTaskLoader({f"task_{name}": tasks, "DOIT_CONFIG": settings})
    with _streams_kept():
        return not DoitMain(loader, extra_config={"GLOBAL": {}}).run(["run"])


def same(text: str) -> Any:
    """Let a task run again when a text it depends on has changed."""
    return config_changed(text)


@contextmanager
def _streams_kept() -> Iterator[None]:
    """Put the streams back: doit swaps them for each task, which two threads leave crossed."""
    kept = sys.stdout, sys.stderr
    try:
        yield
    finally:
        sys.stdout, sys.stderr = kept


def _reporter(say: Callable[[str], None]) -> type:
    class Progress(ConsoleReporter):  # type: ignore[misc]
        """Tells what runs, what is unchanged and what failed; why it failed the build tells."""

        def add_failure(self, task: Any, fail: Any) -> None:
            if isinstance(fail, TaskFailed):
                say(f"  {task.name.partition(':')[2]}: failed")
            else:
                super().add_failure(task, fail)

        def execute_task(self, task: Any) -> None:
            if task.actions:
                say(f"  {task.name.partition(':')[2]}")

        def skip_uptodate(self, task: Any) -> None:
            say(f"  {task.name.partition(':')[2]}: unchanged")

    return Progress
