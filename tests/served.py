"""A review that the command serves, and requests to it as any program can make them."""

import asyncio
import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from socket import socket
from threading import Thread
from urllib.parse import urlsplit

import pytest
from tornado.httpserver import HTTPServer

from halfyear.intake import server, session
from halfyear.intake.desk import Desk
from halfyear.period import Period
from halfyear.project import Project

PERIOD, SOURCE = "2026-9M", "made_up_2026_9m"
MAIN = "from halfyear.cli import main; main()"


@dataclass(frozen=True)
class Served:
    """A review that is served: the address that was told, and its folder."""

    address: str
    folder: Path

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    @property
    def path(self) -> str:
        return urlsplit(self.address).path

    def ask(
        self, path: str, content: object = None, method: str = "", **headers: str
    ) -> tuple[int, str]:
        """Ask for a path of this server; give the status and the answer."""
        port = int(self.host.partition(":")[2])
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        told = {"Host": self.host} | {n.replace("_", "-"): text for n, text in headers.items()}
        body = None if content is None else json.dumps(content)
        if content is not None:
            told = {"Content-Type": "application/json", **told}
        line.putrequest(method or ("POST" if body else "GET"), path, skip_host=True)
        for name, text in told.items():
            line.putheader(name, text)
        if body:
            line.putheader("Content-Length", str(len(body.encode())))
        try:
            line.endheaders(body.encode() if body else None)
            with line.getresponse() as answer:
                return answer.status, answer.read().decode()
        finally:
            line.close()

    def state(self) -> dict[str, object]:
        """Give the rows as they stand."""
        found: dict[str, object] = json.loads(self.ask(self.path + "state")[1])
        return found


@dataclass(frozen=True)
class Command(Served):
    """A review that a running command serves."""

    process: subprocess.Popen[str]

    def end(self, number: int = signal.SIGINT) -> tuple[int, str, str]:
        """Interrupt the command; give its exit code and all that it said after the address."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


@contextmanager
def served(
    root: Path, report: Path, folder: Path, *words: str, code: str = MAIN, browser: str = ""
) -> Iterator[Command]:
    """Serve the review of a report on nine months of 2026; ended at the latest when left.

    browser is the command line of the browser that it may open, with %s for what is to be shown.
    """
    told = ("--period", PERIOD, "--source", SOURCE, "--out", str(folder))
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            code,
            "intake",
            str(report),
            *told,
            "--serve",
            *(() if browser else ("--no-browser",)),
            *words,
        ],
        env={
            **os.environ,
            "HALFYEAR_ROOT": str(root),
            "LC_ALL": "C.UTF-8",
            **({"BROWSER": browser, "DISPLAY": ":0"} if browser else {}),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield Command(_address(process), folder, process)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@contextmanager
def in_thread(project: Project, report: Path, folder: Path, lang: str = "en") -> Iterator[Served]:
    """Serve the review of a report as the command does, from a thread of this process."""
    session.run(project, report, session.Wish(Period.parse(PERIOD), SOURCE, lang=lang), folder)
    addresses: Queue[str] = Queue()
    ends: list[Callable[[], Future[None]]] = []

    class Ended(HTTPServer):
        async def end(self, serving: asyncio.Task[None]) -> None:
            self.stop()
            await self.close_all_connections()
            serving.cancel()

        def add_sockets(self, sockets: Iterable[socket]) -> None:
            super().add_sockets(sockets)
            loop, task = asyncio.get_running_loop(), asyncio.current_task()
            assert task is not None
            ends.append(lambda: asyncio.run_coroutine_threadsafe(self.end(task), loop))

    def serve() -> None:
        with suppress(asyncio.CancelledError):
            server.serve(Desk.open(project, folder, lang), addresses.put)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "HTTPServer", Ended)
        thread = Thread(target=serve)
        thread.start()
        address = addresses.get(timeout=60)
    try:
        yield Served(address, folder)
    finally:
        ends[0]().result(60)
        thread.join(60)


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if "http://" in line:
            return "http://" + line.partition("http://")[2].split()[0].rstrip(",;")
    assert process.stderr is not None
    raise AssertionError(process.stderr.read())
