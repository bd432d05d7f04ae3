"""The journal: cut off anywhere, a change of the data is whole or gone after the next command."""

import errno
import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from copies import append, copied, rows, source
from halfyear.data import change, journal, lock
from halfyear.errors import DataError
from halfyear.periods import renewal
from halfyear.project import Project

CALLS = ("replace", "unlink", "rename", "rmdir", "fsync", "mkdir")
KILLED = 9
Act = Callable[[Project], object]


def cut_off(root: Path, act: Act, left: int) -> int:
    """Let a process that changes the data die at a call of the file system; give its exit code."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    calls = count(1)

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def counting(*given: object, **named: object) -> object:
            if next(calls) == left:
                os._exit(KILLED)
            return call(*given, **named)

        return counting

    for name in CALLS:
        setattr(os, name, counted(getattr(os, name)))
    try:
        act(Project(root))
    except BaseException:
        os._exit(1)
    os._exit(0)


def four_files(project: Project) -> None:
    """Change two files, bring a new one and take one away."""
    with change.made(project, "trial") as copy:
        (copy.data / "goals.csv").write_text("goals\n")
        (copy.data / "new.csv").write_text("new\n")
        (copy.data / "datapackage.json").write_text("{}\n")
        (copy.data / "groups.csv").unlink()


def four_files_on_a_full_disk(project: Project) -> None:
    whole = Path.replace

    def full(path: Path, target: Path) -> Path:
        if path.name == "datapackage.json" and "new" in path.parts:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return whole(path, target)

    Path.replace = full  # type: ignore[method-assign,assignment]
    four_files(project)


def data(root: Path) -> dict[str, bytes]:
    found = (path for path in (root / "data").rglob("*") if path.is_file())
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in found
        if not path.name.startswith(lock.NAME)
    }


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A project of four files, which no check looks at."""
    root = tmp_path / "p"
    (root / "data").mkdir(parents=True)
    for name in ("datapackage.json", "goals.csv", "groups.csv", "units.csv"):
        (root / "data" / name).write_text(f"old {name}\n", encoding="utf-8")
    return root


def after(root: Path) -> dict[str, bytes]:
    """The data as the change leaves them."""
    return {
        "data/datapackage.json": b"{}\n",
        "data/goals.csv": b"goals\n",
        "data/new.csv": b"new\n",
        "data/units.csv": (root / "data" / "units.csv").read_bytes(),
    }


@pytest.mark.parametrize(
    ("act", "end", "states"),
    [
        (four_files, 0, {"none", "dropped", "finished"}),
        (four_files_on_a_full_disk, 1, {"none", "dropped", "finished", "back"}),
    ],
)
def test_a_change_cut_off_at_any_call_is_whole_or_gone(
    tiny: Path, tmp_path: Path, act: Act, end: int, states: set[str]
) -> None:
    before, whole = data(tiny), after(tiny)
    seen: set[str] = set()
    for left in count(1):
        root = Path(shutil.copytree(tiny, tmp_path / f"cut{left}"))
        ended = cut_off(root, act, left)
        recovery = change.recover(Project(root))
        assert data(root) in (before, whole), left
        assert not (root / journal.SCRATCH).exists()
        if recovery is not None and recovery.state == "finished":
            assert data(root) == whole
            assert recovery.what == "trial"
        seen.add(recovery.state if recovery else "none")
        if ended != KILLED:
            break
    assert ended == end, "the loop reached the end of the change"
    assert data(root) == (before if end else whole)
    assert seen == states


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return copied(tmp_path / "p")


def changed(project: Project, name: str) -> None:
    with change.made(project, f"import {name}") as copy:
        source(copy, name, "2026-07-01")


def test_the_last_change_is_taken_back_and_may_be_made_again(project: Project) -> None:
    before = data(project.root)
    changed(project, "one")
    after_one = data(project.root)
    assert change.undo(project).what == "import one"
    assert data(project.root) == before
    assert change.undo(project).what == "undo: import one"
    again = change.last(project)
    assert again is not None
    assert again.what == "import one"  # it stands as at first, and is named so
    assert data(project.root) == after_one


def test_a_started_period_is_taken_back_whole(project: Project) -> None:
    before = data(project.root)
    written = renewal.begin(project, "2026-9M")
    change.undo(project)
    assert data(project.root) == before
    assert [path for path in written if path.exists()] == []


def test_nothing_is_taken_back_where_there_is_nothing(project: Project) -> None:
    with pytest.raises(DataError, match="no change of the data to take back"):
        change.undo(project)


def test_what_was_edited_since_stands_in_the_way(project: Project) -> None:
    changed(project, "one")
    path = project.data / "sources.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    edited = data(project.root)
    with pytest.raises(DataError) as caught:
        change.undo(project)
    assert [p.file for p in caught.value.problems] == ["data/sources.csv"]
    assert data(project.root) == edited


def test_somebody_else_s_change_is_not_taken_back_by_the_way(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(project, "one")
    with monkeypatch.context() as other:
        other.setattr(journal, "whoami", lambda: "lan@office")
        with pytest.raises(DataError, match="somebody else's"):
            change.undo(project)
        assert change.undo(project, anyones=True).what == "import one"


def test_rows_that_rest_on_the_change_stand_in_the_way(project: Project) -> None:
    changed(project, "one")
    given = rows(project, "unclaimed")[0]
    append(project, "unclaimed", **{**given, "source": "one", "line": "77"})
    with pytest.raises(DataError) as caught:
        change.undo(project)
    assert {p.file for p in caught.value.problems} == {"data/unclaimed.csv"}


def test_a_file_edited_after_a_cut_off_change_is_not_written_over(
    tiny: Path, tmp_path: Path
) -> None:
    for left in count(1):
        root = Path(shutil.copytree(tiny, tmp_path / f"cut{left}"))
        assert cut_off(root, four_files, left) == KILLED
        begun = journal.read(root / journal.SCRATCH) if (root / journal.SCRATCH).exists() else None
        if begun is not None:
            break
    goals = root / "data" / "goals.csv"
    goals.write_text("edited by hand\n", encoding="utf-8")
    with pytest.raises(DataError, match="was edited after") as caught:
        change.recover(Project(root))
    assert [p.file for p in caught.value.problems] == ["data/goals.csv"]
    assert goals.read_text(encoding="utf-8") == "edited by hand\n"
    goals.rename(root / "mine.csv")
    recovery = change.recover(Project(root))
    assert recovery is not None
    assert data(root) == after(root)


def test_the_lock_of_a_dead_process_holds_nothing(tiny: Path) -> None:
    def dies(project: Project) -> None:
        with lock.held(project.data):
            os._exit(KILLED)

    assert cut_off(tiny, dies, 0) == KILLED
    with lock.held(tiny / "data", 0):
        assert f"process {os.getpid()} on" in (tiny / "data" / lock.HOLDER).read_text()


def test_while_somebody_changes_the_data_their_scratch_is_left_alone(tiny: Path) -> None:
    with change.made(Project(tiny), "trial") as copy:
        assert change.recover(Project(tiny)) is None
        assert copy.data.is_dir()
