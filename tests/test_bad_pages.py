"""Editions that lack or exaggerate something: pages stay whole, no sentence of them is wrong."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pandas as pd
import pytest

import computed
from halfyear.compose import briefing
from halfyear.edition import Edition
from halfyear.texts import bare
from opened import altered, changed, edition

H1, Q2 = "2026-H1", "2026-Q2"
# What a sentence shows where a name or figure is missing in it.
BROKEN = re.compile(r"\( *\)|: *\.|, *[.,;]| [,.;] |\bNone\b|\bnan\b|\{[a-z_]+\}|  ")

Change = Callable[[Edition], Edition]


def kept(table: str, keep: Callable[[pd.DataFrame], pd.Series]) -> Change:
    return lambda base: altered(table, lambda frame: frame[keep(frame)], base)


def scaled(times: str, points: str) -> Change:
    """Every scenario a multiple of itself, those of rates some points more."""

    def scale(frame: pd.DataFrame) -> pd.DataFrame:
        rates = frame["measure"].eq("growth_yoy")
        values = [
            value + Decimal(points) if rate else value * Decimal(times)
            for value, rate in zip(frame["value"], rates, strict=True)
        ]
        return frame.assign(value=values)

    return lambda base: altered("scenarios", scale, base)


def planned(indicator: str, value: int) -> Change:
    where = {"indicator": indicator, "measure": "level", "year": "2026"}
    return lambda base: changed("plan", "low", Decimal(value), base, **where)


NO_PEERS = kept("observations", lambda f: ~(f["indicator"].eq("grdp") & f["place"].ne("HP")))
NO_STATEMENTS = kept("statements", lambda f: f["id"].eq(""))
NO_LAST_YEAR = (
    kept("observations", lambda f: ~f["time_period"].str.startswith("2025")),
    kept("baseline", lambda f: f["id"].eq("")),
)
NO_QUARTER = tuple(
    kept(table, lambda f: f["time_period"].ne(Q2))
    for table in ("observations", "scenarios", "claims")
)
ALL_MET = (
    NO_STATEMENTS,
    scaled("0.5", "-6"),
    planned("social_housing", 1300),
    planned("exports", 20),
)
ALL_MISSED = (
    scaled("2", "6"),
    kept("claims", lambda f: ~f["kind"].isin(["verdict_list", "verdict_word", "excess_of_plan"])),
    kept("claims", lambda f: f["kind"].ne("count")),
    lambda base: changed(
        "observations", "value", Decimal(120000), base, indicator="land_revenue_deferred_2027"
    ),
)
FOUR = kept("headline", lambda f: f["year"].ne(2026) | f["order"].isin([1, 4, 5, 7]))
# What is tried together is told at other places of the pages, so that four editions are enough.
LITTLE = "no peers, no statements, no quarter"
YOUNG = "no last year"
MET = "four indicators, all met, plans reached"
MISSED = "every indicator missed, more deferred than planned"
CASES: dict[str, tuple[Change, ...]] = {
    LITTLE: (NO_PEERS, NO_STATEMENTS, *NO_QUARTER),
    YOUNG: NO_LAST_YEAR,
    MET: (FOUR, *ALL_MET),
    MISSED: ALL_MISSED,
}


@cache
def body(case: str, lang: str) -> str:
    return briefing.compose(*worked(case), lang).body()


@cache
def worked(case: str):
    opened = replace(edition(), params=replace(edition().params, compared_with=None))
    for change in CASES[case]:
        opened = change(opened)
    return opened, computed.studied(opened)


def seen(text: str) -> str:
    plain = text.replace("[]{.br}", " ").replace("\u00a0", " ").replace("\u2060", "")
    return " ".join(bare(plain).replace("**", "").split())


def block(case: str, name: str, lang: str = "vi") -> str:
    """A block of page 1 as it is read."""
    return seen(body(case, lang).split(f"::: {{.{name}}}")[1].split("\n:::")[0])


def section(case: str, anchor: str, lang: str = "vi") -> str:
    """A section as it is read, "" where there is none."""
    parts = body(case, lang).split(f"{{#sec-{anchor}}}")
    return seen(re.split(r"\n#{1,2} ", parts[1])[0]) if len(parts) > 1 else ""


def row(case: str, table: str, name: str) -> str:
    found = body(case, "vi").split(f"#tbl-{table} ")[1].split("\n:::")[0]
    (line,) = [
        each
        for each in found.splitlines()
        if each.startswith(("| " + name, "| []")) and name in each
    ]
    return seen(line)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("case", CASES)
def test_no_sentence_has_a_gap_and_nothing_is_numbered_past_one(case: str, lang: str) -> None:
    text = body(case, lang)
    lines = [line for line in text.splitlines() if not line.startswith(("|", ":", "!", "$"))]
    told = [bare(line.replace("[]{.br}", " ").replace("\u00a0", "_")) for line in lines]
    assert [line for line in told if BROKEN.search(line)] == []
    for name in ("fig", "tbl"):
        numbers = re.findall(rf'[^\n]*#{name}-[^\n]*number="(\d+)"', text)
        assert [int(number) for number in numbers] == list(range(1, len(numbers) + 1))
    heads = re.findall(r"^# (\d+)\. ", text, re.MULTILINE)
    assert [int(number) for number in heads] == list(range(1, len(heads) + 1))


@pytest.mark.parametrize("case", CASES)
def test_both_languages_show_the_same_numbers(case: str) -> None:
    pair = [sorted(re.findall(r'data-id="([^"]+)"', body(case, lang))) for lang in ("vi", "en")]
    assert pair[0] == pair[1]


def test_without_peers_the_rank_stands_alone() -> None:
    assert "Mức tăng này đứng thứ 3 cả nước. " in section(LITTLE, "growth")
    assert "Thứ hạng tăng trưởng GRDP: thứ 3 cả nước." in seen(body(LITTLE, "vi"))
    assert "Hà Tĩnh" not in body(LITTLE, "vi")


def test_without_statements_nobody_s_tasks_or_proposals_are_told() -> None:
    assert section(LITTLE, "statements") == ""
    for told in (block(LITTLE, "findings"), section(LITTLE, "outlook"), section(LITTLE, "rest")):
        assert "lùi" not in told
        assert "nhiệm vụ" not in told.casefold()
    assert "Khối lượng còn phải thực hiện {#sec-rest}" in body(LITTLE, "vi")
    assert row(LITTLE, "rest", "Nhà ở xã hội") == "| Nhà ở xã hội căn | 5.752 | – | 4,16 (–) |"


def test_without_last_year_nothing_is_said_to_be_slower_or_faster_than_it_was() -> None:
    assert block(YOUNG, "summary").endswith("6 tháng cuối năm phải tăng khoảng 14,4–14,7%.")
    growth = section(YOUNG, "growth")
    assert "đóng góp" not in growth  # no weights are known
    assert "dịch vụ 10,24%" in growth
    rest = section(YOUNG, "rest")
    assert "tăng chậm hơn" not in rest
    # the two rates need no figure of last year, and homes are held against the months before
    assert "Phải tăng nhanh hơn 6 tháng: GRDP và chỉ số sản xuất công nghiệp." in rest
    assert "bình quân tháng của quý II: nhà ở xã hội." in rest
    assert section(YOUNG, "outlook") == ""
    assert "thấp hơn kết quả năm trước" not in block(YOUNG, "findings")
    assert "Còn 5.752 căn trong kế hoạch 7.135 căn, tức 959" in block(YOUNG, "findings")
    table = body(YOUNG, "vi").split("#tbl-headline ")[1].split("\n:::")[0]
    assert "năm[]{.br}2025" not in table
    assert "năm 2025" not in seen(
        body(YOUNG, "vi").split("#tbl-headline ")[1].split("{.findings}")[0]
    )


def test_without_the_quarter_only_the_half_year_is_told() -> None:
    for told in (block(LITTLE, "findings"), section(LITTLE, "growth"), block(LITTLE, "foot")):
        assert "quý I" not in told.replace("sau khi kết thúc quý I", "")
    assert "Riêng quý" not in body(LITTLE, "vi")
    assert "kết quả riêng quý II/2026 của các chỉ tiêu chủ yếu" in section(LITTLE, "lacks")
    assert "kết quả riêng" not in section(YOUNG, "lacks")
    assert row(LITTLE, "headline", "Nhà ở xã hội").startswith(
        "| Nhà ở xã hội, căn | 1.383 | – | – |"
    )


def test_where_all_is_met_nothing_is_called_missed() -> None:
    # 12.27 - 6 = 6.27 is 5.06 below 11.33; that the report counts ten of twelve is said of others
    assert "và cao hơn kịch bản 5,06 điểm phần trăm; 4/4 chỉ tiêu" in block(MET, "summary")
    assert "không đạt" not in block(MET, "strip")
    assert ".down" not in body(MET, "vi").split("#tbl-headline ")[1].split("\n:::")[0]
    assert "thấp hơn kịch bản" not in section(MET, "growth") + block(MET, "findings")


def test_a_plan_that_is_reached_leaves_nothing_to_do() -> None:
    # 25.9 of 20 billion USD
    assert "Đã đạt kế hoạch năm: kim ngạch xuất khẩu." in section(MET, "rest")
    assert "| đã vượt | – | – |" in row(MET, "rest", "Kim ngạch xuất khẩu")
    assert row(MET, "headline", "Kim ngạch xuất khẩu").endswith("| 129,5 | đã vượt | – | 1,1 |")
    assert "Còn " not in block(MET, "findings")


def test_where_all_is_missed_it_is_said_and_what_nobody_knows_beside_it() -> None:
    # six have both figures, of the six others the documents now say nothing
    assert "; 0/12 chỉ tiêu chủ yếu" in block(MISSED, "summary")
    assert "; 6 chỉ tiêu chưa đủ căn cứ đánh giá." in block(MISSED, "summary")
    assert block(MISSED, "strip") == "0/12 6 không đạt 6 chưa đủ căn cứ"
    assert ".up" not in body(MISSED, "vi").split("#tbl-headline ")[1].split("\n:::")[0]


def test_a_deferral_of_more_than_the_year_s_plan_comes_first() -> None:
    first = block(MISSED, "findings").split(" 2. ")[0]
    # 120,000 of 103,166, of which 43,209 are left
    assert "120.000 tỷ đồng (13 dự án). Khoản này lớn hơn 43.209 tỷ đồng thu nội địa" in first


def test_four_indicators_are_counted_and_their_key_names_no_other_symbols() -> None:
    # every figure and scenario of the four is printed
    assert block(MET, "strip") == "4/4 4 đạt hoặc vượt, theo số liệu"
    key = block(MET, "small")
    assert "Ký hiệu đặc: đối chiếu bằng số liệu; –: văn bản không nêu." in key
    assert "rỗng" not in key
    assert "≈" not in key
    assert "Văn bản không nêu số liệu" not in key
