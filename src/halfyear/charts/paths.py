"""The path to the goal: small multiples, one for each reading of the year."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from matplotlib.patches import Rectangle

from halfyear.charts.style import (
    GREY,
    MIST,
    NAVY,
    TEAL_TEXT,
    TINT,
    WINE,
    Canvas,
    Chart,
    canvas,
    nothing,
)
from halfyear.view import View

WIDTH, HEIGHT, GUTTER, AXIS = 165.0, 62.0, 6.0, 8.0
TOP, FLOOR = 14.0, 44.0


def paths(view: View, key: str, kinds: tuple[str, ...]) -> Chart:
    """Draw each reading of the year and the average the later years then need, per cent.

    key is `indicator.measure`; kinds are the readings of the ledger that are computable.
    """
    year = view.period.year
    kinds = tuple(k for k in kinds if view.results.get(f"needed_path:{k}:{key}@{year}"))
    if not kinds:
        return nothing("path", view.say("charts.nothing"))
    goal = view.results[f"goal:{key}@{view.edition.params.goal_period}"]
    readings = [view.results[f"reading:{k}:{key}@{year}"] for k in kinds]
    needed = [view.results[f"needed_path:{k}:{key}@{year}"] for k in kinds]
    ends = [end for q in (goal, *readings, *needed) for end in (q.known.low, q.known.high)]
    low, high = int(min(ends)), int(max(ends)) + 1
    drawing = canvas(WIDTH, HEIGHT)
    width = (WIDTH - AXIS - GUTTER * (len(kinds) - 1)) / len(kinds)

    def y(value: float) -> float:
        return FLOOR - (value - low) / (high - low) * (FLOOR - TOP)

    for tick in range(low, high + 1):
        drawing.tick(AXIS - 2, y(tick), tick, view.formatter, ha="right", va="center", color=GREY)
    for i, kind in enumerate(kinds):
        left = AXIS + i * (width + GUTTER)
        for tick in range(low, high + 1):
            drawing.ax.plot((left, left + width), (y(tick), y(tick)), color=MIST, lw=0.7, zorder=0)
        _panel(drawing, view, kind, key, _Panel(left, width, y, i == 0))
    return _described(view, key, kinds, drawing.svg(f"path-{view.lang}"))


@dataclass(frozen=True)
class _Panel:
    """Where one reading is drawn: its left edge, width, and the height of a rate."""

    left: float
    width: float
    y: Callable[[float], float]
    first: bool


def _panel(drawing: Canvas, view: View, kind: str, key: str, panel: _Panel) -> None:
    ax, fmt, year = drawing.ax, view.formatter, view.period.year
    left, width, y = panel.left, panel.width, panel.y
    goal = view.results[f"goal:{key}@{view.edition.params.goal_period}"]
    reading = view.results[f"reading:{kind}:{key}@{year}"]
    needed = view.results[f"needed_path:{kind}:{key}@{year}"]
    last = view.edition.params.goal_years[1]
    step = width / (last - year + 1)
    part = view.when(view.period, "short")
    ax.text(
        left, 3.5, view.say(f"charts.path.reading.{kind}", part=part), va="center", weight="bold"
    )
    band = sorted(y(float(e)) for e in (goal.known.low, goal.known.high))
    ax.add_patch(
        Rectangle((left, band[0]), width, max(band[1] - band[0], 0.6), color=TINT, zorder=1)
    )
    if panel.first:
        look: dict[str, Any] = {"va": "center", "color": TEAL_TEXT, "fontsize": 9.5}
        ax.text(left + step, band[1] + 2.6, view.say("charts.path.goal"), **look)
        drawing.number(left + width, band[1] + 2.6, goal, fmt, ("unit",), ha="right", **look)
    spot = left + step / 2
    rate = float(reading.known.middle)
    ax.plot((spot, spot), (y(rate), band[1]), color=WINE, lw=1.2, ls=(0, (1, 1.5)), zorder=2)
    ax.plot(spot, y(rate), "o", color=WINE, ms=7, zorder=3)
    drawing.number(
        spot + 2.5, y(rate), reading, fmt, ("unit",), va="center", color=WINE, weight="bold"
    )
    bar = sorted(y(float(e)) for e in (needed.known.low, needed.known.high))
    ax.add_patch(
        Rectangle(
            (left + step, bar[0]), width - step, max(bar[1] - bar[0], 0.8), color=NAVY, zorder=2
        )
    )
    drawing.number(
        left + step + (width - step) / 2,
        bar[0] - 3,
        needed,
        fmt,
        ("unit",),
        ha="center",
        va="center",
        color=NAVY,
        weight="bold",
    )
    for n in range(last - year + 1):
        ax.text(
            left + step * (n + 0.5),
            FLOOR + 4,
            str(year + n),
            ha="center",
            va="center",
            color=GREY,
            fontsize=9.5,
        )
    added = view.results[f"added:{kind}:{key}@{year}"]
    ax.plot((left, left + width), (FLOOR + 8, FLOOR + 8), color=GREY, lw=0.5)
    ax.text(left, FLOOR + 12.5, view.say("charts.path.added"), va="center")
    drawing.number(
        left + width,
        FLOOR + 12.5,
        added,
        fmt,
        ("sign",),
        ha="right",
        va="center",
        color=NAVY,
        weight="bold",
    )


def _described(view: View, key: str, kinds: tuple[str, ...], svg: str) -> Chart:
    year = view.period.year
    last = view.edition.params.goal_years[1]
    part = view.when(view.period, "short")
    years = f"{year + 1}–{last}"
    best = "plan" if "plan" in kinds else kinds[-1]
    said = {
        "plan": f"reading:{best}:{key}@{year}",
        "needed": f"needed_path:{best}:{key}@{year}",
    }
    plain = {name: view.plain(id, "unit") for name, id in said.items()}
    marked = {name: view.num(id, "unit") for name, id in said.items()}
    title = view.say("charts.path.title", year=str(year), **plain)
    details = "; ".join(
        view.say(
            "charts.path.alt_row",
            name=view.say(f"charts.path.reading.{k}", part=part),
            year=str(year),
            rate=view.plain(f"reading:{k}:{key}@{year}", "unit"),
            needed=view.plain(f"needed_path:{k}:{key}@{year}", "unit"),
        )
        for k in kinds
    )
    ends = ("reading", "needed_path", "added")
    body = tuple(
        (
            k,
            *(
                str(e)
                for name in ends
                for q in (view.results[f"{name}:{k}:{key}@{year}"].known,)
                for e in (q.low, q.high)
            ),
        )
        for k in kinds
    )
    header = ("reading", *(f"{name} {end}" for name in ends for end in ("low", "high")))
    return Chart(
        name="path",
        svg=svg,
        title=title,
        heading=view.say("charts.path.title", year=str(year), **marked),
        subtitle=view.say("charts.path.subtitle", year=str(year), years=years),
        note=view.say("charts.path.note"),
        alt=view.say("charts.path.alt", title=title, details=details),
        data=(header, *body),
    )
