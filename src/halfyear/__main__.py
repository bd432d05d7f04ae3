"""The command `halfyear` from its first moment on, before anything slow is loaded."""

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

CODE = 130
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


def main() -> None:
    """Run the command; one that is interrupted while it still loads says so and ends.

    A signal that is ignored, as SIGHUP under nohup, stays so.
    """
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupted)
    from halfyear.cli import main as command

    command()


def _interrupted(number: int, frame: FrameType | None) -> None:
    del number, frame
    with suppress(OSError):
        print("đã ngắt · interrupted", file=sys.stderr, flush=True)
    os._exit(CODE)


if __name__ == "__main__":
    main()
