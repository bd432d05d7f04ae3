"""Many editions on a cluster: whole and verified, a failing one alone, foreign workers refused."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner, Result
from distributed import LocalCluster

import invented_editions
import second_place
import small_edition
from halfyear import manifest
from halfyear.cli import main
from halfyear.cluster import bundle, errand, facts, fleet, worker
from halfyear.errors import BuildError
from halfyear.project import Project
from halfyear.render.engine import choose

ROOT = Path(__file__).resolve().parents[1]
PERIOD = small_edition.PERIOD
ENGINE = choose("embedded")
OTHERS = ("QN", "CB")
FREE = {"dashboard_address": "127.0.0.1:0"}  # any port, for other tests run at the same time
FILES = {"b/vi.txt": "Hải Phòng".encode(), "a.txt": b"1"}


def test_a_bundle_holds_its_files_and_hangs_on_nothing_else(tmp_path: Path) -> None:
    packed = bundle.pack(FILES)
    assert packed == bundle.pack(dict(reversed(FILES.items())))
    digests = bundle.unpack(packed, tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in digests} == FILES
    # printf 1 | sha256sum
    known = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"
    assert digests["a.txt"] == known


@pytest.mark.parametrize("name", ["../out", "/out", "a/../../out", "C:/out", "a\\..\\out"])
def test_no_name_in_a_bundle_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a file"):
        bundle.unpack(bundle.pack({name: b""}), tmp_path / "in")
    assert not (tmp_path / "out").exists()


def test_facts_name_package_libraries_and_engine() -> None:
    ours = facts.facts("embedded")
    assert {"pandas", "typst", "brotli", "src/halfyear/build.py", "python"} <= ours.keys()
    assert ours["engine"] == f"embedded {ENGINE.version}"
    theirs = {**ours, "pandas": "2.0.0"}
    assert facts.digest(theirs) != facts.digest(ours)
    assert facts.differing(ours, theirs) == (f"pandas {ours['pandas']}", "pandas 2.0.0")


def run(project: Project, *words: str) -> Result:
    given = {"HALFYEAR_ROOT": str(project.root)}
    return CliRunner(env=given).invoke(main, ["editions", *words, "--engine", "embedded"])


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "no Dask scheduler answers"), ("vi", "không có bộ điều phối Dask")]
)
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "tls://127.0.0.1:9"])
def test_a_scheduler_that_cannot_be_reached_is_told_in_one_sentence(
    invented: Project, monkeypatch: pytest.MonkeyPatch, lang: str, said: str, address: str
) -> None:
    monkeypatch.setattr(fleet, "PATIENCE", 1)
    done = run(invented, "--all", "--scheduler", address, "--lang", lang)
    assert done.exit_code == 1
    (line,) = done.stderr.splitlines()
    assert said in line
    assert address in line


def test_without_dask_the_extra_is_named(
    invented: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "halfyear.cluster.fleet", None)
    monkeypatch.delattr("halfyear.cluster.fleet")
    done = run(invented, "--all")
    assert done.exit_code == 1
    assert 'pip install "halfyear[cluster]"' in done.stderr


@pytest.mark.parametrize("words", [[], ["--all", PERIOD]])
def test_editions_are_named_or_all(invented: Project, words: list[str]) -> None:
    done = run(invented, *words)
    assert done.exit_code == 2
    assert "--all" in done.stderr


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return invented_editions.write(tmp_path_factory.mktemp("invented") / "project", OTHERS)


@pytest.fixture
def invented(original: Project, tmp_path: Path) -> Project:
    """Editions of three places, none of them built."""
    return Project(Path(shutil.copytree(original.root, tmp_path / "invented")))


def made(root: Path, order: worker.Order) -> tuple[int, str]:
    """Stand in for a build: its one file is the params it was made from, if they are sound."""
    choices = root / "params" / f"{order.name}.yml"
    text = choices.read_text(encoding="utf-8")
    if "unsound" in text:
        return 1, f"error: {choices}: unsound\n"
    out = root / "build" / order.name
    out.mkdir(parents=True)
    (out / "made-page.html").write_text(text, encoding="utf-8")
    day, engine = str(date(2026, 6, 30)), f"{ENGINE.name} {ENGINE.version}"
    inputs = dict(order.inputs) | manifest.digests(
        ROOT, (ROOT / name for name in facts.facts(order.engine) if name.startswith("src/"))
    )
    content = manifest.describe(
        order.name, day, engine, dict(sorted(inputs.items())), fleet_outputs(out)
    )
    manifest.write(out, content)
    out.with_name(f"{out.name}.run.json").write_text("{}", encoding="utf-8")
    return 0, ""


def fleet_outputs(out: Path) -> dict[str, str]:
    return manifest.digests(out, [path for path in out.rglob("*") if path.is_file()])


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let workers be threads of this process, and builds be copies of their params."""
    monkeypatch.setattr(worker, "_run", made)
    monkeypatch.setattr(fleet, "_local", threads)


def threads(cluster: fleet.Cluster, number: int) -> LocalCluster:
    return LocalCluster(
        n_workers=cluster.size(number),
        threads_per_worker=1,
        processes=False,
        dashboard_address=None,
        scheduler_kwargs=FREE,
    )


def page(project: Project, name: str) -> str:
    return (project.build / name / "made-page.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("quick")
def test_each_edition_is_built_published_and_next_time_skipped(invented: Project) -> None:
    first = run(invented, "--all", "--workers", "2")
    assert first.exit_code == 0, first.output
    assert "3 built, 0 stood already, 0 failed" in first.stdout
    assert "place: QN" in page(invented, f"QN/{PERIOD}")
    assert "place: HP" in page(invented, PERIOD)
    assert (invented.build / "QN" / f"{PERIOD}.run.json").is_file()
    with (invented.params / "CB" / f"{PERIOD}.yml").open("a", encoding="utf-8") as file:
        file.write("# another word\n")
    (invented.build / "QN" / PERIOD / "made-page.html").write_text("touched", encoding="utf-8")
    second = run(invented, "--all", "--workers", "1")
    assert "2 built, 1 stood already, 0 failed" in second.stdout, second.output
    assert "another word" in page(invented, f"CB/{PERIOD}")
    assert "place: QN" in page(invented, f"QN/{PERIOD}")


@pytest.mark.usefixtures("quick")
def test_a_failing_edition_is_told_and_stops_no_other(invented: Project) -> None:
    unread = invented.params / "CB" / f"{PERIOD}.yml"
    unread.write_text("place: [", encoding="utf-8")
    with (invented.params / "QN" / f"{PERIOD}.yml").open("a", encoding="utf-8") as file:
        file.write("# unsound\n")
    done = run(invented, "--all", "--lang", "vi")
    assert done.exit_code == 1
    assert "làm mới 1 kỳ, 0 kỳ còn nguyên, 2 kỳ lỗi" in done.stdout, done.stderr
    assert f"QN/{PERIOD}: lỗi" in done.stderr
    assert f"  error: params/QN/{PERIOD}.yml: unsound" in done.stderr  # no folder of the worker
    assert str(unread) in done.stderr
    assert (invented.build / PERIOD).is_dir()
    assert not (invented.build / "QN" / PERIOD).exists()


@pytest.mark.usefixtures("quick")
def test_what_comes_back_otherwise_than_its_manifest_says_is_not_published(
    invented: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(invented, PERIOD).exit_code == 0
    before = page(invented, PERIOD)
    with (invented.params / f"{PERIOD}.yml").open("a", encoding="utf-8") as file:
        file.write("# another word\n")
    whole = bundle.pack
    monkeypatch.setattr(
        bundle,
        "pack",
        lambda files: whole({n: c + b" " * n.endswith("made-page.html") for n, c in files.items()}),
    )
    done = run(invented, PERIOD)
    assert done.exit_code == 1
    assert "not published" in done.stderr
    assert "made-page.html" in done.stderr
    assert page(invented, PERIOD) == before


@pytest.mark.usefixtures("quick")
def test_workers_of_another_version_get_nothing_and_are_named(
    invented: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fleet.Fleet, "_order", ordered)
    done = run(invented, "--all", "--workers", "1")
    assert done.exit_code == 1
    assert "does not build the same bytes" in done.stderr
    assert "pandas 0.1" in done.stderr
    assert "hash" in done.stderr
    assert "none of the workers" in done.stderr
    assert not (invented.build / PERIOD).exists()


def ordered(self: fleet.Fleet, plans: list[fleet.Plan]) -> None:
    """Order, as if this machine had another version than the workers."""
    self.waiting = [str(plan.edition) for plan in plans]
    self.facts = {**self.facts, "pandas": "0.1"}


@contextmanager
def process(*words: str, **named: str) -> Iterator[psutil.Popen]:
    """A process that is ended with all it has started."""
    started = psutil.Popen(
        [sys.executable, *words],
        env={**os.environ, **named},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield started
    finally:
        with suppress(psutil.Error):
            for child in [started, *started.children(recursive=True)]:
                with suppress(psutil.Error):
                    child.kill()
        started.wait()


def builds(of: psutil.Popen) -> list[psutil.Process]:
    """What a worker has started that builds an edition."""
    found = []
    with suppress(psutil.Error):
        for child in of.children(recursive=True):
            with suppress(psutil.Error):
                if errand.RUN in child.cmdline():
                    found.append(child)
    return found


@pytest.mark.slow
def test_workers_of_a_running_scheduler_build_though_one_dies_and_one_is_foreign(
    invented: Project, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(ROOT / "src", tmp_path / "other"))
    changed = other / "halfyear" / "verdict.py"
    text = changed.read_text(encoding="utf-8")
    changed.write_text(f"{text}# another version\n", encoding="utf-8")
    for name in (PERIOD, f"QN/{PERIOD}"):
        second_place.only(invented.root, name, "en")
    place = tmp_path / "scheduler.json"
    free = ("--dashboard-address", FREE["dashboard_address"], "--no-dashboard")
    dask = ("-m", "distributed.cli.dask_scheduler", "--port", "0", *free)
    joins = ("-m", "distributed.cli.dask_worker", "--scheduler-file", str(place), *free)
    alone = (*joins, "--no-nanny", "--local-directory", str(tmp_path))
    with (
        process(*dask, "--scheduler-file", str(place)),
        process(*alone) as doomed,
        process(*alone, PYTHONPATH=str(other)),
    ):
        while not place.is_file():
            time.sleep(0.1)
        words = ["editions", f"QN/{PERIOD}", PERIOD, "--engine", "embedded"]
        address = json.loads(place.read_text(encoding="utf-8"))["address"]
        with subprocess.Popen(
            [sys.executable, "-m", "halfyear", *words, "--scheduler", address, "--lang", "en"],
            env={**os.environ, "HALFYEAR_ROOT": str(invented.root)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as command:
            while not (running := builds(doomed)):
                time.sleep(0.1)
                assert command.poll() is None
            with process(*alone):
                doomed.send_signal(signal.SIGKILL)
                told, complaints = command.communicate(timeout=600)
                assert psutil.wait_procs(running, timeout=10)[1] == []
    assert command.returncode == 0, told + complaints
    assert "2 built, 0 stood already, 0 failed" in told
    assert "has gone; what it was building is built again" in told
    assert "src/halfyear/verdict.py" in complaints
    for name in (PERIOD, f"QN/{PERIOD}"):
        folder = invented.build / name
        outputs = manifest.read(folder)["outputs"]
        assert "briefing.en.pdf" in outputs
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert manifest.digests(folder, files).items() >= outputs.items()


def test_a_busy_project_refuses_a_second_command(invented: Project) -> None:
    with fleet._by_itself(invented):
        second = fleet._by_itself(invented)
        with pytest.raises(BuildError, match="already"):
            second.__enter__()
