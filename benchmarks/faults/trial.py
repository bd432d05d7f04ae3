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
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

COMMAND = "from halfyear.__main__ import main; main()"
CALLS = "rename,renameat,renameat2,unlink,unlinkat,mkdir,rmdir,fsync,sendfile,copy_file_range"
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL)
COMMANDS, GROUPS, STEPS = "command", "group", "step"  # what a signal is sent to
AIMS = [
    *((how, to) for to in (COMMANDS, GROUPS) for how in SIGNALS),
    *((signal.SIGKILL, STEPS) for _ in range(4)),
]
TOLD, INTERRUPTED = 1, 130
SOON = 3.0  # seconds in which an interrupted command ends
PATIENCE = 10.0  # seconds until what a killed one had started is gone
_TOLD = re.compile(r"^error: |^\d+ problems?$", re.MULTILINE)  # a line, or a table of problems
_CALL = re.compile(r"(\d+) +(\w+)\((.*)")


@dataclass(frozen=True)
class Call:
    """A system call on a path, the nth of its kind there by one thread."""

    name: str
    path: str
    turn: int

    def strace(self) -> list[str]:
        """The command that kills another one when it makes this call."""
        inject = f"inject={self.name}:signal=SIGKILL:when={self.turn}"
        return ["strace", "-f", "-qq", "-o", "/dev/null", "-P", self.path, "-e", inject]


@dataclass(frozen=True)
class Moment:
    """A signal sent some seconds after the start: to the command, its group, or one step of it."""

    seconds: float
    how: signal.Signals
    to: str


@dataclass
class Tally:
    """What was tried of one kind, and what did not hold."""

    kind: str
    tried: int = 0
    late: int = 0  # of these, kills of what had ended already or never made the call
    longest: float = 0.0  # seconds to stop
    failed: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def count(self, wrong: Sequence[str], what: object) -> None:
        """Count one trial; `wrong` is empty where it held."""
        self.tried += 1
        for text in wrong[:1]:
            self.failed[text] += 1
            self.first.setdefault(text, str(what))

    def killed(self, ended: "Ended", wrong: Sequence[str], at: object) -> None:
        """Count one kill."""
        self.late += ended.first
        self.longest = max(self.longest, ended.seconds or 0)
        self.count([*ended.wrong, *wrong], at)

    def __str__(self) -> str:
        failed = sum(self.failed.values())
        told = f", of them too late {self.late}" if self.late else ""
        told += f", longest to stop {self.longest:.1f} s" if self.longest else ""
        told += "".join(
            f"\n    {number} x {text}"
            + (f", first at {self.first[text]}" if text in self.first else "")
            for text, number in self.failed.items()
        )
        return (
            f"{self.kind:<32} tried {self.tried:>3}  held {self.tried - failed:>3}"
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
            "PYTHONDONTWRITEBYTECODE": "",  # else every run compiles the package anew
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a group of its own, as a terminal gives it
    )


def run(root: Path, words: Sequence[str]) -> tuple[int, str]:
    """Run a verb to its end; gives its exit code and what it said, complaints last."""
    process = start(root, words)
    said = "".join(process.communicate())
    return process.returncode, said


def calls(root: Path, words: Sequence[str]) -> list[Call]:
    """The calls of a whole run on paths of the project that are the same in every run."""
    log = root.with_name("calls")
    trace = ["strace", "-f", "-y", "-qq", "--seccomp-bpf", "-e", f"trace={CALLS}", "-o", str(log)]
    start(root, words, *trace).communicate()
    turns: Counter[tuple[str, str, str]] = Counter()
    found = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        paths = [
            path
            for path in re.findall(r'"([^"]+)"|<(/[^>]+)>', match[3])
            for path in path
            if path.startswith(f"{root}/") and "/tmp/" not in path.removeprefix(str(root))
        ]
        for path in paths[-1:]:
            turns[match[1], match[2], path] += 1
            found.append(Call(match[2], path, turns[match[1], match[2], path]))
    return found


def moments(
    root: Path, words: Sequence[str], number: int, span: float, chance: random.Random
) -> Iterator[Call | Moment]:
    """So many moments to kill a run at: half at calls, where strace is found, half at random."""
    found: list[Call] = []
    if shutil.which("strace"):
        known = calls(root, words)
        wanted = number // 2
        apart = max(1, len(known) // max(1, wanted))
        found = known[chance.randrange(apart) :: apart][:wanted]
    yield from found
    for turn in range(number - len(found)):
        yield Moment(chance.uniform(0.2, span), *AIMS[turn % len(AIMS)])


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
    step = False
    try:
        process.wait(at.seconds)
    except subprocess.TimeoutExpired:
        step = _sent(process.pid, at)
    sent = time.monotonic()
    _, errors = process.communicate()
    seconds = time.monotonic() - sent
    wrong = _orphans(root)
    if step:
        return Ended(False, [*wrong, *untold(process.returncode, errors)], None)
    if process.returncode == 0 or at.how == signal.SIGKILL:
        return Ended(process.returncode == 0, wrong, None)
    if process.returncode == -at.how and not errors:
        return Ended(False, wrong, seconds)  # Python itself was still loading
    return Ended(False, [*wrong, *_unclean(root, process.returncode, errors, seconds)], seconds)


def _sent(pid: int, at: Moment) -> bool:
    """Send a signal to a running command, its group or one of its processes; was it a process?"""
    if at.to == STEPS:
        with suppress(psutil.Error):
            steps = psutil.Process(pid).children(recursive=True)
            if steps:
                steps[int(at.seconds * 1000) % len(steps)].send_signal(at.how)
                return True
    send = os.killpg if at.to == GROUPS else os.kill
    send(pid, at.how)
    return False


def untold(code: int, errors: str) -> list[str]:
    """What is wrong with how a command ended that lost a step: it goes on, or tells in words."""
    told = not code or _TOLD.search(errors)
    if code not in (0, TOLD) or "Traceback" in errors or not told:
        return [f"not told, exit code {code}: {errors[-300:]!r}"]
    return []


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


def peak(root: Path, words: Sequence[str]) -> float:
    """The most memory, in MiB, that a whole run and all its processes take together (PSS)."""
    process, most = start(root, words), 0
    while process.poll() is None:
        with suppress(psutil.Error):
            first = psutil.Process(process.pid)
            most = max(most, sum(map(_proportional, [first, *first.children(recursive=True)])))
        time.sleep(0.1)
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    return most / (1 << 20)


def _proportional(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        return int(process.memory_full_info().pss)
    return 0


def hashes(folder: Path) -> dict[str, str]:
    """Hash of every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
