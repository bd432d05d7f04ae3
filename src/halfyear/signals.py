"""The signals that ask this process to end: Ctrl-C, a closed terminal, a request of the system."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn, TypeAlias

Handler: TypeAlias = Callable[[int, FrameType | None], Any] | signal.Handlers

NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


def interrupt(number: int, frame: FrameType | None) -> NoReturn:
    """Answer as Python itself answers Ctrl-C."""
    del number, frame
    raise KeyboardInterrupt


def handle(handler: Handler) -> dict[int, Any]:
    """Let a handler answer each of them; give the handlers before, by number.

    A signal that is ignored, as SIGHUP under nohup, stays so; Windows has no SIGHUP.
    """
    numbers = [number for name in NAMES if (number := getattr(signal, name, None)) is not None]
    heard = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    return {number: signal.signal(number, handler) for number in heard}


@contextmanager
def handled(handler: Handler) -> Iterator[None]:
    """Let a handler answer each of them for a while; only the main thread can be asked to end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = handle(handler)
    try:
        yield
    finally:
        for number, one in before.items():
            signal.signal(number, one)
