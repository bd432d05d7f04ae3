"""Periods: their forms, their months, and nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halfyear.errors import PeriodError
from halfyear.period import Period

MONTHS = [f"{month:02}" for month in range(1, 13)]
SINCE = ["01", "M02", "Q1", "M04", "M05", "H1", "M07", "M08", "9M", "M10", "M11", "FY"]
PARTS = ["Q2", "Q3", "Q4", *SINCE, *MONTHS[1:]]
periods = st.builds(Period, st.integers(1900, 2999), st.sampled_from(PARTS))


@given(periods)
def test_what_is_written_and_read_back_is_the_same(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(st.text(alphabet="0123456789-QHMFY./ ", max_size=9))
def test_a_period_is_read_as_written_or_refused(text: str) -> None:
    try:
        written = str(Period.parse(text))
    except PeriodError:
        written = text
    assert written == text


@pytest.mark.parametrize(
    "text",
    [
        "2026",
        "2026-13",
        "2026-00",
        "2026-Q5",
        "2026-H2",
        "2026-h1",
        "2026-6",
        "26-H1",
        " 2026-H1",
        "2026-H1\n",
        "../2026-H1",
        "2026-H1/..",
        "٢٠٢٦-H1",
        "2026_H1",
        "Jun-26",
        "2026-M01",
        "2026-M03",
        "2026-M06",
        "2026-M09",
        "2026-M12",
        "2026-M13",
        "2026-M8",
        "",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="not a period"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("text", "months", "end"),
    [
        ("2026-06", (6, 6), date(2026, 6, 30)),
        ("2028-02", (2, 2), date(2028, 2, 29)),
        ("2026-Q2", (4, 6), date(2026, 6, 30)),
        ("2026-H1", (1, 6), date(2026, 6, 30)),
        ("2026-9M", (1, 9), date(2026, 9, 30)),
        ("2026-FY", (1, 12), date(2026, 12, 31)),
    ],
)
def test_months_and_last_day(text: str, months: tuple[int, int], end: date) -> None:
    assert Period.parse(text).months == months
    assert Period.parse(text).end == end


def test_editions_are_cut_at_the_end_of_a_quarter_from_january() -> None:
    cut = [part for part in PARTS if Period(2026, part).is_edition]
    assert cut == ["Q1", "H1", "9M", "FY"]


@pytest.mark.parametrize(
    ("text", "quarter", "before"),
    [
        ("2026-Q1", "2026-Q1", None),
        ("2026-H1", "2026-Q2", "2026-Q1"),
        ("2026-9M", "2026-Q3", "2026-H1"),
        ("2026-FY", "2026-Q4", "2026-9M"),
    ],
)
def test_the_last_quarter_and_what_was_before_it(
    text: str, quarter: str, before: str | None
) -> None:
    period = Period.parse(text)
    earlier = period.before_last_quarter()
    assert str(period.last_quarter()) == quarter
    assert (str(earlier) if earlier else None) == before


def test_the_same_part_of_another_year() -> None:
    assert str(Period.parse("2026-H1").shift(-1)) == "2025-H1"
    assert str(Period.parse("2026-H1").full_year()) == "2026-FY"


@pytest.mark.parametrize(("months", "part"), list(enumerate(SINCE, 1)))
def test_months_since_january_have_one_name_each(months: int, part: str) -> None:
    period = Period.since_january(2026, months)
    assert (str(period), period.months, period.is_cumulative) == (f"2026-{part}", (1, months), True)


@pytest.mark.parametrize("months", [0, 13, -1])
def test_there_are_no_other_numbers_of_months(months: int) -> None:
    with pytest.raises(PeriodError):
        Period.since_january(2026, months)


@pytest.mark.parametrize(
    ("text", "edition", "own"),
    [
        ("2026-M02", "2026-Q1", False),
        ("2026-Q1", "2026-Q1", True),
        ("2026-M05", "2026-H1", False),
        ("2026-M08", "2026-9M", False),
        ("2026-08", "2026-9M", False),
        ("2026-M10", "2026-FY", False),
        ("2026-FY", "2026-FY", True),
    ],
)
def test_a_period_belongs_to_the_first_edition_that_holds_its_end(
    text: str, edition: str, own: bool
) -> None:
    period = Period.parse(text)
    assert (str(period.edition), period.is_edition) == (edition, own)
    assert period.shift(-1).end.year == 2025
