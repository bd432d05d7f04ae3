"""What the executions of a notebook in several languages share: a study is made once a build.

What a study comes to hangs on no language, and nothing it is made of changes while a build runs.
"""

import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from halfyear import reads

FOLDER = "HALFYEAR_STUDIES"  # where the environment says in which folder a notebook's lie
T = TypeVar("T")


def once(name: str, make: Callable[[], T]) -> T:
    """What is made under a name, found where the notebook has made it in another language.

    What was read for it counts as read by whoever finds it. Without a build it is made.
    """
    folder = os.environ.get(FOLDER)
    if not folder:
        return make()
    file = Path(folder, f"{name.replace('/', ' ')}.pickle")
    with suppress(FileNotFoundError):
        with reads.unnoted():
            content = file.read_bytes()
        made, names = pickle.loads(content)
        reads.take(names)
        found: T = made
        return found
    made = make()
    with reads.unnoted():
        fresh = file.with_name(f"{os.getpid()} {file.name}")
        fresh.write_bytes(pickle.dumps((made, reads.noted())))
        fresh.replace(file)
    return made
