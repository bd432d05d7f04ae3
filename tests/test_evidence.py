"""What a finding rests on: the figures it compares, what it computes, how far they lie apart."""

from decimal import Decimal
from functools import cache

import pytest

from halfyear.audit import Finding, run, tally
from halfyear.audit.finding import Evidence
from halfyear.results import Quantity, Results
from opened import edition

CLAIM, PLAN = "claim:share_fdi_2026_h1", "plan:fdi.level@2026/nq74_2025"


@cache
def found() -> tuple[Finding, ...]:
    return tuple(run(edition()))


def evidence(rule: str, indicator: str, start: str = "") -> Evidence:
    """The evidence of the one finding of a rule on an indicator."""
    (one,) = (
        finding.evidence
        for finding in found()
        if finding.id.startswith(f"{rule}/{indicator}/{start}")
    )
    assert one is not None
    return one


def shown(quantity: Quantity | None) -> Decimal:
    assert quantity is not None
    return round(quantity.value, quantity.decimals)


def test_a_recomputed_share_names_its_formula_and_its_operands() -> None:
    told = evidence("share_range", "fdi")
    # 3.098 billion USD of at least 3.8: 81.526 %; the report says 79.4, 2.126 points less.
    assert told.recomputed is not None
    assert shown(told.recomputed) == Decimal("81.53")
    assert told.recomputed.formula == "actual / plan * 100"
    assert told.recomputed.operands == ("obs:fdi.level@2026-H1", PLAN)
    assert told.gap is not None
    assert (shown(told.gap), told.gap.unit) == (Decimal("2.13"), "pp")
    assert told.gap.operands[0] == CLAIM
    assert told.gap.operands[1] in {quantity.id for quantity in told.quantities}


@pytest.mark.parametrize(
    ("rule", "indicator", "start", "gap", "unit"),
    [
        ("base", "investment", "", "751", "bn_vnd"),  # 139,800 - 158,516 / 1.14 = 750.85
        ("month", "exports", "", "1.0", "bn_usd"),  # (13.4 - 3.8) / 2 - 3.8
        ("cutoff", "budget_revenue", "", "1281", "bn_vnd"),  # 54,442 - 53,161
        ("at_most", "public_investment_disbursed", "", "392", "bn_vnd"),  # 15,496 - 15,104
        ("counts", "new_rural_communes_advanced", "", "2.09", "pp"),  # 55 / 67 - 80 %
        ("dated_goal", "doctors_per_10k", "", "4", "per_10k"),  # 19 - 15, the nearer end
        ("target_value", "trained_labour", "", "1", "pp"),  # 40 - 39
        ("target_below", "social_housing", "", "3640", "homes"),  # 10,775 - 7,135
        ("target_below_former", "high_tech_share", "", "5", "pp"),  # 68 - 63
        ("result", "online_public_services", "", "45", "pp"),  # 80 - 35
        ("word", "solid_waste_modern", "", "40", "pp"),  # more than 50 - 10
        ("restatement", "jobs_created", "", "400", "persons"),  # 58,600 - 5.82 ten thousand
        ("growth_target_base", "exports", "", "0.92", "pp"),  # 4.63 - (52 / 50.14 - 1)
        ("vintage_twin", "exports", "", "8.6", "bn_usd"),  # 50.14 - 41.58, exports to one decimal
        ("targets", "grdp", "", "0.18", "pp"),  # 13.18 - 13
    ],
)
def test_the_gap_lies_between_the_two_sides(
    rule: str, indicator: str, start: str, gap: str, unit: str
) -> None:
    quantity = evidence(rule, indicator, start).gap
    assert quantity is not None
    assert (shown(quantity), quantity.unit) == (Decimal(gap), unit)
    assert len(quantity.operands) == 2


@pytest.mark.parametrize("rule", ["break", "twin", "target_scope", "no_scenario"])
def test_what_does_not_compare_has_no_gap(rule: str) -> None:
    every = [f.evidence for f in found() if f.id.startswith(f"{rule}/") and f.evidence]
    assert every
    assert {told.gap for told in every} == {None}


def test_what_is_computed_names_what_it_is_computed_from() -> None:
    for quantity in tally.figures(found()):
        assert quantity.formula
        assert quantity.operands, quantity.id
        assert all(quantity.operands), quantity.id


def test_named_results_of_two_findings_never_share_an_id() -> None:
    results = Results()
    results.add(*tally.figures(found()))
    assert len(results.quantities) == len(set(tally.figures(found())))


def test_results_and_targets_of_the_last_period_have_ids_and_places() -> None:
    printed = {quantity.id: quantity for quantity in edition().printed()}
    # Row 951 of the political report: 35 % of public services fully online, 80 % intended.
    own = "base:HD_old.online_public_services.level@year_2025"
    assert printed[own].value == 35
    assert printed[f"{own}/target"].value == 80
    assert edition().figures[f"{own}/target"]["line"] == 951
    # "55/67": the count and what it is a count of.
    assert printed["claim:goal_new_rural_advanced_communes"].value == 55
    assert printed["claim:goal_new_rural_advanced_communes/total"].value == 67
