"""A sheet: one CSV file as text cells, whoever saved it."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

import pandas as pd

from halfyear.data.cells import COMMA_SEPARATED, SEMICOLON_SEPARATED, Habit
from halfyear.data.faults import Fault, fault

LARGEST = 20_000_000
MOST_ROWS = 20_000
# Controls, marks that turn the direction of writing, and what Unicode calls no character.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\uffff]"
)


@dataclass(frozen=True)
class Sheet:
    """The cells of a file as text, indexed by their line in it."""

    file: str
    frame: pd.DataFrame
    habit: Habit


def read(path: Path, file: str, names: Sequence[str]) -> tuple[Sheet | None, list[Fault]]:
    """Read a CSV file: UTF-8 with or without BOM, any line ends, any Unicode form.

    Comma-separated files write decimal points; semicolon-separated ones, as Excel saves them
    under a Vietnamese locale, decimal commas. Gives no sheet where the file cannot be read.
    """
    text, faults = content(path, file)
    return (None, faults) if faults else parse(text, file, names)


def parse(text: str, file: str, names: Sequence[str]) -> tuple[Sheet | None, list[Fault]]:
    """Parse the content of a CSV file; see read."""
    habit, body = _habit(text, names)
    if habit is None:
        return None, [fault("no_header", file=file, row=1, found=body[:60], names=_join(names))]
    try:
        records = _records(body, habit.delimiter)
    except csv.Error as error:
        return None, [fault("broken_quotes", file=file, found=error)]
    return _sheet(file, records, habit)


def content(path: Path, file: str) -> tuple[str, list[Fault]]:
    """Read the text of a CSV file, its line ends and Unicode form made one."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            return "", [fault("not_a_plain_file", file=file)]
        if path.stat().st_size > LARGEST:
            found, most = f"{path.stat().st_size} bytes", f"{LARGEST} bytes"
            return "", [fault("file_too_large", file=file, found=found, limit=most)]
        raw = path.read_bytes()
    except FileNotFoundError:
        return "", [fault("file_missing", file=file)]
    except OSError as error:
        return "", [fault("file_unreadable", file=file, found=error.strerror)]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw:
        return "", [fault("not_text", file=file, found=f"{len(raw)} bytes")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        return "", [fault("not_utf8", file=file, row=row, found=f"byte {raw[error.start]:#04x}")]
    if not text.strip():
        return "", [fault("file_empty", file=file)]
    return normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"), []


def _habit(text: str, names: Sequence[str]) -> tuple[Habit | None, str]:
    body = text.partition("\n")[2] if text.lower().startswith("sep=") else text
    header = body.partition("\n")[0]
    known = set(names)

    def hits(habit: Habit) -> int:
        return len(known & {cell.strip(' "') for cell in header.split(habit.delimiter)})

    best = max((COMMA_SEPARATED, SEMICOLON_SEPARATED), key=hits)
    return (best if hits(best) > (1 if len(names) > 1 else 0) else None), body


def _records(body: str, delimiter: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    records, start = [], 1
    for cells in reader:
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            records.append((start, stripped))
        start = reader.line_num + 1
    return records


def _sheet(
    file: str, records: list[tuple[int, list[str]]], habit: Habit
) -> tuple[Sheet | None, list[Fault]]:
    header = records[0][1]
    while header and not header[-1]:
        header = header[:-1]
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        return None, [fault("column_twice", file=file, row=1, column=name) for name in twice]
    if len(records) > MOST_ROWS:
        row, found = records[MOST_ROWS][0], len(records)
        return None, [fault("too_many_rows", file=file, row=row, found=found, limit=MOST_ROWS)]
    faults, lines, rows = [], [], []
    for line, cells in records[1:]:
        if len(cells) < len(header) or any(cells[len(header) :]):
            code = "too_few_cells" if len(cells) < len(header) else "too_many_cells"
            faults.append(fault(code, file=file, row=line, found=len(cells), count=len(header)))
            continue
        lines.append(line)
        rows.append(cells[: len(header)])
        for name, cell in zip(header, cells, strict=False):
            faults += _unseen(file, line, name, cell)
    frame = pd.DataFrame(rows, columns=header, index=pd.Index(lines, name="row"), dtype=object)
    return Sheet(file, frame, habit), faults


def _unseen(file: str, line: int, name: str, cell: str) -> list[Fault]:
    odd = UNSEEN.search(cell)
    if odd is None:
        return []
    found = f"U+{ord(odd[0]):04X}"
    return [fault("unseen_character", file=file, row=line, column=name, found=found)]


def _join(names: Sequence[str]) -> str:
    return ", ".join(names)
