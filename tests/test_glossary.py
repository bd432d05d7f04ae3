"""The glossary: its terms stand in both languages, and no text uses a wording it rules out."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from halfyear.data.frames import Tables

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "report" / "texts"
TERMS: list[dict[str, Any]] = yaml.safe_load((TEXTS / "glossary.yml").read_text(encoding="utf-8"))
HELD = sorted(TEXTS.glob("*.??.yml"))


def ruled_out(text: str, lang: str) -> Iterator[str]:
    """Patterns of the glossary that a text meets."""
    for term in TERMS:
        for pattern in term.get(f"not_{lang}", ()):
            plain = re.sub(r"\\.", "", pattern)
            flags = re.IGNORECASE if plain == plain.lower() else 0
            if re.search(pattern, text, flags):
                yield pattern


def values(node: Any) -> Iterator[str]:
    """Texts of a file of texts, without its keys."""
    for part in node.values() if isinstance(node, dict) else node:
        if isinstance(part, dict | list):
            yield from values(part)
        elif isinstance(part, str):
            yield part


def test_every_term_has_both_languages_and_keeps_its_own_rules() -> None:
    for term in TERMS:
        assert set(term) <= {"vi", "en", "not_vi", "not_en"}
        for lang in ("vi", "en"):
            assert term[lang]
            assert list(ruled_out(term[lang], lang)) == []
    names = [term["vi"] for term in TERMS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("vi", "các văn bản không in số"),
        ("vi", "Số liệu biết đến 30/6/2026"),
        ("vi", "thuộc nhóm 3"),
        ("en", "the printed rates"),
        ("en", "17.6 percent a year later"),
        ("en", "PL 194,936"),
    ],
)
def test_a_wording_that_is_ruled_out_is_found(lang: str, text: str) -> None:
    assert list(ruled_out(text, lang))


@pytest.mark.parametrize("path", HELD, ids=lambda path: path.name)
def test_the_texts_keep_to_the_glossary(path: Path) -> None:
    lang = path.name.split(".")[1]
    texts = values(yaml.safe_load(path.read_text(encoding="utf-8")))
    assert {text: found for text in texts if (found := list(ruled_out(text, lang)))} == {}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_statements_sections_and_names_keep_to_the_glossary(data: Tables, lang: str) -> None:
    texts = [
        *data.statements[f"text_{lang}"],
        *data.sections[f"name_{lang}"],
        *data.indicators[f"name_{lang}"],
        *data.indicators[f"name_short_{lang}"],
    ]
    assert {text: found for text in texts if (found := list(ruled_out(text, lang)))} == {}
