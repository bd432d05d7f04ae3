"""Rules about counts: of indicators met, against figures, lists and one another."""

from collections.abc import Iterator
from decimal import Decimal

from halfyear.analysis import scorecard
from halfyear.audit.facts import Facts
from halfyear.audit.finding import Draft, Number, Row, keys
from halfyear.period import Period
from halfyear.verdict import MET, Basis

NAMED = "number of those named"
COUNTED = {
    "count_above": "all - those whose figures miss",
    "count_below": "number of those whose figures meet",
}


def counts(facts: Facts) -> Iterator[Draft]:
    """Counts of indicators met against the headline list, the list named and one another."""
    claims = [c for c in facts.claims("count") if c["value"] is not None]
    for claim in claims:
        period, place = claim["time_period"], claim["place"]
        listed = [c for c in facts.claims("verdict_list") if c["time_period"] == period]
        missed = [c for c in claims if _same(c, claim) and c["word"] == "misses"]
        if listed and _of_headline(facts, claim) and claim["value"] != len(listed):
            yield _count(facts, claim, listed[0], len(listed), NAMED, *listed)
        for other in missed:
            met = claim["word"] in MET and claim["total"] == other["total"]
            if met and claim["value"] + other["value"] != claim["total"]:
                left = claim["total"] - other["value"]
                yield _count(facts, claim, other, left, "total - missed", claim, other)
        if claim["word"] == "misses":
            rows = [
                r
                for r in facts.rows["baseline"]
                if r["place"] == place and r["stated_result"] == "not_met"
            ]
            if rows and len(rows) != claim["value"]:
                yield _count(facts, claim, rows[0], len(rows), NAMED, *rows)


def tallies(facts: Facts) -> Iterator[Draft]:
    """Counts of headline indicators met that their own figures rule out."""
    edition = facts.edition
    for claim in facts.claims("count"):
        if claim["place"] != edition.params.place or not _of_headline(facts, claim):
            continue
        card = scorecard.lines(edition, Period.parse(claim["time_period"]))
        judged = [x for x in card if x.verdict.basis is Basis.COMPUTED and x.actual]
        missed = [x for x in judged if not x.verdict.outcome.met]
        met = [x for x in judged if x.verdict.outcome.met]
        most, least = len(card) - len(missed), len(met)
        ruled_out = [("count_above", most, missed)] if claim["value"] > most else []
        ruled_out += [("count_below", least, met)] if claim["value"] < least else []
        for code, bound, among in ruled_out:
            ids = tuple(x.actual.id for x in among if x.actual)
            number = Number(Decimal(bound), 0, "", COUNTED[code], ids)
            actual = facts.row(ids[0])
            yield Draft(code, "contradiction", "", claim, actual, number, moves=True)


def _count(facts: Facts, claim: Row, other: Row, found: int, formula: str, *rows: Row) -> Draft:
    own = claim["place"] == facts.edition.params.place
    moves = own and claim["total"] == len(facts.headline)
    number = Number(Decimal(found), 0, "", formula, keys(*rows))
    return Draft("count", "contradiction", "", claim, other, number, moves=moves)


def _of_headline(facts: Facts, claim: Row) -> bool:
    """Whether a count counts headline indicators as met."""
    counted = claim["value"] is not None and claim["word"] in MET
    return counted and claim["total"] == len(facts.headline)


def _same(one: Row, other: Row) -> bool:
    return all(one[name] == other[name] for name in ("place", "time_period", "source"))
