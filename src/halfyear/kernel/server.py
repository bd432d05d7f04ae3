"""The kernel server: a process that has loaded what notebooks need, and forks kernels from it.

So is a step of the build forked that needs the same.

It has one thread, so that a fork copies a state that is whole; it ends, and every kernel with it,
when the process that started it does.
"""

import builtins
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

# What a kernel loads as it starts, and to draw.
ALWAYS = (
    *("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger", "psutil", "sqlite3"),
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.oinspect"),
    *("IPython.extensions.storemagic", "tornado.platform.asyncio"),
    *("matplotlib.backends.backend_svg", "matplotlib.style", "matplotlib_inline.backend_inline"),
)
SAVED = "HALFYEAR_TABLES"  # where the environment says in which file checked tables are
PRCTL_DEATH_SIGNAL = 1


def main() -> None:
    """Serve requests, one JSON line each, on the socket whose number is the first argument."""
    peer = socket.socket(fileno=int(sys.argv[1]))
    _load(sys.argv[2:])
    Server(peer).serve()


def _load(modules: list[str]) -> None:
    """Load modules; one that cannot be loaded is left for the notebook that needs it to tell."""
    with _as_in_a_kernel():
        import pandas  # noqa: F401, ICN001 - for its options alone
    for name in (*ALWAYS, *modules):
        with suppress(Exception):
            importlib.import_module(name)
    with suppress(Exception):
        from halfyear.data import tables
        from halfyear.project import Project

        project = Project.find()
        if saved := os.environ.get(SAVED):
            tables.restore(project, Path(saved))
        tables.load(project)
    gc.collect()
    gc.freeze()


@contextmanager
def _as_in_a_kernel() -> Iterator[None]:
    """Let pandas choose the options of a kernel: it asks once, when it is loaded."""
    builtins.get_ipython = lambda: SimpleNamespace(kernel=True)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]


class Server:
    """The loop that forks kernels on request and tells when each has ended."""

    def __init__(self, peer: socket.socket) -> None:
        self.peer = peer
        self.kernels: set[int] = set()
        self.rest = b""
        self.woken, self.wake = os.pipe()

    def serve(self) -> None:
        """Serve until the peer closes its end; then no kernel is left."""
        os.set_blocking(self.wake, False)
        signal.set_wakeup_fd(self.wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        ready = selectors.DefaultSelector()
        ready.register(self.peer, selectors.EVENT_READ, self._requests)
        ready.register(self.woken, selectors.EVENT_READ, self._ended)
        try:
            while True:
                for key, _ in ready.select():
                    if not key.data():
                        return
        finally:
            for pid in self.kernels:
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
        for pid in list(self.kernels):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self.kernels.discard(pid)
                self._say(ended=pid, code=os.waitstatus_to_exitcode(status))
        return True

    def _fork(self, request: dict[str, Any]) -> None:
        try:
            pid = os.fork()
        except OSError as error:
            self._say(refused=str(error))
            return
        if pid == 0:
            self._become(request)
        with suppress(OSError):
            os.setpgid(pid, pid)
        self.kernels.add(pid)
        self._say(forked=pid)

    def _become(self, request: dict[str, Any]) -> None:
        """Be the kernel, or the step, that is asked for; this process then ends."""
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
            del sys.path[0]  # the folder that the server was started in
            if "step" in request:
                from halfyear import apart

                apart.answer(Path(request["step"]))
            else:
                _watch()
                _launch(request["argv"])
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            os._exit(code)

    def _say(self, **words: Any) -> None:
        self.peer.sendall(json.dumps(words).encode() + b"\n")


def _launch(argv: list[str]) -> None:
    """Be the kernel that `python -m ipykernel_launcher` would be."""
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel_launcher", *argv]  # IPython puts "" at the head of the path
    IPKernelApp.launch_instance(argv)


def _watch() -> None:
    """Note what the notebook reads, before anything of it runs."""
    from halfyear import reads
    from halfyear.project import Project

    if reads.FILE in os.environ:
        reads.watch(Project.find().root)


def _end_with_parent() -> None:
    """Let the system kill this process when the server has died, where it can."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PRCTL_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() == 1:
            os._exit(1)


if __name__ == "__main__":
    main()
