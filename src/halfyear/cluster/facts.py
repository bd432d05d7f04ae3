"""What a machine builds with: the package, its libraries, Python and engine, each by name."""

import platform
from collections.abc import Iterator, Mapping
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from halfyear import manifest, snapshot, tasks
from halfyear.errors import RenderError
from halfyear.render.engine import choose

NONE = "none"
PACKAGE = "halfyear"


def facts(engine: str) -> dict[str, str]:
    """Give all that the bytes of an edition hang on besides its inputs, by name.

    Files of the package have their hash, libraries that it needs, directly or not, their version.
    """
    try:
        found = choose(engine)
        version = f"{found.name} {found.version}"
    except RenderError:
        version = NONE
    return {
        "python": platform.python_version(),
        "architecture": platform.machine(),
        "engine": version,
        **dict(sorted(_versions())),
        **{name: manifest.digest(path) for name, path in snapshot.package().items()},
    }


def digest(known: Mapping[str, str]) -> str:
    """Hash of facts, by which machines know that they build the same bytes."""
    return tasks.digest(known)


def differing(ours: Mapping[str, str], theirs: Mapping[str, str]) -> tuple[str, str]:
    """The first fact in which two machines differ, as each has it."""
    name = next(name for name in [*ours, *theirs] if ours.get(name) != theirs.get(name))
    here, there = (_short(known.get(name, NONE)) for known in (ours, theirs))
    return f"{name} {here}", f"{name} {there}"


def _short(value: str) -> str:
    return value[:12] if len(value) == 64 else value


def _versions() -> Iterator[tuple[str, str]]:
    """Name and version of every library that the package needs, with its extras."""
    ahead, seen = [(PACKAGE, "")], set[tuple[str, str]]()
    while ahead:
        name, extra = ahead.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        try:
            library = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            yield name, NONE
            continue
        yield name, library.version
        for line in library.requires or ():
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                canonical = canonicalize_name(needed.name)
                ahead += [(canonical, each) for each in ("", *sorted(needed.extras))]
