"""Renewal: the files of a new period, made from the last edition."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from halfyear import params, yamlfile
from halfyear.data import change, cited, placed, schema
from halfyear.data.tablefile import TableFile
from halfyear.data.tables import load
from halfyear.errors import ParamsError, PeriodError, Problem
from halfyear.identity import Identity
from halfyear.interval import Interval
from halfyear.period import EDITIONS
from halfyear.periods import listed, workbook
from halfyear.periods.carried import carried
from halfyear.project import Project

ONE_FILE_AN_EDITION = ("observations", "projects")
GOALS = 5  # years of a plan period


def last_before(project: Project, edition: Identity) -> Identity | None:
    """Give the latest edition of the same place that ends before one; None for the first."""
    earlier = [
        known
        for known in listed.editions(project)
        if known.place == edition.place and known.period.end < edition.period.end
    ]
    return earlier[-1] if earlier else None


def report_id(new: Identity) -> str:
    """Give the usual id of the report of an edition."""
    place = f"{new.place.lower()}_" if new.place else ""
    return f"report_{place}{new.period.year}_{new.period.part.lower()}"


def begin(project: Project, text: str) -> list[Path]:
    """Write the params file, the empty data files and the workbook of a new period.

    Gives the files. A second place begins with its code, as in QN/2026-H1, and shares the data
    files of a period that are there. Raises PeriodError where it is no period an edition can have,
    ParamsError where one of the files is there already or the place does not exist then, DataError
    where one cannot be written; then nothing is changed.
    """
    new = project.named(text)
    if not new.period.is_edition:
        ends = ", ".join(f"{new.period.year}-{part}" for part in EDITIONS)
        raise PeriodError(
            Problem("no edition is cut here", expected=ends, found=text, mend="choose one of these")
        )
    last = last_before(project, new)
    with change.made(project, f"new {new}") as copy:
        tables, package = load(copy), schema.read(copy)
        choices, book = copy.choices(new), copy.root / workbook.name(new)
        made = _first(new, project.home) if last is None else _next(project, last, new)
        wrong = list(cited.placed(made, tables, f"params/{new}.yml"))
        if wrong:
            raise ParamsError(*wrong)
        tables_of = [
            TableFile.open(copy, package[name], new.period) for name in ONE_FILE_AN_EDITION
        ]
        names = [
            path.relative_to(copy.root) for path in (choices, *(f.path for f in tables_of), book)
        ]
        _refuse([project.root / name for name in (names[0], names[-1])])
        choices.parent.mkdir(parents=True)
        choices.write_text(_written(made), encoding="utf-8", newline="\n")
        for file in tables_of:
            file.save()
        own = placed.of(tables, made.place)
        rows = carried(own, last.period if last else None, new.period, made.report)
        words = {"period": str(new), "last": str(last or "–"), "file": book.name}
        workbook.write(book, rows, tables, package, words, new.period.end)
    return [project.root / name for name in names]


def _refuse(paths: list[Path]) -> None:
    problems = [
        Problem("the file is there already", file=str(path), mend="keep it, or move it away first")
        for path in paths
        if path.exists()
    ]
    if problems:
        raise ParamsError(*problems)


def _next(project: Project, last: Identity, new: Identity) -> params.Params:
    """The last edition's choices for a new period; a new year has a new plan."""
    known = params.read(project.choices(last))
    same = new.period.year == last.period.year
    return replace(
        known,
        period=new.period,
        edition_date=new.period.end,
        report=report_id(new),
        scenario=known.scenario if same else "",
        plan=known.plan if same else "",
        goal_period=known.goal_period if new.period.year in goal_years(known) else _goals(new),
        compared_with=params.Earlier(known.period, known.edition_date),
    )


def goal_years(known: params.Params) -> range:
    """The years that the goals of an edition are for."""
    first, last = known.goal_years
    return range(first, last + 1)


def _goals(new: Identity) -> str:
    """The five-year plan period that a year is in, such as 2026-2030."""
    first = (new.period.year - 1) // GOALS * GOALS + 1
    return f"{first}-{first + GOALS - 1}"


def _first(new: Identity, home: str) -> params.Params:
    """The choices of the first edition of a place, which rests on no earlier one."""
    assumed = assumptions()
    return params.Params(
        period=new.period,
        edition_date=new.period.end,
        place=new.place or home,
        report=report_id(new),
        scenario="",
        plan="",
        goal_period=_goals(new),
        elapsed_weight={
            cut: Interval(*map(Decimal, ends)) for cut, ends in assumed["elapsed_weight"].items()
        },
        earlier_share={
            cut: params.Assumption(Interval(Decimal(low), Decimal(high)), Decimal(shown))
            for cut, (low, shown, high) in assumed["earlier_share"].items()
        },
        languages=params.LANGUAGES,
        letterhead=False,
        compared_with=None,
        folder=new.place,
    )


@cache
def assumptions() -> dict[str, dict[str, list[str]]]:
    """The shares of a year that a first edition assumes, as texts of numbers."""
    content: dict[str, dict[str, list[str]]] = yamlfile.packed(
        "halfyear.periods", "assumptions.yml"
    )
    return content


def _written(known: params.Params) -> str:
    """Write choices as a params file."""
    weights = {
        cut: [float(ends.low), float(ends.high)] for cut, ends in known.elapsed_weight.items()
    }
    shares = {
        cut: [float(share.span.low), float(share.shown), float(share.span.high)]
        for cut, share in known.earlier_share.items()
    }
    content = {
        "period": str(known.period),
        "edition_date": known.edition_date,
        "place": known.place,
        "report": known.report,
        "scenario": known.scenario or None,
        "plan": known.plan or None,
        "goal_period": known.goal_period,
        "elapsed_weight": weights,
        "earlier_share": shares,
        "languages": list(known.languages),
        "letterhead": known.letterhead,
        "compared_with": str(known.compared_with) if known.compared_with else None,
    }
    head = f"# One edition: {known.identity}. Every key is explained in params/README.md.\n"
    return head + yaml.safe_dump(
        content, allow_unicode=True, sort_keys=False, default_flow_style=None
    )
