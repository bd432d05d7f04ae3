"""Whatever stands in a file or a cell: an error in words or what was written, and never a hang."""

import io
import os
import warnings
import zipfile
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import docx
import openpyxl
import pandas as pd
import pytest
import typst
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from halfyear import params, yamlfile
from halfyear.data import tables
from halfyear.data.numeral import numerals, read_figure, read_number
from halfyear.document import reader
from halfyear.errors import DataError, HalfyearError, IntakeError, ParamsError, PeriodError
from halfyear.interval import Interval
from halfyear.key import Key
from halfyear.period import Period
from halfyear.project import Project
from small_project import copy

EXAMPLES = int(os.environ.get("HALFYEAR_EXAMPLES", "20"))
ROOT = Path(__file__).resolve().parents[1]
few = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
T = TypeVar("T")
odd = st.text(st.sampled_from("0123456789.,-–−% ~≥<>()/đgiảm tăngkhoảng\u00a0\u202e١²½eE+_'\"\n\0"))
FIGURES = ("1.234,5", "11,33", "25,9", "8.443.000", "0,7")


def given_or_told(work: Callable[[], T], *kinds: type[Exception]) -> T | None:
    """What some work gives; None where it ends with an error of these kinds, in words."""
    try:
        return work()
    except kinds as error:
        told = str(error)
    assert told.strip()
    return None


@few
@given(odd)
def test_a_numeral_is_a_number_or_an_error(text: str) -> None:
    for read in (read_number, lambda text: read_figure(text).low):
        value = given_or_told(lambda read=read: read(text), HalfyearError)
        if value is not None:
            assert value.is_finite()
            digits = "".join(filter(str.isdigit, numerals(text)[0])).lstrip("0")
            assert "".join(map(str, value.as_tuple().digits)).lstrip("0") == digits


@few
@given(st.decimals(-(10**9), 10**9, places=3), st.decimals(0, 10**6, places=3))
def test_an_interval_keeps_its_ends(low: Decimal, width: Decimal) -> None:
    interval = Interval(low, low + width)
    assert interval.low == low
    assert interval.high == low + width
    assert (interval + 1 - 1) == interval
    if width:
        with pytest.raises(ValueError, match=r"\S"):
            Interval(low + width, low)


@few
@given(st.one_of(odd, st.from_regex(r"\d{0,5}[-/](H|Q|9M|FY|M)?\d{0,3}", fullmatch=True)))
def test_a_period_is_the_one_that_is_written_or_an_error(text: str) -> None:
    period = given_or_told(lambda: Period.parse(text), PeriodError)
    if period is not None:
        assert str(period) == text
        assert period.end.year == int(text[:4])


KEYS = ("obs:grdp.growth_yoy@2026-H1", "plan:exports.level@2026", "prj:works.progress.on@2026-H1")


@few
@given(st.one_of(st.text(max_size=30), st.sampled_from(KEYS)), st.integers(0, 30), odd)
def test_a_key_is_the_one_that_is_written_or_an_error(text: str, place: int, more: str) -> None:
    for written in (text, text[:place] + more + text[place:], text[:place] + text[place + 1 :]):
        key = given_or_told(lambda text=written: Key.parse(text), DataError)
        assert key is None or str(key) == written


@few
@given(st.binary(max_size=60), st.text(st.sampled_from("ab:[]{}-&*!|>#'\"\\\n\t 01"), max_size=60))
def test_a_yaml_file_is_plain_values_or_an_error(raw: bytes, text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.yml"
        for content in (raw, text.encode()):
            path.write_bytes(content)
            read = given_or_told(lambda: [yamlfile.read(path)], yamlfile.Unreadable)
            assert read is None or read == [yaml.safe_load(content.decode("utf-8-sig"))]


@cache
def edition() -> bytes:
    return (ROOT / "params" / "2026-H1.yml").read_bytes()


@few
@given(st.integers(0, 700), st.binary(max_size=3), st.integers(0, 3))
def test_a_params_file_with_changed_bytes_is_read_or_told(at: int, put: bytes, cut: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "2026-H1.yml"
        path.write_bytes(edition()[:at] + put + edition()[at + cut :])
        known = given_or_told(lambda: params.read(path), ParamsError, PeriodError)
        assert known is None or str(known.period) == "2026-H1"


@cache
def loaded(root: Path) -> pd.DataFrame:
    return tables.load(Project(root)).observations


@settings(few, max_examples=max(EXAMPLES // 6, 1))
@given(st.data())
def test_a_table_with_changed_bytes_is_told_or_holds_the_same_figures(
    small_original: Path, data: st.DataObject
) -> None:
    before = loaded(small_original)
    with TemporaryDirectory() as folder:
        root = copy(small_original, Path(folder))
        path = root / "data" / "observations" / "2026-H1.csv"
        raw = path.read_bytes()
        at = data.draw(st.integers(0, len(raw)))
        cut = data.draw(st.integers(0, 2))
        path.write_bytes(raw[:at] + data.draw(st.binary(max_size=2)) + raw[at + cut :])
        after = given_or_told(lambda: tables.load(Project(root)).observations, HalfyearError)
        if after is not None:
            shared = before.merge(after, on=["indicator", "measure", "time_period", "known_at"])
            assert (shared["value_x"] == shared["value_y"]).all()


def word() -> bytes:
    buffer, document = io.BytesIO(), docx.Document()
    for figure in FIGURES:
        document.add_paragraph(f"Kim ngạch xuất khẩu ước đạt {figure} tỷ USD trong kỳ báo cáo.")
    document.save(buffer)
    return buffer.getvalue()


def book() -> bytes:
    buffer, made = io.BytesIO(), openpyxl.Workbook()
    for figure in FIGURES:
        made.active.append(["Kim ngạch xuất khẩu trong kỳ báo cáo", figure])
    made.save(buffer)
    return buffer.getvalue()


def pdf() -> bytes:
    lines = [f"Kim ngạch xuất khẩu ước đạt {figure} tỷ USD trong kỳ." for figure in FIGURES]
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[ROOT / "report" / "fonts"])
    text = '#set text(font: "Tinos")\n' + "\n#pagebreak()\n".join(lines)
    return bytes(typst.compile(text.encode(), font_paths=fonts))


@cache
def whole(suffix: str) -> tuple[bytes, tuple[str, ...]]:
    """A document of that kind, and the lines that are read of it."""
    raw = {".docx": word, ".xlsx": book, ".pdf": pdf}[suffix]()
    return raw, opened(raw, suffix)


def opened(raw: bytes, suffix: str) -> tuple[str, ...]:
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(raw)
        return reader.read(path).lines


def refused(work: Callable[[], tuple[str, ...]]) -> tuple[str, ...] | None:
    """The lines that are read; None where the document is refused in words."""
    return given_or_told(work, IntakeError)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pdf"])
@few
@given(st.data())
def test_a_document_that_is_cut_off_is_refused_or_whole(suffix: str, data: st.DataObject) -> None:
    raw, lines = whole(suffix)
    assert all(any(figure in line for line in lines) for figure in FIGURES)
    end = data.draw(st.integers(0, len(raw) - 1))
    assert refused(lambda: opened(raw[:end], suffix)) in (None, lines)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".pdf"])
@few
@given(st.data())
def test_a_document_with_changed_bytes_is_refused_or_read(suffix: str, data: st.DataObject) -> None:
    raw, _ = whole(suffix)
    at = data.draw(st.integers(0, len(raw)))
    put, cut = data.draw(st.binary(max_size=8)), data.draw(st.integers(0, 8))
    refused(lambda: opened(raw[:at] + put + raw[at + cut :], suffix))


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
@few
@given(st.data())
def test_a_part_of_an_office_file_with_changed_bytes_is_refused_or_read(
    suffix: str, data: st.DataObject
) -> None:
    raw, _ = whole(suffix)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w") as new:
        part = data.draw(st.sampled_from(old.namelist()))
        for name in old.namelist():
            body = old.read(name)
            if name == part:
                at = data.draw(st.integers(0, len(body)))
                put = data.draw(st.one_of(st.binary(max_size=6), st.sampled_from(TAGS)))
                body = body[:at] + put + body[at + data.draw(st.integers(0, 9)) :]
            new.writestr(name, body)
    refused(lambda: opened(buffer.getvalue(), suffix))


TAGS = (b"<", b"</w:p>", b"<w:tbl>", b'<c t="s"><v>9999</v></c>', b'gridSpan w:val="x"', b"&lol;")
