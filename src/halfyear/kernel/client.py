"""The execution of one notebook in its kernel: papermill's, within limits."""

import asyncio
import math
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from traitlets.config import Config

MEGA = 1_000_000
SILENCE = 120  # seconds that what a cell shows may take to arrive after it has ended
LOCAL, ANSWER = "127.0.0.1", 10.0  # seconds
STARTS = 3  # tries: another program may take a port that was chosen for a kernel


@dataclass(frozen=True)
class Limits:
    """What a notebook may take: seconds a cell and in all, megabytes of output."""

    cell_seconds: int = 300
    notebook_seconds: int = 900
    output_megabytes: int = 50


class StoppedError(Exception):
    """A notebook was stopped at a cell, counted from 0 in what papermill executes."""

    def __init__(self, index: int, what: str, mend: str) -> None:
        super().__init__(what)
        self.index, self.what, self.mend = index, what, mend


class NotStartedError(Exception):
    """No kernel answered, however often it was started."""


class Client(PapermillNotebookClient):  # type: ignore[misc]
    """Papermill's client, which stops a notebook that breaks a limit or whose kernel dies."""

    def __init__(self, manager: NotebookExecutionManager, limits: Limits, **settings: Any) -> None:
        super().__init__(manager, iopub_timeout=SILENCE, timeout_func=self._seconds, **settings)
        self.limits = limits
        self.shown = 0
        self.end = monotonic() + limits.notebook_seconds
        self.started = False

    def papermill_execute_cells(self) -> None:
        """Execute the cells in order; raises StoppedError."""
        self.started = True
        self.end = monotonic() + self.limits.notebook_seconds
        for index, cell in enumerate(self.nb.cells):
            try:
                self.nb_man.cell_start(cell, index)
                self.execute_cell(cell, index)
            except CellExecutionError as error:
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                break
            except (CellTimeoutError, DeadKernelError) as error:
                self.shutdown_kernel = "immediate"
                raise self._stopped(index, error) from error
            finally:
                self.nb_man.cell_complete(cell, cell_index=index)

    def process_message(self, message: dict[str, Any], *rest: Any) -> Any:
        """Count what a cell shows, and stop it where that is too much."""
        self.shown += _size(message["content"])
        if self.shown > self.limits.output_megabytes * MEGA and self.task_poll_for_reply:
            self.task_poll_for_reply.cancel()
        return super().process_message(message, *rest)

    def _seconds(self, _: NotebookNode) -> int:
        left = math.ceil(self.end - monotonic())
        return max(1, min(self.limits.cell_seconds, left))

    def _stopped(self, index: int, error: Exception) -> StoppedError:
        limits = self.limits
        if self.shown > limits.output_megabytes * MEGA:
            return StoppedError(
                index,
                f"showed more than {limits.output_megabytes} megabytes",
                "show less, or raise output_megabytes in the params file",
            )
        if isinstance(error, DeadKernelError):
            return StoppedError(
                index,
                "ended its kernel",
                "look for exit(), for too little memory, or for a library that crashes",
            )
        if monotonic() >= self.end:
            return StoppedError(
                index,
                f"was running when the notebook's {limits.notebook_seconds} seconds were over",
                "mend the loop, or raise notebook_seconds in the params file",
            )
        return StoppedError(
            index,
            f"did not end within {limits.cell_seconds} seconds",
            "mend the loop, or raise cell_seconds in the params file",
        )


def _size(content: Mapping[str, Any]) -> int:
    shown = [content.get("text", ""), *dict(content.get("data") or {}).values()]
    return sum(len(text) if isinstance(text, str) else len(str(text)) for text in shown)


class Engine(NBClientEngine):  # type: ignore[misc]
    """Papermill's engine, with limits, and an environment and a folder for each kernel.

    Two notebooks are executed at once in one process, which has only one environment and folder.
    """

    NAME = "halfyear"

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        environment: dict[str, str],
        folder: str,
        limits: Limits,
        **_: Any,
    ) -> None:
        """Execute the notebook of a papermill manager in a kernel of its own.

        A kernel that dies before its first cell is started again; raises NotStartedError in the
        end, and at once where this machine does not reach itself.
        """
        if not _reaches_itself():
            raise NotStartedError
        last = monotonic() + SILENCE
        try:
            for left in reversed(range(STARTS)):
                client = Client(
                    nb_man,
                    limits,
                    kernel_name=kernel_name,
                    startup_timeout=SILENCE,
                    resources={"metadata": {"path": folder}},
                    config=Config({"KernelManager": {"transport_encryption": "auto"}}),
                )
                try:
                    client.execute(env=environment)
                    return
                except RuntimeError as error:
                    if client.started:
                        raise
                    if not left or monotonic() > last:
                        raise NotStartedError from error
        finally:
            _end(ensure_event_loop())  # of this thread; nobody else would


def _reaches_itself() -> bool:
    """Does this machine answer at the address at which kernels are spoken to?"""
    try:
        with (
            socket.create_server((LOCAL, 0)) as server,
            socket.create_connection(server.getsockname(), timeout=ANSWER),
        ):
            return True
    except OSError:
        return False


def _end(loop: asyncio.AbstractEventLoop) -> None:
    """Close an event loop, and what still waits in it, without a word."""
    waiting = asyncio.all_tasks(loop)
    for task in waiting:
        task.cancel()
    if waiting:
        loop.run_until_complete(asyncio.wait(waiting))
    loop.close()


papermill_engines.register(Engine.NAME, Engine)
