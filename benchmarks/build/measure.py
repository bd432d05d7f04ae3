"""Measures what a build costs, beside other roads to the same pages, in one run.

    python benchmarks/build/measure.py [PERIOD] [--only NAME ...] [--editions]

Each road is a process whose CPU seconds are counted with all its children: the notebooks by the
command lines of papermill and nbconvert (and by Quarto where it is found), the floor (Pandoc without
filters and Typst on the composed sources), a cold edition, nothing changed, one word of a text
changed, of a page and elsewhere, one observation changed. With --editions those of 34 places and
ten years follow, on one worker and on two: see benchmarks/editions. Everything happens in a copy of the project; ratios are told
against papermill's road. The last column is the greatest memory of all its processes at once, shared
pages by their share (PSS).
"""

import argparse
import csv
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
import pypandoc
import typst

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("data", "params", "notebooks", "report", "src")
COMMAND = "from halfyear.cli import main; main()"
LANGUAGES = ("vi", "en")
BASE = "papermill and nbconvert"
MEBI = 1 << 20
EDITIONS = ROOT / "benchmarks" / "editions" / "measure.py"
PAUSE = 0.3  # seconds between two looks at the memory


class Bench:
    """A copy of the project, and the roads that are measured in it."""

    def __init__(self, folder: Path, period: str, options: Sequence[str]) -> None:
        self.root, self.period, self.options = folder / "project", period, options
        for part in PARTS:
            shutil.copytree(
                ROOT / part, self.root / part, ignore=shutil.ignore_patterns("__pycache__")
            )
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(self.root / "src"),
            "HALFYEAR_ROOT": str(self.root),
        }

    def roads(self) -> dict[str, Callable[[], None]]:
        """Roads in the order in which they are measured."""
        roads: dict[str, Callable[[], None]] = {BASE: self.papermill}
        if shutil.which("quarto"):
            roads["quarto, the notebooks alone"] = self.quarto
        return {
            **roads,
            "cold edition": self.report,
            "the floor": self.floor,
            "composing both languages": self.compose,
            "nothing changed": self.report,
            "one word of a page": self.word,
            "one word that no page shows": self.unseen,
            "one observation": self.observation,
        }

    def papermill(self) -> None:
        """Execute every notebook in one language and convert it, by the command lines."""
        out = self.root.parent / "papermill"
        out.mkdir()
        for notebook in sorted((self.root / "notebooks").glob("*.ipynb")):
            executed = out / notebook.name
            self._run("-m", "papermill", "--no-progress-bar", str(notebook), str(executed))
            self._run("-m", "nbconvert", "--to", "html", "--log-level", "ERROR", str(executed))

    def quarto(self) -> None:
        """Let Quarto execute every notebook to HTML."""
        for notebook in sorted((self.root / "notebooks").glob("*.ipynb")):
            subprocess.run(
                ["quarto", "render", str(notebook), "--to", "html", "--execute", "--quiet"],
                env=self.environment,
                check=True,
            )

    def report(self) -> None:
        """Build the edition."""
        self._run("-c", COMMAND, "report", self.period, "--engine", "embedded", *self.options)

    def compose(self) -> None:
        """Compose the pages of both languages from the results of the last build."""
        out = str(self.root.parent / "composed")
        self._run("-c", COMMAND, "compose", self.period, "--out", out)

    def word(self) -> None:
        """Change one word that a page shows, and build."""
        self._change("Three matters for consideration", "Three points for consideration")

    def unseen(self) -> None:
        """Change one word that no page of the edition shows, and build."""
        self._change("No headline indicators", "No headline measures")

    def observation(self) -> None:
        """Change the last digit of a figure whose indicator has no other, and build."""
        path = self.root / "data" / "observations" / f"{self.period}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        seen = Counter(row["indicator"] for row in rows)
        whole = [
            row
            for row in rows
            if seen[row["indicator"]] == 1
            and row["value"].isdigit()
            and row["printed"].count(row["value"]) == 1
        ]
        chosen = whole[-1]
        old, digit = chosen["value"], str((int(chosen["value"][-1]) + 1) % 10)
        chosen["value"] = old[:-1] + digit
        chosen["printed"] = chosen["printed"].replace(old, chosen["value"])
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(chosen), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        self.report()

    def _change(self, old: str, new: str) -> None:
        path = self.root / "report" / "texts" / "briefing.en.yml"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        self.report()

    def floor(self) -> None:
        """Pandoc without filters and Typst on the composed sources: no road can be shorter."""
        work = self.root / "build" / ".work" / self.period
        for lang in LANGUAGES:
            source = work / "sources" / "pdf" / lang
            for target in ("html", "docx", "typst"):
                subprocess.run(
                    [
                        pypandoc.get_pandoc_path(),
                        f"--to={target}",
                        f"--output={self.root.parent / f'floor.{lang}.{target}'}",
                        f"briefing.{lang}.qmd",
                    ],
                    cwd=source,
                    check=True,
                    capture_output=True,
                )
            fonts = typst.Fonts(
                include_system_fonts=False, font_paths=[self.root / "report" / "fonts"]
            )
            typst.compile(source / f"briefing.{lang}.typ", root=source, font_paths=fonts)

    def _run(self, *words: str) -> None:
        subprocess.run(
            [sys.executable, *words],
            cwd=self.root,
            env=self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )


class Memory(threading.Thread):
    """Looks at the memory of all that this process has started, until it is told to end."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak, self.ended = 0, threading.Event()

    def run(self) -> None:
        """Keep the greatest sum."""
        while not self.ended.wait(PAUSE):
            self.peak = max(self.peak, sum(map(_share, psutil.Process().children(recursive=True))))


def _share(process: psutil.Process) -> int:
    """Bytes of a process, of shared pages its share."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


def seconds() -> float:
    """CPU seconds of this process and of its ended children."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        for usage in (resource.getrusage(who),)
    )


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("period", nargs="?", default="2026-H1")
    parser.add_argument("--jobs", type=int, default=2, help="steps of a build done at once")
    parser.add_argument("--only", nargs="*", default=())
    parser.add_argument("--editions", action="store_true", help="an hour and a half more")
    given = parser.parse_args()
    taken: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory(prefix="halfyear-bench-") as folder:
        bench = Bench(Path(folder), given.period, ("--jobs", str(given.jobs)))
        for name, road in bench.roads().items():
            if given.only and name not in given.only:
                continue
            cpu, wall, memory = seconds(), time.monotonic(), Memory()
            memory.start()
            road()
            memory.ended.set()
            taken[name] = seconds() - cpu, time.monotonic() - wall
            base = taken.get(BASE, (0.0, 0.0))[0]
            ratio = f"{taken[name][0] / base:8.2f}" if base else "       -"
            print(
                f"{name:28} {taken[name][0]:8.1f} CPU-s {taken[name][1]:8.1f} s {ratio}"
                f" {memory.peak / MEBI:6.0f} MiB",
                flush=True,
            )
    if given.editions:
        subprocess.run([sys.executable, EDITIONS, "--places", "34", "--years", "10"], check=True)


if __name__ == "__main__":
    main()
