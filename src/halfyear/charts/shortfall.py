"""Who made the gap: what each part adds to it, in two panels."""

from collections.abc import Sequence

from matplotlib.patches import Rectangle

from halfyear.charts.style import GREY, INK, MIST, NAVY, WINE, Canvas, Chart, canvas, nothing
from halfyear.charts.title import short, title
from halfyear.period import Period
from halfyear.results import Quantity
from halfyear.view import View

WIDTH, TOP, STEP, BAR = 165.0, 15.0, 8.0, 4.6
PANELS = ((70.0, 111.0), (123.0, 164.0))
LABEL = 11.0


def shortfall(view: View, key: str, parts: Sequence[str], periods: tuple[Period, Period]) -> Chart:
    """Draw what each part of `key` adds to its gap in two periods, in points.

    parts are `indicator.measure`, drawn in the order of the first period, deepest first.
    """
    now = periods[0]
    rows = sorted(parts, key=lambda part: _part(view, part, now).known.middle)
    if not rows:
        return nothing("shortfall", view.say("charts.nothing"))
    drawing = canvas(WIDTH, TOP + STEP * len(rows) + 1)
    made = [float(_part(view, part, when).known.middle) for part in rows for when in periods]
    low, high = min(0.0, *made), max(0.0, *made)
    for i, part in enumerate(rows):
        y = TOP + STEP * i + 2
        weight = "bold" if i == 0 else "normal"
        drawing.ax.text(0, y, short(view, part), va="center", weight=weight)
    for (left, right), when in zip(PANELS, periods, strict=True):
        scale = (right - left - LABEL * (2 if high > 0 else 1)) / (high - low or 1)
        zero = left + LABEL - low * scale
        _head(drawing, view, key, when, (left, right))
        drawing.ax.plot((zero, zero), (TOP - 2, TOP + STEP * len(rows) - 2), color=INK, lw=0.8)
        for i, part in enumerate(rows):
            _bar(drawing, view, _part(view, part, when), (zero, TOP + STEP * i + 2, scale))
    return _described(view, key, rows, periods, drawing.svg(f"shortfall-{view.lang}"))


def _part(view: View, part: str, when: Period) -> Quantity:
    return view.results[f"gap_part:{part}@{when}"]


def _head(drawing: Canvas, view: View, key: str, when: Period, ends: tuple[float, float]) -> None:
    left, right = ends
    drawing.ax.text(left, 4, view.when(when, "short"), va="center", color=GREY)
    gap = view.results[f"gap:{key}@{when}"]
    look = {"ha": "right", "va": "center", "weight": "bold"}
    color = WINE if gap.known.middle < 0 else NAVY
    drawing.number(right, 4, gap, view.formatter, ("sign",), color=color, **look)
    drawing.ax.plot((left, right), (8, 8), color=GREY, lw=0.6)


def _bar(drawing: Canvas, view: View, part: Quantity, place: tuple[float, float, float]) -> None:
    zero, y, scale = place
    value = float(part.known.middle)
    end = zero + value * scale
    color = WINE if value < 0 else NAVY
    drawing.ax.plot((min(end, zero), zero), (y, y), color=MIST, lw=0.6, zorder=0)
    drawing.ax.add_patch(
        Rectangle((min(end, zero), y - BAR / 2), abs(end - zero), BAR, color=color, lw=0)
    )
    side = "right" if value <= 0 else "left"
    at = end - 1.5 if value <= 0 else end + 1.5
    drawing.number(at, y, part, view.formatter, ("sign",), ha=side, va="center", color=color)


def _described(
    view: View, key: str, rows: Sequence[str], periods: tuple[Period, Period], svg: str
) -> Chart:
    now, quarter = periods
    first = rows[0]
    numbers = {
        "part": (f"gap_part:{first}@{now}", "abs"),
        "gap": (f"gap:{key}@{now}", "abs"),
    }
    told = title(
        view, "charts.shortfall.title", numbers, first=short(view, first), period=view.when(now)
    )
    details = "; ".join(
        view.say(
            "charts.shortfall.alt_row",
            name=short(view, part),
            now=view.plain(f"gap_part:{part}@{now}", "sign"),
            quarter=view.plain(f"gap_part:{part}@{quarter}", "sign"),
        )
        for part in rows
    )
    slots = {"period": view.when(now, "short"), "quarter": view.when(quarter, "short")}
    body = tuple(
        (part, *(str(_part(view, part, when).known.middle) for when in periods)) for part in rows
    )
    return Chart(
        name="shortfall",
        svg=svg,
        title=told.plain,
        heading=told.marked,
        subtitle=view.say("charts.shortfall.subtitle"),
        note=view.say("charts.shortfall.note"),
        alt=view.say("charts.shortfall.alt", title=told.plain, details=details, **slots),
        data=(("part", str(now), str(quarter)), *body),
    )
