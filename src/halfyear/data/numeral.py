"""Numerals as Vietnamese documents print them."""

import re
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import normalize

from halfyear.errors import NumeralError, Problem

NUMERAL = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(?:,[0-9]+)?")
_BOUNDS = (
    ("ge", re.compile(r"≥|\b(?:trở lên|ít nhất|tối thiểu)\b", re.IGNORECASE)),
    ("le", re.compile(r"≤|\b(?:không quá|tối đa|nhiều nhất|trở xuống)\b", re.IGNORECASE)),
    ("gt", re.compile(r">|\b(?:hơn|trên)\b", re.IGNORECASE)),
    ("lt", re.compile(r"<|\bdưới\b", re.IGNORECASE)),
    ("just_under", re.compile(r"\bgần\b", re.IGNORECASE)),
    ("approx", re.compile(r"~|\b(?:khoảng|xấp xỉ)\b", re.IGNORECASE)),
)
_FALL = re.compile(r"\bgiảm\b|^\s*(?:[-−–‐‑](?=[0-9])|[▼▽↓]\s*(?=[0-9]))", re.IGNORECASE)
_RANGE = re.compile(r"(?:\s*[^\W\d][^\d;,()]{0,11}?)?\s*(?:[-–]|đến)\s*")


@dataclass(frozen=True)
class Figure:
    """A printed figure: its number, the end of its range, its bound."""

    low: Decimal
    high: Decimal | None = None
    bound: str = ""


def numerals(line: str) -> list[str]:
    """List the numerals of a line in order; a date gives one for each part."""
    return NUMERAL.findall(line)


def read_number(text: str) -> Decimal:
    """Read one Vietnamese numeral: "." groups thousands, "," is the decimal sign.

    Raises NumeralError for anything that is not surely one number, such as "14.5".
    """
    numeral = text.strip()
    if _GROUPED.fullmatch(numeral):
        return Decimal(numeral.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(numeral):
        return Decimal(numeral.replace(",", "."))
    raise NumeralError(
        Problem(
            "not surely one number",
            expected='digits with "." every three and "," before decimals, as in 1.234,5',
            found=repr(text),
            mend="write the figure as the document prints it",
        )
    )


def read_figure(printed: str) -> Figure:
    """Read a printed figure with its sign, range and bound words, e.g. "giảm 0,7%".

    A text with two numbers that are no range ("10/12") gives the first one.
    """
    text = normalize("NFC", printed)
    found = list(NUMERAL.finditer(text))
    if not found:
        raise NumeralError(Problem("no number", expected="a figure", found=repr(printed)))
    falls = _FALL.search(text[: found[0].end()]) is not None
    low = _signed(found[0].group(), falls)
    high = None
    if len(found) > 1 and _RANGE.fullmatch(text[found[0].end() : found[1].start()]):
        high = _signed(found[1].group(), falls)
    bound = next((name for name, pattern in _BOUNDS if pattern.search(text)), "")
    return Figure(low, high, bound)


def _signed(numeral: str, falls: bool) -> Decimal:
    """Read a numeral with its sign; a product would round it to the 28 digits of the context."""
    number = read_number(numeral)
    return number.copy_negate() if falls else number
