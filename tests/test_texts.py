"""Texts: two native languages with the same keys and the same places for numbers."""

import re
from pathlib import Path
from typing import Any
from unicodedata import is_normalized

import pypandoc
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from halfyear.errors import TextError
from halfyear.project import Project
from halfyear.texts import Texts, escape, listed

FOLDER = Path(__file__).resolve().parents[1] / "report" / "texts"
NAMES = sorted({path.name.split(".")[0] for path in FOLDER.glob("*.vi.yml")})
SLOT = re.compile(r"\{([a-z_0-9]+)\}")
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
PLACE_NAMES = re.compile(r"Hải (?:Phòng|Dương)|Tiếng Việt")


def leaves(node: Any, key: str = "") -> dict[str, str]:
    """Every text under its dotted key; what is no mapping or list counts as text."""
    if isinstance(node, dict):
        return {k: v for name, sub in node.items() for k, v in leaves(sub, f"{key}.{name}").items()}
    if isinstance(node, list):
        return {k: v for n, sub in enumerate(node) for k, v in leaves(sub, f"{key}.{n}").items()}
    return {key.lstrip("."): "" if node is None else str(node)}


def texts(name: str, lang: str) -> dict[str, str]:
    return leaves(yaml.safe_load((FOLDER / f"{name}.{lang}.yml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_keys(name: str) -> None:
    # Vietnamese has no plural; English tables show symbols and formulas where no other word is.
    own = ("units.short.", "formulas.", "units.one.")
    vi, en = (
        {key for key in texts(name, lang) if not key.startswith(own) and key != own[1][:-1]}
        for lang in ("vi", "en")
    )
    assert vi == en


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_places_for_numbers(name: str) -> None:
    vi, en = texts(name, "vi"), texts(name, "en")
    differing = {
        key: (vi[key], en[key])
        for key in vi.keys() & en.keys()
        if set(SLOT.findall(vi[key])) != set(SLOT.findall(en[key]))
    }
    assert differing == {}


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_empty(name: str) -> None:
    for lang in ("vi", "en"):
        assert [key for key, text in texts(name, lang).items() if not text.strip()] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_number_is_typed_into_a_text(name: str) -> None:
    # The scopes year_2025 and by_2030 are named by their years, the unknown mark by its place.
    allowed = re.compile(r"\b(?:2021-2025|2030)\b|\b50\s?%")
    for lang in ("vi", "en"):
        said = {k: t for k, t in texts(name, lang).items() if not k.startswith("formulas.")}
        bare = {key: SLOT.sub("", allowed.sub("", text)) for key, text in said.items()}
        assert [key for key in bare if re.search(r"\d+[.,]\d|\d{3}|\d%", bare[key])] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_vietnamese_word_stands_in_the_english_texts(name: str) -> None:
    left = {
        key: text
        for key, text in texts(name, "en").items()
        if VIETNAMESE.search(PLACE_NAMES.sub("", text))
    }
    assert left == {}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.name)
def test_a_text_file_is_composed_unicode_without_tabs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert is_normalized("NFC", text)
    assert "\t" not in text


def test_a_text_with_nothing_to_fill_a_place_names_file_key_and_place(project: Project) -> None:
    opened = Texts.load(project.report / "texts", "vi", "words")
    with pytest.raises(TextError) as caught:
        opened.say("place.former")
    (problem,) = caught.value.problems
    assert (problem.file, problem.column, problem.found) == ("words.vi.yml", "place.former", "name")


def test_a_text_that_is_not_there_is_named(project: Project) -> None:
    opened = Texts.load(project.report / "texts", "en", "words")
    assert not opened.has("weather")
    with pytest.raises(TextError, match=r"words\.en\.yml, column weather: no such text"):
        opened.say("weather")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "**not bold** and _not emphasised_",
        "[link](http://example.com)",
        "$x^2$ and #heading and `code`",
        "{=html} {{< include x >}}",
        "a | b",
        "@cite -- 'quoted' \"twice\"",
        "\\newpage ~ !",
    ],
)
def test_escaped_text_shows_as_it_stands(text: str) -> None:
    plain = pypandoc.convert_text(
        escape(text), "plain", format="markdown", extra_args=["--wrap=none"]
    )
    assert plain.strip() == text


@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1))
def test_escaping_adds_only_backslashes_and_keeps_every_character(text: str) -> None:
    shown = re.sub(r"\\(.)", r"\1", escape(text))
    assert shown == " ".join(text.split())


def raised() -> set[str]:
    """The reasons the analysis and the audit give for what they cannot compute."""
    folder = Path(__file__).resolve().parents[1] / "src" / "halfyear"
    code = [
        path.read_text("utf-8")
        for name in ("analysis", "audit")
        for path in (folder / name).rglob("*.py")
    ]
    calls = re.compile(r'NotComputable\(\s*Problem\(\s*"([^"]+)"')
    return {reason for text in code for reason in calls.findall(text)}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_reason_for_no_result_is_said_in_both_languages(lang: str) -> None:
    said = yaml.safe_load((FOLDER / f"provenance.{lang}.yml").read_text(encoding="utf-8"))[
        "reasons"
    ]
    assert len(raised()) > 8
    assert raised() <= set(said)


def test_a_text_that_stands_in_two_files_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.vi.yml").write_text("goals:\n  plan: một\n  path: hai\n", encoding="utf-8")
    (tmp_path / "b.vi.yml").write_text("goals:\n  note: ba\n", encoding="utf-8")
    joined = Texts.load(tmp_path, "vi", "a", "b")
    assert (joined.say("goals.plan"), joined.say("goals.note")) == ("một", "ba")
    for text, column in (("goals:\n  plan: bốn\n", "goals.plan"), ("goals: bốn\n", "goals")):
        (tmp_path / "b.vi.yml").write_text(text, encoding="utf-8")
        with pytest.raises(TextError, match="stands in another file") as caught:
            Texts.load(tmp_path, "vi", "a", "b")
        assert (caught.value.problems[0].file, caught.value.problems[0].column) == (
            "b.vi.yml",
            column,
        )


def test_a_text_that_stands_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ui.en.yml").write_text("head:\n  one: first\n  one: second\n", encoding="utf-8")
    with pytest.raises(TextError) as refused:
        Texts.load(tmp_path, "en", "ui")
    assert (refused.value.problems[0].row, refused.value.problems[0].found) == (
        3,
        "the key one stands twice",
    )


@pytest.mark.parametrize(
    ("lang", "items", "expected"),
    [
        ("vi", ["thu", "chi"], "thu và chi"),
        ("en", ["ports", "trade", "FDI"], "ports, trade and FDI"),
        (
            "vi",
            ["dịch vụ", "nông, lâm nghiệp và thủy sản"],
            "dịch vụ; nông, lâm nghiệp và thủy sản",
        ),
        ("en", ["retail sales and services"], "retail sales and services"),
        ("en", ["land", "sand"], "land and sand"),
        ("vi", [], ""),
    ],
)
def test_items_that_hold_the_joining_word_stand_apart(
    lang: str, items: list[str], expected: str
) -> None:
    assert listed(items, lang) == expected
