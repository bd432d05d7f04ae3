"""Weights of sectors in a total at previous-year constant prices."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from halfyear.edition import Edition
from halfyear.interval import Interval
from halfyear.key import Key, Kind
from halfyear.period import Period
from halfyear.results import Quantity

HUNDRED = Decimal(100)
SHARE = 4
PERCENT_DECIMALS = 1
SIDES = 2  # former places whose mix one growth tells
ROLLED = "contribution / growth, rolled one year: w (1 + g) / sum w (1 + g)"


def sectors(edition: Edition, parent: str, base: Period) -> list[str]:
    """The parts of a total with published contributions in the base period, in any place."""

    def contributes(part: str) -> bool:
        rows = edition.observed(part)
        when = rows["time_period"] == str(base)
        return bool((when & (rows["measure"] == "contribution")).any())

    parts = [i.id for i in edition.indicators.values() if i.parent == parent]
    return [part for part in parts if contributes(part)]


def weights(edition: Edition, parent: str, base: Period) -> list[Quantity]:
    """Weights of the parts of a total for growth over a base period, between 0 and 1.

    The weights of the base period's own growth are contribution / growth; each is rolled by the
    growth of its part and all are normalised to 1. Where only the two former places publish
    contributions, theirs are mixed so that their total growths give the merged one.
    """
    parts = sectors(edition, parent, base)
    keys = [Kind.SECTOR_WEIGHT.of(part, when=base) for part in parts]
    own, used, missing = _own(edition, parts, base, edition.params.place)
    if missing:
        own, used, missing = _mixed(edition, parent, parts, base)
    rates = {part: edition.fact(part, "growth_yoy", base) for part in parts}
    missing += tuple(rate.id for rate in rates.values() if rate.absent)
    if missing or not parts:
        lacks = missing or (str(Kind.OBS.of(parent, "contribution", base)),)
        every = keys or [Kind.SECTOR_WEIGHT.of(parent, when=base)]
        return [replace(_frame(key), missing=lacks) for key in every]
    factors = {part: 1 + rate.value / HUNDRED for part, rate in rates.items()}
    rolled = {part: own[part] * factors[part] for part in parts}
    whole = sum(rolled.values(), Decimal(0))
    if whole <= 0:
        reason = ("growth of -100 % or less",)
        return [replace(_frame(key), missing=reason) for key in keys]
    operands = (*used, *(rate.id for rate in rates.values() if rate.id not in used))
    return [
        replace(_frame(key), interval=Interval.of(rolled[part] / whole), operands=operands)
        for key, part in zip(keys, parts, strict=True)
    ]


def _frame(key: Key) -> Quantity:
    return Quantity.frame(key, "", SHARE, ROLLED)


def by_part(found: list[Quantity]) -> dict[str, Quantity]:
    """Give weights by the part they belong to."""
    return {weight.key.subject: weight for weight in found}


_PERCENT = {
    Kind.SECTOR_WEIGHT: Kind.SECTOR_PERCENT,
    Kind.IMPLIED_WEIGHT: Kind.IMPLIED_PERCENT,
}


def percent(weight: Quantity) -> Quantity:
    """A weight between 0 and 1 as per cent; "weight" in its id becomes "percent"."""
    return replace(
        weight,
        id=str(replace(weight.key, kind=_PERCENT[weight.key.kind])),
        interval=weight.interval * HUNDRED if weight.interval else None,
        unit="pct",
        decimals=PERCENT_DECIMALS,
    )


def _own(
    edition: Edition, parts: list[str], base: Period, place: str
) -> tuple[Mapping[str, Decimal], tuple[str, ...], tuple[str, ...]]:
    """Weights of one place, the ids they rest on, the ids that lack."""
    found, used, missing = {}, [], []
    for part in parts:
        pair = [edition.fact(part, m, base, place) for m in ("contribution", "growth_yoy")]
        for measure, fact in zip(("contribution", "growth_yoy"), pair, strict=True):
            if fact.absent or not fact.known.exact or fact.value == 0:
                missing.append(str(Kind.OBS.of(part, measure, base)))
            else:
                used.append(fact.id)
        added, rate = pair
        if all(fact.interval and fact.interval.exact for fact in pair) and rate.value:
            found[part] = added.value / rate.value
    return found, tuple(used), tuple(missing)


def _mixed(
    edition: Edition, parent: str, parts: list[str], base: Period
) -> tuple[Mapping[str, Decimal], tuple[str, ...], tuple[str, ...]]:
    """Weights of the merged place from both former ones: a g1 + (1 - a) g2 = g gives the mix a.

    The growth of three or more former places does not tell their mix: then the weights lack.
    """
    if len(edition.former) != SIDES:
        return {}, (), _own(edition, parts, base, edition.params.place)[2]
    merged = edition.fact(parent, "growth_yoy", base)
    totals = [edition.fact(parent, "growth_yoy", base, place) for place in edition.former]
    sides = [_own(edition, parts, base, place) for place in edition.former]
    missing = tuple(name for side in sides for name in side[2])
    lacking = str(Kind.OBS.of(parent, "growth_yoy", base))
    missing += tuple(lacking for fact in (merged, *totals) if fact.absent)
    one, two = totals
    if missing or one.value == two.value:
        return {}, (), tuple(dict.fromkeys(missing)) or (lacking,)
    mix = (merged.value - two.value) / (one.value - two.value)
    mixed = {part: mix * sides[0][0][part] + (1 - mix) * sides[1][0][part] for part in parts}
    used = (*sides[0][1], *sides[1][1], merged.id, one.id, two.id)
    return mixed, used, ()
