"""Times: editions, periods, cutoffs and days of publication that fit each other."""

from collections.abc import Iterator
from datetime import date

from halfyear.data.checks.rows import Row, at, records
from halfyear.data.faults import Fault, fault
from halfyear.data.frames import Tables
from halfyear.errors import PeriodError
from halfyear.period import Period

YEARS = 5


def faults(tables: Tables) -> Iterator[Fault]:
    """List periods, cutoffs and days of publication that cannot be."""
    yield from _sources(tables)
    begun = {row["id"]: begin(row["date"]) for row in records(tables.sources)}
    for name, frame in tables.items():
        rows = records(frame)
        late = list(_editions(rows)) if "edition" in frame else []
        yield from late
        if "cutoff" in frame:
            told = {(fault.file, fault.row) for fault in late}
            yield from _cutoffs([row for row in rows if (row["file"], row["row"]) not in told])
        if "known_at" in frame:
            yield from _known(rows, begun, "set_on" if name == "scenarios" else "")


def begin(text: str) -> date | None:
    """Give the first day of a full or partial date; None where it is none."""
    parts = text.split("-")
    try:
        year, month, day = (int(part) for part in [*parts, *["1"] * (3 - len(parts))])
        return date(year, month, day)
    except ValueError:
        return None


def end(text: str) -> date | None:
    """Give the last day of a full or partial date; None where it is none."""
    first = begin(text)
    if first is None:
        return None
    part = ("FY", f"{first.month:02d}", "")[text.count("-")]
    return Period(first.year, part).end if part else first


def _sources(tables: Tables) -> Iterator[Fault]:
    for row in records(tables.sources):
        if row["date"] and begin(row["date"]) is None:
            yield at(row, "not_a_date", "date")


def _editions(rows: list[Row]) -> Iterator[Fault]:
    wrong = set()
    for row in rows:
        edition, period = _period(row["edition"]), _period(row["time_period"])
        if edition is None or not edition.is_edition:
            wrong.add((row["file"], row["edition"]))
        elif period is not None and period.end > edition.end:
            yield at(row, "period_after_edition", "time_period", day=edition.end)
    for file, edition in sorted(wrong):
        yield fault("edition_name", file=file, found=edition)


def _cutoffs(rows: list[Row]) -> Iterator[Fault]:
    for row in rows:
        period = _period(row["time_period"])
        if period is None or row["cutoff"] is None:
            continue
        first = date(period.year, period.months[0], 1)
        if not first <= row["cutoff"] <= period.end:
            yield at(row, "cutoff_outside", "cutoff", first=first, last=period.end)


def _known(rows: list[Row], begun: dict[str, date | None], also: str) -> Iterator[Fault]:
    for row in rows:
        days = [begun.get(row["source"]), row[also] if also else None]
        latest = max((day for day in days if day is not None), default=None)
        known = row["known_at"]
        if latest is None or known is None:
            continue
        if known < latest:
            yield at(row, "known_too_early", "known_at", day=latest)
        elif known.year > latest.year + YEARS:
            yield at(row, "known_too_late", "known_at", day=f"{latest.year + YEARS}", years=YEARS)


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except PeriodError:
        return None
