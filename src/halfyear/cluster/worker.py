"""What a worker does: it builds one edition from its inputs and sends back what was made."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from distributed import get_worker

from halfyear.cluster import bundle, errand, facts
from halfyear.project import Project

PAUSE = 0.2  # seconds between two looks at a build


@dataclass(frozen=True)
class Order:
    """An edition to be built: its name, the engine, and the sha256 of every input by its name.

    machine is the hash of what it must be built with; told is the language of problems.
    """

    name: str
    engine: str
    machine: str
    inputs: Mapping[str, str]
    bundles: tuple[str, ...]
    told: str


@dataclass(frozen=True)
class Outcome:
    """What became of an order: the files that were made, packed, or why there are none."""

    name: str
    worker: str
    seconds: float
    files: bytes = b""
    complaints: tuple[str, ...] = ()
    foreign: bool = False  # the worker is not what the order asks for
    damaged: bool = False  # the inputs did not arrive as they were sent


def same(content: bytes) -> bytes:
    """Give a bundle as it is: the scheduler keeps it, so that no worker's death loses it."""
    return content


def build(order: Order, *bundles: bytes) -> Outcome:
    """Build an edition in a folder of its own, by a process that ends with this one."""
    here, begun = get_worker().address, time.monotonic()
    if facts.digest(facts.facts(order.engine)) != order.machine:
        return Outcome(order.name, here, 0, foreign=True)
    with tempfile.TemporaryDirectory(prefix="halfyear-edition-") as scratch:
        root = Path(scratch).resolve()
        arrived: dict[str, str] = {}
        for packed in bundles:
            arrived.update(bundle.unpack(packed, root))
        if arrived != dict(order.inputs) or _digests(bundles) != order.bundles:
            return Outcome(order.name, here, 0, damaged=True)
        code, said = _run(root, order)
        spent = time.monotonic() - begun
        if code:
            lines = said.replace(f"{root}{os.sep}", "").splitlines()
            return Outcome(order.name, here, spent, complaints=tuple(lines))
        shutil.rmtree(Project(root).work, ignore_errors=True)
        made = {
            path.relative_to(root / "build").as_posix(): path.read_bytes()
            for path in sorted((root / "build").rglob("*"))
            if path.is_file()
        }
        return Outcome(order.name, here, spent, bundle.pack(made))


def _digests(bundles: tuple[bytes, ...]) -> tuple[str, ...]:
    return tuple(map(bundle.digest, bundles))


def _run(root: Path, order: Order) -> tuple[int, str]:
    """Run the build; it is ended where nobody waits for it any more."""
    words = ["report", order.name, "--engine", order.engine, "--jobs", "1", "--lang", order.told]
    with (root / "said").open("w+b") as said:
        process = subprocess.Popen(
            [sys.executable, "-c", errand.RUN, *words, "--quiet"],
            cwd=root,
            env={**os.environ, "HALFYEAR_ROOT": str(root), "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        with process:
            while process.poll() is None:
                if _unwanted() and process.stdin is not None:
                    process.stdin.close()
                time.sleep(PAUSE)
        said.seek(0)
        return process.returncode, said.read().decode(errors="replace")


def _unwanted() -> bool:
    """Has the command that asked for this gone away?"""
    here = get_worker()
    task = here.state.tasks.get(here.get_current_task())
    return task is None or task.state == "cancelled"
