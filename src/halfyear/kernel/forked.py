"""A forked kernel: what the server that it is forked from has loaded, and how it begins."""

import builtins
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

from halfyear.forking.server import load

# What a kernel loads as it starts, and to draw.
ALWAYS = (
    *("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger", "psutil", "sqlite3"),
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.oinspect"),
    *("IPython.extensions.storemagic", "tornado.platform.asyncio"),
    *("matplotlib.backends.backend_svg", "matplotlib.style", "matplotlib_inline.backend_inline"),
)
SAVED = "HALFYEAR_TABLES"  # where the environment says in which file checked tables are


def ready(modules: Sequence[str]) -> None:
    """Load modules; one that cannot be loaded is left for the notebook that needs it to tell."""
    with _as_in_a_kernel():
        import pandas  # noqa: F401, ICN001 - for its options alone
    load((*ALWAYS, *modules))
    with suppress(Exception):
        from halfyear.data import tables
        from halfyear.project import Project

        project = Project.find()
        if saved := os.environ.get(SAVED):
            tables.restore(project, Path(saved))
        tables.load(project)


@contextmanager
def _as_in_a_kernel() -> Iterator[None]:
    """Let pandas choose the options of a kernel: it asks once, when it is loaded."""
    builtins.get_ipython = lambda: SimpleNamespace(kernel=True)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]


def launch(argv: Sequence[str]) -> None:
    """Be the kernel that `python -m ipykernel_launcher` would be.

    What the notebook reads is noted before anything of it runs.
    """
    from ipykernel.kernelapp import IPKernelApp

    from halfyear import reads
    from halfyear.project import Project

    class Forked(IPKernelApp):
        """A kernel that begins so soon that whoever starts it still reads the connection file."""

        def write_connection_file(self, **_: object) -> None:
            """Leave the file as it is: it told all ports and keys before there was a kernel."""

    if reads.FILE in os.environ:
        reads.watch(Project.find().root)
    sys.argv = ["ipykernel_launcher", *argv]  # IPython puts "" at the head of the path
    Forked.launch_instance(list(argv))
