"""What the reader proposes for hand-written passages, and how it joins and folds text."""

from pathlib import Path
from typing import Any

import pytest

import passages
from halfyear.data.checks.rows import records
from halfyear.data.frames import Tables
from halfyear.document.reader import Document
from halfyear.intake.language import figures, timewords
from halfyear.intake.language.figures import UnitWords
from halfyear.intake.language.syllables import folded
from halfyear.intake.language.terms import Terms
from halfyear.intake.layout import head, paragraphs
from halfyear.period import Period

REPORT = Period.parse("2026-9M")


def document(text: str) -> Document:
    lines = tuple(text.split("\n"))
    return Document(Path("made.txt"), "", lines, (0,) * len(lines))


@pytest.mark.parametrize("entry", passages.entries(), ids=lambda entry: entry["text"][:40])
def test_passage_gives_its_rows_and_ticks_nothing_wrong(
    entry: dict[str, Any], data: Tables
) -> None:
    outcome = passages.outcome(entry, data)
    assert outcome.missed == []
    assert outcome.wrong == []
    if entry.get("none"):
        assert outcome.proposals == 0


def test_there_are_at_least_sixty_passages() -> None:
    assert len(passages.entries()) >= 60


@pytest.mark.parametrize(
    ("text", "printed", "unit"),
    [
        ("đạt 2.582.000 lượt khách", "2.582.000 lượt khách", "visits"),
        ("đạt 114.833 tỷ đồng,", "114.833 tỷ đồng", "bn_vnd"),
        ("đạt 2,5 triệu tỷ đồng", "2,5 triệu tỷ đồng", "qn_vnd"),
        ("đón 8.443 nghìn lượt", "8.443 nghìn lượt", "k_visits"),
        ("cao gấp 1,75 lần so", "gấp 1,75 lần", "times"),
        ("giảm 0,7% so", "giảm 0,7%", "pct"),
        ("tăng 14-14,5%/năm", "tăng 14-14,5%", "pct"),
        ("khoảng 28.000 ha cây", "khoảng 28.000 ha", "ha"),
    ],
)
def test_figure_is_found_with_its_sign_bound_and_unit(
    text: str, printed: str, unit: str, data: Tables
) -> None:
    units = UnitWords.of(records(data.units))
    (found,) = figures.find(text, units)
    assert text[found.first : found.last] == printed
    assert unit in found.units


@pytest.mark.parametrize(
    "text",
    [
        "ngày 28/6/2026",
        "Nghị quyết số 74/NQ-HĐND",
        "giai đoạn 2026-2030",
        "Luật số 12/2023/QH15",
        "lô CTHH-01",
    ],
)
def test_dates_document_numbers_and_codes_are_no_figures(text: str, data: Tables) -> None:
    assert figures.find(text, UnitWords.of(records(data.units))) == []


@pytest.mark.parametrize(
    ("text", "period", "cutoff"),
    [
        ("Quý II/2026", "2026-Q2", None),
        ("06 tháng đầu năm", "2026-H1", None),
        ("tháng 9 năm 2025", "2025-09", None),
        ("đến hết tháng 9/2026", "2026-9M", "2026-09-30"),
        ("tính đến ngày 20 tháng 8 năm 2026", "2026-9M", "2026-08-20"),
        ("cả năm", "2026-FY", None),
        ("6 tháng cuối năm", None, None),
        ("10 tháng", "2026-M10", None),
    ],
)
def test_time_words_give_periods_and_days(
    text: str, period: str | None, cutoff: str | None
) -> None:
    (found,) = timewords.find(text, REPORT)
    assert (str(found.period) if found.period else None) == period
    assert (str(found.cutoff) if found.cutoff else None) == cutoff


def test_broken_lines_are_joined_and_every_figure_keeps_its_line() -> None:
    found = paragraphs.paragraphs(
        document("Tổng đàn bò ước đạt\n\n⁷ ghi chú 5 trang\n\n18.100 con, giảm 2%.")
    )
    body = next(one for one in found if one.kind == "text")
    assert "ước đạt 18.100 con" in body.text
    at = body.text.index("2%")
    assert (body.line(at), body.nth(at)) == (5, 2)


def test_footnote_stands_under_the_section_of_its_mark() -> None:
    found = paragraphs.paragraphs(
        document("II. KẾT QUẢ\n1. Kinh tế\nThu đạt khá³.\n2. Xã hội\nỔn định.\n\n³ gồm 3 khoản.")
    )
    note = next(one for one in found if one.kind == "note")
    assert note.section == "II/1"


def test_sections_follow_the_depth_of_their_numbers() -> None:
    found = paragraphs.paragraphs(
        document("II. KẾT QUẢ\n2. Kinh tế\n2.1. Công nghiệp\na) Khu công nghiệp\nĐạt khá.\n3. Khác")
    )
    assert [one.section for one in found] == [
        "II",
        "II/2",
        "II/2/2.1",
        "II/2/2.1/a",
        "II/2/2.1/a",
        "II/3",
    ]


def test_spellings_of_one_word_meet() -> None:
    assert folded("Đô thị HOÁ, tỉ lệ thuỷ sản") == folded("đô thị hóa tỷ lệ thủy sản")


def test_part_of_a_whole_is_named_only_with_its_whole(data: Tables) -> None:
    terms = Terms.of(records(data.indicators))
    (mention,) = terms.find("Thương nghiệp khách sạn")
    assert mention.parts == ("electricity_commercial_trade_hotels",)


def test_head_tells_place_number_date_and_standing() -> None:
    told = head.read(
        [
            "ỦY BAN NHÂN DÂN",
            "TỈNH SÔNG LAM",
            "Số: 214/BC-UBND",
            "Sông Lam, ngày 03 tháng 10 năm 2027",
            "BÁO CÁO",
            "Tình hình kinh tế - xã hội 9 tháng năm 2027",
            "I. KẾT QUẢ",
        ]
    )
    assert told.places == ("sông lam",)
    assert (told.number, told.date, told.draft) == ("214/BC-UBND", "2027-10-03", False)
    assert told.title == "Tình hình kinh tế - xã hội 9 tháng năm 2027"


def test_draft_without_a_day_has_a_month_for_a_date() -> None:
    told = head.read(["(DỰ THẢO)", "Số: /BC-UBND", "ngày    tháng 9 năm 2026"])
    assert (told.draft, told.date) == (True, "2026-09")
