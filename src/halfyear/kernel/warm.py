"""Warm kernels: a Jupyter provisioner that forks each kernel from a server, where one runs."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

NAME = "halfyear-warm"
OFF = "HALFYEAR_COLD"  # set in the environment: every kernel is a process of its own from its start
LAUNCHER = ["-m", "ipykernel_launcher"]
_IMPORTED = re.compile(r'"(?:from|import) ([A-Za-z_][\w.]*)')  # in the lines of a notebook's cells
PATIENCE = 120.0  # seconds until the server has forked


class Server:
    """The end of the kernel server that the build holds."""

    def __init__(self, modules: Sequence[str], environment: dict[str, str], folder: Path) -> None:
        """Start the server in a folder; it loads `modules` while others go on."""
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "halfyear.kernel.server", str(theirs.fileno()), *modules],
                pass_fds=[theirs.fileno()],
                env=environment,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.peer = ours
        self.changed = threading.Condition()
        self.turn = threading.Lock()
        self.codes: dict[int, int] = {}
        self.answers: list[dict[str, Any]] = []
        self.gone = False
        threading.Thread(target=self._listen, name="kernel server", daemon=True).start()

    def fork(self, argv: Sequence[str], environment: dict[str, str], folder: str) -> "Forked":
        """Fork a kernel; raises OSError where the server cannot."""
        return self._forked({"argv": list(argv), "env": environment, "cwd": folder})

    def step(self, order: Path) -> "Forked":
        """Fork a process that does the step in a file (see apart); OSError where it cannot."""
        folder = str(Path.cwd())
        return self._forked({"step": str(order), "env": dict(os.environ), "cwd": folder})

    def _forked(self, request: dict[str, Any]) -> "Forked":
        with self.turn:
            self.peer.sendall(json.dumps(request).encode() + b"\n")
            with self.changed:
                self.changed.wait_for(lambda: self.answers or self.gone, PATIENCE)
                if not self.answers:
                    raise OSError("the kernel server does not answer")
                answer = self.answers.pop()
        if "refused" in answer:
            raise OSError(answer["refused"])
        return Forked(self, answer["forked"])

    def close(self) -> None:
        """End the server and every kernel that is left."""
        with suppress(OSError):
            self.peer.shutdown(socket.SHUT_RDWR)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(1)
        self.process.kill()
        self.process.wait()
        self.peer.close()

    def _listen(self) -> None:
        with suppress(OSError), self.peer.makefile("rb") as lines:
            for line in lines:
                self._heard(json.loads(line))
        with self.changed:
            self.gone = True
            self.changed.notify_all()

    def _heard(self, said: dict[str, Any]) -> None:
        with self.changed:
            if "ended" in said:
                self.codes[said["ended"]] = said["code"]
            else:
                self.answers.append(said)
            self.changed.notify_all()


class Forked:
    """A forked kernel, used as a subprocess.Popen is."""

    stdin = stdout = stderr = None

    def __init__(self, server: Server, pid: int) -> None:
        self.server, self.pid = server, pid

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""
        with self.server.changed:
            return self._code()

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end and give its exit code."""
        with self.server.changed:
            self.server.changed.wait_for(lambda: self._code() is not None, timeout)
            code = self._code()
        if code is None:
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        return code

    def send_signal(self, signum: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, signum)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def _code(self) -> int | None:
        gone = -signal.SIGKILL if self.server.gone else None
        return self.server.codes.get(self.pid, gone)


class Provisioner(LocalProvisioner):
    """Jupyter's local provisioner, but that it forks the kernel where a server can."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a Python kernel from the server, else start it as a process of its own."""
        if SERVERS and cmd[1:3] == LAUNCHER:
            with suppress(OSError):
                folder = str(kwargs.get("cwd") or Path.cwd())
                forked = SERVERS[-1].fork(cmd[3:], kwargs["env"], folder)
                self.process = forked  # type: ignore[assignment]
                self.pid = self.pgid = forked.pid
                return self.connection_info
        return await super().launch_kernel(cmd, **kwargs)

    async def cleanup(self, restart: bool = False) -> None:
        """End what the notebook left running, too."""
        if self.pgid and hasattr(os, "killpg"):
            with suppress(OSError):
                os.killpg(self.pgid, signal.SIGKILL)
        await super().cleanup(restart)


SERVERS: list[Server] = []


def imported(notebooks: Iterable[Path]) -> list[str]:
    """Names of the modules that cells of notebooks import, sorted."""
    found = set[str]()
    for notebook in notebooks:
        found.update(_IMPORTED.findall(notebook.read_text(encoding="utf-8")))
    return sorted(found)


@contextmanager
def kernels(modules: Sequence[str], environment: dict[str, str], folder: Path) -> Iterator[None]:
    """Let kernels of this process be forked meanwhile from a server that has loaded `modules`.

    Where the system cannot fork safely (Windows, macOS) or HALFYEAR_COLD is set, kernels start as
    ever. Either way a kernel is a Jupyter kernel and gives the same.
    """
    factory = KernelProvisionerFactory.instance()
    here = EntryPoint(NAME, f"{__name__}:Provisioner", factory.GROUP_NAME)
    factory.provisioners.setdefault(
        NAME, here
    )  # a package that is not installed has no entry point
    before, factory.default_provisioner_name = factory.default_provisioner_name, NAME
    if sys.platform.startswith("linux") and not os.environ.get(OFF):
        SERVERS.append(Server(modules, environment, folder))
    try:
        yield
    finally:
        factory.default_provisioner_name = before
        while SERVERS:
            SERVERS.pop().close()
