"""What verbs share: the usual edition and the last build."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from halfyear.commands import speech
from halfyear.errors import BuildError, HalfyearError, PeriodError, Problem
from halfyear.project import Project

if TYPE_CHECKING:
    from halfyear.edition import Edition
    from halfyear.results import Results


def newest() -> str:
    """Name of the newest edition of the project's own place; "" where it has none yet."""
    from halfyear.periods import listed

    own = [edition for edition in listed.editions(Project.find()) if not edition.place]
    return str(own[-1]) if own else ""


def usual() -> str:
    """Name of the edition that a verb means where none is named: the newest of the home place.

    Raises PeriodError where there is none yet.
    """
    if name := newest():
        return name
    en, vi = (
        Problem(
            "there is no edition yet",
            file="params/",
            expected="the params file of an edition",
            mend="halfyear new PERIOD writes it, as in halfyear new 2026-H1",
        ),
        Problem(
            "chưa có kỳ nào",
            file="params/",
            expected="tệp tham số của một kỳ",
            mend="chạy halfyear new KỲ để tạo, ví dụ halfyear new 2026-H1",
        ),
    )
    raise PeriodError(replace(en, vi=vi))


def tell_older(project: Project) -> None:
    """Say beside the result where the package is newer than what the project began with."""
    from halfyear.periods import began

    if began.older(project):
        speech.remark(speech.said("kit_older"))


def built(period: str) -> Path:
    """Folder of the last build of an edition."""
    project = Project.find()
    return project.build / str(project.named(period))


def changed(project: Project, folder: Path, *, code: bool) -> list[str]:
    """Inputs, with or without the program's own files, that changed since `folder` was built."""
    from halfyear import manifest

    inputs: dict[str, str] = manifest.read(folder, "inputs")["inputs"]
    return [
        name
        for name, digest in inputs.items()
        if (code or not name.startswith("src/")) and _digest(project.root / name) != digest
    ]


def _digest(path: Path) -> str:
    from halfyear import manifest

    return manifest.digest(path) if path.is_file() else ""


@contextmanager
def built_of_these(period: str) -> Iterator[None]:
    """Ask for a new build where the last one does not fit what the program now expects of it.

    Raises BuildError for whatever fails inside while inputs differ from those of the build.
    """
    try:
        yield
    except HalfyearError:
        raise
    except Exception as error:
        later = changed(Project.find(), built(period), code=True)
        if not later:
            raise
        raise BuildError(
            Problem(
                speech.said("outdated"),
                file=str(built(period)),
                found=", ".join(later[:3]) + (" …" if len(later) > 3 else ""),
                mend=f"halfyear report {period}",
            )
        ) from error


def last_build(period: str) -> "tuple[Edition, Results]":
    """Open an edition and the results of its last build; raises BuildError where none was made."""
    from halfyear.edition import Edition
    from halfyear.results import Results

    edition = Edition.open(period)
    results = built(period) / "results.json"
    if not results.is_file():
        mend = f"halfyear report {period} computes them"
        raise BuildError(Problem("no results of this period", file=str(results), mend=mend))
    return edition, Results.load(results)
