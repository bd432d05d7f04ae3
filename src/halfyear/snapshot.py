"""The snapshot of a build's inputs: taken once, so that no change meanwhile is lost or mixed in."""

import hashlib
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from halfyear.errors import BuildError, PeriodError, Problem
from halfyear.identity import Identity
from halfyear.period import Period
from halfyear.project import Project

PACKAGE = Path(__file__).parent
PICTURES = "pictures"  # in report/, for the READMEs, no part of an edition
TRIES, PAUSE = 20, 0.1  # seconds between two tries

Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class Snapshot:
    """A copy of a project's inputs below `root`, with the sha256 of each by its name.

    files: name below the project, with /; code: the same for the package, as src/halfyear/...
    """

    root: Path
    files: Mapping[str, str]
    code: Mapping[str, str]
    stamps: Mapping[Path, Stamp]

    @property
    def hashes(self) -> dict[str, str]:
        """Hashes of everything the edition is built from, sorted by name."""
        every = {**self.files, **self.code}
        return {name: every[name] for name in sorted(every)}

    def disturbed(self) -> list[Problem]:
        """What is no longer as it was taken, for a build must not go on from it."""
        changed = [path for path, stamp in self.stamps.items() if _stamp(path) != stamp]
        problems = []
        for path in changed:
            if path.is_relative_to(self.root):
                what, mend = "a notebook changed its input", "let notebooks read, not write"
                problems.append(Problem(what, str(path), mend=mend))
            else:
                what = "the program changed while it built"
                problems.append(Problem(what, str(path), mend="start the build again"))
        return problems


def take(project: Project, edition: Identity, folder: Path) -> Snapshot:
    """Copy what an edition is built from into a folder, as it stands at one moment.

    Raises BuildError where the inputs do not stand still long enough to be read.
    """
    contents, code = read(project, edition)
    _write(folder, contents)
    files = digests(contents)
    stamps = _stamps([*(folder / name for name in files), *package().values()])
    return Snapshot(folder, files, code, stamps)


def read(project: Project, edition: Identity) -> tuple[dict[str, bytes], dict[str, str]]:
    """The inputs of an edition by name, as they stand at one moment, and the package's hashes.

    Raises BuildError where the inputs do not stand still long enough to be read.
    """
    for _ in range(TRIES):
        paths = inputs(project, edition)
        before = _stamps([*paths.values(), *package().values()])
        contents = _contents(paths)
        code = {name: _digest(path.read_bytes()) for name, path in package().items()}
        again = [*inputs(project, edition).values(), *package().values()]
        if contents is not None and before == _stamps(again):
            return contents, code
        time.sleep(PAUSE)
    raise BuildError(
        Problem(
            "the inputs change all the time",
            str(project.root),
            mend="wait until what writes to the project has ended, then build",
        )
    )


def digests(contents: Mapping[str, bytes]) -> dict[str, str]:
    """sha256 of contents by their names."""
    return {name: _digest(content) for name, content in contents.items()}


def inputs(project: Project, edition: Identity) -> dict[str, Path]:
    """Files of the project that an edition is built from, by their names below it.

    Of the params files only the edition's own and that of the last edition before it count.
    """
    found = [
        path
        for folder, pattern in (
            (project.data, "**/*.csv"),
            (project.data, "*.json"),
            (project.data, "*.yml"),
            (project.report, "**/*.*"),
            (project.notebooks, "[0-9][0-9]_*.ipynb"),
        )
        for path in folder.glob(pattern)
        if path.is_file() and path.parent != project.report / PICTURES
    ]
    found += _params(project, edition)
    return {path.relative_to(project.root).as_posix(): path for path in sorted(found)}


def package() -> dict[str, Path]:
    """Files of this package by name, src/halfyear/..., wherever it is installed."""
    found = (path for kind in ("py", "yml") for path in PACKAGE.rglob(f"*.{kind}"))
    return {f"src/{path.relative_to(PACKAGE.parent).as_posix()}": path for path in sorted(found)}


def _params(project: Project, edition: Identity) -> list[Path]:
    earlier = []
    own = project.choices(edition)
    for path in own.parent.glob("*.yml"):
        try:
            known = Period.parse(path.stem)
        except PeriodError:
            continue
        if known.end < edition.period.end:
            earlier.append((known.end, path))
    return [*([max(earlier)[1]] if earlier else []), *([own] if own.is_file() else [])]


def _contents(paths: Mapping[str, Path]) -> dict[str, bytes] | None:
    try:
        return {name: path.read_bytes() for name, path in paths.items()}
    except FileNotFoundError:
        return None


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Make a folder hold these files and no others; what is the same already is left alone."""
    present = {path for path in folder.rglob("*") if not path.is_dir()}
    for path in present - {folder / name for name in contents}:
        path.unlink()
    for name, content in contents.items():
        path = folder / name
        if path in present and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _stamps(paths: Iterable[Path]) -> dict[Path, Stamp]:
    return {path: _stamp(path) for path in paths}


def _stamp(path: Path) -> Stamp:
    try:
        state = path.stat()
    except FileNotFoundError:
        return (0, 0, 0)
    return (state.st_mtime_ns, state.st_size, state.st_ino)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
