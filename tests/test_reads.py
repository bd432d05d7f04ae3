"""Reads: a notebook whose results a change could alter has read what changed, whatever its way."""

import importlib
import json
import pickle
import pkgutil
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import wraps
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from jupyter_client.provisioning.factory import KernelProvisionerFactory

import copies
from halfyear import analysis, execution, reads, shared
from halfyear.analysis import changes, growth
from halfyear.data.shown import WHERE
from halfyear.data.taken import HELD
from halfyear.edition import Edition
from halfyear.figure import blank
from halfyear.forking.client import started
from halfyear.kernel import surroundings, warm
from halfyear.notebook import Desk
from halfyear.reads import Watch
from halfyear.results import Results
from halfyear.study import Study
from halfyear.view import View
from opened import edition as whole
from test_execution import notebook

FIGURES = ("value", "low", "count", "target_low", "total")
MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.iter_modules(analysis.__path__, "halfyear.analysis.")
]
STUDIES = {m.__name__: m.study for m in MODULES if hasattr(m, "study") and m is not changes}
CELLS = 40
OPENS = 'from halfyear.edition import Edition\nedition = Edition.open("2026-H1")'
ASKS = 'edition.fact("trained", "level", edition.period)'
KEEPS = "from halfyear import reads\nreads.keep()"


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """The small edition, free to be changed in memory."""
    project = copies.copied(tmp_path / "small")
    shutil.copy(copies.ROOT / "data" / "units.csv", project.data)
    monkeypatch.setenv("HALFYEAR_ROOT", str(project.root))
    return Edition.open("2026-H1")


def watched(study: Callable[[Edition], Study], edition: Edition) -> tuple[str, set[str]]:
    """What a study comes to of an edition that nobody has asked anything yet, and its reads."""
    one = Watch(Path("nowhere"), Path("nowhere"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reads, "_WATCH", [one])
        found = study(replace(edition))
    return json.dumps(found.as_json(), sort_keys=True), one.names


def with_cell(edition: Edition, table: str, name: str, at: int, cell: object) -> Edition:
    """The edition with another content of one cell."""
    frame = getattr(edition.tables, table)
    cells = list(frame[name])
    cells[at] = cell
    column = pd.Series(cells, index=frame.index, dtype=frame[name].dtype)
    return replace(
        edition, tables=replace(edition.tables, **{table: frame.assign(**{name: column})})
    )


def altered(edition: Edition) -> Iterator[tuple[str, Edition]]:
    """The edition with each figure larger by one hundredth, then with some cells as others are."""
    for table in HELD:
        for name in FIGURES:
            frame = getattr(edition.tables, table)
            for at, cell in enumerate(frame.get(name, ())):
                if isinstance(cell, Decimal):
                    larger = cell + Decimal("0.01")
                    yield f"{table} {at} {name}", with_cell(edition, table, name, at, larger)
    chance, filled = Random(2026), [(n, f) for n, f in edition.tables.items() if len(f) > 1]
    for _ in range(CELLS):
        table, frame = chance.choice(filled)
        name = chance.choice(list(frame.columns.difference(WHERE)))
        at, other = chance.sample(range(len(frame)), 2)
        cell = frame[name].iloc[other]
        if not (blank(cell) or blank(frame[name].iloc[at])) and cell != frame[name].iloc[at]:
            yield f"{table} {at} {name} {cell}", with_cell(edition, table, name, at, cell)


def test_a_study_that_comes_to_something_else_has_read_what_changed(opened: Edition) -> None:
    before = {name: watched(study, opened) for name, study in STUDIES.items()}
    shown, told, spared = opened.reads(), 0, 0
    for what, edition in altered(opened):
        now = edition.reads()
        assert now != shown, what
        for name, study in STUDIES.items():
            result, names = before[name]
            if any(shown.get(read) != now.get(read) for read in names):
                told += 1
                continue
            spared += 1
            again = watched(study, edition)
            assert again == (result, names), f"{name} did not see {what}"
    assert told > len(STUDIES)
    assert spared > len(STUDIES)


@pytest.mark.parametrize(
    "ask",
    [
        lambda edition, _: edition.fact("trained", "level", edition.period).absent,
        lambda edition, _: edition.observed("trained").empty,
        lambda edition, _: edition.decimals("trained", "level", "report") == 0,
        lambda edition, id: id not in edition.figures,
        lambda edition, id: edition.figures.get(id) is None,
        lambda edition, id: id not in set(edition.figures),
        lambda edition, id: id not in {figure.id for figure in edition.printed()},
    ],
    ids=["fact", "observed", "decimals", "in", "get", "all", "printed"],
)
def test_who_learns_that_a_figure_lacks_has_read_its_lack(
    opened: Edition, ask: Callable[[Edition, str], bool]
) -> None:
    frame = opened.tables.observations
    without = frame[frame["indicator"] != "trained"]
    (id,) = frame.loc[frame["indicator"] == "trained", "id"]
    lacking = replace(opened, tables=replace(opened.tables, observations=without))
    one = Watch(Path("nowhere"), Path("nowhere"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reads, "_WATCH", [one])
        assert ask(lacking, id)
    was, now = lacking.reads(), opened.reads()
    assert any(was.get(name) != now.get(name) for name in one.names)


def test_who_asks_for_all_figures_has_read_which_publication_is_taken() -> None:
    """A document of another standing: not a row of its figures is another one."""

    def asked(edition: Edition) -> tuple[set[str], set[str], set[str]]:
        one = Watch(Path("nowhere"), Path("nowhere"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reads, "_WATCH", [one])
            every, printed = set(edition.figures), {figure.id for figure in edition.printed()}
        return every, printed, one.names

    before = whole()
    every, printed, names = asked(replace(before))
    status, shown, seen = list(before.tables.sources["status"]), before.reads(), 0
    for at in (at for at, known in enumerate(status) if known == "press"):
        other = with_cell(before, "sources", "status", at, "issued")
        if asked(other)[:2] != (every, printed):
            now, seen = other.reads(), seen + 1
            assert any(shown.get(name) != now.get(name) for name in names)
    assert seen


def test_rows_are_numbered_by_themselves_whatever_stands_before_them(opened: Edition) -> None:
    exports = ("exports", "level", opened.period)
    (row,) = opened.records("observations", opened.rows(*exports))
    assert list(opened.rows(*exports).index) == [0]
    assert list(opened.observed("exports").index) == list(range(len(opened.observed("exports"))))
    assert {"file", "row", "Index"} & set(row._fields) == set()


@pytest.mark.parametrize(
    ("path", "all_read"),
    [
        ("build/2025-FY/results.json", True),
        ("build/.work/2026-H1/checked/tables.pickle", True),
        ("build/.work/2026-H1/inputs/data/plan.csv", True),
        ("build/.work/2026-H1/inputs/data/corrections.yml", False),
        ("build/.work/2026-H1/notebooks/vi/new/saved/01_audit.json", False),
        ("share/fonts/a.ttf", False),
    ],
)
def test_what_a_build_made_of_the_tables_counts_as_tables(
    tmp_path: Path, path: str, all_read: bool
) -> None:
    work = tmp_path / "build" / ".work" / "2026-H1"
    one = Watch(work / "notebooks" / "vi" / "new" / "reads.json", work / "inputs")
    one.hook("open", (3, "r", 0))
    one.hook("open", (tmp_path / path, "r", 0))
    assert one.whole is not all_read


def test_an_input_that_is_opened_is_read(tmp_path: Path) -> None:
    one = Watch(tmp_path / "reads.json", tmp_path / "inputs")
    one.hook("open", (str(tmp_path / "inputs" / "report" / "texts" / "briefing.en.yml"), "r", 0))
    one.inside = True
    one.hook("open", (str(tmp_path / "inputs" / "params" / "2026-H1.yml"), "r", 0))
    assert (one.whole, one.names) == (True, {"input report/texts/briefing.en.yml"})


@pytest.fixture(scope="module")
def kernels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a small project, in which kernels are forked from a server."""
    root = copies.copied(tmp_path_factory.mktemp("reads") / "small").root
    environment = surroundings.shielded({"HALFYEAR_ROOT": str(root)}, root.parent)
    server = started(warm.READY, ["halfyear.edition"], environment, root)
    with pytest.MonkeyPatch.context() as patch:
        factory = KernelProvisionerFactory.instance()
        patch.setattr(factory, "default_provisioner_name", warm.NAME)
        patch.setattr(warm, "SERVERS", [server])
        yield root
    server.close()


def kept(root: Path, folder: Path, *cells: str) -> list[str] | None:
    """What is known of the reads of a notebook with these cells."""
    file = folder / "reads.json"
    given = {"HALFYEAR_ROOT": str(root), reads.FILE: str(file)}
    execution.run(notebook(folder, *cells), folder / "out.ipynb", {}, root, environment=given)
    return reads.kept(file, "2026-H1", "2026-06-30")


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks on Linux only")


@linux
def test_a_kernel_keeps_what_its_notebook_asked(kernels: Path, tmp_path: Path) -> None:
    names = kept(kernels, tmp_path, OPENS, ASKS, KEEPS)
    assert names is not None
    assert "observations HP trained level 2026-H1" in names
    assert "observations" not in names
    assert reads.kept(tmp_path / "reads.json", "2026-H1", "2026-07-01") is None


@linux
@pytest.mark.parametrize(
    "cells",
    [
        ('import pandas as pd\npd.read_csv("data/plan.csv")', OPENS, KEEPS),
        (OPENS, 'open("data/plan.csv", "rb").close()', KEEPS),
        (OPENS, "from pathlib import Path\nlist(Path('data').iterdir())", KEEPS),
        (OPENS, "import os\nos.system('cat data/plan.csv')", KEEPS),
        (OPENS, "get_ipython().system('cat data/plan.csv')", KEEPS),
        (OPENS.replace('")', '", "2026-07-01")'), OPENS, KEEPS),
        (OPENS, KEEPS, 'Edition.open("2026-H1", "2026-07-01")'),
        (
            OPENS,
            "from halfyear.data.tables import load",
            "from halfyear.project import Project\nload(Project.find())",
            KEEPS,
        ),
        (OPENS, KEEPS, ASKS),
    ],
    ids=[
        "frame",
        "file",
        "folder",
        "system",
        "shell",
        "edition",
        "edition later",
        "tables",
        "later",
    ],
)
def test_a_notebook_that_takes_another_way_counts_as_having_read_all(
    kernels: Path, tmp_path: Path, cells: tuple[str, ...]
) -> None:
    assert kept(kernels, tmp_path, *cells) is None


@pytest.mark.parametrize(
    ("cell", "known"),
    [
        ("import pandas as pd\nfrom halfyear.analysis import growth", True),
        ("if True:\n    import polars", False),
        ("%time 1", False),
        ("import my_own_helpers", False),
    ],
)
def test_a_notebook_that_loads_what_may_read_unseen_counts_as_having_read_all(
    tmp_path: Path, cell: str, known: bool
) -> None:
    assert reads.trusted(notebook(tmp_path, "1", cell)) is known


@pytest.mark.parametrize("text", ["", "[]", '{"edition": 1}'])
def test_torn_reads_are_no_reads(tmp_path: Path, text: str) -> None:
    (tmp_path / "reads.json").write_text(text)
    assert reads.kept(tmp_path / "reads.json", "2026-H1", "2026-06-30") is None


def test_every_notebook_of_the_project_is_followed() -> None:
    for path in sorted((copies.ROOT / "notebooks").glob("*.ipynb")):
        assert reads.trusted(path), path.name


def test_what_was_made_before_is_found_with_what_was_read_for_it(
    opened: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(shared.FOLDER, str(tmp_path))
    made, asked = [], "observations HP trained level 2026-H1"

    def make() -> bool:
        made.append(1)
        return opened.fact("trained", "level", opened.period).absent

    for names in (set[str](), {"claims"}):
        one = Watch(Path("nowhere"), Path("nowhere"), names)
        monkeypatch.setattr(reads, "_WATCH", [one])
        assert shared.once("a study/of QN", make) is False
        assert asked in one.names
    assert made == [1]
    monkeypatch.delenv(shared.FOLDER)
    assert shared.once("a study/of QN", make) is False
    assert made == [1, 1]


def test_what_was_made_where_nothing_is_noted_makes_who_finds_it_a_reader_of_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(shared.FOLDER, str(tmp_path))
    assert shared.once("a study", lambda: 7) == 7
    one = Watch(Path("nowhere"), Path("nowhere"))
    monkeypatch.setattr(reads, "_WATCH", [one])
    assert shared.once("a study", lambda: 8) == 7
    assert not one.whole


def test_only_studies_of_the_package_of_an_edition_as_opened_are_shared(
    opened: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "studies"
    folder.mkdir()
    monkeypatch.setenv(shared.FOLDER, str(folder))
    without = replace(opened, params=replace(opened.params, scenario=""))

    def desk(edition: Edition) -> Desk:
        return Desk(View.of(edition, Results(), "en"), opened)

    @wraps(growth.study)
    def mine(edition: Edition) -> growth.Growth:
        return growth.study(edition)

    first = desk(opened)
    first.study(mine)
    desk(without).study(growth.study)
    Desk(View.of(opened, Results(), "en")).study(growth.study)
    assert list(folder.iterdir()) == []
    made = first.study(growth.study)
    (file,) = folder.iterdir()
    assert file.name == "2 halfyear.analysis.growth.study 2026-H1 2026-06-30.pickle"
    assert first.study(growth.study) == made
    assert len(list(folder.iterdir())) == 2
    file.write_bytes(pickle.dumps((replace(made, total="found"), None)))
    again = replace(desk(opened), asked=1)
    assert again.study(growth.study).total == "found"
