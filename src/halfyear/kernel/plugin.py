"""A plugin of pytest by which nbval's kernels are forked from a server, as those of a build."""

import os
from contextlib import ExitStack

import pytest

from halfyear import memory
from halfyear.kernel import warm
from halfyear.project import Project

NOTEBOOK = ".ipynb"
_ENDING = ExitStack()
_SERVED = pytest.StashKey[bool]()

memory.spare_a_grammar()  # before nbval reads notebooks


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Start the server before the first notebook, with what all notebooks to be tested load."""
    if item.path.suffix != NOTEBOOK or item.session.stash.get(_SERVED, False):
        return
    item.session.stash[_SERVED] = True
    notebooks = {each.path for each in item.session.items if each.path.suffix == NOTEBOOK}
    named = warm.imported(sorted(notebooks))
    _ENDING.enter_context(warm.kernels(named, dict(os.environ), Project.find().root))


def pytest_sessionfinish() -> None:
    """End the server, and every kernel that is left."""
    _ENDING.close()
