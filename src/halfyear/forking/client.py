"""The end of a fork server that the process which started it holds, and what it has forked."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

OFF = "HALFYEAR_COLD"  # set in the environment: every process is one of its own from its start
PATIENCE = 120.0  # seconds until the server has forked


def possible() -> bool:
    """Whether the system can fork safely, as Windows and macOS cannot, and HALFYEAR_COLD is off."""
    return sys.platform.startswith("linux") and not os.environ.get(OFF)


def alone() -> bool:
    """Whether this process has one thread, so that a fork copies a state that is whole."""
    return bool(psutil.Process().num_threads() == 1)


class Server:
    """A fork server."""

    def __init__(
        self,
        peer: socket.socket,
        wait: Callable[[float | None], object],
        kill: Callable[[], object],
    ) -> None:
        """Hold the server at the other end of `peer`; `wait` waits for its end, `kill` ends it."""
        self.peer, self.wait, self.kill = peer, wait, kill
        self.changed = threading.Condition()
        self.turn = threading.Lock()
        self.codes: dict[int, int] = {}
        self.answers: list[dict[str, Any]] = []
        self.gone = False
        threading.Thread(target=self._listen, name="fork server", daemon=True).start()

    def fork(
        self,
        call: str,
        given: Sequence[str],
        environment: Mapping[str, str],
        folder: str,
        modules: Sequence[str] = (),
    ) -> "Forked":
        """Fork a process that calls a function, "module:function", with `given`, and then ends.

        The server first loads `modules`, for this process and those that follow. Raises OSError
        where it cannot fork.
        """
        request = {
            "call": call,
            "given": given,
            "env": dict(environment),
            "cwd": folder,
            "load": modules,
        }
        with self.turn:
            self.peer.sendall(json.dumps(request).encode() + b"\n")
            with self.changed:
                self.changed.wait_for(lambda: self.answers or self.gone, PATIENCE)
                answer = self.answers.pop() if self.answers else None
            if answer is None:
                self.close()  # so that no later request takes a late answer for its own
                raise OSError("the fork server does not answer")
        if "refused" in answer:
            raise OSError(answer["refused"])
        return Forked(self, answer["forked"])

    def close(self) -> None:
        """End the server and every process of it that is left."""
        with suppress(OSError):
            self.peer.shutdown(socket.SHUT_RDWR)
        with suppress(subprocess.TimeoutExpired):
            self.wait(1)
        self.kill()
        self.wait(None)
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
                self.codes.pop(said.get("forked", 0), None)  # of an earlier process of that number
                self.answers.append(said)
            self.changed.notify_all()


def started(
    ready: str,
    given: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    output: int | None = subprocess.DEVNULL,
) -> Server:
    """Start a server in a folder; `ready`, "module:function", is called there with `given`.

    The caller goes on meanwhile. What the server and its processes print goes to `output`, which
    is as for subprocess.Popen.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "halfyear.forking.server"),
                *(str(theirs.fileno()), ready, *given),
            ],
            pass_fds=[theirs.fileno()],
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is for the build, which ends what it has started
        )
    return Server(ours, process.wait, process.kill)


def copied(output: int) -> Server:
    """Fork a server from this process, which must be `alone`: what it has loaded is loaded there.

    What the server and its processes print goes to the file of number `output`.
    """
    from multiprocessing import get_context

    from halfyear.forking.server import inherit

    ours, theirs = socket.socketpair()
    with theirs:
        process = get_context("fork").Process(target=inherit, args=(theirs, output), daemon=True)
        process.start()
    return Server(ours, process.join, process.kill)


class Forked:
    """A forked process, used as a subprocess.Popen is."""

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
            raise subprocess.TimeoutExpired("forked process", timeout or 0)
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
