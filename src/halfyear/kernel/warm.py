"""Warm kernels: a Jupyter provisioner that forks each kernel from a server, where one runs."""

import os
import re
import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from halfyear.forking import client
from halfyear.forking.client import Server

NAME = "halfyear-warm"
READY, LAUNCH = "halfyear.kernel.forked:ready", "halfyear.kernel.forked:launch"
LAUNCHER = ["-m", "ipykernel_launcher"]
_IMPORTED = re.compile(r'"(?:from|import) ([A-Za-z_][\w.]*)')  # in the lines of a notebook's cells


class Provisioner(LocalProvisioner):
    """Jupyter's local provisioner, but that it forks the kernel where a server can."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a Python kernel from the server, else start it as a process of its own."""
        if SERVERS and cmd[1:3] == LAUNCHER:
            with suppress(OSError):
                folder = str(kwargs.get("cwd") or Path.cwd())
                forked = SERVERS[-1].fork(LAUNCH, cmd[3:], kwargs["env"], folder)
                self.process = forked  # type: ignore[assignment]
                self.pid = self.pgid = forked.pid
                return self.connection_info
        return await super().launch_kernel(cmd, **kwargs)

    async def cleanup(self, restart: bool = False) -> None:
        """End what the notebook left running, too."""
        if self.pgid and hasattr(os, "killpg"):
            with suppress(OSError):
                os.killpg(self.pgid, signal.SIGKILL)
        await super().cleanup(restart)


SERVERS: list[Server] = []


def imported(notebooks: Iterable[Path]) -> list[str]:
    """Names of the modules that cells of notebooks import, sorted."""
    found = set[str]()
    for notebook in notebooks:
        found.update(_IMPORTED.findall(notebook.read_text(encoding="utf-8")))
    return sorted(found)


@contextmanager
def kernels(modules: Sequence[str], environment: dict[str, str], folder: Path) -> Iterator[None]:
    """Let kernels of this process be forked meanwhile from a server that has loaded `modules`.

    Where the system cannot fork safely (Windows, macOS) or HALFYEAR_COLD is set, kernels start as
    ever. Either way a kernel is a Jupyter kernel and gives the same.
    """
    factory = KernelProvisionerFactory.instance()
    here = EntryPoint(NAME, f"{__name__}:Provisioner", factory.GROUP_NAME)
    factory.provisioners.setdefault(
        NAME, here
    )  # a package that is not installed has no entry point
    before, factory.default_provisioner_name = factory.default_provisioner_name, NAME
    if client.possible():
        SERVERS.append(client.started(READY, modules, environment, folder))
    try:
        yield
    finally:
        factory.default_provisioner_name = before
        while SERVERS:
            SERVERS.pop().close()
