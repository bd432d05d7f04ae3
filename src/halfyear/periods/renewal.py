"""Renewal: the files of a new period, made from the last edition."""

from pathlib import Path

import yaml

from halfyear import params
from halfyear.data import change, schema
from halfyear.data.faults import fault
from halfyear.data.tablefile import TableFile
from halfyear.data.tables import load
from halfyear.errors import ParamsError, PeriodError, Problem
from halfyear.period import EDITIONS, Period
from halfyear.periods import workbook
from halfyear.periods.carried import carried
from halfyear.project import Project

ONE_FILE_AN_EDITION = ("observations", "projects")


def editions(project: Project) -> list[Period]:
    """List the periods that have a params file, the earliest first.

    Raises ParamsError naming every file there that is not named after one.
    """
    periods = [(path, _of(path.stem)) for path in sorted(project.params.glob("*.yml"))]
    stray = [f"params/{path.name}" for path, period in periods if period is None]
    if stray:
        raise ParamsError(*(fault("params_stray", file=name) for name in stray))
    return sorted((period for _, period in periods if period), key=lambda period: period.end)


def _of(name: str) -> Period | None:
    try:
        period = Period.parse(name)
    except PeriodError:
        return None
    return period if period.is_edition else None


def last_before(project: Project, period: Period) -> Period:
    """Give the latest edition that ends before a period; raises ParamsError where none does."""
    earlier = [known for known in editions(project) if known.end < period.end]
    if not earlier:
        raise ParamsError(
            Problem(
                "no earlier edition to start from",
                file=str(project.params),
                expected=f"a params file of a period before {period}",
                mend="write the first params file by hand; params/README.md explains it",
            )
        )
    return earlier[-1]


def report_id(period: Period) -> str:
    """Give the usual id of the report on a period."""
    return f"report_{period.year}_{period.part.lower()}"


def begin(project: Project, text: str) -> list[Path]:
    """Write the params file, the empty data files and the workbook of a new period.

    Gives the files. Raises PeriodError where it is no period an edition can have, ParamsError
    where one of the files is there already, DataError where one cannot be written; then nothing
    is changed.
    """
    new = Period.parse(text)
    if not new.is_edition:
        ends = ", ".join(f"{new.year}-{part}" for part in EDITIONS)
        raise PeriodError(
            Problem("no edition is cut here", expected=ends, found=text, mend="choose one of these")
        )
    last = last_before(project, new)
    with change.made(project, f"new {new}") as copy:
        tables, package = load(copy), schema.read(copy)
        choices, book = copy.params / f"{new}.yml", copy.root / f"{new}.xlsx"
        files = [TableFile.open(copy, package[name], new) for name in ONE_FILE_AN_EDITION]
        names = [path.relative_to(copy.root) for path in (choices, *(f.path for f in files), book)]
        _refuse([project.root / name for name in names])
        choices.parent.mkdir()
        choices.write_text(
            _choices(params.read(project.params / f"{last}.yml"), new),
            encoding="utf-8",
            newline="\n",
        )
        for file in files:
            file.save()
        rows = carried(tables, last, new, report_id(new))
        words = {"period": str(new), "last": str(last), "file": book.name}
        workbook.write(book, rows, tables, package, words, new.end)
    return [project.root / name for name in names]


def _refuse(paths: list[Path]) -> None:
    problems = [
        Problem("the file is there already", file=str(path), mend="keep it, or move it away first")
        for path in paths
        if path.exists()
    ]
    if problems:
        raise ParamsError(*problems)


def _choices(last: params.Params, new: Period) -> str:
    """Write the last edition's choices for a new period; a new year has a new plan."""
    same = new.year == last.period.year
    weights = {
        cut: [float(ends.low), float(ends.high)] for cut, ends in last.elapsed_weight.items()
    }
    shares = {
        cut: [float(share.span.low), float(share.shown), float(share.span.high)]
        for cut, share in last.earlier_share.items()
    }
    content = {
        "period": str(new),
        "edition_date": new.end,
        "place": last.place,
        "report": report_id(new),
        "scenario": (last.scenario or None) if same else None,
        "plan": (last.plan or None) if same else None,
        "goal_period": last.goal_period,
        "elapsed_weight": weights,
        "earlier_share": shares,
        "languages": list(last.languages),
        "letterhead": last.letterhead,
        "compared_with": f"{last.period} {last.edition_date}",
    }
    head = f"# One edition: {new}. Every key is explained in params/README.md.\n"
    return head + yaml.safe_dump(
        content, allow_unicode=True, sort_keys=False, default_flow_style=None
    )
