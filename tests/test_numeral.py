"""Numerals: what is printed is read, what is not surely one number is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfyear.data.numeral import Figure, numerals, read_figure, read_number
from halfyear.data.place import claimed, mismatch, recognised
from halfyear.errors import NumeralError


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("11,33", "11.33"),
        ("2.582.000", "2582000"),
        ("114.833", "114833"),
        ("7.944,5", "7944.5"),
        ("0,05", "0.05"),
        ("08", "8"),
        (" 13 ", "13"),
    ],
)
def test_a_vietnamese_numeral_is_read(printed: str, number: str) -> None:
    assert read_number(printed) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "14.5",
        "1.2345",
        "1,234,567",
        "1.234.56",
        "12.34,5",
        "0.123",
        "",
        "  ",
        "a",
        "1 234",
        "1e3",
        "-5",
        "1,",
        ",5",
        ".5",
        "1..234",
        "٣",
        "½",
        "²",
        "11,33%",
        "10/12",
        "1.234.",
        "NaN",
        "∞",
    ],
)
def test_what_is_not_surely_one_number_is_refused(text: str) -> None:
    with pytest.raises(NumeralError):
        read_number(text)


@given(st.decimals(min_value=0, max_value=10**15, allow_nan=False, places=2))
def test_what_is_printed_and_read_back_is_the_same(number: Decimal) -> None:
    printed = f"{number:,}".translate(str.maketrans(",.", ".,"))
    assert read_number(printed) == number


@given(st.text(alphabet="0123456789.,", max_size=14))
def test_a_numeral_is_read_as_its_digits_say_or_refused(text: str) -> None:
    try:
        number = read_number(text)
    except NumeralError:
        return
    whole, _, decimals = text.partition(",")
    assert number == Decimal(f"{whole.replace('.', '')}.{decimals or 0}")
    assert all(len(group) == 3 for group in whole.split(".")[1:])


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    try:
        assert read_figure(text).low.is_finite()
    except NumeralError:
        assert not any(numeral in text for numeral in ("11,33", "2.000"))


@pytest.mark.parametrize(
    ("printed", "figure"),
    [
        ("11,33%", Figure(Decimal("11.33"))),
        ("giảm 0,7%", Figure(Decimal("-0.7"))),
        ("Giảm 2,34%", Figure(Decimal("-2.34"))),
        ("-2,5", Figure(Decimal("-2.5"))),
        ("bằng 90,7%", Figure(Decimal("90.7"))),
        ("gấp 1,75 lần", Figure(Decimal("1.75"))),
        ("14-14,5%/năm", Figure(Decimal(14), Decimal("14.5"))),
        ("từ 3,8 tỷ USD đến 4,3 tỷ USD", Figure(Decimal("3.8"), Decimal("4.3"))),
        ("38/151", Figure(Decimal(38))),
        ("khoảng 70.000 ha", Figure(Decimal(70000), bound="approx")),
        ("dưới 2%", Figure(Decimal(2), bound="lt")),
        ("≥95", Figure(Decimal(95), bound="ge")),
        ("trên 4,2 tỷ đồng", Figure(Decimal("4.2"), bound="gt")),
        ("60% trở lên", Figure(Decimal(60), bound="ge")),
        ("ít nhất 3%", Figure(Decimal(3), bound="ge")),
        ("tối đa 40%", Figure(Decimal(40), bound="le")),
        ("không quá 40%", Figure(Decimal(40), bound="le")),
        ("< 3,5", Figure(Decimal("3.5"), bound="lt")),
        ("hơn 187.766 tỷ đồng", Figure(Decimal(187766), bound="gt")),
        ("gần 1.500.000 USD", Figure(Decimal(1500000), bound="just_under")),
    ],
)
def test_a_printed_figure_is_read_with_sign_range_and_bound(printed: str, figure: Figure) -> None:
    assert read_figure(printed) == figure


def test_decomposed_vietnamese_is_read_like_composed() -> None:
    assert read_figure("gia\u0309m 0,7%") == read_figure("giảm 0,7%")


def test_a_figure_without_a_number_is_refused() -> None:
    with pytest.raises(NumeralError, match="no number"):
        read_figure("vượt")


def test_numerals_of_a_line_are_counted_as_they_stand() -> None:
    line = "QH15 ngày 28/6/2026: đạt 14-14,5%; 38/151 xã²"
    assert numerals(line) == ["15", "28", "6", "2026", "14", "14,5", "38", "151"]


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("đến ngày 28/6/2026 đạt 54.442 tỷ đồng", {1, 2, 3}),
        ("Kế hoạch số 184/KH-UBND ngày 20/5/2026, 13%", {1, 2, 3, 4}),
        ("(3) Thu ngân sách 194.935 tỷ đồng", {1}),
        ("| 12 | Xuất khẩu | 52 |", {1}),
        ("1.2. Thu 15 tỷ đồng", {1}),
        ("giai đoạn 2026-2030 đạt 14,5%", {1, 2}),
        ("6 tháng đầu năm 2026 tăng 11,33%", {1, 2}),
        ("Nghị quyết số 125/NQ-HĐND và Kết luận số 125-KL/TU, 13%", {1, 2}),
        ("Luật số 24/2026/QH16 cho 5 dự án", {1, 2, 3}),
        ("Công văn số 12 ngày 05/8/2025 về 3 việc", {1, 2, 3, 4}),
        ("theo Quy định số 61. Bão số 3 (giả định) làm hỏng 2 nhà", {1, 2}),
        ("tại số 19 Nguyễn Trãi; theo Kế hoạch số 20 của thành phố", {1, 2}),
        ("tổng số 125 dự án, trong tổng số 7.310, trong số 45 HTX", set()),
        ("Tổng số 12; số 1,5 triệu và số 38% và số 15 hộ", set()),
        ("có 6 dự án và 2.026 doanh nghiệp", set()),
        ("đạt 38/151 xã, 06 xã mới", set()),
    ],
)
def test_dates_and_numbers_of_documents_and_lists_are_recognised(
    line: str, known: set[int]
) -> None:
    assert recognised(line) == known


def test_a_printed_range_takes_two_numerals() -> None:
    assert list(claimed("14-14,5%", 3)) == [3, 4]


def test_a_range_that_runs_over_to_the_next_line_stands_at_its_place() -> None:
    lines = ["vốn đạt từ 10 đến", "12 tỷ USD, tăng 5%", "12 tỷ USD"]
    assert mismatch(lines, 1, 1, "10 đến 12 tỷ USD") == ""
    assert mismatch(lines, 1, 2, "12 tỷ USD") != ""
    assert mismatch(lines, 1, 1, "10 đến 14 tỷ USD") != ""


def test_a_figure_at_another_place_is_told() -> None:
    lines = ["tăng 11,33%, quý II 11,21%"]
    assert mismatch(lines, 1, 1, "11,33%") == ""
    assert "11,21" in mismatch(lines, 1, 2, "11,33%")
    assert "not there" in mismatch(lines, 1, 3, "11,33%")
    assert "line 2" in mismatch(lines, 2, 1, "11,33%")
