"""The command `halfyear` from its first moment on, before anything slow is loaded."""

import os
import sys
from contextlib import suppress
from types import FrameType

from halfyear import signals

CODE = 130


def main() -> None:
    """Run the command; one that is interrupted while it still loads says so and ends."""
    signals.handle(_interrupted)
    from halfyear.cli import main as command

    command()


def _interrupted(number: int, frame: FrameType | None) -> None:
    del number, frame
    with suppress(OSError):
        print("đã ngắt · interrupted", file=sys.stderr, flush=True)
    os._exit(CODE)


if __name__ == "__main__":
    main()
