"""Growth on one line of time: last year, this year, and what the years to come must do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

from matplotlib.patches import Rectangle

from halfyear.charts.chart import Chart
from halfyear.charts.course import Course, data, details, heading, shown
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
    canvas,
)
from halfyear.period import Period
from halfyear.results import Quantity
from halfyear.view import View

WIDTH, AXIS, KEY, TOP, FLOOR, HEIGHT = 165.0, 8.0, 3.0, 14.0, 69.0, 83.0
YEARS, GAP, THICK, APART, BELOW = 42.0, 2.0, 1.3, 4.6, 5.8  # millimetres
ROSE = "#EAD6DF"


@dataclass(frozen=True)
class _Slot:
    """A stretch of time on the axis: its edges in millimetres and its name."""

    left: float
    right: float
    name: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def timeline(view: View, course: Course) -> Chart:
    """Draw growth by period, per cent on a year earlier, each bar as long as its period."""
    drawing = canvas(WIDTH, HEIGHT)
    slots = _slots(view, course)
    y = _scale(drawing, view, course)
    _Line(drawing, view, course, slots, y).draw()
    said = heading(view, course)
    return Chart(
        name="growth",
        svg=drawing.svg(f"growth-{view.lang}"),
        title=said.plain,
        heading=said.marked,
        subtitle=view.say("charts.timeline.subtitle"),
        alt=view.say("charts.timeline.alt", title=said.plain, details=details(view, course)),
        data=data(view, course),
    )


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
    low, high = _limits(course)

    def y(value: float) -> float:
        return FLOOR - (value - low) / (high - low) * (FLOOR - TOP)

    step = 1 if high - low <= 8 else 2 if high - low <= 16 else 5
    for tick in range(low, high + 1, step):
        drawing.ax.plot((AXIS, WIDTH), (y(tick), y(tick)), color=MIST, lw=0.7, zorder=0)
        drawing.tick(AXIS - 2, y(tick), tick, view.formatter, ha="right", va="center", color=GREY)
    return y


def _limits(course: Course) -> tuple[int, int]:
    """The first and the last tick: below the lower quarter's bar there is room for its number."""
    ends = [float(end) for _, q in shown(course) for end in (q.known.low, q.known.high)]
    low, high = floor(min(ends) - 0.3), floor(max(ends) + 0.6) + 1
    if course.quarters is not None:
        total = course.quarters.total
        foot = float(min(total.earlier.known.middle, total.last.known.middle))
        while (foot - low) / (high - low) * (FLOOR - TOP) < BELOW:
            low -= 1
    return low, high


@dataclass(frozen=True)
class _Line:
    """The line under way: where each stretch and each rate stands."""

    drawing: Canvas
    view: View
    course: Course
    slots: dict[str, _Slot]
    y: Callable[[float], float]

    def draw(self) -> None:
        """Draw everything but the scale."""
        self._key()
        self._band()
        self._last_year()
        self._this_year()
        self._asked()
        self._axis()

    def _key(self) -> None:
        """The key in one line; only of what is drawn."""
        names = {name for name, _ in shown(self.course)}
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
            self.drawing.ax.add_patch(Rectangle((left, KEY - height / 2), 6, height, lw=1, **look))
            words = self.view.say(f"charts.timeline.key.{name}")
            self.drawing.ax.text(left + 7.5, KEY, words, va="center", color=INK)

    def _band(self) -> None:
        goal = self.course.goal
        if goal is None or goal.interval is None:
            return
        low, high = float(goal.known.low), float(goal.known.high)
        top = min(self.y(high), self.y(low) - 1.2)
        self.drawing.ax.add_patch(
            Rectangle((AXIS, top), WIDTH - AXIS, self.y(low) - top, fc=TINT, ec="none", zorder=0.5)
        )
        look: dict[str, Any] = {"va": "center", "color": TEAL_TEXT, "zorder": 4, "ha": "left"}
        words = self.view.say(
            "charts.timeline.goal", years=self.view.edition.params.goal_period.replace("-", "–")
        )
        middle = (top + self.y(low)) / 2
        self.drawing.number(AXIS + 2, middle, goal, self.view.formatter, ("unit",), **look)
        self.drawing.ax.text(AXIS + 21, middle, words, **look)

    def _last_year(self) -> None:
        halves = self.course.halves
        if not halves.last_part.absent:
            self._bar(self.slots["last_part"], halves.last_part, solid=True)
        if halves.last_rest.interval is not None:
            self._bar(self.slots["last_rest"], halves.last_rest, solid=False)

    def _this_year(self) -> None:
        part = self.course.halves.part
        aside: list[tuple[float, str, Quantity, str]] = []
        if self.course.quarters is None:
            self._bar(self.slots["this_part"], part, solid=True)
        else:
            total = self.course.quarters.total
            higher = total.earlier.known.middle >= total.last.known.middle
            solid = total.span is None
            self._bar(self.slots["earlier"], total.earlier, solid=solid, above=higher)
            self._bar(self.slots["quarter"], total.last, solid=True, above=not higher)
            whole = self.slots["this_part"]
            at = self.y(float(part.known.middle))
            self.drawing.ax.plot((whole.left, whole.right), (at, at), color=NAVY, lw=1.4, zorder=3)
            aside.append((at, self.view.when(self.view.period, "short"), part, NAVY))
        for slot, scenario, when in (
            ("this_part", self.course.scenario, self.view.period),
            ("quarter", self.course.quarter_scenario, self.view.period.last_quarter()),
        ):
            if scenario is not None and scenario.interval is not None and slot in self.slots:
                at = self.y(float(scenario.known.middle))
                ends = self.slots[slot].left, self.slots[slot].right
                self.drawing.ax.plot(ends, (at, at), color=ORANGE, lw=2.4, zorder=3)
                named = self.view.when(when, "short")
                words = self.view.say("charts.timeline.scenario", period=named)
                aside.append((at, words, scenario, ORANGE_TEXT))
        self._beside(self.slots["this_rest"].left, aside)

    def _beside(self, left: float, items: Sequence[tuple[float, str, Quantity, str]]) -> None:
        """Numbers with their words behind what they name, pushed apart where they would touch."""
        last = float("-inf")
        for at, words, quantity, colour in sorted(items, key=lambda item: item[0]):
            last = max(at, last + APART)
            look: dict[str, Any] = {
                "va": "center",
                "color": colour,
                "weight": "bold" if colour == NAVY else "normal",
            }
            formatter = self.view.formatter
            self.drawing.number(left + 11, last, quantity, formatter, (), ha="right", **look)
            self.drawing.ax.text(left + 12.5, last, words, ha="left", **look)

    def _asked(self) -> None:
        needed, later = self.course.halves.needed, self.course.later
        for slot, quantity in (("this_rest", needed), ("later", later)):
            if quantity is None or quantity.interval is None or slot not in self.slots:
                continue
            low, high = float(quantity.known.low), float(quantity.known.high)
            top = min(self.y(high), self.y(low) - THICK)
            where = self.slots[slot]
            self.drawing.ax.add_patch(
                Rectangle(
                    (where.left, top),
                    where.right - where.left,
                    self.y(low) - top,
                    fc=ROSE,
                    ec=WINE,
                    lw=1.2,
                    alpha=0.85,
                    zorder=2,
                )
            )
            self._number(where.middle, top - 3, quantity, WINE)

    def _bar(
        self,
        slot: _Slot,
        quantity: Quantity,
        *,
        solid: bool,
        above: bool = True,
    ) -> None:
        low, high = float(quantity.known.low), float(quantity.known.high)
        top, foot = (
            min(self.y(high), self.y((low + high) / 2) - THICK / 2),
            max(self.y(low), self.y((low + high) / 2) + THICK / 2),
        )
        self.drawing.ax.add_patch(
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
        self._number(slot.middle, top - 3 if above else foot + 3, quantity, NAVY)

    def _number(self, x: float, y: float, quantity: Quantity, color: str) -> None:
        """The number of a bar, bold and centred."""
        look: dict[str, Any] = {"ha": "center", "va": "center", "weight": "bold", "zorder": 5}
        self.drawing.number(x, y, quantity, self.view.formatter, (), color=color, **look)

    def _axis(self) -> None:
        ax, year = self.drawing.ax, self.view.period.year
        ax.plot((AXIS, WIDTH), (FLOOR, FLOOR), color=INK, lw=0.9)
        names = ["last_part", "last_rest", "this_rest"]
        names += ["earlier", "quarter"] if "earlier" in self.slots else ["this_part"]
        names += ["later"] if "later" in self.slots else []
        for name in names:
            slot = self.slots[name]
            ax.text(slot.middle, FLOOR + 3.4, slot.name, ha="center", va="center")
        spans = [
            (self.slots["last_part"].left, self.slots["last_rest"].right, str(year - 1)),
            (self.slots["this_part"].left, self.slots["this_rest"].right, str(year)),
        ]
        if "later" in self.slots:
            years = f"{year + 1}–{self.view.edition.params.goal_years[1]}"
            spans.append((self.slots["later"].left, self.slots["later"].right, years))
        for left, right, name in spans:
            ax.plot((left, right), (FLOOR + 6.6, FLOOR + 6.6), color=GREY, lw=0.6)
            ax.text((left + right) / 2, FLOOR + 10, name, ha="center", va="center", weight="bold")
