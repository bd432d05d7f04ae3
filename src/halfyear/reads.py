"""Reads: what a notebook looked at in the tables, so that only a change in that executes it again.

A kernel notes what its notebook asks of the edition: whole tables, or the rows of one figure. It
notes nothing, and the notebook counts as having read all data, where another way to the data was
taken: a file opened, a second edition, a module that may read files unseen.
"""

import ast
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from halfyear.project import WORK

FILE = "HALFYEAR_READS"  # where the environment says in which file reads are to be kept
FIGURE, INPUT = "figure", "input"  # reads of the row of an id, and of a file by its name
TABLE = ".csv"  # ending of the files whose content is known by what is read of them
SEEN = frozenset({"halfyear", "matplotlib", "numpy", "pandas", "seaborn"})  # open files in Python
OPENING = frozenset({"open", "os.listdir", "os.scandir"})
STARTING = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty"}
)


@dataclass
class Watch:
    """What one kernel has read, and whether that is all."""

    file: Path
    root: Path  # of the project, or of the copy of its inputs that is built from
    names: set[str] = field(default_factory=set)
    edition: tuple[str, str] | None = None
    whole: bool = True
    inside: bool = False
    kept: bool = False

    def note(self, name: str) -> None:
        """Note a read; what is read after they were kept takes them back."""
        if name not in self.names:
            self.names.add(name)
            self._take_back()

    def lose(self) -> None:
        """The data were reached by a way on which nothing is noted."""
        if not self.inside:
            self.whole = False
            self._take_back()

    def _take_back(self) -> None:
        if self.kept:
            self.file.unlink(missing_ok=True)
            self.kept = False

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Hear what Python tells of files opened and processes started; see sys.addaudithook."""
        if event in STARTING:
            self.lose()
        elif event in OPENING and isinstance(arguments[0], str | bytes | os.PathLike):
            self._heard(os.path.abspath(os.fsdecode(arguments[0])), event)  # noqa: PTH100

    def _heard(self, path: str, event: str) -> None:
        if self._leads(path, event):
            self.lose()
        elif event == "open" and path.startswith(self._inputs) and not self.inside:
            self.note(f"{INPUT} {Path(path[len(self._inputs) :]).as_posix()}")

    def _leads(self, path: str, event: str) -> bool:
        """Whether a path leads to tables, or to what a build made of them."""
        if path.startswith(self._data):
            return event != "open" or path.endswith(TABLE)
        return path.endswith(TABLE) or (
            path.startswith(self._builds) and not path.startswith(self._own)
        )

    @cached_property
    def _inputs(self) -> str:
        return f"{self.root}{os.sep}"

    @cached_property
    def _data(self) -> str:
        return str(self.root / "data")

    @cached_property
    def _builds(self) -> tuple[str, ...]:
        parts = self.root.parts
        return (f"{Path(*parts[: parts.index(WORK)])}{os.sep}",) if WORK in parts else ()

    @cached_property
    def _own(self) -> tuple[str, ...]:
        """What of the builds a kernel may open: inputs, its own results and temporary files."""
        own = (self.root, self.file.parent, *filter(None, [os.environ.get("TMPDIR")]))
        return tuple(f"{folder}{os.sep}" for folder in own)


_WATCH: list[Watch] = []


def watch(root: Path) -> None:
    """Begin to note what this process reads, for good, where the environment asks for it."""
    if file := os.environ.get(FILE):
        _WATCH[:] = [Watch(Path(file), root.absolute())]
        sys.addaudithook(_WATCH[0].hook)


def note(*what: str) -> None:
    """Note what is read: a table, its rows on an indicator or of one key, `FIGURE` with an id.

    That there is none is read as well.
    """
    for one in _WATCH:
        one.note(" ".join(what))


def opened(name: str, day: object) -> None:
    """An edition is opened: reads of more than one are not told apart."""
    for one in _WATCH:
        if one.edition not in (None, (name, str(day))):
            one.lose()
        one.edition = (name, str(day))


@contextmanager
def unnoted() -> Iterator[None]:
    """Let files be opened of which only what is noted is shown."""
    for one in _WATCH:
        one.inside = True
    try:
        yield
    finally:
        for one in _WATCH:
            one.inside = False


def noted() -> tuple[str, ...] | None:
    """What was read so far; None where that is not known."""
    for one in _WATCH:
        return tuple(sorted(one.names)) if one.whole else None
    return None


def take(names: Iterable[str] | None) -> None:
    """Count as read what another process read, of whose work this one goes on."""
    for one in _WATCH:
        if names is None:
            one.lose()
        for name in names or ():
            one.note(name)


def keep() -> None:
    """Keep what was read so far in the file that the environment names, where that is all."""
    for one in _WATCH:
        if one.whole and one.edition:
            text = json.dumps({"edition": one.edition, "names": sorted(one.names)}, indent=1)
            one.kept = True
            one.file.write_text(text, encoding="utf-8", newline="\n")


def kept(file: Path, name: str, day: object) -> list[str] | None:
    """What an execution read of an edition; None where that is not known."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        edition, names = content["edition"], [str(name) for name in content["names"]]
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None
    return names if edition == [name, str(day)] else None


def trusted(notebook: Path) -> bool:
    """Whether a notebook imports nothing that may open files unseen."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    try:
        nodes = [node for text in code for node in ast.walk(ast.parse(text))]
    except SyntaxError:
        return False
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in names} <= SEEN


def digests(shown: Iterable[tuple[tuple[str, ...], object]]) -> dict[str, str]:
    """sha256 of what each read shows; one that comes several times shows all of it in order."""
    sums: dict[str, Any] = {}
    for what, row in shown:
        sums.setdefault(" ".join(what), hashlib.sha256()).update(f"{row!r}\0".encode())
    return {name: found.hexdigest() for name, found in sums.items()}
