"""Upgrade: what a project began with, held against what the installed package would begin with."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from halfyear.data.faults import fault
from halfyear.errors import DataError
from halfyear.period import Period
from halfyear.periods import began, founding
from halfyear.project import Project

BESIDE = ".new"  # ending of a newer file beside one that was changed here


@dataclass(frozen=True)
class Differences:
    """Names of the files that the package has otherwise than the project began with.

    fresh are those that nobody changed here, both those changed here as well, gone those that the
    package has no more.
    """

    fresh: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def take(project: Project, *, dry: bool = False) -> Differences:
    """Take the package's newer files; one that was changed here stays, the newer one beside it.

    Files that the package has no more are left. A dry run only tells. Raises DataError where the
    project does not say what it began with.
    """
    told = began.read(project)
    if not told:
        raise DataError(fault("init_unrecorded", file=began.RECORD))
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Project(Path(scratch) / "made")
        first = founding.First(told["lang"], Period.parse(told["period"]))
        founding.found(fresh.root, [project.home], first)
        found = _compared(project, fresh)
        if not dry:
            for name in found.fresh:
                _copy(fresh.root / name, project.root / name)
            for name in found.both:
                _copy(fresh.root / name, project.root / f"{name}{BESIDE}")
            _copy(fresh.root / began.RECORD, project.root / began.RECORD)
    return found


def _compared(project: Project, fresh: Project) -> Differences:
    then, now = began.read(project)["files"], began.read(fresh)["files"]
    newer = {}
    for name, digest in now.items():
        here = began.digest(project.root / name)
        if then.get(name) != digest and here != digest:
            newer[name] = here
    own = [name for name, here in newer.items() if here not in ("", then.get(name))]
    return Differences(
        fresh=tuple(name for name in newer if name not in own),
        both=tuple(own),
        gone=tuple(name for name in then if name not in now and (project.root / name).is_file()),
    )


def _copy(file: Path, target: Path) -> None:
    """Copy a file whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    shutil.copyfile(file, part)
    part.replace(target)
