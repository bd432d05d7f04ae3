"""Every file that the program reads, with changed bytes: read, or told in words."""

import csv
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

import small_edition
from copies import ROOT, copied
from halfyear import essay, manifest
from halfyear.data import corrections, journal, schema, wording
from halfyear.data.schema import Table
from halfyear.data.tablefile import TableFile
from halfyear.document import reader
from halfyear.errors import HalfyearError
from halfyear.intake.sheet import ticked
from halfyear.intake.sheet.review import COLUMNS
from halfyear.interval import Interval
from halfyear.periods import filled, renewal
from halfyear.project import Project
from halfyear.results import Quantity, Results
from test_fuzz import few, given_or_told

COMING = "2026-9M"
PLACES, TEXTS, BOOK = "data/places.csv", "report/texts/ui.vi.yml", f"{COMING}.xlsx"
JOURNAL = f"{journal.LAST}/journal.json"


def table(root: Path, name: str) -> list[dict[str, str]]:
    return TableFile.open(Project(root), schema.read(Project(root))[name], "").rows


def sheets(root: Path) -> dict[str, Table]:
    return schema.read(Project(root))


READ: dict[str, Callable[[Path], object]] = {
    PLACES: lambda root: table(root, "places"),
    "data/units.csv": lambda root: table(root, "units"),
    "data/datapackage.json": sheets,
    "data/corrections.yml": lambda root: corrections.load(Project(root)),
    TEXTS: lambda root: wording.read(root / TEXTS),
    JOURNAL: lambda root: journal.read(root / journal.LAST),
    BOOK: lambda root: filled.read(root / BOOK, sheets(root)),
    "sheet/review.csv": lambda root: ticked.read(root / "sheet"),
    "sheet/source.csv": lambda root: ticked.read(root / "sheet"),
    "notebooks/01_small.ipynb": lambda root: essay.bilingual(root / "notebooks/01_small.ipynb"),
    "build/results.json": lambda root: Results.load(root / "build" / "results.json"),
    "build/manifest.json": lambda root: manifest.read(root / "build", "inputs", "outputs"),
    "report.txt": lambda root: reader.read(root / "report.txt").lines,
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with a file of every kind."""
    project = copied(tmp_path_factory.mktemp("whole") / "p")
    root = project.root
    renewal.begin(project, COMING)
    small_edition.notebook(project, *small_edition.CELLS)
    for name in ("corrections.yml", "units.csv"):
        shutil.copy(ROOT / "data" / name, project.data)
    (root / "sheet").mkdir()
    told = {"accept": "x", "kind": "observation", "indicator": "exports", "value": "41.25"}
    entered = {"id": "report_2026_9m", "title_vi": "Báo cáo giả định", "issuer": "UBND"}
    for name, heads, row in (("review", COLUMNS, told), ("source", tuple(entered), entered)):
        with (root / "sheet" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heads)
            writer.writeheader()
            writer.writerow(row)
    results = Results()
    results.add(Quantity("obs:exports.level@2026-H1", Interval.of(Decimal("41.25")), "bn_usd", 2))
    results.save(root / "build" / "results.json")
    manifest.write(root / "build", {"inputs": {"data/units.csv": "0" * 64}, "outputs": {}})
    (root / "report.txt").write_text("Xuất khẩu ước đạt 41,25 tỷ USD.\n" * 4, encoding="utf-8")
    return root


@pytest.mark.parametrize("name", READ)
def test_each_file_is_read_where_nothing_is_changed(whole: Path, name: str) -> None:
    assert READ[name](whole) is not None


@pytest.mark.parametrize("name", READ)
@few
@given(st.data())
def test_a_file_with_changed_bytes_is_read_or_told(
    whole: Path, name: str, data: st.DataObject
) -> None:
    raw = (whole / name).read_bytes()
    at, cut = data.draw(st.integers(0, len(raw))), data.draw(st.sampled_from((0, 1, 9, len(raw))))
    put = data.draw(st.one_of(st.binary(max_size=4), st.sampled_from(ODD)))
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for other in {name, "data/datapackage.json", "sheet/review.csv", "sheet/source.csv"}:
            (root / other).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(whole / other, root / other)
        (root / name).write_bytes(raw[:at] + put + raw[at + cut :])
        given_or_told(lambda: READ[name](root), HalfyearError)


ODD = (b"[]", b"{}", b"5", b"null", b"- a: [", b'"', b"\n", b"[" * 2000, "١".encode(), b"\xff")
