"""Keys are read and written by one grammar, and nothing else builds or splits them."""

import ast
from pathlib import Path

import nbformat
import pytest
import yaml

from halfyear.data.tables import load
from halfyear.errors import DataError
from halfyear.key import Key, Kind
from halfyear.project import Project

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "halfyear"
SPLITS = {
    *("split", "rsplit", "partition", "rpartition", "removeprefix", "removesuffix"),
    *("startswith", "endswith"),
}
IDS = {"id", "ids"}

WRITTEN = {
    "obs:grdp.growth_yoy@2026-H1": Key(Kind.OBS, "grdp", "growth_yoy", "2026-H1"),
    "obs:a.level@2026-H1/2026-06-10": Key(Kind.OBS, "a", "level", "2026-H1", cutoff="2026-06-10"),
    "obs:a.level@2025-H1~HP_old": Key(Kind.OBS, "a", "level", "2025-H1", place="HP_old"),
    "obs:a.level@2025-H1~HP_old~press#2": Key(
        Kind.OBS, "a", "level", "2025-H1", place="HP_old", source="press", number=2
    ),
    "plan:a.level@2026/nq74~report": Key(
        Kind.PLAN, "a", "level", "2026", instrument="nq74", source="report"
    ),
    "base:HP_old.a.level@average/target": Key(
        Kind.BASE, "a", "level", "average", place="HP_old", base="target"
    ),
    "prj:group.progress.done@2026-Q2": Key(Kind.PRJ, "group", "progress", "2026-Q2", state="done"),
    "claim:count_l5/total": Key(Kind.CLAIM, "count_l5", base="total"),
    "outlook:pace:a.level@2026~press": Key(
        Kind.OUTLOOK, "a", "level", "2026", variant="pace", source="press"
    ),
    "identity:a.growth_yoy@2026-H1/2025-FY": Key(
        Kind.IDENTITY, "a", "growth_yoy", "2026-H1", base="2025-FY"
    ),
    "said:outlook:pace:a.level@2025~2025-H1": Key(
        Kind.SAID, "outlook:pace:a.level@2025", source="2025-H1"
    ),
    "audit_gap:a.word@/obs-a.level-2026-H1/claim-x": Key(
        Kind.AUDIT_GAP, "a", "word", base="obs-a.level-2026-H1/claim-x"
    ),
    "record:grdp.growth_yoy": Key(Kind.RECORD, "grdp", "growth_yoy"),
    "count:met@2026-H1": Key(Kind.COUNT, "met", when="2026-H1"),
}


@pytest.mark.parametrize("text", WRITTEN)
def test_a_key_is_read_and_written_alike(text: str) -> None:
    assert Key.parse(text) == WRITTEN[text]
    assert str(WRITTEN[text]) == text


def test_every_row_of_the_project_has_a_key_that_is_read_back() -> None:
    ids = [
        id
        for _, frame in load(Project(ROOT)).items()
        if {"key", "id"} <= set(frame)
        for column in ("key", "id")
        for id in frame[column]
    ]
    assert len(ids) > 1800
    assert [id for id in ids if str(Key.parse(id)) != id] == []


@pytest.mark.parametrize(
    "text", ["", "obs", "obs:", "obs:/", "growth of grdp", "odd:a.level@2026-H1"]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="not a key"):
        Key.parse(text)


def test_keys_stand_in_the_order_of_their_texts() -> None:
    assert [str(key) for key in sorted(map(Key.parse, WRITTEN))] == sorted(WRITTEN)


def test_a_shorter_key_leaves_out_the_source_but_never_a_former_place() -> None:
    def stems(text: str) -> list[str]:
        return [str(key) for key in Key.parse(text).stems()]

    assert stems("obs:a.level@2026-H1/2026-06-10~press#2") == [
        "obs:a.level@2026-H1/2026-06-10~press",
        "obs:a.level@2026-H1/2026-06-10",
        "obs:a.level@2026-H1",
    ]
    assert stems("obs:a.level@2025-H1~HP_old") == []


def test_every_kind_says_what_it_is() -> None:
    assert all(kind.meaning for kind in Kind)
    assert len({kind.meaning for kind in Kind}) > len(Kind) / 2


def splits(text: str) -> list[int]:
    """Lines that take an id apart: .split() and its like on what is called an id."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in SPLITS
        and _called_id(node.func.value)
    ]


def _called_id(node: ast.expr) -> bool:
    if isinstance(node, ast.Call) and node.args:  # str(row["id"])
        return _called_id(node.args[0])
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return _called_id(node.func.value)
    if isinstance(node, ast.Subscript):
        constant = isinstance(node.slice, ast.Constant) and node.slice.value in IDS
        return constant or _called_id(node.value)
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name in IDS


def test_the_search_for_split_ids_finds_them() -> None:
    for code in ('q.id.split(":")', 'str(row["id"]).partition("@")', 'id.rsplit("/", 1)[0]'):
        assert splits(code) == [1], code
    assert splits('[q for q in results if q.id.startswith("gap:")]') == [1]
    assert splits('text.split(".")') == []


def built(text: str) -> list[int]:
    """Lines that write a key by hand: an f-string with a kind in front or "@" inside."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.JoinedStr)
        and any(
            isinstance(part, ast.Constant)
            and ("@" in str(part.value) or str(part.value).split(":")[0] in set(Kind))
            for part in node.values
        )
    ]


def test_the_search_for_hand_written_keys_finds_them() -> None:
    assert built('f"obs:{key}@{period}"') == [1]
    assert built('f"{kind}:{key}@{period}"') == [1]
    assert built('f"{name}: {value}"') == []


def modules() -> dict[str, str]:
    """The code of every module but the grammar's own, and that of the notebooks."""
    code = {
        path.relative_to(SOURCE).with_suffix("").as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(SOURCE.rglob("*.py"))
        if path.name != "key.py"
    }
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        code[path.stem] = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert len(code) > 200
    return code


NO_KEYS = frozenset({"data/journal", "office/word", "render/webfonts"})  # "@" of other things
NO_ID_OF_A_KEY = frozenset(  # ids of findings, axes, notes and sections
    [
        "audit/finding",
        "compose/provenance",
        "entry",
        "proofs/coverage",
        "proofs/limits",
        "render/svg",
    ]
)


def test_no_other_module_writes_a_key_by_hand() -> None:
    found = {name for name, text in modules().items() if built(text)}
    assert found - NO_KEYS == set()


def test_no_other_module_takes_a_key_apart() -> None:
    found = {name for name, text in modules().items() if splits(text)}
    assert found - NO_ID_OF_A_KEY == set()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_kind_that_provenance_can_tell_is_a_kind(lang: str) -> None:
    path = ROOT / "report" / "texts" / f"provenance.{lang}.yml"
    told = set(yaml.safe_load(path.read_text(encoding="utf-8"))["provenance"]["kind"])
    assert told - {"other"} <= {kind.value for kind in Kind}
    assert len(told) > 40
