"""The place where an edition is built: its inputs in a folder that one build at a time works in."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from halfyear import interruption, params, snapshot
from halfyear.data import change, lock
from halfyear.errors import HalfyearError
from halfyear.identity import Identity
from halfyear.params import Params
from halfyear.progress import Line
from halfyear.project import Project
from halfyear.snapshot import Snapshot

ROOT = "HALFYEAR_ROOT"
WAITING = Line(
    "  another build of this period is running: waiting for it to end",
    "  kỳ này đang được làm ở một tiến trình khác: chờ đến khi xong",
)


@contextmanager
def prepared(
    project: Project, edition: Identity, work: Path, say: Callable[[str], None]
) -> Iterator[tuple[Snapshot, Params]]:
    """Take the inputs of an edition into a folder that one build at a time works in.

    Meanwhile the package finds the project in the snapshot; problems name its own files.
    """
    params.read(project.choices(edition))  # nothing is made for a period without params
    work.mkdir(parents=True, exist_ok=True)
    with alone(work, say), interruption.scratch(work / "tmp"):
        taken = _taken(project, edition, work / "inputs")
        with _named_after(project, taken), _root(taken.root):
            yield taken, params.read(Project(taken.root).choices(edition))


def contents(project: Project, edition: Identity) -> tuple[dict[str, bytes], dict[str, str]]:
    """The inputs of an edition by name, and the hashes of all that it is built from."""
    with _unchanging(project):
        found, code = snapshot.read(project, edition)
    every = {**snapshot.digests(found), **code}
    return found, {name: every[name] for name in sorted(every)}


def _taken(project: Project, edition: Identity, folder: Path) -> Snapshot:
    with _unchanging(project):
        return snapshot.take(project, edition, folder)


@contextmanager
def _unchanging(project: Project) -> Iterator[None]:
    """Let nobody change the data meanwhile, after a change that was cut off is settled."""
    change.recover(project)
    with ExitStack() as stack:
        with suppress(OSError):  # nobody can change what cannot be written
            stack.enter_context(lock.held(project.data))
        yield


@contextmanager
def alone(work: Path, say: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Let two builds of one period follow each other; the system frees the lock of a dead one."""
    turn = FileLock(work.with_name(f"{work.name}.lock"))
    try:
        turn.acquire(timeout=0)
    except Timeout:
        say(WAITING)
        turn.acquire()
    try:
        yield
    finally:
        turn.release()


@contextmanager
def _root(folder: Path) -> Iterator[None]:
    """Let the package find its project in a folder."""
    kept = os.environ.get(ROOT)
    os.environ[ROOT] = str(folder)
    try:
        yield
    finally:
        os.environ.pop(ROOT)
        if kept is not None:
            os.environ[ROOT] = kept


@contextmanager
def _named_after(project: Project, taken: Snapshot) -> Iterator[None]:
    """Let problems name the files of the project, which are to be mended, and not their copies."""
    try:
        yield
    except HalfyearError as error:
        copy, original = str(taken.root), str(project.root)
        texts = ("what", "file", "expected", "found", "mend")
        problems = (
            replace(p, **{name: getattr(p, name).replace(copy, original) for name in texts})
            for p in error.problems
        )
        raise type(error)(*problems) from error
