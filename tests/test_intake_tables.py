"""Tables of a report: heading, unit and the arithmetic of the rows agree, or nothing is ticked.

All figures are made up. An expectation "exports level 2026-9M 37.9" is worked out by hand from the
heading of the column, the unit and the place of the cell; what is not named must not be ticked.
"""

from pathlib import Path

import pytest

from halfyear.data.frames import Tables
from halfyear.document.reader import Document
from halfyear.intake.proposal import Proposal
from halfyear.intake.reader import reading
from halfyear.intake.sheet import ticks
from halfyear.period import Period
from prose import codelist


def proposals(tables: Tables, text: str, period: str) -> list[tuple[Proposal, bool]]:
    lines = tuple(line.strip() for line in text.strip().split("\n"))
    document = Document(Path("table.docx"), "", lines, (0,) * len(lines))
    report = Period.parse(period)
    made = reading.read(document, tables, report, final=True, codelist=codelist(tables)).proposals
    return list(zip(made, ticks.tick(made, tables, "kh184_2026"), strict=True))


def told(row: Proposal) -> str:
    value = "" if row.value is None else f"{row.value.normalize():f}"
    kind = row.kind or row.measure
    return f"{row.table[:4]} {row.indicator} {kind} {row.time_period} {value}"


def ticked(tables: Tables, text: str, period: str = "2026-9M") -> set[str]:
    return {told(row) for row, on in proposals(tables, text, period) if on}


def rows(text: str) -> set[str]:
    return {line.strip() for line in text.strip().split("\n")} - {""}


LABEL = "| Kim ngạch xuất khẩu | Tỷ USD |"

TWO_ROWS = {
    "years below a part": (
        """| Chỉ tiêu | Đơn vị | 9 tháng |  |
        |  |  | Năm 2025 | Năm 2026 |
        | Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9 |""",
        """obse exports level 2025-9M 32
        obse exports level 2026-9M 37.9""",
    ),
    "bare years below a part": (
        """| Chỉ tiêu | Đơn vị | Thực hiện 9 tháng |  |
        |  |  | 2025 | 2026 |
        | Kim ngạch nhập khẩu | Tỷ USD | 31,2 | 30,6 |""",
        """obse imports level 2025-9M 31.2
        obse imports level 2026-9M 30.6""",
    ),
    "months below a year": (
        """| Chỉ tiêu | Đơn vị | Thực hiện năm 2026 |  |  |
        |  |  | Tháng 8 | Ước tháng 9 | 9 tháng |
        | Kim ngạch xuất khẩu | Tỷ USD | 4,1 | 4,6 | 37,9 |""",
        """obse exports level 2026-08 4.1
        obse exports level 2026-09 4.6
        obse exports level 2026-9M 37.9""",
    ),
    "plan and actual below years": (
        """| Chỉ tiêu | Đơn vị | Năm 2025 |  | Năm 2026 |  |
        |  |  | Thực hiện 9 tháng | Cả năm | Kế hoạch | Ước 9 tháng |
        | Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 43 | 50 | 37,9 |""",
        """obse exports level 2025-9M 32
        obse exports level 2025-FY 43
        plan exports level 2026-FY 50
        obse exports level 2026-9M 37.9""",
    ),
    "quarters below a year": (
        """| Chỉ tiêu | Đơn vị | Năm 2026 |  |  |
        |  |  | Quý I | Quý II | Ước quý III |
        | Kim ngạch xuất khẩu | Tỷ USD | 11,9 | 12,6 | 13,4 |""",
        """obse exports level 2026-Q1 11.9
        obse exports level 2026-Q2 12.6
        obse exports level 2026-Q3 13.4""",
    ),
    "comparisons below one head": (
        """| Chỉ tiêu | ĐVT | Thực hiện 9 tháng năm 2025 | Ước 9 tháng năm 2026 | So sánh (%) |  |
        |  |  |  |  | So với cùng kỳ | So với tháng trước |
        | Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9 | 118,4 | 104,2 |""",
        # 37,9 / 32,0 = 118,4 %: a ratio; the month before is no measure of the data
        """obse exports level 2025-9M 32
        obse exports level 2026-9M 37.9
        obse exports ratio_yoy 2026-9M 118.4""",
    ),
    "three rows": (
        """| TT | Chỉ tiêu | Đơn vị | Thực hiện |  |  |  |
        |  |  |  | Năm 2025 |  | Năm 2026 |  |
        |  |  |  | Tháng 9 | 9 tháng | Tháng 9 | 9 tháng |
        | 1 | Kim ngạch xuất khẩu | Tỷ USD | 3,9 | 32,0 | 4,6 | 37,9 |""",
        """obse exports level 2025-09 3.9
        obse exports level 2025-9M 32
        obse exports level 2026-09 4.6
        obse exports level 2026-9M 37.9""",
    ),
    "the same period a year ago": (
        """| Chỉ tiêu | Đơn vị | 9 tháng năm 2026 |  |
        |  |  | Cùng kỳ năm trước | Ước thực hiện |
        | Kim ngạch nhập khẩu | Tỷ USD | 31,2 | 30,6 |""",
        """obse imports level 2025-9M 31.2
        obse imports level 2026-9M 30.6""",
    ),
    "a year alone does not say which part of it": (
        """| Chỉ tiêu | Đơn vị | Thực hiện |  |
        |  |  | Năm 2025 | Năm 2026 |
        | Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9 |""",
        "",
    ),
    "letters of columns below": (
        """| Chỉ tiêu | Đơn vị | Chính thức 9 tháng năm 2025 | Ước 9 tháng năm 2026 | So với (%) |
        | A | B | 1 | 2 | 3=2/1 |
        | Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9 | 118,4 |""",
        """obse exports level 2025-9M 32
        obse exports level 2026-9M 37.9
        obse exports ratio_yoy 2026-9M 118.4""",
    ),
    "the name of the group above the name of the row": (
        """| Các chỉ tiêu chủ yếu |  | Ước thực hiện |  |
        | Tên chỉ tiêu | Đơn vị tính | Tháng 9/2026 | 9 tháng/2026 |
        | Khách quốc tế | Nghìn lượt | 71,2 | 702,4 |""",
        """obse visitors_international level 2026-09 71.2
        obse visitors_international level 2026-9M 702.4""",
    ),
}

TWO_YEARS = {
    "a comparison of two years": (
        """| Chỉ tiêu | Đơn vị | 9 tháng 2025 | 9 tháng 2026 | 9 tháng 2026 so với 2025 (%) |
        | Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9 | 118,4 |""",
        """obse exports level 2025-9M 32
        obse exports level 2026-9M 37.9
        obse exports ratio_yoy 2026-9M 118.4""",
    ),
    "years of a slash": (
        """| Chỉ tiêu | Đơn vị | 9 tháng 2025 | 9 tháng 2026 | 2026/2025 (%) |
        | Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9 | 118,4 |""",
        """obse exports level 2025-9M 32
        obse exports level 2026-9M 37.9
        obse exports ratio_yoy 2026-9M 118.4""",
    ),
    "two years and one figure": (
        """| Chỉ tiêu | Đơn vị | Thực hiện 9 tháng năm 2025, năm 2026 |
        | Kim ngạch xuất khẩu | Tỷ USD | 37,9 |""",
        "",
    ),
    "a range of years": (
        """| Chỉ tiêu | Đơn vị | Giai đoạn 2021-2025 |
        | Kim ngạch xuất khẩu | Tỷ USD | 150 |""",
        "",
    ),
    "half-years": (
        """| Chỉ tiêu | Đơn vị | 6 tháng đầu năm 2025 | Ước 6 tháng đầu năm 2026 |
        | Kim ngạch xuất khẩu | Tỷ USD | 20,1 | 24,5 |""",
        """obse exports level 2025-H1 20.1
        obse exports level 2026-H1 24.5""",
    ),
    "a month of two years": (
        """| Chỉ tiêu | Đơn vị | Tháng 9/2025 | Tháng 9/2026 |
        | Kim ngạch xuất khẩu | Tỷ USD | 3,9 | 4,6 |""",
        """obse exports level 2025-09 3.9
        obse exports level 2026-09 4.6""",
    ),
    "last year whole and this year's part": (
        """| Chỉ tiêu | Đơn vị | Thực hiện năm 2025 | Ước thực hiện 9 tháng năm 2026 |
        | Kim ngạch xuất khẩu | Tỷ USD | 43 | 37,9 |""",
        """obse exports level 2025-FY 43
        obse exports level 2026-9M 37.9""",
    ),
    "eight months": (
        """| Chỉ tiêu | Đơn vị | 8 tháng năm 2025 | 8 tháng năm 2026 |
        | Kim ngạch xuất khẩu | Tỷ USD | 28,1 | 33,3 |""",
        """obse exports level 2025-M08 28.1
        obse exports level 2026-M08 33.3""",
    ),
    "two columns of one period": (
        """| Chỉ tiêu | Đơn vị | 9 tháng năm 2026 | 9 tháng năm 2026 |
        | Kim ngạch xuất khẩu | Tỷ USD | 37,9 | 1.254 |""",
        "",
    ),
    "a goal for 2030": (
        """| Chỉ tiêu | Đơn vị | Mục tiêu đến năm 2030 | 9 tháng năm 2026 |
        | Kim ngạch xuất khẩu | Tỷ USD | 75 | 37,9 |""",
        "obse exports level 2026-9M 37.9",
    ),
}

COMPARED = {
    "a ratio by the row": (
        """| Chỉ tiêu | Đơn vị | 9 tháng năm 2025 | 9 tháng năm 2026 | So với cùng kỳ (%) |
        | Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9 | 118,4 |
        | Kim ngạch nhập khẩu | Tỷ USD | 31,2 | 30,6 | 98,1 |""",
        # 30,6 / 31,2 = 98,08
        """obse exports level 2025-9M 32
        obse exports level 2026-9M 37.9
        obse exports ratio_yoy 2026-9M 118.4
        obse imports level 2025-9M 31.2
        obse imports level 2026-9M 30.6
        obse imports ratio_yoy 2026-9M 98.1""",
    ),
    "growth by the row": (
        """| Chỉ tiêu | Đơn vị | 9 tháng năm 2025 | 9 tháng năm 2026 | So với cùng kỳ (%) |
        | Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9 | 18,4 |
        | Kim ngạch nhập khẩu | Tỷ USD | 31,2 | 30,6 | -1,9 |""",
        """obse exports level 2025-9M 32
        obse exports level 2026-9M 37.9
        obse exports growth_yoy 2026-9M 18.4
        obse imports level 2025-9M 31.2
        obse imports level 2026-9M 30.6
        obse imports growth_yoy 2026-9M -1.9""",
    ),
    "growth in the heading, a ratio in the row": (
        """| Chỉ tiêu | Đơn vị | 9 tháng năm 2025 | 9 tháng năm 2026 | Tăng so với cùng kỳ (%) |
        | Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9 | 118,4 |""",
        """obse exports level 2025-9M 32
        obse exports level 2026-9M 37.9
        obse exports ratio_yoy 2026-9M 118.4""",
    ),
    "the row contradicts itself": (
        # 37,9 / 32,0 = 118,4 and not 121,7
        """| Chỉ tiêu | Đơn vị | 9 tháng năm 2025 | 9 tháng năm 2026 | So với cùng kỳ (%) |
        | Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9 | 121,7 |""",
        "",
    ),
    "around a hundred, without last year": (
        """| Chỉ tiêu | Tháng 9 năm 2026 so với cùng kỳ (%) | 9 tháng năm 2026 so với cùng kỳ (%) |
        | Chỉ số sản xuất công nghiệp | 116,80 | 98,10 |""",
        """obse iip ratio_yoy 2026-09 116.8
        obse iip ratio_yoy 2026-9M 98.1""",
    ),
    "one figure above a hundred is not enough": (
        """| Chỉ tiêu | Đơn vị | Ước 9 tháng năm 2026 | So với cùng kỳ (%) |
        | Kim ngạch xuất khẩu | Tỷ USD | 37,9 | 118,4 |""",
        "obse exports level 2026-9M 37.9",
    ),
    "the same period is a hundred": (
        """| Chỉ tiêu | Đơn vị | Ước 9 tháng năm 2026 | Cùng kỳ = 100% |
        | Kim ngạch xuất khẩu | Tỷ USD | 37,9 | 118,4 |""",
        """obse exports level 2026-9M 37.9
        obse exports ratio_yoy 2026-9M 118.4""",
    ),
    "a rate of growth": (
        """| Chỉ tiêu | Đơn vị | Ước 9 tháng năm 2026 | Tốc độ tăng so với cùng kỳ (%) |
        | Kim ngạch xuất khẩu | Tỷ USD | 37,9 | 18,4 |""",
        """obse exports level 2026-9M 37.9
        obse exports growth_yoy 2026-9M 18.4""",
    ),
    "a rate of growth near a hundred": (
        """| Chỉ tiêu | Đơn vị | Ước 9 tháng năm 2026 | Tốc độ tăng so với cùng kỳ (%) |
        | Kim ngạch xuất khẩu | Tỷ USD | 37,9 | 118,4 |""",
        "obse exports level 2026-9M 37.9",
    ),
    "two comparisons with two periods": (
        """| Chỉ tiêu | Đơn vị | Tháng 9/2026 | 9 tháng 2026 | So cùng kỳ (%) | So cùng kỳ (%) |
        | Kim ngạch xuất khẩu | Tỷ USD | 4,6 | 37,9 | 117,2 | 118,4 |""",
        """obse exports level 2026-09 4.6
        obse exports level 2026-9M 37.9""",
    ),
    "a difference is no growth": (
        """| Chỉ tiêu | Đơn vị | 9 tháng năm 2025 | 9 tháng năm 2026 | Tăng, giảm (+/-) |
        | Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9 | 5,9 |""",
        """obse exports level 2025-9M 32
        obse exports level 2026-9M 37.9""",
    ),
    "one row tells what another row is": (
        """| Chỉ tiêu | Đơn vị | 9 tháng năm 2025 | 9 tháng năm 2026 | So với cùng kỳ (%) |
        | Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9 | 118,4 |
        | Khách quốc tế | Nghìn lượt |  | 702,4 | 109,4 |""",
        """obse exports level 2025-9M 32
        obse exports level 2026-9M 37.9
        obse exports ratio_yoy 2026-9M 118.4
        obse visitors_international level 2026-9M 702.4
        obse visitors_international ratio_yoy 2026-9M 109.4""",
    ),
}

PLANNED = {
    heading: (
        f"""| Chỉ tiêu | Đơn vị | Kế hoạch năm 2026 | Ước thực hiện 9 tháng năm 2026 | {heading} |
        | Kim ngạch xuất khẩu | Tỷ USD | 50 | 37,9 | 75,8 |""",
        # 37,9 / 50 = 75,8 %
        """plan exports level 2026-FY 50
        obse exports level 2026-9M 37.9
        clai exports share_of_plan 2026-9M 75.8""",
    )
    for heading in (
        "TH/KH (%)",
        "Tỷ lệ TH/KH (%)",
        "Thực hiện/Kế hoạch (%)",
        "Ước TH so với KH năm (%)",
        "% so với kế hoạch",
        "Tỷ lệ hoàn thành kế hoạch (%)",
        "So với KH (%)",
        "Đạt % kế hoạch",
        "% KH",
        "Tỷ lệ (%) thực hiện so với dự toán",
        "So sánh với kế hoạch năm 2026 (%)",
    )
} | {
    "no plan in the row": (
        """| Chỉ tiêu | Đơn vị | Ước thực hiện 9 tháng năm 2026 | TH/KH (%) |
        | Kim ngạch xuất khẩu | Tỷ USD | 37,9 | 75,8 |""",
        "obse exports level 2026-9M 37.9",
    ),
    "the share is not that of the row": (
        """| Chỉ tiêu | Đơn vị | Kế hoạch năm 2026 | Ước thực hiện 9 tháng năm 2026 | TH/KH (%) |
        | Kim ngạch xuất khẩu | Tỷ USD | 50 | 37,9 | 85,8 |""",
        "",
    ),
}

UNITS = {
    "above the table": (
        """Đơn vị tính: Triệu USD

        | Chỉ tiêu | Ước thực hiện 9 tháng năm 2026 |
        | Kim ngạch xuất khẩu | 37.900 |""",
        "obse exports level 2026-9M 37.9",
    ),
    "in brackets above the table": (
        """Bảng 2. Thương mại (ĐVT: triệu USD)
        | Chỉ tiêu | Ước thực hiện 9 tháng năm 2026 |
        | Kim ngạch xuất khẩu | 37.900 |""",
        "obse exports level 2026-9M 37.9",
    ),
    "in a row of its own": (
        """| Đơn vị: Triệu USD |  |
        | Chỉ tiêu | Ước thực hiện 9 tháng năm 2026 |
        | Kim ngạch xuất khẩu | 37.900 |""",
        "obse exports level 2026-9M 37.9",
    ),
    "in the heading": (
        """| Chỉ tiêu | Ước thực hiện 9 tháng năm 2026 (triệu USD) |
        | Kim ngạch xuất khẩu | 37.900 |""",
        "obse exports level 2026-9M 37.9",
    ),
    "in a heading row below": (
        """| Chỉ tiêu | Ước thực hiện 9 tháng năm 2026 | So với cùng kỳ |
        |  | Triệu USD | % |
        | Kim ngạch xuất khẩu | 37.900 | 118,4 |
        | Kim ngạch nhập khẩu | 30.600 | 98,1 |""",
        """obse exports level 2026-9M 37.9
        obse exports ratio_yoy 2026-9M 118.4
        obse imports level 2026-9M 30.6
        obse imports ratio_yoy 2026-9M 98.1""",
    ),
    "beside the name": (
        """| Chỉ tiêu | Ước thực hiện 9 tháng năm 2026 |
        | Kim ngạch xuất khẩu (triệu USD) | 37.900 |""",
        "obse exports level 2026-9M 37.9",
    ),
    "in the cell": (
        """| Chỉ tiêu | Ước thực hiện 9 tháng năm 2026 |
        | Kim ngạch xuất khẩu | 37,9 tỷ USD |""",
        "obse exports level 2026-9M 37.9",
    ),
    "the row's own goes before the table's": (
        """Đơn vị tính: Tỷ đồng
        | Chỉ tiêu | Đơn vị | Ước thực hiện 9 tháng năm 2026 |
        | Thu nội địa |  | 47.300 |
        | Kim ngạch xuất khẩu | Triệu USD | 37.900 |""",
        """obse budget_revenue_domestic level 2026-9M 47300
        obse exports level 2026-9M 37.9""",
    ),
    "ditto": (
        """| Chỉ tiêu | Đơn vị | Ước thực hiện 9 tháng năm 2026 |
        | Kim ngạch xuất khẩu | Triệu USD | 37.900 |
        | Kim ngạch nhập khẩu | nt | 30.600 |""",
        """obse exports level 2026-9M 37.9
        obse imports level 2026-9M 30.6""",
    ),
    "none at all": (
        """| Chỉ tiêu | Ước thực hiện 9 tháng năm 2026 |
        | Kim ngạch xuất khẩu | 37,9 |""",
        "",
    ),
    "two that differ": (
        """| Chỉ tiêu | Đơn vị | Ước thực hiện 9 tháng năm 2026 (triệu USD) |
        | Kim ngạch xuất khẩu | Tỷ USD | 37,9 |""",
        "",
    ),
    "one that is not the indicator's": (
        """Đơn vị tính: Tỷ đồng
        | Chỉ tiêu | Ước thực hiện 9 tháng năm 2026 |
        | Khách quốc tế | 702,4 |""",
        "",
    ),
    "a unit of the page before": (
        """Đơn vị tính: Triệu USD
        Một đoạn văn khác đứng giữa, nói về việc khác và kết thúc ở đây.
        Một đoạn nữa.
        Một đoạn nữa.
        | Chỉ tiêu | Ước thực hiện 9 tháng năm 2026 |
        | Kim ngạch xuất khẩu | 37.900 |""",
        "",
    ),
}

SEPARATED = {
    cell: (
        f"""| Chỉ tiêu | Đơn vị | Ước thực hiện 9 tháng năm 2026 |
        | Tổng thu ngân sách nhà nước trên địa bàn | Tỷ đồng | {cell} |""",
        expected,
    )
    for cell, expected in {
        "168.940": "obse budget_revenue level 2026-9M 168940",
        "168940": "obse budget_revenue level 2026-9M 168940",
        "168.940,5": "obse budget_revenue level 2026-9M 168940.5",
        "168.940¹": "obse budget_revenue level 2026-9M 168940",
        "168,940": "",
        "168. 940": "",
        "168 .940": "",
        "168 940": "",
        "168\u00a0940": "",
        "168\u2009940": "",
        "168\u202f940": "",
        "168·940": "",
        "168'940": "",
        "168,940.5": "",
        "168.94": "",
        "168.940.": "",
        "168.940 (1)": "",
        "168.940/170.000": "",
        "168.940 - 170.000": "",
        "≥ 168.940": "obse budget_revenue level 2026-9M 168940",
        "1.168.940.": "",
        "…": "",
        "x": "",
        "-": "",
    }.items()
}

USUAL = {
    "the total is what the caption names": (
        """3. Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng
        Đơn vị tính: Tỷ đồng
        |  | Thực hiện tháng 8 năm 2026 | Cộng dồn 9 tháng năm 2026 | 9 tháng so cùng kỳ (%) |
        | TỔNG SỐ | 21.500,4 | 189.300,7 | 113,4 |
        | Bán lẻ xe cũ | 1.200,3 | 11.200,2 | 112,9 |""",
        """obse retail_sales level 2026-08 21500.4
        obse retail_sales level 2026-9M 189300.7
        obse retail_sales ratio_yoy 2026-9M 113.4""",
    ),
    "a caption of two things names no total": (
        """Xuất khẩu, nhập khẩu hàng hóa
        | Chỉ tiêu | Đơn vị | 9 tháng năm 2026 |
        | Tổng số | Tỷ USD | 68,5 |""",
        "",
    ),
    "columns numbered with their formulas": (
        # 168.940 / 151.651 = 111,4 %; 168.940 / 199.000 = 84,9 %; 47.300 / 42.000 = 112,6 %
        """| STT | Chỉ tiêu | ĐVT | TH 9T/2025 | KH năm 2026 | Ước TH 9T/2026 | So sánh (%) |  |
        |  |  |  |  |  |  | Cùng kỳ | KH năm |
        | A | B | C | 1 | 2 | 3 | 4=3/1 | 5=3/2 |
        | 1 | Tổng thu ngân sách nhà nước | Tỷ đồng | 151.651 | 199.000 | 168.940 | 111,4 | 84,9 |
        |  | Trong đó: Thu nội địa | " | 42.000 | 60.000 | 47.300 | 112,6 | 78,8 |""",
        """obse budget_revenue level 2025-9M 151651
        plan budget_revenue level 2026-FY 199000
        obse budget_revenue level 2026-9M 168940
        obse budget_revenue ratio_yoy 2026-9M 111.4
        clai budget_revenue share_of_plan 2026-9M 84.9
        obse budget_revenue_domestic level 2025-9M 42000
        plan budget_revenue_domestic level 2026-FY 60000
        obse budget_revenue_domestic level 2026-9M 47300
        obse budget_revenue_domestic ratio_yoy 2026-9M 112.6
        clai budget_revenue_domestic share_of_plan 2026-9M 78.8""",
    ),
    "a rate that only its row explains": (
        # 25,9 / 52 = 49,8 %; 3,098 / 4,3 = 72,0 %, so the comma of 3,098 is a decimal one
        """| Chỉ tiêu | Kế hoạch 2026 | Thực hiện 6T đầu năm 2026 | Tỷ lệ (%) |
        | Kim ngạch xuất khẩu (tỷ USD) | 52 | 25,9 | 49,8 |
        | Thu hút FDI (tỷ USD) | 4,3 | 3,098 | 72,0 |""",
        """plan exports level 2026-FY 52
        obse exports level 2026-H1 25.9
        clai exports share_of_plan 2026-H1 49.8
        plan fdi level 2026-FY 4.3
        obse fdi level 2026-H1 3.098
        clai fdi share_of_plan 2026-H1 72""",
    ),
    "a ratio proves no comma that stands in both": (
        """| Chỉ tiêu | Đơn vị | 9 tháng 2025 | 9 tháng 2026 | So cùng kỳ (%) |
        | Tổng thu ngân sách nhà nước trên địa bàn | Tỷ đồng | 151,651 | 168,940 | 111,4 |""",
        "obse budget_revenue ratio_yoy 2026-9M 111.4",
    ),
    "an index in per cent is no growth": (
        """| Chỉ tiêu | Đơn vị | 9 tháng 2025 | 9 tháng 2026 |
        | Chỉ số sản xuất công nghiệp (IIP) | % | 113,2 | 115,9 |""",
        "",
    ),
    "growth in per cent": (
        """| Chỉ tiêu | Đơn vị | 9 tháng 2025 | KH 2026 | 9 tháng 2026 |
        | Tốc độ tăng trưởng kinh tế (GRDP) | % | 11,2 | 13 | 11,58 |""",
        """obse grdp growth_yoy 2025-9M 11.2
        plan grdp growth_yoy 2026-FY 13
        obse grdp growth_yoy 2026-9M 11.58""",
    ),
    "units as offices shorten them": (
        """| TT | Chỉ tiêu | Đơn vị tính | 9T/2025 | 9T/2026 | % tăng, giảm so với cùng kỳ |
        | 1 | Kim ngạch nhập khẩu | Tr.USD | 31.200 | 30.600 | -1,9 |
        | 2 | Sản lượng hàng hóa qua cảng biển | 1000 tấn | 134.600 | 152.400 | 13,2 |
        | 3 | Thu nội địa | tỷ đ | 42.000 | 47.300 | 12,6 |""",
        """obse imports level 2025-9M 31.2
        obse imports level 2026-9M 30.6
        obse imports growth_yoy 2026-9M -1.9
        obse port_throughput level 2025-9M 134.6
        obse port_throughput level 2026-9M 152.4
        obse port_throughput growth_yoy 2026-9M 13.2
        obse budget_revenue_domestic level 2025-9M 42000
        obse budget_revenue_domestic level 2026-9M 47300
        obse budget_revenue_domestic growth_yoy 2026-9M 12.6""",
    ),
    "a unit that nobody knows": (
        """| Chỉ tiêu | Đơn vị | 9 tháng 2026 |
        | Sản lượng điện thương phẩm | giạ | 14.200 |""",
        "",
    ),
    "the month before is no year before": (
        """CHỈ SỐ SẢN XUẤT CÔNG NGHIỆP
        |  | Tháng 9/2026 so với tháng 8/2026 (%) | 9 tháng so với cùng kỳ năm trước (%) |
        | Toàn ngành công nghiệp | 102,1 | 115,9 |
        | Khai khoáng | 99,1 | 98,8 |""",
        "obse iip ratio_yoy 2026-9M 115.9",
    ),
}

CAPTIONS = {
    "structure is neither a level nor growth": (
        """Cơ cấu GRDP theo giá hiện hành
        Đơn vị tính: %
        | Chỉ tiêu | 9 tháng năm 2025 | 9 tháng năm 2026 |
        | Nông, lâm nghiệp và thủy sản | 4,6 | 4,1 |
        | Công nghiệp và xây dựng | 51,6 | 52,3 |""",
        """obse grdp_current_agriculture share 2025-9M 4.6
        obse grdp_current_agriculture share 2026-9M 4.1
        obse grdp_current_industry_construction share 2025-9M 51.6
        obse grdp_current_industry_construction share 2026-9M 52.3""",
    ),
    "index, the year before is a hundred": (
        """Chỉ số phát triển tổng sản phẩm trên địa bàn theo giá so sánh 2010 (Năm trước = 100)
        Đơn vị tính: %
        | Chỉ tiêu | Năm 2024 | Năm 2025 |
        | Tổng số | 111,01 | 111,81 |
        | Dịch vụ | 109,20 | 110,40 |""",
        """obse grdp ratio_yoy 2024-FY 111.01
        obse grdp ratio_yoy 2025-FY 111.81
        obse grdp_services ratio_yoy 2024-FY 109.2
        obse grdp_services ratio_yoy 2025-FY 110.4""",
    ),
    "rate of growth": (
        """Tốc độ tăng tổng sản phẩm trên địa bàn theo giá so sánh 2010
        Đơn vị tính: %
        | Chỉ tiêu | 9 tháng năm 2025 | 9 tháng năm 2026 |
        | Tổng số | 11,2 | 9,3 |
        | Dịch vụ | 10,4 | 8,8 |""",
        """obse grdp growth_yoy 2025-9M 11.2
        obse grdp growth_yoy 2026-9M 9.3
        obse grdp_services growth_yoy 2025-9M 10.4
        obse grdp_services growth_yoy 2026-9M 8.8""",
    ),
    "contribution to growth": (
        """Đóng góp vào tăng trưởng GRDP
        Đơn vị tính: Điểm phần trăm
        | Chỉ tiêu | 9 tháng năm 2025 | 9 tháng năm 2026 |
        | Dịch vụ | 4,1 | 3,6 |""",
        "",
    ),
    "owners of the economy are no investors": (
        """Tổng sản phẩm trên địa bàn theo giá hiện hành phân theo loại hình kinh tế
        Đơn vị tính: Tỷ đồng
        | Chỉ tiêu | 9 tháng năm 2025 | 9 tháng năm 2026 |
        | Tổng số | 480.300 | 540.200 |
        | Khu vực nhà nước | 51.200 | 56.100 |
        | Khu vực có vốn đầu tư nước ngoài | 171.300 | 201.900 |""",
        """obse grdp_current level 2025-9M 480300
        obse grdp_current level 2026-9M 540200""",
    ),
    "product taxes at current prices are not those at constant ones": (
        """Tổng sản phẩm trên địa bàn theo giá hiện hành
        Đơn vị tính: Tỷ đồng
        | Chỉ tiêu | 9 tháng năm 2025 | 9 tháng năm 2026 |
        | Dịch vụ | 181.300 | 204.700 |
        | Thuế sản phẩm trừ trợ cấp sản phẩm | 23.100 | 25.300 |
        | Công nghiệp chế biến, chế tạo | 201.300 | 231.900 |""",
        """obse grdp_current_services level 2025-9M 181300
        obse grdp_current_services level 2026-9M 204700""",
    ),
    "names in two languages": (
        """Tổng sản phẩm trên địa bàn theo giá hiện hành - GRDP at current prices
        Đơn vị tính: Tỷ đồng - Unit: Bill. dongs
        | Chỉ tiêu - Indicators | 9 tháng năm 2025 | 9 tháng năm 2026 |
        | TỔNG SỐ - TOTAL | 480.300 | 540.200 |
        | Nông, lâm nghiệp và thủy sản - Agriculture, forestry and fishing | 21.100 | 22.300 |""",
        """obse grdp_current level 2025-9M 480300
        obse grdp_current level 2026-9M 540200
        obse grdp_current_agriculture level 2025-9M 21100
        obse grdp_current_agriculture level 2026-9M 22300""",
    ),
    "retail sales by trade": (
        """Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng phân theo ngành hàng
        Đơn vị tính: Tỷ đồng
        | Chỉ tiêu | 9 tháng năm 2025 | 9 tháng năm 2026 |
        | Tổng số | 145.100 | 163.200 |
        | Lương thực, thực phẩm | 41.200 | 46.300 |""",
        """obse retail_sales level 2025-9M 145100
        obse retail_sales level 2026-9M 163200""",
    ),
    "structure of investment": (
        """Cơ cấu vốn đầu tư thực hiện toàn xã hội (%)
        | Chỉ tiêu | 9 tháng năm 2025 | 9 tháng năm 2026 |
        | Tổng số | 100,0 | 100,0 |
        | Khu vực nhà nước | 13,1 | 12,3 |""",
        """obse investment_state share 2025-9M 13.1
        obse investment_state share 2026-9M 12.3""",
    ),
    "index of production": (
        """Chỉ số sản xuất công nghiệp
        Đơn vị tính: %
        | Chỉ tiêu | 9 tháng năm 2026 so với cùng kỳ năm trước |
        | Toàn ngành công nghiệp | 112,9 |
        | Công nghiệp chế biến, chế tạo | 113,6 |""",
        "obse iip ratio_yoy 2026-9M 112.9",
    ),
    "years in the rows": (
        """Tổng sản phẩm trên địa bàn theo giá hiện hành
        Đơn vị tính: Tỷ đồng
        | Năm | Tổng số | Nông, lâm nghiệp và thủy sản | Dịch vụ |
        | 2024 | 445.995 | 18.100 | 171.200 |
        | 2025 | 498.000 | 19.300 | 188.400 |""",
        """obse grdp_current level 2024-FY 445995
        obse grdp_current level 2025-FY 498000
        obse grdp_current_agriculture level 2024-FY 18100
        obse grdp_current_agriculture level 2025-FY 19300
        obse grdp_current_services level 2024-FY 171200
        obse grdp_current_services level 2025-FY 188400""",
    ),
}
TURNED = {
    "parts under a joint head, the unit in a row": (
        """Tổng sản phẩm trên địa bàn theo giá hiện hành
        phân theo khu vực kinh tế
        | Năm | Tổng số | Công nghiệp và xây dựng |  | Dịch vụ |
        |  |  | Tổng số | Trong đó: Công nghiệp |  |
        | Tỷ đồng - Bill. dongs |  |  |  |  |
        | 2023 | 398.000 | 210.300 | 190.100 | 141.000 |
        | Sơ bộ - Prel. 2024 | 445.995 | 236.400 | 214.200 | 171.200 |""",
        """obse grdp_current level 2023-FY 398000
        obse grdp_current level 2024-FY 445995
        obse grdp_current_industry_construction level 2023-FY 210300
        obse grdp_current_industry_construction level 2024-FY 236400
        obse grdp_current_industry level 2023-FY 190100
        obse grdp_current_industry level 2024-FY 214200
        obse grdp_current_services level 2023-FY 141000
        obse grdp_current_services level 2024-FY 171200""",
    ),
    "amounts, then their structure": (
        """Tổng sản phẩm trên địa bàn theo giá hiện hành
        | Năm | Tổng số | Nông, lâm nghiệp và thủy sản |
        | Tỷ đồng |  |  |
        | 2023 | 398.000 | 17.200 |
        | 2024 | 445.995 | 18.100 |
        | Cơ cấu - Structure (%) |  |  |
        | 2023 | 100,00 | 4,32 |
        | 2024 | 100,00 | 4,06 |""",
        """obse grdp_current level 2023-FY 398000
        obse grdp_current level 2024-FY 445995
        obse grdp_current_agriculture level 2023-FY 17200
        obse grdp_current_agriculture level 2024-FY 18100
        obse grdp_current_agriculture share 2023-FY 4.32
        obse grdp_current_agriculture share 2024-FY 4.06""",
    ),
    "quarters with their year": (
        """| Quý | Kim ngạch xuất khẩu (Triệu USD) | Kim ngạch nhập khẩu (Triệu USD) |
        | Quý I/2026 | 11.900 | 9.800 |
        | Quý II/2026 | 12.600 | 10.100 |""",
        """obse exports level 2026-Q1 11.9
        obse exports level 2026-Q2 12.6
        obse imports level 2026-Q1 9.8
        obse imports level 2026-Q2 10.1""",
    ),
    "months under the year above them": (
        """| Tháng | Kim ngạch xuất khẩu (Tỷ USD) |
        | Năm 2025 |  |
        | Tháng 8 | 3,9 |
        | Tháng 9 | 4,1 |
        | Năm 2026 |  |
        | Tháng 8 | 4,4 |""",
        """obse exports level 2025-08 3.9
        obse exports level 2025-09 4.1
        obse exports level 2026-08 4.4""",
    ),
    "months of no year": (
        """| Tháng | Kim ngạch xuất khẩu (Tỷ USD) |
        | Tháng 8 | 3,9 |
        | Tháng 9 | 4,1 |""",
        "",
    ),
    "months after years with figures may be of either": (
        """| Thời gian | Kim ngạch xuất khẩu (Tỷ USD) |
        | 2024 | 40,2 |
        | 2025 | 44,7 |
        | Tháng 8 | 3,9 |""",
        "",
    ),
    "amount and growth under one name": (
        """| Năm | Kim ngạch xuất khẩu |  |
        |  | Giá trị (Tỷ USD) | Tốc độ tăng (%) |
        | 2024 | 40,0 | 12,4 |
        | 2025 | 44,0 | 10,0 |""",
        """obse exports level 2024-FY 40
        obse exports level 2025-FY 44
        obse exports growth_yoy 2024-FY 12.4
        obse exports growth_yoy 2025-FY 10""",
    ),
    "means of several years are left": (
        """| Năm | Kim ngạch xuất khẩu (Tỷ USD) |
        | 2024 | 40,0 |
        | 2025 | 44,0 |
        | Bình quân 2021-2025 | 36,1 |""",
        """obse exports level 2024-FY 40
        obse exports level 2025-FY 44""",
    ),
    "rows under a line that is not understood": (
        """| Năm | Kim ngạch xuất khẩu (Tỷ USD) |
        | Khu vực có vốn đầu tư nước ngoài |  |
        | 2024 | 30,0 |
        | 2025 | 33,0 |""",
        "",
    ),
    "a year twice": (
        """| Năm | Kim ngạch xuất khẩu (Tỷ USD) |
        | 2024 | 40,0 |
        | 2024 | 44,0 |""",
        "",
    ),
    "a head of nothing in the list": (
        """| Năm | Số trâu (con) | Kim ngạch xuất khẩu (Tỷ USD) |
        | 2024 | 5.100 | 40,0 |
        | 2025 | 5.000 | 44,0 |""",
        """obse exports level 2024-FY 40
        obse exports level 2025-FY 44""",
    ),
    "years of the last century": (
        """| Năm | Kim ngạch xuất khẩu (Tỷ USD) |
        | 1995 | 0,2 |
        | 2025 | 44,0 |""",
        "obse exports level 2025-FY 44",
    ),
}
NARROWED = {
    label: (
        f"""| Chỉ tiêu | Đơn vị | 9 tháng năm 2025 | 9 tháng năm 2026 |
        | {label} | {unit} | 2,3 | 2,1 |""",
        "",
    )
    for label, unit in {
        "Tỷ lệ hộ nghèo giảm": "%",
        "Tỷ lệ hộ nghèo giảm trong năm": "%",
        "Tỷ lệ thất nghiệp giảm so với năm trước": "%",
        "Tỷ lệ che phủ rừng tăng thêm": "%",
        "Kim ngạch xuất khẩu giảm": "%",
        "Mức giảm kim ngạch nhập khẩu": "%",
        "Kim ngạch xuất khẩu bình quân đầu người": "Triệu USD",
        "Điện thương phẩm bình quân một hộ": "kWh",
        "Thu nội địa bình quân mỗi tháng": "Tỷ đồng",
        "Ngày khách du lịch": "Nghìn lượt",
        "Vốn đầu tư nước ngoài thực hiện": "Tỷ USD",
        "Vốn FDI giải ngân": "Tỷ USD",
        "Số xã đạt chuẩn nông thôn mới trong năm": "xã",
        "Chi ngân sách cấp huyện": "Tỷ đồng",
    }.items()
} | {
    "a reduction is told in points": (
        """| Chỉ tiêu | Đơn vị | 9 tháng năm 2025 | 9 tháng năm 2026 |
        | Giảm tỷ lệ hộ nghèo | % | 0,31 | 0,28 |""",
        """obse poverty_rate_reduction level 2025-9M 0.31
        obse poverty_rate_reduction level 2026-9M 0.28""",
    ),
    "growth up or down": (
        """| Chỉ tiêu | Đơn vị | 9 tháng năm 2025 | 9 tháng năm 2026 |
        | Kim ngạch xuất khẩu tăng, giảm (+/-) | % | 12,4 | -2,1 |""",
        """obse exports growth_yoy 2025-9M 12.4
        obse exports growth_yoy 2026-9M -2.1""",
    ),
}
ROWS = {
    "a row that starts later": (
        """| Chỉ tiêu | Đơn vị | Ước 9 tháng năm 2026 |
        |  | Kim ngạch xuất khẩu | Tỷ USD | 37,9 |""",
        "",
    ),
    "a row that ends early": (
        """| Chỉ tiêu | Đơn vị | 9 tháng năm 2025 | 9 tháng năm 2026 |
        | Kim ngạch xuất khẩu | Tỷ USD | 32,0 |""",
        "obse exports level 2025-9M 32",
    ),
    "parts of a whole": (
        """| Chỉ tiêu | Đơn vị | Ước 9 tháng năm 2026 |
        | Tổng thu ngân sách nhà nước trên địa bàn | Tỷ đồng | 120.500 |
        | Trong đó: - Thu nội địa | Tỷ đồng | 47.300 |
        | - Thu từ hoạt động xuất nhập khẩu | Tỷ đồng | 72.900 |""",
        """obse budget_revenue level 2026-9M 120500
        obse budget_revenue_domestic level 2026-9M 47300
        obse budget_revenue_trade level 2026-9M 72900""",
    ),
    "a part of something else": (
        """| Chỉ tiêu | Đơn vị | Ước 9 tháng năm 2026 |
        | Doanh thu khách sạn nhà hàng quận X | Tỷ đồng | 100 |
        | - Công nghiệp | Tỷ đồng | 40 |
        | - Dịch vụ | Tỷ đồng | 60 |""",
        "",
    ),
    "a group without figures": (
        """| TT | Chỉ tiêu | Đơn vị | Ước 9 tháng năm 2026 |
        | I | Thương mại |  |  |
        | 1 | Kim ngạch xuất khẩu | Tỷ USD | 37,9 |""",
        "obse exports level 2026-9M 37.9",
    ),
    "no heading": (
        """| Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9 |
        | Kim ngạch nhập khẩu | Tỷ USD | 31,2 | 30,6 |""",
        "",
    ),
    "a table after another one has a heading of its own": (
        """| Chỉ tiêu | Đơn vị | 9 tháng năm 2025 |
        | Kim ngạch xuất khẩu | Tỷ USD | 32,0 |
        Bảng sau đây.
        | Chỉ tiêu | Đơn vị | 9 tháng năm 2026 |
        | Kim ngạch xuất khẩu | Tỷ USD | 37,9 |""",
        """obse exports level 2025-9M 32
        obse exports level 2026-9M 37.9""",
    ),
    "a table after another one without a heading": (
        """| Chỉ tiêu | Đơn vị | 9 tháng năm 2025 |
        | Kim ngạch xuất khẩu | Tỷ USD | 32,0 |
        Bảng sau đây không có tiêu đề.
        | Kim ngạch nhập khẩu | Tỷ USD | 30,6 |""",
        "obse exports level 2025-9M 32",
    ),
    "a name with more in it": (
        """| Chỉ tiêu | Đơn vị | Ước 9 tháng năm 2026 |
        | Kim ngạch xuất khẩu của doanh nghiệp huyện X | Tỷ USD | 3,9 |""",
        "",
    ),
    "price base": (
        """| Chỉ tiêu | Đơn vị | Ước 9 tháng năm 2026 |
        | Tổng sản phẩm trên địa bàn (giá hiện hành) | Tỷ đồng | 410.000 |
        | Tổng sản phẩm trên địa bàn (giá so sánh 2010) | Tỷ đồng | 230.500 |""",
        """obse grdp_current level 2026-9M 410000
        obse grdp level 2026-9M 230500""",
    ),
    "a fall": (
        """| Chỉ tiêu | Đơn vị | Ước 9 tháng năm 2026 | Tốc độ tăng, giảm so với cùng kỳ (%) |
        | Thu nội địa | Tỷ đồng | 47.300 | -2,4 |
        | Khách quốc tế | Nghìn lượt | 702,4 | (3,1) |
        | Kim ngạch xuất khẩu | Tỷ USD | 37,9 | ▼ 1,2 |""",
        # brackets mean a fall too, but no row of the data can be proved by them: left open
        """obse budget_revenue_domestic level 2026-9M 47300
        obse budget_revenue_domestic growth_yoy 2026-9M -2.4
        obse visitors_international level 2026-9M 702.4
        obse exports level 2026-9M 37.9
        obse exports growth_yoy 2026-9M -1.2""",
    ),
    "shares and points": (
        """| Chỉ tiêu | Đơn vị | Ước 9 tháng năm 2026 | Tỷ trọng (%) | Đóng góp (điểm %) |
        | Thu nội địa | Tỷ đồng | 47.300 | 39,3 | 4,1 |""",
        "obse budget_revenue_domestic level 2026-9M 47300",
    ),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(text, expected, id=f"{kind}: {name}")
        for kind, cases in {
            "two rows": TWO_ROWS,
            "two years": TWO_YEARS,
            "compared": COMPARED,
            "planned": PLANNED,
            "units": UNITS,
            "separated": SEPARATED,
            "usual": USUAL,
            "rows": ROWS,
            "narrowed": NARROWED,
            "captions": CAPTIONS,
            "turned": TURNED,
        }.items()
        for name, (text, expected) in cases.items()
    ],
)
def test_only_what_the_table_says_is_ticked(data: Tables, text: str, expected: str) -> None:
    assert ticked(data, text) == rows(expected)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("(3,1)", "-3.1"), ("▼ 1,2", "-1.2"), ("\u20113,1", "-3.1"), ("giảm 3,1", "-3.1")],
)
def test_every_way_to_print_a_fall_is_offered_as_one(data: Tables, cell: str, value: str) -> None:
    text = f"""| Chỉ tiêu | Tốc độ tăng so với cùng kỳ 9 tháng năm 2026 (%) |
    | Khách quốc tế | {cell} |"""
    told = [f"{row.measure} {row.value}" for row, _ in proposals(data, text, "2026-9M")]
    assert told == [f"growth_yoy {value}"]


def test_a_figure_under_a_heading_that_is_missing_is_offered_open(data: Tables) -> None:
    text = "| Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9 |"
    made = [row for row, _ in proposals(data, text, "2026-9M")]
    assert [row.printed for row in made] == ["32,0", "37,9"]
    assert {reason.code for row in made for reason in row.reasons} >= {"table_headless"}


def test_the_arithmetic_of_a_row_is_told_where_it_fails(data: Tables) -> None:
    text = """| Chỉ tiêu | Đơn vị | 9 tháng năm 2025 | 9 tháng năm 2026 | So với cùng kỳ (%) |
    | Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9 | 121,7 |"""
    made = [row for row, _ in proposals(data, text, "2026-9M")]
    assert all("row_arithmetic" in {reason.code for reason in row.reasons} for row in made)


def test_a_figure_of_a_turned_table_is_placed_where_it_is_printed(data: Tables) -> None:
    text = """| Năm | Kim ngạch xuất khẩu (Tỷ USD) | Kim ngạch nhập khẩu (Tỷ USD) |
    | 2024 | 40,0 | 38,5 |
    | 2025 | 44,0 | 41,2 |"""
    places = {row.printed: (row.line, row.nth) for row, _ in proposals(data, text, "2026-9M")}
    # the year is the first numeral of its line
    assert places == {"40,0": (2, 2), "38,5": (2, 3), "44,0": (3, 2), "41,2": (3, 3)}
