"""States of the tracked groups of projects, each bar one group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.patches import Rectangle

from halfyear.analysis.projects import STATES, Group, Projects
from halfyear.charts.chart import Chart
from halfyear.charts.style import (
    GREY,
    INK,
    NAVY,
    TINT,
    WINE,
    Canvas,
    canvas,
    nothing,
)
from halfyear.charts.title import title
from halfyear.view import View

WIDTH, TOP, STEP, BAR = 165.0, 21.0, 8.0, 5.4
LINE = 5.0
LEFT, RIGHT = 58.0, 133.0
COLUMNS = (149.0, 165.0)


@dataclass(frozen=True)
class _Look:
    """Fill, hatch and colour of the count of a state."""

    fill: str
    text: str
    hatch: str = ""


LOOKS = {
    "done": _Look(NAVY, "white"),
    "essentially_done": _Look("#4A6F98", "white"),
    "ahead": _Look("#28A197", INK),
    "on_target": _Look(TINT, INK),
    "rescheduled": _Look("#FFFFFF", INK, "////"),
    "reschedule_proposed": _Look("#FFFFFF", INK, "xxxx"),
    "behind": _Look(WINE, "white"),
    "unknown": _Look("#FFFFFF", INK, "...."),
    "not_reported": _Look("#FFFFFF", INK),
}


def states(view: View) -> Chart:
    """Draw each group as one bar of its states, in counts on a scale of its own total.

    The columns at the right hold the on-track share of all and of those whose state is known.
    """
    groups = view.study(Projects).groups
    if not groups:
        return nothing("states", view.say("charts.nothing"))
    drawing = canvas(WIDTH, TOP + STEP * len(groups))
    used = [state for state in STATES if any(state in group.states for group in groups)]
    _key(drawing, {state: _word(view, state, groups) for state in used})
    for column, name in zip(COLUMNS, ("all", "known"), strict=True):
        text = view.say(f"charts.states.column.{name}")
        drawing.ax.text(column, TOP - 5.5, text, ha="right", va="center", color=GREY, fontsize=9.5)
    for i, group in enumerate(groups):
        _row(drawing, view, group, TOP + STEP * i + 3)
    return _described(view, groups, drawing.svg(f"states-{view.lang}"))


def _key(drawing: Canvas, words: Mapping[str, str]) -> None:
    x, y = 0.0, 1.6
    for state, word in words.items():
        width = 7.4 + 1.6 * len(word)
        if x + width > WIDTH:
            x, y = 0.0, y + LINE
        _box(drawing, state, (x, y), (4.0, 3.4))
        drawing.ax.text(x + 5.2, y + 1.8, word, va="center", fontsize=9.5)
        x += width


def _word(view: View, state: str, groups: Sequence[Group]) -> str:
    """Word of a state; of one that every group only expects, with "expected"."""
    word = view.say(f"projects.state.{state}")
    ids = [group.states[state].id for group in groups if state in group.states]
    expected = all(view.edition.figures[id]["obs_status"] == "F" for id in ids)
    return view.say("projects.expected", state=word) if expected else word


def _box(
    drawing: Canvas, state: str, corner: tuple[float, float], size: tuple[float, float]
) -> None:
    look = LOOKS[state]
    drawing.ax.add_patch(
        Rectangle(corner, *size, facecolor=look.fill, edgecolor=GREY, lw=0.5, hatch=look.hatch)
    )


def _row(drawing: Canvas, view: View, group: Group, y: float) -> None:
    ax, fmt = drawing.ax, view.formatter
    ax.text(0, y - 1.9, view.say(f"projects.group.{group.group}"), va="center")
    measure = view.say(f"projects.measure.{group.measure}")
    ax.text(0, y + 2.2, measure, va="center", color=GREY, fontsize=9.5)
    scale = (RIGHT - LEFT) / float(group.total.value)
    x = LEFT
    for state, count in group.states.items():
        width = float(count.value) * scale
        _box(drawing, state, (x, y - BAR / 2), (width, BAR))
        look: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 9.5}
        plate = {"boxstyle": "round,pad=0.12", "fc": "white", "ec": "none"}
        drawing.number(
            x + width / 2,
            y,
            count,
            fmt,
            color=LOOKS[state].text,
            bbox=plate if LOOKS[state].hatch else None,
            **look,
        )
        x += width
    for column, share in zip(COLUMNS, group.shares, strict=True):
        if share.interval is not None:
            drawing.number(column, y, share, fmt, ("unit",), ha="right", va="center", color=NAVY)


def _described(view: View, groups: Sequence[Group], svg: str) -> Chart:
    known = [group for group in groups if group.shares[0].interval is not None]
    worst = min(known, key=lambda group: group.shares[0].known.middle)
    numbers = {"share": (worst.shares[0].id, "unit")}
    name = view.say(f"projects.group.{worst.group}")
    told = title(view, "charts.states.title", numbers, name=name)
    details = "; ".join(
        view.say(
            "charts.states.alt_row",
            name=view.say(f"projects.group.{group.group}"),
            measure=view.say(f"projects.measure.{group.measure}"),
            states=", ".join(
                f"{_word(view, state, groups)} {view.formatter.text(count)}"
                for state, count in group.states.items()
            ),
        )
        for group in groups
    )
    body = tuple(
        (group.group, group.measure, *(_count(group, state) for state in STATES))
        for group in groups
    )
    return Chart(
        name="states",
        svg=svg,
        title=told.plain,
        heading=told.marked,
        subtitle=view.say("charts.states.subtitle", period=view.when(groups[0].period)),
        note=view.say("charts.states.note"),
        alt=view.say("charts.states.alt", title=told.plain, details=details),
        data=(("group", "measure", *STATES), *body),
    )


def _count(group: Group, state: str) -> str:
    return str(group.states[state].value) if state in group.states else ""
