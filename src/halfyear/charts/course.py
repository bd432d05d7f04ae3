"""The course of growth: what the line of time shows, and what it says in words."""

from dataclasses import dataclass

from halfyear.analysis.growth import Growth
from halfyear.analysis.implied import Halves, Implied, Quarters
from halfyear.charts.title import Title, title
from halfyear.key import Kind
from halfyear.results import Quantity
from halfyear.view import View


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
    drawn = Course(
        halves,
        unprinted.quarters,
        growth.whole.scenario[growth.total],
        growth.quarter.scenario[growth.total],
        view.results.get(goal),
        view.results.get(path),
    )
    return drawn if len(shown(drawn)) > 1 else None


def shown(course: Course) -> list[tuple[str, Quantity]]:
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


def heading(view: View, course: Course) -> Title:
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


def details(view: View, course: Course) -> str:
    """Every figure of the line in words, for its alt text."""
    rows = [
        view.say(
            f"charts.timeline.alt_row.{name}", value=view.formatter.text(q, "unit"), **_when(view)
        )
        for name, q in shown(course)
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


def data(view: View, course: Course) -> tuple[tuple[str, ...], ...]:
    """Every figure of the line by its name, low and high end, under a head."""
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
        for name, q in shown(course)
    )
    return (head, *rows)
