"""Tables: files as analysts save them give the same exact facts under the same ids."""

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

import pytest

from halfyear.data import checks, content, ids, schema, tables
from halfyear.data.checks.rows import records
from halfyear.data.frames import Tables
from halfyear.errors import DataError
from halfyear.project import Project
from small_project import add, put

OBS = "observations/2026-H1"


def load(root: Path) -> Tables:
    return tables.load(Project(root))


def rewrite(root: Path, table: str, change: object) -> None:
    path = root / "data" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert callable(change)
    changed = change(text)
    assert changed != text.encode()
    path.write_bytes(changed)


def test_numbers_are_exact_and_missing_cells_are_none(small_original: Path) -> None:
    read = load(small_original)
    first = read.observations.iloc[0]
    assert first["value"] == Decimal("11.33")
    assert first["cutoff"] == date(2026, 6, 30)
    assert first["bound"] == ""
    assert first["edition"] == "2026-H1"
    assert (first["file"], first["row"]) == (f"data/{OBS}.csv", 2)
    assert read.claims.set_index("id").loc["claim:word_h1", "value"] is None


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: normalize("NFD", text).encode(),
        lambda text: text.replace(",exports,", ", exports ,").encode(),
        lambda text: (text + ",,,,,,,,,,,,,,,,,\n\n").encode(),
        lambda text: "\n".join(f"{line}," for line in text.splitlines()).encode(),
    ],
    ids=["bom", "crlf", "cr", "nfd", "spaces", "blank rows", "empty last column"],
)
def test_what_editors_do_to_a_file_changes_nothing(
    change: object, small_original: Path, small: Path
) -> None:
    rewrite(small, OBS, change)
    assert load(small).observations.equals(load(small_original).observations)


def test_rows_after_a_cell_of_two_lines_keep_their_line_numbers(small: Path) -> None:
    put(small, "sources", 2, title_vi="Báo cáo\nbịa")
    assert load(small).sources["row"].to_list() == [2, 4, 5]


def test_tables_saved_by_excel_under_a_vietnamese_locale_are_read_right(
    small_original: Path, small: Path
) -> None:
    """Semicolons, decimal commas, days first, a BOM and Windows line ends, in every table."""
    for name, table in schema.read(Project(small)).items():
        kinds = {column.name: column.type for column in table.columns}
        path = small / "data" / table.paths[0]
        with path.open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        saved = [[_vietnamese(kinds[c], x) for c, x in zip(head, row, strict=True)] for row in rows]
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows([head, *saved])
        assert len(rows) > 0, name
    read, original = load(small), load(small_original)
    assert all(frame.equals(getattr(original, name)) for name, frame in read.items())


def _vietnamese(kind: str, cell: str) -> str:
    if kind == "number":
        return cell.replace(".", ",")
    if kind == "date" and cell:
        year, month, day = cell.split("-")
        return f"{day}/{month}/{year}"
    return cell


def test_thousands_points_that_excel_ate_are_not_misread(small: Path) -> None:
    put(small, OBS, 7, value="8.443")
    with pytest.raises(DataError, match="divided by a power of 1000"):
        load(small)


def test_text_that_looks_like_code_or_a_formula_stays_text(small: Path) -> None:
    put(small, "sources", 2, title_en='<b>=1+1</b> #set page() "**"')
    assert load(small).sources.iloc[0]["title_en"] == '<b>=1+1</b> #set page() "**"'


def test_tables_are_given_as_copies_until_a_byte_of_the_data_differs(small: Path) -> None:
    project = Project(small)
    fresh = tables.load(project)
    first = tables.load(project)
    first.observations.loc[0, "value"] = Decimal("99")  # whoever spoils his copy spoils no other
    again = tables.load(project)
    assert again.observations.equals(fresh.observations)
    assert again is not first
    put(small, OBS, 2, value="11.34", printed="11,34%")
    assert tables.load(project).observations.iloc[0]["value"] == Decimal("11.34")
    put(small, OBS, 2, value="11.x")
    with pytest.raises(DataError):
        tables.load(project)


def test_saved_tables_stand_for_those_data_alone(small: Path, tmp_path: Path) -> None:
    project, saved = Project(small), tmp_path / "tables.pickle"
    tables.save(project, saved)
    put(small, OBS, 2, value="11.34", printed="11,34%")
    tables.restore(project, saved)  # of other data: read anew
    assert tables.load(project).observations.iloc[0]["value"] == Decimal("11.34")
    tables.save(project, saved)
    saved.write_bytes(saved.read_bytes()[:-9])  # torn
    tables.restore(project, saved)
    assert tables.load(project).observations.iloc[0]["value"] == Decimal("11.34")


def test_saved_tables_are_not_checked_again(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, saved = Project(small), tmp_path / "tables.pickle"
    fresh = tables.load(project)
    tables.save(project, saved)
    monkeypatch.setattr(checks, "_KEPT", content.Kept())  # as in another process
    monkeypatch.setattr(checks, "_examined", lambda _: pytest.fail("examined again"))
    tables.restore(project, saved)
    assert all(frame.equals(getattr(fresh, name)) for name, frame in tables.load(project).items())


def test_load_raises_all_problems_at_once(small: Path) -> None:
    put(small, OBS, 2, value="11,33")
    put(small, "plan", 2, unit="bn_eur")
    with pytest.raises(DataError) as raised:
        load(small)
    assert {(p.file, p.row, p.column) for p in raised.value.problems} >= {
        (f"data/{OBS}.csv", 2, "value"),
        ("data/plan.csv", 2, "unit"),
    }


@pytest.mark.parametrize(
    ("table", "fact"),
    [
        ("observations", "obs:grdp.growth_yoy@2026-H1"),
        ("observations", "obs:trained.level@2026-H1/2026-06-15"),
        ("scenarios", "scn:grdp.growth_yoy@2026-H1"),
        ("plan", "plan:fdi.level@2026/report"),
        ("goals", "goal:grdp.growth_yoy@2026-2030"),
        ("baseline", "base:HP_old.grdp.growth_yoy@average"),
        ("projects", "prj:key_projects.progress.behind@2026-H1"),
        ("claims", "claim:count_h1"),
    ],
)
def test_a_fact_has_a_readable_id(small_original: Path, table: str, fact: str) -> None:
    assert fact in set(getattr(load(small_original), table)["id"])


def test_a_later_publication_leaves_the_ids_of_older_facts_alone(
    small_original: Path, small: Path
) -> None:
    before = load(small_original).observations["id"].to_list()
    add(small, "sources", 3, id="signed", date="2026-07", sha256="b" * 64, medium="text")
    add(small, OBS, 6, source="signed", known_at="2026-07-31", value="26", printed="26 tỷ USD")
    after = load(small).observations["id"].to_list()
    assert after == [*before, "obs:exports.level@2026-H1~signed"]


def test_a_former_province_is_named_in_the_id(small: Path) -> None:
    put(small, OBS, 13, place="HP_old")
    rows = records(load(small).observations)
    assert rows[-1]["id"] == "obs:exports.level@2025-H1~HP_old"
    assert ids.Names(rows).called("obs:exports.level@2025-H1", "report") == []


def test_an_operand_names_a_fact_or_what_it_begins() -> None:
    names = ids.Names(
        {"id": id, "source": source}
        for id, source in (
            ("obs:a.level@2026-H1", "draft"),
            ("obs:a.level@2026-H1~signed", "signed"),
            ("plan:a.level@2026/nq~press", "press"),
        )
    )

    def called(operand: str, source: str) -> list[str]:
        return [row["id"] for row in names.called(operand, source)]

    both = ["obs:a.level@2026-H1", "obs:a.level@2026-H1~signed"]
    assert called("obs:a.level@2026-H1", "press") == both
    assert called("obs:a.level@2026-H1", "draft") == both[:1]
    assert called("obs:a.level@2026-H1", "signed") == both[1:]
    assert called("plan:a.level@2026", "draft") == ["plan:a.level@2026/nq~press"]
    assert called("obs:a.level@2026", "draft") == []


def test_every_fact_of_the_project_has_its_own_id(data: Tables) -> None:
    facts = [
        fact
        for _, frame in data.items()
        if "printed" in frame and "id" in frame
        for fact in frame["id"]
    ]
    assert len(facts) == len(set(facts))
    assert len(facts) > 900


def test_a_new_file_of_an_edition_is_listed_once(small: Path) -> None:
    (small / "data" / "projects" / "2026-9M.csv").write_bytes(
        (small / "data" / "projects" / "2026-H1.csv").read_bytes().splitlines(keepends=True)[0]
    )
    for _ in range(2):
        schema.enlist(Project(small), "projects", "projects/2026-9M.csv")
    package = json.loads((small / "data" / "datapackage.json").read_text(encoding="utf-8"))
    paths = {resource["name"]: resource["path"] for resource in package["resources"]}
    assert paths["projects"] == ["projects/2026-9M.csv", "projects/2026-H1.csv"]
    assert len(load(small).projects) == 3


def test_a_project_is_found_from_a_folder_inside_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HALFYEAR_ROOT", raising=False)
    assert Project.find(project.root / "tests") == project


def test_a_project_is_found_by_its_variable_or_not_at_all(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALFYEAR_ROOT", str(small))
    assert Project.find().root == small.resolve()
    monkeypatch.setenv("HALFYEAR_ROOT", str(tmp_path / "elsewhere"))
    with pytest.raises(DataError, match="HALFYEAR_ROOT"):
        Project.find()
