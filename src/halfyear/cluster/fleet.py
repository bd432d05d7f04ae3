"""The fleet: workers of a Dask cluster that build many editions, each a pure function of inputs."""

import logging
import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
from distributed import Client, Future, LocalCluster, wait
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker
from filelock import FileLock, Timeout

from halfyear import interruption, manifest, params, publication, workplace
from halfyear.cluster import bundle, facts, worker
from halfyear.cluster.refusal import refusal
from halfyear.cluster.worker import Order, Outcome
from halfyear.errors import BuildError, HalfyearError, Problem
from halfyear.identity import Identity
from halfyear.project import Project
from halfyear.render.engine import Engine

PATIENCE = 10  # seconds until a scheduler has answered
PAUSE = 1  # seconds between two looks for workers that have joined
DEATHS = 3  # workers that may die while they build one edition
ROOM = 1_500_000_000  # bytes of memory that a worker with its build may need


@dataclass(frozen=True)
class Waiting:
    """Editions are ready to be built at a scheduler, whose pages show how it goes."""

    editions: int
    scheduler: str
    dashboard: str


@dataclass(frozen=True)
class Joined:
    """A worker builds the same bytes as this machine, and gets editions."""

    worker: str


@dataclass(frozen=True)
class Left:
    """A worker has gone away; what it was building is built again."""

    worker: str


@dataclass(frozen=True)
class Refused:
    """A worker gets no edition."""

    problem: Problem


@dataclass(frozen=True)
class Skipped:
    """An edition stands as its inputs would give it."""

    name: str


@dataclass(frozen=True)
class Built:
    """An edition was built, verified and published."""

    name: str
    worker: str
    seconds: float


@dataclass(frozen=True)
class Failed:
    """An edition was not built: in lines as a worker told them, or as problems."""

    name: str
    lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


Event = Waiting | Joined | Left | Refused | Skipped | Built | Failed


@dataclass(frozen=True)
class Plan:
    """An edition that is to be built, and the manifest it must have, but for its outputs."""

    edition: Identity
    inputs: Mapping[str, bytes]
    expected: Mapping[str, Any]


Errand = tuple[Order, Plan, Sequence["Future[bytes]"]]


def editions(
    project: Project, chosen: Sequence[Identity], engine: Engine, told: str, cluster: "Cluster"
) -> Iterator[Event]:
    """Build editions and publish each once it has come back whole; tells what happens.

    Those that stand already as their inputs would give them are skipped. A failing edition stops
    no other. `told` is the language in which workers tell problems.
    """
    plans, kept = [], dict[str, bytes]()
    for edition in chosen:
        try:
            plan = _plan(project, edition, engine, kept)
        except HalfyearError as error:
            yield Failed(str(edition), problems=error.problems)
            continue
        if _stands(project.build / str(edition), plan.expected):
            yield Skipped(str(edition))
        else:
            plans.append(plan)
    if plans:
        with _by_itself(project), connected(cluster, len(plans)) as client:
            yield from Fleet(project, client, engine, told).all(plans)


def _plan(project: Project, edition: Identity, engine: Engine, kept: dict[str, bytes]) -> Plan:
    """Plan an edition; what editions have in common is held once, in `kept` by its hash."""
    choices = params.read(project.choices(edition))
    found, digests = workplace.contents(project, edition)
    inputs = {name: kept.setdefault(digests[name], content) for name, content in found.items()}
    expected = manifest.describe(
        str(edition), str(choices.edition_date), f"{engine.name} {engine.version}", digests, {}
    )
    return Plan(edition, inputs, expected)


def _stands(folder: Path, expected: Mapping[str, Any]) -> bool:
    """Is an edition published whole, and made from these very inputs with these tools?"""
    try:
        return not _untrue(folder, expected)
    except (OSError, KeyError, AttributeError, BuildError):
        return False


def _untrue(folder: Path, expected: Mapping[str, Any]) -> str:
    """The first thing in which a folder is not what is expected and its manifest says."""
    content = manifest.read(folder)
    outputs = content["outputs"]
    for name, value in expected.items():
        if name != "outputs" and content.get(name) != value:
            return f"{manifest.NAME} {name}"
    files = (path for path in folder.rglob("*") if path.is_file())
    present = manifest.digests(folder, files)
    present.pop(manifest.NAME)
    differing = {name for name in {*present, *outputs} if present.get(name) != outputs.get(name)}
    return min(differing, default="")


@dataclass(frozen=True)
class Cluster:
    """Where workers are: at a scheduler's address, or `workers` of them on this machine."""

    address: str = ""
    workers: int = 0

    def size(self, number: int) -> int:
        """How many workers a cluster of this machine gets for a number of editions."""
        fitting = max(1, int(psutil.virtual_memory().available // ROOM))
        return min(self.workers or min(os.cpu_count() or 1, fitting), number)


@contextmanager
def connected(cluster: Cluster, number: int) -> Iterator[Client]:
    """Connect to a cluster, or start one that ends with the block.

    Raises BuildError where no scheduler answers. When interrupted, nothing is closed in order:
    whoever interrupts ends the processes.
    """
    for name in ("distributed", "tornado.application", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        at: str | LocalCluster = cluster.address or stack.enter_context(_local(cluster, number))
        try:
            client = Client(at, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:  # the last: tls:// without certificates
            raise BuildError(refusal("unreachable", address=cluster.address)) from error
        stack.enter_context(client)
        stack.enter_context(client.as_current())
        try:
            yield client
        except KeyboardInterrupt:
            stack.pop_all()
            raise


def _local(cluster: Cluster, number: int) -> LocalCluster:
    return LocalCluster(
        n_workers=cluster.size(number),
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        silence_logs=logging.CRITICAL,
    )


@contextmanager
def _by_itself(project: Project) -> Iterator[None]:
    """Refuse a second command of this kind; what is temporary lies in the project's build."""
    work = project.work / "editions"
    work.mkdir(parents=True, exist_ok=True)
    lock = FileLock(work.with_suffix(".lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BuildError(refusal("busy", file=str(project.root))) from None
    try:
        with interruption.scratch(work):
            yield
    finally:
        lock.release()


class Fleet:
    """The workers that build the same bytes as this machine, and what each is building."""

    def __init__(self, project: Project, client: Client, engine: Engine, told: str) -> None:
        self.project, self.client, self.engine, self.told = project, client, engine, told
        self.facts = facts.facts(engine.name)
        self.machine = facts.digest(self.facts)
        self.known: dict[str, bool] = {}  # workers by address: do they build the same bytes?
        self.orders: dict[str, Errand] = {}  # by the name of the edition
        self.waiting: list[str] = []  # names of editions
        self.running: dict[str, tuple[Future[Outcome], Plan]] = {}  # by the address of the worker
        self.deaths: Counter[str] = Counter()  # of workers that were building an edition
        self.turn = 0

    def all(self, plans: Sequence[Plan]) -> Iterator[Event]:
        """Build the editions of the plans, each worker one at a time."""
        scheduler = self.client.scheduler_info()["address"]
        yield Waiting(len(plans), scheduler, self.client.dashboard_link)
        self._order(plans)
        while self.waiting or self.running:
            try:
                yield from self._look()
                self._begin()
                done = self._done()
            except (CommClosedError, OSError, CancelledError) as error:
                raise self._gone() from error
            for address in done:
                future, plan = self.running.pop(address)
                yield self._publish(future, plan)
                future.release()

    def _gone(self) -> BuildError:
        return BuildError(refusal("gone", count=len(self.waiting) + len(self.running)))

    def _order(self, plans: Sequence[Plan]) -> None:
        """Order every edition; what they have in common travels once."""
        first, *others = (plan.inputs for plan in plans)
        shared = {
            name: content
            for name, content in first.items()
            if all(other.get(name) == content for other in others)
        }
        common, common_digest = self._sent(shared)
        for plan in plans:
            own, own_digest = self._sent({n: c for n, c in plan.inputs.items() if n not in shared})
            inputs = {n: d for n, d in plan.expected["inputs"].items() if n in plan.inputs}
            digests = (common_digest, own_digest)
            name = str(plan.edition)
            order = Order(name, self.engine.name, self.machine, inputs, digests, self.told)
            self.orders[name] = order, plan, (common, own)
            self.waiting.append(name)

    def _sent(self, files: Mapping[str, bytes]) -> tuple["Future[bytes]", str]:
        """Give the scheduler a bundle to keep, so that no worker's death loses it."""
        packed = bundle.pack(files)
        digest = bundle.digest(packed)
        return self.client.submit(worker.same, packed, key=f"inputs-{digest}"), digest

    def _begin(self) -> None:
        """Give each worker that is free the next edition."""
        for address, same in self.known.items():
            if self.waiting and same and address not in self.running:
                order, plan, bundles = self.orders[self.waiting.pop(0)]
                self.turn += 1
                future = self.client.submit(
                    worker.build,
                    order,
                    *bundles,
                    key=f"edition-{order.name}-{self.turn}-{uuid4().hex}",
                    workers=[address],
                )
                self.running[address] = future, plan

    def _done(self) -> list[str]:
        """Addresses of workers that have ended what they were building."""
        if self.client.status != "running":
            raise CommClosedError(self.client.status)
        futures = [future for future, _ in self.running.values()]
        try:
            if futures:
                wait(futures, timeout=PAUSE, return_when="FIRST_COMPLETED")
            else:
                time.sleep(PAUSE)
        except TimeoutError:
            pass
        return [address for address, (future, _) in self.running.items() if future.done()]

    def _look(self) -> Iterator[Event]:
        """See which workers have died or joined; those that build the same bytes get editions."""
        present = self.client.scheduler_info()["workers"]
        for address in set(self.known) - set(present):
            del self.known[address]
            yield Left(address)
        for address in set(self.running) - set(present):
            if not self.running[address][0].done():
                yield from self._again(address)
        fresh = [address for address in present if address not in self.known]
        if fresh:
            yield from self._examine(fresh)

    def _examine(self, fresh: list[str]) -> Iterator[Event]:
        answers = self.client.run(facts.facts, self.engine.name, workers=fresh, on_error="return")
        for address, answer in answers.items():
            if isinstance(answer, OSError):
                continue  # it has died meanwhile
            self.known[address] = answer == self.facts
            if answer == self.facts:
                yield Joined(address)
            else:
                yield Refused(self._foreign(address, answer))
        if self.known and not any(self.known.values()):
            raise BuildError(refusal("all_foreign", count=len(self.known)))

    def _again(self, address: str) -> Iterator[Event]:
        """Let another worker build what one that has died was building."""
        future, plan = self.running.pop(address)
        future.cancel()
        name = str(plan.edition)
        self.deaths[name] += 1
        if self.deaths[name] >= DEATHS:
            yield Failed(name, problems=(refusal("died", file=name, worker=address),))
        else:
            self.waiting.insert(0, name)

    def _foreign(self, address: str, answer: object) -> Problem:
        if not isinstance(answer, Mapping):
            return refusal("without_package", file=address, why=answer)
        ours, theirs = facts.differing(self.facts, answer)
        return refusal(
            "foreign",
            file=address,
            ours=ours,
            theirs=theirs,
            our_hash=self.machine[:12],
            their_hash=facts.digest(answer)[:12],
        )

    def _publish(self, future: "Future[Outcome]", plan: Plan) -> Event:
        name = str(plan.edition)
        try:
            outcome = future.result()
        except KilledWorker as error:
            last = error.last_worker.address
            return Failed(name, problems=(refusal("died", file=name, worker=last),))
        except CancelledError as error:
            raise self._gone() from error
        except Exception as error:
            why = f"{type(error).__name__}: {error}"
            return Failed(name, problems=(refusal("fault", file=name, why=why),))
        if outcome.complaints:
            return Failed(name, outcome.complaints)
        if outcome.damaged or outcome.foreign:
            code = "damaged" if outcome.damaged else "changed"
            return Failed(name, problems=(refusal(code, file=name, worker=outcome.worker),))
        wrong = publish(self.project, plan, outcome)
        if wrong:
            told = refusal("untrue", file=name, worker=outcome.worker, name=wrong)
            return Failed(name, problems=(told,))
        return Built(name, outcome.worker, outcome.seconds)


def publish(project: Project, plan: Plan, outcome: Outcome) -> str:
    """Put what a worker made in the place of the last build; gives what is untrue of it, if so."""
    out = project.build / str(plan.edition)
    work = project.work / str(plan.edition)
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="halfyear-", dir=work) as scratch:
        try:
            bundle.unpack(outcome.files, Path(scratch))
            made = Path(scratch, str(plan.edition))
            if wrong := _untrue(made, plan.expected):
                return wrong
        except (ValueError, KeyError, OSError) as error:
            return str(error)
        with workplace.alone(work):
            publication.recover(out)
            fresh = publication.beside(out)
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.parent.mkdir(parents=True, exist_ok=True)
            made.rename(fresh)
            publication.replace(out, fresh)
            log = Path(scratch, f"{plan.edition}.run.json")
            log.replace(out.with_name(f"{out.name}.run.json"))
    return ""
