"""The most memory that each verb takes with all its processes."""

from collections.abc import Iterator
from pathlib import Path

import trial
from builds import WORDS, real, small
from changes import VERBS


def peaks(folder: Path) -> Iterator[str]:
    """Run each verb once to its end, report from nothing; gives a line for each."""
    for write in (small, real):
        root = folder / write.__name__
        write(root)
        yield _line(f"report, {write.__name__} edition", trial.peak(root, WORDS))
    yield _line("check, real edition", trial.peak(folder / "real", ["check"]))
    for verb, (make, words) in VERBS.items():
        project = make(folder / verb)
        yield _line(verb, trial.peak(project.root, words))


def _line(kind: str, mebibytes: float) -> str:
    return f"{kind:<32} memory peak {mebibytes:.0f} MiB"
