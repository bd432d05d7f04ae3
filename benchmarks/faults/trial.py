"""What every trial of a fault shares: commands in a project, moments to kill them at, a tally."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

COMMAND = "from halfyear.__main__ import main; main()"
CALLS = "rename,renameat,renameat2,unlink,unlinkat,mkdir,rmdir,fsync,sendfile,copy_file_range"
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
INTERRUPTED = 130
SOON = 3.0  # seconds in which an interrupted command ends
PATIENCE = 10.0  # seconds until what a killed one had started is gone
_CALL = re.compile(r"(?:\d+ +)?(\w+)\((.*)")


@dataclass(frozen=True)
class Call:
    """A system call on a path, the nth of its kind there."""

    name: str
    path: str
    turn: int

    def strace(self) -> list[str]:
        """The command that kills another one when it makes this call."""
        inject = f"inject={self.name}:signal=SIGKILL:when={self.turn}"
        return ["strace", "-f", "-qq", "-o", "/dev/null", "-P", self.path, "-e", inject]


@dataclass(frozen=True)
class Moment:
    """A signal sent some seconds after the start."""

    seconds: float
    how: signal.Signals


@dataclass
class Tally:
    """What was tried of one kind, and what did not hold."""

    kind: str
    tried: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def count(self, wrong: Sequence[str], what: object) -> None:
        """Count one trial; `wrong` is empty where it held."""
        self.tried += 1
        for text in wrong[:1]:
            self.failed[text] += 1
            self.first.setdefault(text, str(what))

    def __str__(self) -> str:
        failed = sum(self.failed.values())
        told = "".join(
            f"\n    {number} x {text}, first at {self.first[text]}"
            for text, number in self.failed.items()
        )
        return (
            f"{self.kind:<28} tried {self.tried:>3}  held {self.tried - failed:>3}"
            f"  failed {failed:>3}{told}"
        )


def start(root: Path, words: Sequence[str], *before: str) -> subprocess.Popen[str]:
    """Start a verb in a project, perhaps under another command; its temporary folder is beside."""
    temporary = root.with_name("temporary")
    temporary.mkdir(exist_ok=True)
    return subprocess.Popen(
        [*before, sys.executable, "-c", COMMAND, *words],
        cwd=root,
        env={
            **os.environ,
            "HALFYEAR_ROOT": str(root),
            "PYTHONPATH": str(ROOT / "src"),
            "TMPDIR": str(temporary),
            "LC_ALL": "C.UTF-8",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(root: Path, words: Sequence[str]) -> tuple[int, str]:
    """Run a verb to its end; gives its exit code and what it complained of."""
    process = start(root, words)
    _, errors = process.communicate()
    return process.returncode, errors


def calls(root: Path, words: Sequence[str]) -> list[Call]:
    """The calls of a whole run on paths of the project that are the same in every run."""
    log = root.with_name("calls")
    trace = ["strace", "-f", "-y", "-qq", "--seccomp-bpf", "-e", f"trace={CALLS}", "-o", str(log)]
    start(root, words, *trace).communicate()
    turns: Counter[tuple[str, str]] = Counter()
    found = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        paths = [
            path
            for path in re.findall(r'"([^"]+)"|<(/[^>]+)>', match[2])
            for path in path
            if path.startswith(f"{root}/") and "/tmp/" not in path.removeprefix(str(root))
        ]
        for path in paths[-1:]:
            turns[match[1], path] += 1
            found.append(Call(match[1], path, turns[match[1], path]))
    return found


def moments(
    root: Path, words: Sequence[str], number: int, span: float, chance: random.Random
) -> Iterator[Call | Moment]:
    """So many moments to kill a run at: half at calls, where strace is found, half at random."""
    found: list[Call] = []
    if shutil.which("strace"):
        known = calls(root, words)
        wanted = number // 2
        found = known[
            chance.randrange(max(1, len(known) // wanted)) :: max(1, len(known) // wanted)
        ]
        found = found[:wanted]
    yield from found
    for turn in range(number - len(found)):
        yield Moment(chance.uniform(0.2, span), SIGNALS[turn % len(SIGNALS)])


@dataclass(frozen=True)
class Ended:
    """How a command that was killed ended."""

    first: bool  # before the kill
    wrong: list[str]
    seconds: float | None  # from the signal to the end, where it was asked to end


def kill(root: Path, words: Sequence[str], at: Call | Moment) -> Ended:
    """Run a verb and kill it; tells what it left running, unsaid, or in the temporary folder."""
    if isinstance(at, Call):
        process = start(root, words, *at.strace())
        process.communicate()
        return Ended(process.returncode == 0, _orphans(root), None)
    process = start(root, words)
    try:
        process.wait(at.seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(at.how)
    sent = time.monotonic()
    _, errors = process.communicate()
    seconds = time.monotonic() - sent
    wrong = _orphans(root)
    if process.returncode == 0 or at.how == signal.SIGKILL:
        return Ended(process.returncode == 0, wrong, None)
    if process.returncode == -at.how and not errors:
        return Ended(False, wrong, seconds)  # Python itself was still loading
    return Ended(False, [*wrong, *_unclean(root, process.returncode, errors, seconds)], seconds)


def _unclean(root: Path, code: int, errors: str, seconds: float) -> Iterator[str]:
    """What is wrong with how a command ended that was asked to end."""
    if code != INTERRUPTED:
        yield f"exit code {code}: {errors[-300:]!r}"
    if len(errors.splitlines()) != 1:
        yield f"not one line said: {errors[-300:]!r}"
    if seconds > SOON:
        yield f"ended after {seconds:.1f} s"
    left = [path.name for path in root.with_name("temporary").rglob("*")]
    if left:
        yield f"left in the temporary folder: {left[:3]}"


def _orphans(root: Path) -> list[str]:
    """Processes of the project that run on though their command is dead."""
    end = time.monotonic() + PATIENCE
    while names := [name for name in map(_command, psutil.process_iter()) if str(root) in name]:
        if time.monotonic() > end:
            return [f"a process was left: {names[0][:80]}"]
        time.sleep(0.1)
    return []


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline()) + " in " + process.environ().get("HALFYEAR_ROOT", "")
    except psutil.Error:
        return ""


def hashes(folder: Path) -> dict[str, str]:
    """Hash of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
