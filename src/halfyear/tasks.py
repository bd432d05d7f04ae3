"""The tasks of a build: done anew only where something they read has changed."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from time import monotonic

from halfyear import manifest, publication
from halfyear.errors import HalfyearError, Problem
from halfyear.progress import Line

WORKERS = 2
VIETNAMESE = {  # kinds of tasks, by the first word of their names
    "annex": "bảng Excel",
    "check": "kiểm tra",
    "compose": "soạn nội dung",
    "draw": "vẽ biểu đồ",
    "gather": "tập hợp kết quả",
    "page": "trang",
    "parse": "đọc bản soạn",
    "pdf": "PDF",
    "publish": "xuất bản",
    "typeset": "dàn trang",
    "wording": "lời văn",
}

Outputs = Mapping[str, str]


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class Task:
    """A step that makes one folder from what it reads.

    reads: anything it depends on, a hash or a value by name; found: what more, known once those it
    follows are done, by what it read when it was last done; uses: for each task it follows, the
    patterns of the files that it reads of that task's folder; `make` fills an empty folder, which
    then takes the place of `folder` whole. A task without a folder leaves nothing. `settled` is
    called once it is done, or need not be.
    """

    name: str
    make: Callable[[Path], None]
    reads: Mapping[str, str]
    uses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    folder: Path | None = None
    found: Callable[[], Mapping[str, str]] = dict
    settled: Callable[[], None] = _nothing

    def line(self, en: str = "", vi: str = "") -> Line:
        """A line of progress: the name of the task, and perhaps how it goes."""
        kind, _, rest = self.name.partition(" ")
        told = f"{VIETNAMESE.get(kind, kind)} {rest}".rstrip()
        return Line(f"  {self.name}{en}", f"  {told}{vi}")

    def key(self, done: Mapping[str, Outputs]) -> str:
        """Hash of all that the task reads, `done` being what the tasks before it wrote."""
        used = {
            f"uses {task}/{name}": wrote
            for task, patterns in self.uses.items()
            for name, wrote in done[task].items()
            if any(fnmatch(name, pattern) for pattern in patterns)
        }
        read = {f"reads {n}": d for n, d in (*self.reads.items(), *self.found().items())}
        return digest({"task": self.name, **read, **used})


class Record:
    """What each task read and wrote, kept in a file from one build to the next.

    A task that has begun is not in it until it is done, so that a build that is killed leaves
    nothing behind that a later one takes for its own.
    """

    def __init__(self, path: Path) -> None:
        """Open the record; one that cannot be read counts as empty."""
        self.path = path
        self.tasks: dict[str, tuple[str, dict[str, str]]] = {}
        self.torn = False
        self.seconds: dict[str, float] = {}  # that each task of this run took
        if path.exists():
            try:
                content = json.loads(path.read_text(encoding="utf-8"))
                self.tasks = {name: (read, dict(wrote)) for name, (read, wrote) in content.items()}
            except (ValueError, TypeError, AttributeError):
                self.torn = True

    def current(self, task: Task, key: str) -> Outputs | None:
        """What a task wrote, where it read the same as now and all of it still stands."""
        read, wrote = self.tasks.get(task.name, ("", {}))
        return wrote if read == key and written(task.folder) == wrote else None

    def begun(self, task: Task) -> None:
        """Forget a task before it writes its first byte."""
        if self.tasks.pop(task.name, None) is not None:
            self._save()

    def done(self, task: Task, key: str) -> Outputs:
        """Keep what a task read and wrote."""
        wrote = written(task.folder)
        self.tasks[task.name] = (key, wrote)
        self._save()
        return wrote

    def _save(self) -> None:
        fresh = self.path.with_name(f".new-{self.path.name}")
        fresh.write_text(json.dumps(self.tasks, indent=1), encoding="utf-8", newline="\n")
        fresh.replace(self.path)


def digest(texts: Mapping[str, str]) -> str:
    """sha256 of texts and their names."""
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()


def written(folder: Path | None) -> dict[str, str]:
    """sha256 of every file below a folder."""
    if folder is None or not folder.is_dir():
        return {}
    return manifest.digests(folder, (path for path in folder.rglob("*") if path.is_file()))


def run(
    tasks: Iterable[Task],
    record: Record,
    say: Callable[[str], None],
    disturbed: Callable[[], list[Problem]],
    jobs: int = WORKERS,
) -> None:
    """Do the tasks, each once those it follows are done, and tell what runs and what need not.

    At most `jobs` run at once.

    After a failure no further task is begun. `disturbed` tells what of the inputs has changed
    since they were taken: then no task counts as done. Raises the errors of the tasks as one.
    """
    _Run(list(tasks), record, say, disturbed, jobs).all()


class _Run:
    """One run of tasks: those that wait, those that run, and what the others wrote."""

    def __init__(
        self,
        tasks: list[Task],
        record: Record,
        say: Callable[[str], None],
        disturbed: Callable[[], list[Problem]],
        jobs: int,
    ) -> None:
        self.waiting, self.jobs = tasks, jobs
        self.record, self.say, self.disturbed = record, say, disturbed
        self.wrote: dict[str, Outputs] = {}
        self.running: dict[Future[None], Task] = {}
        self.errors: list[BaseException] = []

    def all(self) -> None:
        pool = ThreadPoolExecutor(self.jobs)
        try:
            while self.waiting or self.running:
                self._begin(pool)
                if not self.running:
                    break
                for future in wait(self.running, return_when=FIRST_COMPLETED).done:
                    self._end(future)
        finally:
            pool.shutdown(wait=not self.running)  # when interrupted, nobody waits for what runs
        known = [error for error in self.errors if isinstance(error, HalfyearError)]
        for error in self.errors:
            if error not in known:
                raise error
        if known:
            problems = {(p.file, p.what): p for error in reversed(known) for p in error.problems}
            raise type(known[0])(*problems.values())

    def _begin(self, pool: ThreadPoolExecutor) -> None:
        """Begin what can begin; what is unchanged is done at once, and others may follow it."""
        for task in list(self.waiting):
            if self.errors or len(self.running) == self.jobs:
                return
            if not self.wrote.keys() >= task.uses.keys():
                continue
            self.waiting.remove(task)
            wrote = self.record.current(task, task.key(self.wrote))
            if wrote is not None:
                self.say(task.line(": unchanged", ": không đổi"))
                self.wrote[task.name] = wrote
                task.settled()
                self._begin(pool)
                return
            self.say(task.line())
            self.record.begun(task)
            self.record.seconds[task.name] = -monotonic()
            self.running[pool.submit(_made, task)] = task

    def _end(self, future: Future[None]) -> None:
        task = self.running.pop(future)
        self.record.seconds[task.name] += monotonic()
        error = future.exception()
        if error is None and (problems := self.disturbed()):
            error = HalfyearError(*problems)
        if error is None:
            self.wrote[task.name] = self.record.done(task, task.key(self.wrote))
            task.settled()
        else:
            self.say(task.line(": failed", ": lỗi"))
            self.errors.append(error)


def _made(task: Task) -> None:
    if task.folder is None:
        task.make(Path())
        return
    fresh = publication.beside(task.folder)
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        task.make(fresh)
        publication.replace(task.folder, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
