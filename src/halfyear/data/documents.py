"""Documents: the files that figures were read from, found by their hash."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from unicodedata import normalize

import yaml

from halfyear import yamlfile
from halfyear.data.faults import fault
from halfyear.document import reader
from halfyear.errors import DataError
from halfyear.project import Project

COVERAGE = "data/coverage.yml"
REACH = 2


def find(folder: Path, hashes: Iterable[str]) -> dict[str, Path]:
    """Find files by sha256 in a folder, its subfolders and the folder `facts` beside it."""
    wanted = set(hashes)
    places = (folder.glob("*"), folder.glob("*/*"), folder.resolve().parent.glob("facts/*"))
    found: dict[str, Path] = {}
    for path in (path for place in places for path in sorted(place)):
        if path.is_file() and path.stat().st_size <= reader.LARGEST_FILE:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            if digest in wanted:
                found.setdefault(digest, path)
    return found


def facts(path: Path) -> dict[int, dict[str, str]]:
    """Give the rows of a facts file by their line in it, the header being line 1."""
    text = normalize("NFC", path.read_text(encoding="utf-8-sig"))
    table = csv.DictReader(io.StringIO(text, newline=""))
    rows: dict[int, dict[str, str]] = {}
    for row in table:
        rows[table.line_num] = row
    return rows


def sections(project: Project) -> Iterator[tuple[str, range]]:
    """Give the sections to be covered of coverage.yml: source and lines, both ends included."""
    try:
        entries = yamlfile.parse((project.root / COVERAGE).read_text(encoding="utf-8-sig"))
        found = [(e["source"], range(int(e["first"]), int(e["last"]) + 1)) for e in entries]
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise DataError(fault("coverage_unreadable", file=COVERAGE, found=error)) from error
    yield from found


def stands(text: Sequence[str], line: int, printed: str) -> bool:
    """Tell whether a printed figure with its words stands on a line or runs over beside it.

    Case and spacing do not matter; " ... " in the figure leaves words out.
    """
    near = _spaced(" ".join(text[max(0, line - 1 - REACH) : line + REACH]))
    return 1 <= line <= len(text) and all(_spaced(p) in near for p in printed.split(" ... "))


def _spaced(text: str) -> str:
    return " ".join(normalize("NFC", text).casefold().split())
