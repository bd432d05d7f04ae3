"""Grounds: what each part of a row rests on is told beside it, and no row is ticked without."""

from decimal import Decimal

import pytest

from halfyear.data.frames import Tables
from halfyear.intake.proposal import Proposal
from halfyear.intake.reader import agreement
from halfyear.intake.reason import Reason
from halfyear.intake.sheet import ticks
from halfyear.intake.sheet.telling import Telling
from test_intake_tables import proposals

CASES = {
    "a fall in a quarter": (
        "Trong quý III, kim ngạch nhập khẩu ước đạt 9,8 tỷ USD, giảm 2,4% so với cùng kỳ.",
        "imports growth_yoy",
        (
            "chỉ tiêu: nêu tên “kim ngạch nhập khẩu”",
            "loại số liệu: so với cùng kỳ năm trước",
            "kỳ: lời văn nêu quý III/2026",
            "đơn vị: in sau con số: “%”",
            "dấu: trước con số có “giảm”",
        ),
    ),
    "a level of the report's own period": (
        "Kim ngạch xuất khẩu ước đạt 38,2 tỷ USD.",
        "exports level",
        (
            "chỉ tiêu: nêu tên “Kim ngạch xuất khẩu”",
            "kỳ: không nêu thời gian: lấy kỳ báo cáo",
            "đơn vị: in sau con số: “tỷ USD”",
        ),
    ),
    "a price base that is stated": (
        "GRDP theo giá so sánh 2010 ước đạt 201.400 tỷ đồng.",
        "grdp level",
        ("loại giá: lời văn có nêu",),
    ),
    "growth at constant prices": (
        "GRDP 9 tháng tăng 9,1% so với cùng kỳ năm trước.",
        "grdp growth_yoy",
        ("loại giá: tốc độ tăng tính theo giá so sánh", "dấu: trước con số có “tăng”"),
    ),
    "level, growth and the year before": (
        "Kim ngạch xuất khẩu đạt 38,2 tỷ USD, tăng 11,4% so với cùng kỳ năm 2025 (34,3 tỷ USD).",
        # 38,2 / 34,3 = 1,1137
        "exports growth_yoy",
        ("đối chiếu: mức, tốc độ tăng và số năm trước khớp nhau",),
    ),
    "the heading and the row of a table": (
        """| Chỉ tiêu | Đơn vị | 9 tháng 2025 | Ước 9 tháng 2026 | So với cùng kỳ (%) |
        | Kim ngạch xuất khẩu | Tỷ USD | 34,3 | 38,2 | 111,4 |""",
        "exports ratio_yoy",
        (
            "chỉ tiêu: tên dòng “Kim ngạch xuất khẩu”",
            "loại số liệu: tiêu đề cột ghi “So với cùng kỳ (%)”",
            "đơn vị: theo tiêu đề cột",
            "đối chiếu: mức, tốc độ tăng và số năm trước khớp nhau",
        ),
    ),
    "the unit of a row": (
        """| Chỉ tiêu | Đơn vị | Kế hoạch 2026 | Ước 9 tháng 2026 | TH/KH (%) |
        | Kim ngạch xuất khẩu | Tỷ USD | 52 | 38,2 | 73,5 |""",  # 38,2 / 52 = 73,46 %
        "exports level",
        (
            "đơn vị: ghi ở dòng hoặc phía trên bảng",
            "kỳ: tiêu đề cột nêu 9 tháng 2026",
            "đối chiếu: các số trong dòng cho ra đúng tỷ lệ in ở dòng đó",
        ),
    ),
}


@pytest.mark.parametrize(("text", "row", "expected"), CASES.values(), ids=CASES)
def test_each_part_of_a_ticked_row_tells_its_ground(
    data: Tables, text: str, row: str, expected: tuple[str, ...]
) -> None:
    found = [
        (one, on)
        for one, on in proposals(data, text, "2026-9M")
        if f"{one.indicator} {one.measure}" == row and one.table == "observations"
    ]
    one, on = found[-1]
    assert on
    told = Telling.of(data, "vi").grounds(one)
    assert set(expected) <= set(told), told


def test_every_ticked_figure_of_a_paragraph_has_its_grounds_in_both_languages(data: Tables) -> None:
    text = (
        "Kim ngạch xuất khẩu đạt 38,2 tỷ USD, tăng 11,4%; thu nội địa đạt 71.300 tỷ đồng, bằng "
        "112,2% so với cùng kỳ; đàn lợn có 618.300 con, tăng 2,9% so với cùng kỳ."
    )
    ticked = [one for one, on in proposals(data, text, "2026-9M") if on]
    assert len(ticked) == 6
    for one in ticked:
        assert one.wanting == []
        told = {lang: Telling.of(data, lang).grounds(one) for lang in ("vi", "en")}
        assert len(told["vi"]) == len(told["en"]) >= 4
        assert not set(told["vi"]) & set(told["en"])


def figure(**cells: object) -> Proposal:
    made = Proposal("observations", 1, 1, "38,2 tỷ USD", indicator="exports", measure="level")
    made.time_period, made.value = "2026-9M", Decimal("38.2")
    made.unit = made.printed_unit = "bn_usd"
    for name, cell in cells.items():
        setattr(made, name, cell)
    return made


GROUNDED = {
    "indicator": Reason.of("indicator_named", words="kim ngạch xuất khẩu"),
    "measure": Reason.of("level"),
    "period": Reason.of("period_of_report"),
    "unit": Reason.of("unit_printed", unit="tỷ USD"),
}


@pytest.mark.parametrize("lacking", GROUNDED)
def test_a_figure_is_not_ticked_where_a_part_of_it_rests_on_nothing(
    data: Tables, lacking: str
) -> None:
    whole = figure(grounds=dict(GROUNDED))
    assert ticks.tick([whole], data, "") == [True]
    part = figure(grounds={name: one for name, one in GROUNDED.items() if name != lacking})
    assert ticks.tick([part], data, "") == [False]
    assert Reason.of("ground_missing") in part.reasons


@pytest.mark.parametrize(
    ("before", "borne_out"),
    [("34.3", True), ("33.8", None), ("30.0", False)],  # growth 11.4, 13.0, 27.3 %, printed 11.4 %
)
def test_growth_is_held_against_the_year_before_in_the_data(
    before: str, borne_out: bool | None
) -> None:
    level = figure()
    growth = figure(measure="growth_yoy", value=Decimal("11.4"), unit="pct")
    known = {("exports", "2025-9M"): Decimal(before)}
    agreement.hold([level, growth], known)
    for one in (level, growth):
        assert ("figures" in one.grounds) is (borne_out is True)
        assert one.sure is (borne_out is not False)


def test_another_scale_than_the_year_before_is_told_with_the_growth_it_would_give() -> None:
    level, growth = figure(value=Decimal(382)), figure(measure="growth_yoy", value=Decimal("11.4"))
    agreement.hold([level, growth], {("exports", "2025-9M"): Decimal("34.3")})
    # 382 / 34,3 = 11,137: 1.013,7 % of growth
    assert growth.reasons == [Reason.of("data_disagree", growth="1013.7")]


@pytest.mark.parametrize(("printed", "on"), [("bằng 130,6%", True), ("bằng 1.306%", False)])
def test_a_share_many_times_a_plan_is_not_ticked(data: Tables, printed: str, on: bool) -> None:
    text = f"Kim ngạch nhập khẩu 9 tháng đạt 30,6 tỷ USD, {printed} kế hoạch năm."
    rows = [row for row, _ in proposals(data, text, "2026-9M")]
    ticked = dict(zip((row.kind for row in rows), ticks.tick(rows, data, "", "HP"), strict=True))
    assert ticked["share_of_plan"] is on
