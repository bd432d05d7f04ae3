"""The one formatter: every number on a page, in the reader's habit and with its id."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale
from babel.numbers import format_decimal

from halfyear.errors import NotComputable, Problem
from halfyear.interval import Interval
from halfyear.results import PRINTED, Quantity

NBSP = "\u00a0"
JOINER = "\u2060"  # no line ends here
MINUS = "\u2212"
EN_DASH = "\u2013"
_ID = re.compile(r'data-id="([^"]+)"')
_SPAN = re.compile(r'\[([^\[\]]*)\]\{\.num data-id="([^"]+)"')
TIGHT_UNITS = frozenset({"%"})
FEWER = {"d0": 0, "d1": 1, "d2": 2}  # at most so many decimals
STYLES = frozenset({"unit", "sign", "short", "abs", "near", "percent", "ordinal", *FEWER})


@dataclass(frozen=True)
class Symbols:
    """Unit symbols of one language, by unit id; `short` ones serve in tables, `one` after a 1.

    ordinals hold a place for the number, by the plural form that Unicode gives an ordinal.
    """

    full: dict[str, str]
    short: dict[str, str]
    one: dict[str, str] = field(default_factory=dict)
    ordinals: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Formatter:
    """Formats quantities for one language ("vi", "en")."""

    lang: str
    symbols: Symbols
    range_word: str = "-"

    def plain(self, value: Decimal, decimals: int) -> str:
        """Format a bare decimal, half away from zero, with the language's separators."""
        step = Decimal(1).scaleb(-decimals)
        shown = value.quantize(step, rounding=ROUND_HALF_UP)
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        text = format_decimal(abs(shown), format=pattern, locale=self.lang)
        return f"{MINUS}{text}" if shown < 0 else text

    def text(self, quantity: Quantity, *styles: str) -> str:
        """Format a quantity.

        Styles: unit (append the symbol), short (append the table symbol), sign (a plus or minus
        before it), abs (without its sign, where a word says the direction), d0, d1 and d2
        (with so many decimals at most), near (a range as the one round number in its middle),
        percent (a share of one in per cent), ordinal (a rank as the language writes it).
        """
        unknown = set(styles) - STYLES
        if unknown:
            raise NotComputable(Problem(f"unknown number style {sorted(unknown)}"))
        if "near" in styles and not quantity.known.exact:
            return self.text(_near(quantity), *(style for style in styles if style != "near"))
        if "percent" in styles:
            rest = (style for style in styles if style != "percent")
            return self.text(_in_per_cent(quantity), "unit", *rest)
        interval = quantity.known
        ends = [interval.low] if interval.exact else [interval.low, interval.high]
        if "abs" in styles:
            ends = sorted(abs(end) for end in ends)
        most = min((FEWER[style] for style in styles if style in FEWER), default=quantity.decimals)
        shown = [self.plain(end, min(most, self._decimals(quantity, end))) for end in ends]
        if "sign" in styles and ends[0] > 0:
            shown[0] = f"+{shown[0]}"
        join = f" {self.range_word} " if ends[0] < 0 else EN_DASH
        if "ordinal" in styles:
            shown = [self._ordinal(text, end) for text, end in zip(shown, ends, strict=True)]
        body = shown[0] if shown[0] == shown[-1] else join.join(shown)
        return f"{body}{self._symbol(quantity, ends, styles)}"

    def _symbol(self, quantity: Quantity, ends: list[Decimal], styles: Sequence[str]) -> str:
        """The symbol of the unit behind a number, kept with it; "" where no style asks for it."""
        table = self.symbols.short if "short" in styles else self.symbols.full
        symbol = table.get(quantity.unit, "") if {"unit", "short"} & set(styles) else ""
        if symbol and ends == [1]:
            symbol = self.symbols.one.get(quantity.unit, symbol)
        if not symbol or symbol in TIGHT_UNITS:
            return symbol
        return f"{NBSP}{symbol.replace(' ', NBSP)}"

    @staticmethod
    def _decimals(quantity: Quantity, end: Decimal) -> int:
        if quantity.formula != PRINTED:
            return quantity.decimals
        return min(quantity.decimals, max(0, -int(end.normalize().as_tuple().exponent)))

    def _ordinal(self, text: str, end: Decimal) -> str:
        """A number as an ordinal of the language: 1st, 2nd, 3rd, 4th, 11th in English."""
        form = Locale(self.lang).ordinal_form(int(end))
        return self.symbols.ordinals.get(form, "{number}").format(number=text)

    def span(self, quantity: Quantity, *styles: str) -> str:
        """Format a quantity as a Markdown span that carries its id and styles."""
        fmt = f' data-fmt="{" ".join(styles)}"' if styles else ""
        return f'[{self.text(quantity, *styles)}]{{.num data-id="{quantity.id}"{fmt}}}'


def _in_per_cent(share: Quantity) -> Quantity:
    decimals = max(0, share.decimals - 2)
    return replace(share, interval=share.known * 100, decimals=decimals, unit="pct")


def _near(quantity: Quantity) -> Quantity:
    """The middle of a range, rounded so far that the width of the range does not show.

    It is rounded less far where the round number would lie outside the range.
    """
    known, middle = quantity.known, quantity.known.middle
    width = known.high - known.low
    least = -len(str(int(width))) if width >= 1 else quantity.decimals
    for decimals in range(min(quantity.decimals, least), quantity.decimals):
        shown = middle.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        if known.low <= shown <= known.high:
            return replace(quantity, interval=Interval.of(middle), decimals=decimals)
    return replace(quantity, interval=Interval.of(middle))


def ids(text: str) -> list[str]:
    """Ids of the numbers written in a text, Markdown or a drawing, as often as they stand there."""
    return _ID.findall(text)


def spans(markdown: str) -> Iterator[tuple[str, str]]:
    """The numbers of a Markdown text: the id of each and how it is shown."""
    for shown, id in _SPAN.findall(markdown):
        yield id, shown
