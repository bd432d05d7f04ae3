"""Kills of report: the published edition stays whole, and the next build is that of its inputs."""

import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import trial
from trial import Tally

from copies import FOLDERS
from small_edition import PERIOD, write

WORDS = ("report", PERIOD, "--engine", "embedded", "-q")
WEIGHT, OTHER = "0.45", "0.46"


def small(root: Path) -> None:
    """Write the small edition of the tests."""
    write(root)


def alone(root: Path) -> None:
    """Write the small edition in one language."""
    params = write(root).params / f"{PERIOD}.yml"
    text = params.read_text(encoding="utf-8")
    params.write_text(text.replace("languages: [vi, en]", "languages: [vi]"), encoding="utf-8")


def real(root: Path) -> None:
    """Copy all that the real edition is built from."""
    for name in FOLDERS:
        shutil.copytree(trial.ROOT / name, root / name)


class Edition:
    """An edition, built once as it is and once with another weight."""

    def __init__(self, folder: Path, write: Callable[[Path], None] = small) -> None:
        self.root = folder / "edition"
        write(self.root)
        self.params = self.root / "params" / f"{PERIOD}.yml"
        self.weigh(OTHER)
        self.other = self.built()
        self.weigh(WEIGHT)
        begun = time.monotonic()
        self.good = self.built()
        self.span = time.monotonic() - begun
        assert self.good != self.other

    def weigh(self, weight: str) -> None:
        """Set the weight of the params, on which figures hang."""
        text = self.params.read_text(encoding="utf-8")
        self.params.write_text(
            text.replace(OTHER, WEIGHT).replace(WEIGHT, weight), encoding="utf-8"
        )

    def built(self) -> dict[str, str]:
        """Build, and give the hashes of what is published."""
        code, said = trial.run(self.root, WORDS)
        assert code == 0, said
        return self.published()

    def published(self) -> dict[str, str]:
        """Hashes of what is published."""
        return trial.hashes(self.root / "build" / PERIOD)

    def after(self) -> list[str]:
        """What is wrong after a fault, with the inputs put back."""
        wrong = []
        if self.published() not in (self.good, self.other):
            wrong.append("the published edition was not whole")
        self.weigh(WEIGHT)
        code, said = trial.run(self.root, WORDS)
        if code:
            wrong.append(f"the next build failed: {said[-300:]!r}")
        elif self.published() != self.good:
            wrong.append("the next build was not that of its inputs")
        beside = {path.name for path in (self.root / "build").iterdir()}
        left = beside - {PERIOD, ".work", f"{PERIOD}.run.json", "logs", "index.html"}
        left |= {path.name for path in (self.root / "build" / ".work" / PERIOD).glob("tmp/*")}
        if left:
            wrong.append(f"left beside the edition: {sorted(left)[:3]}")
        temporary = self.root.with_name("temporary")
        if any(temporary.iterdir()):
            wrong.append(f"left in the temporary folder: {next(temporary.iterdir()).name}")
            shutil.rmtree(temporary)
        return wrong


def kills(
    folder: Path, write: Callable[[Path], None], number: int, chance: random.Random
) -> Iterator[Tally]:
    """Kill builds; gives the tally after each."""
    edition, tally = Edition(folder, write), Tally(f"report, {write.__name__} edition, killed")
    edition.weigh(OTHER)
    points = list(trial.moments(edition.root, WORDS, number, edition.span, chance))
    edition.after()
    chance.shuffle(points)
    for at in points:
        edition.weigh(OTHER)
        tally.killed(trial.kill(edition.root, WORDS, at), edition.after(), at)
        yield tally


def together(folder: Path, number: int) -> Iterator[Tally]:
    """Build twice at once; in every second pair the first of them is killed."""
    edition, tally = Edition(folder), Tally("two builds at once")
    for turn in range(number):
        edition.weigh(OTHER)
        pair = [trial.start(edition.root, WORDS) for _ in range(2)]
        if turn % 2:
            time.sleep(edition.span / 3)
            pair[0].kill()
        told = ["".join(process.communicate()) for process in pair]
        wrong = [
            f"one of two failed: {text[-300:]!r}"
            for process, text in zip(pair[turn % 2 :], told[turn % 2 :], strict=True)
            if process.returncode
        ]
        if edition.published() != edition.other:
            wrong.append("not the edition of the inputs")
        tally.count([*wrong, *edition.after()], turn)
        yield tally


def rebuilds(folder: Path, write: Callable[[Path], None], number: int) -> Iterator[Tally]:
    """Build the same again and again from nothing: every file has one hash, whatever the load."""
    edition, tally = Edition(folder, write), Tally(f"rebuilds, {write.__name__} edition")
    for turn in range(number):
        shutil.rmtree(edition.root / "build")
        found = edition.built()
        other = sorted(
            name for name in {*found, *edition.good} if found.get(name) != edition.good.get(name)
        )
        tally.count([f"other bytes: {other[0]}"] if other else [], turn)
        yield tally
