"""Params files: the few choices that make one edition."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from halfyear import yamlfile
from halfyear.errors import ParamsError, Problem
from halfyear.identity import Identity
from halfyear.interval import Interval
from halfyear.period import Period

LANGUAGES = ("vi", "en")
LIMITS = ("cell_seconds", "notebook_seconds", "output_megabytes")
YEARS = 5  # an edition is cut within these after its period
FOUND = 200
FOLDER = "params"


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
    folder is that of a second place in params/, which bears its code; "" for the project's own.
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
    folder: str = ""

    @property
    def identity(self) -> Identity:
        """What the edition is called."""
        return Identity(self.period, self.folder)

    @property
    def goal_years(self) -> tuple[int, int]:
        """First and last year of the goal period."""
        first, last = self.goal_period.split("-")
        return int(first), int(last)


def spoken(version: str) -> list[str]:
    """The languages of a version of the briefing: "vi", "en", or "vi-en" in both."""
    return version.split("-")


FORMS = {  # what each key takes, in English and Vietnamese
    "period": ("the name of the file, {stem}", "tên tệp, {stem}"),
    "edition_date": (
        "a date, YYYY-MM-DD, from the end of the period to {years} years after it",
        "ngày, YYYY-MM-DD, từ cuối kỳ đến {years} năm sau đó",
    ),
    "place": ("a text", "mã địa bàn"),
    "report": ("a text, the id of a source", "mã của một nguồn"),
    "scenario": (
        "a text, the id of a source; empty for none",
        "mã của một nguồn; không có thì để trống",
    ),
    "plan": (
        "a text, the id of a source; empty for none",
        "mã của một nguồn; không có thì để trống",
    ),
    "goal_period": ("first and last year, as in 2026-2030", "năm đầu và năm cuối, như 2026-2030"),
    "elapsed_weight": (
        "for each of Q1, H1, 9M a range [low, high] between 0 and 1",
        "với mỗi mốc Q1, H1, 9M một khoảng [thấp, cao] giữa 0 và 1",
    ),
    "earlier_share": (
        "for each of H1, 9M, FY three numbers [low, shown, high] between 0 and 1",
        "với mỗi mốc H1, 9M, FY ba số [thấp, hiển thị, cao] giữa 0 và 1",
    ),
    "languages": ("a list of vi, en, each once", "danh sách vi, en, mỗi thứ một lần"),
    "letterhead": ("true or false", "true hoặc false"),
    "compared_with": (
        "an edition and its day, as in 2025-FY 2026-01-31; empty for the first",
        "một kỳ và ngày của nó, như 2025-FY 2026-01-31; kỳ đầu thì để trống",
    ),
    **dict.fromkeys(LIMITS, ("a whole number from 1 on", "số nguyên từ 1")),
}


def _edition(text: object) -> Period:
    period = Period.parse(str(text))
    if not period.is_edition:
        raise ValueError(text)
    return period


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(value)
    return Decimal(str(value))


def _rising(values: list[Decimal]) -> list[Decimal]:
    if values != sorted(values):
        raise ValueError(values)
    return values


def _each_once(values: list[str]) -> list[str]:
    if len(set(values)) != len(values):
        raise ValueError(values)
    return values


def _years(text: str) -> str:
    first, last = text.split("-")
    if first >= last:
        raise ValueError(text)
    return text


def _earlier(text: str) -> Earlier:
    period, _, day = text.partition(" ")
    return Earlier(_edition(period), date.fromisoformat(day))


def _plain_day(value: object) -> object:
    if isinstance(value, datetime):
        raise ValueError(value)
    return value


Code: TypeAlias = Annotated[str, Field(strict=True, pattern=r"^\S+$")]
Text: TypeAlias = Annotated[str, Field(strict=True)]
Share: TypeAlias = Annotated[Decimal, BeforeValidator(_number), Field(gt=0, lt=1)]
Edition: TypeAlias = Annotated[Period, BeforeValidator(_edition)]
Whole: TypeAlias = Annotated[int, Field(strict=True, ge=1)]


class _Content(BaseModel):
    """What a params file holds, key by key."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    period: Edition
    edition_date: Annotated[date, BeforeValidator(_plain_day), Field(strict=True)]
    place: Code
    report: Code
    scenario: Code | None
    plan: Code | None
    goal_period: Annotated[Text, Field(pattern=r"^[0-9]{4}-[0-9]{4}$"), AfterValidator(_years)]
    elapsed_weight: dict[
        Literal["Q1", "H1", "9M", "FY"],
        Annotated[list[Share], Field(min_length=2, max_length=2), AfterValidator(_rising)],
    ]
    languages: Annotated[list[Literal["vi", "en"]], Field(min_length=1), AfterValidator(_each_once)]
    letterhead: Annotated[bool, Field(strict=True)]
    compared_with: Annotated[Text, AfterValidator(_earlier)] | None
    earlier_share: dict[
        Literal["H1", "9M", "FY"],
        Annotated[list[Share], Field(min_length=3, max_length=3), AfterValidator(_rising)],
    ] = {}
    cell_seconds: Whole = 300
    notebook_seconds: Whole = 900
    output_megabytes: Whole = 50

    def params(self, folder: str) -> Params:
        """Give the choices as the rest of the package takes them."""
        changed = {
            "scenario": self.scenario or "",
            "plan": self.plan or "",
            "languages": tuple(self.languages),
            "folder": folder,
            "elapsed_weight": {
                cut: Interval(low, high) for cut, (low, high) in self.elapsed_weight.items()
            },
            "earlier_share": {
                cut: Assumption(Interval(low, high), shown)
                for cut, (low, shown, high) in self.earlier_share.items()
            },
        }
        every: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        return Params(**{**every, **changed})


def read(path: Path) -> Params:
    """Read and check a params file; raises ParamsError with every problem found."""
    try:
        content = yamlfile.read(path)
    except FileNotFoundError:
        raise ParamsError(_missing(path)) from None
    except yamlfile.Unreadable as error:
        raise ParamsError(
            _told(path, error.en, error.vi, row=error.row, found=error.found)
        ) from error
    names = list(_Content.model_fields)
    if not isinstance(content, dict):
        expected = ", ".join(names)
        raise ParamsError(_told(path, "no keys", "không có khóa", (expected, expected)))
    try:
        params = _Content.model_validate(
            {str(key): value for key, value in content.items()}
        ).params(_folder(path))
    except ValidationError as error:
        first = {str(one["loc"][0]): one["type"] for one in reversed(error.errors())}
        problems = [_unfit(path, content, name, kind) for name, kind in first.items()]
        raise ParamsError(*sorted(problems, key=lambda p: p.what != "unknown key")) from error
    problems = [*_of_its_file(params, path)] or [*_dated(params, path), *_earlier_one(params, path)]
    if problems:
        raise ParamsError(*problems)
    return params


def _folder(path: Path) -> str:
    """Code of the second place whose folder in params/ a file stands in; "" for none."""
    folder = path.parent
    return folder.name if folder.parent.name == FOLDER and folder.name != FOLDER else ""


def _missing(path: Path) -> Problem:
    there = ", ".join(sorted(other.stem for other in path.parent.glob("*.yml")))
    folder = _folder(path)
    name = f"{folder}/{path.stem}" if folder else path.stem
    return _told(
        path,
        "no such params file",
        "không có tệp tham số này",
        (
            f"one file an edition; there are {there or 'none'}",
            f"mỗi kỳ một tệp; hiện có {there or 'chưa tệp nào'}",
        ),
        mend=(f"halfyear new {name} writes it", f"halfyear new {name} sẽ ghi tệp"),
    )


def _unfit(path: Path, content: dict[object, object], name: str, kind: str) -> Problem:
    names = list(_Content.model_fields)
    if kind == "extra_forbidden":
        near = get_close_matches(name, names, n=1)
        expected = f"{', '.join(names)}" + (f" ({near[0]}?)" if near else "")
        mend = ("correct the spelling or delete the line", "sửa tên khóa hoặc bỏ dòng này")
        both = (expected, expected)
        return _told(path, "unknown key", "khóa không có", both, name, name, mend)
    if kind == "missing":
        mend = (f"add {name}:", f"thêm {name}:")
        return _told(path, "missing key", "thiếu khóa", column=name, mend=mend)
    return _value(path, name, repr(content[name]))


def _value(path: Path, name: str, found: str) -> Problem:
    en, vi = (form.format(stem=path.stem, years=YEARS) for form in FORMS[name])
    mend = ("write it in that form", "ghi lại đúng dạng")
    return _told(path, "unusable value", "giá trị không dùng được", (en, vi), name, found, mend)


def _of_its_file(params: Params, path: Path) -> Iterator[Problem]:
    if str(params.period) != path.stem:
        yield _value(path, "period", repr(str(params.period)))
    if params.folder and params.place != params.folder:
        both = (params.folder, params.folder)
        told = ("the place is not that of the folder", "địa bàn khác với thư mục")
        yield _told(path, *told, both, "place", repr(params.place))


def _dated(params: Params, path: Path) -> Iterator[Problem]:
    end = params.period.end
    if params.edition_date < end:
        yield _told(
            path,
            "the edition is dated before its period ends",
            "ngày của kỳ trước khi kỳ kết thúc",
            (f"{end} or later", f"từ {end} trở đi"),
            "edition_date",
            str(params.edition_date),
        )
    if params.edition_date.year > end.year + YEARS:
        yield _value(path, "edition_date", str(params.edition_date))


def _earlier_one(params: Params, path: Path) -> Iterator[Problem]:
    """Refuse to compare an edition with one that is not earlier."""
    before = params.compared_with
    if before is None:
        return
    same = before.period == params.period and before.day < params.edition_date
    if not same and (before.period.end >= params.period.end or before.day > params.edition_date):
        own = params.period
        yield _told(
            path,
            "the edition is compared with one that is not earlier",
            "kỳ được so với một kỳ không sớm hơn",
            (
                f"a period before {own}, or {own} on an earlier day",
                f"kỳ trước {own}, hoặc {own} ở ngày sớm hơn",
            ),
            "compared_with",
            str(before),
            (
                "name the last edition and its day, as in 2025-FY 2026-01-31",
                "ghi kỳ trước và ngày của nó, như 2025-FY 2026-01-31",
            ),
        )


def _told(
    path: Path,
    en: str,
    vi: str,
    expected: tuple[str, str] = ("", ""),
    column: str = "",
    found: str = "",
    mend: tuple[str, str] = (
        "mend the line; params/README.md explains the keys",
        "sửa dòng đó; params/README.md giải thích các khóa",
    ),
    row: int | None = None,
) -> Problem:
    there = Problem(en, str(path), row, column, expected[0], found[:FOUND], mend[0])
    return replace(there, vi=replace(there, what=vi, expected=expected[1], mend=mend[1]))
