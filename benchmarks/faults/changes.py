"""Kills of new, import, accept and undo: the data are as before or as after, never between."""

import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import trial
from trial import Tally

import small_project
from copies import copied, fill, source
from halfyear.data import change, checks
from halfyear.intake import session
from halfyear.period import Period
from halfyear.periods import renewal
from halfyear.project import Project
from test_intake_accept import report

COMING = "2026-9M"
GRDP = {"place": "HP", "indicator": "grdp", "measure": "growth_yoy", "time_period": COMING}


def started(folder: Path) -> Project:
    """A project whose workbook of a new period holds a source and one figure."""
    project = copied(folder / "p")
    renewal.begin(project, COMING)
    book = project.root / f"{COMING}.xlsx"
    texts = {"title_vi": "Báo cáo giả định", "title_en": "Invented", "issuer": "UBND"}
    document = {"date": "2026-09-30", "sha256": "0123456789abcdef" * 4}
    fill(book, "Nguồn", {"id": "report_2026_9m"}, **texts, **document)
    fill(book, "Số liệu", GRDP, value=11.6, printed="11,60%", line=1, nth=1)
    return project


def reviewed(folder: Path) -> Project:
    """A project with the review sheet of a report, which is to be accepted."""
    project = copied(folder / "p")
    small_project.put(project.root, "sources", 2, issuer="UBND TP Hải Phòng")
    wanted = session.Wish(Period.parse(COMING), "made_up_2026_9m")
    session.run(project, report(folder), wanted, project.root / "sheet")
    return project


def changed(folder: Path) -> Project:
    """A project with a change to take back."""
    project = copied(folder / "p")
    with change.made(project, "trial") as copy:
        source(copy, "trial", "2026-07-01")
    return project


VERBS: dict[str, tuple[Callable[[Path], Project], list[str]]] = {
    "new": (lambda folder: copied(folder / "p"), ["new", COMING]),
    "import": (started, ["import", f"{COMING}.xlsx"]),
    "accept": (reviewed, ["accept", "sheet"]),
    "undo": (changed, ["undo"]),
}


def data(root: Path) -> dict[str, str]:
    """Hashes of the files that a change may touch; a workbook, which holds the time, by name."""
    found = [*(root / "data").rglob("*"), *(root / "params").rglob("*"), *root.glob("*.xlsx")]
    known = trial.hashes(root)
    names = [path.relative_to(root).as_posix() for path in found if path.is_file()]
    return {
        name: "" if name.endswith(".xlsx") else known[name]
        for name in names
        if not Path(name).name.startswith(".")
    }


def tree(root: Path) -> dict[str, str]:
    """Hashes of every file of a project, hidden ones as well, but of workbooks."""
    return {name: one for name, one in trial.hashes(root).items() if not name.endswith(".xlsx")}


class Change:
    """A verb that changes data, in a project as it is before it, and what it leads to."""

    def __init__(self, verb: str, folder: Path) -> None:
        make, self.words = VERBS[verb]
        self.folder = folder
        self.project = make(folder)
        self.before = data(self.project.root)
        whole = self.fresh("whole")
        begun = time.monotonic()
        code, said = trial.run(whole, self.words)
        assert code == 0, said
        self.span, self.after = time.monotonic() - begun, data(whole)
        assert self.before != self.after

    def fresh(self, name: str) -> Path:
        """A copy of the project."""
        root = self.folder / name
        shutil.rmtree(root, ignore_errors=True)
        return Path(shutil.copytree(self.project.root, root))

    def wrong(self, root: Path) -> list[str]:
        """What is wrong after a fault: the next command mends, and the verb can be said again."""
        code, said = trial.run(root, ["list"])
        if code:
            return [f"the next command failed: {said[-300:]!r}"]
        if checks.problems(Project(root)):
            return ["the checks find problems"]
        found = data(root)
        if found not in (self.before, self.after):
            return ["the data are neither as before nor as after"]
        if (root / ".changing-data").exists():
            return ["the scratch folder is left"]
        if found == self.before and tree(root) != tree(self.project.root):
            code, said = trial.run(root, self.words)
            if code or data(root) != self.after:
                return [f"the same verb again failed: {said[-300:]!r}"]
        temporary = root.with_name("temporary")
        left = [path.name for path in temporary.iterdir()]
        if left:
            shutil.rmtree(temporary)
            return [f"left in the temporary folder: {left[0]}"]
        return []


def kills(folder: Path, verb: str, number: int, chance: random.Random) -> Iterator[Tally]:
    """Kill a verb that changes data; gives the tally after each."""
    change, tally = Change(verb, folder), Tally(f"{verb}, killed")
    trace = change.fresh("killed")
    for at in list(trial.moments(trace, change.words, number, change.span, chance)):
        root = change.fresh("killed")
        ended = trial.kill(root, change.words, at)
        tally.killed(ended, change.wrong(root), at)
        yield tally


def together(folder: Path, number: int) -> Iterator[Tally]:
    """Take one workbook in twice at once; in every second pair one of them is killed."""
    change, tally = Change("import", folder), Tally("two imports at once")
    for turn in range(number):
        root = change.fresh("killed")
        pair = [trial.start(root, change.words) for _ in range(2)]
        if turn % 2:
            time.sleep(change.span * (turn % 9 + 1) / 10)
            pair[0].kill()
        told = ["".join(process.communicate()) for process in pair]
        wrong = [
            f"one of two failed: {text[-300:]!r}"
            for process, text in zip(pair[turn % 2 :], told[turn % 2 :], strict=True)
            if process.returncode
        ]
        if data(root) != change.after:
            wrong.append("the figures did not enter")
        tally.count([*wrong, *change.wrong(root)], turn)
        yield tally
