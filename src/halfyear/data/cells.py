"""Cells of a table: how a file writes numbers and dates, and how they are read."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_LARGEST = 10**15
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_NOT_NUMBERS = (
    ("exponent", re.compile(r"-?[0-9][0-9.,]*[eE][-+]?[0-9]+")),
    ("space_in_number", re.compile(r"-?[0-9.,]+(?:[\s\u00a0\u202f][0-9.,]+)+")),
    ("unit_in_number", re.compile(r"[^0-9]*[0-9][0-9.,]*[^0-9.,]+")),
)


@dataclass(frozen=True)
class Habit:
    """How one file writes: its delimiter, decimal sign and dates."""

    delimiter: str
    decimal: str
    day_first: bool

    def number(self, text: str) -> Decimal | None:
        """Read a number cell; None where it is not surely one number."""
        sign, digits = text[:1] == "-", text.removeprefix("-")
        whole, point, decimals = digits.partition(self.decimal)
        if not _digits(whole) or (point and not _digits(decimals)):
            return None
        number = Decimal(f"{whole}.{decimals}" if point else whole)
        return -number if sign else number

    def integer(self, text: str) -> int | None:
        """Read a whole-number cell; None where it is not one or has more than 15 digits."""
        number = self.number(text)
        whole = number is not None and abs(number) < _LARGEST and number == int(number)
        return int(number) if number is not None and whole else None

    def day(self, text: str) -> date | None:
        """Read a date cell; None where it is not one."""
        match = _ISO.fullmatch(text)
        if match:
            return _date(int(match[1]), int(match[2]), int(match[3]))
        match = _DAY_FIRST.fullmatch(text) if self.day_first else None
        return _date(int(match[3]), int(match[2]), int(match[1])) if match else None

    def wrong_number(self, text: str) -> str:
        """Name the fault of a cell that is no number."""
        for code, pattern in _NOT_NUMBERS:
            if pattern.fullmatch(text):
                return code
        if self.decimal == "," and "." in text:
            return "point_in_semicolon_file"
        if "," in text and self.decimal == ".":
            return "decimal_comma"
        return "thousands_point" if text.count(".") > 1 else "not_a_number"

    def wrong_day(self, text: str) -> str:
        """Name the fault of a cell that is no date."""
        return "day_first_date" if _DAY_FIRST.fullmatch(text) else "not_a_date"


COMMA_SEPARATED = Habit(",", ".", day_first=False)
SEMICOLON_SEPARATED = Habit(";", ",", day_first=True)


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
