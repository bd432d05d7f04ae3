"""What the year may come to, each flow on the scale of its own plan."""

from collections.abc import Sequence
from typing import Any

from matplotlib.patches import Rectangle

from halfyear.charts.chart import Chart
from halfyear.charts.style import GREY, INK, MIST, NAVY, PALE, Canvas, canvas, nothing
from halfyear.charts.title import short, title
from halfyear.key import Key, Kind
from halfyear.results import Quantity
from halfyear.view import View

WIDTH, TOP, STEP = 165.0, 14.0, 6.6
LEFT, RIGHT = 58.0, 98.0
COLUMNS = (130.0, 165.0)
KINDS = ("low", "alternative", "pace")
MARKS = {"low": "|", "alternative": "D", "pace": "o"}
TICK = 10


def prospects(view: View, keys: Sequence[str]) -> Chart:
    """Draw pace, last quarter's rate and low of the flows against their plan, which is 100.

    keys are `indicator.level`; a second row for each conflicting base of last year. The columns
    hold the outlook at the pace so far and the plan, in the flow's unit.
    """
    rows = [(key, source) for key in keys for source in _bases(view, key)]
    if not rows:
        return nothing("prospects", view.say("charts.nothing"))
    drawing = canvas(WIDTH, TOP + STEP * len(rows) + 5)
    ends = [end for key, mark in rows for end in _ends(view, key, mark)]
    low = TICK * int(min(95.0, *ends) // TICK)
    high = TICK * -int(-max(105.0, *ends) // TICK)

    def x(percent: float) -> float:
        return LEFT + (percent - low) / (high - low) * (RIGHT - LEFT)

    _heads(drawing, view, x(100))
    foot = TOP + STEP * len(rows)
    for tick in range(low, high + 1, TICK):
        drawing.ax.plot((x(tick), x(tick)), (TOP - 3, foot - 1), color=MIST, lw=0.6, zorder=0)
        look: dict[str, Any] = {"ha": "center", "va": "center", "color": GREY, "fontsize": 9.5}
        drawing.tick(x(tick), foot + 2.5, tick, view.formatter, **look)
    drawing.ax.plot((x(100), x(100)), (TOP - 4, foot - 1), color=INK, lw=1.2, zorder=1)
    for i, (key, mark) in enumerate(rows):
        y = TOP + STEP * i + 1
        _name(drawing, view, (key, mark), y)
        for kind in KINDS:
            found = _outlook(view, kind, key, mark)
            if found is not None:
                span = [x(end) for end in _percent(view, key, found)]
                _mark(drawing, kind, (span[0], span[1]), y)
        pace = _outlook(view, "pace", key, mark)
        if pace is not None:
            look = {"ha": "right", "va": "center", "color": NAVY, "weight": "bold"}
            drawing.number(COLUMNS[0], y, pace, view.formatter, **look)
        plan = view.results[_named(view, "plan", key)]
        drawing.number(COLUMNS[1], y, plan, view.formatter, ("unit",), ha="right", va="center")
    return _described(view, rows, drawing.svg(f"prospects-{view.lang}"))


def _bases(view: View, key: str) -> list[str]:
    """The documents whose figure of last year an outlook rests on; "" for the one that governs."""
    return [q.key.source for q in view.results.all(Kind.OUTLOOK, key, view.period.year, "pace")]


def _named(view: View, kind: str, key: str, source: str = "") -> Key:
    return Kind.OUTLOOK.named(key, view.period.year, variant=kind, source=source)


def _outlook(view: View, kind: str, key: str, source: str) -> Quantity | None:
    return view.results.get(_named(view, kind, key, source))


def _percent(view: View, key: str, found: Quantity) -> tuple[float, float]:
    plan = view.results[_named(view, "plan", key)].known.low
    return float(found.known.low / plan * 100), float(found.known.high / plan * 100)


def _ends(view: View, key: str, mark: str) -> list[float]:
    found = [_outlook(view, kind, key, mark) for kind in KINDS]
    return [end for q in found if q is not None for end in _percent(view, key, q)]


def _heads(drawing: Canvas, view: View, plan: float) -> None:
    x = 0.0
    for kind in KINDS:
        word = view.say(f"charts.prospects.kind.{kind}")
        _mark(drawing, kind, (x + 1.5, x + 1.5), 3)
        drawing.ax.text(x + 4.5, 3, word, va="center", fontsize=9.5)
        x += 10 + 1.55 * len(word)
    drawing.ax.text(plan, TOP - 6, view.say("charts.prospects.plan"), ha="center", va="center")
    for column, name in zip(COLUMNS, ("pace", "plan"), strict=True):
        text = view.say(f"charts.prospects.column.{name}")
        drawing.ax.text(column, TOP - 6, text, ha="right", va="center", color=GREY)


def _name(drawing: Canvas, view: View, row: tuple[str, str], y: float) -> None:
    key, base = row
    if not base:
        drawing.ax.text(0, y, short(view, key), va="center")
        return
    source = view.edition.sources.get(base)
    date = view.date(source.date) if source else base
    text = view.say("charts.prospects.other_base", date=date)
    drawing.ax.text(3, y, text, va="center", color=GREY, fontsize=9.5)


def _mark(drawing: Canvas, kind: str, span: tuple[float, float], y: float) -> None:
    if span[1] - span[0] > 0.6:
        drawing.ax.add_patch(
            Rectangle((span[0], y - 1.1), span[1] - span[0], 2.2, color=PALE, lw=0, zorder=2)
        )
    fill = {"pace": NAVY, "alternative": "white", "low": NAVY}[kind]
    size = {"pace": 6.5, "alternative": 5.0, "low": 9.0}[kind]
    drawing.ax.plot(sum(span) / 2, y, MARKS[kind], mfc=fill, mec=NAVY, mew=1.4, ms=size, zorder=4)


def _described(view: View, rows: Sequence[tuple[str, str]], svg: str) -> Chart:
    year = view.period.year
    numbers = {
        name: (str(Kind.COUNT.of(count, when=year)),)
        for name, count in (("all", "projected"), ("pace", "reach_pace"), ("low", "reach_low"))
    }
    told = title(view, "charts.prospects.title", numbers)
    details = "; ".join(
        view.say(
            "charts.prospects.alt_row",
            name=short(view, key),
            pace=view.formatter.text(pace, "unit"),
            plan=view.plain(_named(view, "plan", key), "unit"),
        )
        for key, mark in rows
        if (pace := _outlook(view, "pace", key, mark)) is not None
    )
    body = tuple(
        (
            "~".join(filter(None, (key, mark))),
            kind,
            *(str(end) for end in (found.known.low, found.known.high)),
        )
        for key, mark in rows
        for kind in KINDS
        if (found := _outlook(view, kind, key, mark)) is not None
    )
    return Chart(
        name="prospects",
        svg=svg,
        title=told.plain,
        heading=told.marked,
        subtitle=view.say("charts.prospects.subtitle", year=str(year)),
        note=view.say("charts.prospects.note"),
        alt=view.say("charts.prospects.alt", title=told.plain, details=details),
        data=(("flow", "outlook", "low", "high"), *body),
    )
