"""The fork server: a process that has loaded what others need, and forks them from it.

It has one thread, so that a fork copies a state that is whole; it ends, and every process that it
has forked with it, when the process that started it does.
"""

import gc
import json
import os
import selectors
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from halfyear import signals

PRCTL_DEATH_SIGNAL = 1


def main() -> None:
    """Serve requests, one JSON line each, on the socket whose number is the first argument.

    The second names the function, "module:function", that gets the server ready, and is called
    with the others.
    """
    peer = socket.socket(fileno=int(sys.argv[1]))
    named(sys.argv[2])(sys.argv[3:])
    settle()
    if not sys.flags.safe_path:
        del sys.path[0]  # the folder that the server was started in
    Server(peer).serve()


def inherit(peer: socket.socket, output: int) -> None:
    """Serve requests on a socket, in a process that was forked from the one at its other end.

    It keeps what that has loaded and nothing that it has open. What is printed goes to the file of
    number `output`.
    """
    gc.freeze()  # nothing of the other process is tidied here
    os.setsid()  # Ctrl-C is for the other process, which ends what it has started
    signals.handle(signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    for file in list(Path("/proc/self/fd").iterdir()):
        if (number := int(file.name)) > 2 and number != peer.fileno():
            with suppress(OSError):
                os.close(number)
    Server(peer).serve()


def named(function: str) -> Callable[[Sequence[str]], None]:
    """The function of a name, "module:function"."""
    module, _, name = function.partition(":")
    found: Callable[[Sequence[str]], None] = getattr(import_module(module), name)
    return found


def settle() -> None:
    """Let what is loaded be looked at by no collection of rubbish, and so copied by no fork."""
    gc.collect()
    gc.freeze()


def load(modules: Sequence[str]) -> None:
    """Load modules; one that cannot be loaded is left for who needs it to tell."""
    for name in modules:
        with suppress(Exception):
            import_module(name)


class Server:
    """The loop that forks processes on request and tells when each has ended."""

    def __init__(self, peer: socket.socket) -> None:
        self.peer = peer
        self.forked: set[int] = set()
        self.rest = b""
        self.woken, self.wake = os.pipe()

    def serve(self) -> None:
        """Serve until the peer closes its end; then no forked process is left."""
        os.set_blocking(self.wake, False)
        signal.set_wakeup_fd(self.wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        ready = selectors.DefaultSelector()
        ready.register(self.peer, selectors.EVENT_READ, self._requests)
        ready.register(self.woken, selectors.EVENT_READ, self._ended)
        try:
            while all(key.data() for key, _ in ready.select()):
                pass
        except OSError:
            return  # the peer has gone before it heard the answer
        finally:
            for pid in self.forked:
                with suppress(OSError):
                    os.killpg(pid, signal.SIGKILL)

    def _requests(self) -> bool:
        received = self.peer.recv(1 << 16)
        *lines, self.rest = (self.rest + received).split(b"\n")
        for line in lines:
            self._fork(json.loads(line))
        return bool(received)

    def _ended(self) -> bool:
        os.read(self.woken, 1 << 10)
        for pid in list(self.forked):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self.forked.discard(pid)
                self._say(ended=pid, code=os.waitstatus_to_exitcode(status))
        return True

    def _fork(self, request: dict[str, Any]) -> None:
        if not sys.modules.keys() >= set(request["load"]):
            load(request["load"])
            settle()
        try:
            pid = os.fork()
        except OSError as error:
            self._say(refused=str(error))
            return
        if pid == 0:
            self._become(request)
        with suppress(OSError):
            os.setpgid(pid, pid)
        self.forked.add(pid)
        self._say(forked=pid)

    def _become(self, request: dict[str, Any]) -> None:
        """Be the process that is asked for, which ends when its function has returned."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for file in (self.woken, self.wake):
                os.close(file)
            self.peer.close()
            _end_with_parent()
            os.setpgid(0, 0)
            os.environ.clear()
            os.environ.update(request["env"])
            os.chdir(request["cwd"])
            named(request["call"])(request["given"])
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def _say(self, **words: Any) -> None:
        self.peer.sendall(json.dumps(words).encode() + b"\n")


def _end_with_parent() -> None:
    """Let the system kill this process when the server has died, where it can."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PRCTL_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() == 1:
            os._exit(1)


if __name__ == "__main__":
    main()
