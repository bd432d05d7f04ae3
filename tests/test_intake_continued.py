"""Tables that go on over a page under an empty head: the head before them holds, or nothing does.

All figures are made up; what each row must give is worked out by hand from the head of the first
page, and what is not named must not be ticked.
"""

import pytest

from halfyear.data.frames import Tables
from test_intake_tables import rows, ticked

HEAD = """| TT | Chỉ tiêu | Đơn vị | Mục tiêu năm 2026 |
    |---|---|---|---|
    | 1 | Kim ngạch xuất khẩu | Tỷ USD | 52 |
    """
EXPORTS = "plan exports level 2026-FY 52"
YEARS = """| Chỉ tiêu | Đơn vị | 9 tháng 2025 | 9 tháng 2026 |
    |---|---|---|---|
    | Kim ngạch xuất khẩu | Tỷ USD | 32,0 | 37,9 |
    """
EXPORTED = "obse exports level 2025-9M 32\nobse exports level 2026-9M 37.9\n"

GOES_ON = {
    "an empty head row": (
        f"""{HEAD}

        | | | | |
        | 2 | Kim ngạch nhập khẩu | Tỷ USD | 41,3 |""",
        f"{EXPORTS}\nplan imports level 2026-FY 41.3",
    ),
    "an empty head row and a rule": (
        f"""{HEAD}

        | | | | |
        |----|---|----------------|--|
        | 2 | Sản lượng hàng hóa thông qua cảng | Triệu tấn | 231 |
        | 3 | Thu hút khách du lịch | Triệu lượt | 16,2 |""",
        f"""{EXPORTS}
        plan port_throughput level 2026-FY 231
        plan visitors level 2026-FY 16200""",
    ),
    "two empty heads, one page after the other": (
        f"""{HEAD}

        | | | | |
        | 2 | Kim ngạch nhập khẩu | Tỷ USD | 41,3 |

        | | | | |
        | 3 | Tổng vốn đầu tư thực hiện trên địa bàn | Tỷ đồng | 351.200 |""",
        f"""{EXPORTS}
        plan imports level 2026-FY 41.3
        plan investment level 2026-FY 351200""",
    ),
    "a footnote between the pages": (
        f"""{HEAD}

        ¹ Theo báo cáo của Sở Công Thương

        | | | | |
        | 2 | Kim ngạch nhập khẩu | Tỷ USD | 41,3 |""",
        f"{EXPORTS}\nplan imports level 2026-FY 41.3",
    ),
    "a page number between the pages": (
        f"""{HEAD}

        14

        | | | | |
        | 2 | Kim ngạch nhập khẩu | Tỷ USD | 41,3 |""",
        f"{EXPORTS}\nplan imports level 2026-FY 41.3",
    ),
    "a line that says it goes on": (
        f"""{HEAD}

        (Tiếp theo)

        | | | | |
        | 2 | Kim ngạch nhập khẩu | Tỷ USD | 41,3 |""",
        f"{EXPORTS}\nplan imports level 2026-FY 41.3",
    ),
    "no head row at all": (
        f"""{HEAD}

        | 2 | Kim ngạch nhập khẩu | Tỷ USD | 41,3 |
        | 3 | Thu nội địa | Tỷ đồng | 98.400 |""",
        f"""{EXPORTS}
        plan imports level 2026-FY 41.3
        plan budget_revenue_domestic level 2026-FY 98400""",
    ),
    "the rest of a name opens the page": (
        f"""{HEAD}

        | | | | |
        | | hàng hóa | | |
        | 2 | Kim ngạch nhập khẩu | Tỷ USD | 41,3 |""",
        f"{EXPORTS}\nplan imports level 2026-FY 41.3",
    ),
    "parts of a whole on the page before": (
        """| TT | Chỉ tiêu | Đơn vị | Kế hoạch năm 2026 |
        | 1 | Tốc độ tăng trưởng GRDP | % | 12,4 |

        | | | | |
        | 1.1 | Khu vực nông, lâm nghiệp và thủy sản | % | 2,2 |
        | 1.2 | Khu vực dịch vụ | % | 10,9 |""",
        """plan grdp growth_yoy 2026-FY 12.4
        plan grdp_agriculture growth_yoy 2026-FY 2.2
        plan grdp_services growth_yoy 2026-FY 10.9""",
    ),
    "columns of two years": (
        f"""{YEARS}

        | | | | |
        | Kim ngạch nhập khẩu | Tỷ USD | 31,2 | 30,6 |""",
        f"{EXPORTED}obse imports level 2025-9M 31.2\nobse imports level 2026-9M 30.6",
    ),
    "names and figures in italics": (
        f"""{HEAD}

        | | | | |
        | | <i>Trong đó:</i> | | |
        | | <i>Kim ngạch nhập khẩu</i> | <i>Tỷ USD</i> | <i>41,3</i> |""",
        f"{EXPORTS}\nplan imports level 2026-FY 41.3",
    ),
    "a caption is kept with the head": (
        """Đơn vị tính: Tỷ đồng
        | Chỉ tiêu | Ước 9 tháng năm 2026 |
        | Thu nội địa | 81.300 |

        | | |
        | Thu từ hoạt động xuất nhập khẩu | 61.900 |""",
        """obse budget_revenue_domestic level 2026-9M 81300
        obse budget_revenue_trade level 2026-9M 61900""",
    ),
}

STANDS_ALONE = {
    "fewer columns": (
        f"""{HEAD}

        | | | |
        | 2 | Kim ngạch nhập khẩu | 41,3 |""",
        EXPORTS,
    ),
    "more columns": (
        f"""{HEAD}

        | | | | | |
        | 2 | Kim ngạch nhập khẩu | Tỷ USD | 31,2 | 41,3 |""",
        EXPORTS,
    ),
    "figures where the units stood": (
        f"""{HEAD}

        | | | | |
        | 2 | Kim ngạch nhập khẩu | 31,2 | 41,3 |""",
        EXPORTS,
    ),
    "names in the column of the numbers": (
        f"""{HEAD}

        | | | | |
        | Kim ngạch nhập khẩu | 2 | Tỷ USD | 41,3 |""",
        EXPORTS,
    ),
    "a text between the tables": (
        f"""{HEAD}

        Tình hình thực hiện các chỉ tiêu của hai khu vực như sau.

        | | | | |
        | 2 | Kim ngạch nhập khẩu | Tỷ USD | 41,3 |""",
        EXPORTS,
    ),
    "a heading between the tables": (
        f"""{HEAD}

        2. Kết quả thực hiện

        | | | | |
        | 2 | Kim ngạch nhập khẩu | Tỷ USD | 41,3 |""",
        EXPORTS,
    ),
    "a head of its own": (
        f"""{HEAD}

        | TT | Chỉ tiêu | Đơn vị | Ước 9 tháng năm 2026 |
        | 2 | Kim ngạch nhập khẩu | Tỷ USD | 31,2 |""",
        f"{EXPORTS}\nobse imports level 2026-9M 31.2",
    ),
    "a head of its own that is not understood": (
        f"""{HEAD}

        | TT | Chỉ tiêu | Đơn vị | Nguồn khác |
        | 2 | Kim ngạch nhập khẩu | Tỷ USD | 31,2 |""",
        EXPORTS,
    ),
}


@pytest.mark.parametrize(
    ("text", "expected"), (GOES_ON | STANDS_ALONE).values(), ids=GOES_ON | STANDS_ALONE
)
def test_a_table_goes_on_only_where_the_columns_agree(
    data: Tables, text: str, expected: str
) -> None:
    assert ticked(data, text) == rows(expected)
