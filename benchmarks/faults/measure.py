"""Kills builds and looks at what is left: prints how many were tried, held and failed.

    python benchmarks/faults/measure.py [PERIOD] [--kills N] [--calls] [--seed S]

In a copy of the project an edition is built once. Then, N times: a figure of the params is changed,
a build is started and killed (at a random moment, or with --calls at a system call that strace
picks, every k-th rename, unlink, write of the build's own process), the change is taken back, and
the next build must leave the bytes of the first. The published edition must be whole at every
moment, and no process of the killed build may be left.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("data", "params", "notebooks", "report", "src")
COMMAND = "from halfyear.cli import main; main()"
CALLS = ("rename,renameat2", "unlink,unlinkat", "mkdir", "rmdir")
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Bench:
    """A copy of the project with its edition, and the builds that are killed in it."""

    def __init__(self, folder: Path, period: str) -> None:
        self.root, self.period = folder / "project", period
        for part in PARTS:
            shutil.copytree(
                ROOT / part, self.root / part, ignore=shutil.ignore_patterns("__pycache__")
            )
        self.params = self.root / "params" / f"{period}.yml"
        self.kept = self.params.read_text(encoding="utf-8")
        began = time.monotonic()
        self.built()
        self.span = time.monotonic() - began
        self.good = self.hashes()

    def built(self) -> int:
        """Build, and give the exit code."""
        return self.start().wait()

    def start(self, *before: str) -> subprocess.Popen[bytes]:
        """Start a build, perhaps under another command."""
        return subprocess.Popen(
            [*before, sys.executable, "-c", COMMAND, "report", self.period, "--engine", "embedded"],
            cwd=self.root,
            env={
                **os.environ,
                "PYTHONPATH": str(self.root / "src"),
                "HALFYEAR_ROOT": str(self.root),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def hashes(self) -> dict[str, str]:
        """Hash of every published file."""
        folder = self.root / "build" / self.period
        return {
            path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    def trial(self, moment: float, how: signal.Signals, call: str = "", number: int = 0) -> str:
        """Kill one build; gives "held", "ended first", or what failed."""
        changed = self.kept.replace("0.45", "0.46", 1)
        assert changed != self.kept
        self.params.write_text(changed, encoding="utf-8")
        inject = f"inject={call}:signal=KILL:when={number}" if call else ""
        strace = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", inject) if call else ()
        run = self.start(*strace)
        time.sleep(0.2)
        family = [psutil.Process(run.pid)]
        try:
            run.wait(None if call else moment)
        except subprocess.TimeoutExpired:
            family += family[0].children(recursive=True)
            run.send_signal(how)
            run.wait()
        ended_first = run.returncode == 0
        left = psutil.wait_procs(family[1:], timeout=10)[1]
        whole = ended_first or self.hashes() == self.good
        self.params.write_text(self.kept, encoding="utf-8")
        again = self.built() == 0 and self.hashes() == self.good
        if left:
            return "failed: processes left"
        if not whole:
            return "failed: the published edition was not whole"
        if not again:
            return "failed: the next build was not that of its inputs"
        return "ended first" if ended_first else "held"


def main() -> None:
    """Kill builds, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("period", nargs="?", default="2026-H1")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--calls", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.calls and not shutil.which("strace"):
        sys.exit("strace is not installed: leave out --calls")
    chance, told = random.Random(given.seed), Counter[str]()
    with tempfile.TemporaryDirectory(prefix="halfyear-faults-") as folder:
        bench = Bench(Path(folder), given.period)
        for number in range(1, given.kills + 1):
            moment, how = chance.uniform(0.3, bench.span), chance.choice(SIGNALS)
            call = CALLS[number % len(CALLS)] if given.calls else ""
            told[bench.trial(moment, how, call, chance.randint(1, 200))] += 1
            print(
                f"{number} tried; " + ", ".join(f"{n} {what}" for what, n in told.items()),
                flush=True,
            )


if __name__ == "__main__":
    main()
