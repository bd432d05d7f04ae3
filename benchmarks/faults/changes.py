"""Kills at the system calls of new, import and undo: what was tried, held and failed.

    python benchmarks/faults/changes.py [--kills 40]

Each kill runs a verb in a copy of the small project of the tests and ends it with SIGKILL: with
strace at the k-th rename, unlink, mkdir, fsync or rmdir, without it at a random moment. Then the
next verb runs (list), and the data must be as before or as after, and the checks clean.
"""

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from copies import copied, fill, source  # noqa: E402
from halfyear.data import change, checks  # noqa: E402
from halfyear.periods import renewal  # noqa: E402
from halfyear.project import Project  # noqa: E402

CALLS = "rename,unlink,unlinkat,mkdir,rmdir,fsync"
COMMAND = "from halfyear.cli import main; main()"
GRDP = {"place": "HP", "indicator": "grdp", "measure": "growth_yoy", "time_period": "2026-9M"}


def started(folder: Path) -> Project:
    """A project whose workbook of a new period holds a source and one figure."""
    project = copied(folder / "p")
    renewal.begin(project, "2026-9M")
    book = project.root / "2026-9M.xlsx"
    texts = {"title_vi": "Báo cáo giả định", "title_en": "Invented", "issuer": "UBND"}
    document = {"date": "2026-09-30", "sha256": "0123456789abcdef" * 4}
    fill(book, "Nguồn", {"id": "report_2026_9m"}, **texts, **document)
    fill(book, "Số liệu", GRDP, value=11.6, printed="11,60%", line=1, nth=1)
    return project


def changed(folder: Path) -> Project:
    """A project with a change to take back."""
    project = copied(folder / "p")
    with change.made(project, "trial") as copy:
        source(copy, "trial", "2026-07-01")
    return project


VERBS: dict[str, tuple[Callable[[Path], Project], list[str]]] = {
    "new": (lambda folder: copied(folder / "p"), ["new", "2026-9M"]),
    "import": (started, ["import", "2026-9M.xlsx"]),
    "undo": (changed, ["undo"]),
}


def data(root: Path) -> dict[str, bytes]:
    """The project's files that a change may touch; a workbook, which holds the time, by name."""
    found = [*(root / "data").rglob("*"), *(root / "params").rglob("*"), *root.glob("*.xlsx")]
    return {
        path.relative_to(root).as_posix(): b"" if path.suffix == ".xlsx" else path.read_bytes()
        for path in found
        if path.is_file() and not path.name.startswith(".")
    }


def command(root: Path, words: list[str], *before: str) -> subprocess.Popen[bytes]:
    """Start a verb in a project."""
    return subprocess.Popen(
        [*before, sys.executable, "-c", COMMAND, *words],
        cwd=root,
        env={**os.environ, "HALFYEAR_ROOT": str(root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def calls(root: Path, words: list[str], log: Path) -> list[tuple[str, int]]:
    """Count the calls of a whole run that touch the project: each name with its turn."""
    command(root, words, "strace", "-f", "-y", "-e", f"trace={CALLS}", "-o", str(log)).wait()
    turns: Counter[str] = Counter()
    found = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        match = re.match(r"(?:\d+ +)?(\w+)\(", line)
        if match:
            turns[match[1]] += 1
            if str(root) in line:
                found.append((match[1], turns[match[1]]))
    return found


def kill(root: Path, words: list[str], at: tuple[str, int] | float) -> None:
    """Run a verb and kill it at a call, or after some seconds."""
    if isinstance(at, float):
        run = command(root, words)
        time.sleep(at)
        run.send_signal(signal.SIGKILL)
        run.wait()
        return
    name, turn = at
    inject = f"inject={name}:signal=SIGKILL:when={turn}"
    command(root, words, "strace", "-f", "-o", "/dev/null", "-e", inject).wait()


def main() -> None:
    """Try the kills of every verb and print tried, held, failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=40, help="kills a verb")
    kills = parser.parse_args().kills
    traced = shutil.which("strace") is not None
    print("at system calls (strace)" if traced else "at random moments")
    for verb, (make, words) in VERBS.items():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            project = make(folder)
            before = data(project.root)
            whole = Path(shutil.copytree(project.root, folder / "whole"))
            begun = time.monotonic()
            command(whole, words).wait()
            took, after = time.monotonic() - begun, data(whole)
            moments: list[tuple[str, int] | float] = []
            if traced:
                trial = Path(shutil.copytree(project.root, folder / "trial"))
                points = calls(trial, words, folder / "log")
                moments += points[:: max(1, len(points) // kills)][:kills]
            else:
                moments += [random.uniform(0.2, took) for _ in range(kills)]
            held, failed = 0, []
            for moment in moments:
                root = folder / "killed"
                shutil.rmtree(root, ignore_errors=True)
                shutil.copytree(project.root, root)
                kill(root, words, moment)
                rc = command(root, ["list"]).wait()
                sound = not checks.problems(Project(root))
                if rc == 0 and sound and data(root) in (before, after):
                    held += 1
                else:
                    failed.append(moment)
            print(f"{verb:<7} tried {len(moments):>3}  held {held:>3}  failed {failed}", flush=True)


if __name__ == "__main__":
    main()
