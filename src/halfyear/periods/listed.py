"""The editions of a project: those that have a params file."""

from pathlib import Path

from halfyear.data.faults import Fault, fault
from halfyear.errors import ParamsError, PeriodError
from halfyear.identity import Identity
from halfyear.period import Period
from halfyear.project import Project


def editions(project: Project) -> list[Identity]:
    """List the editions that have a params file: of the project's own place, then of others.

    Of each place the earliest first. Raises ParamsError naming every file there that is not named
    after an edition.
    """
    strays = stray(project)
    if strays:
        raise ParamsError(*strays)
    found = (edition for _, edition in _named(project) if edition)
    return sorted(found, key=lambda edition: (edition.place, edition.period.end))


def stray(project: Project) -> list[Fault]:
    """Find the files in params/ that are not named after an edition."""
    return [
        fault("params_stray", file=f"params/{path.as_posix()}")
        for path, edition in _named(project)
        if edition is None
    ]


def _named(project: Project) -> list[tuple[Path, Identity | None]]:
    paths = sorted([*project.params.glob("*.yml"), *project.params.glob("*/*.yml")])
    return [(path.relative_to(project.params), _of(project, path)) for path in paths]


def _of(project: Project, path: Path) -> Identity | None:
    folder = path.parent.relative_to(project.params).name
    try:
        period = Period.parse(path.stem)
    except PeriodError:
        return None
    return Identity(period, folder) if period.is_edition else None
