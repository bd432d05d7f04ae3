"""Numbers in the reader's habit: separators, signs, ranges and units of both languages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfyear.data.frames import Tables
from halfyear.data.numeral import read_number
from halfyear.errors import NotComputable
from halfyear.interval import Interval
from halfyear.number import NBSP, Formatter, Symbols
from halfyear.project import Project
from halfyear.results import Quantity
from halfyear.texts import Texts

MINUS = "−"


@pytest.fixture(scope="module")
def habits(data: Tables, project: Project) -> dict[str, Formatter]:
    made = {}
    for lang in ("vi", "en"):
        texts = Texts.load(project.report / "texts", lang, "words")
        made[lang] = Formatter(lang, texts.symbols(data), texts.say("range_word"))
    return made


def quantity(*values: str, unit: str = "pct", decimals: int = 2, **more: str) -> Quantity:
    known = {"formula": "computed", **more}
    return Quantity("obs:x.level@2026-H1", Interval.of(*values), unit, decimals, **known)


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        ("114833", 0, "114.833", "114,833"),
        ("1234.5", 1, "1.234,5", "1,234.5"),
        ("3.098", 3, "3,098", "3.098"),
        ("8.50", 2, "8,50", "8.50"),
        ("-0.94", 2, "−0,94", "−0.94"),
        ("0.45", 2, "0,45", "0.45"),
        ("1234567.891", 3, "1.234.567,891", "1,234,567.891"),
        ("2.345", 2, "2,35", "2.35"),  # half away from zero
        ("-2.345", 2, "−2,35", "−2.35"),
        ("-0.004", 2, "0,00", "0.00"),  # no minus before a nought
    ],
)
def test_a_number_has_the_separators_of_the_language(
    habits: dict[str, Formatter], value: str, decimals: int, vi: str, en: str
) -> None:
    assert habits["vi"].plain(Decimal(value), decimals) == vi
    assert habits["en"].plain(Decimal(value), decimals) == en


@pytest.mark.parametrize(
    ("unit", "vi", "en"),
    [
        ("pct", "11,33%", "11.33%"),
        ("pp", "11,33 điểm phần trăm", "11.33 percentage points"),
        ("bn_vnd", "11,33 tỷ đồng", "11.33 billion VND"),
        ("times", "11,33 lần", "11.33 times"),
    ],
)
def test_a_unit_follows_unbroken_in_the_words_of_the_language(
    habits: dict[str, Formatter], unit: str, vi: str, en: str
) -> None:
    for lang, wanted in (("vi", vi), ("en", en)):
        shown = habits[lang].text(quantity("11.33", unit=unit), "unit")
        assert shown == wanted.replace(" ", NBSP)
        assert " " not in shown


def test_a_range_has_a_dash_between_numbers_and_a_word_where_one_is_negative(
    habits: dict[str, Formatter],
) -> None:
    assert habits["en"].text(quantity("14.366", "14.67"), "unit") == "14.37–14.67%"
    assert habits["vi"].text(quantity("14.366", "14.67"), "unit") == "14,37–14,67%"
    assert habits["vi"].text(quantity("-1.2", "0.3", decimals=1)) == "−1,2 đến 0,3"
    assert habits["en"].text(quantity("-1.2", "0.3", decimals=1)) == "−1.2 to 0.3"


def test_a_range_narrower_than_its_decimals_is_one_number(habits: dict[str, Formatter]) -> None:
    # 3.098 / 0.7945 and 3.098 / 0.7935 both show as 3.90
    assert habits["en"].text(quantity("3.8993", "3.9042", unit="bn_usd")) == "3.90"


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        # 30,000 is stated as 54 %: what is left lies between 30,000/0.545 - 30,000 and
        # 30,000/0.535 - 30,000; the round number is one of thousands, for 30,000 lies outside
        ("25046", "26075", "26.000"),
        # ends that the same ten thousand stands for are told by it
        ("27950", "30690", "30.000"),
        ("4", "4", "4"),
    ],
)
def test_a_range_in_one_round_number_is_told_by_one_that_lies_in_it(
    habits: dict[str, Formatter], low: str, high: str, shown: str
) -> None:
    quantity = Quantity("a", Interval.of(low, high), "bn_vnd", 0, "plan - done")
    assert habits["vi"].text(quantity, "near") == shown


def test_signs_are_shown_on_request_and_left_to_words_on_request(
    habits: dict[str, Formatter],
) -> None:
    assert habits["en"].text(quantity("7.5", decimals=1), "sign", "unit") == "+7.5%"
    assert habits["en"].text(quantity("-7.5", decimals=1), "sign", "unit") == "−7.5%"
    assert habits["en"].text(quantity("0", decimals=1), "sign") == "0.0"
    assert habits["vi"].text(quantity("-0.94"), "abs", "unit") == "0,94%"
    assert habits["vi"].text(quantity("-0.9", "-0.4", decimals=1), "abs") == "0,4–0,9"


def test_a_printed_figure_keeps_its_own_decimals_and_a_computed_one_its_step(
    habits: dict[str, Formatter],
) -> None:
    # "96 triệu tấn" stays 96, a computed 96 with one decimal is 96.0
    printed = quantity("96", unit="mt", decimals=1, formula="printed")
    assert habits["en"].text(printed) == "96"
    assert habits["en"].text(quantity("96", unit="mt", decimals=1)) == "96.0"
    # visitors are shown in thousands: 8,723.55 with no decimals is 8,724
    assert habits["en"].text(quantity("8723.55", decimals=0, formula="printed")) == "8,724"


def test_a_number_carries_its_id_and_the_form_it_is_shown_in(habits: dict[str, Formatter]) -> None:
    span = habits["vi"].span(quantity("11.33"), "unit")
    assert span == '[11,33%]{.num data-id="obs:x.level@2026-H1" data-fmt="unit"}'


def test_one_thing_is_told_in_the_singular(habits: dict[str, Formatter]) -> None:
    one, two = (quantity(n, unit="projects", decimals=0) for n in ("1", "2"))
    assert [habits["en"].text(n, "unit") for n in (one, two)] == [
        "1\u00a0project",
        "2\u00a0projects",
    ]
    assert habits["vi"].text(one, "unit") == "1\u00a0dự\u00a0án"


def test_a_style_that_nobody_knows_is_refused(habits: dict[str, Formatter]) -> None:
    with pytest.raises(NotComputable, match="bold"):
        habits["en"].text(quantity("1"), "bold")


def test_a_missing_number_is_never_formatted(habits: dict[str, Formatter]) -> None:
    with pytest.raises(NotComputable, match="obs:gone"):
        habits["en"].text(Quantity("a", None, "pct", 1, missing=("obs:gone",)))


@given(
    value=st.decimals(min_value=-(10**8), max_value=10**8, places=3),
    decimals=st.integers(0, 3),
)
def test_what_is_formatted_reads_back(value: Decimal, decimals: int) -> None:
    step = Decimal(1).scaleb(-decimals)
    vi = Formatter("vi", Symbols({}, {})).plain(value, decimals)
    en = Formatter("en", Symbols({}, {})).plain(value, decimals)
    back = read_number(vi.removeprefix(MINUS)) * (-1 if vi.startswith(MINUS) else 1)
    assert abs(back - value) <= step / 2
    assert Decimal(en.replace(",", "").replace(MINUS, "-")) == back
    assert back == back.quantize(step)


@pytest.mark.parametrize(
    ("rank", "shown"),
    [("1", "1st"), ("2", "2nd"), ("3", "3rd"), ("4", "4th"), ("11", "11th"), ("23", "23rd")],
)
def test_a_rank_is_an_ordinal_in_english_only(
    habits: dict[str, Formatter], rank: str, shown: str
) -> None:
    quantity = Quantity("obs:grdp_rank.level@2026-H1", Interval.of(rank), "rank", 0)
    assert habits["en"].text(quantity, "ordinal") == shown
    assert habits["vi"].text(quantity, "ordinal") == rank


def test_a_share_of_one_is_shown_in_per_cent() -> None:
    share = Interval(Decimal("0.45"), Decimal("0.50"))
    quantity = Quantity("params:earlier_share@H1", share, "", 2)
    symbols = Symbols({"pct": "%"}, {})
    assert Formatter("vi", symbols).text(quantity, "percent") == "45–50%"
