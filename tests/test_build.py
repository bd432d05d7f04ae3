"""End to end on the small edition: what a build leaves, and what a failed one leaves alone."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pypdf
import pytest

import small_edition
from halfyear.project import Project

ROOT = Path(__file__).resolve().parents[1]
PERIOD = "2026-H1"
OPENS = (
    "from halfyear.notebook import open_desk\n\ndesk = open_desk(period, edition_date, language)"
)
COMMAND = "from halfyear.cli import main; main()"
HOSTILE = "<b>Plan</b> *of* _many_ #strong[ways] $x$ `now` \\ @here [a](b) {{< lipsum >}} ~ | \" '"

NAME = "<i>Exports</i> *S* $x^2$ #y"

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Copy:
    """A copy of the project with its own package, to be built and broken."""

    root: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a verb of halfyear in the copy."""
        env = {**os.environ, "PYTHONPATH": str(self.root / "src"), "HALFYEAR_ROOT": str(self.root)}
        return subprocess.run(
            [sys.executable, "-c", COMMAND, *words],
            cwd=self.root,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    @contextmanager
    def started(self, *words: str) -> Iterator[subprocess.Popen[str]]:
        """Start a verb of halfyear in the copy; nothing of it is left afterwards."""
        env = {**os.environ, "PYTHONPATH": str(self.root / "src"), "HALFYEAR_ROOT": str(self.root)}
        run = subprocess.Popen(
            [sys.executable, "-u", "-c", COMMAND, *words],
            cwd=self.root,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with run:
            try:
                yield run
            finally:
                run.kill()

    def report(self, period: str = PERIOD) -> subprocess.CompletedProcess[str]:
        return self.run("report", period, "--engine", "embedded")

    @property
    def built(self) -> dict[str, str]:
        """Hash of every published file by its name."""
        folder = self.root / "build" / PERIOD
        files = (path for path in folder.rglob("*") if path.is_file())
        return {str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest() for p in files}

    def out(self, name: str) -> Path:
        return self.root / "build" / PERIOD / name


def replace(path: Path, pattern: str, new: str) -> None:
    """Replace the one match of a pattern in a file."""
    text, count = re.subn(pattern, lambda _: new, path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(text, encoding="utf-8")


@contextmanager
def rewritten(good: Copy, *sources: str) -> Iterator[None]:
    """Let the notebook of the copy have other cells after its parameters for a while."""
    path = good.root / "notebooks" / f"{small_edition.NOTEBOOK}.ipynb"
    kept = path.read_bytes()
    small_edition.notebook(Project(good.root), *sources)
    try:
        yield
    finally:
        path.write_bytes(kept)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A small edition in English whose data hold text that looks like code, built once."""
    copy = Copy(tmp_path_factory.mktemp("build") / "a copy {of} it")
    small_edition.write(copy.root)
    replace(copy.root / "params" / "2026-H1.yml", r"languages: \[vi, en\]", "languages: [en]")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", copy.root / "src", ignore=ignored)
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    replace(copy.root / "data" / "sources.csv", r"Invented report", quoted)
    replace(
        copy.root / "data" / "indicators.csv",
        r"Exports,Xuất khẩu,Exports",
        f"{NAME},Xuất khẩu,{NAME}",
    )
    run = copy.report()
    assert run.returncode == 0, run.stdout + run.stderr
    return copy


def test_every_file_is_there_and_the_manifest_carries_its_hash(good: Copy) -> None:
    built = good.built
    assert built.keys() >= {
        *(f"briefing.en.{kind}" for kind in ("pdf", "html", "docx")),
        *(f"notebooks/en/{small_edition.NOTEBOOK}.{kind}" for kind in ("ipynb", "html")),
        "results.json",
        "manifest.json",
    }
    manifest = json.loads(good.out("manifest.json").read_text(encoding="utf-8"))
    assert manifest["outputs"] == {k: v for k, v in built.items() if k != "manifest.json"}
    for name, digest in manifest["inputs"].items():
        assert sha256((good.root / name).read_bytes()).hexdigest() == digest, name
    assert {"data/sources.csv", "params/2026-H1.yml", "src/halfyear/build.py"} <= set(
        manifest["inputs"]
    )
    assert manifest["period"] == PERIOD
    assert manifest["engine"].startswith("embedded")


def test_nothing_built_names_the_machine_or_the_folder(good: Copy) -> None:
    for name in good.built:
        content = good.out(name).read_bytes()
        assert str(good.root).encode() not in content, name
        assert str(ROOT).encode() not in content, name


def test_text_that_looks_like_code_appears_as_text(good: Copy) -> None:
    page = good.out("briefing.en.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;Plan&lt;/b&gt; *of* _many_ #strong[ways] $x$ `now`" in page
    assert "&lt;i&gt;Exports&lt;/i&gt; *S* $x^2$ #y" in page
    assert not re.search(r"<b>Plan</b>|<i>Exports</i>", page)
    pages = pypdf.PdfReader(good.out("briefing.en.pdf")).pages
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
    for piece in ("<b>Plan</b> *of* _many_ #strong[ways] $x$", "[a](b) {{< lipsum >}} ~ |"):
        assert piece in text


def test_a_second_run_does_nothing(good: Copy) -> None:
    before = {name: good.out(name).stat().st_mtime_ns for name in good.built}
    run = good.report()
    assert run.returncode == 0
    tasks = [line for line in run.stdout.splitlines() if line.startswith("  ")]
    assert tasks
    assert [line for line in tasks if not line.endswith(": unchanged")] == []
    assert {name: good.out(name).stat().st_mtime_ns for name in good.built} == before


def test_touching_a_file_without_changing_it_does_nothing(good: Copy) -> None:
    (good.root / "data" / "plan.csv").touch()
    lines = good.report().stdout.splitlines()
    assert [line for line in lines if line.startswith("  ") and "unchanged" not in line] == []


def test_a_failed_notebook_leaves_the_last_good_build_and_says_where(good: Copy) -> None:
    before = good.built
    with rewritten(good, "met = 10\nmet / (12 - headline_count)", small_edition.SAVES):
        run = good.report()
    assert run.returncode == 1
    errors = [line for line in run.stderr.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1
    assert (
        f"{small_edition.NOTEBOOK}.ipynb: cell 4 stopped with NameError" in errors[0]
    )  # after two titles
    assert "Traceback" not in run.stderr + run.stdout
    assert f"  notebook {small_edition.NOTEBOOK} en: failed" in run.stdout.splitlines()
    trace = re.search(r"the traceback is in (.*\.txt)", errors[0])
    assert trace
    assert "met / (12 - headline_count)" in Path(trace[1]).read_text(encoding="utf-8")
    assert good.built == before


@pytest.mark.parametrize(
    ("line", "found"),
    [("pass", "none"), ('desk.save("01_audit")', "01_audit.json")],
    ids=["not saved", "saved under another's name"],
)
def test_a_notebook_that_does_not_save_its_results_stops_the_build(
    good: Copy, line: str, found: str
) -> None:
    before = good.built
    opened = (OPENS, line) if "desk" in line else (line,)
    with rewritten(good, *opened):
        run = good.report()
    assert run.returncode == 1
    (told,) = [each for each in run.stderr.splitlines() if each.startswith("error: ")]
    assert f"{small_edition.NOTEBOOK}.ipynb: the notebook did not save its results" in told
    assert f"found {found};" in told
    assert good.built == before


def test_killed_midway_and_the_input_put_back_the_build_is_that_of_its_inputs(good: Copy) -> None:
    before = good.built
    path = good.root / "params" / "2026-H1.yml"
    kept = path.read_text(encoding="utf-8")
    assert "H1: [0.45, 0.50]" in kept
    for how in (signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
        path.write_text(kept.replace("H1: [0.45, 0.50]", "H1: [0.46, 0.50]"), encoding="utf-8")
        try:
            with good.started("report", PERIOD, "--engine", "embedded") as run:
                assert run.stdout
                for line in run.stdout:
                    if line.startswith("  compose"):
                        break
                run.send_signal(how)
                run.wait(60)
        finally:
            path.write_text(kept, encoding="utf-8")
        assert run.returncode == (130 if how != signal.SIGKILL else -signal.SIGKILL)
        assert good.built == before
    again = good.report()
    assert again.returncode == 0, again.stderr
    assert good.built == before
    results = good.root / "build" / ".work" / PERIOD / "gathered" / "results.json"
    assert results.read_bytes() == good.out("results.json").read_bytes()


def broken(good: Copy, name: str, body: bytes) -> subprocess.CompletedProcess[str]:
    """Report with one file of the copy replaced, then put it back."""
    path = good.root / name
    kept = path.read_bytes()
    path.write_bytes(body)
    try:
        return good.report()
    finally:
        path.write_bytes(kept)


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("params/2026-H1.yml", "scenario:", "scenrio:", "column scenrio: unknown key"),
        ("data/goals.csv", None, "", "data/goals.csv: the file is empty"),
        ("data/goals.csv", None, "\udcff", "data/goals.csv, row 1: the file is not UTF-8"),
        ("data/plan.csv", ",52,,", ',"52,0",,', "data/plan.csv, row 3, column low"),
        ("data/datapackage.json", "{", "", "datapackage.json cannot be read"),
    ],
    ids=["misspelt key", "empty file", "not UTF-8", "decimal comma", "no package"],
)
def test_bad_input_is_told_without_a_traceback_and_nothing_is_lost(
    good: Copy, name: str, old: str | None, new: str, says: str
) -> None:
    before = good.built
    text = (good.root / name).read_text(encoding="utf-8")
    assert old is None or old in text
    body = new if old is None else text.replace(old, new, 1)
    run = broken(good, name, body.encode("utf-8", "surrogateescape"))
    assert run.returncode == 1
    assert says in run.stderr
    assert all(line.startswith("error: ") for line in run.stderr.splitlines())
    assert all(line.startswith(("2026-H1: ", "  ")) for line in run.stdout.splitlines())
    assert good.built == before


@pytest.mark.parametrize(
    ("period", "says"),
    [
        ("2027-H1", "no such params file"),
        ("../2026-H1", "no edition"),
    ],
)
def test_a_period_that_has_no_params_or_is_none_builds_nothing(
    good: Copy, period: str, says: str
) -> None:
    before = sorted(path.name for path in (good.root / "build").iterdir())
    run = good.report(period)
    assert run.returncode == 1
    assert says in run.stderr
    assert run.stderr.startswith("error: ")
    assert "Traceback" not in run.stderr
    assert sorted(path.name for path in (good.root / "build").iterdir()) == before


def test_a_lost_params_file_is_told(good: Copy) -> None:
    path = good.root / "params" / "2026-H1.yml"
    kept = path.read_bytes()
    path.unlink()
    try:
        run = good.report()
    finally:
        path.write_bytes(kept)
    assert run.returncode == 1
    assert "params/2026-H1.yml: no such params file" in run.stderr
    assert good.built


def test_after_all_that_the_build_is_still_current(good: Copy) -> None:
    run = good.report()
    assert run.returncode == 0
    manifest = json.loads(good.out("manifest.json").read_text(encoding="utf-8"))
    assert manifest["outputs"] == {k: v for k, v in good.built.items() if k != "manifest.json"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks on Linux only")
def test_one_observation_executes_only_the_notebooks_that_read_it(good: Copy) -> None:
    """The last of this file: it leaves another notebook and another figure behind."""
    asked = 'print(desk.edition.fact("trained", "level", desk.edition.period).known)'
    path = small_edition.notebook(Project(good.root), OPENS, asked, 'desk.save("02_few")')
    path.rename(path.with_stem("02_few"))
    small_edition.notebook(Project(good.root), *small_edition.CELLS)
    assert good.report().returncode == 0
    name = "notebooks/en/02_few.ipynb"
    before = good.built[name]
    replace(
        good.root / "data" / "observations" / "2026-H1.csv",
        r"(?<=E,)3\.8(,bn_usd.*)3,8(?= tỷ USD)",
        '3.7,bn_usd,,,,2026-06-30,report,I,4,2,"3,7',
    )
    run = good.report()
    assert run.returncode == 0, run.stderr
    done = {line.strip() for line in run.stdout.splitlines()}
    assert {f"notebook {small_edition.NOTEBOOK} en", "notebook 02_few en: unchanged"} <= done
    assert good.built[name] == before
    assert '"3.7"' in good.out("results.json").read_text(encoding="utf-8")
