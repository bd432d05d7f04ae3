"""Bounds: what "more than", "nearly" and their like stand for, told in one way everywhere."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from halfyear.audit.notes import templates
from halfyear.data import schema
from halfyear.interval import UNBOUNDED, Interval, bounded
from halfyear.office.sheet import Words
from halfyear.project import Project
from halfyear.texts import Texts

ROOT = Path(__file__).resolve().parents[1]
WORDS = {
    "gt": ("trên 4,2", "more than 4,2"),
    "ge": ("từ 4,2 trở lên", "at least 4,2"),
    "lt": ("dưới 4,2", "less than 4,2"),
    "le": ("không quá 4,2", "at most 4,2"),
    "approx": ("khoảng 4,2", "about 4,2"),
    "just_under": ("gần 4,2", "nearly 4,2"),
}


@pytest.mark.parametrize(
    ("value", "bound", "half", "low", "high"),
    [
        ("4.2", "gt", "0.05", "4.2", UNBOUNDED),
        ("95", "ge", "0.5", "95", UNBOUNDED),
        ("2", "lt", "0.5", -UNBOUNDED, "2"),
        ("40", "le", "0.5", -UNBOUNDED, "40"),
        ("70000", "approx", "0.5", "65000", "75000"),  # the last digit that counts is 7
        ("1.3", "just_under", "0.05", "1.25", "1.3"),  # nearly 1.3 is not above it
        ("1500000", "just_under", "0.5", "1450000", "1500000"),
        ("11.33", "", "0.005", "11.325", "11.335"),
    ],
)
def test_a_bound_says_what_a_figure_may_be(
    value: str, bound: str, half: str, low: str | Decimal, high: str | Decimal
) -> None:
    expected = Interval(Decimal(low), Decimal(high))
    assert bounded(Decimal(value), bound, Decimal(half)) == expected


@pytest.mark.parametrize("code", WORDS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_pages_audit_and_review_sheet_tell_a_bound_alike(code: str, lang: str) -> None:
    told = WORDS[code][lang == "en"]
    texts = Texts.load(ROOT / "report" / "texts", lang, "bounds")
    assert texts.say(f"bounded.{code}", number="4,2") == told
    assert templates(Project(ROOT), lang)[f"bounded_{code}"].format(number="4,2") == told
    intake = yaml.safe_load((ROOT / "src/halfyear/intake/words.yml").read_text(encoding="utf-8"))
    assert intake["bound"][code][lang].replace("…", "4,2") in (told, told.removesuffix(" 4,2"))


def test_the_workbook_tells_a_bound_as_the_pages_do() -> None:
    folder = ROOT / "report" / "texts"
    words = Words([Texts.load(folder, lang, "annex", "bounds") for lang in ("vi", "en")])
    assert words.code("bound", "gt") == "trên / more than"
    assert words.code("comparator", "ge") == "từ … trở lên / at least"
    assert words.code("comparator", "eq") == "bằng / equal to"


def test_the_codes_of_the_tables_are_those_that_have_words(project: Project) -> None:
    columns = {c.name: set(c.enum) for t in schema.read(project).values() for c in t.columns}
    assert columns["bound"] == set(WORDS)
    assert set(WORDS) < columns["comparator"] == columns["target_comparator"]
