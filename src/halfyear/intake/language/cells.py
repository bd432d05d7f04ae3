"""Cells of tables: the one figure a cell prints, with its sign, or that it is not surely one."""

import re
from dataclasses import dataclass
from decimal import Decimal

from halfyear.data.numeral import NUMERAL, read_number
from halfyear.errors import NumeralError
from halfyear.intake.language import figures
from halfyear.intake.language.figures import Printed, UnitWords

_BARE = re.compile(
    rf"\s*(?P<all>(?P<fall>[-−–\u2011]|[▼↓]|giảm\b)?\s*(?P<rise>[+▲↑]|tăng\b)?\s*"
    rf"(?P<open>\()?\s*(?P<inside>[-−–\u2011])?(?P<number>{NUMERAL.pattern})(?:\s*(?P<close>\)))?)\s*",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\s*(?P<all>[0-9]{1,3}(?:\s*[ .·'’\u00a0\u2009\u202f]\s*[0-9]{3})+(?:,[0-9]+)?)\s*"
)
_PER_CENT = re.compile(rf"^(\s*\(\s*[-−–]?\s*{NUMERAL.pattern}\s*)%\)(?=\s*$)")
_MEASURED = re.compile(
    rf"\s*[≥≤<>~]?\s*{NUMERAL.pattern}(?:\s*[-–]\s*{NUMERAL.pattern})?"
    r"\s*(?:%|(?:triệu|nghìn|ngàn|tỷ|tỉ|đồng|usd|tấn|lượt|người)\b.*)?\s*",
    re.IGNORECASE,
)
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_MARKS = re.compile(r"[*⁰¹²³⁴⁵⁶⁷⁸⁹]")
_YEAR = re.compile(r"\s*(?:19|20)[0-9]{2}\s*")


@dataclass(frozen=True)
class Amount:
    """A figure of a cell: its value as printed and half a unit of its last digit."""

    value: Decimal
    half: Decimal


@dataclass(frozen=True)
class Cell:
    """What a cell prints; doubt is the code of the reason why it is not surely one number."""

    printed: Printed
    amount: Amount | None
    doubt: str = ""


def holds_number(text: str) -> bool:
    """Tell whether a cell prints a figure rather than words or a year."""
    plain = _MARKS.sub(" ", text)
    if _YEAR.fullmatch(plain):
        return False
    return any(form.fullmatch(plain) for form in (_BARE, _APART, _MEASURED))


def read(text: str, words: UnitWords) -> Cell | None:
    """Read a cell, raised marks aside; None where it prints no figure."""
    plain = _PER_CENT.sub(r"\1 )", _MARKS.sub(" ", text))
    bare, apart = _BARE.fullmatch(plain), _APART.fullmatch(plain)
    if bare:
        return _bare(bare)
    if apart:
        first, last = apart.span("all")
        number = NUMERAL.match(plain, first)
        assert number is not None
        printed = Printed(first, first, number.end(), last, number.group())
        return Cell(printed, None, "number_unclear")
    found = figures.find(plain, words)
    if not found:
        return None
    one = found[0]
    crowded = len(found) > 1 or any(map(_tells, (plain[: one.first], plain[one.last :])))
    return _cell(one, "cell_crowded" if crowded or one.slash else "")


def _tells(rest: str) -> bool:
    return bool(rest.strip(" \u00a0"))


def _bare(match: "re.Match[str]") -> Cell:
    start, end = match.span("number")
    first, last = match.span("all")
    bracketed = bool(match["open"]) and bool(match["close"])
    fall = match["fall"] or match["inside"] or bracketed
    sign = "giảm" if fall else ""
    lone = bool(match["open"]) != bool(match["close"])
    one = Printed(first, start, end, last, match["number"], sign=sign)
    return _cell(one, "number_unclear" if lone else "")


def _cell(one: Printed, doubt: str) -> Cell:
    try:
        value = read_number(one.number)
    except NumeralError:
        return Cell(one, None, "number_unclear")
    decimals = len(one.number.partition(",")[2])
    half = Decimal("0.5").scaleb(-decimals)
    ambiguous = "number_ambiguous" if _AMBIGUOUS.fullmatch(one.number) else ""
    return Cell(one, Amount(-value if one.sign == "giảm" else value, half), doubt or ambiguous)
