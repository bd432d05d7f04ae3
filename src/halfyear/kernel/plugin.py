"""A plugin of pytest by which nbval's kernels are forked from a server, as those of a build."""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from halfyear.kernel import warm
from halfyear.project import Project

_ENDING = ExitStack()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the server, with what the notebooks to be tested load."""
    named = warm.imported(path for path in map(Path, session.config.args) if path.is_file())
    _ENDING.enter_context(warm.kernels(named, dict(os.environ), Project.find().root))


def pytest_sessionfinish() -> None:
    """End the server, and every kernel that is left."""
    _ENDING.close()
