"""An errand: a build that a worker has started, and that ends when its worker does."""

import os
import signal
import sys
import threading
import time

GRACE = 3.0  # seconds in which an interrupted build ends by itself
RUN = (
    "from halfyear.cluster import errand; errand.follow(); "
    "from halfyear.__main__ import main; main()"
)


def follow() -> None:
    """End this process when the other end of its standard input is closed, by whatever."""
    watched = os.dup(sys.stdin.fileno())
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - a device
        os.dup2(nothing.fileno(), sys.stdin.fileno())
    threading.Thread(target=_wait, args=(watched,), name="worker", daemon=True).start()


def _wait(watched: int) -> None:
    while os.read(watched, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
