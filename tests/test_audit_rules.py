"""Each rule of the audit: where it must speak, and where it must stay silent."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from halfyear.audit.finding import Draft
from halfyear.audit.rows import Facts
from halfyear.audit.rules import (
    RULES,
    ambition,
    bases,
    claims,
    documents,
    growth,
    name,
    periods,
    shares,
    targets,
    totals,
    verdicts,
)
from halfyear.edition import Edition
from opened import changed, edition, without

Rule = Callable[[Facts], object]
Change = tuple[str, str, object, dict[str, str]]
NOW = {"time_period": "2026-H1"}
PLAN = {"year": "2026"}


def obs(indicator: str, value: object, measure: str = "level", **where: str) -> Change:
    """A change of an observation of the half-year."""
    return "observations", "value", _decimal(value), {**NOW, **named(indicator, measure), **where}


def claim(id: str, value: object, column: str = "value") -> Change:
    """A change of a claim."""
    return "claims", column, _decimal(value), {"id": f"claim:{id}"}


def plan(indicator: str, value: object, by: str, measure: str = "level", at: str = "low") -> Change:
    """A change of a target of 2026."""
    return "plan", at, _decimal(value), {**PLAN, **named(indicator, measure), "set_by": by}


def goal(indicator: str, value: object, measure: str = "level") -> Change:
    """A change of a goal of the period."""
    return "goals", "low", _decimal(value), named(indicator, measure)


def named(indicator: str, measure: str) -> dict[str, str]:
    return {"indicator": indicator, "measure": measure}


def _decimal(value: object) -> object:
    return Decimal(str(value)) if isinstance(value, int | float) else value


def altered(*changes: Change) -> Edition:
    opened = edition()
    for table, column, value, where in changes:
        opened = changed(table, column, value, opened, **where)
    return opened


def told(rule: Rule, opened: Edition, indicator: str) -> set[str]:
    """The templates of a rule's findings on an indicator."""
    drafts: list[Draft] = list(rule(Facts(opened)))  # type: ignore[call-overload]
    return {draft.rule for draft in drafts if indicator in (draft.about or ("",))}


def spelled(part: object) -> str | None:
    """The name of a rule in the id of a test."""
    return getattr(part, "__name__", None)


FY = {"time_period": "2025-FY"}
Q2 = {"time_period": "2026-Q2"}
R, N = "report_2026_h1", "nq74_2025"
AGRI = "agri_output_value_fishery"
SPEAKS = [
    # 4,882 / 7,500 = 65.1 %
    (shares.shares_of_plan, "enterprises_new", "share", [claim("share_enterprises_new_l436", 60)]),
    # 16,026 / 27.7 % = 57,856; 34,899 / 38.5 % = 90,647
    (
        shares.two_plans,
        "budget_expenditure",
        "two_plans",
        [claim("share_budget_expenditure_2026_q2", 27.7)],
    ),
    # 96 / 50 % = 192, no adopted plan, beside 40.3 % of 238
    (
        shares.twins,
        "port_throughput",
        "twin_share",
        [claim("share_port_throughput_2026_h1_of_scenario", 50)],
    ),
    # 31,817.55 + 86.79 + 7,570.86 = 39,475.20, not 39,575.2
    (claims.sums, "agri_output_value", "sum", [obs(AGRI, 7570.86)]),
    # 93,583.43 / 309,272.54 - 1 = -69.7 %
    (
        claims.growths,
        "domestic_investment_attracted",
        "growth",
        [obs("domestic_investment_attracted", -59.7, "growth_yoy")],
    ),
    (periods.months, "exports", "part_above_whole", [obs("exports", 14, time_period="2026-06")]),
    # More than 27,176 + 100,000 + 100,000 = 227,176 cannot be 225,177.
    (
        totals.parts,
        "investment",
        "parts_above",
        [
            obs("investment", 225177),
            obs("investment_state", 27176),
            obs("investment_non_state", 100000),
            obs("investment_foreign", 100000),
            *(
                ("observations", "bound", "gt", {**NOW, **named(f"investment_{part}", "level")})
                for part in ("state", "non_state", "foreign")
            ),
        ],
    ),
    # Without a plan of its parts: 6,269 of 114,833 = 5.5 % in the half-year, 33 of 53,161 in Q2.
    (
        totals.remainders,
        "budget_revenue",
        "remainder",
        [("plan", "year", 2027, named("budget_revenue_trade", "level"))],
    ),
    # 18,308/1.3 + 68,438/1.105 + 71,770/1.222 = 134,750; 158,516/1.14 = 139,049
    (
        totals.part_bases,
        "investment",
        "part_bases",
        [obs("investment_state", 30, "growth_yoy")],
    ),
    # 4.55 + 53.96 + 45.20 = 103.71 %
    (
        totals.shares,
        "grdp_current_agriculture",
        "shares",
        [obs("grdp_current_services", 45.2, "share", **FY)],
    ),
    # No weights give 14 from 13.46, 10.24, 2.23 and 8.69.
    (growth.growth_identity, "grdp", "identity", [obs("grdp", 14, "growth_yoy")]),
    (growth.between, "grdp", "between", [obs("grdp", 14, "growth_yoy")]),
    # 7.62 + 4.38 + 0.19 + 0.62 = 12.81, not 11.81
    (
        growth.contributions,
        "grdp",
        "contributions",
        [obs("grdp_services", 4.38, "contribution", **FY)],
    ),
    # 12 % of industry cannot carry 14-14.5 % of the total.
    (
        growth.goal_identity,
        "grdp",
        "goal_identity",
        [goal("grdp_industry_construction", 12, "growth_yoy")],
    ),
    (bases.vintages, "exports", "vintage_far", [obs("imports", 40, **FY)]),
    # A target above both results of one day.
    (bases.vintages, "budget_revenue", "vintage_same_day", [plan("budget_revenue", 200000, N)]),
    # 52 / 50.14 = 3.71, 52 / 49.7 = 4.63
    (targets.growth_targets, "exports", "growth_target", [plan("exports", 6, R, "growth_yoy")]),
    (ambition.below_result, "budget_revenue", "goal_below", [goal("budget_revenue", 150000)]),
    # 30 is below both 33 and 40.
    (
        ambition.below_result,
        "trained_labour",
        "target_below_former",
        [plan("trained_labour", 30, N)],
    ),
    (verdicts.words, "grdp", "word", [claim("word_grdp_h1_l498", "exceeds", "word")]),
    # A heading without a figure: what it says is said of its parts, 6.67 of 8.0.
    (
        verdicts.results,
        "grdp_services",
        "result_part",
        [("baseline", "value", None, {"place": "HD_old", **named("grdp", "growth_yoy")})],
    ),
    (verdicts.counts, "", "count", [claim("count_h1_missed_l498", 3)]),
    (
        documents.dates,
        "",
        "cited_date_own",
        [claim(id, "ngày 08/12/2025", "printed") for id in ("date_nq74_l26", "date_nq74_l556")],
    ),
]
SILENT = [
    (shares.shares_of_plan, "fdi", [claim("share_fdi_2026_h1", 81.5)]),
    (shares.shares_of_plan, "exports", []),  # 25.95 / 52 = 49.9 %
    (shares.two_plans, "public_investment_disbursed", []),  # two shares of one figure in one line
    (
        shares.two_plans,
        "budget_expenditure",  # another year's share is of another plan
        [
            claim("share_budget_expenditure_2026_q2", 27.7),
            claim("share_budget_expenditure_2026_q2", "2025-Q2", "time_period"),
        ],
    ),
    (shares.twins, "port_throughput", []),  # 96 / 40.3 % = 238, the adopted plan
    (shares.unprinted, "port_throughput", []),
    (claims.ratios, "crime_clearance", [claim("ratio_social_order_l350", 96.6)]),
    (claims.restatements, "jobs_created", [claim("restate_jobs_hp_old_l294", 58600)]),
    (claims.sums, "agri_output_value", []),
    (
        claims.sums,  # more than 7,570.86 may well be 7,670.86
        "agri_output_value",
        [obs(AGRI, 7570.86), ("observations", "bound", "gt", {**NOW, **named(AGRI, "level")})],
    ),
    (claims.growths, "domestic_investment_attracted", []),
    # 24.5 - 12 = 12.5 = 25.9 - 13.4
    (
        periods.first_part_by_scenario,
        "exports",
        [("scenarios", "value", Decimal("24.5"), {**NOW, "indicator": "exports"})],
    ),
    # 11.5 / 1.168 = 9.85 of 18.49: both grow by 16.8 %
    (periods.first_part_growth, "imports", [obs("imports", 116.8, "ratio_yoy", **Q2)]),
    (periods.months, "exports", [obs("exports", 4.4, time_period="2026-06")]),  # after 4.5 a month
    (periods.cutoffs, "budget_revenue", [obs("budget_revenue", 55000, line="132", **Q2)]),
    (totals.parts, "investment", []),
    # more than 17,308 + 68,438 + 71,770 = 157,516 may well be 158,516
    (
        totals.parts,
        "investment",
        [
            obs("investment_state", 17308),
            *(
                ("observations", "bound", "gt", {**NOW, **named(f"investment_{part}", "level")})
                for part in ("state", "non_state", "foreign")
            ),
        ],
    ),
    (totals.remainders, "budget_revenue", []),  # the plan leaves 7,570 of 194,936, 3.9 %
    (totals.part_bases, "investment", []),
    # (9,048 / 1.1116) / (9,389 / 1.1) = 95.4 %, against 96.4 % now
    (
        totals.related,
        "electricity_commercial",
        [obs("electricity_purchased", 10, "growth_yoy")],
    ),
    (totals.related, "public_investment_disbursed", [obs("budget_expenditure_investment", 15600)]),
    (totals.shares, "grdp_current_agriculture", []),  # 93.71 %
    (growth.growth_identity, "grdp", []),  # weights 2 points away give 11.33 and 12.27
    (growth.between, "grdp", []),
    (growth.contributions, "grdp", []),  # 7.62 + 3.38 + 0.19 + 0.62 = 11.81
    (growth.goal_identity, "grdp", []),
    # The sector targets of the resolution give 13.00.
    (
        growth.target_identity,
        "grdp",
        [
            plan("grdp_industry_construction", 15.16, R, "growth_yoy"),
            plan("grdp_services", 11, R, "growth_yoy"),
            plan("grdp_agriculture", 2, R, "growth_yoy"),
        ],
    ),
    (bases.bases, "fdi", [obs("fdi", 2.4, "multiple_yoy")]),  # 3.098 / 2.4 = 1.29, nearly 1.3
    (bases.bases, "visitors", []),
    (bases.vintages, "exports", [obs("exports", 50.14, source="press_2025_11_30", **FY)]),
    (bases.twins, "unemployment_registrations", []),  # all who registered were counselled
    (bases.twins, "exports", []),  # the comparison with 50.14 tells it
    (bases.breaks, "port_throughput", []),  # the other former province has no seaport
    (targets.targets, "trained_labour", [plan("trained_labour", 39, R)]),
    (targets.targets, "iip", []),  # 15.5, at best 16, is 15.5-16
    (targets.targets, "fdi", []),  # 4.3 is the end of 3.8-4.3
    (targets.growth_targets, "exports", [plan("exports", 3.71, R, "growth_yoy")]),
    (targets.dates, "doctors_per_10k", [plan("doctors_per_10k", "year", R, at="scope")]),
    (targets.dropped, "exports", []),  # its growth stands in the table
    (ambition.below_result, "budget_revenue", []),  # above one of two results of one day
    (ambition.below_result, "trained_labour", []),  # 39 between 33 and 40
    (
        ambition.goal_below_target,
        "high_tech_share",
        [plan("high_tech_share", 59, N), plan("high_tech_share", 59, R)],
    ),
    (ambition.below_goal, "rank_pci", []),  # top 5, at best top 3
    (ambition.below_goal, "retail_sales", [plan("retail_sales", 14, R, "growth_yoy")]),
    (ambition.below_goal, "enterprises_new", [plan("enterprises_new", 9200, N)]),
    (ambition.below_goal, "iip", [plan("iip", 17, N, "growth_yoy", at="stretch")]),
    (
        verdicts.words,
        "solid_waste_modern",
        [
            ("baseline", "value", Decimal(51), named("solid_waste_modern", "level")),
            claim("word_solid_waste_modern_hp_old_l906", "meets", "word"),
        ],
    ),
    (verdicts.unchecked, "exports", []),  # 24.1 is printed
    (
        verdicts.results,
        "online_public_services",
        [("baseline", "value", Decimal(80), named("online_public_services", "level"))],
    ),
    (verdicts.results, "grdp_services", []),  # met is said of the total, 9.8 of 9.0
    (verdicts.counts, "", []),
    (verdicts.tallies, "", []),
    (verdicts.lists, "exports", []),
    (verdicts.project_counts, "", []),
    (
        documents.numbering,  # rows apart may have others, without figures, between them
        "",
        [("plan", "line", 700, {"section": "V/1/11"})],
    ),
    (documents.dates, "", [claim("date_nq74_l556", "ngày 11/12/2025", "printed")]),
]


@pytest.mark.parametrize(
    ("rule", "indicator", "template", "changes"),
    SPEAKS,
    ids=spelled,
)
def test_it_speaks(rule: Rule, indicator: str, template: str, changes: list[Change]) -> None:
    assert template not in told(rule, edition(), indicator)
    assert template in told(rule, altered(*changes), indicator)


@pytest.mark.parametrize(("rule", "indicator", "changes"), SILENT, ids=spelled)
def test_it_stays_silent(rule: Rule, indicator: str, changes: list[Change]) -> None:
    if changes and len(changes) == 1:
        assert told(rule, edition(), indicator)
    assert told(rule, altered(*changes), indicator) == set()


def test_following_the_scenario_may_be_said_where_the_total_and_its_parts_meet_theirs() -> None:
    assert "word_several" in told(verdicts.words, edition(), "grdp")
    parts = ("", "_industry_construction", "_services", "_agriculture", "_product_taxes")
    met: list[Change] = [
        ("scenarios", "value", Decimal(1), {**NOW, **named(f"grdp{part}", "growth_yoy")})
        for part in parts
    ]
    assert "word_several" not in told(verdicts.words, altered(*met), "grdp")


def test_a_section_in_order_is_no_finding() -> None:
    assert told(documents.sections, edition(), "")
    opened = edition()
    for table in ("observations", "claims", "scenarios"):
        frame = getattr(opened.tables, table)
        for wrong, right in (("III/1/2.2", "III/1/1.2"), ("II/2/2.1/2.2.2", "II/2/2.1/2.1.2")):
            if (frame["section"] == wrong).any():
                opened = changed(table, "section", right, opened, section=wrong)
    assert told(documents.sections, opened, "") == set()


def test_two_equal_figures_with_different_growth_are_a_slip_where_nothing_else_shows_it() -> None:
    alone = without("observations", source="vneconomy_2025_12_18", indicator="exports")
    assert told(bases.twins, alone, "exports") == {"twin"}


def test_every_rule_has_a_case_where_it_stays_silent() -> None:
    silent = {name(rule) for rule, *_ in SILENT} | {name(documents.sections)}
    assert silent == {name(rule) for rules in RULES.values() for rule in rules}
