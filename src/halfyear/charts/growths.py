"""Growth of the sectors' indicators, sorted, on one scale."""

from collections.abc import Sequence

from halfyear.analysis.sectors import Row, Sectors
from halfyear.charts.chart import Chart
from halfyear.charts.style import GREY, INK, NAVY, PALE, WINE, Canvas, canvas, nothing
from halfyear.charts.title import inside, title
from halfyear.key import Kind
from halfyear.results import Quantity
from halfyear.view import View

WIDTH, TOP, STEP, BAR = 165.0, 3.0, 4.7, 3.2
LEFT, RIGHT = 58.0, 136.0
LABEL, COLUMN = 16.0, 165.0
REACH = 1.8


def growths(view: View) -> Chart:
    """Draw the growth of the compared indicators, per cent, with their group at the right.

    The fastest comes first. A bar longer than 1.8 times the median is cut, which two strokes mark.
    """
    rows = view.study(Sectors).compared
    if not rows:
        return nothing("growths", view.say("charts.nothing"))
    drawing = canvas(WIDTH, TOP + STEP * len(rows) + 2)
    rates = [float(row.growth.known.middle) for row in rows]
    limit = _limit(rates)
    low, high = max(min(0.0, *rates), -limit), min(max(0.0, *rates), limit)
    room = LABEL if low < 0 else 0.0
    scale = (RIGHT - LEFT - LABEL - room) / (high - low or 1)
    zero = LEFT + room - low * scale
    for i, (row, rate) in enumerate(zip(rows, rates, strict=True)):
        y = TOP + STEP * i + 1
        name = view.edition.indicators[row.indicator].short[view.lang]
        drawing.ax.text(0, y, name, va="center")
        group = view.say(f"groups.{row.group}")
        drawing.ax.text(COLUMN, y, group, ha="right", va="center", color=GREY, fontsize=9.5)
        _bar(drawing, view, row.growth, (zero, y, max(low, min(high, rate)) * scale))
        if not low <= rate <= high:
            _cut(drawing, zero + max(low, min(high, rate)) * scale * 0.9, y)
    foot = TOP + STEP * len(rows) - 1.5
    drawing.ax.plot((zero, zero), (TOP - 2, foot), color=INK, lw=0.8)
    svg = drawing.svg(f"growths-{view.lang}")
    return _described(view, rows, svg, cut=not all(low <= rate <= high for rate in rates))


def _limit(rates: Sequence[float]) -> float:
    sizes = sorted(abs(rate) for rate in rates)
    return REACH * sizes[len(sizes) // 2] if sizes else 1.0


def _bar(drawing: Canvas, view: View, rate: Quantity, place: tuple[float, float, float]) -> None:
    zero, y, length = place
    rising = length >= 0
    color = PALE if rising else WINE
    drawing.ax.barh(y, abs(length), left=min(zero, zero + length), height=BAR, color=color, lw=0)
    at, side = (zero + length + 1.5, "left") if rising else (zero + length - 1.5, "right")
    text = NAVY if rising else WINE
    drawing.number(at, y, rate, view.formatter, ("sign", "unit"), ha=side, va="center", color=text)


def _cut(drawing: Canvas, x: float, y: float) -> None:
    for shift in (-0.8, 0.8):
        drawing.ax.plot(
            (x + shift - 0.6, x + shift + 0.6), (y + 2.4, y - 2.4), color="white", lw=1.2, zorder=4
        )


def _described(view: View, rows: Sequence[Row], svg: str, *, cut: bool) -> Chart:
    period = view.period
    counted = {
        "rising": (str(Kind.COUNT.of("rising", when=period)),),
        "all": (str(Kind.COUNT.of("compared", when=period)),),
    }
    names = {row.indicator: view.edition.indicators[row.indicator].short[view.lang] for row in rows}
    first, last = rows[0], rows[-1]
    note = view.say("charts.growths.note")
    numbers = counted | {
        "fastest": (first.growth.id, "unit"),
        "slowest": (last.growth.id, "unit", "abs"),
    }
    falls = last.growth.known.high < 0
    form = "falls" if falls else {1: "one", 2: "both"}.get(len(rows), "all")
    told = title(
        view,
        f"charts.growths.title.{form}",
        numbers if falls else {k: v for k, v in numbers.items() if k != "slowest"},
        first=inside(names[first.indicator]),
        last=inside(names[last.indicator]),
    )
    details = "; ".join(
        view.say(
            "charts.growths.alt_row",
            name=names[row.indicator],
            growth=view.formatter.text(row.growth, "unit", "sign"),
        )
        for row in rows
    )
    body = tuple((row.indicator, row.group, str(row.growth.known.middle)) for row in rows)
    return Chart(
        name="growths",
        svg=svg,
        title=told.plain,
        heading=told.marked,
        subtitle=view.say("charts.growths.subtitle", period=view.when(period)),
        note=" ".join([*([view.say("charts.growths.cut")] if cut else []), note]),
        alt=view.say("charts.growths.alt", title=told.plain, details=details),
        data=(("indicator", "group", "growth"), *body),
    )
