"""Tasks of a build: nothing stale, lost or mixed, whenever it is killed or its inputs change."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import copies
from halfyear import build, params, snapshot, tasks, workplace
from halfyear.commands import speech
from halfyear.errors import BuildError, HalfyearError, Problem
from halfyear.identity import Identity
from halfyear.project import Project
from halfyear.render.engine import choose
from halfyear.tasks import Record, Task

PERIOD = Identity.parse("2026-H1")
COMPOSED = ("compose vi", "compose en", "draw vi", "draw en")


def nothing(_: object = None) -> list[Problem]:
    """No input has changed; nothing is to be said."""
    return []


@dataclass
class Small:
    """A build of two tasks: figures doubled from an input, and a page of the doubled figure."""

    root: Path
    pause: Callable[[str], None] = nothing  # type: ignore[assignment]
    said: list[str] = field(default_factory=list)

    @property
    def page(self) -> str:
        return (self.root / "page" / "page.txt").read_text(encoding="utf-8")

    def put(self, name: str, text: str) -> None:
        path = self.root / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run(self) -> list[str]:
        """Build from a snapshot, and give what was said."""
        project, said = Project(self.root / "project"), list[str]()
        taken = snapshot.take(project, PERIOD, self.root / "inputs")

        def double(folder: Path) -> None:
            figure = int((taken.root / "data" / "figure.csv").read_text(encoding="utf-8"))
            self.pause("double")
            (folder / "doubled.txt").write_text(str(2 * figure), encoding="utf-8")

        def write(folder: Path) -> None:
            title = (taken.root / "report" / "title.txt").read_text(encoding="utf-8")
            self.pause("page")
            doubled = (self.root / "figures" / "doubled.txt").read_text(encoding="utf-8")
            (folder / "page.txt").write_text(f"{title} {doubled}", encoding="utf-8")

        files = taken.files
        tasks.run(
            [
                Task(
                    "double",
                    double,
                    {"figure": files["data/figure.csv"]},
                    folder=self.root / "figures",
                ),
                Task(
                    "page",
                    write,
                    {"title": files["report/title.txt"]},
                    {"double": ("*",)},
                    self.root / "page",
                ),
            ],
            Record(self.root / "record.json"),
            said.append,
            taken.disturbed,
        )
        return said


@pytest.fixture
def small(tmp_path: Path) -> Small:
    build = Small(tmp_path)
    build.put("data/figure.csv", "21")
    build.put("report/title.txt", "Growth")
    return build


def test_only_what_reads_a_change_is_done_again(small: Small) -> None:
    assert small.run() == ["  double", "  page"]
    assert small.page == "Growth 42"
    assert small.run() == ["  double: unchanged", "  page: unchanged"]
    small.put("report/title.txt", "Slower growth")
    assert small.run() == ["  double: unchanged", "  page"]
    assert small.page == "Slower growth 42"
    small.put("data/figure.csv", "5")
    assert small.run() == ["  double", "  page"]
    assert small.page == "Slower growth 10"


def test_what_a_task_found_to_read_decides_whether_it_is_done_again(tmp_path: Path) -> None:
    shown, read = {"exports": "1", "visitors": "1"}, ["exports", "visitors"]

    def run() -> list[str]:
        said = list[str]()
        task = Task(
            "double",
            lambda _: read.remove("visitors") if "visitors" in read else None,
            {},
            folder=tmp_path / "made",
            found=lambda: {name: shown[name] for name in read},
        )
        tasks.run([task], Record(tmp_path / "record.json"), said.append, nothing)
        return said

    assert run() == ["  double"]
    shown["visitors"] = "2"
    assert run() == ["  double: unchanged"]
    shown["exports"] = "2"
    assert run() == ["  double"]


def test_how_far_a_build_has_come_is_told_in_both_languages(
    small: Small, capsys: pytest.CaptureFixture[str]
) -> None:
    small.run()
    told = {}
    for lang in ("vi", "en"):
        speech.begin(["--lang", lang])
        for line in (*small.run(), workplace.WAITING):
            speech.progress(line)
        told[lang] = capsys.readouterr().out
    assert "  trang: không đổi\n" in told["vi"]
    assert "chờ đến khi xong" in told["vi"]
    assert "  page: unchanged\n" in told["en"]
    assert "waiting for it to end" in told["en"]


def test_the_same_figure_from_other_inputs_leaves_what_follows_alone(small: Small) -> None:
    small.run()
    small.put("data/figure.csv", "21 ")  # another file, the same figure
    assert small.run() == ["  double", "  page: unchanged"]


@pytest.mark.parametrize("when", ["double", "page"])
def test_an_input_saved_while_a_task_runs_is_neither_lost_nor_mixed_in(
    small: Small, when: str
) -> None:
    def save(task: str) -> None:
        if task == when:
            small.put("data/figure.csv", "5")
            small.put("report/title.txt", "Slower growth")

    small.pause = save
    small.run()
    assert small.page == "Growth 42"  # as it stood when the build began
    small.pause = nothing  # type: ignore[assignment]
    assert small.run() == ["  double", "  page"]
    assert small.page == "Slower growth 10"
    assert small.run() == ["  double: unchanged", "  page: unchanged"]


def test_a_file_that_a_task_left_and_somebody_changed_is_made_again(small: Small) -> None:
    small.run()
    (small.root / "figures" / "doubled.txt").write_text("43", encoding="utf-8")
    assert small.run() == ["  double", "  page: unchanged"]
    (small.root / "page" / "page.txt").unlink()
    assert small.run() == ["  double: unchanged", "  page"]
    assert small.page == "Growth 42"


@pytest.mark.parametrize("content", [b"", b'{"double": ["x"', b"\xff", b"[1]", b'{"double": 1}'])
def test_a_torn_record_means_build_again(small: Small, content: bytes) -> None:
    small.run()
    (small.root / "record.json").write_bytes(content)
    assert Record(small.root / "record.json").torn
    assert small.run() == ["  double", "  page"]
    assert small.run() == ["  double: unchanged", "  page: unchanged"]


def test_a_failed_task_leaves_what_it_had_left_and_is_tried_again(small: Small) -> None:
    small.run()
    small.put("data/figure.csv", "no number")
    with pytest.raises(ValueError, match="no number"):
        small.run()
    assert (small.root / "figures" / "doubled.txt").read_text(encoding="utf-8") == "42"
    small.put("data/figure.csv", "21")
    assert small.run() == ["  double", "  page: unchanged"]


def test_problems_of_tasks_that_fail_together_are_told_together(tmp_path: Path) -> None:
    def fail(what: str) -> Callable[[Path], None]:
        def make(_: Path) -> None:
            time.sleep(0.2)
            raise BuildError(Problem(what))

        return make

    every = [Task(name, fail(name), {}) for name in ("one", "two", "three")]
    said: list[str] = []
    with pytest.raises(BuildError) as caught:
        tasks.run(every, Record(tmp_path / "record.json"), said.append, nothing)
    assert sorted(p.what for p in caught.value.problems) == ["one", "two"]
    assert "  three" not in said


def test_a_task_that_writes_into_the_inputs_does_not_count_as_done(small: Small) -> None:
    taken = small.root / "inputs" / "data" / "figure.csv"
    small.pause = lambda task: taken.write_text("7") if task == "double" else None  # type: ignore[assignment,return-value]
    with pytest.raises(HalfyearError, match=r"changed its input.*|figure\.csv"):
        small.run()
    small.pause = nothing  # type: ignore[assignment]
    assert small.run() == ["  double", "  page"]
    assert small.page == "Growth 42"


KILLED = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_tasks import Small

def pause(task):
    if task == sys.argv[3]:
        print("here", flush=True)
        time.sleep(60)

Small(Path(sys.argv[1]), pause).run()
"""


@pytest.mark.parametrize("when", ["double", "page"])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_killed_and_the_input_put_back_the_next_build_is_that_of_its_inputs(
    small: Small, when: str, how: signal.Signals
) -> None:
    small.run()
    small.put("data/figure.csv", "5")
    small.put("report/title.txt", "Slower growth")
    here = str(Path(__file__).parent)
    run = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(small.root), here, when],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with run:
        assert run.stdout
        assert run.stdout.readline() == "here\n"
        run.send_signal(how)
    small.put("data/figure.csv", "21")
    small.put("report/title.txt", "Growth")
    small.run()
    assert small.page == "Growth 42"
    assert (small.root / "figures" / "doubled.txt").read_text(encoding="utf-8") == "42"


def test_of_the_params_only_those_of_the_edition_and_of_the_last_one_before_it_are_taken(
    small: Small,
) -> None:
    for name in ("2025-H1", "2025-FY", "2026-H1", "2026-9M", "draft"):
        small.put(f"params/{name}.yml", "x")
    files = snapshot.take(Project(small.root / "project"), PERIOD, small.root / "inputs").files
    assert [name for name in files if name.startswith("params")] == [
        "params/2025-FY.yml",
        "params/2026-H1.yml",
    ]


def test_a_file_that_is_gone_is_gone_from_the_snapshot(small: Small) -> None:
    small.put("data/old.csv", "1")
    project = Project(small.root / "project")
    snapshot.take(project, PERIOD, small.root / "inputs")
    (project.data / "old.csv").unlink()
    taken = snapshot.take(project, PERIOD, small.root / "inputs")
    assert "data/old.csv" not in taken.files
    assert not (taken.root / "data" / "old.csv").exists()


@pytest.mark.bad("environment")
def test_inputs_that_never_stand_still_are_told(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small.root / "project" / "data" / "figure.csv"
    monkeypatch.setattr(snapshot, "PAUSE", 0.0)
    true = snapshot._contents

    def disturbed(paths: dict[str, Path]) -> dict[str, bytes] | None:
        contents = true(paths)
        path.write_text(f"{path.read_text(encoding='utf-8')}1", encoding="utf-8")
        return contents

    monkeypatch.setattr(snapshot, "_contents", disturbed)
    with pytest.raises(BuildError, match="the inputs change all the time"):
        snapshot.take(Project(small.root / "project"), PERIOD, small.root / "inputs")


@pytest.mark.parametrize(
    ("name", "done"),
    [
        ("report/texts/briefing.en.yml", {"compose en", "publish", "wording"}),
        (
            "report/texts/glossary.yml",
            {"compose vi", "compose en", "notebook", "publish", "wording"},
        ),
        ("report/texts/annex.vi.yml", {"gather", "compose vi", "publish", "wording"}),
        ("report/texts/ui.en.yml", {"page", "pdf", "publish", "wording"}),
        ("report/templates/page.css", {"page", "publish"}),
        ("report/templates/layout.typ", {"pdf", "publish", "typeset"}),
        ("report/templates/reader.yml", {"page", "parse", "pdf", "publish", "typeset"}),
        ("report/templates/start.css", {"publish"}),
        ("report/pictures/page1.en.png", {"publish"}),
        (
            "report/texts/charts.vi.yml",
            {"draw vi", "compose vi", "notebook", "publish", "wording"},
        ),
        ("report/texts/notebooks.vi.yml", {"compose vi", "notebook", "publish", "wording"}),
        ("data/plan.csv", {"check", "gather", *COMPOSED, "notebook", "publish"}),
    ],
)
def test_a_changed_file_is_read_by_no_more_than_what_hangs_on_it(
    tmp_path: Path, name: str, done: set[str]
) -> None:
    """What follows a task is done again only where that wrote something else."""

    def keys(digest: str) -> dict[str, dict[str, str]]:
        taken = snapshot.Snapshot(copies.ROOT, {name: digest}, {}, {})
        chosen = params.read(Project(copies.ROOT).choices(PERIOD))
        work = build.Build(taken, chosen, choose("embedded"), tmp_path / "w", tmp_path / "out")
        return {task.name: {**task.reads, **task.found()} for task in work.tasks()}

    before, after = keys("1"), keys("2")
    changed = {task for task in before if before[task] != after[task]}
    assert {task if task in COMPOSED else task.partition(" ")[0] for task in changed} == done


def test_a_notebook_hangs_on_what_its_last_execution_read(tmp_path: Path) -> None:
    files = {"report/texts/briefing.en.yml": "1", "data/plan.csv": "2", "data/coverage.yml": "3"}
    taken = snapshot.Snapshot(copies.ROOT, files, {}, {})
    chosen = params.read(Project(copies.ROOT).choices(PERIOD))
    work = build.Build(taken, chosen, choose("embedded"), tmp_path / "w", tmp_path / "out")
    task = next(task for task in work.tasks() if task.name.startswith("notebook"))
    assert task.found() == {"data/plan.csv": "2", "data/coverage.yml": "3"}
    (tmp_path / "w" / "checked").mkdir(parents=True)
    (tmp_path / "w" / "checked" / "shown.json").write_text('{"plan": "4", "goals": "5"}')
    assert task.folder is not None
    task.folder.mkdir(parents=True)
    names = ["plan", "figure of none", "input report/texts/briefing.en.yml"]
    kept = {"edition": ["2026-H1", str(chosen.edition_date)], "names": names}
    (task.folder / "reads.json").write_text(json.dumps(kept))
    assert task.found() == dict(zip(names, ("4", "", "1"), strict=True))


def test_a_task_that_need_not_be_done_is_settled_as_one_that_is(tmp_path: Path) -> None:
    """So is the server of the kernels ended though one language is composed no other way."""
    told: list[str] = []

    def run(read: str) -> None:
        tasks.run(
            [
                Task("one", nothing, {"same": "1"}, settled=lambda: told.append("one")),
                Task("two", nothing, {"read": read}, settled=lambda: told.append("two")),
            ],
            Record(tmp_path / "record.json"),
            nothing,
            list,
            jobs=1,
        )

    run("1")
    run("2")
    assert told == ["one", "two", "one", "two"]
    taken = snapshot.Snapshot(copies.ROOT, {}, {}, {})
    chosen = params.read(Project(copies.ROOT).choices(PERIOD))
    work = build.Build(taken, chosen, choose("embedded"), tmp_path / "w", tmp_path / "out")
    work.ending.callback(told.append, "ended")
    for task in work.tasks():
        task.settled()
        if task.name == "compose vi":
            assert "ended" not in told
        if task.name == "compose en":
            break
    assert told[-1] == "ended"
