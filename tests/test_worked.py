"""Figures of the pages worked by hand from the documents: R, N, P, A, F and the line they stand on.

R is the draft report, N resolution 74, P the political report, A the article of 30 November, F the
figures of 2025. Each row is what the reader sees of an indicator; the working stands above it.
"""

import re
from decimal import Decimal
from functools import cache

import pytest

from computed import results, view
from halfyear.analysis.assessment import Assessments
from halfyear.compose import briefing
from halfyear.texts import bare
from opened import edition


@pytest.mark.parametrize(
    ("id", "low", "high"),
    [
        # (15.5 - w x 14.8) / (1 - w) with w = 0.45 and 0.50: 16.07, 16.20
        ("needed:iip.growth_yoy@2026-H1", "16.07", "16.20"),
        # (13 - w x 12.27) / (1 - w): 13.597, 13.73
        ("needed_if_met:grdp.growth_yoy@2026-H1", "13.60", "13.73"),
        # (3.8 - 3.098) / 3.098 = 0.227, (4.3 - 3.098) / 3.098 = 0.388
        ("multiple:fdi.level@2026-H1", "0.23", "0.39"),
        # 15,496 / 39.93 % = 38,808; less 15,496 = 23,312, with the share between 39.925 and 39.935
        ("rest:public_investment_disbursed.level@2026-H1/2026-06-27", "23307.05", "23316.77"),
        # 374 of 212 in five years: the fifth root of 1.764 is 1.1202
        ("path:port_throughput.level@2026", "12.02", "12.02"),
    ],
)
def test_a_figure_is_what_the_documents_give_by_hand(id: str, low: str, high: str) -> None:
    known = results()[id].known
    assert (round(known.low, 2), round(known.high, 2)) == (Decimal(low), Decimal(high))


def test_productivity_must_grow_by_more_in_the_years_left() -> None:
    goals = view("vi").study(Assessments).goals
    (goal,) = (goal for goal in goals if goal.indicator == "labour_productivity")
    # ((1.11 ^ 5) / 1.106) ^ (1/4) - 1 = 11.10 %
    assert goal.plan.needed is not None
    assert round(goal.plan.needed.known.middle, 2) == Decimal("11.10")


@cache
def body(lang: str = "vi") -> str:
    return briefing.compose(edition(), results(), lang).body()


def seen(text: str) -> str:
    """A piece of the composed text as it is read: one blank between two words."""
    plain = text.replace("[]{.br}", " ").replace("\u00a0", " ").replace("\u2060", "")
    return " ".join(bare(plain).replace("**", "").split())


def rows(table: str) -> list[list[str]]:
    """The cells of a table's rows as they are read."""
    block = body().split(f"#tbl-{table} ")[1].split("\n:::")[0]
    lines = [line for line in block.splitlines() if line.startswith("|")][2:]
    return [[seen(cell) for cell in line.strip("|").split(" | ")] for line in lines]


def row(table: str, name: str) -> str:
    """What stands behind the name of an indicator, its cells parted by a stroke."""
    begun = {cells[0]: cells[1:] for cells in rows(table) if cells[0].startswith(name)}
    found = begun.get(name) or next(iter(begun.values()))
    return " | ".join(cell for cell in found if cell)


def prose(anchor: str) -> str:
    """A section without its tables, as it is read."""
    text = re.split(r"\n#{1,2} ", body().split(f"{{#sec-{anchor}}}")[1])[0]
    return seen("\n".join(line for line in text.splitlines() if not line.startswith(("|", ":"))))


HEADLINE = [
    # R 38: 12.27 - 11.33 = .94; (13 - .45 x 11.33) / .55 = 14.37, (13 - .5 x 11.33) / .5 = 14.67
    ("GRDP", "11,33 | 12,27 | thấp hơn 0,94 | để đạt 13% cần 14,4–14,7%"),
    # R 46, N 133: 15.8 - 14.8; 16.07 and 16.2
    ("Chỉ số sản xuất", "14,8 | 15,8 | thấp hơn 1,0 | để đạt 15,5% cần 16,1–16,2%"),
    # R 134: 114,833 / 1.224 = 93,818 within 93,780-93,856; N 139: of 194,936 58.9 %, 80,103 left,
    # / 114,833 = .70; F: half of 2025 114,833 / 1.137 = 100,997 of 190,379 or 196,151: .88-.94
    ("Thu ngân sách", "114.833 | +13,7 | ≈ 93.800 | vượt 22,4% | 58,9 | 80.103 | 0,7 | 0,9"),
    # R 170, N 145: 158,516 / 156,200 = 1.0148; / 363,000 = 43.7 %; 204,484 left, 1.29 times;
    # F: 321,000 less 139,800 over it 1.30
    ("Vốn đầu tư", "158.516 | +14 | 156.200 | vượt 1,5% | 43,7 | 204.484 | 1,3 | 1,3"),
    # R 90, N 147: 25.9 / 24.1 = 1.0747; 49.9 % as stated, within 25.85-25.95 of 52; 26.1 left,
    # 1.01 times; F: (50.14 - 23.9) / 23.9 = 1.10
    ("Kim ngạch xuất khẩu", "25,9 | +8,3 | 24,1 | vượt 7,5% | 49,9 | 26,1 | 1,0 | 1,1"),
    # R 92, N 149: 96 / 238 = 40.3 %; 142 left, 1.48 times; P 868: (212 - 86.2) / 86.2 = 1.46
    ("Hàng hóa", "96 | +11,4 | – | vượt | 40,3 | 142 | 1,5 | 1,5"),
    # R 100, N 151: 8,723.55 / 8,443 = 1.0332; / 16,080 = 54.3 %; 7,356 left, .84 times;
    # F: (14,430 - 7,540) / 7,540 = .91
    ("Khách du lịch", "8.724 | +15,7 | 8.443 | vượt 3,3% | 54,3 | 7.356 | 0,8 | 0,9"),
    # R 172, N 159: 3.098 / 1.88 = 1.648; / 4.3 = 72.0 %, / 3.8 = 81.5 %; .702 to 1.202 left
    ("Thu hút vốn FDI", "3,098 | 1,75 lần | 1,88 | vượt 64,8% | 72,0–81,5 | 0,7–1,2 | 0,2–0,4 | –"),
    # R 178, N 163: 4,882 / 7,500 = 65.1 %; 2,618 left, .54 times; A 19: (7,200 - 4,560) / 4,560
    ("Doanh nghiệp", "4.882 | +7,06 | – | đạt | 65,1 | 2.618 | 0,5 | 0,6"),
    # R 70, N 177: 519 done in Q1 and 469 expected of Q2 = 988; 1,383 / 7,135 = 19.4 %; 5,752 left,
    # 4.16 times
    ("Nhà ở xã hội", "1.383 | – | ≈ 988 | đạt hoặc vượt | 19,4 | 5.752 | 4,2 | –"),
]


@pytest.mark.parametrize(("name", "expected"), HEADLINE)
def test_page_1_holds_of_each_indicator_what_the_documents_give(name: str, expected: str) -> None:
    assert row("headline", name) == expected


def test_the_message_says_what_happened_what_is_expected_and_what_is_asked() -> None:
    message = seen(body().split("::: {.summary}")[1].split("\n:::")[0])
    # R 38: third; R 532: 10/12 "dự kiến đạt và vượt"
    # F: (11.81 - w x 11.2) / (1 - w) = 12.31, 12.42
    assert message == (
        "6 tháng đầu năm 2026, GRDP ước tăng 11,33%, đứng thứ 3 cả nước nhưng thấp hơn kịch bản "
        "0,94 điểm phần trăm; 10/12 chỉ tiêu chủ yếu dự kiến đạt hoặc vượt kịch bản. Để cả năm "
        "tăng 13%, 6 tháng cuối năm phải tăng khoảng 14,4–14,7%; cùng kỳ năm 2025 tăng 12,3–12,4%."
    )


@pytest.mark.parametrize(
    "told",
    [
        # R 38 and the footnote R 50; R 36
        (
            "Đứng thứ 3 cả nước, sau Hà Tĩnh (12,79%) và Ninh Bình (11,44%). Kịch bản 12,27%. "
            "Riêng quý II tăng 11,21%."
        ),
        # R 134; F "trên 58.400": 59,957 / 58,400 = 1.0267
        "Tăng 13,7% so với cùng kỳ. Vượt 22,4% kế hoạch 6 tháng. Thu nội địa tăng dưới 2,7%.",
        # R 170, R 146
        (
            "Tăng 14% so với cùng kỳ. Vốn đầu tư khu vực nhà nước giảm 0,7%. Giải ngân vốn đầu "
            "tư công đạt 39,93% kế hoạch. Thứ hạng giải ngân đầu tư công: thứ 5 cả nước."
        ),
        # R 172, R 176
        "Bằng 1,75 lần cùng kỳ. Thu hút vốn trong nước giảm 69,7%, còn 93.583 tỷ đồng.",
    ],
)
def test_a_card_qualifies_its_figure(told: str) -> None:
    cards = re.findall(r"::: \{\.card-text\}\n+(.*?)\n+:::", body(), re.DOTALL)
    assert told in [seen(card) for card in cards]


@pytest.mark.parametrize(
    "told",
    [
        # 5,752 / 6 = 959 a month; R 70: 864 / 3 = 288; press of 30 Nov 2025, line 19: 10,775
        (
            "Còn 5.752 căn trong kế hoạch 7.135 căn (năm 2025: ước 10.775 căn), tức 959 mỗi tháng; "
            "quý II bình quân 288 căn mỗi tháng."
        ),
        # P 484: ((1 + m)^5 / (1 + g))^(1/4) - 1 with m = 14 and 14.5, g = 13; then g = 11.33
        (
            "Các năm 2027–2030, GRDP vẫn phải tăng 14,25–14,88%/năm nếu năm 2026 đạt 13%, "
            "14,68–15,31% nếu cả năm chỉ tăng như 6 tháng."
        ),
        # R 574: 45,198.93; N 141: 103,166 - 59,957 = 43,209
        (
            "Tiền sử dụng đất đề xuất lùi sang năm 2027: 45.199 tỷ đồng (13 dự án). Khoản này lớn "
            "hơn 43.209 tỷ đồng thu nội địa còn phải thực hiện trong năm"
        ),
        # R 538, R 545, R 553
        (
            "Dự kiến không hoàn thành mục tiêu quý II: 8/30 dự án trọng điểm, 32/110 dự án sản "
            "xuất, kinh doanh và 12/26 khu công nghiệp."
        ),
        # R 36, R 38: (H1 - .52 x Q2) / .48 = 11.2, 9.8, 3.2 and 12.8
        "dịch vụ (khoảng 11,2% còn 9,34%)",
        "thuế sản phẩm trừ trợ cấp (khoảng 9,8% còn 7,66%)",
        "nông, lâm nghiệp và thủy sản (khoảng 3,2% còn 1,3%)",
        "công nghiệp và xây dựng (khoảng 12,8% lên 14,06%)",
        # .534 x (14.55 - 13.46); 12.27 - 11.33
        "công nghiệp và xây dựng chiếm 0,58 trong 0,94 điểm GRDP thấp hơn kịch bản",
        # R 697 to R 771 set tasks for growth, revenue and housing; none names who is in charge
        "mục “Khối lượng còn lại và nhiệm vụ”; chưa nêu đơn vị chủ trì.",
        # params: .45 to .5 of last year's growth and production; .45 to .5 of the half-year in Q1
        "Tốc độ quý I: suy ra, coi quý I chiếm 45–50% GRDP 6 tháng.",
        ("Giả định tỷ trọng 6 tháng trong năm 2025: 45–50% (GRDP và chỉ số sản xuất công nghiệp)."),
    ],
)
def test_the_matters_for_consideration_hold_their_figures(told: str) -> None:
    assert told in prose("findings")


# R 36, R 38 and F; weights 53.44, 31.47, 8.95 and 6.14 of test_decomposition times the rates and
# times the gaps: 7.19 and .582, 3.22 and .189, .78 and .164, .14 and .005
SECTORS = [
    ("GRDP", "11,2 | ≈ 11,46 | 11,21 | 11,33 | 12,27 | −0,94 | 11,3 | −0,94"),
    ("Công nghiệp", "12,84 | ≈ 12,8 | 14,06 | 13,46 | 14,55 | −1,09 | 7,2 | −0,58"),
    ("Dịch vụ", "9,89 | ≈ 11,2 | 9,34 | 10,24 | 10,84 | −0,60 | 3,2 | −0,19"),
    ("Thuế", "9,95 | ≈ 9,8 | 7,66 | 8,69 | 10,52 | −1,83 | 0,8 | −0,16"),
    ("Nông", "4,28 | ≈ 3,2 | 1,3 | 2,23 | 2,31 | −0,08 | 0,1 | 0,00"),
]


@pytest.mark.parametrize(("name", "expected"), SECTORS)
def test_the_table_of_growth_adds_up(name: str, expected: str) -> None:
    assert row("sectors-growth", name) == expected


def test_growth_is_told_with_what_made_it_and_what_the_gap_comes_from() -> None:
    told = prose("growth")
    # 7.19 / 11.33 = 63 %; the scenario of the second quarter, R 36; (13 - w x 12.27) / (1 - w)
    for piece in (
        "công nghiệp và xây dựng đóng góp 7,2 điểm phần trăm, chiếm 63% mức tăng chung",
        "dịch vụ đóng góp 3,2 điểm",
        "Quý II/2026 tăng 11,21%, thấp hơn quý I/2026 (khoảng 11,46%)",
        "kịch bản đặt ra mức tăng 16,16% cho riêng quý II/2026",
        "nếu đạt kịch bản thì chỉ cần 13,6–13,7%",
    ):
        assert piece in told
    assert "50,4" not in body()  # the range of weights that printed totals allow is no news


REST = [
    ("GRDP", "– | 14,4–14,7% (11,33%) | –"),
    ("Chỉ số sản xuất", "– | 16,1–16,2% (14,8%) | –"),
    # 80,103 on 95,154 and on 89,382
    ("Thu ngân sách", "80.103 | −15,9 đến −10,3% (13,7%) | 0,70 (0,88–0,94)"),
    # 43,209 on 103,879 - 58,400 = 45,479; 45,479 / 58,400 = .78
    ("trong đó: thu nội địa", "43.209 | −5,0% (dưới 2,7%) | 0,72 (0,78)"),
    # on 321,000 - 139,800 (F) 12.85 %, on 321,000 - 158,516 / 1.14 12.33 to 12.43 %
    ("Vốn đầu tư", "204.484 | 12,3–12,8% (14%) | 1,29 (1,30)"),
    # R 146: 15,496 / .3993 - 15,496 = 23,312; / 15,496
    ("trong đó: giải ngân", "≈ 23.310 | – | 1,50 (–)"),
    # base 25.85 / 1.0835 = 23.86 to 25.95 / 1.0825 = 23.97: 26.1 / (50.14 - base) = .9931 to .9974
    ("Kim ngạch xuất khẩu", "26,1 | −0,7 đến −0,3% (8,3%) | 1,01 (1,09–1,10)"),
    # P 868: 142 on 212 - 96 / 1.1145 = 125.86 and on 212 - 96 / 1.1135 = 125.79
    ("Hàng hóa", "142 | 12,8–12,9% (11,4%) | 1,48 (1,46)"),
    # 7,356.45 on 14,430 - 7,540
    ("Khách du lịch", "7.356 | 6,7–6,8% (15,7%) | 0,84 (0,91)"),
    ("Thu hút vốn FDI", "0,702–1,202 | – | 0,23–0,39 (–)"),
    # 2,618 on 7,200 - 4,560
    ("Doanh nghiệp", "2.618 | −0,9 đến −0,8% (7,06%) | 0,54 (0,58)"),
    ("Nhà ở xã hội", "5.752 | 959/tháng (quý II: 288) | 4,16 (–)"),
    ("Lao động có bằng cấp", "– | chưa có số liệu | –"),
]


@pytest.mark.parametrize(("name", "expected"), REST)
def test_what_remains_is_told_with_the_growth_that_takes(name: str, expected: str) -> None:
    assert row("rest", name).rpartition(" | ")[0] == expected


def test_slower_or_faster_is_said_only_where_last_year_is_known() -> None:
    slower, _, faster = prose("rest").partition("Phải tăng nhanh hơn 6 tháng: ")
    # Needed -10 to -16 after 13.7; 12.3-12.8 after 14; -0.5 after 8.3; 6.8 after 15.7; -0.8 after
    # 7.06. What FDI came to in 2025 is printed nowhere.
    assert slower.strip() == (
        "Có thể đạt kế hoạch khi 6 tháng cuối năm tăng chậm hơn 6 tháng: thu ngân sách nhà nước, "
        "vốn đầu tư thực hiện, kim ngạch xuất khẩu, khách du lịch và doanh nghiệp thành lập mới."
    )
    # 14.4-14.7 after 11.33; 16.1 after 14.8; 12.9 after 11.4; 959 homes a month after 288
    assert faster.startswith("GRDP, chỉ số sản xuất công nghiệp và hàng hóa thông qua cảng. ")
    assert "hơn hai lần bình quân tháng của quý II: nhà ở xã hội." in faster


# The working of each rate stands in test_assessment.
PATH = [
    ("GRDP", "14–14,5%/năm | 13 thấp hơn | 14,25–14,88 | 11,33 chậm | 14,68–15,31"),
    (
        "Chỉ số sản xuất",
        "17–17,5%/năm | 15,5 thấp hơn phấn đấu 16,0% | 17,38–18,01 | 14,8 chậm | 17,56–18,18",
    ),
    ("Năng suất", "khoảng 11%/năm | 10,6 thấp hơn | 11,10 | chưa có số liệu | –"),
    (
        "Thu ngân sách",
        "245.500 tỷ đồng lộ trình +4,6–5,2% | −0,6 đến 2,4 thấp hơn | 5,9 | +13,7 vượt | 2,4–3,2",
    ),
    (
        "Thu nội địa",
        "122.000 tỷ đồng lộ trình +3,3% | −0,7 thấp hơn | 4,3 | dưới 2,7 chậm | trên 3,4",
    ),
    (
        "Kim ngạch",
        "75–80 tỷ USD lộ trình +8,4–9,8% | +3,7 thấp hơn | 9,6–11,4 | +8,3 sát cận dưới | 8,4–10,2",
    ),
    (
        "Hàng hóa",
        "374 triệu tấn lộ trình +12,0% | +12,3 ngang lộ trình | 12,0 | +11,4 chậm | 12,2",
    ),
    (
        "Khách du lịch",
        "25.000 nghìn lượt lộ trình +11,6% | +11,4 ngang lộ trình | 11,7 | +15,7 vượt | 10,6",
    ),
    (
        "Vốn đầu tư",
        "2.500.000 tỷ đồng lộ trình +15,2% | +13,1 thấp hơn | 16,1 | +14 chậm | 15,7",
    ),
    (
        "Nhà ở xã hội",
        "khoảng 32.800 căn lộ trình 6.560 căn | 7.135 cao hơn | 6.416 | 1.383/3.280 chậm | –",
    ),
    # R 298: first of 2025; R 486: among the first five; N 165-169: top 5, at best top 3
    ("Thứ hạng PAR", "top 3 mỗi năm | top 5, phấn đấu top 3 | top 3 | thứ 1 (năm 2025) | –"),
    ("Thứ hạng PCI", "top 3 mỗi năm | top 5, phấn đấu top 3 | top 3 | top 5 (năm 2025) | –"),
    # N 127: 7,944.5; (11,380 / 7,944.5)^(1/4) = 1.094; what 2025 came to is printed nowhere
    ("GRDP bình quân", "11.380 USD năm 2030 | 7.944,5 USD | 9,4 | chưa có số liệu | –"),
    # Points a year: (50 - 39) / 4, (66 - 56.8) / 4
    ("Lao động có bằng cấp", "50% năm 2030 | 39 | 2,75 điểm/năm | chưa có số liệu | –"),
    ("Lao động tham gia", "66% năm 2030 | 56,8 | 2,30 điểm/năm | chưa có số liệu | –"),
]


@pytest.mark.parametrize(("name", "expected"), PATH)
def test_a_goal_is_read_twice_each_time_with_its_rate(name: str, expected: str) -> None:
    assert row("path", name) == expected


def test_what_the_last_quarter_did_faster_is_told_beside_what_it_did_more_slowly() -> None:
    # R 172: 2.19 and 1.75 times; R 134: to 28 June; R 88. Six were faster: the three by most
    assert (
        "Nhanh hơn cả kỳ, nhất là: thu hút vốn FDI (119% so với 75%), thu ngân sách nhà nước "
        "(26,4% so với 13,7%) và doanh thu vận tải, kho bãi (20,4% so với 18,1%)."
    ) in prose("sectors")


def test_the_last_quarter_is_counted_where_most_of_it_can_be_judged() -> None:
    # R 36 to R 178: all twelve have a figure, a verdict or stand on no list of those met
    assert "Riêng quý II/2026 là 9/12" in prose("scorecard")


def test_the_goals_are_told_with_the_record_of_both_former_provinces() -> None:
    told = prose("path")
    for piece in (
        "thấp hơn lộ trình ở 8/11 mục tiêu so sánh được",
        "chậm so với lộ trình ở 7/10 mục tiêu",
        (
            "Thấp hơn lộ trình cả về kế hoạch lẫn kết quả: GRDP, chỉ số sản xuất công nghiệp, thu "
            "nội địa, vốn đầu tư thực hiện và doanh nghiệp thành lập mới."
        ),
        "11,39% so với kế hoạch 14,5% ở Hải Phòng (trước hợp nhất)",  # P 847
        "9,8% so với kế hoạch 9% ở Hải Dương (trước hợp nhất)",  # P 904
    ):
        assert piece in told


# Shares that the report states of plans it does not (R 84, 88, 116, 140, 146); a plan is implied:
# 207,840 / .48 = 433,000, between .475 and .485; 100,216 / .473 = 211,873;
# 58,991 / .4915 = 120,022; 34,899 / .385 = 90,647; 15,104 / .39 = 38,728; 19,723 / .509 = 38,749;
# 15,496 / .3993 = 38,808 and / .4147 = 37,367. No more digits stand than the range leaves.
STATED = [
    ("Bán lẻ và dịch vụ tiêu dùng", "≈ 430.000 | 48%"),
    ("Doanh thu vận tải", "≈ 212.000 | 47,3%"),
    ("Sản lượng khai thác thủy sản", "≈ 120.020 | 49,15%"),
    ("Chi ngân sách địa phương", "≈ 90.600 | 38,5%"),
    ("Chi đầu tư phát triển", "≈ 39.000 | 39%"),
    ("Chi thường xuyên", "≈ 38.750 | 50,9%"),
    ("Giải ngân vốn đầu tư công", "≈ 38.810 | 39,93%"),
    ("Giải ngân vốn đầu tư công", "≈ 37.370 | 41,47%"),
]


def test_a_share_that_is_stated_is_shown_though_its_plan_is_not() -> None:
    told = [cells for cells in rows("shares") if cells[2] == "–"]  # set by no instrument
    assert [(cells[0].partition(",")[0], f"{cells[1]} | {cells[4]}") for cells in told] == STATED
    assert [cells[0].endswith("so với một kế hoạch khác") for cells in told] == [*[False] * 7, True]
