"""Builds invented editions on one worker and on two, kills a worker on the way, tells memory.

    python benchmarks/editions/measure.py [--places N] [--years N] [--workers N ...]

The editions are the small one of the tests in Vietnamese, for N places and as many years as asked
for. For each number of workers all are built anew by `halfyear editions`; with two workers and
more, one of them is killed with SIGKILL when a third of the editions stands. Told are wall time,
the ratio against the first, the memory of each worker with what it has started (PSS) at the first
and the last third, and whether every file of every edition is the same in all rounds.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from statistics import median

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests")]

import invented_editions  # noqa: E402
from halfyear import manifest  # noqa: E402
from halfyear.data import places, tables  # noqa: E402
from halfyear.periods import listed  # noqa: E402
from halfyear.project import Project  # noqa: E402

COMMAND = ["-m", "halfyear", "editions", "--all", "--engine", "embedded", "--lang", "en"]
LANGUAGES = ("languages: [vi, en]", "languages: [vi]")
MEGA = 1_000_000
STEP = 3  # years from one edition of a place to the next: none is compared with another
PAUSE = 1.0


def memory(process: psutil.Process) -> int:
    """Bytes of memory of a process and all that it has started, shared pages by their share."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        with suppress(psutil.Error):
            total += one.memory_full_info().pss
    return total


def workers(command: psutil.Process) -> Iterator[psutil.Process]:
    """The worker processes of a local cluster."""
    for child in command.children():
        with suppress(psutil.Error):
            if "spawn_main" in " ".join(child.cmdline()):
                yield child


class Watch(threading.Thread):
    """Looks at the workers of a round: their memory, and when to kill one."""

    def __init__(self, command: psutil.Process, project: Project, kill: bool) -> None:
        super().__init__(daemon=True)
        self.command, self.project, self.kill = command, project, kill
        self.editions = listed.editions(project)
        self.memory: list[tuple[float, int]] = []  # share of editions that stand, bytes a worker
        self.killed = False

    def run(self) -> None:
        """Look until the command has ended."""
        with suppress(psutil.Error):
            while self.command.is_running():
                done = self.done()
                known = list(workers(self.command))
                self.memory += [(done, memory(worker)) for worker in known]
                if self.kill and not self.killed and done >= 1 / 3 and known:
                    known[0].kill()
                    self.killed = True
                time.sleep(PAUSE)

    def done(self) -> float:
        """Share of the editions that stand."""
        folders = (self.project.build / str(edition) for edition in self.editions)
        return sum((folder / manifest.NAME).is_file() for folder in folders) / len(self.editions)

    def typical(self, first: float, last: float) -> float:
        """Median memory of a worker while so much of the editions stood, in MB."""
        known = [size for done, size in self.memory if first <= done < last]
        return median(known) / MEGA if known else float("nan")


def outputs(project: Project) -> dict[str, str]:
    """Hash of every file of every edition."""
    return {
        f"{edition}/{name}": digest
        for edition in listed.editions(project)
        for name, digest in manifest.read(project.build / str(edition))["outputs"].items()
    }


def main() -> None:
    """Measure, and print a row for each number of workers."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--places", type=int, default=10, help="at most 34")
    parser.add_argument("--years", type=int, default=2)
    parser.add_argument("--workers", type=int, nargs="*", default=(1, 2))
    given = parser.parse_args()
    base, same = 0.0, dict[str, str]()
    for number in given.workers:
        with tempfile.TemporaryDirectory(prefix="halfyear-bench-") as folder:
            project = invented_editions.write(Path(folder, "project"), codes(given.places - 1))
            invented_editions.repeat(project, (STEP * n for n in range(1, given.years)))
            for path in project.params.rglob("*.yml"):
                text = path.read_text(encoding="utf-8")
                path.write_text(text.replace(*LANGUAGES), encoding="utf-8")
            begun = time.monotonic()
            command = subprocess.Popen(
                [sys.executable, *COMMAND, "--workers", str(number)],
                env={**os.environ, "HALFYEAR_ROOT": str(project.root)},
                stdout=subprocess.PIPE,
                text=True,
            )
            watch = Watch(psutil.Process(command.pid), project, number > 1)
            watch.start()
            told, _ = command.communicate()
            wall = time.monotonic() - begun
            found = outputs(project)
        base, same = base or wall, same or found
        print(told.splitlines()[-1])
        print(
            f"{given.places * given.years} editions, {number} workers"
            f"{', one killed' * watch.killed}: {wall:.0f} s, {base / wall:.2f} of one; "
            "memory a worker "
            f"{watch.typical(0, 1 / 3):.0f} MB, then {watch.typical(2 / 3, 1):.0f} MB, "
            f"at most {max(size for _, size in watch.memory) / MEGA:.0f} MB; "
            f"{'the same' if found == same else 'OTHER'} bytes",
            flush=True,
        )


def codes(number: int) -> list[str]:
    """Codes of places beside the home one."""
    known = tables.load(Project(ROOT)).places
    home = places.home(known)
    own = [place for place in places.Places.of(known) if place.provincial and not place.until]
    return [place.id for place in own if place.id != home][:number]


if __name__ == "__main__":
    main()
