"""House rules: small modules, imports one way, one name for one thing in each language."""

import ast
import re
from collections import defaultdict
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from unicodedata import is_normalized

import pandas as pd
import pytest
import yaml

from halfyear import build
from halfyear.data.frames import Tables

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "halfyear"
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
SHORT = 45
LAYERS = (  # a package or module imports only from lines above its own, or from itself
    "errors signals",
    "forking",
    "yamlfile",
    "document entry interval key outside period",
    "apart buildfile identity kit memory progress",
    "project",
    "reads",
    "shared",
    "verdict params",
    "essay results",
    "study",
    "data",
    "figure number",
    "edition",
    "analysis texts",
    "audit dossier kernel view",
    "charts execution interruption manifest periods publication snapshot",
    "notebook origin",
    "compose tasks workplace",
    "intake render",
    "office",
    "proofs stage startpage",
    "rendered site steps",
    "build",
    "cluster preview",
    "commands",
    "cli",
    "__main__",
)
ROOMS = {  # the same within a package: a room imports only from lines above its own
    "intake": (
        "words",
        "reason refusal doorway",
        "proposal",
        "language",
        "layout",
        "reader sheet",
        "doubts entry wanting",
        "acceptance",
        "desk session",
        "placing server",
    ),
}
SPEAKING = ("charts", "compose", "office")  # rooms that put studies into words and pictures
ANALYSIS = "halfyear.analysis"
CODE = [*MODULES.values(), *sorted((ROOT / "tests").glob("*.py"))]


@cache
def imports(name: str) -> frozenset[str]:
    """Modules of the package that a module imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "halfyear":
            base = (node.module or "").removeprefix("halfyear").removeprefix(".")
            for alias in node.names:
                full = f"{base}.{alias.name}".removeprefix(".")
                found.add(full if full in MODULES else base)
    return frozenset(found - {name})


def layer(name: str) -> int:
    noun = name.partition(".")[0]
    return next(n for n, line in enumerate(LAYERS) if noun in line.split())


@pytest.mark.parametrize("name", MODULES)
def test_a_module_says_what_it_is(name: str) -> None:
    text = MODULES[name].read_text(encoding="utf-8")
    said = ast.get_docstring(ast.parse(text)) or ""
    assert re.search(r"[.?]$", said.partition("\n\n")[0]), "one sentence says what the module is"


def test_no_two_modules_import_each_other_even_indirectly() -> None:
    try:
        order = list(TopologicalSorter({name: imports(name) for name in MODULES}).static_order())
    except CycleError as error:
        raise AssertionError(" → ".join(error.args[1])) from error
    assert set(MODULES) <= set(order)


@pytest.mark.parametrize("name", [name for name in MODULES if name != "__init__"])
def test_imports_run_one_way(name: str) -> None:
    own = name.partition(".")[0]
    later = {
        other
        for other in imports(name)
        if other.partition(".")[0] != own and layer(other) >= layer(name)
    }
    assert later == set()


@pytest.mark.parametrize("name", [n for n in MODULES if n.partition(".")[0] in SPEAKING])
def test_what_puts_into_words_reads_studies_and_computes_nothing(name: str) -> None:
    computing = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{ANALYSIS}."):
            topic = MODULES[(node.module or "").removeprefix("halfyear.")]
            functions = _functions(topic.read_text(encoding="utf-8"))
            computing |= {alias.name for alias in node.names} & functions
        elif isinstance(node, ast.ImportFrom | ast.Import):
            named = getattr(node, "module", None) or node.names[0].name
            computing |= {named} if named.startswith(ANALYSIS) else set()
    assert computing == set()


def _functions(code: str) -> set[str]:
    return {node.name for node in ast.parse(code).body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("package", ROOMS)
def test_rooms_of_a_package_import_one_way(package: str) -> None:
    floors = {room: n for n, line in enumerate(ROOMS[package]) for room in line.split()}
    inside = {name: name.split(".")[1] for name in MODULES if name.startswith(f"{package}.")}
    assert set(inside.values()) == set(floors)
    upward = {
        (name, other)
        for name, room in inside.items()
        for other in imports(name) & inside.keys()
        if inside[other] != room and floors[inside[other]] >= floors[room]
    }
    assert upward == set()


def reached(*names: str) -> set[str]:
    """Parts of the package that modules load, directly or through others."""
    ahead, seen = list(names), set[str]()
    while ahead:
        name = ahead.pop()
        if name in MODULES and name not in seen:
            seen.add(name)
            ahead += imports(name)
    return {name.partition(".")[0] for name in seen}


def test_a_task_of_a_build_loads_nothing_that_it_does_not_count_as_its_input() -> None:
    executed = {
        name
        for path in (ROOT / "notebooks").glob("*.ipynb")
        for name in re.findall(r"\bhalfyear(?:\.[a-z_]+)*", path.read_text(encoding="utf-8"))
    }
    names = {name.removeprefix("halfyear").removeprefix(".") for name in executed} - {""}
    assert len(names) > len(list((ROOT / "notebooks").glob("*.ipynb")))
    assert reached("data.tables") & set(build.LATER) == set()
    assert reached("execution", *names) & set(build.NOT_EXECUTED) == set()
    composed = ("compose.briefing", "office.annex", "audit", "edition", "results")
    assert reached(*composed) & set(build.NOT_COMPOSED) == set()
    rendered = ("render.briefing", "render.density", "office.word", "proofs.limits")
    assert reached(*rendered) & set(build.NOT_RENDERED) == set()


def test_every_layer_names_modules_that_are_there() -> None:
    nouns = {name.partition(".")[0] for name in MODULES}
    assert {noun for line in LAYERS for noun in line.split()} <= nouns


def test_no_module_is_tied_to_one_period_or_one_indicator_count() -> None:
    # Example periods stand in docstrings and mends; the one default period is the command's.
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                tied = re.fullmatch(r"20\d\d(-(?:Q[1-4]|H1|9M|FY|\d\d))?(-\d\d)?", node.value)
                assert not tied or name == "commands.guard", (name, node.value)


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.stem)
def test_no_code_is_commented_out_by_a_banner(path: Path) -> None:
    assert not re.search(r"^\s*#\s*[-=#*]{4,}", path.read_text(encoding="utf-8"), re.MULTILINE)


def pairs(frame: pd.DataFrame, one: str, other: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for left, right in zip(frame[one], frame[other], strict=True):
        if left:
            found[str(left)].add(str(right))
    return {left: rights for left, rights in found.items() if len(rights) > 1}


@pytest.mark.parametrize("kind", ["name", "name_short"])
def test_one_vietnamese_name_has_one_english_name_and_back(data: Tables, kind: str) -> None:
    assert pairs(data.indicators, f"{kind}_vi", f"{kind}_en") == {}
    assert pairs(data.indicators, f"{kind}_en", f"{kind}_vi") == {}


def test_one_vietnamese_unit_has_one_english_unit(data: Tables) -> None:
    assert pairs(data.units, "name_vi", "name_en") == {}


@pytest.mark.parametrize("kind", ["name", "name_short"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_two_indicators_share_a_name(data: Tables, kind: str, lang: str) -> None:
    names = data.indicators[f"{kind}_{lang}"]
    assert sorted(set(names[names.duplicated()])) == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_short_name_fits_the_page(data: Tables, lang: str) -> None:
    names = data.indicators[f"name_short_{lang}"]
    assert [name for name in names if not 0 < len(name) <= SHORT] == []


def test_a_name_stands_without_space_around_it_and_in_composed_unicode(data: Tables) -> None:
    for frame in (data.indicators, data.units):
        for column in frame.columns[frame.columns.str.contains("name|symbol")]:
            for text in frame[column].dropna():
                assert text == " ".join(text.split()), (column, text)
                assert is_normalized("NFC", text), (column, text)


def test_no_english_name_holds_a_vietnamese_word(data: Tables) -> None:
    marked = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
    proper = re.compile(r"\b[A-ZĐÂÔƯƠ]\w+(?: [A-ZĐÂÔƯƠ]\w+)*\b|-HĐND")
    for column in ("name_en", "name_short_en"):
        for name in data.indicators[column]:
            assert not marked.search(proper.sub("", name)), name


def test_a_verdict_and_a_status_have_one_word_each() -> None:
    for lang in ("vi", "en"):
        texts = yaml.safe_load(
            (ROOT / "report" / "texts" / f"words.{lang}.yml").read_text(encoding="utf-8")
        )
        for group in ("verdict", "status", "place"):
            words = list(texts[group].values())
            assert len(set(words)) == len(words), (lang, group)
