"""A session: one report read into a review sheet for the analyst."""

import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from halfyear import params
from halfyear.data import frames, schema
from halfyear.data.checks.rows import records
from halfyear.data.frames import Tables
from halfyear.data.ids import HOME
from halfyear.document import reader
from halfyear.document.reader import Document
from halfyear.document.step import Step
from halfyear.errors import IntakeError, Problem
from halfyear.intake.acceptance import entered_as
from halfyear.intake.layout import head
from halfyear.intake.layout.head import Head
from halfyear.intake.reader import reading
from halfyear.intake.sheet import page, review, ticks
from halfyear.intake.sheet.page import Top
from halfyear.intake.sheet.review import Sheet
from halfyear.intake.sheet.telling import Telling
from halfyear.period import Period
from halfyear.project import Project


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

    Raises IntakeError where the report cannot be read or is not of the project's place.
    """
    if not wish.period.is_cumulative:
        raise IntakeError(
            Problem(
                "a report tells of months since January",
                expected="a period such as 2026-M08, 2026-Q1, 2026-H1, 2026-9M or 2026-FY",
                found=str(wish.period),
            )
        )
    read = reader.read(path, progress)
    tables = frames.read(project).tables
    telling = Telling.of(tables, wish.lang)
    told = head.read(read.lines)
    place, warnings = _place(told, wish, tables, telling)
    again = entered_as(read.sha256, tables)
    if again:
        warnings += (telling.say("command.entered", source=again),)
    names = (*told.places, head.home(tables.sources["issuer"]))
    found = reading.read(
        read, tables, wish.period, names=names, final=not told.draft, progress=progress
    )
    instrument = ticks.scenario_plan(found.paragraphs, tables) or _scenario(project, wish.period)
    on = ticks.tick(found.proposals, tables, instrument)
    rows = review.rows(
        found.proposals,
        on,
        telling,
        edition=str(wish.period.edition),
        place=place,
        source=wish.source,
        instrument=instrument,
    )
    sheet = Sheet(rows, _source(read, told, wish, tables))
    shown = out.relative_to(project.root) if out.is_relative_to(project.root) else out
    top = Top(sheet.source, str(wish.period), path.name, f"halfyear accept {shown}")
    html = page.page(telling, top, found.paragraphs, found.proposals, on)
    _write(out, sheet, html, read, project, wish.lang)
    return Outcome(out, len(rows), sum(on), warnings)


def _scenario(project: Project, period: Period) -> str:
    """Give the plan whose scenarios the period's params name, where there are any."""
    path = project.params / f"{period}.yml"
    return params.read(path).scenario if path.is_file() else ""


def known(source: str) -> str:
    """Give the id of a source where it has the form of one; raises IntakeError else."""
    if re.fullmatch(r"[a-z][a-z0-9_]*", source):
        return source
    raise IntakeError(
        Problem(
            "not an id of a source",
            column="--source",
            expected="small letters, digits and _",
            found=repr(source),
            mend="write for example report_2026_9m",
        )
    )


def spare(folder: Path, again: bool) -> None:
    """Refuse to write over a review sheet that may hold an analyst's ticks."""
    if not again and any((folder / name).exists() for name in ("review.csv", "review.xlsx")):
        raise IntakeError(
            Problem(
                "there is a review sheet already",
                file=str(folder),
                mend="accept it, or read again with --again, which drops its ticks",
            )
        )


def _place(told: Head, wish: Wish, tables: Tables, telling: Telling) -> tuple[str, tuple[str, ...]]:
    """Give the code of the place, with a warning where the head names none."""
    codes = set(tables.observations["place"]) | {HOME}
    if wish.place:
        if wish.place not in codes:
            raise IntakeError(
                Problem("unknown place", expected=" | ".join(sorted(codes)), found=repr(wish.place))
            )
        return wish.place, ()
    home = head.home(tables.sources["issuer"])
    if not told.places or not home:
        return HOME, (telling.say("command.no_place"),)
    if not any(f"{name} ".startswith(f"{home} ") for name in told.places):
        raise IntakeError(
            Problem(
                "the report is of another place",
                expected=home,
                found=", ".join(told.places),
                mend="check the file; --place CODE reads it all the same",
            )
        )
    return HOME, ()


def _source(read: Document, told: Head, wish: Wish, tables: Tables) -> dict[str, str]:
    """Give the row of sources.csv: the one there is, else one made from the head."""
    known = next((r for r in records(tables.sources) if r["id"] == wish.source), None)
    if known is not None:
        return {name: str(cell) for name, cell in known.items() if name not in ("file", "row")}
    standing = "draft" if told.draft or not told.number else "issued"
    own = next((r["issuer"] for r in records(tables.sources) if r["status"] == "draft"), "")
    return {
        "id": wish.source,
        "title_vi": told.title or read.path.stem,
        "title_en": f"Socio-economic report, {wish.period}",
        "number": told.number,
        "issuer": own or "UBND",
        "date": told.date or str(wish.period.end),
        "status": standing,
        "supersedes": wish.supersedes,
        "medium": "text",
        "url": "",
        "sha256": read.sha256,
    }


def _write(out: Path, sheet: Sheet, html: str, read: Document, project: Project, lang: str) -> None:
    """Write everything beside, then put it in its place at once."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".intake-", dir=out.parent) as folder:
        made = Path(folder) / "made"
        made.mkdir()
        review.write(made, sheet, schema.read(project), lang)
        (made / "review.html").write_text(html, encoding="utf-8", newline="\n")
        (made / "text.txt").write_text("\n".join(read.lines), encoding="utf-8", newline="\n")
        if out.exists():
            out.rename(Path(folder) / "old")
        shutil.move(made, out)
