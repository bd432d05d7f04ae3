"""A session: one report read into a review sheet for the analyst."""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from halfyear import params
from halfyear.data import frames, schema
from halfyear.data.checks import times
from halfyear.data.checks.rows import records
from halfyear.data.frames import Tables
from halfyear.data.places import Places
from halfyear.document import reader
from halfyear.document.reader import Document
from halfyear.document.step import Step
from halfyear.errors import IntakeError
from halfyear.identity import Identity
from halfyear.intake.acceptance import entered_as, told_by
from halfyear.intake.layout import head, whose
from halfyear.intake.layout.head import Head
from halfyear.intake.layout.whose import Whose
from halfyear.intake.reader import agreement, reading
from halfyear.intake.reason import Reason
from halfyear.intake.refusal import refusal
from halfyear.intake.sheet import page, review, ticks
from halfyear.intake.sheet.choices import choices
from halfyear.intake.sheet.page import Top
from halfyear.intake.sheet.review import Sheet
from halfyear.intake.sheet.telling import Telling
from halfyear.period import Period
from halfyear.project import Project

_WHOSE: dict[str, Callable[[str], Reason]] = {
    "report_placeless": lambda _: Reason.of("report_placeless"),
    "report_nation": lambda _: Reason.of("report_nation"),
    "report_elsewhere": lambda names: Reason.of("report_elsewhere", names=names),
    "report_several": lambda names: Reason.of("report_several", names=names),
}


@dataclass(frozen=True)
class Wish:
    """What the analyst asks for: the period, the id of the source, and what overrides the head.

    lang is the language of the sheet.
    """

    period: Period
    source: str
    place: str = ""
    supersedes: str = ""
    lang: str = "en"


@dataclass(frozen=True)
class Outcome:
    """Where the review sheet is, how many proposals it holds, and what the analyst should know."""

    folder: Path
    proposals: int
    ticked: int
    warnings: tuple[str, ...]


def run(
    project: Project,
    path: Path,
    wish: Wish,
    out: Path,
    progress: Callable[[Step], None] = lambda _: None,
) -> Outcome:
    """Read a report and write its review sheet; nothing else is changed.

    Where the report is not surely of the project's place, nothing is ticked and no row has a place.
    Raises IntakeError where the report cannot be read.
    """
    if not wish.period.is_cumulative:
        raise IntakeError(refusal("period_kind", column="--period", period=wish.period))
    read = reader.read(path, progress)
    tables = frames.read(project).tables
    telling = Telling.of(tables, wish.lang)
    told = head.read(read.lines)
    whose_ = _whose(read, told, wish, tables)
    place = _place(told, wish, tables, whose_)
    names = (*told.places, head.home(tables.sources["issuer"]))
    found = reading.read(
        read, tables, wish.period, names=names, final=not told.draft, progress=progress
    )
    if place:
        agreement.hold(found.proposals, _levels(tables, place))
        for row in found.proposals:
            row.grounds["place"] = _ground(wish, whose_)
    instrument = ticks.scenario_plan(found.paragraphs, tables) or _scenario(project, wish, tables)
    on = ticks.tick(found.proposals, tables, instrument, place)
    if not place:
        on = [False] * len(on)
        for row in found.proposals:
            row.reasons.append(_why(whose_))
    rows = review.rows(
        found.proposals,
        on,
        telling,
        edition=str(wish.period.edition),
        place=place,
        source=wish.source,
        instrument=instrument,
    )
    sheet = Sheet(rows, described(read, told, wish, tables))
    notices = (
        *_notices(read, whose_, place, telling),
        *(() if wish.source in set(tables.sources["id"]) else _unnamed(told, sheet, telling)),
        *_entered(read, rows, tables, telling),
    )
    shown = out.relative_to(project.root) if out.is_relative_to(project.root) else out
    top = Top(str(wish.period), path.name, f"halfyear accept {shown}", notices)
    offered = choices(tables, telling, rows)
    html = page.page(telling, top, found.paragraphs, found.proposals, sheet, offered)
    _write(out, sheet, html, read, project, wish.lang)
    return Outcome(out, len(rows), sum(on), notices)


def _whose(read: Document, told: Head, wish: Wish, tables: Tables) -> Whose:
    places = Places.of(tables.places)
    own = wish.place if wish.place in places else places.home
    return whose.tell(read.lines, told, places, own, _day(told, wish))


def unsure(read: Document, told: Head, wish: Wish, tables: Tables) -> Reason | None:
    """Tell why a report is not surely of the place that is asked for; None where it is."""
    whose_ = _whose(read, told, wish, tables)
    return None if whose_.sure else _why(whose_)


def _day(told: Head, wish: Wish) -> date:
    """Give the day of a report; the last it can be where its head names a month or none."""
    return times.end(told.date) or wish.period.end


def _place(told: Head, wish: Wish, tables: Tables, whose_: Whose) -> str:
    """Give the code of the place: the one asked for, else the project's own where that is sure."""
    places = Places.of(tables.places)
    if wish.place:
        check_place(wish.place, set(tables.places["id"]))
        return wish.place
    if not whose_.sure:
        return ""
    return places.then(places.home, _day(told, wish))


def check_place(place: str, codes: set[str]) -> None:
    """Raise IntakeError where a place is none of the data's."""
    if place not in codes:
        raise IntakeError(
            refusal("place_unknown", column="--place", codes=" | ".join(sorted(codes)), place=place)
        )


def _levels(tables: Tables, place: str) -> dict[tuple[str, str], Decimal]:
    """Give the levels of a place that the data hold, by indicator and period; the latest count."""
    rows = [
        row
        for row in records(tables.observations)
        if row["place"] == place and row["measure"] == "level" and row["value"] is not None
    ]
    rows.sort(key=lambda row: str(row["known_at"]))
    return {(row["indicator"], row["time_period"]): row["value"] for row in rows}


def _ground(wish: Wish, told: Whose) -> Reason:
    if wish.place:
        return Reason.of("place_asked")
    return Reason.of("place_of_text") if told.by_text else Reason.of("place_of_head")


def _why(told: Whose) -> Reason:
    return _WHOSE[told.reason](", ".join(told.names))


def _notices(read: Document, told: Whose, place: str, telling: Telling) -> Iterator[str]:
    """Tell what the analyst should know of the report before looking at its rows."""
    if not told.sure:
        yield telling.reason(_why(told))
        asked = "command.place_asked" if place else "command.place_wanted"
        yield telling.say(asked, place=place)
    elif told.by_text:
        yield telling.say("command.place_by_text")
    if read.pictured:
        yield telling.say("command.pictured", pages=", ".join(map(str, read.pictured)))
    if read.encoding:
        yield telling.say("command.converted", encoding=read.encoding)


def _unnamed(told: Head, sheet: Sheet, telling: Telling) -> Iterator[str]:
    """Tell what the head does not say of a new document, and what stands for it."""
    if not told.issuer:
        yield telling.say("command.no_issuer")
    if not told.title:
        yield telling.say("command.no_title", title=sheet.source["title_vi"])
    if not told.date:
        yield telling.say("command.no_date", day=telling.day(sheet.source["date"]))


def _entered(
    read: Document, rows: list[dict[str, str]], tables: Tables, telling: Telling
) -> Iterator[str]:
    again = entered_as(read.sha256, tables)
    if again:
        yield telling.say("command.entered", source=again)
    elif same := told_by([row for row in rows if row["accept"]], tables):
        yield telling.say("command.told_by", source=same)


def _scenario(project: Project, wish: Wish, tables: Tables) -> str:
    """Give the plan whose scenarios the period's params name, where there are any."""
    places = Places.of(tables.places)
    own = wish.place not in ("", *places.around(places.home))
    path = project.choices(Identity(wish.period, wish.place if own else ""))
    return params.read(path).scenario if path.is_file() else ""


def known(source: str) -> str:
    """Give the id of a source where it has the form of one; raises IntakeError else."""
    if re.fullmatch(r"[a-z][a-z0-9_]*", source):
        return source
    raise IntakeError(refusal("source_id", column="--source", source=source))


def spare(folder: Path, again: bool) -> None:
    """Refuse to write over a review sheet that may hold an analyst's ticks."""
    if not again and any((folder / name).exists() for name in ("review.csv", "review.xlsx")):
        raise IntakeError(refusal("sheet_there", file=str(folder)))


def resumes(folder: Path, path: Path) -> bool:
    """Tell whether a folder holds the review sheet of this very report."""
    about = folder / "source.csv"
    if not (about.is_file() and path.is_file()):
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() in about.read_text(encoding="utf-8")


def described(read: Document, told: Head, wish: Wish, tables: Tables) -> dict[str, str]:
    """Give the row of sources.csv: the one there is, else one made from the head."""
    known = next((r for r in records(tables.sources) if r["id"] == wish.source), None)
    if known is not None:
        return {name: str(cell) for name, cell in known.items() if name not in ("file", "row")}
    standing = "draft" if told.draft or not told.number else "issued"
    return {
        "id": wish.source,
        "title_vi": told.title or read.path.stem,
        "title_en": f"Socio-economic report, {wish.period}",
        "number": told.number,
        "issuer": head.issuer(told.issuer, tables.sources["issuer"]),
        "date": told.date or str(wish.period.end),
        "status": standing,
        "supersedes": wish.supersedes,
        "medium": "text",
        "url": "",
        "sha256": read.sha256,
    }


def _write(
    out: Path, sheet: Sheet, html: Iterable[str], read: Document, project: Project, lang: str
) -> None:
    """Write everything beside, then put it in its place at once."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".intake-", dir=out.parent) as folder:
        made = Path(folder) / "made"
        made.mkdir()
        review.write(made, sheet, schema.read(project), lang)
        with (made / "review.html").open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(html)
        (made / "text.txt").write_text("\n".join(read.lines), encoding="utf-8", newline="\n")
        if out.exists():
            out.rename(Path(folder) / "old")
        shutil.move(made, out)
