"""Growth on one line of time: last year, this year, and what the years to come must do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.patches import Rectangle

from halfyear.analysis.growth import Growth
from halfyear.analysis.implied import Halves, Implied, Quarters
from halfyear.charts.style import (
    GREY,
    INK,
    MIST,
    NAVY,
    ORANGE,
    ORANGE_TEXT,
    TEAL_TEXT,
    TINT,
    WINE,
    Canvas,
    Chart,
    canvas,
)
from halfyear.charts.title import Title, title
from halfyear.key import Kind
from halfyear.period import Period
from halfyear.results import Quantity
from halfyear.view import View

WIDTH, AXIS, KEY, TOP, FLOOR, HEIGHT = 165.0, 8.0, 3.0, 14.0, 69.0, 83.0
YEARS, GAP, THICK, APART = 42.0, 2.0, 1.3, 4.6  # millimetres
ROSE = "#EAD6DF"


@dataclass(frozen=True)
class Course:
    """What the line of time shows: both halves of two years, and the goal and what it asks.

    The scenarios stand for the period and its last quarter; goal and later are rates a year.
    """

    halves: Halves
    quarters: Quarters | None
    scenario: Quantity | None
    quarter_scenario: Quantity | None
    goal: Quantity | None
    later: Quantity | None


@dataclass(frozen=True)
class _Slot:
    """A stretch of time on the axis: its edges in millimetres and its name."""

    left: float
    right: float
    name: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def course(view: View) -> Course | None:
    """What the studies of an edition put on the line of time.

    None for a full year, for no growth, and where a single figure would stand alone.
    """
    growth, unprinted = view.study(Growth), view.study(Implied)
    halves = unprinted.halves.get(growth.total)
    if halves is None or growth.whole is None or growth.quarter is None:
        return None
    goal = Kind.GOAL.of(growth.total, "growth_yoy", view.edition.params.goal_period)
    path = Kind.NEEDED_PATH.of(growth.total, "growth_yoy", view.period.year, variant="plan")
    found = Course(
        halves,
        unprinted.quarters,
        growth.whole.scenario[growth.total],
        growth.quarter.scenario[growth.total],
        view.results.get(goal),
        view.results.get(path),
    )
    return found if len(_shown(found)) > 1 else None


def timeline(view: View, course: Course) -> Chart:
    """Draw growth by period, per cent on a year earlier, each bar as long as its period."""
    drawing = canvas(WIDTH, HEIGHT)
    slots = _slots(view, course)
    y = _scale(drawing, view, course)
    _key(drawing, view, course)
    _band(drawing, view, course, y)
    _last_year(drawing, view, course, slots, y)
    _this_year(drawing, view, course, slots, y)
    _asked(drawing, view, course, slots, y)
    _axis(drawing, view, slots)
    said = _title(view, course)
    return Chart(
        name="growth",
        svg=drawing.svg(f"growth-{view.lang}"),
        title=said.plain,
        heading=said.marked,
        subtitle=view.say("charts.timeline.subtitle"),
        alt=view.say("charts.timeline.alt", title=said.plain, details=_details(view, course)),
        data=_data(view, course),
    )


def _shown(course: Course) -> list[tuple[str, Quantity]]:
    """Every figure of the chart under the name of its place in the texts."""
    halves, quarters = course.halves, course.quarters
    total = quarters.total if quarters else None
    items = (
        ("last_part", halves.last_part),
        ("last_rest", halves.last_rest),
        ("earlier", total.earlier if total else None),
        ("quarter", total.last if total else None),
        ("part", halves.part),
        ("quarter_scenario", course.quarter_scenario),
        ("scenario", course.scenario),
        ("needed", halves.needed),
        ("later", course.later),
        ("goal", course.goal),
    )
    return [(name, q) for name, q in items if q is not None and q.interval is not None]


def _slots(view: View, course: Course) -> dict[str, _Slot]:
    """Where each stretch stands: months of two years, then the years to come as one."""
    period = view.period
    ahead = YEARS if course.later and course.later.interval else 0.0
    month = (WIDTH - AXIS - ahead - 3 * GAP) / 24
    slots = {}
    left = AXIS + GAP
    for name, year in (("last", period.year - 1), ("this", period.year)):
        cut = left + month * period.elapsed
        slots[f"{name}_part"] = _Slot(
            left, cut - 0.6, view.when(Period(year, period.part), "short")
        )
        slots[f"{name}_rest"] = _Slot(
            cut + 0.6, left + 12 * month, view.when(Period(year, period.part), "short_rest")
        )
        left += 12 * month + GAP
    if course.quarters is not None:
        part = slots["this_part"]
        cut = part.right - month * 3
        earlier, last = course.quarters.earlier, course.quarters.last
        slots["earlier"] = _Slot(part.left, cut - 0.4, view.when(earlier, "short"))
        slots["quarter"] = _Slot(cut + 0.4, part.right, view.when(last, "short"))
    if ahead:
        slots["later"] = _Slot(left, WIDTH, view.say("charts.timeline.average"))
    return slots


def _scale(drawing: Canvas, view: View, course: Course) -> Callable[[float], float]:
    ends = [float(end) for _, q in _shown(course) for end in (q.known.low, q.known.high)]
    low, high = int(min(ends) - 0.3), int(max(ends) + 0.6) + 1

    def y(value: float) -> float:
        return FLOOR - (value - low) / (high - low) * (FLOOR - TOP)

    step = 1 if high - low <= 8 else 2 if high - low <= 16 else 5
    for tick in range(low, high + 1, step):
        drawing.ax.plot((AXIS, WIDTH), (y(tick), y(tick)), color=MIST, lw=0.7, zorder=0)
        drawing.tick(AXIS - 2, y(tick), tick, view.formatter, ha="right", va="center", color=GREY)
    return y


def _key(drawing: Canvas, view: View, course: Course) -> None:
    """The key in one line; only of what is drawn."""
    names = {name for name, _ in _shown(course)}
    kinds: list[tuple[str, dict[str, Any]]] = [
        ("stated", {"fc": NAVY, "ec": NAVY}),
        ("implied", {"fc": "white", "ec": NAVY}),
    ]
    if {"scenario", "quarter_scenario"} & names:
        kinds.append(("scenario", {"fc": ORANGE, "ec": ORANGE}))
    if {"needed", "later"} & names:
        kinds.append(("needed", {"fc": ROSE, "ec": WINE}))
    for n, (name, look) in enumerate(kinds):
        left = AXIS + n * (WIDTH - AXIS) / 4
        height = 0.8 if name == "scenario" else THICK
        drawing.ax.add_patch(Rectangle((left, KEY - height / 2), 6, height, lw=1, **look))
        drawing.ax.text(
            left + 7.5, KEY, view.say(f"charts.timeline.key.{name}"), va="center", color=INK
        )


def _band(drawing: Canvas, view: View, course: Course, y: Callable[[float], float]) -> None:
    goal = course.goal
    if goal is None or goal.interval is None:
        return
    low, high = float(goal.known.low), float(goal.known.high)
    top = min(y(high), y(low) - 1.2)
    drawing.ax.add_patch(
        Rectangle((AXIS, top), WIDTH - AXIS, y(low) - top, fc=TINT, ec="none", zorder=0.5)
    )
    look: dict[str, Any] = {"va": "center", "color": TEAL_TEXT, "zorder": 4}
    words = view.say(
        "charts.timeline.goal", years=view.edition.params.goal_period.replace("-", "–")
    )
    middle = (top + y(low)) / 2
    drawing.number(AXIS + 2, middle, goal, view.formatter, ("unit",), ha="left", **look)
    drawing.ax.text(AXIS + 21, middle, words, ha="left", **look)


def _last_year(
    drawing: Canvas,
    view: View,
    course: Course,
    slots: dict[str, _Slot],
    y: Callable[[float], float],
) -> None:
    halves = course.halves
    if not halves.last_part.absent:
        _bar(drawing, view, slots["last_part"], halves.last_part, y, solid=True)
    if halves.last_rest.interval is not None:
        _bar(drawing, view, slots["last_rest"], halves.last_rest, y, solid=False)


def _this_year(
    drawing: Canvas,
    view: View,
    course: Course,
    slots: dict[str, _Slot],
    y: Callable[[float], float],
) -> None:
    part = course.halves.part
    aside: list[tuple[float, str, Quantity, str]] = []
    if course.quarters is None:
        _bar(drawing, view, slots["this_part"], part, y, solid=True)
    else:
        total = course.quarters.total
        higher = total.earlier.known.middle >= total.last.known.middle
        solid = total.span is None
        _bar(drawing, view, slots["earlier"], total.earlier, y, solid=solid, above=higher)
        _bar(drawing, view, slots["quarter"], total.last, y, solid=True, above=not higher)
        whole = slots["this_part"]
        at = y(float(part.known.middle))
        drawing.ax.plot((whole.left, whole.right), (at, at), color=NAVY, lw=1.4, zorder=3)
        aside.append((at, view.when(view.period, "short"), part, NAVY))
    for slot, scenario, when in (
        ("this_part", course.scenario, view.period),
        ("quarter", course.quarter_scenario, view.period.last_quarter()),
    ):
        if scenario is not None and scenario.interval is not None and slot in slots:
            at = y(float(scenario.known.middle))
            drawing.ax.plot(
                (slots[slot].left, slots[slot].right), (at, at), color=ORANGE, lw=2.4, zorder=3
            )
            words = view.say("charts.timeline.scenario", period=view.when(when, "short"))
            aside.append((at, words, scenario, ORANGE_TEXT))
    _beside(drawing, view, slots["this_rest"].left, aside)


def _beside(
    drawing: Canvas, view: View, left: float, items: Sequence[tuple[float, str, Quantity, str]]
) -> None:
    """Numbers with their words behind what they name, pushed apart where they would touch."""
    last = float("-inf")
    for at, words, quantity, colour in sorted(items, key=lambda item: item[0]):
        last = max(at, last + APART)
        look: dict[str, Any] = {
            "va": "center",
            "color": colour,
            "weight": "bold" if colour == NAVY else "normal",
        }
        drawing.number(left + 11, last, quantity, view.formatter, (), ha="right", **look)
        drawing.ax.text(left + 12.5, last, words, ha="left", **look)


def _asked(
    drawing: Canvas,
    view: View,
    course: Course,
    slots: dict[str, _Slot],
    y: Callable[[float], float],
) -> None:
    for slot, quantity in (("this_rest", course.halves.needed), ("later", course.later)):
        if quantity is None or quantity.interval is None or slot not in slots:
            continue
        low, high = float(quantity.known.low), float(quantity.known.high)
        top = min(y(high), y(low) - THICK)
        where = slots[slot]
        drawing.ax.add_patch(
            Rectangle(
                (where.left, top),
                where.right - where.left,
                y(low) - top,
                fc=ROSE,
                ec=WINE,
                lw=1.2,
                alpha=0.85,
                zorder=2,
            )
        )
        drawing.number(
            where.middle,
            top - 3,
            quantity,
            view.formatter,
            (),
            ha="center",
            va="center",
            color=WINE,
            weight="bold",
            zorder=5,
        )


def _bar(
    drawing: Canvas,
    view: View,
    slot: _Slot,
    quantity: Quantity,
    y: Callable[[float], float],
    *,
    solid: bool,
    above: bool = True,
) -> None:
    low, high = float(quantity.known.low), float(quantity.known.high)
    top, foot = (
        min(y(high), y((low + high) / 2) - THICK / 2),
        max(y(low), y((low + high) / 2) + THICK / 2),
    )
    drawing.ax.add_patch(
        Rectangle(
            (slot.left, top),
            slot.right - slot.left,
            foot - top,
            fc=NAVY if solid else "white",
            ec=NAVY,
            lw=1.1,
            zorder=2.5,
        )
    )
    drawing.number(
        slot.middle,
        top - 3 if above else foot + 3,
        quantity,
        view.formatter,
        (),
        ha="center",
        va="center",
        color=NAVY,
        weight="bold",
        zorder=5,
    )


def _axis(drawing: Canvas, view: View, slots: dict[str, _Slot]) -> None:
    ax, year = drawing.ax, view.period.year
    ax.plot((AXIS, WIDTH), (FLOOR, FLOOR), color=INK, lw=0.9)
    names = ["last_part", "last_rest", "this_rest"]
    names += ["earlier", "quarter"] if "earlier" in slots else ["this_part"]
    names += ["later"] if "later" in slots else []
    for name in names:
        ax.text(slots[name].middle, FLOOR + 3.4, slots[name].name, ha="center", va="center")
    spans = [
        (slots["last_part"].left, slots["last_rest"].right, str(year - 1)),
        (slots["this_part"].left, slots["this_rest"].right, str(year)),
    ]
    if "later" in slots:
        years = f"{year + 1}–{view.edition.params.goal_years[1]}"
        spans.append((slots["later"].left, slots["later"].right, years))
    for left, right, name in spans:
        ax.plot((left, right), (FLOOR + 6.6, FLOOR + 6.6), color=GREY, lw=0.6)
        ax.text((left + right) / 2, FLOOR + 10, name, ha="center", va="center", weight="bold")


def _title(view: View, course: Course) -> Title:
    """What the line says: growth so far against what the rest of the year needs."""
    halves = course.halves
    slots = {"part": view.when(view.period), "rest": view.when(view.period, "rest")}
    numbers = {"actual": (halves.part.id, "unit")}
    if halves.needed.interval is None:
        return title(view, "charts.timeline.title.plain", numbers, **slots)
    numbers |= {"needed": (halves.needed.id, "unit"), "target": (halves.target.id, "unit")}
    harder = halves.needed.known.low > halves.part.known.high
    key = "harder" if harder else "easier"
    return title(view, f"charts.timeline.title.{key}", numbers, **slots)


def _details(view: View, course: Course) -> str:
    rows = [
        view.say(
            f"charts.timeline.alt_row.{name}", value=view.formatter.text(q, "unit"), **_when(view)
        )
        for name, q in _shown(course)
    ]
    return "; ".join(rows)


def _when(view: View) -> dict[str, str]:
    period = view.period
    earlier = period.before_last_quarter()
    last = view.edition.params.goal_years[1]
    return {
        "part": view.when(period),
        "last_part": view.when(period.shift(-1)),
        "rest": view.when(period, "rest"),
        "quarter": view.when(period.last_quarter()),
        "earlier": view.when(earlier) if earlier else "",
        "last_year": str(period.year - 1),
        "years": f"{period.year + 1}–{last}",
        "goal_period": view.edition.params.goal_period.replace("-", "–"),
    }


def _data(view: View, course: Course) -> tuple[tuple[str, ...], ...]:
    head = (
        view.say("charts.timeline.data.what"),
        view.say("charts.timeline.data.low"),
        view.say("charts.timeline.data.high"),
    )
    rows = (
        (
            view.say(f"charts.timeline.alt_row.{name}", value="", **_when(view)).strip(" :,"),
            str(q.known.low),
            str(q.known.high),
        )
        for name, q in _shown(course)
    )
    return (head, *rows)
