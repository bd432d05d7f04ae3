"""Rules about the documents themselves: numbers of their rows and sections, dates of others."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from halfyear.audit.finding import Draft, Row
from halfyear.audit.rows import TABLES, Facts
from halfyear.data.numeral import numerals

SEPARATOR = "/"
_ROW = re.compile(r"\(?(\d+)\)?")
_SECTION = re.compile(r"\d+(\.\d+)*")


def numbering(facts: Facts) -> Iterator[Draft]:
    """A number that a list or table leaves out: rows on lines that follow each other skip it."""
    lists: dict[tuple[str, str], dict[int, Row]] = defaultdict(dict)
    stood: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in _rows(facts):
        stood[row["source"], row["section"]].append(row)
        parent, _, own = str(row["section"]).rpartition(SEPARATOR)
        number = _ROW.fullmatch(own)
        if number:
            lists[row["source"], parent].setdefault(int(number[1]), row)
    for found in lists.values():
        numbers = sorted(found)
        for low, high in pairwise(numbers):
            place = found[low]["source"], found[low]["section"]
            last = max(stood[place], key=lambda row: row["line"])
            if high > low + 1 and found[high]["line"] == last["line"] + 1:
                gap = str(low + 1) if high == low + 2 else f"{low + 1}-{high - 1}"
                values = {"skipped": gap, "before": str(low), "after": str(high)}
                yield Draft(
                    "row_skipped", "typographical", "", last, found[high], None, values, apart=()
                )


def sections(facts: Facts) -> Iterator[Draft]:
    """A section whose number does not continue that of the section it stands in."""
    first: dict[tuple[str, str], Row] = {}
    for row in _rows(facts):
        first.setdefault((row["source"], str(row["section"])), row)
    for (_, path), row in first.items():
        names = path.split(SEPARATOR)
        for outer, inner in pairwise(names):
            numbered = _SECTION.fullmatch(outer) and _SECTION.fullmatch(inner) and "." in inner
            if numbered and not inner.startswith(f"{outer}."):
                values = {"inner": inner, "outer": outer}
                yield Draft("section_number", "typographical", "", row, None, None, values)


def dates(facts: Facts) -> Iterator[Draft]:
    """One document cited with two dates, or with another than its own."""
    cited: dict[str, list[Row]] = defaultdict(list)
    for claim in facts.claims("citation"):
        instruments = {row["set_by"] for rows in facts.operands(claim) for row in rows}
        for instrument in instruments:
            cited[str(instrument)].append(claim)
    for instrument, claims in cited.items():
        own = _day(facts.edition.sources[instrument].date)
        claims.sort(key=lambda claim: (_date(claim) != own, claim["line"]))
        first = claims[0]
        values = {"document": facts.edition.sources[instrument]}
        for other in claims:
            if _date(other) != _date(first):
                yield Draft("cited_date", "typographical", "", first, other, None, values, apart=())
            elif other is first and _date(first) != own:
                yield Draft("cited_date_own", "typographical", "", first, None, None, values)


def _rows(facts: Facts) -> Iterator[Row]:
    for table in (*TABLES, "claims"):
        yield from (row for row in facts.rows[table] if row.get("section"))


def _date(claim: Row) -> tuple[int, ...]:
    """Day, month and year of a citation."""
    return tuple(map(int, numerals(str(claim["printed"]))[-3:]))


def _day(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in reversed(text.split("-")))
