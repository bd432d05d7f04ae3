"""Params files: the few choices that make one edition."""

import re
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from halfyear.errors import ParamsError, PeriodError, Problem
from halfyear.interval import Interval
from halfyear.period import EDITIONS, Period

LANGUAGES = ("vi", "en")
LIMITS = ("cell_seconds", "notebook_seconds", "output_megabytes")
OPTIONAL = frozenset({"earlier_share", *LIMITS})


@dataclass(frozen=True)
class Assumption:
    """A share that is assumed, between 0 and 1: its range, and the value shown within it."""

    span: Interval
    shown: Decimal


@dataclass(frozen=True)
class Earlier:
    """An edition as it was on a day."""

    period: Period
    day: date

    def __str__(self) -> str:
        return f"{self.period} {self.day}"


@dataclass(frozen=True)
class Params:
    """The choices of one edition.

    elapsed_weight: for each cut of the year, the share of the elapsed part in a year's GRDP at
    constant prices, as an interval between 0 and 1; used only until both levels are published.
    earlier_share: for each cut, the share of the months before its last quarter in the cut's GRDP
    at constant prices; a cut that is not named has none, and nothing is implied from it.
    scenario and plan are empty where the documents hold none for the year. compared_with is the
    edition, as of a day, whose figures these are held against; None for the first one.
    cell_seconds, notebook_seconds, output_megabytes: what a notebook may take.
    """

    period: Period
    edition_date: date
    place: str
    report: str
    scenario: str
    plan: str
    goal_period: str
    elapsed_weight: dict[str, Interval]
    languages: tuple[str, ...]
    letterhead: bool
    compared_with: Earlier | None
    earlier_share: dict[str, Assumption] = field(default_factory=dict)
    cell_seconds: int = 300
    notebook_seconds: int = 900
    output_megabytes: int = 50

    @property
    def goal_years(self) -> tuple[int, int]:
        """First and last year of the goal period."""
        first, last = self.goal_period.split("-")
        return int(first), int(last)


def read(path: Path) -> Params:
    """Read and check a params file; raises ParamsError with every problem found."""
    if not path.is_file():
        raise ParamsError(
            Problem(
                "no such params file",
                file=str(path),
                expected="one file an edition, such as params/2026-H1.yml",
                mend=f"halfyear new {path.stem} writes it",
            )
        )
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ParamsError(
            Problem("not readable as YAML", file=str(path), found=str(error).splitlines()[0])
        ) from error
    return _checked(content, path)


def _checked(content: Any, path: Path) -> Params:
    names = [f.name for f in fields(Params)]
    if not isinstance(content, dict):
        raise ParamsError(Problem("no keys", file=str(path), expected=", ".join(names)))
    problems = [
        Problem(
            "unknown key",
            file=str(path),
            column=str(key),
            expected=", ".join(names),
            found=str(key),
            mend="correct the spelling or delete the line",
        )
        for key in content
        if key not in names
    ]
    problems += [
        Problem("missing key", file=str(path), column=name, mend=f"add {name}:")
        for name in names
        if name not in content and name not in OPTIONAL
    ]
    if problems:
        raise ParamsError(*problems)
    readers = {
        "period": _period(path.stem),
        "edition_date": _date,
        "elapsed_weight": _weights,
        "earlier_share": _assumptions,
        "languages": _languages,
        "letterhead": _flag,
        "goal_period": _years,
        "scenario": _text_or_none,
        "plan": _text_or_none,
        "compared_with": _earlier,
        **dict.fromkeys(LIMITS, _limit),
    }
    values = {}
    for name in (name for name in names if name in content):
        try:
            values[name] = readers.get(name, _text)(content[name])
        except ValueError as error:
            problems.append(
                Problem(
                    "unusable value",
                    file=str(path),
                    column=name,
                    expected=str(error),
                    found=repr(content[name]),
                )
            )
    if problems:
        raise ParamsError(*problems)
    params = Params(**values)
    if params.edition_date < params.period.end:
        raise ParamsError(
            Problem(
                "the edition is dated before its period ends",
                file=str(path),
                column="edition_date",
                expected=f"{params.period.end} or later",
                found=str(params.edition_date),
            )
        )
    _check_earlier(params, path)
    return params


def _check_earlier(params: Params, path: Path) -> None:
    """Refuse to compare an edition with one that is not earlier."""
    before = params.compared_with
    if before is None:
        return
    same = before.period == params.period and before.day < params.edition_date
    if not same and (before.period.end >= params.period.end or before.day > params.edition_date):
        raise ParamsError(
            Problem(
                "the edition is compared with one that is not earlier",
                file=str(path),
                column="compared_with",
                expected=f"a period before {params.period}, or {params.period} on an earlier day",
                found=str(before),
                mend="name the last edition and its day, as in 2025-FY 2026-01-31",
            )
        )


def _period(stem: str) -> Any:
    def reader(value: Any) -> Period:
        period = Period.parse(str(value))
        if not period.is_edition:
            raise ValueError(f"a period that ends with {', '.join(EDITIONS)}")
        if str(period) != stem:
            raise ValueError(f"the name of the file, {stem}")
        return period

    return reader


def _date(value: Any) -> date:
    if not isinstance(value, date):
        raise ValueError("a date, YYYY-MM-DD")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("a text")
    return value


def _text_or_none(value: Any) -> str:
    return "" if value is None else _text(value)


def _earlier(value: Any) -> Earlier | None:
    if value is None:
        return None
    match = re.fullmatch(r"(\S+) (\d{4}-\d{2}-\d{2})", str(value))
    if match is None:
        raise ValueError("an edition and its day, as in 2025-FY 2026-01-31; empty for the first")
    try:
        period = Period.parse(match[1])
    except PeriodError as error:
        raise ValueError(f"a period that ends with {', '.join(EDITIONS)}") from error
    if not period.is_edition:
        raise ValueError(f"a period that ends with {', '.join(EDITIONS)}")
    return Earlier(period, date.fromisoformat(match[2]))


def _years(value: Any) -> str:
    match = re.fullmatch(r"([0-9]{4})-([0-9]{4})", str(value))
    if match is None or match[1] >= match[2]:
        raise ValueError("first and last year, as in 2026-2030")
    return str(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _limit(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("a whole number from 1 on")
    return value


def _languages(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not set(value) <= set(LANGUAGES):
        raise ValueError(f"a list of {', '.join(LANGUAGES)}")
    return tuple(value)


def _weights(value: Any) -> dict[str, Interval]:
    form = "for each of Q1, H1, 9M a range [low, high] between 0 and 1"
    if not isinstance(value, dict):
        raise ValueError(form)
    weights = {}
    for cut, ends in value.items():
        if cut not in EDITIONS or not isinstance(ends, list) or len(ends) != 2:
            raise ValueError(form)
        low, high = (Decimal(str(end)) for end in ends)
        if not 0 < low <= high < 1:
            raise ValueError(form)
        weights[cut] = Interval(low, high)
    return weights


def _assumptions(value: Any) -> dict[str, Assumption]:
    form = "for each of H1, 9M, FY three numbers [low, shown, high] between 0 and 1"
    if not isinstance(value, dict):
        raise ValueError(form)
    found = {}
    for cut, numbers in value.items():
        if cut not in EDITIONS[1:] or not isinstance(numbers, list) or len(numbers) != 3:
            raise ValueError(form)
        low, shown, high = (_number(number, form) for number in numbers)
        if not 0 < low <= shown <= high < 1:
            raise ValueError(form)
        found[cut] = Assumption(Interval(low, high), shown)
    return found


def _number(value: Any, form: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(form)
    return Decimal(str(value))
