"""The publication of a build: a folder of finished files that replaces the last one whole."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path


def replace(folder: Path, files: Mapping[Path, Path], last: Callable[[Path], None]) -> None:
    """Put files (place inside the folder → where each is now) in the folder's stead, at once.

    `last` is called with the new folder before it takes its place; when anything fails until
    then, what stood there stays.
    """
    fresh, old = (folder.with_name(f".{word}-{folder.name}") for word in ("new", "old"))
    for scratch in (fresh, old):
        shutil.rmtree(scratch, ignore_errors=True)
    for place, file in files.items():
        target = fresh / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    last(fresh)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
