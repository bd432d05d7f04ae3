"""Rules about verdicts: words, lists and counts of indicators met, against figures."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from halfyear.analysis import scorecard
from halfyear.audit.finding import Draft, Number, Row, keys
from halfyear.audit.rows import Facts, key_of
from halfyear.audit.rules.compare import grouped
from halfyear.data import second
from halfyear.edition import Edition
from halfyear.interval import OPEN, Interval
from halfyear.key import Kind
from halfyear.period import Period
from halfyear.results import PRINTED
from halfyear.verdict import MET, Basis, Outcome, judge

NAMED = "number of those named"
COUNTED = {
    "count_above": "all - those whose figures miss",
    "count_below": "number of those whose figures meet",
}
RESULTS = {"met": True, "exceeded": True, "not_met": False}


def words(facts: Facts) -> Iterator[Draft]:
    """A verdict word or a place in a list of met indicators against the figures it is about.

    A word on several figures that some of them do not bear out is one note that names these.
    """
    for claim in facts.claims("verdict_word", "verdict_list"):
        wrong = [(a, s, o) for a, s in _judged(facts, claim) if (o := _differs(facts, claim, a, s))]
        if len({actual["indicator"] for actual, _, _ in wrong}) > 1:
            yield _several(claim, wrong)
        else:
            yield from (_word(facts, claim, *found) for found in wrong)


def unchecked(facts: Facts) -> Iterator[Draft]:
    """Verdicts of the period for which no scenario is printed: one note a document.

    The headline indicators among them are named apart from the others.
    """
    groups: dict[tuple[str, bool], list[Row]] = {}
    for claim in facts.claims("verdict_word", "verdict_list"):
        own = claim["place"] == facts.edition.params.place and claim["indicator"]
        if own and claim["time_period"] == str(facts.edition.period) and not _checked(facts, claim):
            headline = claim["indicator"] in facts.headline
            groups.setdefault((claim["source"], headline), []).append(claim)
    for claims in groups.values():
        names = grouped(facts, (claim["indicator"] for claim in claims))
        first = next(claim for claim in claims if claim["indicator"] == names[0])
        values = {"names": names}
        yield Draft("no_scenario", "no_basis", names[0], first, None, None, values, also=names[1:])


def results(facts: Facts) -> Iterator[Draft]:
    """The stated result of a row of five-year results against its figures.

    Against those of its parts only where the row has no figure of its own: what is said of a
    total is not said of each part.
    """
    sections: dict[tuple[str, str], Row] = {}
    for row in facts.rows["baseline"]:
        if row["stated_result"]:
            sections[row["place"], row["section"]] = row
    for row in facts.rows["baseline"]:
        head = sections.get((row["place"], row["section"]))
        reached = _reached(facts, row)
        if head is None or reached is None:
            continue
        stated = RESULTS[head["stated_result"]]
        if row is head and stated != reached:
            yield _result(facts, "result", row, row)
        elif row is not head and stated and not reached and _silent(facts, row, head):
            yield _result(facts, "result_part", row, head)


def lists(facts: Facts) -> Iterator[Draft]:
    """Headline indicators met by their figures but not named, and the reverse."""
    listed = {
        (c["time_period"], c["indicator"]): c
        for c in facts.claims("verdict_list")
        if c["indicator"]
    }
    for period in {period for period, _ in listed}:
        first = next(c for (when, _), c in listed.items() if when == period)
        for indicator, measure in facts.edition.headline():
            if (period, indicator.id) in listed:
                continue
            actual = next(iter(facts.observations(indicator.id, measure, period)), None)
            limit = _scenario(facts, indicator.id, measure, period)
            if actual and limit and _judge(facts, actual, limit).met:
                yield Draft(
                    "list_omits",
                    "inconsistency",
                    indicator.id,
                    first,
                    actual,
                    moves=True,
                    apart=(actual, limit),
                )


def project_counts(facts: Facts) -> Iterator[Draft]:
    """States of a group of projects that do not add up to the group."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in facts.rows["projects"]:
        groups.setdefault((row["group"], row["measure"], row["time_period"]), []).append(row)
    for rows in groups.values():
        added, total = sum(row["count"] for row in rows), rows[0]["total"]
        if added != total:
            number = Number(Decimal(added), 0, "", "sum of the parts", keys(*rows))
            yield Draft(
                "projects",
                "inconsistency",
                "",
                rows[0],
                rows[-1],
                number,
                apart=(Number(Decimal(total), 0, "", PRINTED, keys(rows[0])), number),
            )


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
        judged = [x for x in card if x.verdict.basis is Basis.COMPUTED]
        missed = [x for x in judged if not x.verdict.outcome.met]
        met = [x for x in judged if x.verdict.outcome.met]
        most, least = len(card) - len(missed), len(met)
        ruled_out = [("count_above", most, missed)] if claim["value"] > most else []
        ruled_out += [("count_below", least, met)] if claim["value"] < least else []
        for code, bound, among in ruled_out:
            ids = tuple(x.actual.id for x in among)
            number = Number(Decimal(bound), 0, "", COUNTED[code], ids)
            actual = facts.row(ids[0])
            yield Draft(code, "inconsistency", "", claim, actual, number, moves=True)


def _silent(facts: Facts, row: Row, head: Row) -> bool:
    """Whether a part has no result of its own and its head no figure that the result is of."""
    return not row["stated_result"] and _reached(facts, head) is None


def _judged(facts: Facts, claim: Row) -> list[tuple[Row, Row]]:
    """The figures a verdict is about, each with the limit it is held against."""
    rows = [row for found in facts.operands(claim) for row in found]
    actuals = [row for row in rows if _observed(row)]
    limits = [row for row in rows if not _observed(row)]
    pairs = [
        (actual, limit)
        for actual in actuals
        for limit in limits
        if len(limits) == 1 or _alike(actual, limit)
    ]
    return pairs + [(row, row) for row in actuals if row.get("target_low") is not None]


def _alike(actual: Row, limit: Row) -> bool:
    return all(actual[name] == limit[name] for name in ("indicator", "measure"))


def _checked(facts: Facts, claim: Row) -> bool:
    """Whether the verdict has figures to be held against, or the period's scenario is printed."""
    period, indicator = claim["time_period"], claim["indicator"]
    printed = (
        row["indicator"] == indicator and row["time_period"] == period
        for row in facts.rows["scenarios"]
    )
    return bool(_judged(facts, claim)) or any(printed)


def _differs(facts: Facts, claim: Row, actual: Row, limit: Row) -> Outcome | None:
    """What the figures say, where it is not what the word says."""
    outcome = _judge(facts, actual, limit)
    if outcome is Outcome.CANNOT_TELL:
        return None
    same = (claim["word"] in MET) == outcome.met
    overstated = claim["word"] == "exceeds" and outcome is Outcome.MEETS
    return outcome if overstated or not same else None


def _word(facts: Facts, claim: Row, actual: Row, limit: Row, outcome: Outcome) -> Draft:
    same = (claim["word"] in MET) == outcome.met
    headline = actual["indicator"] in facts.headline and "scn:" in str(limit["id"])
    held = _limit(limit)
    return Draft(
        "word",
        "typographical" if same else "inconsistency",
        actual["indicator"],
        claim,
        actual,
        values={"actual": actual, "limit": held, "outcome": outcome.value},
        moves=headline and not same,
        apart=(actual, held),
    )


def _several(claim: Row, wrong: Sequence[tuple[Row, Row, Outcome]]) -> Draft:
    actual, limit, outcome = wrong[0]
    names = tuple(dict.fromkeys(row["indicator"] for row, _, _ in wrong))
    held = _limit(limit)
    values = {
        "actual": actual,
        "limit": held,
        "outcome": f"several_{outcome.value}",
        "names": names,
    }
    return Draft(
        "word_several",
        "inconsistency",
        names[0],
        claim,
        actual,
        values=values,
        apart=(actual, held),
        also=names[1:],
    )


def _judge(facts: Facts, actual: Row, limit: Row) -> Outcome:
    low = next((limit[n] for n in ("low", "target_low", "value") if limit.get(n) is not None), None)
    if limit is actual:
        low = limit["target_low"]
    if low is None or actual.get("bound") in OPEN:
        return Outcome.CANNOT_TELL
    high = limit.get("high") or (limit.get("target_high") if limit is actual else None) or low
    direction = _direction(facts.edition, actual)
    return judge(actual["value"], facts.half(actual), Interval.of(low, high), direction)


def _direction(edition: Edition, row: Row) -> str:
    direction = edition.indicators[row["indicator"]].direction
    if row["measure"] == "share":
        return "none"
    return "up" if direction == "none" else direction


def _reached(facts: Facts, row: Row) -> bool | None:
    if row["value"] is None or row["target_low"] is None or row["measure"] == "share":
        return None
    if facts.edition.indicators[row["indicator"]].direction == "none" or row["bound"]:
        return None
    outcome = _judge(facts, row, row)
    return None if outcome is Outcome.CANNOT_TELL else outcome.met


def _result(facts: Facts, rule: str, row: Row, head: Row) -> Draft:
    held = _limit(row)
    values = {
        "target": held,
        "result": row,
        "stated": head["stated_result"],
        "head": (head["indicator"],),
    }
    number = facts.number(row["value"], row)
    other = None if row is head else head
    return Draft(
        rule,
        "inconsistency",
        row["indicator"],
        row,
        other,
        number,
        values,
        apart=(row, held),
    )


def _scenario(facts: Facts, indicator: str, measure: str, period: str) -> Row | None:
    return facts.row(Kind.SCN.of(indicator, measure, period))


def _observed(row: Row) -> bool:
    return key_of(row).kind in (Kind.OBS, Kind.BASE) and row.get("value") is not None


def _limit(limit: Row) -> Row:
    """What a figure was judged against, as a row of its own."""
    bare = key_of(limit).base != second.TARGET
    beside = limit.get("target_printed") is not None and bare
    return second.target(limit) if beside else limit


def _count(facts: Facts, claim: Row, other: Row, found: int, formula: str, *rows: Row) -> Draft:
    own = claim["place"] == facts.edition.params.place
    moves = own and claim["total"] == len(facts.headline)
    number = Number(Decimal(found), 0, "", formula, keys(*rows))
    return Draft("count", "inconsistency", "", claim, other, number, moves=moves)


def _of_headline(facts: Facts, claim: Row) -> bool:
    """Whether a count counts headline indicators as met."""
    counted = claim["value"] is not None and claim["word"] in MET
    return counted and claim["total"] == len(facts.headline)


def _same(one: Row, other: Row) -> bool:
    return all(one[name] == other[name] for name in ("place", "time_period", "source"))
