"""The rules of the audit, in the order in which they are applied."""

from collections.abc import Callable, Iterator

from halfyear.audit import (
    claims,
    counts,
    goals,
    growth,
    lastyear,
    periods,
    plans,
    shares,
    totals,
    words,
)
from halfyear.audit.facts import Facts
from halfyear.audit.finding import Draft

Rule = Callable[[Facts], Iterator[Draft]]

RULES: tuple[Rule, ...] = (
    shares.shares_of_plan,
    shares.excesses,
    claims.ratios,
    claims.restatements,
    claims.sums,
    claims.growths,
    shares.twins,
    words.words,
    words.results,
    counts.counts,
    counts.tallies,
    words.lists,
    words.project_counts,
    periods.first_part_by_scenario,
    periods.first_part_growth,
    periods.months,
    periods.cutoffs,
    lastyear.bases,
    lastyear.vintages,
    lastyear.twins,
    lastyear.breaks,
    totals.parts,
    totals.part_bases,
    growth.growth_identity,
    growth.target_identity,
    growth.goal_identity,
    growth.between,
    growth.contributions,
    totals.related,
    totals.shares,
    plans.targets,
    goals.below_result,
    goals.goal_below_target,
    goals.path,
    plans.growth_targets,
    plans.dates,
    plans.dropped,
)
