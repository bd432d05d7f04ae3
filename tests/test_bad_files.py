"""Bad files: whatever is wrong with a package, a register or a table's bytes is one problem."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from halfyear.data import checks
from halfyear.data.faults import Fault
from halfyear.project import Project
from small_project import put
from test_checks import broken

OBS = "observations/2026-H1"
Break = Callable[[dict[str, Any]], object]


def told(root: Path) -> list[Fault]:
    found = checks.problems(Project(root))
    assert all(isinstance(problem, Fault) for problem in found), found
    for problem in found:
        assert problem.file.startswith("data/")
        for lang in ("vi", "en"):
            said = problem.say(lang)
            assert said.what
            assert said.expected
            assert said.mend
        assert len(str(problem)) < 3000
    return [problem for problem in found if isinstance(problem, Fault)]


def resource(package: dict[str, Any], name: str = "goals") -> Any:
    return next(one for one in package["resources"] if one["name"] == name)


def column(package: dict[str, Any], table: str, name: str) -> Any:
    return next(one for one in resource(package, table)["schema"]["fields"] if one["name"] == name)


PACKAGES: list[tuple[str, Break, str]] = [
    ("no resources", lambda p: p.pop("resources"), "resources"),
    ("resources a text", lambda p: p.update(resources="all"), "resources"),
    ("a resource is a list", lambda p: p["resources"].append([]), "resources"),
    ("no name", lambda p: resource(p).pop("name"), "name"),
    ("no description", lambda p: resource(p).pop("description"), "description"),
    ("no path", lambda p: resource(p).pop("path"), "path"),
    ("path empty", lambda p: resource(p).update(path=[]), "path"),
    ("path of numbers", lambda p: resource(p).update(path=[1, 2]), "path"),
    ("path a number", lambda p: resource(p).update(path=5), "path"),
    ("path twice", lambda p: resource(p, "observations")["path"].append(f"{OBS}.csv"), "path"),
    ("path of another table", lambda p: resource(p).update(path="plan.csv"), "path"),
    ("path outside", lambda p: resource(p).update(path="/etc/passwd"), ""),
    ("path with a backslash", lambda p: resource(p).update(path="..\\goals.csv"), ""),
    ("no schema", lambda p: resource(p).pop("schema"), "schema"),
    ("schema a list", lambda p: resource(p).update(schema=[]), "schema"),
    ("no fields", lambda p: resource(p)["schema"].pop("fields"), "fields"),
    ("a field is a text", lambda p: resource(p)["schema"]["fields"].append("x"), "fields"),
    ("a field without type", lambda p: column(p, "goals", "low").pop("type"), "type"),
    ("unknown type", lambda p: column(p, "goals", "low").update(type="float"), "type"),
    ("enum a text", lambda p: column(p, "goals", "low").update(constraints={"enum": "a"}), "enum"),
    (
        "pattern broken",
        lambda p: column(p, "goals", "period").update(constraints={"pattern": "[a"}),
        "period",
    ),
    (
        "pattern of two meanings",
        lambda p: column(p, "goals", "period").update(constraints={"pattern": "[[a]"}),
        "period",
    ),
    ("no key", lambda p: resource(p)["schema"].pop("primaryKey"), "primaryKey"),
    ("key a text", lambda p: resource(p)["schema"].update(primaryKey="place"), "primaryKey"),
    ("key unknown", lambda p: resource(p)["schema"].update(primaryKey=["lpace"]), "primaryKey"),
    (
        "reference of an unknown column",
        lambda p: resource(p)["schema"]["foreignKeys"][0].update(fields="nobody"),
        "foreignKeys",
    ),
    (
        "reference to an unknown table",
        lambda p: resource(p)["schema"]["foreignKeys"][0]["reference"].update(resource="nowhere"),
        "foreignKeys",
    ),
    (
        "reference without a table",
        lambda p: resource(p)["schema"]["foreignKeys"][0].pop("reference"),
        "reference",
    ),
    ("resource twice", lambda p: p["resources"].append(resource(p)), ""),
]


@pytest.mark.bad("tables")
def test_data_older_than_the_program_are_told_with_the_column_they_lack(small: Path) -> None:
    path = small / "data" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    schema = resource(package, "indicators")["schema"]  # as before indicators belonged to places
    schema["fields"].remove(column(package, "indicators", "belongs_to"))
    schema["foreignKeys"] = [k for k in schema["foreignKeys"] if k["fields"] != "belongs_to"]
    path.write_text(json.dumps(package), encoding="utf-8")
    (problem,) = told(small)
    assert (problem.code, problem.column) == ("column_lacking", "belongs_to")
    assert "older than the program" in problem.say("en").what
    assert "cũ hơn chương trình" in problem.say("vi").what


@pytest.mark.bad("tables", per=("name",))
@pytest.mark.parametrize(("name", "breaks", "where"), PACKAGES, ids=[p[0] for p in PACKAGES])
def test_a_broken_package_is_told_at_its_entry(
    small: Path, name: str, breaks: Break, where: str
) -> None:
    path = small / "data" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    breaks(package)
    path.write_text(json.dumps(package), encoding="utf-8")
    found = told(small)
    assert found, name
    assert {problem.file for problem in found} == {"data/datapackage.json"}
    assert where in found[0].column
    assert found[0].code in ("package_unreadable", "package_entry", "path_outside")


@pytest.mark.bad("tables")
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"resources": NaN}', b"\x00" * 9],
    ids=["empty", "open", "list", "null", "UTF-16", "deep", "NaN", "NUL"],
)
def test_a_package_that_is_none_is_one_problem(small: Path, body: bytes) -> None:
    (small / "data" / "datapackage.json").write_bytes(body)
    (problem,) = told(small)
    assert (problem.code, problem.file) == ("package_unreadable", "data/datapackage.json")


ENTRIES: list[tuple[str, Break]] = [
    ("no id", lambda e: e.pop("id")),
    ("id empty", lambda e: e.update(id="")),
    ("id a number", lambda e: e.update(id=7)),
    ("unknown key", lambda e: e.update(note="x")),
    ("no locator", lambda e: e.pop("locator")),
    ("locator a list", lambda e: e.update(locator=[])),
    ("facts empty", lambda e: e["locator"].update(facts=[])),
    ("facts a text", lambda e: e["locator"].update(facts="x")),
    ("facts of lists", lambda e: e["locator"].update(facts=[["x"]])),
    ("facts of numbers", lambda e: e["locator"].update(facts=[1])),
    ("check a list", lambda e: e["locator"].update(check=["a"])),
    ("locator with more", lambda e: e["locator"].update(row=3)),
    ("expect a list", lambda e: e.update(expect=[])),
    ("expect a number", lambda e: e.update(expect={"claim:again_exports": 29})),
    ("expect of a number", lambda e: e.update(expect={5: "29,5"})),
    ("action unknown", lambda e: e.update(action="drop")),
    ("action a list", lambda e: e.update(action=["flag"])),
    ("override without a value", lambda e: e.update(action="override")),
    ("override NaN", lambda e: e.update(action="override", value="NaN")),
    ("override Infinity", lambda e: e.update(action="override", value="Infinity")),
    ("override huge", lambda e: e.update(action="override", value="1e999999")),
    ("override in words", lambda e: e.update(action="override", value="about 25")),
    ("override a number", lambda e: e.update(action="override", value=25.9)),
    ("override on nothing", lambda e: e.update(action="override", value="25.9", expect={})),
    ("a value to a flag", lambda e: e.update(value="25.9")),
    ("no reason", lambda e: e.update(reason="")),
    ("slip elsewhere", lambda e: e.update(slip=["obs:elsewhere.level@2026-H1"])),
    ("slip a text", lambda e: e.update(slip="claim:again_exports")),
    ("slip of lists", lambda e: e.update(slip=[[]])),
]


@pytest.mark.bad("tables", per=("name",))
@pytest.mark.parametrize(("name", "breaks"), ENTRIES, ids=[entry[0] for entry in ENTRIES])
def test_a_broken_correction_is_told_by_its_id(small: Path, name: str, breaks: Break) -> None:
    broken(small)
    path = small / "data" / "corrections.yml"
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    breaks(entries[0])
    path.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    (problem,) = told(small)
    assert (problem.code, problem.file) == ("corrections_unreadable", "data/corrections.yml"), name
    if isinstance(entries[0].get("id"), str) and entries[0]["id"]:
        assert problem.found == "exports_again"


def test_an_override_to_nought_is_taken(small: Path) -> None:
    broken(small, "override")
    path = small / "data" / "corrections.yml"
    path.write_text(path.read_text(encoding="utf-8") + '  value: "0"\n', encoding="utf-8")
    tables, problems = checks.examine(Project(small))
    assert problems == []
    assert str(tables.claims.set_index("id").loc["claim:again_exports", "value"]) == "0"


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{n}: &{n} [*{m}, *{m}]\n" for m, n in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.bad("tables", per=("body",))
@pytest.mark.parametrize(
    ("body", "row"),
    [
        (b"- {id: x\n", 2),
        (b"id: x\n", None),
        (b"text\n", None),
        (b"- [\n", 2),
        (b"- id: a\n  id: b\n", 2),
        (b"- \xff\n", 1),
        (b"\t- x\n", 1),
        (LAUGHS.encode(), 2),
        (b"[" * 100_000, None),
        (b"- !!python/name:os.system x\n", 1),
        (b"- 2026-02-30\n", None),
        (b"#" * 3_000_000, None),
    ],
    ids=[
        "open",
        "mapping",
        "text",
        "bracket",
        "key twice",
        "latin",
        "tab",
        "aliases",
        "deep",
        "tag",
        "day",
        "huge",
    ],
)
def test_a_register_that_is_none_is_one_problem(small: Path, body: bytes, row: int | None) -> None:
    (small / "data" / "corrections.yml").write_bytes(body)
    (problem,) = told(small)
    assert problem.code == "corrections_unreadable"
    assert problem.row == row


UNSEEN = {
    "bell": "\a",
    "escape": "\x1b[31m",
    "vertical tab": "\v",
    "delete": "\x7f",
    "next line": "\x85",
    "backwards": "\u202e",
    "left to right": "\u200e",
    "isolate": "\u2066",
    "zero width": "\u200b",
    "line separator": "\u2028",
    "no character": "\ufffe",
    "lost character": "\ufffd",
}


@pytest.mark.bad("tables", per=("name",))
@pytest.mark.parametrize("name", UNSEEN)
@pytest.mark.parametrize(
    ("table", "row", "cell"),
    [("sources", 2, "title_vi"), ("indicators", 3, "name_en"), (OBS, 4, "section")],
)
def test_a_character_nobody_sees_is_told_at_its_cell(
    small: Path, name: str, table: str, row: int, cell: str
) -> None:
    odd = UNSEEN[name]
    put(small, table, row, **{cell: f"a{odd}b"})
    (problem,) = told(small)
    assert problem.code == "unseen_character"
    assert (problem.file, problem.row, problem.column) == (f"data/{table}.csv", row, cell)
    assert problem.found == f"U+{ord(odd[0]):04X}"


def test_letters_of_any_language_and_signs_are_no_unseen_characters(small: Path) -> None:
    put(small, "sources", 2, title_vi="Báo cáo số 1 – “ước” ≥ 9 % · 25 °C 😀", number="12/BC UBND")
    assert told(small) == []


@pytest.mark.bad("tables")
@pytest.mark.parametrize("day", ["9999-12-31", "2062-06-30", "2032-01-01"])
def test_a_figure_known_long_after_its_document_is_a_slip_of_the_year(
    small: Path, day: str
) -> None:
    put(small, OBS, 4, known_at=day)
    (problem,) = told(small)
    assert (problem.code, problem.row, problem.column) == ("known_too_late", 4, "known_at")


@pytest.mark.bad("tables", per=("kind",))
@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and devices among its files")
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "nowhere"])
@pytest.mark.parametrize("name", ["goals.csv", "corrections.yml", f"{OBS}.csv"])
def test_what_is_no_file_is_told_and_never_waited_for(small: Path, kind: str, name: str) -> None:
    path = small / "data" / name
    path.unlink(missing_ok=True)
    makes: dict[str, Callable[[], object]] = {
        "pipe": lambda: os.mkfifo(path),
        "device": lambda: path.symlink_to("/dev/zero"),
        "folder": path.mkdir,
        "nowhere": lambda: path.symlink_to(path.with_name("gone")),
    }
    makes[kind]()
    found = told(small)
    if (kind, name) == ("nowhere", "corrections.yml"):
        assert found == []
    else:
        assert [problem.file for problem in found] == [f"data/{name}"]
    if kind in ("pipe", "device") and name.endswith(".csv"):
        assert [problem.code for problem in found] == ["not_a_plain_file"]


@pytest.mark.bad("tables")
def test_too_many_rows_and_too_many_bytes_are_told_at_once(small: Path) -> None:
    path = small / "data" / "unclaimed.csv"
    text = path.read_text(encoding="utf-8")
    row = text.splitlines()[1]
    path.write_text(text + f"{row}\n" * 25_000, encoding="utf-8")
    (problem,) = told(small)
    assert problem.code == "too_many_rows"
    path.write_text(text + "x" * 21_000_000, encoding="utf-8")
    (problem,) = told(small)
    assert problem.code == "file_too_large"
