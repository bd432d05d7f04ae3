"""Temporary folders outside a build, for programs that read nothing in the folders of a build."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = "HALFYEAR_OUTSIDE"  # names the folder that holds them and goes with the build


@contextmanager
def outside() -> Iterator[Path]:
    """A folder in the temporary folder of the system, even in a build, which works in `.work`.

    It goes when the build ends or is interrupted; a build that is killed meanwhile leaves it.
    """
    system = Path(os.environ.get(FOLDER, tempfile.gettempdir()))
    system.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=system, prefix="halfyear-") as folder:
        yield Path(folder)
