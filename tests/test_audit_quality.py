"""How good the audit is: recall by a hand list, precision by labels, changed digits."""

import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from halfyear.audit import Finding, run
from halfyear.audit.finding import DOUBT, Draft
from halfyear.audit.rows import Facts
from halfyear.audit.rules import RULES
from halfyear.data.checks import identities, targets
from halfyear.data.numeral import NUMERAL, read_figure
from halfyear.data.units import Units
from halfyear.edition import Edition
from opened import edition

HERE = Path(__file__).parent
SHORT = {
    "R": "report_2026_h1",
    "N": "nq74_2025",
    "P": "political_report_2025",
    "A": "press_2025_11_30",
    "T": "press_2026_01_10",
}
VALUES = {
    "observations": ("value", ""),
    "scenarios": ("value", ""),
    "plan": ("low", "high"),
    "goals": ("low", "high"),
    "baseline": ("value", "value_high"),
    "claims": ("value", ""),
}
SAMPLE = 50
LEAST_SEEN = SAMPLE // 2  # the rest stand alone in the documents


Label = tuple[str, str, frozenset[tuple[str, str]]]


@cache
def found() -> tuple[Finding, ...]:
    return tuple(run(edition()))


def _places(finding: Finding) -> frozenset[tuple[str, str]]:
    sides = ((finding.source_a, finding.line_a), (finding.source_b, finding.line_b))
    return frozenset(side for side in sides if side[0])


def _label(finding: Finding) -> Label:
    return finding.rule, next(iter(finding.indicators), ""), _places(finding)


def _at(item: dict[str, Any]) -> frozenset[tuple[str, str]]:
    named = (place.split() for place in item["at"])
    return frozenset((SHORT.get(source, source), line) for source, line in named)


@cache
def labels() -> dict[str, list[dict[str, Any]]]:
    text = (HERE / "audit_labels.yml").read_text(encoding="utf-8")
    labelled: dict[str, list[dict[str, Any]]] = yaml.safe_load(text)
    return labelled


def test_every_finding_was_judged_right_by_reading_the_documents() -> None:
    right = Counter((item["rule"], item["indicator"], _at(item)) for item in labels()["right"])
    assert Counter(map(_label, found())) == right


@pytest.mark.parametrize("item", labels()["unfair"], ids=lambda item: item["why"])
def test_what_an_official_would_send_back_is_no_doubt(item: dict[str, Any]) -> None:
    raised = [f for f in found() if item["indicator"] in f.indicators and _places(f) == _at(item)]
    assert not [f.id for f in raised if f.kind in DOUBT]


def test_what_was_found_by_reading_is_found_by_the_rules() -> None:
    text = (HERE / "audit_hand_list.yml").read_text(encoding="utf-8")
    read = [item for item in yaml.safe_load(text) if "waved" not in item]
    assert len(read) > 40
    assert [item["id"] for item in read if not any(_tells(f, item) for f in found())] == []


def _tells(finding: Finding, item: dict[str, Any]) -> bool:
    """Whether a finding tells what was read: by its places, or as one of several in a note."""
    if item["indicator"] not in (finding.indicators or ("",)):
        return False
    places = frozenset((source, str(line)) for source, line in item["at"])
    return finding.rule == item["told"] if "told" in item else places <= _places(finding)


@pytest.mark.slow
def test_single_digits_changed_in_the_data() -> None:
    """A changed figure raises a finding or a check, or no rule ties it to another figure."""
    chance = random.Random(2026)
    opened = edition()
    before = {_key(draft) for draft in _drafts(opened)}
    checks = _checks(opened)
    outcomes: dict[str, list[str]] = {"raised": [], "named": [], "unseen": []}
    for table, index in chance.sample(_figures(opened), SAMPLE):
        other, id = _mutated(chance, opened, table, index)
        broken = _checks(other) - checks
        drafts = [] if broken else _drafts(other)
        if broken or {_key(draft) for draft in drafts} - before:
            outcomes["raised"].append(id)
        elif any(id in _ids(draft) for draft in drafts):
            outcomes["named"].append(id)
        else:
            outcomes["unseen"].append(id)
    assert len(outcomes["raised"]) + len(outcomes["named"]) >= LEAST_SEEN, outcomes
    held = _held_against(opened)
    assert not [id for id in outcomes["unseen"] if id in held], outcomes


def _held_against(opened: Edition) -> set[str]:
    """Figures that a claim holds against others exactly: a changed digit there must be seen."""
    facts = Facts(opened)
    exact = facts.claims("sum", "ratio", "restatement", "share_of_plan")
    return {
        str(row["id"])
        for claim in exact
        for rows in facts.operands(claim)
        for row in rows
        if len(rows) == 1 and not row.get("bound")  # "about 208,630" is held to nothing exactly
    }


def _figures(opened: Edition) -> list[tuple[str, int]]:
    return [
        (table, index)
        for table, (column, _) in VALUES.items()
        for index, row in getattr(opened.tables, table).iterrows()
        if NUMERAL.search(str(row["printed"])) and row[column] is not None
    ]


def _mutated(chance: random.Random, opened: Edition, table: str, index: int) -> tuple[Edition, str]:
    """Change one digit of a printed figure, and its value with it."""
    frame = getattr(opened.tables, table).copy()
    row = frame.loc[index]
    printed, match = row["printed"], NUMERAL.search(row["printed"])
    assert match is not None
    places = [match.start() + n for n, sign in enumerate(match.group()) if sign.isdigit()]
    place = chance.choice(places)
    digits = [
        d for d in "0123456789" if d != printed[place] and (d != "0" or place != match.start())
    ]
    changed = printed[:place] + chance.choice(digits) + printed[place + 1 :]
    figure = read_figure(changed)
    units = Units.from_frame(opened.tables.units)

    def converted(value: Decimal) -> Decimal:
        if not row["unit"] or not row["printed_unit"]:
            return value
        return units.convert(value, row["printed_unit"], row["unit"])

    low, high = VALUES[table]
    frame.at[index, "printed"] = changed
    frame.at[index, low] = converted(figure.low)
    if figure.high is not None and high:
        frame.at[index, high] = converted(figure.high)
    return replace(opened, tables=replace(opened.tables, **{table: frame})), str(row["id"])


def _drafts(opened: Edition) -> list[Draft]:
    facts = Facts(opened)
    return [draft for rules in RULES.values() for rule in rules for draft in rule(facts)]


def _key(draft: Draft) -> tuple[object, ...]:
    return draft.rule, draft.indicator, *_ids(draft)


def _ids(draft: Draft) -> tuple[object, ...]:
    return draft.one["id"], (draft.other or {}).get("id")


def _checks(opened: Edition) -> set[object]:
    broken = {(v.check, v.facts) for v in identities.violations(opened.tables)}
    return broken | {str(fault) for fault in targets.faults(opened.tables)}
