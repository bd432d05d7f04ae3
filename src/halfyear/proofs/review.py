"""The reviewer's pack: every check of an edition, made again, in one file to send."""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from halfyear.edition import Edition
from halfyear.errors import BuildError, Problem
from halfyear.project import Project
from halfyear.proofs import exhibits
from halfyear.proofs.exhibits import Exhibit

EPOCH = (1980, 1, 1, 0, 0, 0)
VERB = "from halfyear.cli import main; main()"
VERBS = {
    "audit": ("audit", "{period}"),
    "coverage": ("coverage", "{period}"),
    "rebuild": ("verify", "{folder}"),
}


@dataclass(frozen=True)
class Outcome:
    """How one check ended: passed, failed or not_checkable, and what it said."""

    check: str
    state: str
    text: str


def run(
    project: Project, text: str, verbs: Sequence[str], say: Callable[[str], None]
) -> tuple[Path, list[Outcome], list[Exhibit]]:
    """Check an edition's last build and pack what the checks say; gives the zip.

    verbs are those the command line knows; a check whose verb is not among them is not
    checkable. Raises BuildError where the edition has not been built.
    """
    period = str(project.named(text))
    folder = project.build / period
    if not (folder / "manifest.json").is_file():
        raise BuildError(
            Problem("not built yet", file=str(folder), mend=f"run halfyear report {period} first")
        )
    outcomes = []
    say("  notebooks")
    outcomes.append(notebooks(project, folder))
    for check, (verb, *given) in VERBS.items():
        say(f"  {check}")
        words = [word.format(period=period, folder=folder) for word in given]
        outcomes.append(
            _verb(project, check, [verb, *words])
            if verb in verbs
            else Outcome(check, "not_checkable", f"halfyear {verb} is not there")
        )
    say("  exhibits")
    found = exhibits.verify(project, Edition.open(period), folder)
    pack = project.build / f"{period}-review"
    shutil.rmtree(pack, ignore_errors=True)
    pack.mkdir(parents=True)
    for outcome in outcomes:
        _save(pack / f"{outcome.check}.txt", f"{outcome.state}\n\n{outcome.text}\n")
    _save(pack / "verification.csv", exhibits.as_csv(found))
    states = [(outcome.check, outcome.state) for outcome in outcomes]
    _save(pack / "verification.html", exhibits.as_html(period, states, found))
    return _packed(pack, folder), outcomes, found


def failed(outcomes: Sequence[Outcome], found: Sequence[Exhibit]) -> bool:
    """Whether a check failed or a figure or table differs."""
    return any(o.state == "failed" for o in outcomes) or any(e.state == "differs" for e in found)


def notebooks(project: Project, folder: Path) -> Outcome:
    """Run nbval on the published notebooks: every output is made again and compared.

    No other plugin or option of pytest that this machine has set has a say in it.
    """
    paths = sorted((folder / "notebooks").rglob("*.ipynb"))
    if not paths:
        return Outcome("notebooks", "failed", "no notebook was published")
    with tempfile.TemporaryDirectory() as empty:
        config = Path(empty) / "pytest.ini"
        config.write_text("[pytest]\n", encoding="utf-8")
        words = ["-m", "pytest", "-q", "-c", str(config), "--rootdir", str(project.root)]
        words += ["-p", "no:cacheprovider", "-p", "halfyear.kernel.plugin", "-p", "nbval.plugin"]
        words += ["--nbval", "--nbval-current-env", *map(str, paths)]
        alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""}
        return _ran(project, "notebooks", words, alone)


def _verb(project: Project, check: str, words: list[str]) -> Outcome:
    outcome = _ran(project, check, ["-c", VERB, *words])
    hindered = check == "rebuild" and "cannot be made again here" in outcome.text
    return Outcome(check, "not_checkable", outcome.text) if hindered else outcome


def _ran(
    project: Project, check: str, words: list[str], environment: Mapping[str, str] | None = None
) -> Outcome:
    around = {**os.environ, "HALFYEAR_ROOT": str(project.root), "PYTHONHASHSEED": "0"}
    around |= environment or {}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=project.root,
        env=around,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    state = "passed" if done.returncode == 0 else "failed"
    return Outcome(check, state, (done.stdout + done.stderr).strip())


def _packed(pack: Path, folder: Path) -> Path:
    """Put the pack and the published files into one zip, the same whenever it is made."""
    target = pack.with_suffix(".zip")
    entries = {path.name: path for path in pack.iterdir()}
    published = (path for path in folder.rglob("*") if path.is_file())
    entries |= {f"briefing/{path.relative_to(folder).as_posix()}": path for path in published}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(entries):
            entry = zipfile.ZipInfo(f"{pack.name}/{name}", EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, entries[name].read_bytes())
    return target


def _save(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
