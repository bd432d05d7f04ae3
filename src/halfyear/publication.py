"""The publication of a finished folder: it takes the place of the last one whole, or not at all."""

import shutil
from pathlib import Path


def beside(folder: Path) -> Path:
    """The folder, on the same disk, in which what shall stand in `folder` is made."""
    return folder.with_name(f".new-{folder.name}")


def replace(folder: Path, fresh: Path) -> None:
    """Put a finished folder in the place of another, which is removed."""
    old = folder.with_name(f".old-{folder.name}")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
