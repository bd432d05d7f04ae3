"""Tries faults on the small edition of the tests, and prints what was tried, held and failed.

    python benchmarks/faults/measure.py [--kills N] [--changes N] [--rebuilds N] [--seed S]
        [--only NAME ...]

Builds (report) and changes of the data (new, import, accept, undo) are killed: one half with
SIGKILL at system calls that strace picks evenly from a whole run, where it is installed, the other
at random moments with SIGKILL, SIGTERM, SIGINT and SIGHUP. Two builds and two imports run at once,
and both verbs run on a full disk (as root). A trial holds where the published edition is whole,
the data are as before or as after, the next run is right by itself, nothing runs on, nothing is
left in the temporary folder, and a command that is asked to end does so within three seconds with
one line.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import trial
from trial import Tally

import builds  # isort: skip
import changes  # isort: skip
import disk  # isort: skip

__all__ = ["trial"]


def main() -> None:
    """Try every kind of fault; the exit code tells whether all held."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=80, help="kills of report")
    parser.add_argument("--changes", type=int, default=40, help="kills of each other verb")
    parser.add_argument("--pairs", type=int, default=8, help="pairs of builds and of imports")
    parser.add_argument(
        "--rebuilds", type=int, default=0, help="builds of one edition from nothing"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=())
    given = parser.parse_args()
    chance = random.Random(given.seed)
    kinds: dict[str, Callable[[Path], Iterator[Tally]]] = {
        **{
            verb: lambda folder, verb=verb: changes.kills(folder, verb, given.changes, chance)
            for verb in changes.VERBS
        },
        "imports": lambda folder: changes.together(folder, given.pairs),
        "disk": disk.full,
        "report": lambda folder: builds.kills(folder, given.kills, chance),
        "builds": lambda folder: builds.together(folder, given.pairs),
        "rebuilds": lambda folder: builds.rebuilds(folder, given.rebuilds),
    }
    tallies: dict[int, Tally] = {}
    with suppress(KeyboardInterrupt):  # what was tried until then is told
        for name, tried in kinds.items():
            wanted = name in given.only if given.only else name != "rebuilds" or given.rebuilds
            if wanted:
                _tried(tried, tallies)
    print("\n".join(["", *map(str, tallies.values())]))
    tried, failed = (
        sum(t.tried for t in tallies.values()),
        sum(sum(t.failed.values()) for t in tallies.values()),
    )
    print(f"{'all':<28} tried {tried:>3}  held {tried - failed:>3}  failed {failed:>3}")
    sys.exit(failed > 0)


def _tried(tried: Callable[[Path], Iterator[Tally]], tallies: dict[int, Tally]) -> None:
    """Try one kind, and print how it goes."""
    with tempfile.TemporaryDirectory(
        prefix="halfyear-faults-", ignore_cleanup_errors=True
    ) as folder:
        for tally in tried(Path(folder)):
            if id(tally) not in tallies or sum(tally.failed.values()) or tally.tried % 10 == 0:
                print(tally, flush=True)
            tallies[id(tally)] = tally


if __name__ == "__main__":
    main()
