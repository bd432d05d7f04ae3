"""Fixtures: the project itself, and a small invented one that tests may break."""

import gc
import os
import signal
from pathlib import Path

import pytest

import edition_build
import small_project
from halfyear.data import tables
from halfyear.data.frames import Tables
from halfyear.project import Project


def pytest_configure() -> None:
    """Hear Ctrl-C, as what tests start must: what a shell starts with & is deaf to it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with the files that build, those on their own first, so that no worker ends alone."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    sharing = {item.path for item in items if "built" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: (item.path not in slow, item.path in sharing))


def pytest_collection_finish() -> None:
    """Look for rubbish less often, and not at all among what was loaded, where there is none."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def project() -> Project:
    """The project these tests belong to."""
    return Project(Path(__file__).resolve().parents[1])


@pytest.fixture(scope="session")
def data(project: Project) -> Tables:
    """The project's validated tables."""
    return tables.load(project)


@pytest.fixture(scope="session")
def small_original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project, to be copied and not to be changed."""
    return small_project.write(tmp_path_factory.mktemp("small") / "project")


@pytest.fixture
def small(small_original: Path, tmp_path: Path) -> Path:
    """A fresh copy of the small project, free to be broken."""
    return small_project.copy(small_original, tmp_path / "small")


@pytest.fixture(scope="session")
def built(project: Project, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The project built once for all tests that look at what was built: build/<period>."""
    base = tmp_path_factory.getbasetemp()
    return edition_build.once(project.root, base if worker_id == "master" else base.parent)


@pytest.fixture(scope="session")
def documents_folder() -> Path:
    """The folder of the documents that HALFYEAR_SOURCES names; skips where it names none."""
    named = os.environ.get("HALFYEAR_SOURCES")
    if not named:
        pytest.skip("HALFYEAR_SOURCES names no folder with the documents")
    return Path(named)
