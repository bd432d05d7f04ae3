"""Tries faults on the small edition of the tests, and prints what was tried, held and failed.

    python benchmarks/faults/measure.py [--kills N] [--changes N] [--real N] [--pairs N]
        [--rebuilds N] [--seed S] [--only NAME ...]

Builds (report) and changes of the data (new, import, accept, undo) are killed: one half with
SIGKILL at system calls that strace picks evenly from a whole run, where it is installed, the other
at random moments: the command, its group or one of its processes with SIGKILL, the first two also
with SIGTERM, SIGINT and SIGHUP. Two builds and two imports run at once, and both verbs run on a
full disk (as root). Meanwhile editions are built again and again from nothing, so that all of it
happens under load. A trial holds where the published edition is whole, the data are as before or
as after, the next run is right by itself, nothing runs on, nothing is left in the temporary
folder, a lost process is told in words, and a command that is asked to end does so within three
seconds with one line. At the end the memory peak of each verb is told.
"""

import argparse
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import trial
from trial import Tally

import builds  # isort: skip
import changes  # isort: skip
import disk  # isort: skip
import memory  # isort: skip

Kind = Callable[[Path], Iterator[Tally]]


def main() -> None:
    """Try every kind of fault; the exit code tells whether all held."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=54, help="kills of report, two small editions")
    parser.add_argument("--changes", type=int, default=40, help="kills of each other verb")
    parser.add_argument("--real", type=int, default=6, help="the same of the real edition")
    parser.add_argument("--pairs", type=int, default=8, help="pairs of builds and of imports")
    parser.add_argument("--rebuilds", type=int, default=200, help="of the two small editions")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=())
    given = parser.parse_args()
    for one in trial.SIGNALS[:-1]:  # a shell lets what runs behind it ignore some of them
        signal.signal(one, signal.default_int_handler)
    tallies: list[Tally] = []
    lanes = (_faults(given), _rebuilds(given))
    try:
        with ThreadPoolExecutor(len(lanes)) as pool:
            list(pool.map(lambda lane: _tried(lane, given.only, tallies), lanes))
    finally:  # what was tried until it is interrupted is told, too
        print("\n".join(["", *map(str, tallies), _all("all", tallies)]), flush=True)
    if not given.only or "memory" in given.only:
        print("\n".join(_peaks()))
    sys.exit(any(tally.failed for tally in tallies))


def _faults(given: argparse.Namespace) -> dict[str, Kind]:
    """Kills, pairs and full disks, by name."""

    def chance(name: str) -> random.Random:
        return random.Random(f"{given.seed} {name}")

    return {
        **{
            verb: partial(changes.kills, verb=verb, number=given.changes, chance=chance(verb))
            for verb in changes.VERBS
        },
        "imports": partial(changes.together, number=given.pairs),
        "disk": disk.full,
        "builds": partial(builds.together, number=given.pairs),
        **{
            f"report-{name}": partial(builds.kills, write=write, number=number, chance=chance(name))
            for name, write, number in (
                ("real", builds.real, given.real),
                ("small", builds.small, given.kills // 3),
                ("alone", builds.alone, given.kills - given.kills // 3),
            )
        },
    }


def _rebuilds(given: argparse.Namespace) -> dict[str, Kind]:
    """Builds from nothing, by name: a quarter in two languages, a few of the real edition."""
    both = given.rebuilds // 4
    return {
        "rebuilds-real": partial(builds.rebuilds, write=builds.real, number=given.real // 2),
        "rebuilds-small": partial(builds.rebuilds, write=builds.small, number=both),
        "rebuilds-alone": partial(
            builds.rebuilds, write=builds.alone, number=given.rebuilds - both
        ),
    }


def _tried(lane: dict[str, Kind], only: Sequence[str], tallies: list[Tally]) -> None:
    """Try the kinds of a lane one after the other, and print how it goes."""
    for name, tried in lane.items():
        if only and name not in only:
            continue
        known: list[Tally] = []
        with tempfile.TemporaryDirectory(
            prefix="halfyear-faults-", ignore_cleanup_errors=True
        ) as folder:
            for tally in tried(Path(folder)):
                if tally not in known:
                    known.append(tally)
                    tallies.append(tally)
                if tally.tried == 1 or tally.tried % 5 == 0 or tally.failed:
                    print(time.strftime("%H:%M:%S"), tally, flush=True)
        for tally in known:
            print(time.strftime("%H:%M:%S"), tally, "- done", flush=True)


def _all(kind: str, tallies: Sequence[Tally]) -> str:
    whole = Tally(kind, sum(tally.tried for tally in tallies))
    for tally in tallies:
        whole.failed.update({tally.kind: sum(tally.failed.values())} if tally.failed else {})
        whole.late += tally.late
        whole.longest = max(whole.longest, tally.longest)
    return str(whole)


def _peaks() -> list[str]:
    with tempfile.TemporaryDirectory(prefix="halfyear-faults-") as folder:
        return list(memory.peaks(Path(folder)))


if __name__ == "__main__":
    main()
