"""The rules of the audit by theme, in the order in which they are applied."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from babel.numbers import format_decimal

from halfyear.analysis.nearest import REACH
from halfyear.analysis.vintage import REVISION
from halfyear.audit.finding import Draft
from halfyear.audit.rows import Facts
from halfyear.audit.rules import (
    ambition,
    bases,
    claims,
    documents,
    growth,
    periods,
    shares,
    targets,
    totals,
    verdicts,
)

Rule = Callable[[Facts], Iterator[Draft]]

RULES: Mapping[str, tuple[Rule, ...]] = {
    "period": (
        shares.shares_of_plan,
        shares.two_plans,
        shares.twins,
        shares.unprinted,
        claims.ratios,
        claims.restatements,
        claims.sums,
        claims.growths,
        periods.first_part_by_scenario,
        periods.first_part_growth,
        periods.months,
        periods.cutoffs,
        totals.parts,
        totals.remainders,
        totals.part_bases,
        totals.related,
        totals.shares,
        growth.growth_identity,
        growth.between,
        growth.contributions,
    ),
    "base": (bases.bases, bases.vintages, bases.twins, bases.breaks),
    "targets": (
        targets.targets,
        targets.growth_targets,
        targets.dates,
        targets.dropped,
        growth.target_identity,
    ),
    "goals": (
        growth.goal_identity,
        ambition.below_result,
        ambition.goal_below_target,
        ambition.below_goal,
    ),
    "assessment": (
        verdicts.words,
        verdicts.unchecked,
        verdicts.results,
        verdicts.counts,
        verdicts.tallies,
        verdicts.lists,
        verdicts.project_counts,
    ),
    "documents": (documents.numbering, documents.sections, documents.dates),
}

LIMITS: Mapping[str, Decimal] = {
    "wild": periods.WILD,
    "jump": periods.JUMP,
    "quiet": periods.QUIET,
    "busy": periods.BUSY,
    "residue": totals.RESIDUE,
    "drift": totals.DRIFT,
    "reach": REACH * 100,
    "revision": REVISION * 100,
    "far": targets.FAR,
    "unexplained": growth.UNEXPLAINED,
    "shift": growth.SHIFT,
}


def definition(rule: Rule, words: Mapping[str, str], lang: str) -> str:
    """What a rule asks, in the words of a language, with its limits in the reader's habit."""
    limits = {key: format_decimal(value, locale=lang) for key, value in LIMITS.items()}
    return words[f"rule_{name(rule)}"].format(**limits)


def name(rule: Rule) -> str:
    """The name under which the method defines a rule: module and function."""
    return f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}"
