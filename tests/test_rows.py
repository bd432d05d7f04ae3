"""Rows the pages rest on: each figure where the document prints it, and called what it is."""

import pytest

from halfyear.edition import Edition
from opened import edition

REPORT = "report_2026_h1"


@pytest.fixture
def half() -> Edition:
    return edition()


@pytest.mark.parametrize(
    ("id", "line", "printed"),
    [
        ("obs:rank_grdp.level@2026-H1", 38, "đứng thứ 3"),
        ("obs:grdp.growth_yoy@2026-H1~HT", 50, "12,79%"),
        ("obs:grdp.growth_yoy@2026-H1~NB", 50, "11,44%"),
        ("claim:share_public_investment_disbursed_2026_h1", 146, "39,93%"),
        ("claim:share_public_investment_disbursed_2026_h1_less_savings", 146, "41,47%"),
        ("claim:share_budget_expenditure_2026_h1", 140, "38,5%"),
        ("claim:share_budget_expenditure_investment_2026_h1", 140, "39%"),
        ("claim:share_budget_expenditure_recurrent_2026_h1", 140, "50,9%"),
        ("claim:share_retail_sales_2026_h1", 84, "48%"),
        ("claim:share_transport_revenue_2026_h1", 88, "47,3%"),
        ("claim:share_capture_fishery_output_2026_h1", 116, "49,15%"),
        ("claim:excess_budget_revenue_2026_h1", 134, "vượt 22,4%"),
        ("obs:social_housing.level@2026-Q1", 70, "519"),
        ("obs:bank_loans.growth_ytd@2026-H1", 156, "tăng 7,51%"),
        ("obs:bank_mobilised_capital.growth_ytd@2026-H1", 154, "tăng 4,68%"),
        ("obs:rank_par.level@2025-FY", 298, "dẫn đầu"),
        ("obs:rank_sipas.level@2025-FY", 298, "dẫn đầu"),
        ("claim:rank_pci_l486", 486, "trong 05 địa phương"),
        ("obs:rank_cppi.level@2025-FY", 488, "thứ 13"),
        ("obs:domestic_investment_attracted.level@2025-H1", 176, "309.272,54 tỷ đồng"),
        ("obs:stalled_projects.level@2026-H1", 182, "151 dự án"),
        ("obs:stalled_projects_resolved.level@2026-H1", 182, "38"),
        ("obs:stalled_projects_planned.level@2026-H1", 182, "103"),
        ("obs:stalled_projects_consulting.level@2026-H1", 182, "10"),
        ("obs:budget_revenue_domestic.level@2026-H1/2026-06-28", 134, "59.957 tỷ đồng"),
        ("obs:budget_revenue_trade.level@2026-H1/2026-06-28", 134, "48.607 tỷ đồng"),
        ("obs:investment_state.growth_yoy@2026-H1", 170, "giảm 0,7%"),
        ("obs:labour_demand.level@2026-H1", 262, "khoảng 208.630 lượt lao động"),
        ("obs:labour_supply.level@2026-H1", 262, "khoảng 103.000 lượt người"),
    ],
)
def test_a_figure_stands_where_the_draft_report_prints_it(
    half: Edition, id: str, line: int, printed: str
) -> None:
    row = half.figures[id]
    assert (row["source"], row["line"], row["printed"]) == (REPORT, line, printed)


def test_the_count_to_28_june_and_the_estimate_it_passes_are_both_kept(half: Edition) -> None:
    count = half.figures["obs:budget_revenue.level@2026-Q2/2026-06-28"]
    estimate = half.figures["obs:budget_revenue.level@2026-Q2"]
    assert (count["printed"], count["obs_status"]) == ("54.442 tỷ đồng", "P")
    assert (estimate["printed"], estimate["obs_status"]) == ("53.161 tỷ đồng", "E")
    growth = half.figures["obs:budget_revenue.growth_yoy@2026-Q2/2026-06-28"]
    assert growth["printed"] == "tăng 26,4%"


def test_results_of_2025_stand_in_the_article_that_prints_them(half: Edition) -> None:
    homes, met = half.figures["obs:social_housing.level@2025-FY"], "claim:count_2025_fy_press"
    assert (homes["printed"], homes["line"]) == ("10.775 căn", 19)
    assert half.figures[met]["printed"] == "20/22"


@pytest.mark.parametrize("kind", ["pricing", "land_revenue"])
@pytest.mark.parametrize("when", ["q4", "2027"])
def test_what_is_proposed_is_expected_and_called_proposed(
    half: Edition, kind: str, when: str
) -> None:
    indicator = half.indicators[f"{kind}_deferred_{when}"]
    assert half.figures[f"obs:{indicator.id}.level@2026-H1"]["obs_status"] == "F"
    assert "đề xuất" in indicator.short["vi"].casefold()
    assert "proposed" in indicator.short["en"].casefold()


@pytest.mark.parametrize(
    ("id", "line", "printed"),
    [
        ("base:HP_old.industrial_parks_new.level@cumulative", 134, "06 Khu công nghiệp"),
        ("base:HD_old.industrial_clusters_total.level@year_2025", 150, "60 cụm công nghiệp"),
        ("base:HD_old.transport_links_investment.level@cumulative", 170, "gần 30.000 tỷ đồng"),
        ("base:HP_old.ocop_products.level@year_2025", 178, "259 sản phẩm"),
        ("base:HD_old.new_rural_communes_count.level@year_2025", 202, "151 xã"),
        ("base:HP_old.technology_renewal.level@average", 218, "15,02%"),
        ("obs:digital_economy_share.level@2024-FY~HP_old", 220, "27,19%"),
        ("obs:urbanisation_rate.level@2025-FY~HP_old", 154, "68,94%"),
        ("obs:poverty_rate.level@2024-FY~HD_old", 312, "0,96%"),
        ("base:HP_old.relics_aid_social.level@cumulative", 266, "trên 146 tỷ đồng"),
    ],
)
def test_a_result_of_2021_2025_stands_in_part_one_of_the_political_report(
    half: Edition, id: str, line: int, printed: str
) -> None:
    row = half.figures[id]
    assert (row["source"], row["line"]) == ("political_report_2025", line)
    assert row["printed"] == printed


@pytest.mark.parametrize(
    ("id", "comparator", "low", "line"),
    [
        ("plan:forest_cover.level@2026/nq74_2025", "gt", "6.48", 510),
        ("plan:relics_restored.level@2026/nq74_2025", "eq", "10", 573),
        ("plan:health_records.level@2026/nq74_2025", "eq", "100", 646),
        ("plan:health_records.level@2026/report_2026_h1", "eq", "100", 859),
        ("plan:online_public_services.level@2026/report_2026_h1", "eq", "100", 819),
        ("plan:rank_pii.level@2026/report_2026_h1", "top", "5", 809),
    ],
)
def test_a_task_with_a_number_is_a_target(
    half: Edition, id: str, comparator: str, low: str, line: int
) -> None:
    row = half.figures[id]
    assert (row["comparator"], str(row["low"]), row["line"]) == (comparator, low, line)


def test_targets_of_rank_keep_what_they_strive_for(half: Edition) -> None:
    # N 169: top 5, striving for top 3; R 809 the same for PII
    for indicator in ("rank_dti", "rank_pci", "rank_par", "rank_pgi"):
        row = half.figures[f"plan:{indicator}.level@2026/nq74_2025"]
        assert (str(row["low"]), str(row["stretch"])) == ("5", "3")
    pii = half.figures["plan:rank_pii.level@2026/report_2026_h1"]
    assert (str(pii["low"]), str(pii["stretch"])) == ("5", "3")
