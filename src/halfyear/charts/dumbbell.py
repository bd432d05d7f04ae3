"""Growth against scenario, one line a sector."""

from collections.abc import Sequence
from typing import Any

from halfyear.charts.style import (
    GREY,
    MIST,
    NAVY,
    ORANGE,
    ORANGE_TEXT,
    WINE,
    Canvas,
    Chart,
    canvas,
    nothing,
)
from halfyear.period import Period
from halfyear.view import View

WIDTH, TOP, STEP = 165.0, 13.0, 8.5
LEFT, RIGHT = 57.0, 116.0
COLUMNS = (143.0, 165.0)


def dumbbell(view: View, keys: Sequence[str], period: Period, quarter: Period) -> Chart:
    """Draw growth and scenario of a total and its parts, and their gaps in two columns.

    keys are `indicator.measure`, the total first; rates in per cent, gaps in points.
    """
    rows = _comparable(view, keys, period)
    if not rows:
        return nothing("growth", view.say("charts.nothing"))
    height = TOP + STEP * len(rows) + 9
    drawing = canvas(WIDTH, height)
    ax, fmt = drawing.ax, view.formatter
    actuals = {key: view.results[f"obs:{key}@{period}"] for key in rows}
    plans = {key: view.results[f"scn:{key}@{period}"] for key in rows}
    values = [float(q.value) for q in (*actuals.values(), *plans.values())]
    top = max(5.0, 5 * -(-max(values) // 5))
    low = min(0.0, 5 * (min(values) // 5))

    def x(value: float) -> float:
        return LEFT + (value - low) / (top - low) * (RIGHT - LEFT)

    ax.text(
        x(float(actuals[rows[0]].value)) - 2,
        5,
        view.say("charts.actual"),
        ha="right",
        va="center",
        color=NAVY,
        weight="bold",
    )
    ax.text(
        x(float(plans[rows[0]].value)) + 2,
        5,
        view.say("charts.scenario"),
        va="center",
        color=ORANGE_TEXT,
    )
    for column, when in zip(COLUMNS, (period, quarter), strict=True):
        ax.text(column, 5, view.when(when, "short"), ha="right", va="center", color=GREY)
    ax.plot((COLUMNS[0] - 16, COLUMNS[1]), (9, 9), color=GREY, lw=0.6)
    for i, key in enumerate(rows):
        y = TOP + STEP * i + 2
        weight = "bold" if i == 0 else "normal"
        indicator = view.edition.indicators[key.split(".")[0]]
        a, s = actuals[key], plans[key]
        below = a.value < s.value
        ax.text(0, y, indicator.short[view.lang], va="center", weight=weight)
        ax.plot((LEFT, RIGHT), (y, y), color=MIST, lw=0.8, zorder=0)
        ends = sorted((x(float(a.value)), x(float(s.value))))
        ax.plot(ends, (y, y), color="#9AA0A6", lw=2.4, zorder=1)
        ax.plot(x(float(a.value)), y, "o", color=NAVY, ms=7.5, zorder=2)
        ax.plot(x(float(s.value)), y, "o", mfc="none", mec=ORANGE, mew=2, ms=7.5, zorder=3)
        sides = (-2, 2) if below else (2, -2)
        for quantity, side, color, bold in (
            (a, sides[0], NAVY, "bold"),
            (s, sides[1], ORANGE_TEXT, "normal"),
        ):
            drawing.number(
                x(float(quantity.value)) + side,
                y,
                quantity,
                fmt,
                ha="right" if side < 0 else "left",
                va="center",
                color=color,
                weight=bold,
            )
        for column, when in zip(COLUMNS, (period, quarter), strict=True):
            _gap(drawing, view, f"gap:{key}@{when}", (column, y), weight)
    foot = TOP + STEP * len(rows) + 1
    ax.plot((LEFT, RIGHT), (foot, foot), color=GREY, lw=0.6)
    for tick in range(int(low), int(top) + 1, 5):
        ax.plot((x(tick), x(tick)), (foot, foot + 1), color=GREY, lw=0.6)
        drawing.tick(x(tick), foot + 4, tick, fmt, ha="center", va="center", color=GREY)
    return _described(view, rows, period, quarter, drawing.svg(f"growth-{view.lang}"))


def _gap(drawing: Canvas, view: View, id: str, at: tuple[float, float], weight: str) -> None:
    gap = view.results.get(id)
    if gap is None:
        return
    color = WINE if gap.value < 0 else NAVY
    look: dict[str, Any] = {"ha": "right", "va": "center", "color": color, "weight": weight}
    drawing.number(*at, gap, view.formatter, ("sign",), **look)


def _comparable(view: View, keys: Sequence[str], period: Period) -> list[str]:
    def known(kind: str, key: str) -> bool:
        return view.results.get(f"{kind}:{key}@{period}") is not None

    return [key for key in keys if known("gap", key) and known("scn", key)]


def _described(view: View, rows: Sequence[str], period: Period, quarter: Period, svg: str) -> Chart:
    gaps = [view.results[f"gap:{key}@{period}"] for key in rows]
    below = sum(1 for gap in gaps[1:] if gap.value < 0)
    every = below == len(rows) - 1
    later = view.results.get(f"gap:{rows[0]}@{quarter}")
    deeper = later is not None and later.value < gaps[0].value < 0
    key = "all_deeper" if every and deeper else "all" if every else "some"
    slots = {"period": view.when(period), "quarter": view.when(quarter)}
    details = "; ".join(
        view.say(
            "charts.growth.alt_row",
            name=view.edition.indicators[k.split(".")[0]].short[view.lang],
            actual=view.plain(f"obs:{k}@{period}", "unit"),
            scenario=view.plain(f"scn:{k}@{period}", "unit"),
        )
        for k in rows
    )
    title = view.say(f"charts.growth.title.{key}", **slots)
    header = ("indicator", "actual", "scenario", f"gap {period}", f"gap {quarter}")
    body = tuple(
        (
            k,
            str(view.results[f"obs:{k}@{period}"].value),
            str(view.results[f"scn:{k}@{period}"].value),
            str(view.results[f"gap:{k}@{period}"].value),
            str(later.value) if (later := view.results.get(f"gap:{k}@{quarter}")) else "",
        )
        for k in rows
    )
    return Chart(
        name="growth",
        svg=svg,
        title=title,
        subtitle=view.say("charts.growth.subtitle", **slots),
        note=view.say("charts.growth.note"),
        alt=view.say("charts.growth.alt", title=title, details=details, **slots),
        data=(header, *body),
    )
