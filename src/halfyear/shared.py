"""What the notebooks of a build share: a study is made once, in whatever language it is told.

What a study comes to hangs on no language, and nothing it is made of changes while a build runs.
"""

import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from halfyear import reads

FOLDER = "HALFYEAR_STUDIES"  # where the environment says in which folder of the build they lie
T = TypeVar("T")


def once(name: str, make: Callable[[], T]) -> T:
    """What is made under a name, found where another notebook of the build has made it.

    What was read for it counts as read by whoever finds it. Without a build it is made.
    """
    folder = os.environ.get(FOLDER)
    if not folder:
        return make()
    file = Path(folder, f"{name.replace('/', ' ')}.pickle")
    with suppress(FileNotFoundError):
        made, names = pickle.loads(file.read_bytes())
        reads.take(names)
        found: T = made
        return found
    made = make()
    fresh = file.with_name(f"{os.getpid()} {file.name}")
    fresh.write_bytes(pickle.dumps((made, reads.noted())))
    fresh.replace(file)
    return made
