"""Rules about shares of plan: stated against recomputed, and the plans that shares imply."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import ROUND_FLOOR, Decimal
from itertools import combinations

from halfyear.audit.finding import Draft, Number, Row
from halfyear.audit.rows import Facts
from halfyear.audit.rules.compare import grouped, ratio, stated
from halfyear.data import second
from halfyear.data.numeral import numerals
from halfyear.interval import Interval

HUNDRED = Decimal(100)
SHARE = "actual / plan * 100"
IMPLIED = "actual / stated share"
KINDS = ("share_of_plan", "excess_of_plan")


def shares_of_plan(facts: Facts) -> Iterator[Draft]:
    """A stated share of a plan against actual / plan, at both ends of every plan it may mean.

    Right is a share that the rounding of its operands allows, or that counts beside it give.
    """
    for claim, part in _shares(facts):
        ends = [(row, end) for row in _named(facts, claim, part) for end in _ends(row)]
        if ends:
            yield from _share(facts, claim, part, ends)


def two_plans(facts: Facts) -> Iterator[Draft]:
    """Shares of one unprinted plan of one year must imply one plan.

    Two shares of one figure in one line are of two plans on purpose.
    """
    groups: dict[tuple[str, str], list[tuple[Row, Row]]] = defaultdict(list)
    for claim, part in _shares(facts):
        if not _named(facts, claim, part) and not _adopted(facts, claim, part):
            groups[claim["indicator"], _year(claim)].append((claim, part))
    for pairs in groups.values():
        for (claim, part), (other, whole) in combinations(pairs, 2):
            beside = part["id"] == whole["id"] and _place(claim) == _place(other)
            if not beside and not _plan(facts, claim, part).overlaps(_plan(facts, other, whole)):
                yield _two_plans(facts, (claim, part), (other, whole))


def unprinted(facts: Facts) -> Iterator[Draft]:
    """Shares of plans, and excesses over them, that no document prints: one note a document
    for those of the year."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for claim, part in _shares(facts, *KINDS):
        now = _year(claim) == str(facts.edition.period.year)
        if now and not _named(facts, claim, part) and not _adopted(facts, claim, part):
            groups[claim["source"]].append(claim)
    for claims in groups.values():
        names = grouped(facts, (claim["indicator"] for claim in claims))
        first = next(claim for claim in claims if claim["indicator"] == names[0])
        values = {"names": names}
        yield Draft(
            "plan_unprinted", "no_basis", names[0], first, None, None, values, also=names[1:]
        )


def twins(facts: Facts) -> Iterator[Draft]:
    """One stated share for two denominators on one line that are not the same plan."""
    seen: dict[tuple[object, ...], tuple[Row, bool]] = {}
    for claim, part in _shares(facts):
        key = (*_place(claim), claim["indicator"], claim["printed"])
        settled = bool(_named(facts, claim, part) or _adopted(facts, claim, part))
        first, before = seen.setdefault(key, (claim, settled))
        differ = first is not claim and first["operands"] != claim["operands"]
        if differ and not (settled and before):
            yield Draft("twin_share", "no_basis", claim["indicator"], first, claim, apart=())


def _shares(facts: Facts, *kinds: str) -> Iterator[tuple[Row, Row]]:
    """Claims that give a share of a plan, each with the figure the share is of."""
    for claim in facts.claims(*(kinds or KINDS[:1])):
        parts = (facts.operands(claim) or [[]])[0]
        part = next((row for row in parts if row.get("value") is not None), None)
        if part is not None and claim["value"]:
            yield claim, part


def _named(facts: Facts, claim: Row, part: Row) -> list[Row]:
    """The plans a claim names, and what the edition's own instrument adopted, that one first."""
    plans = facts.operands(claim)[1:]
    rows = [*plans[0], *_own(facts, plans[0])] if plans else [part]
    return [row for row in map(_target, sorted(rows, key=facts.foreign)) if _ends(row)]


def _own(facts: Facts, named: Sequence[Row]) -> list[Row]:
    """The target of the edition's own instrument for what the named plans are about."""
    same = ("indicator", "measure", "place", "year")
    return [
        row
        for row in facts.rows["plan"]
        if not facts.foreign(row)
        and any(all(row[name] == plan.get(name) for name in same) for plan in named)
        and row["id"] not in {plan["id"] for plan in named}
    ]


def _adopted(facts: Facts, claim: Row, part: Row) -> Row | None:
    """The adopted target of the year that the share is right for, though it names no plan."""
    same = ("indicator", "measure", "place")
    return next(
        (
            row
            for row in facts.rows["plan"]
            if claim["kind"] == KINDS[0]
            and str(row["year"]) == _year(claim)
            and all(row[name] == part.get(name) for name in same)
            and any(
                stated(facts, claim).overlaps(ratio(facts, part, end, row["unit"]))
                for end in _ends(row)
            )
        ),
        None,
    )


def _share(facts: Facts, claim: Row, part: Row, ends: list[tuple[Row, Decimal]]) -> Iterator[Draft]:
    said = stated(facts, claim)
    spans = [ratio(facts, part, end, row["unit"]) for row, end in ends]
    if any(said.overlaps(span) for span in spans) or _beside(facts, claim, said):
        return
    shares = [
        (row, Number.rate(_exact(facts, part, row, end), SHARE, part, row)) for row, end in ends
    ]
    row, nearest = min(shares, key=lambda pair: abs(pair[1].value - claim["value"]))
    implied = part["value"] / claim["value"] * HUNDRED
    values = {"implied": facts.number(implied, part, IMPLIED, part, claim)}
    if len(shares) > 1:
        numbers = sorted((number for _, number in shares), key=lambda number: number.value)
        values |= {"low": numbers[0], "high": numbers[-1]}
    rule, kind = "share" if len(shares) == 1 else "share_range", "inconsistency"
    if _cut(claim, nearest.value):
        rule, kind = "share_cut", "rounding"
    yield Draft(rule, kind, claim["indicator"], claim, row, nearest, values)


def _exact(facts: Facts, part: Row, row: Row, end: Decimal) -> Decimal:
    value: Decimal = facts.convert(part["value"], part["unit"], row["unit"])
    return value / end * HUNDRED


def _beside(facts: Facts, claim: Row, said: Interval) -> bool:
    """Whether counts printed on the same line, "16,779/15,500", give the stated share."""
    return any(
        other["total"]
        and all(other[name] == claim[name] for name in ("source", "line", "indicator"))
        and said.overlaps(Interval.of(other["value"] / other["total"] * HUNDRED))
        for other in facts.claims("restatement")
    )


def _two_plans(facts: Facts, one: tuple[Row, Row], other: tuple[Row, Row]) -> Draft:
    values = {}
    for name, (claim, part) in (("first", one), ("second", other)):
        plan = part["value"] / claim["value"] * HUNDRED
        values[name] = facts.number(plan, part, IMPLIED, part, claim)
    return Draft(
        "two_plans",
        "inconsistency",
        one[0]["indicator"],
        one[0],
        other[0],
        values["second"],
        values,
        apart=(values["first"], values["second"]),
    )


def _plan(facts: Facts, claim: Row, part: Row) -> Interval:
    return facts.span(part) / stated(facts, claim) * HUNDRED


def _cut(claim: Row, share: Decimal) -> bool:
    """Whether a share was cut off instead of rounded."""
    printed = numerals(claim["printed"])
    step = Decimal(1).scaleb(-len(printed[0].partition(",")[2])) if printed else Decimal(1)
    return bool(share.quantize(step, rounding=ROUND_FLOOR) == claim["value"])


def _year(claim: Row) -> str:
    return str(claim["time_period"]).partition("-")[0]


def _place(claim: Row) -> tuple[object, object]:
    return claim["source"], claim["line"]


def _ends(row: Row) -> list[Decimal]:
    return [row[name] for name in ("low", "high") if row.get(name)]


def _target(row: Row) -> Row:
    """The target a row states, or prints beside its result."""
    beside = "target_low" in row and "low" not in row
    return second.target(row) if beside else row
