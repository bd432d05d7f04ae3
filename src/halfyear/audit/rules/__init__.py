"""The rules of the audit, in the order in which they are applied."""

from collections.abc import Callable, Iterator

from halfyear.audit.finding import Draft
from halfyear.audit.rows import Facts
from halfyear.audit.rules import (
    ambition,
    bases,
    claims,
    growth,
    periods,
    shares,
    targets,
    totals,
    verdicts,
)

Rule = Callable[[Facts], Iterator[Draft]]

RULES: tuple[Rule, ...] = (
    shares.shares_of_plan,
    shares.excesses,
    claims.ratios,
    claims.restatements,
    claims.sums,
    claims.growths,
    shares.twins,
    verdicts.words,
    verdicts.results,
    verdicts.counts,
    verdicts.tallies,
    verdicts.lists,
    verdicts.project_counts,
    periods.first_part_by_scenario,
    periods.first_part_growth,
    periods.months,
    periods.cutoffs,
    bases.bases,
    bases.vintages,
    bases.twins,
    bases.breaks,
    totals.parts,
    totals.part_bases,
    growth.growth_identity,
    growth.target_identity,
    growth.goal_identity,
    growth.between,
    growth.contributions,
    totals.related,
    totals.shares,
    targets.targets,
    ambition.below_result,
    ambition.goal_below_target,
    ambition.path,
    targets.growth_targets,
    targets.dates,
    targets.dropped,
)
