"""A review that the command serves, and requests to it as any program can make them."""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

MAIN = "from halfyear.cli import main; main()"


@dataclass(frozen=True)
class Served:
    """A running command, the address that it told, and the folder of its review."""

    process: subprocess.Popen[str]
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

    def end(self, number: int = signal.SIGINT) -> tuple[int, str, str]:
        """Interrupt the command; give its exit code and all that it said after the address."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


@contextmanager
def served(
    root: Path, report: Path, folder: Path, *words: str, code: str = MAIN, browser: str = ""
) -> Iterator[Served]:
    """Serve the review of a report on nine months of 2026; ended at the latest when left.

    browser is the command line of the browser that it may open, with %s for what is to be shown.
    """
    told = ("--period", "2026-9M", "--source", "made_up_2026_9m", "--out", str(folder))
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
        yield Served(process, _address(process), folder)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if "http://" in line:
            return "http://" + line.partition("http://")[2].split()[0].rstrip(",;")
    assert process.stderr is not None
    raise AssertionError(process.stderr.read())
